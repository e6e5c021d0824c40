"""A document and translations -> the translated text. Knows no format."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from transpipe.model import Document, Placement, Segment

Encoder = Callable[[Document, Segment, str], str]
"""Gives what stands in a document for a segment with this msgstr, from the start of its first
span to the end of its last."""


def splice(document: Document, translations: Iterable[tuple[Segment, str]], encode: Encoder) -> str:
    """Put translations in the place of their segments and leave every other character alone.

    A segment without a translation, with a blank one, with one equal to its msgid, or without an
    exact place keeps its text. Of a segment of several lines, the msgstr takes the place of all.

    :param translations: segments that have a msgstr, with it, each once and in any order.
    :param encode: of the document's format.
    """
    parts = []
    end = len(document.text)
    rows = [row for row in translations if _is_located(row[0])]
    for segment, msgstr in sorted(rows, key=lambda row: _start(row[0]), reverse=True):
        if msgstr.strip() and msgstr != segment.msgid:
            parts += [document.text[segment.spans[-1].end : end], encode(document, segment, msgstr)]
            end = _start(segment)
    parts.append(document.text[:end])
    return "".join(reversed(parts))


def _is_located(segment: Segment) -> bool:
    return segment.placement is Placement.EXACT and bool(segment.spans)


def _start(segment: Segment) -> int:
    return segment.spans[0].start
