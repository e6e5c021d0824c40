"""Which old message a new one is an edited form of.

Only messages that vanished from the sources (orphans) are candidates: what still stands
somewhere was not edited into something else. Position is asked first: what stood between the
same neighbours. What is left is matched by its text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz

from transpipe.model import MessageKey


@dataclass(frozen=True, slots=True)
class Slot:
    """A message in the order of its document."""

    key: MessageKey
    is_open: bool
    """In a new document: it has no translation yet. In an old one: it is an orphan."""
    has_text: bool = True
    """In an old document: there is a translation to hand on."""


class Place(NamedTuple):
    """One message of one domain."""

    domain: str
    key: MessageKey


Documents = Mapping[str, Sequence[Slot]]
"""The messages of each domain in order."""
Pairs = dict[Place, Place]
"""From a new message to the old one it succeeds."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How alike two texts must be to be taken for one, of 100.

    The values are those that do best on documents they were not chosen on:
    ``tools/bench_update.py --cross-validate`` shows it.
    """

    alone: float = 45.0
    """Of one text that stands alone between the same neighbours, before and after."""
    alone_short: float = 55.0
    """The same of a short text: titles, mostly, which resemble one another by chance."""
    gap: float = 50.0
    """Of several between the same neighbours."""
    gap_words: float = 25.0
    """How many of their words two texts between the same neighbours must share, in percent,
    unless they are short: the letters of two long texts are alike by chance."""
    text: float = 70.0
    """Without any help of their position."""
    text_short: float = 90.0
    """The same of a short text."""


THRESHOLDS = Thresholds()
_SHORT = 32
_LARGEST_GAP = 40_000
_RAREST_WORDS = 8
_CANDIDATES = 40
_MOST_LOOKED_AT = 1000


def near_matches(
    new: Documents,
    old: Documents,
    sources: Mapping[str, Sequence[str]],
    thresholds: Thresholds = THRESHOLDS,
) -> Pairs:
    """Pair open messages of new documents with orphans of old ones.

    :param sources: for a new domain, the old domains that it took unchanged messages from.
    :param thresholds: how alike they must be.
    :returns: for each new message that has one, its predecessor, which has a translation. No
        predecessor is given twice. Messages are paired only within one msgctxt.
    """
    placed = _by_position(new, old, sources, thresholds)
    taken = set(placed.values())
    wanted = [
        Place(domain, slot.key)
        for domain, slots in new.items()
        for slot in slots
        if slot.is_open and Place(domain, slot.key) not in placed
    ]
    offered = [
        Place(domain, slot.key)
        for domain, slots in old.items()
        for slot in slots
        if slot.is_open and slot.has_text and Place(domain, slot.key) not in taken
    ]
    pairs = placed | _by_text(wanted, offered, thresholds)
    lost = {
        Place(domain, slot.key)
        for domain, slots in old.items()
        for slot in slots
        if not slot.has_text
    }
    return {place: source for place, source in pairs.items() if source not in lost}


def likeness(first: str, second: str, least: float = 0.0) -> float:
    """Say how alike two texts are, of 100; below the least, 0."""
    return fuzz.ratio(first, second, score_cutoff=least)


# ----------------------------------------------------------------------------- position


def _by_position(
    new: Documents,
    old: Documents,
    sources: Mapping[str, Sequence[str]],
    thresholds: Thresholds,
) -> Pairs:
    pairs: Pairs = {}
    taken: set[Place] = set()
    for domain, slots in new.items():
        for source in sources.get(domain, (domain,)):
            if not any(slot.is_open for slot in slots):
                break
            for after, before in _aligned(slots, old.get(source, ()), thresholds):
                place, origin = Place(domain, after), Place(source, before)
                if place not in pairs and origin not in taken:
                    pairs[place] = origin
                    taken.add(origin)
    return pairs


def _aligned(
    new: Sequence[Slot], old: Sequence[Slot], thresholds: Thresholds
) -> Iterator[tuple[MessageKey, MessageKey]]:
    """Pair open slots with orphans that stand between the same neighbours."""
    start_new = start_old = 0
    for end_new, end_old in [*_anchors(new, old), (len(new), len(old))]:
        added = [slot.key for slot in new[start_new:end_new] if slot.is_open]
        gone = [slot.key for slot in old[start_old:end_old] if slot.is_open]
        if added and gone:
            yield from _align_gap(added, gone, thresholds)
        start_new, start_old = end_new + 1, end_old + 1


def _anchors(new: Sequence[Slot], old: Sequence[Slot]) -> list[tuple[int, int]]:
    """Find the messages that both have in the same order: the longest such run of them."""
    where = {slot.key: index for index, slot in enumerate(old)}
    shared = [(index, where[slot.key]) for index, slot in enumerate(new) if slot.key in where]
    # The longest increasing subsequence of the old indices, by patience sorting.
    tops: list[int] = []
    top_items: list[int] = []
    back: list[int] = []
    for item, (_, position) in enumerate(shared):
        pile = bisect_left(tops, position)
        back.append(top_items[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(position)
            top_items.append(item)
        else:
            tops[pile], top_items[pile] = position, item
    run: list[tuple[int, int]] = []
    item = top_items[-1] if top_items else -1
    while item >= 0:
        run.append(shared[item])
        item = back[item]
    return run[::-1]


def _align_gap(
    added: Sequence[MessageKey], gone: Sequence[MessageKey], thresholds: Thresholds
) -> Iterator[tuple[MessageKey, MessageKey]]:
    """Pair two runs in their order so that the pairs are as alike as can be."""
    if len(added) * len(gone) > _LARGEST_GAP:
        return
    alone = len(added) == len(gone) == 1
    gains = [[_gain(one, other, alone, thresholds) for other in gone] for one in added]
    best = [[0.0] * (len(gone) + 1) for _ in range(len(added) + 1)]
    for i in range(len(added) - 1, -1, -1):
        for j in range(len(gone) - 1, -1, -1):
            paired = gains[i][j] + best[i + 1][j + 1] if gains[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    i = j = 0
    while i < len(added) and j < len(gone):
        if gains[i][j] and best[i][j] == gains[i][j] + best[i + 1][j + 1]:
            yield added[i], gone[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1


def _gain(new: MessageKey, old: MessageKey, alone: bool, thresholds: Thresholds) -> float:
    """Say how much a pair is worth; 0 if it is none."""
    if new[0] != old[0]:
        return 0.0
    short = min(len(new[1]), len(old[1])) < _SHORT
    least = thresholds.gap
    if alone:
        least = thresholds.alone_short if short else thresholds.alone
    score = likeness(new[1], old[1], least)
    if not score or not (short or _shared_words(new[1], old[1]) >= thresholds.gap_words):
        return 0.0
    return score - least + 1


def _shared_words(first: str, second: str) -> float:
    """Say how many of the words of two texts are in both, in percent."""
    one, other = _words(first), _words(second)
    return 200 * len(one & other) / (len(one) + len(other) or 1)


# --------------------------------------------------------------------------------- text

_WORDS = re.compile(r"[^\W\u2e80-\u9fff\uac00-\ud7af]+|[\u2e80-\u9fff\uac00-\ud7af]")


def _words(text: str) -> set[str]:
    """Give the words of a text; where words are not set apart, its characters."""
    return set(_WORDS.findall(text.lower()))


def _by_text(wanted: Sequence[Place], offered: Sequence[Place], thresholds: Thresholds) -> Pairs:
    """Pair what is alike, the most alike first, each at most once."""
    index: dict[tuple[str | None, str], list[int]] = defaultdict(list)
    for number, place in enumerate(offered):
        for word in _words(place.key[1]):
            index[place.key[0], word].append(number)
    found: list[tuple[float, bool, int, int]] = []
    for number, place in enumerate(wanted):
        for candidate in _candidates(place, index):
            origin = offered[candidate]
            short = min(len(place.key[1]), len(origin.key[1])) < _SHORT
            least = thresholds.text_short if short else thresholds.text
            score = likeness(place.key[1], origin.key[1], least)
            if score:
                found.append((-score, place.domain != origin.domain, number, candidate))
    pairs: Pairs = {}
    used: set[int] = set()
    for _, _, number, candidate in sorted(found):
        if wanted[number] not in pairs and candidate not in used:
            pairs[wanted[number]] = offered[candidate]
            used.add(candidate)
    return pairs


def _candidates(
    place: Place, index: Mapping[tuple[str | None, str], Sequence[int]]
) -> Iterator[int]:
    """Give those that share the most of the text's rarest words."""
    context, text = place.key
    lists = sorted((index.get((context, word), ()) for word in _words(text)), key=len)
    shared: Counter[int] = Counter()
    looked_at = 0
    for numbers in [numbers for numbers in lists if numbers][:_RAREST_WORDS]:
        # A word that half of the messages have tells nothing, and would cost the most.
        if looked_at and looked_at + len(numbers) > _MOST_LOOKED_AT:
            break
        shared.update(numbers[:_MOST_LOOKED_AT])
        looked_at += len(numbers)
    for number, _ in shared.most_common(_CANDIDATES):
        yield number
