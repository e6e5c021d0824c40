"""The headings of a document, by which its messages are counted in sections."""

from __future__ import annotations

import re

from transpipe.documents.formats import FORMATS, segments
from transpipe.documents.options import Options
from transpipe.model import Document, SegmentKind

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1+\s*")


def headings(document: Document, options: Options) -> tuple[str, ...]:
    """Give the msgids of the headings of a document, in order.

    :raises DocumentError: if the document cannot be taken apart.
    """
    if document.format in FORMATS:
        found = segments(document, options)
        return tuple(one.msgid for one in found if one.kind is SegmentKind.HEADING)
    return tuple(_rest_titles(document.text))


def _rest_titles(text: str) -> list[str]:
    """Find section titles by their underlines: reStructuredText, "Sections".

    Only a text that is a message too is taken for a heading by whom counts: it does no harm that
    a literal block may look like one.
    """
    lines = text.splitlines()
    return [
        title.strip()
        for before, title, line in zip(["", *lines], lines, lines[1:], strict=False)
        if _ADORNMENT.fullmatch(line)
        and title.strip()
        and not _ADORNMENT.fullmatch(title)
        and len(line.rstrip()) >= len(title.strip())
        and (not before.strip() or _ADORNMENT.fullmatch(before))
    ]
