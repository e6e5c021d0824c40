"""What pages can show of one another, so that a page whose own text changed is written alone.

Sphinx keeps what documents say to one another in its environment: titles, tables of contents,
labels, objects, index entries. As long as all of that is what it was, no other page changes.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import types
from collections.abc import Callable, Iterable, Mapping, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

from docutils import nodes
from sphinx import addnodes
from sphinx.builders.html import StandaloneHTMLBuilder

from transpipe.sphinx.readingorder import owners_in_order
from transpipe.sphinx.remembered import ATTRIBUTE as WARNINGS

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.search import IndexBuilder

SEARCH_INDEX = "searchindex.js"
BUILDERS = frozenset({"html", "dirhtml"})
"""Those that write each document to a page of its own, from that document and the environment."""
_NOT_COMPARED = frozenset(
    {
        "_app",
        "_builder_cls",
        "_pickled_doctree_cache",
        "_write_doc_doctree_cache",
        "all_docs",
        "app",
        "config",
        "config_status",
        "config_status_extra",
        "current_document",
        "dependencies",
        "doctreedir",
        "domaindata",
        "domains",
        "events",
        "files_to_rebuild",
        "master_doctree",
        "metadata",
        "project",
        "reread_always",
        "settings",
        "srcdir",
        "temp_data",
        WARNINGS,
    }
)
"""Attributes of the environment that tell how documents were read, not what they say.

Metadata, and what domains keep, are compared by themselves.
"""


def digest_across_pages(env: BuildEnvironment) -> str:
    """Give a digest of all that a page can show of other documents.

    It is the same for two runs in which it is the same, whatever was read in which. Empty where
    it cannot be given: an extension keeps what cannot be compared.
    """
    digest = _Digest(env.found_docs)
    try:
        for name, value in sorted(vars(env).items()):
            if name not in _NOT_COMPARED:
                digest.add((name, value))
        digest.add({name: _shown(metadata) for name, metadata in env.metadata.items()})
        for name, data in sorted(env.domaindata.items()):
            digest.add((name, _data_of_domain(env, name, data)))
        digest.add(_toctrees_of_root(env))
    except (TypeError, ValueError, RecursionError, AttributeError, OSError, pickle.PickleError):
        return ""
    return digest.text()


def _shown(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Give the metadata of a document but for the count of its words, which MyST-Parser adds."""
    return {name: value for name, value in metadata.items() if name != "wordcount"}


def _data_of_domain(env: BuildEnvironment, name: str, data: Mapping[str, Any]) -> list[object]:
    """Give what a domain keeps; of what it keeps in a form of its own, as C does, its objects."""
    plain = {key: value for key, value in data.items() if isinstance(value, _PLAIN)}
    own = env.get_domain(name).get_objects() if plain.keys() < data.keys() else ()
    return [plain, {tuple(map(str, each)) for each in own}]


def _toctrees_of_root(env: BuildEnvironment) -> list[nodes.Node]:
    """Give the tables of contents of the first page, which are in the sidebar of all pages."""
    return list(env.get_doctree(env.config.root_doc).findall(addnodes.toctree))


_PLAIN = (str, int, list, tuple, set, frozenset, dict, types.NoneType)


class _Digest:
    """Takes values of any type that can be pickled; the order of a set has no part in it.

    Nor has that of entries whose documents cannot be told, and of lists of what documents noted:
    what is read again is noted last, and at times twice, as not every extension forgets. A new
    build has the order of before, and so have the pages that are not written.
    """

    def __init__(self, documents: Set[str]) -> None:
        self._documents = documents
        self._hash = hashlib.blake2b(digest_size=16)
        self._is_in_node = False
        self._above: list[object] = []
        """The objects that hold what is being taken, as objects can hold one another."""

    def text(self) -> str:
        return self._hash.hexdigest()

    def add(self, value: object) -> None:
        if value is None or isinstance(value, str | bytes | int | float):
            self._put(f"{type(value).__name__}:{value!r};")
        elif isinstance(value, nodes.Text):
            self._put(f"text:{value.astext()!r};")
        elif isinstance(value, nodes.Element):
            before, self._is_in_node = self._is_in_node, True
            said = (item for item in value.attributes.items() if item[1])
            self._add_all(type(value).__name__, (*said, *value.children))
            self._is_in_node = before
        elif isinstance(value, Mapping):
            is_ordered = owners_in_order(value, self._documents) is not None
            items = list(map(self._digest_of, value.items()))
            self._add_all("mapping", items if is_ordered else sorted(items))
        elif isinstance(value, set | frozenset) or self._is_noted(value):
            self._add_all("set", sorted({self._digest_of(item) for item in value}))
        elif isinstance(value, list | tuple):
            self._add_all("list", value)
        elif isinstance(value, type | types.FunctionType | types.BuiltinFunctionType):
            self._put(f"code:{value.__module__}.{value.__qualname__};")
        else:
            self._add_object(value)

    def _put(self, text: str) -> None:
        self._hash.update(text.encode("utf-8", "surrogatepass"))

    def _is_noted(self, value: object) -> TypeGuard[list[object]]:
        """Tell a list of which each entry names the document that it is of."""
        return (
            isinstance(value, list)
            and not self._is_in_node
            and all(isinstance(item, tuple) and self._names_document(item) for item in value)
        )

    def _names_document(self, item: tuple[object, ...]) -> bool:
        named = getattr(item, "docname", item[0] if item else None)
        return isinstance(named, str) and named in self._documents

    def _digest_of(self, value: object) -> str:
        digest = _Digest(self._documents)
        digest._is_in_node, digest._above = self._is_in_node, self._above
        digest.add(value)
        return digest.text()

    def _add_all(self, name: str, values: Iterable[object]) -> None:
        self._put(f"{name}(")
        for value in values:
            self.add(value)
        self._put(")")

    def _add_object(self, value: object) -> None:
        for distance, other in enumerate(reversed(self._above)):
            if other is value:
                self._put(f"above:{distance};")
                return
        parts = value.__reduce_ex__(4)
        if isinstance(parts, str):
            self._add_all("global", (parts,))
            return
        made_by, arguments, *rest = parts
        self._above.append(value)
        # What follows are the state, and the items of lists and of mappings.
        self._add_all(type(value).__qualname__, (made_by, arguments))
        for part in rest:
            self.add(part if part is None or isinstance(part, Mapping | tuple) else list(part))
        self._above.pop()


class PageWriting:
    """Follows the writing of pages: which are written, and whether one looks at another."""

    def __init__(self) -> None:
        """Begin without pages."""
        self.written: set[str] = set()
        """The documents whose pages were written."""
        self.has_crossing = False
        """Whether a page was made of another document than its own, not through the environment."""
        self._resolved = ""
        self._root = ""

    def connect(self, app: Sphinx) -> None:
        """Connect to Sphinx, when conf.py was read."""
        self._root = app.config.root_doc
        app.connect("write-started", self._watch)
        app.connect("doctree-resolved", self._note, priority=1)

    def _note(self, _app: Sphinx, _doctree: nodes.document, docname: str) -> None:
        self.written.add(docname)

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
