"""Blocks of Markdown -> segments with their places.

The method is exact because nothing is searched for: markdown-it-py cuts prefixes (indents, quote
and list markers) from source lines and never anything else, so each line of a block's text is the
end of its source line. Where that does not hold, the segment is flagged and never written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from markdown_it.token import Token

from transpipe.documents.code_comments import comment_spans, skeleton
from transpipe.documents.definitions import read_title, title_span
from transpipe.documents.html_text import (
    HtmlText,
    attribute_texts,
    html_texts,
    parameter_texts,
    read_attribute,
    without_texts,
)
from transpipe.documents.lines import Line
from transpipe.documents.markdown_source import Scope
from transpipe.documents.markers import Marker, Verb, find_markers, may_hold_markers
from transpipe.documents.masks import ConstructKind
from transpipe.documents.messages import clean
from transpipe.documents.table_rows import locate_cells
from transpipe.model import (
    HARD_BREAK_SEPARATOR,
    HARD_BREAKS,
    Placement,
    Segment,
    SegmentKind,
    Span,
)
from transpipe.shortcodes import positional_texts

if TYPE_CHECKING:
    from transpipe.documents.directives import Read

HTML = "html"
"""The context of text in HTML blocks; with a colon and its name, of an attribute's."""
SHORTCODE = "shortcode"
"""The context of a parameter of a shortcode or template tag, before a colon and its name."""
JSX = "jsx"
"""The context of an attribute of a JSX tag, before a colon and its name."""
LINK_TITLE = "link-title"
"""The context of the title of a link reference definition."""
CODE_COMMENT = "code-comment"
"""The context of a comment in a code block."""

ATX_MARKER = re.compile(r"(?<!#)#{1,6}[ \t]+$")
_SHORTCODE_LINE = re.compile(r"(?:\{\{[<%].*?[%>]\}\}\s*)+")
_MAY_HOLD_MARKERS = frozenset({"html_block", "host_line"})
_HOLD_TEXT = frozenset(
    {"tr_open", "html_block", "host_line", "host_block_open", "fence", "colon_fence"}
)
"""The tokens that may hold text, but for ``inline``."""
_CELLS = ("th_open", "td_open")
_KINDS = {"heading_open": SegmentKind.HEADING, "dt_open": SegmentKind.TERM}
_ATX_CLOSING = re.compile(r"[ \t]#+$")
_LANGUAGE = re.compile(r"[\w+#.-]+")


def block_segments(scope: Scope) -> Iterator[Segment]:
    """Give the segments of a scope in its order."""
    found = _segments_of_tokens(scope)
    if scope.parsed.definitions:
        titles = tuple(_titles(scope))
        found = iter(sorted((*found, *titles), key=lambda segment: segment.line))
    yield from found


def signatures(scope: Scope) -> tuple[object, ...]:
    """Give the block structure and all that is not translated, to be compared."""
    return tuple(_signature(scope, token) for token in scope.parsed.tokens)


def markers(scope: Scope) -> Iterator[Marker]:
    """Give the markers that stand between the blocks of a scope, in their order."""
    if not any(_markers(scope, token) for token in scope.parsed.tokens if _may_mark(token)):
        return
    found: list[Marker] = []
    following: dict[int, tuple[int, int]] = {}
    # From the end on, so that the next block beside a marker is known.
    for token in reversed(scope.parsed.tokens):
        if token.nesting != 0:
            following.pop(token.level + 1, None)
        if token.nesting < 0 or token.map is None:
            continue
        first, last = token.map[0], max(token.map[0], token.map[1] - 1)
        said = _markers(scope, token)
        if said:
            block = following.get(token.level)
            line = scope.numbers[last]
            found += [Marker(verb, text, line, block) for verb, text in reversed(said)]
        else:
            following[token.level] = (scope.numbers[first], scope.numbers[last])
    yield from reversed(found)


def _markers(scope: Scope, token: Token) -> list[tuple[Verb, str]]:
    return list(find_markers(scope.reveal(token.content))) if _may_mark(token) else []


def _may_mark(token: Token) -> bool:
    return token.type in _MAY_HOLD_MARKERS and may_hold_markers(token.content)


# ------------------------------------------------------------------------------- tokens


