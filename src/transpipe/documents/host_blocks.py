"""Blocks that a host adds to Markdown, as rules of the block parser.

A line of the host is no text. It ends a paragraph, and is a token of its own: ``host_line``. What
it says to readers, its title, is a place in the text: ``token.meta["title"]``, (start, end).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

HIDDEN = "transpipe.hidden"
"""Where the environment of a parser keeps the test whether a line holds nothing but constructs."""

Rule = Callable[[StateBlock, int, int, bool], bool]

_INDENT = 4
# python-markdown.github.io/extensions/admonition, facelessuser.github.io/pymdown-extensions
_INDENTED = re.compile(
    r'(?:!!!|\?\?\?\+?)[ \t]+[\w-]+(?:[ \t]+[\w-]+)*(?:[ \t]+"(?P<title>[^"]*)")?'
    r'|===[!+]{0,2}[ \t]+"(?P<tab>[^"]*)"'
)
_FENCED = re.compile(r"/{3,}[ \t]*(?:(?P<name>[\w-]+)[ \t]*(?:\|[ \t]*(?P<title>.*?))?)?[ \t]*")
_OPTION = re.compile(r"[ \t]+[\w-]+[ \t]*:.*")
_UNTITLED = frozenset({"define", "html", "math"})
# docusaurus.io/docs/markdown-features/admonitions, starlight.astro.build/guides/authoring-content
_ASIDE = re.compile(
    r":{3,}[ \t]*(?:[\w-]+(?:\[(?P<label>[^\n]*)\])?(?:\{[^{}\n]*\})?(?:[ \t]+(?P<title>\S.*?))?)?"
    r"[ \t]*"
)


def add_host_lines(markdown: MarkdownIt) -> None:
    """Let lines that hold nothing but hidden constructs be lines of the host."""
    _add(markdown, "host_line", _host_line)


def add_pymdown(markdown: MarkdownIt) -> None:
    """Read ``!!!``, ``???``, ``===`` with indented bodies, and ``///``."""
    _add(markdown, "pymdown_indented", _indented)
    _add(markdown, "pymdown_fenced", _fenced)


def add_asides(markdown: MarkdownIt) -> None:
    """Read ``:::note[Title]`` and ``:::``."""
    _add(markdown, "aside", _aside)


def _add(markdown: MarkdownIt, name: str, rule: Rule) -> None:
    ends = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    markdown.block.ruler.before("fence", name, rule, ends)  # type: ignore[arg-type]  # a dict will do


def _host_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if HIDDEN not in state.env or state.is_code_block(start):
        return False
    line = _line(state, start)
    if not state.env[HIDDEN](line):
        return False
    if not silent:
        _emit(state, start, line)
    return True


def _indented(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    match = None if state.is_code_block(start) else _INDENTED.fullmatch(_line(state, start))
    if match is None:
        return False
    if silent:
        return True
    following = start + 1
    while following < end and (
        state.isEmpty(following) or state.sCount[following] - state.blkIndent >= _INDENT
    ):
        following += 1
    group = "title" if match["title"] is not None else "tab"
    token = state.push("host_block_open", "div", 1)
    _describe(state, start, match, group)
    outer = state.lineMax, state.parentType
    state.lineMax, state.parentType = following, "admonition"
    state.blkIndent += _INDENT
    state.md.block.tokenize(state, start + 1, following)
    state.blkIndent -= _INDENT
    state.lineMax, state.parentType = outer
    state.push("host_block_close", "div", -1)
    token.map = [start, following]
    state.line = following
    return True


def _fenced(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    match = None if state.is_code_block(start) else _FENCED.fullmatch(_line(state, start))
    if match is None:
        return False
    if silent:
        return True
    group = "title" if match["name"] not in _UNTITLED else None
    _emit(state, start, match[0])
    _describe(state, start, match, group)
    while match["name"] and state.line < end and _OPTION.fullmatch(_whole(state, state.line)):
        _emit(state, state.line, _line(state, state.line))
    return True


def _aside(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    match = None if state.is_code_block(start) else _ASIDE.fullmatch(_line(state, start))
    if match is None:
        return False
    if not silent:
        _emit(state, start, match[0])
        _describe(state, start, match, "label" if match["label"] is not None else "title")
    return True


def _emit(state: StateBlock, line: int, content: str) -> None:
    token = state.push("host_line", "", 0)
    token.content = content
    token.map = [line, line + 1]
    state.line = line + 1


def _describe(state: StateBlock, line: int, match: re.Match[str], group: str | None) -> None:
    """Give the last token its title, and leave it out of its content."""
    token = state.tokens[-1]
    token.content = match[0]
    if group is not None and match[group]:
        start, end = match.span(group)
        token.content = match[0][:start] + match[0][end:]
        offset = state.bMarks[line] + state.tShift[line]
        token.meta = {"title": (offset + start, offset + end)}


def _line(state: StateBlock, line: int) -> str:
    start = state.bMarks[line] + state.tShift[line]
    return state.src[start : state.eMarks[line]].rstrip()


def _whole(state: StateBlock, line: int) -> str:
    """Give a line with the blanks it begins with, behind the markers of quotes and lists."""
    return state.src[state.bMarks[line] : state.eMarks[line]]
