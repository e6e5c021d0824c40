"""A document's format and language, and the rule that decided."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from babel import Locale

from transpipe.documents.discover import DocumentFile
from transpipe.documents.formats import ELSEWHERE, FORMATS, format_of, segments
from transpipe.documents.options import Options
from transpipe.documents.reading import read_document
from transpipe.documents.source_language import Rule, source_language
from transpipe.errors import DocumentError
from transpipe.model import Document

ENGLISH = Locale("en")


@pytest.mark.parametrize(
    ("relative", "content", "globs", "expected"),
    [
        ("a.md", "", (), "markdown"),
        ("a.MARKDOWN", "", (), "markdown"),
        ("a.txt", "uno", (), "text"),
        ("README", "uno", (), "text"),
        ("a.rst", "", (), "rest"),
        ("a.txt", "---\ntitle: a\n---\n", (), "markdown"),
        ("a.txt", "\ufeff+++\r\ntitle = 'a'\r\n+++", (), "markdown"),
        ("README", "---\ntitle: a\n---\n", (), "markdown"),
        ("a.txt", "---\nuno\n---\n", (), "text"),
        ("a.txt", "---\n---\n", (), "text"),
        ("a.txt", "---\ntitle: a\n", (), "text"),
        ("a.txt", "+++\nno es toml\n+++\n", (), "text"),
        ("a.rst", "---\ntitle: a\n---\n", (), "rest"),
        ("b/a.txt", "uno", (("b/*", "markdown"), ("**", "text")), "markdown"),
        ("a.txt", "---\ntitle: a\n---\n", (("*.txt", "text"),), "text"),
        ("a.mdx", "", (("*.mdx", "markdown"),), "markdown"),
    ],
)
def test_format(
    relative: str, content: str, globs: tuple[tuple[str, str], ...], expected: str
) -> None:
    assert format_of(relative, content, globs) == expected


def test_unknown_formats() -> None:
    with pytest.raises(DocumentError, match=r"a\.py: has no known format for '\.py'"):
        format_of("a.py", "", ())
    with pytest.raises(DocumentError, match=r"unknown format 'latex' by 'formats': use markdown"):
        format_of("a.md", "", (("**", "latex"),))


def test_rest_is_known_and_read_elsewhere() -> None:
    assert set(ELSEWHERE).isdisjoint(FORMATS)
    page = Document("a", Path("a.rst"), "uno", "rest", ENGLISH)
    with pytest.raises(DocumentError) as caught:
        segments(page, Options())
    assert str(caught.value) == (
        "a.rst: is reStructuredText, which is extracted by Sphinx: here are read: markdown, text"
    )


@pytest.mark.parametrize(
    ("relative", "content", "expected"),
    [
        ("x/a.es.md", "---\nlang: pt\n---\n", ("fr", Rule.CONFIGURED)),
        ("a.es.md", "---\nlang: pt-BR\n---\n", ("pt_BR", Rule.FRONT_MATTER)),
        ("a.es.md", "+++\nlanguage = 'pt'\nlang = 'de'\n+++\n", ("de", Rule.FRONT_MATTER)),
        ("a.es.md", "---\nlanguage: python\n---\n", ("es", Rule.FILE_NAME)),
        ("a.pt-br.md", "", ("pt_BR", Rule.FILE_NAME)),
        ("es.md", "", ("en", Rule.DEFAULT)),
        ("a.v2.md", "", ("en", Rule.DEFAULT)),
        ("a.qq.md", "", ("en", Rule.DEFAULT)),
        ("a.draft.md", "", ("en", Rule.DEFAULT)),
    ],
)
def test_language_and_rule(relative: str, content: str, expected: tuple[str, Rule]) -> None:
    globs = (("x/**", Locale("fr")),)
    locale, rule = source_language(relative, content, globs, ENGLISH)
    assert (str(locale), rule) == expected


def test_a_language_that_does_not_exist() -> None:
    with pytest.raises(DocumentError) as caught:
        source_language("a.md", "---\ntitle: a\nlang: espaniol\n---\n", (), ENGLISH)
    assert str(caught.value).startswith("a.md:3: 'lang': unknown language code 'espaniol': ")


def test_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.es.txt"
    path.write_bytes(b"\xef\xbb\xbf---\r\ntitle: x\r\n---\r\nuno")
    page = read_document(DocumentFile("a.es", path), ENGLISH)
    assert page == Document(
        "a.es", path, "\ufeff---\r\ntitle: x\r\n---\r\nuno", "markdown", Locale("es")
    )
    page = read_document(DocumentFile("a.es", path), ENGLISH, formats=(("*.txt", "text"),))
    assert page.format == "text"
    page = read_document(
        DocumentFile("a.es", path), ENGLISH, source_languages=(("**", Locale("pt")),)
    )
    assert page.source_language == Locale("pt")


def test_reading_what_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"uno\n\xff")
    with pytest.raises(DocumentError) as caught:
        read_document(DocumentFile("a", path), ENGLISH)
    assert caught.value.line == 2


def test_reading_documents_needs_no_sphinx() -> None:
    script = (
        "import sys; import transpipe.documents.translate, transpipe.documents.reading; "
        "print({'sphinx', 'docutils', 'myst_parser', 'polib', 'click'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"


def test_options_know_their_flavours() -> None:
    with pytest.raises(ValueError, match="'mdx'"):
        Options(markdown="mdx")
