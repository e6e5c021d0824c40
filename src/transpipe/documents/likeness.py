"""What two units of text in two languages have in common, and how much that tells."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import log, sqrt
from typing import NamedTuple

from rapidfuzz.distance import Prefix

from transpipe.model import SegmentKind


@dataclass(frozen=True, slots=True)
class Unit:
    """The text of a block and where it stands."""

    text: str
    kind: SegmentKind
    before: str = ""
    """What stands between it and the unit before it: markers, blank lines, code."""


# What a translation keeps as it is.
_CODE = re.compile(r"(`+)(.+?)\1")
_ADDRESS = re.compile(r"https?://[^\s<>()\"]+|(?<=\]\()[^\s<>()\"]+")
_TAG = re.compile(r"\{\{.*?\}\}|<[^<>]*>")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LANGUAGE_IN_ADDRESS = re.compile(r"(?<=/)[a-z]{2}(?:[-_][A-Za-z]{2})?(?=/|$)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_ITEM_NUMBER = re.compile(r"\d+(?=[.)])")
_SHORTEST_STEM = 4
_LEAST_COMPANY = 2
_LEAST_AFFINITY = 0.15


@lru_cache(maxsize=20_000)
def anchors(text: str) -> Counter[str]:
    """Count what a translation keeps: code, addresses but for a language in them, numbers."""
    found = Counter(match[2] for match in _CODE.finditer(text))
    text = _CODE.sub(" ", text)
    found.update(_LANGUAGE_IN_ADDRESS.sub("", match[0]) for match in _ADDRESS.finditer(text))
    text = _TAG.sub(" ", _ADDRESS.sub(" ", text))
    found.update(re.sub("[.,]", "", match[0]) for match in _NUMBER.finditer(text))
    return found


@lru_cache(maxsize=20_000)
def words(text: str) -> frozenset[str]:
    """Give the words of a text, in small letters and without accents; code is none."""
    for pattern in (_CODE, _ADDRESS, _TAG):
        text = pattern.sub(" ", text)
    letters = unicodedata.normalize("NFD", text.casefold())
    return frozenset(_WORD.findall("".join(c for c in letters if not unicodedata.combining(c))))


# ------------------------------------------------------------------------- vocabulary


@dataclass(frozen=True, slots=True)
class Company:
    """How often words of two languages are found in a pair of units, and both together."""

    sources: Counter[str] = field(default_factory=Counter)
    targets: Counter[str] = field(default_factory=Counter)
    together: Counter[tuple[str, str]] = field(default_factory=Counter)


class Vocabulary:
    """Which word of one language keeps company with which of the other.

    It is learnt from the documents themselves, those whose structure is the same in both
    languages, so it knows the words of the site and needs no dictionary.
    """

    def __init__(self, documents: Mapping[str, Iterable[tuple[str, str]]]) -> None:
        """Learn from pairs of texts that belong together by their place, by document."""
        self._all = Company()
        self._by_document: dict[str, Company] = {}
        for name, pairs in documents.items():
            own = self._by_document[name] = Company()
            for source, target in pairs:
                for company in (self._all, own):
                    _add(company, words(source), words(target))
        self._partners = _partners(self._all)

    def agreement(self, source: str, target: str, document: str) -> float | None:
        """Tell how well the words of two texts go together, from 0.0 to 1.0.

        What was learnt from the document itself is left out: it would agree with itself.

        :returns: None where one of them has no words.
        """
        ours, theirs = words(source), words(target)
        if not ours or not theirs:
            return None
        own = self._by_document.get(document, _NOBODY)
        best_ours, best_theirs = dict.fromkeys(ours, 0.0), dict.fromkeys(theirs, 0.0)
        for one, other, affinity in self._affinities(ours, theirs, own):
            best_ours[one] = max(best_ours[one], affinity)
            best_theirs[other] = max(best_theirs[other], affinity)
        there = _weighted(
            (self._all.sources[word] - own.sources[word], best) for word, best in best_ours.items()
        )
        back = _weighted(
            (self._all.targets[word] - own.targets[word], best)
            for word, best in best_theirs.items()
        )
        return (there + back) / 2

    def _affinities(
        self, ours: frozenset[str], theirs: frozenset[str], own: Company
    ) -> Iterator[tuple[str, str, float]]:
        """Give pairs of words that go together: by company (Dice's coefficient), or alike."""
        by_stem: dict[str, list[str]] = {}
        for other in theirs:
            by_stem.setdefault(other[:_SHORTEST_STEM], []).append(other)
        for one in ours:
            for other in by_stem.get(one[:_SHORTEST_STEM], ()):
                yield one, other, _alike(one, other)
            for other in self._partners.get(one, _NO_WORDS) & theirs:
                together = self._all.together[one, other] - own.together[one, other]
                if together >= _LEAST_COMPANY:
                    apart = self._all.sources[one] - own.sources[one]
                    apart += self._all.targets[other] - own.targets[other]
                    yield one, other, 2 * together / apart


_NO_WORDS: frozenset[str] = frozenset()


def _partners(company: Company) -> Mapping[str, frozenset[str]]:
    """Give for each word those of the other language that it is more than by chance with."""
    found: dict[str, set[str]] = {}
    for (one, other), together in company.together.items():
        apart = company.sources[one] + company.targets[other]
        if together >= _LEAST_COMPANY and 2 * together >= _LEAST_AFFINITY * apart:
            found.setdefault(one, set()).add(other)
    return {one: frozenset(others) for one, others in found.items()}


_NOBODY = Company()


def _add(company: Company, ours: frozenset[str], theirs: frozenset[str]) -> None:
    company.sources.update(ours)
    company.targets.update(theirs)
    company.together.update((one, other) for one in ours for other in theirs)


def _weighted(rows: Iterable[tuple[int, float]]) -> float:
    """Average, a rare word counting for more than a common one."""
    total = weights = 0.0
    for seen, value in rows:
        weight = 1 / (1 + log(1 + seen))
        total += weight * value
        weights += weight
    return total / weights


@lru_cache(maxsize=200_000)
def _alike(one: str, other: str) -> float:
    common = Prefix.similarity(one, other)
    if one != other and common < _SHORTEST_STEM:
        return 0.0
    return common / max(len(one), len(other))


# --------------------------------------------------------------------------- evidence


class Evidence(NamedTuple):
    """What speaks for and against two units being a pair; each from 0.0, with no upper end."""

    same_kind: float
    same_marker: float
    """Both are items of a list, headings of one level, quotes, or neither is."""
    same_between: float
    """The same code, or other text that is no unit, stands before both."""
    other_between: float
    length: float
    """How far their lengths are from each other, in standard deviations or so."""
    anchors_kept: float
    anchors_lost: float
    """The share of code, addresses and numbers that is in one of them only."""
    words: float
    """How well their words go together."""
    wordless: float
    same_text: float


WEIGHTS = Evidence(
    same_kind=3.0,
    same_marker=2.0,
    same_between=1.0,
    other_between=-2.0,
    length=-2.1,
    anchors_kept=1.8,
    anchors_lost=-4.2,
    words=9.0,
    wordless=0.0,
    same_text=2.5,
)
"""Fitted by logistic regression (``tools/fit_alignment.py``). Those of structure are then about
half of what was found: the documents it was fitted on have the same structure, others have not."""
BIAS = -4.8


def likelihood(found: Evidence) -> float:
    """Give the logarithm of how much likelier this evidence is for a pair than for a chance."""
    values = zip(found, WEIGHTS, strict=True)
    return sum((value * weight for value, weight in values), BIAS)


def evidence(source: Unit, target: Unit, agreement: float | None) -> Evidence:
    """Compare two units.

    :param agreement: of their words, as :meth:`Vocabulary.agreement` gives it.
    """
    ours, theirs = anchors(source.text), anchors(target.text)
    shared, total = sum((ours & theirs).values()), sum(ours.values()) + sum(theirs.values())
    between, other_between = _between(source.before), _between(target.before)
    shorter, longer = sorted((len(source.text) + 5, len(target.text) + 5))
    return Evidence(
        same_kind=float(source.kind is target.kind),
        same_marker=float(_marker(source.before) == _marker(target.before)),
        same_between=float(bool(between) and between == other_between),
        other_between=float(between != other_between),
        length=min(6.0, log(longer / shorter) * sqrt(shorter) / 3),
        anchors_kept=2 * shared / total * min(3, shared) if total else 0.0,
        anchors_lost=1 - 2 * shared / total if total else 0.0,
        words=agreement or 0.0,
        wordless=float(agreement is None),
        same_text=float(source.text == target.text),
    )


def _marker(before: str) -> str:
    """Give what a block begins with: ``- ``, ``## ``, ``> ``; numbers of items are alike."""
    last = before.rpartition("\n")[2]
    return _ITEM_NUMBER.sub("#", last).replace("*", "-").replace("+", "-").strip()


def _between(before: str) -> str:
    lines = before.split("\n")[:-1]
    return "\n".join(line.strip() for line in lines if line.strip())
