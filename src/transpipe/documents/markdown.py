"""Markdown: a document -> its segments, and what a msgstr looks like in their place.

The method is exact because nothing is searched for: markdown-it-py cuts prefixes (indents, quote
and list markers) from source lines and never anything else, so each line of a block's text is the
end of its source line. Where that does not hold, the segment is flagged and never written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from markdown_it.token import Token

from transpipe.documents import frontmatter
from transpipe.documents.lines import Line, body_start, split_lines
from transpipe.documents.markdown_parser import Parsed, parse
from transpipe.documents.messages import clean
from transpipe.documents.options import Options
from transpipe.documents.table_rows import escape_cell, locate_cells
from transpipe.errors import DocumentError
from transpipe.model import (
    HARD_BREAK_SEPARATOR,
    HARD_BREAKS,
    Document,
    Placement,
    Segment,
    SegmentKind,
    Span,
)

_SHORTCODE_LINE = re.compile(r"(?:\{\{[<%].*?[%>]\}\}\s*)+")
_CELLS = ("th_open", "td_open")
_KINDS = {"heading_open": SegmentKind.HEADING, "dt_open": SegmentKind.TERM}
_ATX_MARKER = re.compile(r"(?<!#)#{1,6}[ \t]+$")
_ATX_CLOSING = re.compile(r"[ \t]#+$")
_FAR_ABOVE = 1000
_LINE_END = re.compile(r"\r\n|\r|\n")


def segments(document: Document, options: Options) -> tuple[Segment, ...]:
    """Give the segments of a Markdown document in its order.

    :raises DocumentError: if its front matter is not valid, or the parser fails on it.
    """
    source = _source(document, options)
    front = source.front_matter
    head = () if front is None else frontmatter.segments(document, front, options.front_matter)
    return (*head, *_body(source))


def outline(document: Document, options: Options) -> object:
    """Give the block structure and all that is not translated, to be compared.

    :raises DocumentError: as :func:`segments` does.
    """
    source = _source(document, options)
    front = source.front_matter
    head = None if front is None else frontmatter.outline(front, options.front_matter)
    tokens = tuple(_signature(token) for token in source.parsed.tokens)
    return (head, tokens, source.parsed.references)


def encode(document: Document, segment: Segment, msgstr: str) -> str:
    """Give what stands in the document for a segment with this msgstr.

    Line breaks are kept where the block may have several lines, with what each line of the block
    begins with; in headings, cells and terms they are folded as in a msgid.
    """
    if segment.kind is SegmentKind.FRONT_MATTER:
        return frontmatter.encode(document, segment, msgstr)
    if segment.kind is SegmentKind.CELL:
        return escape_cell(clean(msgstr))
    before = _line_before(document.text, segment.spans[0].start)
    if segment.kind is SegmentKind.TERM or _ATX_MARKER.search(before):
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
    if segment.kind is SegmentKind.FRONT_MATTER:
        return None
    source = "\n".join(document.text[span.start : span.end] for span in segment.spans)
    before = _line_before(document.text, segment.spans[0].start)
    # What opens a text could be front matter.
    match segment.kind:
        case SegmentKind.CELL:
            return f"\n| {source} |\n| --- |\n"
        case SegmentKind.TERM:
            return f"\n{source}\n: -\n"
        case SegmentKind.HEADING if not _ATX_MARKER.search(before):
            return f"\n{source}\n===\n"
        case SegmentKind.HEADING:
            return f"\n# {source}\n"
    # A definition takes the paragraph before it for its term.
    term = ".\n\n" if _is_below_text(document.text, segment.spans[0].start, before) else ""
    return f"\n{term}{source}\n"


def _is_below_text(text: str, position: int, before: str) -> bool:
    """Tell whether what stands above a block seems to be a paragraph beside it."""
    if before.strip(" \t>"):
        return False
    start = position - len(before)
    above = text[max(0, start - _FAR_ABOVE) : start].rstrip(" \t\r\n>")
    line = above[max(above.rfind("\n"), above.rfind("\r")) + 1 :]
    return line.startswith(before) and line[len(before) :][:1].isalpha()


# ------------------------------------------------------------------------------ reading


@dataclass(frozen=True, slots=True)
class _Source:
    """A document taken apart; lines of the parser are lines of the file."""

    front_matter: frontmatter.FrontMatter | None
    lines: Sequence[Line]
    line_starts: Sequence[int]
    """Where each line begins in the text the parser saw."""
    parsed: Parsed


# Segments and outline of a document are asked for one after the other.
@lru_cache(maxsize=2)
def _source(document: Document, options: Options) -> _Source:
    found = _front_matter(document, options)
    start = body_start(document.text) if found is None else found.end
    # A line of front matter is an empty line to the parser, so that lines keep their numbers.
    lines = [
        line if line.start >= start else Line(start, line.text[start - line.start :], line.ending)
        for line in split_lines(document.text)
    ]
    # A trailing line break saves plug-ins that look one character too far.
    text = "".join(line.text + "\n" for line in lines).replace("\0", "\ufffd")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.text) + 1)
    try:
        parsed = parse(text, options.markdown)
    except Exception as problem:  # any failure of the parser is the same obstacle to the user
        raise DocumentError(
            f"the Markdown parser failed on it ({type(problem).__name__}: {problem})",
            "leave the document out and tell the developers of transpipe",
            path=document.path,
        ) from problem
    if parsed.too_deep is not None:
        raise DocumentError(
            "lists or quotes are nested too deeply here, text would be lost",
            "nest them less deeply",
            path=document.path,
            line=parsed.too_deep + 1,
        )
    return _Source(found, lines, starts, parsed)


def _front_matter(document: Document, options: Options) -> frontmatter.FrontMatter | None:
    try:
        return frontmatter.front_matter(document.text, document.path)
    except DocumentError:
        # In MyST, "+++" is a block break too.
        if options.markdown == "myst" and not document.text.lstrip("\ufeff").startswith("-"):
            return None
        raise


def _signature(token: Token) -> tuple[object, ...]:
    if token.type == "inline":
        return ("inline",)
    attributes = tuple((name, str(value)) for name, value in token.attrs.items())
    meta = str(token.meta.get("label", ""))
    shape = (token.type, token.tag, token.nesting, token.level, token.hidden)
    return (*shape, token.markup, token.info, token.content, attributes, meta)


# ----------------------------------------------------------------------------- segments


def _body(source: _Source) -> Iterator[Segment]:
    tokens = source.parsed.tokens
    for index, token in enumerate(tokens):
        if token.type == "tr_open":
            yield from _row(source, index)
        elif token.type == "inline" and tokens[index - 1].type not in _CELLS:
            yield from _block(source, tokens[index - 1], token)


def _block(source: _Source, opening: Token, inline: Token) -> Iterator[Segment]:
    first, last = inline.map or (0, 0)
    msgid = clean(inline.content)
    if msgid:
        lines = source.lines[first : max(first + 1, last)]
        if opening.type == "heading_open" and opening.markup.startswith("#"):
            spans = _atx_span(lines[0], inline.content)
        else:
            spans = _block_spans(lines, inline.content)
        if _holds_shortcode_lines(inline.content):
            spans = ()
        kind = _KINDS.get(opening.type, SegmentKind.PARAGRAPH)
        yield replace(_segment(msgid, kind, first + 1, spans), comment=_hard_breaks(inline))
    yield from _alternatives(inline, first + 1)


def _row(source: _Source, index: int) -> Iterator[Segment]:
    cells = []
    for token in source.parsed.tokens[index:]:
        if token.type == "tr_close":
            break
        if token.type == "inline":
            cells.append(token)
    number = (cells[0].map or (0, 0))[0]
    line = source.lines[number]
    start = source.parsed.row_starts.get(number, 0) - source.line_starts[number]
    row = line.text.replace("\0", "\ufffd")[start:]
    places = locate_cells(row, [cell.content for cell in cells]) if start >= 0 else None
    for position, cell in enumerate(cells):
        msgid = clean(cell.content)
        if msgid:
            offset = line.start + start
            spans = places and (
                Span(offset + places[position].start, offset + places[position].end),
            )
            yield _segment(msgid, SegmentKind.CELL, number + 1, spans or ())
        yield from _alternatives(cell, number + 1)


def _holds_shortcode_lines(content: str) -> bool:
    """Tell whether shortcodes have lines of their own in a paragraph of several.

    To Hugo such lines are no text; on one line with the others they would not be read any more.
    """
    lines = content.split("\n")
    return len(lines) > 1 and any(_SHORTCODE_LINE.fullmatch(line.strip()) for line in lines)


def _hard_breaks(inline: Token) -> str:
    """Say where the hard line breaks of a block are: its msgid does not hold them."""
    before: list[str] = []
    words = ""
    for token in inline.children or ():
        if token.type == "hardbreak":
            before.append(" ".join(words.split()[-3:]))
            words = ""
        words += token.content if token.type in ("text", "code_inline") else " "
    return HARD_BREAKS + HARD_BREAK_SEPARATOR.join(before) if before else ""


def _segment(msgid: str, kind: SegmentKind, line: int, spans: tuple[Span, ...]) -> Segment:
    placement = Placement.EXACT if spans else Placement.UNLOCATED
    return Segment(msgid, kind, line, spans, placement)


def _alternatives(inline: Token, line: int) -> Iterator[Segment]:
    for token in inline.children or ():
        if token.type == "image":
            text = _plain_text(token)
            if text:
                yield Segment(text, SegmentKind.ALT, line, (), Placement.INSIDE)


def _plain_text(token: Token) -> str:
    """Give the alternative text as MyST-Parser does: code and line breaks leave nothing."""
    return "".join(
        child.content if child.type in ("text", "text_special") else _plain_text(child)
        for child in token.children or ()
    )


# ------------------------------------------------------------------------------- places


def _block_spans(lines: Sequence[Line], content: str) -> tuple[Span, ...]:
    texts = content.split("\n")
    if len(texts) != len(lines):
        return ()
    spans = []
    for number, (line, text) in enumerate(zip(lines, texts, strict=True), 1):
        # The blanks a line begins with mean nothing, and a tab may be cut in two there.
        span = _end_span(line, text.lstrip(" \t"), trimmed=number == len(lines))
        if span is None:
            return ()
        spans.append(span)
    return tuple(spans)


def _end_span(line: Line, text: str, trimmed: bool) -> Span | None:
    source = line.text.replace("\0", "\ufffd")
    start = source.rfind(text)
    rest = source[start + len(text) :]
    if start < 0 or not text or rest.strip() or (rest and not trimmed):
        return None
    return Span(line.start + start, line.start + start + len(text))


def _atx_span(line: Line, content: str) -> tuple[Span, ...]:
    source = line.text.rstrip(" \t")
    closing = _ATX_CLOSING.search(source)
    if closing:
        source = source[: closing.start()]
    span = _end_span(Line(line.start, source, ""), content, trimmed=True)
    if span is None or not _ATX_MARKER.search(source[: span.start - line.start]):
        return ()
    return (span,)


# ------------------------------------------------------------------------------ writing


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
