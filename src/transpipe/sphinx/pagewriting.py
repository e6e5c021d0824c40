"""The writing of some pages without the others, so that the site is that of a new build."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.builders.html import StandaloneHTMLBuilder

from transpipe.sphinx.digests import digest_file, names_below
from transpipe.sphinx.record import Files

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.search import IndexBuilder

BUILDERS = frozenset({"html", "dirhtml"})
"""Those that write each document to a page of its own, from that document and the environment."""
SEARCH_INDEX = "searchindex.js"
SOURCES = "_sources/"
"""Where Sphinx puts what pages were made of, below the folder of a site."""


class PageWriting:
    """Follows the writing of pages: which are written, and whether one looks at another."""

    def __init__(self, output_dir: Path) -> None:
        """Begin without pages.

        :param output_dir: where they are written.
        """
        self.has_crossing = False
        """Whether a page was made of another document than its own, not through the environment."""
        self._output = output_dir
        self._written: set[str] = set()
        self._files_before: Files | None = None
        self._search_index: dict[str, Any] | None = None
        self._is_incomplete = False
        self._resolved = ""
        self._root = ""

    def connect(self, app: Sphinx) -> None:
        """Connect to Sphinx, when conf.py was read."""
        self._root = app.config.root_doc
        app.connect("write-started", self._watch)
        app.connect("doctree-resolved", self._note, priority=1)
        app.connect("html-collect-pages", self._complete_search_index)

    @property
    def is_of_some(self) -> bool:
        """Whether only some pages are written."""
        return self._files_before is not None

    def keep_search_index(self, builder: object) -> bool:
        """Keep the last index, to complete what Sphinx makes of it; tell whether there is one."""
        self._search_index = read_search_index(builder)
        return self._search_index is not None

    def begin_with_some(self) -> None:
        """Note what is there, before some pages are written."""
        self._files_before = self._files()

    def begin_with_all(self) -> None:
        """Have Sphinx make its index anew."""
        self._search_index = None

    def needs_all(self, builder: object) -> bool:
        """Tell, when some pages were written, whether the site is not that of a new build.

        That is so where an extension makes something of all pages, as a map of the site: written
        from some of them, it changed; or where this Sphinx keeps its index for the search in a
        way that is not known.
        """
        if self._files_before is None:
            return False
        changed = {name for name, _ in self._files_before.items() ^ self._files().items()}
        others = changed - files_of_pages(builder, self._written) - {SEARCH_INDEX}
        is_other = not all(name.startswith(SOURCES) for name in others)
        return is_other or self.has_crossing or self._is_incomplete

    def has_drawn(self, builder: object) -> bool:
        """Tell, when all pages were written, whether an extension drew pictures for some."""
        names = names_below(self._output)
        return not self.is_of_some and bool(made_by_extensions(builder, names))

    def _files(self) -> Files:
        return {name: digest_file(self._output / name) for name in names_below(self._output)}

    def _note(self, _app: Sphinx, _doctree: nodes.document, docname: str) -> None:
        self._written.add(docname)

    def _complete_search_index(self, app: Sphinx) -> Sequence[Any]:
        indexer = getattr(app.builder, "indexer", None)
        if self._search_index is not None and indexer is not None:
            self._is_incomplete = not complete_search_index(indexer, self._search_index)
        return ()

    def _watch(self, _app: Sphinx, builder: Any) -> None:
        env = builder.env
        resolve: Callable[..., nodes.document] = env.get_and_resolve_doctree
        get: Callable[[str], nodes.document] = env.get_doctree

        def watched_resolve(docname: str, *arguments: Any, **options: Any) -> nodes.document:
            self._resolved = docname
            return resolve(docname, *arguments, **options)

        def watched_get(docname: str) -> nodes.document:
            # The first document holds the table of contents of all.
            if docname not in (self._resolved, self._root):
                self.has_crossing = True
            return get(docname)

        env.get_and_resolve_doctree = watched_resolve
        env.get_doctree = watched_get


def complete_search_index(indexer: IndexBuilder, frozen: Mapping[str, Any]) -> bool:
    """Make the index of some pages that of all, as if all had been written.

    Sphinx reads the words of the other pages from its last index, but not their entries of
    ``index`` directives, and it keeps words that are on no page any more.

    :param indexer: after the pages that changed were given to it.
    :param frozen: the last index, as :func:`read_search_index` gives it.
    :returns: whether that could be done: what the index is kept in is no part of Sphinx's API.
    """
    if not {"_index_entries", "_mapping", "_title_mapping"} <= vars(indexer).keys():
        return False
    names = frozen["docnames"]
    entries: dict[str, list[tuple[str, str, str]]] = {name: [] for name in names}
    for entry, places in frozen["indexentries"].items():
        for number, target, is_main in places:
            entries[names[number]].append((entry, target, "main" if is_main else ""))
    new = indexer._index_entries
    indexer._index_entries = {name: new.get(name, entries[name]) for name in sorted(names)}
    for words in (indexer._mapping, indexer._title_mapping):
        for word in [word for word, documents in words.items() if not documents]:
            del words[word]
    return True


def read_search_index(builder: object) -> dict[str, Any] | None:
    """Read the search index that a builder wrote last; None where there is none of that kind."""
    if not isinstance(builder, StandaloneHTMLBuilder):
        return None
    try:
        text = Path(builder.outdir, SEARCH_INDEX).read_text("utf-8")
        index = json.loads(text[text.index("(") + 1 : text.rindex(")")])
        return index if {"docnames", "indexentries"} <= index.keys() else None
    except (OSError, ValueError, AttributeError):
        return None


def made_by_extensions(builder: object, names: Iterable[str]) -> set[str]:
    """Give the pictures in a site that no document names: those that an extension drew.

    :param names: of all files of the site.
    """
    if not isinstance(builder, StandaloneHTMLBuilder):
        return set()
    folder = f"{builder.imagedir}/"
    known = {f"{folder}{name}" for name in builder.images.values()}
    return {name for name in names if name.startswith(folder)} - known


def files_of_pages(builder: object, documents: Iterable[str]) -> set[str]:
    """Give the files that pages are written to, below the folder of the site."""
    if not isinstance(builder, StandaloneHTMLBuilder):
        return set()
    places = (Path(builder.get_outfilename(name)) for name in documents)
    return {place.relative_to(builder.outdir).as_posix() for place in places}
