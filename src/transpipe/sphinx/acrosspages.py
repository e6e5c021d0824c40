"""What pages can show of one another, as a digest.

Sphinx keeps what documents say to one another in its environment: titles, tables of contents,
labels, objects, index entries. As long as all of that is what it was, no other page changes.
"""

from __future__ import annotations

import hashlib
import pickle
import types
from collections.abc import Iterable, Mapping, Set
from typing import TYPE_CHECKING, Any, TypeGuard

from docutils import nodes
from sphinx import addnodes

from transpipe.sphinx.readingorder import owners_in_order
from transpipe.sphinx.remembered import ATTRIBUTE as WARNINGS

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

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
