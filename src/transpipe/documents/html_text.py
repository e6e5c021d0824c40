"""The texts of a piece of HTML, with their places: what stands between tags, and in attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape

_TOKEN = re.compile(
    r"<!--(?:.*?-->|.*)|<[?!](?:[^>]*>|.*)"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*)"
    r"(?=[\s/>])(?>(?:\"[^\"]*\"|'[^']*'|[^\"'<>])*)>",
    re.DOTALL,
)
_NAMES = "abbr|alt|aria-label|caption|description|label|placeholder|summary|text|title"
_ATTRIBUTE = re.compile(
    rf"(?<![\w:.-])(?P<name>{_NAMES})\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')"
)
_PARAMETER = re.compile(
    rf"(?<![\w:.-])(?P<name>{_NAMES})\s*=\s*"
    r"(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|'(?P<single>(?:[^'\\]|\\.)*)'|`(?P<raw>[^`]*)`)"
)
_INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del"),
        *("dfn", "em", "font", "i", "img", "input", "ins", "kbd", "label", "mark", "nobr", "q"),
        *("rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup"),
        *("time", "tt", "u", "var", "wbr"),
    }
)
"""Tags that stand inside a sentence."""
_VERBATIM = frozenset({"iframe", "math", "object", "pre", "script", "style", "svg", "textarea"})
"""Elements whose content is no text."""
_CODE = frozenset({"code", "kbd", "samp", "tt", "var"})


@dataclass(frozen=True, slots=True)
class HtmlText:
    """A text and where it stands: ``html[start:end]``."""

    start: int
    end: int
    attribute: str | None = None
    """The name of the attribute that holds it; None for text between tags."""


def html_texts(html: str) -> Iterator[HtmlText]:
    """Find the texts of a piece of HTML, in their order; it need not be well formed.

    A text is what stands between tags of blocks and comments, with the tags of sentences in it.
    Attributes count where their tag is in no such text.
    """
    run: list[re.Match[str]] = []
    start = position = 0
    while token := _TOKEN.search(html, position):
        name = (token["name"] or "").lower()
        position = token.end()
        if name in _INLINE:
            run.append(token)
            continue
        yield from _run(html, start, token.start(), run)
        run = []
        if name and not token["close"]:
            yield from attribute_texts(html, *token.span())
            if name in _VERBATIM and not token[0].endswith("/>"):
                position = _closing(html, name, position)
        start = position
    yield from _run(html, start, len(html), run)


def attribute_texts(text: str, start: int, end: int) -> Iterator[HtmlText]:
    """Find the attributes of a tag that hold text: ``title="…"`` and the like."""
    yield from _quoted(_ATTRIBUTE, text, start, end)


def parameter_texts(text: str, start: int, end: int) -> Iterator[HtmlText]:
    """Find the parameters of a shortcode or template tag that hold text.

    A backslash escapes a quote in them, and Hugo has strings between backticks.
    """
    yield from _quoted(_PARAMETER, text, start, end)


def _quoted(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[HtmlText]:
    for match in pattern.finditer(text, start, end):
        groups = match.groupdict()
        group = next(name for name in ("double", "single", "raw") if groups.get(name) is not None)
        if any(map(str.isalnum, unescape(match[group]))):
            yield HtmlText(*match.span(group), match["name"])


def without_texts(html: str, texts: tuple[HtmlText, ...]) -> str:
    """Give all but the texts, to be compared."""
    parts = []
    end = 0
    for text in texts:
        parts.append(html[end : text.start])
        end = text.end
    return "\x00".join((*parts, html[end:]))


def read_attribute(value: str) -> str:
    """Give the text that the value of an attribute stands for."""
    return " ".join(unescape(value).split())


def write_attribute(text: str, quote: str) -> str:
    """Give the value of an attribute for a text: the reverse of :func:`read_attribute`."""
    written = escape(text, quote=False)
    return written.replace(quote, "&quot;" if quote == '"' else "&#39;")


def _closing(html: str, name: str, position: int) -> int:
    match = re.compile(rf"</{name}\b[^>]*>?", re.IGNORECASE).search(html, position)
    return match.end() if match else len(html)


def _run(html: str, start: int, end: int, tags: list[re.Match[str]]) -> Iterator[HtmlText]:
    if not _has_words(html, start, end, tags):
        for tag in tags:
            yield from attribute_texts(html, *tag.span())
        return
    first, last = 0, len(tags)
    # A tag on a line of its own opens the block: on one line with text it would not.
    while first < last and _is_line(html, start, tags[first].start(), tags[first].end()):
        yield from attribute_texts(html, *tags[first].span())
        start = tags[first].end()
        first += 1
    while last > first and _is_line(html, tags[last - 1].end(), end, tags[last - 1].start()):
        last -= 1
        end = tags[last].start()
    while start < end and html[start].isspace():
        start += 1
    while end > start and html[end - 1].isspace():
        end -= 1
    yield HtmlText(start, end)


def _is_line(html: str, start: int, end: int, other: int) -> bool:
    """Tell whether there is nothing between two places, and a line break beside another."""
    beside = html[other : other + 1] if other >= end else html[other - 1 : other]
    return not html[start:end].strip() and beside in ("\n", "\r")


def _has_words(html: str, start: int, end: int, tags: list[re.Match[str]]) -> bool:
    """Tell whether there is text to read, outside code."""
    depth = 0
    for tag in tags:
        if not depth and any(map(str.isalnum, unescape(html[start : tag.start()]))):
            return True
        if (tag["name"] or "").lower() in _CODE:
            depth = max(0, depth - 1) if tag["close"] else depth + 1
        start = tag.end()
    return not depth and any(map(str.isalnum, unescape(html[start:end])))
