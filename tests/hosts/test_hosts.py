"""Sites of every generator in three languages, built by the generator itself."""

from __future__ import annotations

import os
import sys
from base64 import b64decode
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.hosts.crawl import SITE, Page
from tests.hosts.site import MARKS, Built, call, missing, need, need_node, read, render
from transpipe.documents.heading_ids import source_ids

pytestmark = pytest.mark.host


def assert_whole(site: Built, names: Iterable[str], prefixes: dict[str, str]) -> None:
    """Hold what is asked of every site.

    :param names: of the pages, as in the addresses of the language without a prefix.
    :param prefixes: what the addresses of each language begin with.
    """
    assert not site.wrong()
    for name in names:
        versions = {code: site.pages[prefix + name] for code, prefix in prefixes.items()}
        assert [page.language for page in versions.values()] == list(versions)
        assert_same_ids(name, versions)
        translated = [code for code, page in versions.items() if MARKS[code] in page.description]
        assert len(translated) == len(versions) - 1, f"{name}: {translated}"
        for code, page in versions.items():
            assert (MARKS[code] in page.title) == (code in translated), (name, code, page.title)
            assert code not in translated or MARKS[code] in page.text
            assert "{#" not in page.title + page.text
            for link in page.main_links:
                assert_in_language(unquote(link), code, prefixes)


def assert_same_ids(name: str, versions: dict[str, Page]) -> None:
    ids = {tuple(page.headings) for page in versions.values()}
    assert len(ids) == 1, f"{name}: {ids}"
    assert ids != {()}


def assert_in_language(link: str, code: str, prefixes: dict[str, str]) -> None:
    if not link.startswith(SITE):
        return
    path = link.removeprefix(SITE)
    longest = max((each for each in prefixes.values() if path.startswith(each)), key=len)
    assert prefixes[code] == longest, f"a link on a page in {code} leads to {link}"


WEIRD = [
    "Uno",
    "Uno",
    "Uno-1",
    "Uno",
    "Añadir el `código` de *prueba*",
    "¿Qué es [esto](https://example.org/a)?",
    "C++ & C#: 100 % gratis_ya",
    "Ünïcödé ² ½ ª º Ⅳ ٣",
    "日本語 テキスト",
    "a -- b --- c ... d",
    "Tab\tulador   y espacios",
    "«Comillas» “tipográficas” ‘simples’",
    "👍 emoji",
    "El fin — de todo",
    "don't & can't",
    "snake_case y kebab-case",
    "1.2.3 versiones",
    "![foto](x.png) y texto",
    "ÁRBOL Ñandú",
    "x²",
]
"""Headings whose ids are easily got wrong."""


DOT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)
"""A picture of one pixel."""


def weird_page(path: Path, front_matter: str = "---\ntitle: Ids\n---\n\n") -> None:
    path.write_text(front_matter + "".join(f"## {heading}\n\n" for heading in WEIRD))


def own_ids(site: Built, url: str) -> list[str]:
    return [each for each in site.pages[url].headings if each != "_top"]


def test_hugo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hugo = need("hugo")
    place = render("hugo", tmp_path, monkeypatch)
    weird_page(place / "content/ids.es.md")
    call([hugo, "--quiet", "--destination", "public", "--panicOnWarning"], place)
    site = read(place / "public")
    prefixes = {"es": "/", "pt": "/pt/", "en": "/en/"}
    assert_whole(site, ["", "guia/", "avanzado/", "build/"], prefixes)
    assert own_ids(site, "/ids/") == source_ids(WEIRD, "hugo")[0]
    assert site.pages["/pt/guia/"].headings == [
        "la-guía",
        "instalación-y-más",
        "opciones",
        "opciones-1",
        "qué-hacer-con-código-y-enlaceshttpsexampleorg",
        "un-título-de-dos-líneas",
    ]
    for code, prefix in prefixes.items():
        home = (place / "public" / prefix.strip("/") / "index.html").read_text()
        mark = "" if code == "es" else f" {MARKS[code]}"
        assert '<aside class="nota">' in home
        assert f"<footer>Leer más{mark}</footer>" in home
        assert f'<p class="hero">Bienvenida{mark}</p>' in home


