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
_ATTRIBUTION = re.compile(r"[ \t]*(?:---?(?!-)|—)[ \t]*(?P<text>\S.*?)[ \t]*")
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
    QUOTE = auto()
    """Blocks, and behind the last blank line perhaps who said them."""
    TERMS = auto()
    """Terms, and indented below them what they mean."""
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
            *("tip", "warning", "compound"),
        ),
        _ADMONITION,
    ),
    **dict.fromkeys(("epigraph", "highlights", "pull-quote"), Directive(Argument.NONE, Body.QUOTE)),
    **dict.fromkeys(("admonition", "topic", "sidebar", "table", "list-table"), _TITLED),
    **dict.fromkeys(("versionadded", "versionchanged", "deprecated", "versionremoved"), _VERSIONED),
    **dict.fromkeys(("code-block", "sourcecode", "literalinclude"), _CAPTIONED),
    **dict.fromkeys(("container", "class", "only"), Directive(Argument.OTHER, Body.BLOCKS)),
    **dict.fromkeys(("rubric", "centered", "csv-table"), Directive(Argument.TITLE, Body.OTHER)),
    "glossary": Directive(Argument.NONE, Body.TERMS),
    "figure": Directive(Argument.OTHER, Body.BLOCKS, frozenset({"alt"})),
    "image": Directive(Argument.OTHER, Body.OTHER, frozenset({"alt"})),
    "toctree": Directive(Argument.OTHER, Body.ENTRIES, frozenset({"caption"})),
    # Those of sphinx-design.
    **dict.fromkeys(("card", "dropdown", "grid-item-card", "tab-item"), _TITLED),
    **dict.fromkeys(("grid", "grid-item", "tab-set"), Directive(Argument.OTHER, Body.BLOCKS)),
}
"""The directives that hold text; between fences of backticks, all others hold none."""
_OF_BLOCKS = Directive(Argument.OTHER, Body.BLOCKS)
"""Any other between colons, which are there for directives that hold Markdown."""
_VERBATIM = frozenset(
    {
        *("bibliography", "code", "code-cell", "default-role", "doctest", "eval-rst", "graphviz"),
        *("highlight", "include", "index", "math", "mermaid", "meta", "parsed-literal", "plot"),
        *("productionlist", "raw", "testcode"),
    }
)
"""Directives that hold something else than Markdown."""

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
    bodies: tuple[tuple[NumberedLine, ...], ...]
    """The lines that are Markdown again, each run of them read for itself."""
    others: tuple[str, ...]
    """All the lines that are not, without the texts, to be compared."""


def read_container(opening: NumberedLine, content: Sequence[NumberedLine]) -> Read:
    """Take a block apart that ``:::name`` opens: all in it is Markdown, and the name no text."""
    return Read((), (tuple(content),) if content else (), (opening[1].text,))


def read_directive(
    info: str,
    opening: NumberedLine,
    content: Sequence[NumberedLine],
    *,
    is_colon: bool = False,
) -> Read | None:
    """Take a directive apart.

    :param info: what stands behind the fence.
    :param opening: the line of the fence.
    :param content: the lines between the fences.
    :param is_colon: whether it stands between colons.
    :returns: None if nothing in it is text.
    """
    match = _INFO.fullmatch(info.strip())
    directive = _known(match["name"], is_colon=is_colon) if match else None
    if match is None or directive is None:
        return None
    texts: list[DirectiveText] = []
    body: list[NumberedLine] = []
    # Between colons, a block that opens the content is no option.
    is_block = is_colon and bool(content) and content[0][1].text.startswith(":::")
    options, rest = ([], list(content)) if is_block else _options(content)
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
    bodies = [body, []]
    match directive.body:
        case Body.BLOCKS:
            bodies, rest = [[*body, *rest]], []
        case Body.ENTRIES:
            texts += _entries(rest)
        case Body.QUOTE:
            quote, sources, rest = _attributed([*body, *rest])
            bodies = [quote]
            texts += sources
        case Body.TERMS:
            terms, bodies = _terms([*body, *rest])
            texts += terms
    others = _without([opening, *options, *rest], texts, [line for each in bodies for line in each])
    return Read(tuple(texts), tuple(tuple(each) for each in bodies if each), others)


def _known(name: str, *, is_colon: bool) -> Directive | None:
    other = _OF_BLOCKS if is_colon and name not in _VERBATIM else None
    return DIRECTIVES.get(name, other)


def _entries(lines: Sequence[NumberedLine]) -> list[DirectiveText]:
    found = ((number, line, _TOCTREE_ENTRY.fullmatch(line.text)) for number, line in lines)
    return [_part(number, line.start, entry, "title") for number, line, entry in found if entry]


def _attributed(
    lines: Sequence[NumberedLine],
) -> tuple[list[NumberedLine], list[DirectiveText], list[NumberedLine]]:
    """Part a quotation from the line that says whose it is."""
    quote = list(lines)
    while quote and not quote[-1][1].text.strip():
        quote.pop()
    match = _ATTRIBUTION.fullmatch(quote[-1][1].text) if len(quote) > 1 else None
    if match is None or quote[-2][1].text.strip():
        return quote, [], []
    number, line = quote.pop()
    return quote, [_part(number, line.start, match)], [(number, line)]


def _terms(lines: Sequence[NumberedLine]) -> tuple[list[DirectiveText], list[list[NumberedLine]]]:
    """Part the lines that are not indented from the runs of those that are."""
    terms: list[DirectiveText] = []
    runs: list[list[NumberedLine]] = [[]]
    for number, line in lines:
        text = line.text.strip()
        if text and not line.text[:1].isspace() and not text.startswith(".. "):
            terms.append(DirectiveText(number, Span(line.start, line.start + len(text))))
            runs.append([])
        else:
            runs[-1].append((number, line))
    return terms, [_dedented(run) for run in runs if any(line.text.strip() for _, line in run)]


def _dedented(lines: Sequence[NumberedLine]) -> list[NumberedLine]:
    held = [line.text for _, line in lines if line.text.strip()]
    cut = min(len(text) - len(text.lstrip()) for text in held)
    return [
        (number, Line(line.start + min(cut, len(line.text)), line.text[cut:], line.ending))
        for number, line in lines
    ]


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
    """Give lines without the texts in them, and none that is in a body from its start on."""
    hidden = {text.number: text.span for text in texts}
    hidden |= {number: Span(line.start, line.end) for number, line in body}
    opening = lines[0][0]
    bodies = {number for number, _ in body if number != opening}
    found = []
    for number, line in lines:
        span = hidden.get(number, Span(line.end, line.end))
        if number not in bodies:
            found.append(line.text[: span.start - line.start] + line.text[span.end - line.start :])
    return tuple(found)
