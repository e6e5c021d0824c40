"""Links in a Markdown text, led elsewhere: only where a link is, never in code.

A link is looked for by pattern and proved by parsing: after the change, the tokens of the text are
those from before, but for the addresses that were to change.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.token import Token

from transpipe.documents import markdown_parser
from transpipe.documents.frontmatter import front_matter
from transpipe.documents.hosts import flavour_of
from transpipe.errors import DocumentError
from transpipe.model import Document

Resolve = Callable[[str], str | None]
"""Gives the new address of a link, None where it stays as it is."""

_LINK = re.compile(
    r"""(?:\]\(\s*<?|^[ \t>]*\[[^\]\r\n]+\]:[ \t]*<?|<a\s[^<>]*?\bhref=["']?)"""
    r"""(?P<address>[^\s<>()"']+)""",
    re.MULTILINE,
)
# Comments are matched to be passed over.
_IN_HTML = re.compile(r"""<!--.*?-->|<a\s[^<>]*?\bhref=["']?(?P<address>[^\s<>()"']+)""", re.DOTALL)


_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)


def addresses(text: str) -> tuple[str, ...]:
    """Give the addresses that the links in the text of a block lead to, code left out."""
    return tuple(match["address"] for match in _LINK.finditer(_CODE.sub("", text)))


def with_links(document: Document, text: str, resolve: Resolve) -> str:
    """Give a translated text with its links led to where they belong.

    :param document: the source, for its format.
    """
    if document.format != "markdown":
        return text
    start = _body(text, document)
    head, body = text[:start], text[start:]
    edits = [
        _Edit(match.start("address"), match["address"], new)
        for match in _LINK.finditer(body)
        if (new := resolve(match["address"])) is not None and new != match["address"]
    ]
    parser = markdown_parser.parser("gfm", flavour_of(document))
    return head + _edited(body, _proved(parser, body, edits)) if edits else text


def _body(text: str, document: Document) -> int:
    try:
        found = front_matter(text, document.path)
    except DocumentError:
        return 0
    return found.end if found else 0


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    old: str
    new: str


def _edited(text: str, edits: Sequence[_Edit]) -> str:
    parts = []
    end = 0
    for edit in edits:
        parts += [text[end : edit.start], edit.new]
        end = edit.start + len(edit.old)
    return "".join((*parts, text[end:]))


def _proved(parser: MarkdownIt, text: str, edits: list[_Edit]) -> list[_Edit]:
    """Give the edits that change a link and nothing else."""
    old = _shapes(parser, text)

    def is_right(some: Sequence[_Edit]) -> bool:
        addresses = {normalizeLink(edit.old): normalizeLink(edit.new) for edit in some}
        return _only_links_differ(old, _shapes(parser, _edited(text, some)), addresses)

    def right_ones(some: list[_Edit]) -> list[_Edit]:
        if is_right(some):
            return some
        if len(some) == 1:
            return []
        half = len(some) // 2
        return [*right_ones(some[:half]), *right_ones(some[half:])]

    found = right_ones(edits)
    return found if is_right(found) else []


_Shape = tuple[tuple[object, ...], str, str]
"""All of a token but its address and its HTML; the address; the HTML."""


def _shapes(parser: MarkdownIt, text: str) -> list[_Shape]:
    shapes: list[_Shape] = []
    env: dict[str, Mapping[str, Mapping[str, object]]] = {}

    def add(tokens: Sequence[Token]) -> None:
        for token in tokens:
            attributes = {key: value for key, value in token.attrs.items() if key != "href"}
            is_html = token.type in ("html_inline", "html_block")
            content = "" if is_html or token.type == "inline" else token.content
            rest = (token.type, token.tag, token.markup, token.info, content, str(attributes))
            html = token.content if is_html else ""
            shapes.append((rest, str(token.attrs.get("href", "")), html))
            add(token.children or ())

    add(parser.parse(text, env))
    for label, target in env.get("references", {}).items():
        shapes.append((("reference", label), str(target.get("href", "")), ""))
    return shapes


def _only_links_differ(
    old: Sequence[_Shape], new: Sequence[_Shape], addresses: Mapping[str, str]
) -> bool:
    if len(old) != len(new):
        return False
    differing = 0
    for (before, href, html), (after, new_href, new_html) in zip(old, new, strict=True):
        if before != after:
            return False
        if href != new_href and addresses.get(href) != new_href:
            return False
        if html != new_html and not _is_same_html(html, new_html, addresses):
            return False
        differing += href != new_href or html != new_html
    return differing > 0 or not addresses


def _is_same_html(old: str, new: str, addresses: Mapping[str, str]) -> bool:
    def led(match: re.Match[str]) -> str:
        address = match["address"]
        if address is None:
            return match[0]
        shift = match.start("address") - match.start()
        return match[0][:shift] + addresses.get(normalizeLink(address), address)

    return _IN_HTML.sub(led, old) == new
