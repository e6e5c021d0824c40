"""What sites write into Markdown that is none: the table of flavours, and how each is found.

Hugo and Liquid read their tags before Markdown is read, in code as well; MDX reads JSX and
expressions outside code only. Every search here takes time in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from transpipe.documents.jsx import jsx_constructs
from transpipe.documents.masks import Construct, ConstructKind, Masked, mask
from transpipe.model import Document

Scan = Callable[[str], Iterable[Construct]]
"""Finds the constructs of a host in a text with ``\\n`` as its only line ending."""

_BLANK_LINE = re.compile(r"\n[ \t>]*\n")
_ATTRIBUTE_LIST = re.compile(r"(?m)^[ \t]*\{:?[ \t]*[#.:/\w][^{}\n]*\}[ \t]*$")
_KRAMDOWN_LINE = re.compile(r"(?m)^[ \t]*\{:[^{}\n]*\}[ \t]*$")
_SNIPPET = re.compile(r"(?m)^[ \t]*-+8<-+[^\n]*$")
_NAME = re.compile(r"\{[{%][-<%+]?\s*(/?\s*[\w./-]+)")
_HUGO_CODE = frozenset(
    {"chart", "gist", "highlight", "katex", "markmap", "math", "mermaid", "plantuml", "raw"}
)
_LIQUID_CODE = frozenset({"comment", "highlight", "raw", "verbatim"})


@dataclass(frozen=True, slots=True)
class Flavour:
    """What a host adds to Markdown."""

    about: str
    """Who it is for and what is protected, for the reference page."""
    scan: Scan | None = None
    pymdown: bool = False
    """Whether blocks of Python-Markdown and PyMdown are read: ``!!!``, ``===``, ``///``."""
    asides: bool = False
    """Whether ``:::note[Title]`` opens a block."""
    mdx: bool = False
    """Whether Markdown is read as MDX: no indented code, no HTML but JSX."""


def _delimited(
    text: str, opening: str, closing: str, kind: ConstructKind = ConstructKind.TAG
) -> Iterator[Construct]:
    """Find what stands between two marks, without a blank line in it."""
    position = 0
    while (start := text.find(opening, position)) >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            return
        # The last opening before an end is the one that it closes.
        start = max(start, text.rfind(opening, start, end))
        position = end + len(closing)
        if not _BLANK_LINE.search(text, start, end):
            yield Construct(start, position, kind)


def _with_bodies(text: str, tags: Iterable[Construct], code: frozenset[str]) -> list[Construct]:
    """Take what some pairs of tags enclose as code."""
    named = [(tag, _name(text, tag)) for tag in sorted(tags, key=lambda tag: tag.start)]
    last = {name: tag.start for tag, name in named}
    found: list[Construct] = []
    opened: tuple[str, int] | None = None
    for tag, name in named:
        closings = (f"/{name}", f"end{name}")
        if opened is not None:
            if name in (f"/{opened[0]}", f"end{opened[0]}"):
                found.append(Construct(opened[1], tag.end, ConstructKind.CODE))
                opened = None
        elif name in code and any(last.get(each, -1) > tag.start for each in closings):
            opened = name, tag.start
        else:
            found.append(tag)
    return found


def _name(text: str, tag: Construct) -> str:
    """Give the name of a tag, ``/name`` or ``endname`` where it closes one, else nothing."""
    match = _NAME.match(text, tag.start)
    # {{< raw />}} closes itself, and has no body.
    alone = text.endswith(("/>}}", "/%}}"), tag.start, tag.end)
    return "" if match is None or alone else "".join(match[1].split())


def _hugo(text: str) -> list[Construct]:
    """Find shortcodes: gohugo.io/content-management/shortcodes."""
    tags = (*_delimited(text, "{{<", ">}}"), *_delimited(text, "{{%", "%}}"))
    return _with_bodies(text, tags, _HUGO_CODE)


def _template(text: str) -> list[Construct]:
    """Find tags of Liquid and Jinja: output, tags, and comments."""
    tags = (*_delimited(text, "{%", "%}"), *_delimited(text, "{{", "}}"))
    comments = _delimited(text, "{#", "#}", ConstructKind.CODE)
    return _with_bodies(text, (*tags, *comments), _LIQUID_CODE)


def _jekyll(text: str) -> list[Construct]:
    return [*_template(text), *_lines(_KRAMDOWN_LINE, text)]


def _mkdocs(text: str) -> list[Construct]:
    return [*_template(text), *_lines(_ATTRIBUTE_LIST, text), *_lines(_SNIPPET, text)]


def _lines(pattern: re.Pattern[str], text: str) -> Iterator[Construct]:
    for match in pattern.finditer(text):
        yield Construct(match.start(), match.end(), ConstructKind.CODE)


NO_HOST = Flavour("Markdown and nothing else.")
"""The flavour of a document whose host is not known."""
_MDX = Flavour("MDX: imports, exports, JSX elements, expressions.", jsx_constructs, mdx=True)

FLAVOURS: Mapping[str, Flavour] = {
    "none": NO_HOST,
    "hugo": Flavour("Hugo: shortcodes, `{{< >}}` and `{{% %}}`.", _hugo),
    "jekyll": Flavour("Jekyll: Liquid tags, attribute lists of kramdown.", _jekyll),
    "jinja": Flavour("Eleventy, Pelican, Zola: Liquid, Nunjucks and Jinja tags.", _template),
    "mkdocs": Flavour(
        "MkDocs: blocks of Python-Markdown and PyMdown (`!!!`, `???`, `===`, `///`), attribute "
        "lists, snippets, Jinja tags.",
        _mkdocs,
        pymdown=True,
    ),
    "mdx": _MDX,
    "docusaurus": Flavour(
        "Docusaurus: MDX, also in `.md`, and `:::` blocks.", jsx_constructs, asides=True, mdx=True
    ),
    "astro": Flavour("Astro and Starlight: `:::` blocks; MDX in `.mdx`.", asides=True),
}
"""The flavours by name."""


def flavour_of(document: Document) -> Flavour:
    """Give what its host adds to a document. ``.mdx`` is MDX whatever the host is."""
    return _flavour(document.flavour, str(document.path)[-4:])


@lru_cache(maxsize=64)
def _flavour(name: str, end: str) -> Flavour:
    found = FLAVOURS[name]
    if end.lower() == ".mdx" and not found.mdx:
        return Flavour(_MDX.about, _MDX.scan, asides=found.asides, mdx=True)
    return found


def hide(text: str, flavour: Flavour) -> Masked:
    """Hide the constructs of a host in a text."""
    return Masked(text, {}) if flavour.scan is None else mask(text, flavour.scan(text))
