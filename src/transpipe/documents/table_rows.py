"""The cells of a row of a GFM table, with their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transpipe.model import Span


def locate_cells(row: str, contents: Sequence[str]) -> tuple[Span, ...] | None:
    r"""Find each cell of a row (GFM 0.29 section 4.10).

    :param row: the source text of the row, behind list and quote markers.
    :param contents: the text of its cells as parsed, with ``\\|`` as ``|``.
    :returns: the place of each in the row, or None if they are not the cells of this row.
    """
    cells = list(_cells(row))
    if cells and cells[0] == Span(0, 0):
        cells.pop(0)
    spans = []
    for number, content in enumerate(contents):
        cell = cells[number] if number < len(cells) else Span(len(row), len(row))
        span = _locate(row, cell, content)
        if span is None:
            return None
        spans.append(span)
    return tuple(spans)


def escape_cell(text: str) -> str:
    """Write a text so that it stays one cell: the exact reverse of what the parser undoes."""
    return text.replace("|", "\\|")


def _cells(row: str) -> Iterator[Span]:
    start = 0
    for position, character in enumerate(row):
        # One backslash escapes a bar, however many stand before it: so says the parser.
        if character == "|" and row[position - 1 : position] != "\\":
            yield Span(start, position)
            start = position + 1
    yield Span(start, len(row))


def _locate(row: str, cell: Span, content: str) -> Span | None:
    source = row[cell.start : cell.end]
    text = escape_cell(content)
    offset = source.find(text)
    if offset < 0 or source[:offset].strip() or source[offset + len(text) :].strip():
        return None
    return Span(cell.start + offset, cell.start + offset + len(text))
