"""docutils, made to tell what a piece of reStructuredText holds, whatever roles it names.

The inline parser of docutils reads a message as it stands in a paragraph. Every role is taken for
one, known or not: names are compared with those of the source, so the roles of Sphinx, of its
domains and of the project are read alike.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any, cast

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser, languages, states
from docutils.utils import Reporter, new_document, unescape

from transpipe.markup import RestMarkup

_BLOCK = re.compile(
    r"\A(?:\s|[-+*•‣⁃](?:\s|\Z)|>>>\s|\.\.(?:\s|\Z)|__\s|\|\s|\(?(?:[A-Za-z]|\d+|[ivxlcdmIVXLCDM]+|\#)"
    r"[.)](?:\s|\Z)|:[^:\s`][^:`]*:(?:\s|\Z)|--?\w|/\w|[=+]{2}|[^\w\s]{2,}\s*\Z)|\n"
)


def _inliner() -> states.Inliner:
    """Give an inliner that takes any role for a role.

    It is no class of its own, because docutils looks its patterns up in the very class.
    """

    def interpreted(
        rawsource: str, text: str, role: str, lineno: int
    ) -> tuple[list[nodes.Node], list[nodes.Node]]:
        return [nodes.inline(rawsource, unescape(text), role_name=role or "")], []

    def problematic(text: str, rawsource: str, message: object) -> nodes.problematic:
        # Without a link to the message about it.
        return nodes.problematic(rawsource, text)

    inliner: Any = states.Inliner()
    inliner.interpreted = interpreted
    inliner.problematic = problematic
    return cast(states.Inliner, inliner)


@functools.cache
def _machinery() -> tuple[Any, Any, Any, Any]:
    settings = get_default_settings(Parser())
    settings.report_level = Reporter.SEVERE_LEVEL + 1
    settings.halt_level = Reporter.SEVERE_LEVEL + 1
    settings.file_insertion_enabled = False
    settings.raw_enabled = False
    settings.warning_stream = False
    settings._disable_config = True
    inliner = _inliner()
    inliner.init_customizations(settings)
    return settings, inliner, languages.get_language("en", None), inliner.implicit_dispatch


class _Document:
    """Stands for a document that need not know of its references: making a real one is slow."""

    def __init__(self, settings: Any) -> None:
        self.settings = settings
        self.reporter = _reporter()
        self.current_source = self.current_line = None

    def __getattr__(self, name: str) -> Callable[..., str]:
        """Let the inliner note what it likes."""
        return lambda *_, **__: ""


@functools.cache
def _reporter() -> Reporter:
    return new_document("message", _machinery()[0]).reporter


@functools.lru_cache(maxsize=256)
def read_rest(text: str) -> RestMarkup:
    """Read a message.

    Directives are not run: nothing is read from the disk.
    """
    settings, inliner, language, implicit = _machinery()
    document: Any = _Document(settings)
    # Looking for addresses takes most of the time, and most messages have none.
    inliner.implicit_dispatch = implicit if "://" in text or "@" in text else []
    memo: Any = SimpleNamespace(document=document, language=language)
    found, _ = inliner.parse(text, 1, memo, document)
    elements = [element for node in found for element in node.findall(nodes.Element)]
    return RestMarkup(
        blocks=_blocks(text),
        roles=tuple(
            (_role_name(each["role_name"]), each.astext())
            for each in elements
            if "role_name" in each
        ),
        links=tuple(_links(elements)),
        footnotes=tuple(
            # One that is numbered when the page is built, ``[#note]_``, has no text yet.
            each.rawsource
            for each in elements
            if isinstance(each, nodes.footnote_reference | nodes.citation_reference)
        ),
        substitutions=tuple(
            f"|{each.astext()}|"
            for each in elements
            if isinstance(each, nodes.substitution_reference)
        ),
        literals=tuple(each.astext() for each in elements if isinstance(each, nodes.literal)),
        problems=tuple(_problems(found)),
    )


def _role_name(name: str) -> str:
    return name.lower()


def _links(elements: Iterable[nodes.Element]) -> Iterable[str]:
    for each in elements:
        if not isinstance(each, nodes.reference):
            continue
        if "refuri" in each:
            yield str(each["refuri"])
        elif "refname" in each:
            yield f"{each['refname']}_"
        else:
            # A target of the same text: `a <b_>`__, or an anonymous one.
            yield "__"


_LEFT = re.compile(r"``|\*\*|(?<![\w`])`|`(?![\w`])|:[\w.+-]+:`|`_{1,2}")

# An emphasis without an end goes on to the end of the next one.
_LEFT_IN_EMPHASIS = re.compile(r"""(?<=[\s("'\[{«“¿¡-])\*(?=[^\s*])""")


def _problems(found: Iterable[nodes.Node]) -> Iterable[str]:
    for node in found:
        for each in node.findall():
            if isinstance(each, nodes.problematic):
                yield each.astext().strip()[:20]
            elif (
                isinstance(each, nodes.Text)
                and not isinstance(each.parent, nodes.literal | nodes.problematic)
                and (each.parent is None or "role_name" not in each.parent)
            ):
                yield from _LEFT.findall(each.astext())
                if isinstance(each.parent, nodes.emphasis):
                    yield from _LEFT_IN_EMPHASIS.findall(each.astext())


@functools.cache
def _block_parser() -> Parser:
    return Parser(inliner=_inliner())


# A directive is not run, so that reading a message reads no file and defines no role.
_DIRECTIVE = re.compile(r"^\s*\.\.\s+(?:\|[^|\n]+\|\s+)?[\w.+:-]+?\s?::(?:\s|$)", re.MULTILINE)


def _blocks(text: str) -> tuple[str, ...]:
    if not _BLOCK.search(text):
        return ("paragraph", "literal_block") if text.endswith("::") else ("paragraph",)
    if _DIRECTIVE.search(text):
        return ("directive",)
    document = new_document("message", _machinery()[0])
    # A literal block behind "::" is that of the document.
    whole = f"{text}\n\n   x" if text.rstrip().endswith("::") else text
    _block_parser().parse(whole, document)
    return tuple(
        each.tagname
        for each in document.children
        if isinstance(each, nodes.Element) and not isinstance(each, nodes.system_message)
    )
