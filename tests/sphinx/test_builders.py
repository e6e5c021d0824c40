"""One project by each of Sphinx's usual builders, in Spanish."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
from babel import Locale

from tests.sphinx.conftest import catalogs_of, readable, write_catalog, write_files
from transpipe.sphinx import SiteResult, SphinxProject, build_site

CONF = """
extensions, myst_heading_anchors = ["myst_parser"], 1
project, author, copyright, version = "Guide", "We", "2026 We", "1"
figure_language_filename = "{root}.{language}{ext}"
man_pages = [("index", "guide", "Guide", ["We"], 1)]
epub_show_urls = "no"
linkcheck_timeout = 1
"""
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000"
    "01f15c4890000000a49444154789c63000100000500010d0a2db40000000049454e44ae426082"
)
PAGES = {
    "conf.py": CONF,
    "index.md": (
        "# Welcome\n\nSee [the guide](deep/guide.md#guide) and [here](http://127.0.0.1:9/x).\n\n"
        "![A picture](pic.png)\n\n```{toctree}\ndeep/guide\n```\n"
    ),
    "deep/guide.md": "# Guide\n\nIt is left in English.\n",
}
LANGUAGES = [Locale("en"), Locale("es")]
ENGLISH_LEFT = "It is left in English."


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("builders")
    write_files(root / "src", PAGES)
    for name in ("pic.png", "pic.es.png"):
        (root / "src" / name).write_bytes(PIXEL)
    link = "See [the guide](deep/guide.md#guide) and [here](http://127.0.0.1:9/x)."
    messages = {
        "Welcome": "Bienvenida",
        link: "Vean [la guía](deep/guide.md#guide) y [esto](http://127.0.0.1:9/x).",
        "![A picture](pic.png)": "![Una imagen](pic.png)",
        "A picture": "Una imagen",
    }
    write_catalog(root / "locale", "es", "index", messages)
    write_catalog(root / "locale", "es", "deep/guide", {"Guide": "Guía"})
    return root


def build(root: Path, builder: str) -> tuple[SiteResult, Path]:
    project = SphinxProject(root / "src", root / "src", root / "work", Locale("en"))
    output = root / builder / "es"
    catalogs = catalogs_of(root / "locale", "es")
    result = build_site(project, LANGUAGES[1], output, catalogs, LANGUAGES, builder=builder)
    if builder != "linkcheck":
        assert (result.warnings, result.is_bad) == ((), False)
    return result, output


def test_dirhtml(root: Path) -> None:
    _, output = build(root, "dirhtml")
    html = (output / "deep" / "guide" / "index.html").read_text("utf-8")
    assert re.findall(r'hreflang="en" lang="en" dir="ltr">', html)
    assert '<a href="../../../en/deep/guide/" hreflang="en"' in html
    assert '<link rel="alternate" hreflang="en" href="../../../en/deep/guide/" />' in html
    assert f'<p lang="en">{ENGLISH_LEFT}</p>' in html
    found = (output / "search" / "index.html").read_text("utf-8")
    assert '<a href="../../en/search/" hreflang="en"' in found
    front = (output / "index.html").read_text("utf-8")
    assert '<a class="reference internal" href="deep/guide/#guide">' in front


def test_singlehtml(root: Path) -> None:
    _, output = build(root, "singlehtml")
    html = (output / "index.html").read_text("utf-8")
    assert '<a href="../en/index.html" hreflang="en"' in html
    assert f'<p lang="en">{ENGLISH_LEFT}</p>' in html
    assert 'src="_images/pic.es.png"' in html
    assert html.count('class="transpipe-languages"') == 1


def test_text(root: Path) -> None:
    _, output = build(root, "text")
    assert (output / "index.txt").read_text("utf-8") == (
        "Bienvenida\n**********\n\nVean la guía y esto.\n\n[imagen: Una imagen][imagen]\n\n* Guía\n"
    )
    assert (output / "deep" / "guide.txt").read_text("utf-8") == f"Guía\n****\n\n{ENGLISH_LEFT}\n"


def test_man(root: Path) -> None:
    _, output = build(root, "man")
    text = (output / "guide.1").read_text("utf-8")
    assert "Vean" in text
    assert ENGLISH_LEFT in text
    assert ".SH GUÍA" in text


def test_latex(root: Path) -> None:
    _, output = build(root, "latex")
    (tex,) = (path for path in output.glob("*.tex"))
    text = tex.read_text("utf-8")
    assert re.search(r"\\documentclass\[[^]]*\bspanish\b", text)
    assert r"\usepackage{babel}" in text
    assert r"\chapter{Guía}" in text
    assert "pic.es" in text
    assert (output / "pic.es.png").is_file()


def test_epub(root: Path) -> None:
    _, output = build(root, "epub")
    with zipfile.ZipFile(output / "Guide.epub") as book:
        assert book.testzip() is None
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        package = ET.fromstring(book.read("content.opf"))
        assert package.findtext(".//{http://purl.org/dc/elements/1.1/}language") == "es"
        pages = [name for name in book.namelist() if name.endswith(".xhtml")]
        languages = {name: ET.fromstring(book.read(name)).get("lang") for name in pages}
        assert languages["index.xhtml"] == languages["deep/guide.xhtml"] == "es"
        assert languages["genindex.xhtml"] == "es"
        guide = book.read("deep/guide.xhtml").decode()
        assert not [name for name in book.namelist() if "transpipe" in name]
    assert f'<p lang="en">{ENGLISH_LEFT}</p>' in guide
    assert "Guía" in readable(guide)
    assert "transpipe" not in guide


def test_linkcheck(root: Path) -> None:
    result, output = build(root, "linkcheck")
    assert result.is_bad
    lines = (output / "output.json").read_text("utf-8").splitlines()
    found = {line["uri"]: line["status"] for line in map(json.loads, lines)}
    assert found["http://127.0.0.1:9/x"] == "broken"
    assert len(result.warnings) == 1
