"""Real documents, translated by a suffix on every message."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po

from tests.conftest import WHOLE
from tests.sphinx.conftest import body, catalogs_of, write_catalog, write_files
from transpipe.documents.formats import segments
from transpipe.documents.options import Options
from transpipe.model import Document
from transpipe.sphinx import (
    SiteResult,
    SphinxProject,
    StagedDocument,
    build_site,
    extract_templates,
    stage,
)

SUFFIX = " ⟧"

UNNAMED = re.compile("in any toctree|Pygments lexer name")
"""Warnings that Sphinx 8.0 has no name to suppress by."""


def surprising(site: SiteResult) -> list[str]:
    """Give the warnings that are not to be expected whatever is suppressed."""
    return [line for line in site.warnings if not UNNAMED.search(line)]


def translate(templates: Iterable[tuple[str, Path]], locale_dir: Path, language: str) -> int:
    count = 0
    for name, path in templates:
        with path.open("rb") as file:
            messages = {str(entry.id): f"{entry.id}{SUFFIX}" for entry in read_po(file) if entry.id}
        write_catalog(locale_dir, language, name, messages)
        count += len(messages)
    return count


BOOK = """
extensions = ["myst_parser"]
root_doc = "SUMMARY"
html_theme = "basic"
html_sidebars = {"**": ["localtoc.html"]}
highlight_language = "none"
html_copy_source = False
suppress_warnings = ["myst", "toc", "image", "misc"]
"""
LARGE_CHAPTERS = ("android", "bare-metal", "chromium", "idiomatic", "unsafe-deep-dive")
"""More than half of the pages, with less than a third of the links."""
LINK = re.compile(r'<a class="(?:reference|headerlink)[^"]*" href="([^"]*)"')


@pytest.mark.corpus
@pytest.mark.slow
def test_links_ids_and_headings_of_a_book(corpora: Path, tmp_path: Path) -> None:
    source = tmp_path / "src"
    book = corpora / "comprehensive-rust" / "new" / "src"
    shutil.copytree(book, source, ignore=not_markdown)
    if not WHOLE:
        for chapter in LARGE_CHAPTERS:
            shutil.rmtree(source / chapter)
    write_files(source, {"conf.py": BOOK})
    english, spanish = Locale("en"), Locale("es")
    options = Options(markdown="myst")
    for path in sorted(source.rglob("*.md")):
        name = path.relative_to(source).with_suffix("").as_posix()
        document = Document(name, path, path.read_bytes().decode(), "markdown", english)
        messages = {each.msgid: f"{each.msgid}{SUFFIX}" for each in segments(document, options)}
        write_catalog(tmp_path / "locale", "es", name, messages)
    project = SphinxProject(source, source, tmp_path / "work", english)
    for language in (english, spanish):
        catalogs = catalogs_of(tmp_path / "locale", str(language))
        result = build_site(project, language, tmp_path / str(language), catalogs, [])
        assert surprising(result) == []
    pages = links = headings = 0
    for path in sorted(source.rglob("*.md")):
        name = path.relative_to(source).with_suffix(".html").as_posix()
        before, after = ((tmp_path / code / name).read_text("utf-8") for code in ("en", "es"))
        for pattern in (LINK, re.compile(r' id="([^"]*)"')):
            assert pattern.findall(before) == pattern.findall(after), name
        for heading in re.findall(r"<h[1-6]>.*?</h[1-6]>", after, re.DOTALL):
            if "headerlink" in heading:
                assert SUFFIX in heading, name
                headings += 1
        pages, links = pages + 1, links + len(LINK.findall(after))
    # Links in the text and of what each page holds, and of headings to themselves.
    expected = (574, 724, 1416 + 724) if WHOLE else (263, 372, 1149 + 372)
    assert (pages, headings, links) == expected


def not_markdown(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if Path(folder, name).is_file() and not name.endswith(".md")]


@pytest.mark.corpus
def test_the_documents_this_was_made_for(corpora: Path, tmp_path: Path) -> None:
    seeds = sorted((corpora / "community" / "seeds").glob("*.txt"))
    formats = ["markdown", "markdown", "text"]
    documents = [
        StagedDocument(path.stem, path, form, path.read_bytes().decode("utf-8"))
        for path, form in zip(seeds, formats, strict=True)
    ]
    spanish, english = Locale("es"), Locale("en")
    project = stage(
        documents,
        tmp_path / "work",
        title="Comunidades",
        source_language=spanish,
        paragraphs=lambda text: [line for line in text.split("\n") if line.strip()],
    )
    assert translate(extract_templates(project, tmp_path / "pot"), tmp_path / "locale", "en") > 30
    for language in (spanish, english):
        result = build_site(
            project,
            language,
            tmp_path / str(language),
            catalogs_of(tmp_path / "locale", str(language)),
            [spanish, english],
        )
        # The picture of the blog post is not among the documents.
        assert [line for line in result.warnings if "image file not readable" not in line] == []
        assert result.pages == 4
    for path in seeds:
        html = (tmp_path / "en" / f"{path.stem}.html").read_text("utf-8")
        main = html[html.index('role="main">') : html.index('class="sphinxsidebar"')]
        paragraphs = re.findall(r"<(?:p|h2)\b[^>]*>(.*?)</(?:p|h2)>", main, re.DOTALL)
        untranslated = [text for text in paragraphs if SUFFIX not in text and "<img" not in text]
        # The title in the front matter is left untranslated here, and the notice tells it.
        assert all("of this page is translated" in text for text in untranslated), path
        assert "+++" not in main


PLAIN = """
extensions = ["myst_parser"]
html_copy_source = False
suppress_warnings = ["myst", "toc", "image", "misc", "docutils"]
"""


@pytest.mark.corpus
@pytest.mark.slow
def test_every_heading_of_a_site_that_was_made_with_another_tool(
    corpora: Path, tmp_path: Path
) -> None:
    source = write_files(tmp_path / "src", {"conf.py": PLAIN, "index.md": "# Site\n"})
    content = corpora / "community" / "osslat-site" / "content"
    for path in sorted(content.rglob("*.md"))[:: 1 if WHOLE else 2]:
        # Without its front matter: a title of it is no heading of the text.
        text = re.sub(r"\A(\+\+\+|---)\n.*?\n\1\n", "", path.read_text("utf-8"), flags=re.DOTALL)
        name = path.relative_to(content).as_posix().removesuffix(".md").replace(".", "-")
        write_files(source, {f"site/{name}.md": text})
    english, spanish = Locale("en"), Locale("es")
    project = SphinxProject(source, source, tmp_path / "work", english)
    templates = extract_templates(project, tmp_path / "pot")
    assert surprising(build_site(project, english, tmp_path / "en", {}, [])) == []
    for mark in ("{} ⟧", "⟦ {}"):
        for name, path in templates:
            with path.open("rb") as file:
                ids = [str(entry.id) for entry in read_po(file) if entry.id]
            write_catalog(tmp_path / "locale", "es", name, {id_: mark.format(id_) for id_ in ids})
        catalogs = catalogs_of(tmp_path / "locale", "es")
        assert surprising(build_site(project, spanish, tmp_path / "es", catalogs, [])) == []
        assert headings_marked(tmp_path, mark.strip("{} ")) == (350 if WHOLE else 181)


def headings_marked(root: Path, mark: str) -> int:
    """Count the headings of translated pages, which link where their sources do."""
    headings = 0
    for path in sorted((root / "en" / "site").rglob("*.html")):
        before = body(path.read_text("utf-8"))
        after = body((root / "es" / path.relative_to(root / "en")).read_text("utf-8"))
        for pattern in (r' href="([^"]*)"', r' id="([^"]*)"', r' src="([^"]*)"'):
            assert re.findall(pattern, before) == re.findall(pattern, after), path
        for heading in re.findall(r"<h[1-6][^>]*>.*?</h[1-6]>", after, re.DOTALL):
            assert mark in heading, path
            headings += 1
    return headings