def mkdocs(place: Path) -> Built:
    if find_spec("mkdocs") is None or find_spec("mkdocs_static_i18n") is None:
        missing("MkDocs with mkdocs-static-i18n")
    said = call([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"], place)
    assert "WARNING" not in said
    return read(place / "site")


MKDOCS_PAGES = ["", "guia/", "avanzado/", "build/"]
MKDOCS_IDS = [
    "la-guia",
    "instalacion-y-mas",
    "opciones",
    "opciones_1",
    "propio",
    "con-enfasis-codigo-y-enlace",
]


def test_mkdocs_with_suffixes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = render("mkdocs", tmp_path, monkeypatch)
    for code in MARKS:
        weird_page(place / f"docs/ids.{code}.md")
    (place / "docs/x.png").write_bytes(b"")
    site = mkdocs(place)
    assert own_ids(site, "/ids/") == source_ids(WEIRD, "mkdocs")[0]
    prefixes = {"es": "/", "pt": "/pt/", "en": "/en/"}
    assert_whole(site, MKDOCS_PAGES, prefixes)
    for prefix in prefixes.values():
        page = site.pages[f"{prefix}guia/"]
        assert page.headings == MKDOCS_IDS
        assert "admonition" in page.classes


def test_mkdocs_with_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same documents in a folder for each language."""

    def in_folders(place: Path) -> None:
        docs = place / "docs"
        for path in sorted(docs.rglob("*.md")):
            stem, _, code = path.stem.partition(".")
            new = docs / code / path.relative_to(docs).with_name(f"{stem}.md")
            new.parent.mkdir(parents=True, exist_ok=True)
            path.rename(new)
        for name, old, new_text in (
            ("mkdocs.yml", "docs_structure: suffix", "docs_structure: folder"),
            ("transpipe.toml", "docs/{name}.{language}", "docs/{language}/{name}"),
        ):
            file = place / name
            file.write_text(file.read_text().replace(old, new_text))
        table = '[source_languages]\n"en/**" = "en"\n'
        (place / "transpipe.toml").write_text((place / "transpipe.toml").read_text() + table)

    place = render("mkdocs", tmp_path, monkeypatch, in_folders)
    site = mkdocs(place)
    assert_whole(site, MKDOCS_PAGES, {"es": "/", "pt": "/pt/", "en": "/en/"})
    assert site.pages["/en/guia/"].headings == MKDOCS_IDS


def test_starlight(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Starlight has no syntax for ids: an anchor in each heading takes the links."""
    place = render("starlight", tmp_path, monkeypatch)
    need_node("starlight", place)
    (place / "public").mkdir()
    without_image = [each for each in WEIRD if "![" not in each]
    (place / "src/content/docs/es/ids.md").write_text(
        "---\ntitle: Ids\n---\n\n" + "".join(f"## {each}\n\n" for each in without_image)
    )
    call(["node_modules/.bin/astro", "build"], place)
    site = read(place / "dist")
    assert own_ids(site, "/es/ids/") == source_ids(without_image, "starlight")[0]
    prefixes = {code: f"/{code}/" for code in MARKS}
    assert_whole(site, ["", "guia/", "avanzado/", "build/"], prefixes)
    for prefix in prefixes.values():
        page = site.pages[f"{prefix}guia/"]
        assert page.headings == [
            "_top",
            "instalación-y-más",
            "opciones",
            "opciones-1",
            "con-énfasis-código--y-enlace",
        ]
        assert "starlight-aside--note" in page.classes


@pytest.mark.skipif(
    not os.environ.get("TRANSPIPE_DOCUSAURUS"), reason="takes minutes: make test-hosts runs it"
)
def test_docusaurus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = render("docusaurus", tmp_path, monkeypatch)
    need_node("docusaurus", place)
    weird_page(place / "docs/ids.md")
    (place / "docs/x.png").write_bytes(b64decode(DOT))
    said = call(["node_modules/.bin/docusaurus", "build"], place, seconds=1800)
    assert "WARNING" not in said
    site = read(place / "build")
    assert own_ids(site, "/ids/") == source_ids(WEIRD, "docusaurus")[0]
    prefixes = {"es": "/", "pt": "/pt/", "en": "/en/"}
    assert_whole(site, ["", "guia/", "avanzado/", "build/"], prefixes)
    for code, prefix in prefixes.items():
        page = site.pages[f"{prefix}guia/"]
        assert page.headings == [
            "instalación-y-más",
            "opciones",
            "opciones-1",
            "propio",
            "con-énfasis-código----y-enlace",
        ]
        assert "theme-admonition-note" in page.classes
        mark = "" if code == "es" else f" {MARKS[code]}"
        navbar = (place / "build" / prefix.strip("/") / "index.html").read_text()
        assert f"Talleres de barrio{mark}</b>" in navbar