def _segments_of_tokens(scope: Scope) -> Iterator[Segment]:
    tokens = scope.parsed.tokens
    for index, token in enumerate(tokens):
        match token.type:
            case "inline":
                if tokens[index - 1].type not in _CELLS:
                    yield from _block(scope, tokens[index - 1], token)
            case _ if token.type not in _HOLD_TEXT:
                pass
            case "tr_open":
                yield from _row(scope, index)
            case "html_block":
                yield from _html(scope, token)
            case "host_line" | "host_block_open":
                yield from _host_texts(scope, token)
            case "fence" | "colon_fence":
                yield from _fence(scope, token)


def _block(scope: Scope, opening: Token, inline: Token) -> Iterator[Segment]:
    first, last = inline.map or (0, 0)
    number = scope.numbers[first]
    msgid = _msgid(scope, inline.content)
    if msgid:
        lines = scope.lines[first : max(first + 1, last)]
        if opening.type == "heading_open" and opening.markup.startswith("#"):
            spans = _atx_span(lines[0], inline.content)
        else:
            spans = _block_spans(lines, inline.content)
        if not scope.source.flavour.scan and _holds_shortcode_lines(inline.content):
            spans = ()
        kind = _KINDS.get(opening.type, SegmentKind.PARAGRAPH)
        comment = _hard_breaks(scope, inline) if inline.children else ""
        yield _segment(msgid, kind, number, spans, comment=comment)
    if inline.children:
        yield from _alternatives(scope, inline, number)


def _msgid(scope: Scope, content: str) -> str:
    if scope.source.flavour.mdx:
        # Elements are indented, and so is the text in them.
        content = "\n".join(line.strip(" \t") for line in content.split("\n"))
    return clean(scope.reveal(content))


def _row(scope: Scope, index: int) -> Iterator[Segment]:
    cells = []
    tokens = scope.parsed.tokens
    for position in range(index, len(tokens)):
        token = tokens[position]
        if token.type == "tr_close":
            break
        if token.type == "inline":
            cells.append(token)
    number = (cells[0].map or (0, 0))[0]
    line = scope.lines[number]
    start = scope.parsed.row_starts.get(number, 0) - scope.starts[number]
    places = None
    if start >= 0:
        places = locate_cells(line.text[start:], [cell.content for cell in cells])
    for position, cell in enumerate(cells):
        msgid = clean(scope.reveal(cell.content))
        if msgid:
            offset = line.start + start
            spans = places and (
                Span(offset + places[position].start, offset + places[position].end),
            )
            yield _segment(msgid, SegmentKind.CELL, scope.numbers[number], spans or ())
        yield from _alternatives(scope, cell, scope.numbers[number])


def _holds_shortcode_lines(content: str) -> bool:
    """Tell whether shortcodes have lines of their own in a paragraph of several.

    To Hugo such lines are no text; on one line with the others they would not be read any more.
    """
    if "{{" not in content or "\n" not in content:
        return False
    lines = content.split("\n")
    return any(_SHORTCODE_LINE.fullmatch(line.strip()) for line in lines)


def _hard_breaks(scope: Scope, inline: Token) -> str:
    """Say where the hard line breaks of a block are: its msgid does not hold them."""
    before: list[str] = []
    words = ""
    for token in inline.children or ():
        if token.type == "hardbreak":
            before.append(" ".join(scope.reveal(words).split()[-3:]))
            words = ""
        words += token.content if token.type in ("text", "code_inline") else " "
    return HARD_BREAKS + HARD_BREAK_SEPARATOR.join(before) if before else ""


def _segment(
    msgid: str,
    kind: SegmentKind,
    line: int,
    spans: tuple[Span, ...],
    context: str | None = None,
    comment: str = "",
) -> Segment:
    placement = Placement.EXACT if spans else Placement.UNLOCATED
    return Segment(msgid, kind, line, spans, placement, context, comment)


def _alternatives(scope: Scope, inline: Token, line: int) -> Iterator[Segment]:
    for token in inline.children or ():
        if token.type == "image":
            text = scope.reveal(_plain_text(token))
            if text:
                yield Segment(text, SegmentKind.ALT, line, (), Placement.INSIDE)


