"""What an edit changed, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Indel


class Change(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with one fate."""

    change: Change
    text: str


_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_MOST_WORDS = 5000
"""The cost grows with the square of the words; beyond, a text is shown as one whole."""
_AROUND = 24
"""How many characters beside a change are shown of what stayed."""


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """Give the pieces that the new text is made of, and those that went, in their order.

    >>> [piece.text for piece in word_diff("at nine sharp", "at ten sharp")]
    ['at ', 'nine', 'ten', ' sharp']
    """
    first, second = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(first), len(second)) > _MOST_WORDS:
        return (Piece(Change.GONE, old), Piece(Change.ADDED, new))
    pieces: list[Piece] = []
    for step in Indel.opcodes(first, second):
        gone = "".join(first[step.src_start : step.src_end])
        added = "".join(second[step.dest_start : step.dest_end])
        if step.tag == "equal":
            pieces.append(Piece(Change.SAME, gone))
        elif step.tag == "delete":
            pieces.append(Piece(Change.GONE, gone))
        else:
            pieces.append(Piece(Change.ADDED, added))
    return tuple(_joined(pieces))


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Take changes together that only a blank parts, what went before what came."""
    gone = added = ""
    for number, piece in enumerate(pieces):
        inside = 0 < number < len(pieces) - 1
        if piece.change is Change.SAME and not (inside and piece.text.isspace()):
            yield from _change(gone, added)
            gone = added = ""
            yield piece
            continue
        gone += piece.text if piece.change is not Change.ADDED else ""
        added += piece.text if piece.change is not Change.GONE else ""
    yield from _change(gone, added)


def _change(gone: str, added: str) -> Iterator[Piece]:
    blank = " " if gone.endswith(" ") and added.endswith(" ") else ""
    if gone:
        yield Piece(Change.GONE, gone.removesuffix(blank))
    if added:
        yield Piece(Change.ADDED, added.removesuffix(blank))
    if blank:
        yield Piece(Change.SAME, blank)


def shortened(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Leave out what stayed, but for a few words beside each change."""
    last = len(pieces) - 1
    return tuple(
        Piece(piece.change, _excerpt(piece.text, number > 0, number < last))
        if piece.change is Change.SAME
        else piece
        for number, piece in enumerate(pieces)
    )


def _excerpt(text: str, after_change: bool, before_change: bool) -> str:
    head = _AROUND if after_change else 0
    tail = _AROUND if before_change else 0
    if len(text) <= head + tail + 2:
        return text
    left = text[:head].rpartition(" ")[0] + " " if head else ""
    right = " " + text[len(text) - tail :].partition(" ")[2] if tail else ""
    return f"{left}…{right}"


def as_line(pieces: tuple[Piece, ...]) -> str:
    """Write a diff in one line, as ``git diff --word-diff`` and wdiff do.

    >>> as_line(word_diff("at nine", "at ten"))
    'at [-nine-]{+ten+}'
    """
    marks = {Change.SAME: "{}", Change.GONE: "[-{}-]", Change.ADDED: "{{+{}+}}"}
    line = "".join(marks[piece.change].format(piece.text) for piece in pieces)
    return re.sub(r"\s+", " ", line).strip()
