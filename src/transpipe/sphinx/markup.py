"""Which markup a message of a page is written in: pages include files, and reST stands in MyST.

Sphinx hands each message of a page to the page's own parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from transpipe.sphinx.judgement import Reader, put_translation
from transpipe.sphinx.messages import PageMessages, Source
from transpipe.sphinx.translated import undecorate

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

MARKDOWN = "markdown"
REST = "restructuredtext"
SUFFIXES: Mapping[str, str] = {
    ".ipynb": MARKDOWN,
    ".markdown": MARKDOWN,
    ".md": MARKDOWN,
    ".myst": MARKDOWN,
    ".rest": REST,
    ".rst": REST,
}
"""What a file that a page includes is written in, if its name tells."""

PAGE = "transpipe_page"
"""The key of the page being read, in the environment's data of one read."""

_FENCE = re.compile(r"^[\s>*+\-\d.)]*?(?P<fence>`{3,}|~{3,}|:{3,})[ \t]*(?P<info>.*)$")
_MARKDOWN_IN_REST = re.compile(r"^\s*:parser:\s*(?:myst|markdown|recommonmark)", re.MULTILINE)


@dataclass
class Page:
    """What is known of a page while it is read."""

    messages: PageMessages
    markup: str
    text: str
    """The page as its parser gets it."""
    front_matter: Mapping[str, Any]
    readers: Mapping[str, ReaderFactory]
    """How to read a message of each markup that the project has a parser for."""
    _readers: dict[tuple[str, str], Reader] = field(default_factory=dict)

    @classmethod
    def current(cls, env: BuildEnvironment) -> Page | None:
        """Give the page that is being read, if its parser made it known."""
        page = env.temp_data.get(PAGE)
        return page if isinstance(page, cls) and page.messages.docname == env.docname else None

    def begin(self) -> None:
        """Make this the page that is being read."""
        self.messages.env.temp_data[PAGE] = self

    @cached_property
    def path(self) -> str:
        """The file of the page."""
        return str(self.messages.env.doc2path(self.messages.docname))

    def reader_of(self, source: Source) -> Reader:
        """Give what reads a message as its place on the page was read."""
        markup, file = self._markup_and_file(source.node)
        key = (markup, file)
        if key not in self._readers:
            self._readers[key] = self.readers[markup](self, file)
        return self._readers[key]

    def _markup_and_file(self, node: nodes.Node | None) -> tuple[str, str]:
        if self.markup == REST and MARKDOWN not in self.readers:
            return REST, self.path
        while node is not None:
            file = str(node.source or "")
            if file and Path(file) == Path(self.path) and node.line:
                is_rest = any(node.line in lines for lines in self._rest_lines)
                return (REST if is_rest else self.markup), self.path
            markup = SUFFIXES.get(Path(file).suffix.lower())
            if file and markup and Path(file) != Path(self.path):
                return self._markup_of_included(markup), file
            node = node.parent
        return self.markup, self.path

    def _markup_of_included(self, markup: str) -> str:
        # It can be included as if it were in the markup of the page.
        if markup == self.markup or markup not in self.readers:
            return self.markup
        foreign = self._includes_markdown if markup == MARKDOWN else bool(self._rest_lines)
        return markup if foreign else self.markup

    @cached_property
    def _rest_lines(self) -> tuple[range, ...]:
        if self.markup == REST or REST not in self.readers:
            return ()
        return tuple(rest_lines(self.text))

    @cached_property
    def _includes_markdown(self) -> bool:
        files = getattr(self.messages.document.settings.record_dependencies, "list", ())
        return any(
            _MARKDOWN_IN_REST.search(text)
            for text in (self.text, *(text_of(file) for file in files if file.endswith("t")))
        )


ReaderFactory = Callable[[Page, str], Reader]
"""Takes a page, and the file that messages of it stand in."""


def translate(inputstring: str, document: nodes.document) -> bool:
    """Add a translated message of the page being read to a document; False if none is known."""
    page = Page.current(document.settings.env)
    if page is None:
        return False
    message = undecorate(inputstring)
    _ = page.messages.by_msgstr  # now: Locale changes the nodes as it goes on
    put_translation(document, message, page.messages, page.reader_of)
    return True


def rest_lines(text: str) -> Iterator[range]:
    """Find the lines of Markdown, from 1, that are reStructuredText: of ``{eval-rst}`` blocks."""
    inside, fence = 0, ""
    for number, line in enumerate(text.split("\n"), 1):
        found = _FENCE.match(line)
        if inside:
            closing = found is not None and not found["info"].strip()
            if closing and found is not None and found["fence"].startswith(fence):
                yield range(inside, number)
                inside = 0
        elif found and found["info"].strip() == "{eval-rst}":
            inside, fence = number, found["fence"]
    if inside:
        yield range(inside, text.count("\n") + 2)


def text_of(file: str) -> str:
    """Read a file that a page includes; nothing where it cannot be read."""
    try:
        return Path(file).read_text("utf-8")
    except (OSError, ValueError):
        return ""