def _plain_text(token: Token) -> str:
    """Give the alternative text as MyST-Parser does: code and line breaks leave nothing."""
    return "".join(
        child.content if child.type in ("text", "text_special") else _plain_text(child)
        for child in token.children or ()
    )


# -------------------------------------------------------------- titles, HTML, the host


def _titles(scope: Scope) -> Iterator[Segment]:
    for first, last in scope.parsed.definitions:
        span = title_span(tuple(scope.lines[first:last]))
        msgid = read_title(scope.source.document.text[span.start : span.end]) if span else ""
        if span and any(map(str.isalnum, msgid)):
            kind = SegmentKind.ATTRIBUTE
            yield _segment(msgid, kind, scope.numbers[last - 1], (span,), LINK_TITLE)


def _html(scope: Scope, token: Token) -> Iterator[Segment]:
    lines = scope.inside((token.map or (0, 0))[0], token.content)
    if lines is None:
        return
    for text in html_texts(token.content):
        pieces = tuple(_spans_within(lines, text.start, text.end))
        msgid = scope.reveal(" ".join(token.content[text.start : text.end].split()))
        number = pieces[0][0] + 1
        spans = tuple(span for _, span in pieces)
        if text.attribute is None:
            yield _segment(msgid, SegmentKind.HTML, number, spans, HTML)
        else:
            context = f"{HTML}:{text.attribute}"
            yield _segment(read_attribute(msgid), SegmentKind.ATTRIBUTE, number, spans, context)


def _spans_within(
    lines: Sequence[tuple[int, Line]], start: int, end: int
) -> Iterator[tuple[int, Span]]:
    """Give the places of a part of a block's content, a span a line without blanks around it."""
    position = 0
    for number, line in lines:
        first = max(start - position, 0)
        last = min(end - position, len(line.text))
        text = line.text[first:last]
        if first < last and text.strip():
            first += len(text) - len(text.lstrip())
            yield number, Span(line.start + first, line.start + first + len(text.strip()))
        position += len(line.text) + 1


def _host_texts(scope: Scope, token: Token) -> Iterator[Segment]:
    first = (token.map or (0, 0))[0]
    number = scope.numbers[first]
    if "title" in token.meta:
        start, end = token.meta["title"]
        place = scope.place(start)
        span = Span(place, place + end - start)
        msgid = clean(scope.source.document.text[span.start : span.end])
        if any(map(str.isalnum, msgid)):
            yield _segment(msgid, SegmentKind.TITLE, number, (span,))
    else:
        for text, name in _parameters(scope, scope.lines[first].text):
            offset = scope.lines[first].start
            span = Span(offset + text.start, offset + text.end)
            held = scope.source.document.text[span.start : span.end]
            msgid = _unescaped(held) if name == SHORTCODE else read_attribute(held)
            context = f"{name}:{text.attribute}"
            yield _segment(msgid, SegmentKind.ATTRIBUTE, number, (span,), context)


def _parameters(scope: Scope, line: str) -> Iterator[tuple[HtmlText, str]]:
    """Give the parameters of the tags on a line that hold text, and what their context is."""
    pieces = scope.source.masked.pieces
    shown = scope.reveal(line)
    position = 0
    while position < len(line):
        piece = pieces.get(line[position])
        if piece is None:
            position += 1
            continue
        end = position + len(piece.text)
        if piece.kind is ConstructKind.TAG:
            is_jsx = scope.source.flavour.mdx
            name, found = (JSX, attribute_texts) if is_jsx else (SHORTCODE, parameter_texts)
            texts = [*found(shown, position, end)]
            if not is_jsx:
                chosen = scope.source.options.shortcodes
                found_too = positional_texts(shown, position, end, chosen)
                texts += [HtmlText(each.start, each.end, each.position) for each in found_too]
            yield from ((text, name) for text in sorted(texts, key=lambda text: text.start))
        position = end


def _unescaped(value: str) -> str:
    """Give a string of Hugo or Liquid as it is meant."""
    return re.sub(r"\\([\"\\])", r"\1", value)


# --------------------------------------------------------------------------------- code


