"""Laying out columns of styled text without a library, which takes longer than the counting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

_BLOCKS = "█▒░"
"""What bars are made of, a column each."""
_FIRST_OTHER = "\u0300"
_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


@dataclass(frozen=True, slots=True)
class Cell:
    """Some styled text."""

    shown: str
    """With the ANSI sequences of its styles."""
    width: int
    """In columns of a terminal."""


def cell(text: str, style: str = "") -> Cell:
    """Make a cell of text in one style: some words, such as ``bold green``."""
    return Cell(styled(text, style), width(text))


def styled(text: str, style: str) -> str:
    """Put a text between the ANSI sequences of a style."""
    if not style or not text:
        return text
    return f"\x1b[{_codes(style)}m{text}\x1b[0m"


@cache
def _codes(style: str) -> str:
    return ";".join(_CODES[word] for word in style.split())


def width(text: str) -> int:
    """Give the columns that a text takes: letters of East Asia take two."""
    # In scripts of Europe every letter takes a column; what combines with one comes behind them.
    if text.isascii() or max(text.strip(_BLOCKS), default="") < _FIRST_OTHER:
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def wrapped(text: str, limit: int) -> list[str]:
    """Cut a text into lines that are not wider than a limit, behind a ``/`` or ``-`` if it can."""
    if width(text) <= limit:
        return [text.rstrip(" ")]
    lines = [""]
    for character in text:
        if width(lines[-1] + character) > limit and lines[-1]:
            whole = len(lines[-1])
            place = 1 + max(map(lines[-1].rfind, "/-_ "))
            place = place if place > whole // 2 else whole
            lines[-1:] = [lines[-1][:place], lines[-1][place:]]
        lines[-1] += character
    return [line.rstrip(" ") for line in lines]


def folded(text: str, limit: int) -> list[str]:
    """Break a sentence into lines between its words; a word that is too long is cut."""
    lines = [""]
    for word in filter(None, text.split(" ")):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width(longer) <= limit:
            lines[-1] = longer
        else:
            lines += wrapped(word, limit)
    return [line for line in lines if line] or [""]


def columns(
    rows: Iterable[Sequence[Cell]], widths: Sequence[int], *, right_from: int
) -> Iterable[str]:
    """Lay out rows, with two spaces between the columns; from one column on, to the right."""
    for row in rows:
        line = []
        for number, (one, limit) in enumerate(zip(row, widths, strict=False)):
            space = " " * max(0, limit - one.width)
            line.append(space + one.shown if number >= right_from else one.shown + space)
        yield "  ".join(line).rstrip(" ")
