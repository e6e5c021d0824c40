"""The language in a path."""

from __future__ import annotations

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from transpipe.scaffold.names import folder_parts, language_of, pages, sibling_parts, split_name


@pytest.mark.parametrize(
    ("part", "code"), [("es", "es"), ("pt-br", "pt_BR"), ("pt_BR", "pt_BR"), ("ES", "es")]
)
def test_a_code_is_read_in_every_spelling(part: str, code: str) -> None:
    assert str(language_of(part)) == code


@pytest.mark.parametrize("part", ["", "js", "v1", "api", "root", "old", "in", "x", "es.md", "e s"])
def test_what_is_no_code_is_none(part: str) -> None:
    assert language_of(part) is None


@pytest.mark.parametrize(
    ("path", "page", "part"),
    [
        ("about/index.es.md", ("about/index", ".md"), "es"),
        ("about/index.md", ("about/index", ".md"), ""),
        ("authors/some.one/_index.pt-br.md", ("authors/some.one/_index", ".md"), "pt-br"),
        ("guide/node.js.md", ("guide/node.js", ".md"), ""),
        ("x.es/y.md", ("x.es/y", ".md"), ""),
        ("x/.es.md", ("x/.es", ".md"), ""),
        (".hidden", (".hidden", ""), ""),
        (".es.md", (".es", ".md"), ""),
        ("README", ("README", ""), ""),
    ],
)
def test_a_name_is_split(path: str, page: tuple[str, str], part: str) -> None:
    assert split_name(path) == (page, part)


@given(st.lists(st.text("ab./es-", min_size=1), unique=True))
def test_grouping_by_page_loses_no_document(paths: list[str]) -> None:
    grouped = [path for versions in pages(paths).values() for path in versions.values()]
    assert sorted(grouped) == sorted(paths)


@given(st.text("abces./-", min_size=1))
def test_the_parts_of_a_name_make_the_name(path: str) -> None:
    (stem, suffix), part = split_name(path)
    assert stem + (f".{part}" if part else "") + suffix == path


def test_a_language_in_a_name_stands_beside_another_version() -> None:
    assert sibling_parts(["a.md", "a.es.md", "b.pt.md", "b.en.md"]) == ("en", "es", "pt")
    assert sibling_parts(["a.md", "notes.so.md"]) == ()
    assert sibling_parts(["a.md", "notes.so.md"], [Locale("so")]) == ("so",)


def test_a_folder_of_a_language_holds_what_another_holds() -> None:
    assert folder_parts(["index.md", "es/index.md", "is/why.md"]) == ("es",)
    assert folder_parts(["en/a.md", "pt-br/a.md", "api/a.md"]) == ("en", "pt-br")
    assert folder_parts(["to/a.md", "my/b.md", "c.md"]) == ()
    assert folder_parts(["my/b.md"], [Locale("my")]) == ("my",)