def _fence(scope: Scope, token: Token) -> Iterator[Segment]:
    directive = _directive(scope, token)
    if directive is not None:
        found = [
            segment for body in directive.bodies for segment in block_segments(scope.part(body))
        ]
        # Titles of entries and terms stand between the others.
        yield from sorted((*_directive_texts(scope, directive), *found), key=lambda s: s.line)
    elif scope.source.options.code_comments and token.type == "fence":
        yield from _code_comments(scope, token)


def _directive_texts(scope: Scope, directive: Read) -> Iterator[Segment]:
    for text in directive.texts:
        msgid = clean(scope.source.document.text[text.span.start : text.span.end])
        yield _segment(msgid, SegmentKind.TITLE, text.number + 1, (text.span,))


def _directive(scope: Scope, token: Token) -> Read | None:
    is_colon = token.type == "colon_fence"
    if scope.source.options.markdown != "myst" or not (is_colon or token.info.startswith("{")):
        return None
    first = (token.map or (0, 0))[0]
    lines = scope.inside(first + 1, token.content) if token.content else ()
    if lines is None:
        return None
    from transpipe.documents.directives import read_container, read_directive  # late: MyST only

    opening = scope.numbers[first] - 1, scope.lines[first]
    if is_colon and not token.info.strip().startswith("{"):
        return read_container(opening, lines)
    return read_directive(token.info, opening, lines, is_colon=is_colon)


def _code_comments(scope: Scope, token: Token) -> Iterator[Segment]:
    lines = scope.inside((token.map or (0, 0))[0] + 1, token.content)
    if lines is None:
        return
    for place in comment_spans(token.content, _language(token)):
        for number, span in _spans_within(lines, place.start, place.end):
            msgid = scope.reveal(token.content[place.start : place.end].strip())
            yield _segment(msgid, SegmentKind.COMMENT, number + 1, (span,), CODE_COMMENT)


def _language(token: Token) -> str:
    match = _LANGUAGE.match(token.info.strip(" \t{}"))
    return match[0].lower() if match else ""


# -------------------------------------------------------------------------- comparisons


def _signature(scope: Scope, token: Token) -> tuple[object, ...]:
    if token.type == "inline":
        return ("inline",)
    shape = (token.type, token.tag, token.nesting, token.level, token.hidden, token.markup)
    if token.nesting and not (token.content or token.info or token.attrs or token.meta):
        return shape
    attributes = tuple((name, scope.reveal(str(value))) for name, value in token.attrs.items())
    meta = scope.reveal(str(token.meta.get("label", "")))
    info, content = _untranslated(scope, token)
    return (*shape, info, content, attributes, meta)


def _untranslated(scope: Scope, token: Token) -> tuple[str, object]:
    """Give the info string and the content of a block without its texts."""
    info, content = scope.reveal(token.info), scope.reveal(token.content)
    match token.type:
        case "html_block":
            if scope.inside((token.map or (0, 0))[0], token.content) is not None:
                return info, without_texts(token.content, tuple(html_texts(token.content)))
        case "host_line" if "title" not in token.meta:
            line = scope.lines[(token.map or (0, 0))[0]].text
            found = tuple(text for text, _ in _parameters(scope, line))
            return info, without_texts(scope.reveal(line), found).strip()
        case "fence" | "colon_fence":
            directive = _directive(scope, token)
            if directive is not None:
                name = info.partition("}")[0]
                inner = tuple(signatures(scope.part(body)) for body in directive.bodies)
                return name, (directive.others, inner)
            if scope.source.options.code_comments and token.type == "fence":
                return info, skeleton(content, _language(token))
    return info, content


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
    if text and line.text.endswith(text):
        end = line.start + len(line.text)
        return Span(end - len(text), end)
    start = line.text.rfind(text)
    rest = line.text[start + len(text) :]
    if start < 0 or not text or rest.strip() or (rest and not trimmed):
        return None
    return Span(line.start + start, line.start + start + len(text))


def _atx_span(line: Line, content: str) -> tuple[Span, ...]:
    source = line.text.rstrip(" \t")
    closing = _ATX_CLOSING.search(source)
    if closing:
        source = source[: closing.start()]
    span = _end_span(Line(line.start, source, ""), content, trimmed=True)
    if span is None or not ATX_MARKER.search(source[: span.start - line.start]):
        return ()
    return (span,)
