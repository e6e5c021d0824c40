"""Some pages are written as if all had been."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.search import IndexBuilder

from transpipe.sphinx.pagewriting import complete_search_index


class NoDomains(dict[str, Any]):
    """As Sphinx keeps domains: a mapping before 8.2, and what sorts itself since."""

    def sorted(self) -> list[Any]:
        return []


def test_the_search_index_of_some_pages_is_completed() -> None:
    def indexer() -> IndexBuilder:
        env: Any = SimpleNamespace(version={}, domains=NoDomains())
        names = ("titles", "filenames", "mapping", "title_mapping", "all_titles")
        for name in (*names, "index_entries", "objtypes", "objnames"):
            setattr(env, f"_search_index_{name}", {})
        return IndexBuilder(env, "en", {}, "")

    def feed(index: IndexBuilder, name: str, text: str, entry: str) -> None:
        document = nodes.document(None, None)  # type: ignore[arg-type] # never asked for
        document += addnodes.index(entries=[("single", entry, f"id-{entry}", "main", None)])
        document += nodes.paragraph("", text)
        index.feed(name, f"{name}.rst", name.upper(), document)

    old, some, fresh = indexer(), indexer(), indexer()
    for name, text in {"a": "forgotten word", "b": "bread"}.items():
        feed(old, name, text, f"Entry of {name}")
    frozen = old.freeze()
    # As Sphinx does: what it reads of the last index, without the page that is written.
    some._titles, some._filenames, some._all_titles = {"b": "B"}, {"b": "b.rst"}, {"b": []}
    some._mapping = {word: {"b"} & set(pages) for word, pages in old._mapping.items()}
    for index in (some, fresh):
        feed(index, "a", "new words", "Entry, another")
    feed(fresh, "b", "bread", "Entry of b")
    assert complete_search_index(some, frozen)
    given, expected = some.freeze(), fresh.freeze()
    assert given["terms"] == expected["terms"]
    assert given["indexentries"] == expected["indexentries"]
    assert "forgotten" in " ".join(frozen["terms"])


def test_a_search_index_that_is_kept_in_another_way_is_left_alone() -> None:
    index = SimpleNamespace(_mapping={"word": set()})
    frozen: dict[str, Any] = {"docnames": [], "indexentries": {}}
    assert not complete_search_index(index, frozen)  # type: ignore[arg-type] # of another Sphinx
    assert index._mapping == {"word": set()}
