"""The lines of a text and where they lie in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, repeat
from typing import NamedTuple

_END = re.compile(r"\r\n|\r|\n")
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")


class Line(NamedTuple):
    """One line without its end: ``text[start:start + len(text)]`` of the whole."""

    start: int
    text: str
    ending: str
    """``\\n``, ``\\r\\n``, ``\\r``, or empty at the end of the text."""

    @property
    def end(self) -> int:
        """Where the line's end begins."""
        return self.start + len(self.text)


def split_lines(text: str) -> tuple[Line, ...]:
    """Split at the line endings of CommonMark 0.31 section 2.1; nothing else ends a line.

    The lines and their endings, joined, are the text. A text that ends in a line ending has no
    empty line after it; an empty text has no line.
    """
    if "\r" not in text:
        return _split_at_line_feeds(text)
    # At the end of a text, nothing is found as well.
    found = _LINE.findall(text)[:-1]
    starts = accumulate((len(content) + len(ending) for content, ending in found), initial=0)
    return tuple([Line(start, *line) for start, line in zip(starts, found, strict=False)])


def _split_at_line_feeds(text: str) -> tuple[Line, ...]:
    contents = text.split("\n")
    rest = contents.pop()
    starts = list(accumulate([len(content) + 1 for content in contents], initial=0))
    lines = tuple(map(Line._make, zip(starts, contents, repeat("\n"), strict=False)))
    return (*lines, Line(starts[-1], rest, "")) if rest else lines


def line_at(lines: tuple[Line, ...], position: int) -> int:
    """Give the index of the line that holds a position."""
    return max(0, bisect_right(lines, position, key=lambda line: line.start) - 1)


def line_number(text: str, position: int) -> int:
    """Give the number of the line that holds a position, counted from 1."""
    return sum(1 for _ in _END.finditer(text, 0, position)) + 1


def body_start(text: str) -> int:
    """Give where the text begins behind a byte order mark."""
    return 1 if text.startswith("\ufeff") else 0
