"""Markdown: a document -> its segments, and what a msgstr looks like in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from transpipe.documents import frontmatter
from transpipe.documents.definitions import write_title
from transpipe.documents.host_tags import broken_tag
from transpipe.documents.hosts import NO_HOST, flavour_of, hide
from transpipe.documents.html_text import write_attribute
from transpipe.documents.lines import body_start
from transpipe.documents.markdown_blocks import (
    ATX_MARKER,
    LINK_TITLE,
    SHORTCODE,
    block_segments,
    markers,
    signatures,
)
from transpipe.documents.markdown_source import read_source
from transpipe.documents.markers import obey
from transpipe.documents.messages import clean
from transpipe.documents.options import Options
from transpipe.documents.table_rows import escape_cell
from transpipe.model import Document, Segment, SegmentKind

_FAR_ABOVE = 1000
_LINE_END = re.compile(r"\r\n|\r|\n")
_FOLDED = frozenset({SegmentKind.TERM, SegmentKind.HTML, SegmentKind.TITLE, SegmentKind.COMMENT})
"""What stays on one line."""


def segments(document: Document, options: Options) -> tuple[Segment, ...]:
    """Give the segments of a Markdown document in its order.

    :raises DocumentError: if its front matter is not valid, or the parser fails on it.
    """
    source, scope = read_source(document, options)
    front = source.front_matter
    head = () if front is None else frontmatter.segments(document, front, options.front_matter)
    return (*head, *obey(block_segments(scope), tuple(markers(scope))))


def outline(document: Document, options: Options) -> object:
    """Give the block structure and all that is not translated, to be compared.

    :raises DocumentError: as :func:`segments` does.
    """
    source, scope = read_source(document, options)
    front = source.front_matter
    head = None if front is None else frontmatter.outline(front, options.front_matter)
    return (head, signatures(scope), scope.parsed.references)


def encode(document: Document, segment: Segment, msgstr: str) -> str:
    """Give what stands in the document for a segment with this msgstr.

    Line breaks are kept where the block may have several lines, with what each line of the block
    begins with; in headings, cells, terms and attributes they are folded as in a msgid.
    """
    match segment.kind:
        case SegmentKind.FRONT_MATTER:
            return frontmatter.encode(document, segment, msgstr)
        case SegmentKind.CELL:
            masked = hide(clean(msgstr), flavour_of(document))
            return masked.reveal(escape_cell(masked.text))
        case SegmentKind.ATTRIBUTE:
            return _encode_attribute(document, segment, clean(msgstr))
    if "\\" not in msgstr and "\n" not in msgstr and "\r" not in msgstr:
        return msgstr.strip()
    before = _line_before(document.text, segment.spans[0].start)
    if segment.kind in _FOLDED or ATX_MARKER.search(before):
        return clean(msgstr)
    first, *others = _LINE_END.split(msgstr.strip())
    if not others:
        return first
    prefix = _continuation(document.text, segment, before)
    joint = _line_ending(document.text, segment.spans[0].start) + prefix
    return joint.join([first, *(line.lstrip(" \t") for line in others)])


def alone(document: Document, segment: Segment) -> str | None:
    """Give a text in which the block of a segment stands alone, None where that says nothing.

    What is around a block in its document does not change what a msgstr makes of it, or hardly.
    """
    if segment.kind is SegmentKind.FRONT_MATTER or segment.msgctxt is not None:
        return None
    source = "\n".join(document.text[span.start : span.end] for span in segment.spans)
    before = _line_before(document.text, segment.spans[0].start)
    # What opens a text could be front matter.
    match segment.kind:
        case SegmentKind.TITLE:
            return None
        case SegmentKind.CELL:
            return f"\n| {source} |\n| --- |\n"
        case SegmentKind.TERM:
            return f"\n{source}\n: -\n"
        case SegmentKind.HEADING if not ATX_MARKER.search(before):
            return f"\n{source}\n===\n"
        case SegmentKind.HEADING:
            return f"\n# {source}\n"
    # A definition takes the paragraph before it for its term.
    term = ".\n\n" if _is_below_text(document.text, segment.spans[0].start, before) else ""
    return f"\n{term}{source}\n"


def broken(document: Document, segment: Segment, msgstr: str, options: Options) -> str | None:
    """Say which tag a msgstr adds, changes or leaves open, as the end of a sentence about it."""
    if segment.kind is SegmentKind.FRONT_MATTER:
        return None
    flavour = flavour_of(document)
    if flavour is NO_HOST and "<" not in segment.msgid and "<" not in msgstr:
        return None
    return broken_tag(segment.msgid, msgstr, options.markdown, flavour, options.shortcodes)


def filled(
    document: Document, segment: Segment, inside: Sequence[tuple[Segment, str]]
) -> str | None:
    """Give the source text of a segment with the translations of its images' texts.

    :param inside: what is inside the segment, in its order, with the msgstr of each or "".
    :returns: None where none of them can be written.
    """
    text = "\n".join(document.text[span.start : span.end] for span in segment.spans)
    if segment.kind is SegmentKind.CELL:
        text = text.replace("\\|", "|")
    parts = []
    end = 0
    for image, msgstr in inside:
        # An image without an address of its own is found by this very text.
        match = re.compile(rf"!\[{re.escape(image.msgid)}\](?=\(|\[[^\]])").search(text, end)
        if match is not None and msgstr.strip() and not set(msgstr) & set("[]\\`<"):
            parts.append(f"{text[end : match.start()]}![{clean(msgstr)}]")
            end = match.end()
    return "".join((*parts, text[end:])) if parts else None


def _is_below_text(text: str, position: int, before: str) -> bool:
    """Tell whether what stands above a block seems to be a paragraph beside it."""
    if before.strip(" \t>"):
        return False
    start = position - len(before)
    above = text[max(0, start - _FAR_ABOVE) : start].rstrip(" \t\r\n>")
    line = above[max(above.rfind("\n"), above.rfind("\r")) + 1 :]
    return line.startswith(before) and line[len(before) :][:1].isalpha()


def _encode_attribute(document: Document, segment: Segment, text: str) -> str:
    quote = document.text[segment.spans[0].start - 1]
    if segment.msgctxt == LINK_TITLE:
        return write_title(text, quote)
    if segment.msgctxt and segment.msgctxt.startswith(SHORTCODE):
        # What stands between backticks is not escaped.
        return text if quote == "`" else re.sub(r"([\"\\])", r"\\\1", text)
    return write_attribute(text, quote)


def _line_before(text: str, position: int) -> str:
    start = max(text.rfind("\n", 0, position), text.rfind("\r", 0, position)) + 1
    return text[max(start, body_start(text)) : position]


def _continuation(text: str, segment: Segment, before: str) -> str:
    """Give what a further line of a block begins with: quote markers, and blanks for the rest."""
    if len(segment.spans) > 1:
        return _line_before(text, segment.spans[1].start)
    return re.sub(r"[^>\t]", " ", before)


def _line_ending(text: str, position: int) -> str:
    match = _LINE_END.search(text, position) or _LINE_END.search(text)
    return match[0] if match else "\n"
