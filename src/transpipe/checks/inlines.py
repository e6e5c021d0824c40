"""What a Markdown text holds that a translation must hold too."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath.index import math_inline_dollar
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from transpipe.checks.dialect import ANY, PERHAPS, Dialect, DollarMath, dollar_math
from transpipe.deeds import READABLE_ATTRIBUTES, html_tags, readable_parameters_replaced


@dataclass(frozen=True, slots=True)
class Inlines:
    """The inline constructs of a text, each kind in the order of the text."""

    links: tuple[str, ...] = ()
    """Where links go: an address as written, or ``[label]`` for one defined elsewhere."""
    images: tuple[str, ...] = ()
    """The same of images."""
    possible: frozenset[str] = frozenset()
    """Labels of ``[text]`` alone, which is a link only where the document defines it."""
    roles: tuple[tuple[str, str], ...] = ()
    """Name and content of MyST roles."""
    footnotes: tuple[str, ...] = ()
    """Labels of footnote references."""
    code: tuple[str, ...] = ()
    """The content of code spans."""
    tags: tuple[str, ...] = ()
    """HTML tags with the attributes that no reader reads: ``a href="x"``, ``/a``, ``br``."""
    math: tuple[str, ...] = ()
    """Formulas between dollars, without the words that a reader reads in them."""
    attributes: tuple[str, ...] = ()
    """Lists of attributes, ``{#start .wide}``, with a blank before one that stands apart."""
    emphases: int = 0
    """How often text is emphasised, once: ``*so*``."""
    literal: tuple[str, ...] = ()
    """The runs of plain text, without what was escaped."""
    text: str = ""
    """The same in a row, where a NUL stands for each of the other things."""


def inline_pair(
    msgid: str, msgstr: str, labels: frozenset[str] = frozenset(), dialect: Dialect = ANY
) -> tuple[Inlines, Inlines]:
    """Read a source and its translation in the same way: as their document does.

    Both are the inside of a block, whatever their first characters would open in a document; only
    where both hold a fenced or an indented code block is its content left alone. Where nothing
    tells whether the document has formulas, it has some if its source does.
    """
    whole = all({"fence", "code_block"} & set(block_kinds(text)) for text in (msgid, msgstr))
    math = dollar_math(dialect) if "$" in msgid or "$" in msgstr else None
    source = _read(msgid, labels, whole, dialect.name, math)
    if math is PERHAPS and not source.math:
        math = None
        source = _read(msgid, labels, whole, dialect.name, math)
    return source, _read(msgstr, labels, whole, dialect.name, math)


@functools.lru_cache(maxsize=64)
def block_kinds(text: str) -> tuple[str, ...]:
    """Name the blocks that a text makes at the start of a line: ``("paragraph",)`` mostly."""
    parser = _block_parser()
    tokens: list[Token] = []
    parser.block.parse(text, parser, {}, tokens)
    return tuple(
        token.type.removesuffix("_open")
        for token in tokens
        if token.level == 0 and token.nesting >= 0
    )


def fence_infos(text: str) -> tuple[str, ...]:
    """Give what stands behind each fence that opens a block of code, without titles to be read."""
    if not _FENCE.search(text):
        return ()
    tokens: list[Token] = []
    parser = _block_parser()
    parser.block.parse(text, parser, {}, tokens)
    infos = (token.info for token in tokens if token.type == "fence")
    return tuple(" ".join(readable_parameters_replaced(info, "…").split()) for info in infos)


_FENCE = re.compile(r"```|~~~")


# A message is read by several checks one after another.
@functools.lru_cache(maxsize=64)
def _read(
    text: str, labels: frozenset[str], whole: bool, flavour: str, math: DollarMath | None
) -> Inlines:
    parser = _parser(flavour, math)
    env = {"labels": {_normalized(label) for label in labels}}
    blocks = parser.parse(text, env) if whole else parser.parseInline(text, env)
    tokens = [token for block in blocks for token in _walk(block.children or ())]
    return Inlines(
        links=tuple(_targets(tokens, "link_open", "href")),
        images=tuple(_targets(tokens, "image", "src")),
        possible=frozenset(t.meta["label"] for t in tokens if t.type == "possible_reference"),
        roles=tuple((t.meta["name"], t.content) for t in tokens if t.type == "myst_role"),
        footnotes=tuple(t.meta["label"] for t in tokens if t.type == "footnote_ref"),
        code=tuple(t.content for t in tokens if t.type == "code_inline"),
        tags=tuple(tag for t in tokens if t.type == "html_inline" for tag in _tags(t.content)),
        math=tuple(_formulas(tokens)),
        attributes=tuple(t.content for t in tokens if t.type == "attributes"),
        emphases=sum(t.type == "em_open" for t in tokens),
        literal=tuple(t.content for t in tokens if t.type == "text"),
        text="".join(_AS_TEXT.get(t.type, "\0") if t.type != "text" else t.content for t in tokens),
    )


_AS_TEXT = {"softbreak": "\n", "hardbreak": "\n"}


def _walk(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _walk(token.children or ())


def _targets(tokens: Sequence[Token], kind: str, attribute: str) -> Iterator[str]:
    for token in tokens:
        if token.type == kind:
            yield str(token.attrGet(attribute) or "")


def _tags(html: str) -> Iterator[str]:
    # Comments say nothing to a reader.
    return (str(tag)[1:-1] for tag in html_tags(html) if not tag.is_comment)


class _Parser(MarkdownIt):
    """CommonMark as written: an address that a renderer would refuse must be seen here."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's name
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        return url


@functools.cache
def _parser(flavour: str, math: DollarMath | None) -> MarkdownIt:
    parser = _Parser("commonmark").enable("table")
    if flavour != "myst":
        parser.enable("strikethrough")
    # What is escaped stays apart: it is text on purpose.
    parser.disable("text_join")
    if flavour != "gfm":
        parser.use(myst_role_plugin)
    parser.inline.ruler.after("image", "defined_elsewhere", _defined_elsewhere)
    parser.inline.ruler.push("attributes", _attributes)
    if math:
        parser.inline.ruler.before("escape", "math", _math_rule(math))
    return parser


@functools.cache
def _block_parser() -> MarkdownIt:
    """Give a parser of every block that a document may hold."""
    parser = MarkdownIt("commonmark").enable("table")
    return parser.use(deflist_plugin).use(footnote_plugin)


# ------------------------------------------------------------------------------ formulas

Rule = Callable[[StateInline, bool], bool]


_GOES_ON = re.compile(r"[\w({]")


def _math_rule(math: DollarMath) -> Rule:
    rule = math_inline_dollar(math.spaces, math.digits, allow_double=True)

    def touches_no_word(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if state.src[start] != "$" or (start and state.src[start - 1].isalnum()):
            return False
        if not rule(state, True):
            return False
        end, state.pos = state.pos, start
        # Of "${a}/${b}" and "$(a)/$(b)" each dollar begins a variable.
        return not _GOES_ON.match(state.src, end) and rule(state, silent)

    return touches_no_word if math.apart else rule


_PRICES = re.compile(r"\d[^$]*\s")
_SAID = re.compile(
    r"(\\(?:text|textrm|textsf|textbf|textit|mbox|mathrm|operatorname)\s*+\{)[^{}]*+\}"
)
_DECIMAL = re.compile(r"(?<=\d)(?:[.,]|\{,\})(?=\d)")
_FREE_SPACE = re.compile(r"(?<!\w)\s+|(?<!\s)\s+(?!\w)")


def _formulas(tokens: Sequence[Token]) -> Iterator[str]:
    """Give the formulas, as much of them as every language has: not words, not decimal marks."""
    for token in tokens:
        # "$5 and $10" is a formula to MyST's parser alone, and to nobody who reads.
        if token.type.startswith("math_inline") and not _PRICES.fullmatch(token.content):
            bare = _DECIMAL.sub(".", _SAID.sub(r"\1…}", token.content))
            yield f"{token.markup}{_FREE_SPACE.sub('', bare.strip())}{token.markup}"


# ------------------------------------------------------------------------------ attributes

_LIST = re.compile(
    r"""\{:?\s*+(?:
        (?: \#[\w:.-]++ | \.[A-Za-z_-][\w:-]*+
          | [A-Za-z][\w:-]*+=(?:"[^"{}]*+"|'[^'{}]*+'|[^\s"'{}=<>`]++)
        )\s*+)++\}""",
    re.VERBOSE,
)
_ITEM = re.compile(r"""[^\s{}"'=]++(?:=(?:"[^"]*+"|'[^']*+'|[^\s{}]++))?""")


def _attributes(state: StateInline, silent: bool) -> bool:
    """Read ``{#id .class key=value}``, and kramdown's ``{:.class}``."""
    # Two of them are a template's.
    if state.src[state.pos] != "{" or state.src.startswith("{{", max(state.pos - 1, 0)):
        return False
    match = _LIST.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("attributes", "", 0)
        before = state.src[max(state.pos - 1, 0) : state.pos]
        token.content = ("" if before.strip() else " ") + _shown_attributes(match[0])
    state.pos = match.end()
    return True


def _shown_attributes(written: str) -> str:
    items = sorted(_bare(item) for item in _ITEM.findall(written[1:-1].removeprefix(":")))
    return f"{{{' '.join(items)}}}"


def _bare(item: str) -> str:
    name, equals, value = item.partition("=")
    if not equals:
        return item
    if name.lower() in READABLE_ATTRIBUTES:
        return f"{name}=…"
    value = value.strip("\"'")
    return f".{value}" if name == "class" and " " not in value else f"{name}={value}"


# ------------------------------------------------------------------------------ links

_LABEL = re.compile(r"\[((?:[^\[\]\\]++|\\.)*+)\]")


def _normalized(label: str) -> str:
    """Fold a label as CommonMark, "matches", has it."""
    return " ".join(label.split()).casefold()


def _defined_elsewhere(state: StateInline, silent: bool) -> bool:
    """Read ``[text][label]``, ``[label][]``, ``[label]``, the same of images, and ``[^note]``.

    markdown-it knows a link by its definition, which a message does not hold.
    """
    image = state.src.startswith("![", state.pos)
    opening = state.pos + image
    if opening >= state.posMax or state.src[opening] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, opening, not image)
    # A parenthesis that follows is an inline link that did not come off.
    if end < 0 or state.src.startswith("(", end + 1):
        return False
    text = state.src[opening + 1 : end]
    second = _LABEL.match(state.src, end + 1, state.posMax)
    label = (second[1] if second and second[1].strip() else text).strip()
    if not label:
        return False
    key = _normalized(label)
    footnote = label.startswith("^") and not image and not second
    certain = second is not None or footnote or key in state.env["labels"]
    # Brackets in the text of a link are text, until the document is known to define them.
    if silent and not certain:
        return False
    if not silent:
        _push(state, opening, end, label[1:] if footnote else key, _kind(footnote, certain, image))
    state.pos = second.end() if second else end + 1
    return True


def _kind(footnote: bool, certain: bool, image: bool) -> str:
    if footnote:
        return "footnote_ref"
    if not certain:
        return "possible_reference"
    return "image" if image else "link_open"


def _push(state: StateInline, opening: int, end: int, label: str, kind: str) -> None:
    token = state.push(kind, "", 1 if kind == "link_open" else 0)
    token.meta["label"] = label
    token.attrSet("src" if kind == "image" else "href", f"[{label}]")
    if kind != "footnote_ref":
        maximum = state.posMax
        state.pos, state.posMax = opening + 1, end
        state.md.inline.tokenize(state)
        state.posMax = maximum
    if kind == "link_open":
        state.push("link_close", "", -1)
