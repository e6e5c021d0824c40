"""The Markdown parsers: what is a block, and where table rows and definitions are."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, lheading, reference, table
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from transpipe.documents.block_rules import RulesByCharacter, if_labelled, if_underlined
from transpipe.documents.host_blocks import (
    HIDDEN,
    Rule,
    add_asides,
    add_host_lines,
    add_pymdown,
)
from transpipe.documents.hosts import NO_HOST, Flavour
from transpipe.documents.masks import Masked

_ROW_STARTS = "transpipe.row_starts"
_TOO_DEEP = "transpipe.too_deep"
_DEFINITIONS = "transpipe.definitions"
_MAY_OPEN_TAG = re.compile(r"<[A-Za-z/!?]")
_FOOTNOTE = "transpipe.footnote"
_LABEL_STOPS = re.compile(r"[] \n]")
_ASKED_FOR = ("![", "\\\n", "  \n")
"""What opens an image, or makes a hard line break."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text taken apart by markdown-it-py."""

    tokens: Sequence[Token]
    row_starts: dict[int, int]
    """Where the rows of tables begin in the text, behind list and quote markers, by line."""
    references: tuple[tuple[str, str], ...]
    """The link reference definitions: label, destination."""
    definitions: tuple[tuple[int, int], ...]
    """The first line of each link reference definition, and the line behind its last."""
    too_deep: int | None
    """The first line, counted from 0, whose text was left out as too deeply nested."""


def parse(masked: Masked, markdown: str, flavour: Flavour) -> Parsed:
    r"""Take a text apart: its blocks, and inline markup where it may hold an image or a break.

    :param masked: with ``\n`` as its only line ending.
    :param markdown: ``gfm`` or ``myst``.
    """
    env: dict[str, Any] = {_ROW_STARTS: {}, _DEFINITIONS: {}}
    if masked.pieces:
        env[HIDDEN] = masked.hidden
    tokens = _block_parser(markdown, flavour).parse(masked.text, env)
    references = tuple(
        (label, str(target.get("href", ""))) for label, target in env.get("references", {}).items()
    )
    definitions = tuple(sorted(env[_DEFINITIONS].items()))
    return Parsed(tokens, env[_ROW_STARTS], references, definitions, env.get(_TOO_DEEP))


def may_hold_tags(text: str) -> bool:
    """Tell whether a text may hold inline HTML or an address in angle brackets."""
    if "<" not in text or _MAY_OPEN_TAG.search(text) is None:
        return False
    if "``" in text or "\\" in text or text.count("`") % 2:
        return True
    # Where nothing opens a tag before it, every second part is code.
    return any(map(_MAY_OPEN_TAG.search, text.split("`")[::2]))


@cache
def parser(markdown: str, flavour: Flavour = NO_HOST) -> MarkdownIt:
    """Give the parser of a flavour.

    ``gfm``: CommonMark 0.31 with tables, strikethrough, footnotes and definition lists; the boxes
    of task lists are text. ``myst``: what MyST-Parser makes of a document with ``colon_fence`` and
    none of its other optional extensions. Both read blocks in the order of the document, with
    those of the host.
    """
    return _with_host(markdown, flavour)


def _with_host(markdown: str, flavour: Flavour) -> MarkdownIt:
    made = make_parser(markdown)
    if flavour.mdx:
        made.disable("code")
    if flavour.scan is not None:
        add_host_lines(made)
    if flavour.pymdown:
        add_pymdown(made)
    if flavour.asides:
        add_asides(made)
    return made


@cache
def _block_parser(markdown: str, flavour: Flavour) -> MarkdownIt:
    """Give the parser of a flavour that reads no inline markup that nobody asks for."""
    made = _with_host(markdown, flavour)
    made.core.ruler.at("inline", _inlines_asked_for)
    return made


def _inlines_asked_for(state: StateCore) -> None:
    """Read the inline markup of what may hold an image or a hard line break."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            content = token.content
            if _ASKED_FOR[0] in content or _ASKED_FOR[1] in content or _ASKED_FOR[2] in content:
                state.md.inline.parse(token.content, state.md, state.env, token.children)


def make_parser(flavour: str, kind: type[MarkdownIt] = MarkdownIt) -> MarkdownIt:
    """Make a parser of ``gfm`` or ``myst``, of a kind that differs from the usual one."""
    markdown = kind("commonmark", renderer_cls=RendererHTML)
    markdown.block = _NotingDepth()
    markdown.configure("commonmark").enable("table")
    if flavour == "myst":
        markdown.use(front_matter_plugin).use(myst_block_plugin).use(myst_role_plugin)
        markdown.use(colon_fence_plugin)
    else:
        markdown.enable("strikethrough").use(deflist_plugin)
    markdown.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    inline = markdown.inline.ruler
    footnote = next(row.fn for row in inline.__rules__ if row.name == "footnote_ref")
    inline.at("footnote_ref", _if_closed(footnote))
    markdown.block.ruler.at("table", _noting_rows(table), {"alt": ["paragraph", "reference"]})
    markdown.block.ruler.at("reference", if_labelled(_noting_definitions(reference)))
    markdown.block.ruler.at("lheading", if_underlined(lheading))
    markdown.block.ruler = RulesByCharacter.of(markdown.block.ruler)
    return markdown


class _NotingDepth(ParserBlock):
    """The block parser, which says where it leaves out text as too deeply nested."""

    def tokenize(
        self,
        state: StateBlock,
        startLine: int,  # noqa: N803 - markdown-it's name
        endLine: int,  # noqa: N803 - markdown-it's name
    ) -> None:
        """Parse the lines of a block."""
        line = state.skipEmptyLines(startLine)
        is_cut = state.level >= state.md.options.maxNesting and line < endLine
        if is_cut and state.sCount[line] >= state.blkIndent:
            state.env.setdefault(_TOO_DEEP, line)
        super().tokenize(state, startLine, endLine)


_InlineRule = Callable[[StateInline, bool], bool]


def _if_closed(rule: _InlineRule) -> _InlineRule:
    """Ask the rule of footnotes only where a label ends; it looks for that again and again."""

    def ask(state: StateInline, silent: bool) -> bool:
        text, start = state.src, state.pos + len("[^")
        if not text.startswith("[^", state.pos):
            return False
        known, since, stop = state.env.get(_FOOTNOTE, ("", 0, 0))
        if known is not text or not since <= start <= stop:
            found = _LABEL_STOPS.search(text, start)
            stop = found.start() if found else len(text)
            state.env[_FOOTNOTE] = text, start, stop
        return text[stop : stop + 1] == "]" and rule(state, silent)

    return ask


def _noting_rows(rule: Rule) -> Rule:
    """Let the table rule say where its rows begin: the tokens themselves do not."""

    def noting(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        found = rule(state, start, end, silent)
        if found and not silent:
            for line in range(start, state.line):
                state.env.setdefault(_ROW_STARTS, {})[line] = (
                    state.bMarks[line] + state.tShift[line]
                )
        return found

    return noting


def _noting_definitions(rule: Rule) -> Rule:
    """Let the reference rule say where definitions are: it leaves no tokens."""

    def noting(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        found = rule(state, start, end, silent)
        if found and not silent:
            state.env.setdefault(_DEFINITIONS, {})[start] = state.line
        return found

    return noting
