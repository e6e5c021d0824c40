"""An old catalog, as another tool segmented it -> the same translations for our messages.

How a text reads in its format is not known here: it comes in as a :class:`Notation`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace

from transpipe.catalogs.carry import holds_text
from transpipe.model import Catalog, Message, MessageKey, Previous


@dataclass(frozen=True, slots=True)
class Notation:
    """How the texts of messages are spelt, and which spellings are the same text."""

    forms: Callable[[str], tuple[Hashable, ...]]
    """Gives how a msgid reads, the best form first; the others may be found by it, too."""
    refit: Callable[[str, str, str], str | None]
    """From an old msgid, its msgstr and a new msgid to the msgstr of that; None for doubt."""
    split: Callable[[str, str], tuple[tuple[str, str], ...]]
    """From a msgid and its msgstr to the pairs of their blocks; none for doubt."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text with its translation, and the message that both are from."""

    msgid: str
    msgstr: str
    origin: Message


def resegment(old: Catalog, wanted: Iterable[Message], notation: Notation) -> Catalog:
    """Give the translations of a catalog to the messages they are for, however spelt.

    A translation is carried without the fuzzy mark only if its text reads the same, and nothing
    speaks for another translation. Plurals are left as they are.

    :param wanted: the messages of the templates.
    :returns: the catalog with an entry for each such message before the entry it came from.
    """
    known = {message.key for message in old.messages if holds_text(message)}
    asked = {message.key: message for message in wanted}
    missing = [message for key, message in asked.items() if key not in known]
    pieces = _pieces(old, notation)
    made: dict[MessageKey, list[Message]] = defaultdict(list)
    spent: set[MessageKey] = set()
    for message in missing:
        found = None if message.msgid_plural else _translated(message, pieces, notation)
        if found is not None:
            entry, piece = found
            made[piece.origin.key].append(entry)
            if piece.msgid == piece.origin.msgid and piece.origin.key not in asked:
                spent.add(piece.origin.key)
    # What found its message is not there to be likened to others.
    messages = [
        entry
        for message in old.messages
        for entry in (*made[message.key], *(() if message.key in spent else (message,)))
    ]
    return replace(old, messages=tuple(messages))


_Pieces = Mapping[tuple[str | None, Hashable], list[_Piece]]


def _pieces(old: Catalog, notation: Notation) -> _Pieces:
    """Find the translations by what they are of, the best first."""
    found: dict[tuple[str | None, Hashable], list[_Piece]] = defaultdict(list)
    for message in sorted(old.messages, key=_rank):
        if message.msgid_plural is not None or not message.msgstr:
            continue
        blocks = notation.split(message.msgid, message.msgstr)
        forms = set()
        for msgid, msgstr in ((message.msgid, message.msgstr), *blocks):
            form = notation.forms(msgid)[0]
            if form not in forms:
                found[message.msgctxt, form].append(_Piece(msgid, msgstr, message))
                forms.add(form)
    return found


def _translated(
    message: Message, pieces: _Pieces, notation: Notation
) -> tuple[Message, _Piece] | None:
    """Give the translated message, and the piece that its translation is from."""
    for form in notation.forms(message.msgid):
        candidates = pieces.get((message.msgctxt, form))
        if not candidates:
            continue
        first = candidates[0]
        rank = _rank(first.origin)
        equals = [piece for piece in candidates if _rank(piece.origin) == rank]
        texts = {notation.refit(piece.msgid, piece.msgstr, message.msgid) for piece in equals}
        msgstr = texts.pop()
        if texts or msgstr is None or first.origin.is_fuzzy:
            return _doubtful(message, first), first
        return replace(message, msgstr=msgstr), first
    return None


def _rank(message: Message) -> tuple[bool, bool]:
    """Order translations: those in use first, then obsolete ones, fuzzy ones last."""
    return (message.is_fuzzy, message.obsolete)


def _doubtful(message: Message, piece: _Piece) -> Message:
    """Give a message a translation that a translator must look at."""
    former = piece.origin.previous if piece.origin.is_fuzzy else None
    return replace(
        message,
        msgstr=piece.msgstr,
        flags=("fuzzy", *(flag for flag in message.flags if flag != "fuzzy")),
        previous=former or Previous(piece.msgid, piece.origin.msgctxt),
    )
