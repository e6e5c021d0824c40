"""Plain text: a line is a paragraph, unless the file is hard-wrapped.

A file counts as hard-wrapped if its lines end where the next word did not fit. Taking the lines
that other lines follow without a blank one between them:

1. there are at least two,
2. the longest line among them and their successors, the width, has 40 to 100 characters, and
3. at least three in four of them could not have held the first word of the next line within it.

Then a run of lines between blank ones is a paragraph. Lines without a letter or a digit
(underlines, rules) separate as blank lines do. One line alone is one paragraph either way.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from transpipe.documents.lines import Line, body_start, line_at, split_lines
from transpipe.documents.options import Options
from transpipe.model import Document, Segment, SegmentKind, Span

_WIDTHS = range(40, 101)
_SHARE = 0.75
_FEWEST = 2


def segments(document: Document, options: Options) -> tuple[Segment, ...]:
    """Give the paragraphs of a plain text in its order."""
    return tuple(map(_segment, _paragraphs(document.text)))


def outline(document: Document, options: Options) -> object:
    """Give all that is not translated, to be compared: what stands around the paragraphs."""
    parts = []
    end = 0
    for segment in segments(document, options):
        parts.append(document.text[end : segment.spans[0].start])
        end = segment.spans[-1].end
    return (*parts, document.text[end:])


def encode(document: Document, segment: Segment, msgstr: str) -> str:
    """Write a msgstr on one line, or wrapped at the width of a hard-wrapped document."""
    line = " ".join(msgstr.split("\n")).strip() if "\n" in msgstr else msgstr.strip()
    layout = _layout(document.text)
    lines, width = layout.lines, layout.width
    if width is None:
        return line
    first, *others = (lines[line_at(lines, span.start)] for span in segment.spans)
    second = others[0] if others else first
    wrapped = textwrap.wrap(
        line,
        width,
        initial_indent=_indent(first),
        subsequent_indent=_indent(second),
        break_long_words=False,
        break_on_hyphens=False,
    )
    if layout.followed - len(segment.spans) + len(wrapped) < _FEWEST:
        return line  # too few line breaks would be left to tell that the document is wrapped
    return (first.ending or "\n").join(wrapped)[len(_indent(first)) :]


def alone(document: Document, segment: Segment) -> str:
    """Give a text in which a paragraph stands alone, on one line."""
    return segment.msgid


def _paragraphs(text: str) -> Iterator[Sequence[tuple[int, Line]]]:
    layout = _layout(text)
    for run in _runs(layout.lines):
        if layout.width is None:
            yield from ([line] for line in run)
        else:
            yield run


@dataclass(frozen=True, slots=True)
class _Layout:
    """How a text is set."""

    lines: tuple[Line, ...]
    width: int | None
    """What it is wrapped at, None if it is not."""
    followed: int
    """How many lines another line follows."""


# A document is asked again for each of its paragraphs.
@lru_cache(maxsize=4)
def _layout(text: str) -> _Layout:
    start = body_start(text)
    lines = tuple(
        line if line.start >= start else Line(start, line.text[start:], line.ending)
        for line in split_lines(text)
    )
    runs = _runs(lines)
    return _Layout(lines, _width(runs), _followed(runs))


def _runs(lines: Sequence[Line]) -> list[list[tuple[int, Line]]]:
    """Give the runs of lines that hold a letter or a digit, each with its number."""
    runs: list[list[tuple[int, Line]]] = [[]]
    for number, line in enumerate(lines, 1):
        if any(map(str.isalnum, line.text)):
            runs[-1].append((number, line))
        else:
            runs.append([])
    return [run for run in runs if run]


def _width(runs: Sequence[Sequence[tuple[int, Line]]]) -> int | None:
    """Give the width a text is wrapped at, None if it is not hard-wrapped."""
    wrapped = [[line.text.rstrip() for _, line in run] for run in runs if len(run) > 1]
    if _followed(runs) < _FEWEST:
        return None
    width = max(len(line) for run in wrapped for line in run)
    if width not in _WIDTHS:
        return None
    full = [
        len(line) + 1 + len(following.split()[0]) > width
        for run in wrapped
        for line, following in pairwise(run)
    ]
    return width if sum(full) >= _SHARE * len(full) else None


def _followed(runs: Sequence[Sequence[tuple[int, Line]]]) -> int:
    return sum(len(run) - 1 for run in runs)


def _segment(paragraph: Sequence[tuple[int, Line]]) -> Segment:
    spans = tuple(_span(line) for _, line in paragraph)
    # A catalog cannot hold the character NUL; Markdown reads it like this too.
    msgid = " ".join(line.text.strip() for _, line in paragraph).replace("\0", "\ufffd")
    return Segment(msgid, SegmentKind.PARAGRAPH, paragraph[0][0], spans)


def _span(line: Line) -> Span:
    start = line.start + len(_indent(line))
    return Span(start, line.start + len(line.text.rstrip()))


def _indent(line: Line) -> str:
    return line.text[: len(line.text) - len(line.text.lstrip())]
