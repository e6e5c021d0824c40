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


@pytest.mark.parametrize("name", ["vue.ts.md", "Program.cs.md", "lib.so.md", "Makefile.am.md"])
def test_file_extensions_are_no_languages(name: str) -> None:
    assert source_language(name, "", (), ENGLISH) == (ENGLISH, Rule.DEFAULT)


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("a.cs.md", ["cs"], "cs"),
        ("a.cs.md", ["es"], "en"),
        ("a.fr.md", [], "en"),
        ("a.pt-BR.md", ["pt"], "pt_BR"),
        ("a.pt-BR.md", ["pt_BR"], "pt_BR"),
        ("a.pt.md", ["pt_BR"], "en"),
        ("a.pt-PT.md", ["pt_BR"], "en"),
        ("a.zh-TW.md", ["zh"], "zh_Hant_TW"),
        ("a.zh-TW.md", ["zh_Hant"], "zh_Hant_TW"),
        ("a.zh-TW.md", ["zh_Hans"], "en"),
    ],
)
def test_known_languages(name: str, known: list[str], expected: str) -> None:
    locales = [Locale.parse(code) for code in known]
    locale, _ = source_language(name, "", (), ENGLISH, known=locales)
    assert str(locale) == expected


@pytest.mark.parametrize(
    "content",
    [
        "---\ntitle: a\nlang: no\n---\n",
        "---\n# lang\nlang: [es, pt]\n---\n",
        "+++\ntitle = 'a'\nlang = false\n+++\n",
    ],
)
def test_a_language_that_is_no_string(content: str) -> None:
    with pytest.raises(DocumentError) as caught:
        source_language("a.es.md", content, (), ENGLISH)
    assert str(caught.value) == (
        "a.es.md:3: 'lang' is no string: write one language code in quotes, as in 'no'"
    )


@pytest.mark.parametrize("content", ["---\nlang: 'no'\n---\n", "+++\nlang = 'no'\n+++\n"])
def test_norwegian(content: str) -> None:
    assert source_language("a.md", content, (), ENGLISH) == (Locale("no"), Rule.FRONT_MATTER)


def test_an_empty_lang_says_nothing() -> None:
    page = "---\nlang:\ndescription: langosta\n---\n"
    assert source_language("a.md", page, (), ENGLISH) == (ENGLISH, Rule.DEFAULT)


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
    page = read_document(DocumentFile("a.es", path), ENGLISH, known=[Locale("fr")])
    assert page.source_language == ENGLISH


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
