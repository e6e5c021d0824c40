"""What a Markdown text holds that a translation must hold too."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from transpipe.deeds import html_tags


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
    emphases: int = 0
    """How often text is emphasised, once: ``*so*``."""
    literal: tuple[str, ...] = ()
    """The runs of plain text, without what was escaped."""
    text: str = ""
    """The same in a row, where a NUL stands for each of the other things."""


def inline_pair(
    msgid: str, msgstr: str, labels: frozenset[str] = frozenset(), flavour: str = "any"
) -> tuple[Inlines, Inlines]:
    """Read a source and its translation in the same way.

    ``flavour`` is that of the document: in ``gfm`` there are no roles, in ``myst`` no ``~~``, and
    ``any`` has both.

    Both are the inside of a block, whatever their first characters would open in a document; only
    where both hold a fenced or an indented code block is its content left alone.
    """
    whole = all({"fence", "code_block"} & set(block_kinds(text)) for text in (msgid, msgstr))
    return _read(msgid, labels, whole, flavour), _read(msgstr, labels, whole, flavour)


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


# A message is read by several checks one after another.
@functools.lru_cache(maxsize=64)
def _read(text: str, labels: frozenset[str], whole: bool, flavour: str) -> Inlines:
    parser = _parser(flavour)
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
def _parser(flavour: str) -> MarkdownIt:
    parser = _Parser("commonmark").enable("table")
    if flavour != "myst":
        parser.enable("strikethrough")
    # What is escaped stays apart: it is text on purpose.
    parser.disable("text_join")
    if flavour != "gfm":
        parser.use(myst_role_plugin)
    parser.inline.ruler.after("image", "defined_elsewhere", _defined_elsewhere)
    return parser


@functools.cache
def _block_parser() -> MarkdownIt:
    """Give a parser of every block that a document may hold."""
    parser = MarkdownIt("commonmark").enable("table")
    return parser.use(deflist_plugin).use(footnote_plugin)


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
