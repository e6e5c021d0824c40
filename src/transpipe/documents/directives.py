"""Directives of MyST: which of their parts are text, read as MyST-Parser reads them.

``myst_parser.parsers.directives.parse_directive_text`` is what this follows: the options come
first, between ``---`` or as ``:name: value``; a directive without arguments has the first line of
its body behind its name. What a directive does not say here is not text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from transpipe.documents.lines import Line
from transpipe.model import Span

_INFO = re.compile(r"\{(?P<name>[^\s}]+)\}[ \t]*(?P<argument>.*?)[ \t]*")
_OPTION = re.compile(r"[ \t]*:(?P<name>[^:\s]+):[ \t]*(?P<value>.*?)[ \t]*")
_YAML_OPTION = re.compile(r"(?P<name>[\w-]+):[ \t]+(?P<value>[^\s'\"\[{|>&*!%#@`].*?)[ \t]*")
_VERSION = re.compile(r"\S+[ \t]+(?P<text>\S.*)")
_TOCTREE_ENTRY = re.compile(r"(?P<title>\S.*?)[ \t]*<[^<>]*>[ \t]*")


class Argument(Enum):
    """What stands behind the name of a directive."""

    NONE = auto()
    """The first line of the body."""
    TITLE = auto()
    """A text."""
    VERSION = auto()
    """A version, and perhaps a text."""
    OTHER = auto()
    """No text: an address, a language."""


class Body(Enum):
    """What a directive holds."""

    BLOCKS = auto()
    ENTRIES = auto()
    """Documents of a table of contents, which may have titles."""
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Directive:
    """What is text in a directive."""

    argument: Argument
    body: Body
    options: frozenset[str] = frozenset()
    """The options whose value is text."""


_ADMONITION = Directive(Argument.NONE, Body.BLOCKS)
_TITLED = Directive(Argument.TITLE, Body.BLOCKS)
_VERSIONED = Directive(Argument.VERSION, Body.BLOCKS)
_CAPTIONED = Directive(Argument.OTHER, Body.OTHER, frozenset({"caption"}))

DIRECTIVES: Mapping[str, Directive] = {
    **dict.fromkeys(
        (
            *("attention", "caution", "danger", "error", "hint", "important", "note", "seealso"),
            *("tip", "warning", "compound", "epigraph", "highlights", "pull-quote"),
        ),
        _ADMONITION,
    ),
    **dict.fromkeys(("admonition", "topic", "sidebar", "table", "list-table"), _TITLED),
    **dict.fromkeys(("versionadded", "versionchanged", "deprecated", "versionremoved"), _VERSIONED),
    **dict.fromkeys(("code-block", "sourcecode", "literalinclude"), _CAPTIONED),
    **dict.fromkeys(("container", "class", "only"), Directive(Argument.OTHER, Body.BLOCKS)),
    **dict.fromkeys(("rubric", "centered"), Directive(Argument.TITLE, Body.OTHER)),
    "figure": Directive(Argument.OTHER, Body.BLOCKS, frozenset({"alt"})),
    "image": Directive(Argument.OTHER, Body.OTHER, frozenset({"alt"})),
    "toctree": Directive(Argument.OTHER, Body.ENTRIES, frozenset({"caption"})),
}
"""The directives of docutils and Sphinx that hold text; all others hold none."""

NumberedLine = tuple[int, Line]
"""A line of a document and its number, counted from 0."""


@dataclass(frozen=True, slots=True)
class DirectiveText:
    """A text on one line of a directive."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class Read:
    """A directive taken apart."""

    texts: tuple[DirectiveText, ...]
    body: tuple[NumberedLine, ...]
    """The lines that are Markdown again."""
    others: tuple[str, ...]
    """All the lines that are not, without the texts, to be compared."""


def read_directive(
    info: str, opening: NumberedLine, content: Sequence[NumberedLine]
) -> Read | None:
    """Take a directive apart.

    :param info: what stands behind the fence.
    :param opening: the line of the fence.
    :param content: the lines between the fences.
    :returns: None if nothing in it is text.
    """
    match = _INFO.fullmatch(info.strip())
    directive = DIRECTIVES.get(match["name"]) if match else None
    if match is None or directive is None:
        return None
    texts: list[DirectiveText] = []
    body: list[NumberedLine] = []
    options, rest = _options(content)
    argument = _behind(opening, match["argument"])
    if argument is not None and directive.argument is Argument.NONE:
        body.append((opening[0], Line(argument.span.start, match["argument"], opening[1].ending)))
    elif argument is not None and directive.argument is Argument.TITLE:
        texts.append(argument)
    elif argument is not None and directive.argument is Argument.VERSION:
        version = _VERSION.fullmatch(match["argument"])
        texts += [_part(argument.number, argument.span.start, version)] if version else []
    for number, line in options:
        texts += _in_option(number, line, directive)
    if directive.body is Body.BLOCKS:
        body += rest
        rest = []
    elif directive.body is Body.ENTRIES:
        texts += [
            _part(number, line.start, entry, "title")
            for number, line in rest
            if (entry := _TOCTREE_ENTRY.fullmatch(line.text))
        ]
    others = _without([opening, *options, *rest], texts, body)
    return Read(tuple(texts), tuple(body), others)


def _options(content: Sequence[NumberedLine]) -> tuple[list[NumberedLine], list[NumberedLine]]:
    lines = list(content)
    if lines and lines[0][1].text.startswith("---"):
        for index, (_, line) in enumerate(lines[1:], 1):
            if line.text.startswith("---"):
                return lines[: index + 1], lines[index + 1 :]
        return lines, []
    index = 0
    while index < len(lines) and lines[index][1].text.lstrip().startswith(":"):
        index += 1
    return lines[:index], lines[index:]


def _in_option(number: int, line: Line, directive: Directive) -> list[DirectiveText]:
    match = _OPTION.fullmatch(line.text) or _YAML_OPTION.fullmatch(line.text)
    if match is None or match["name"] not in directive.options or not match["value"]:
        return []
    return [_part(number, line.start, match, "value")]


def _part(number: int, start: int, match: re.Match[str], group: str = "text") -> DirectiveText:
    return DirectiveText(number, Span(start + match.start(group), start + match.end(group)))


def _behind(opening: NumberedLine, argument: str) -> DirectiveText | None:
    number, line = opening
    text = line.text.rstrip()
    if not argument or not text.endswith(argument):
        return None
    end = line.start + len(text)
    return DirectiveText(number, Span(end - len(argument), end))


def _without(
    lines: Sequence[NumberedLine], texts: Sequence[DirectiveText], body: Sequence[NumberedLine]
) -> tuple[str, ...]:
    hidden = {text.number: text.span for text in texts}
    hidden |= {number: Span(line.start, line.end) for number, line in body}
    found = []
    for number, line in lines:
        span = hidden.get(number)
        cut = (len(line.text),) * 2 if span is None else (span.start, span.end)
        first, last = cut if span is None else (cut[0] - line.start, cut[1] - line.start)
        found.append(line.text[:first] + line.text[last:])
    return tuple(found)
