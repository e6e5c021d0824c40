"""A tree of documents without conf.py becomes a site."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from shutil import which
from urllib.parse import unquote

import pytest
from babel import Locale

from tests.sphinx.conftest import body, catalogs_of, files_of, page, readable, write_catalog
from transpipe.errors import SiteError
from transpipe.sphinx import (
    SphinxProject,
    StagedDocument,
    build_site,
    extract_templates,
    stage,
)

TOML = """+++
title = "Quiénes somos"
description = "La comunidad."
reward = false
+++

## Nuestra comunidad

Hola, {{< name >}} y *todos*. Vean [el blog](blog/primera.md).
"""
YAML = """---
title: "Mi primera reunión"
date: "2019-03-20"
description: 'Cómo fue'
---

## ¿Qué es?

Un grupo. ![Foto](../img/foto.png)
"""
TEXT = (
    "El capítulo tiene como misión promover el uso, el estudio y la defensa de la libertad.\r\n"
    "# Esto no es un *título*: <b>nada</b> es marcado, ni ``esto``.\r\n"
)
SPANISH, ENGLISH, PORTUGUESE = Locale("es"), Locale("en"), Locale("pt", "BR")
LANGUAGES = [SPANISH, ENGLISH, PORTUGUESE]


def lines(text: str) -> Iterable[str]:
    return [line for line in text.split("\n") if line.strip()]


def documents(root: Path) -> list[StagedDocument]:
    return [
        StagedDocument("nosotros", root / "nosotros.txt", "markdown", TOML),
        StagedDocument("blog/primera", root / "blog/primera.txt", "markdown", YAML),
        StagedDocument("mision", root / "mision.txt", "text", TEXT),
    ]


def lay_out(root: Path, which_documents: list[StagedDocument] | None = None) -> SphinxProject:
    picture = root / "foto.png"
    picture.write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
            "1f15c4890000000a49444154789c63000100000500010d0a2db40000000049454e44ae426082"
        )
    )
    return stage(
        documents(root) if which_documents is None else which_documents,
        root / "work",
        title="Comunidad *libre*",
        source_language=SPANISH,
        assets=[("img/foto.png", picture)],
        paragraphs=lines,
    )


def build(project: SphinxProject, root: Path) -> dict[str, Path]:
    for language in LANGUAGES:
        result = build_site(
            project,
            language,
            root / str(language),
            catalogs_of(root / "locale", str(language)),
            LANGUAGES,
        )
        assert result.warnings == ()
    return {str(language): root / str(language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("staged")


@pytest.fixture(scope="module")
def sites(root: Path) -> Mapping[str, Path]:
    write_catalog(
        root / "locale",
        "en",
        "nosotros",
        {
            ("front-matter:title", "Quiénes somos"): "Who we are",
            "Nuestra comunidad": "1. Our community",
            "Hola, {{< name >}} y *todos*. Vean [el blog](blog/primera.md).": (
                "Hello, {{< name >}} and *all*. See [the blog](blog/primera.md)."
            ),
        },
    )
    write_catalog(
        root / "locale",
        "en",
        "mision",
        {
            "El capítulo tiene como misión promover el uso, el estudio y la defensa de la "
            "libertad.": "# We promote\n\n*freedom* <script>x</script>::"
        },
    )
    return build(lay_out(root), root)


def test_every_segment_is_a_message(root: Path, sites: Mapping[str, Path]) -> None:
    found = extract_templates(lay_out(root), root / "pot")
    assert [name for name, _ in found] == ["blog/primera", "mision", "nosotros"]
    assert not (root / "pot" / "index.pot").exists()
    text = (root / "pot" / "mision.pot").read_text("utf-8")
    assert text.count("\nmsgid") == 3  # with the header
    assert "<b>nada</b>" in text
    assert "Quiénes" not in (root / "pot" / "nosotros.pot").read_text("utf-8")


def test_the_index_lists_all_pages_in_the_readers_language(sites: Mapping[str, Path]) -> None:
    spanish, english = (body(page(sites[code], "index")) for code in ("es", "en"))
    titles = re.compile(r'toctree-l1"><a [^>]*>([^<]+)</a>')
    begins = "El capítulo tiene como misión promover el uso, el estudio y…"
    assert titles.findall(spanish) == ["Mi primera reunión", begins, "Quiénes somos"]
    assert titles.findall(english) == [
        "Mi primera reunión",
        "# We promote *freedom* &lt;script&gt;x&lt;/script&gt;::", "Who we are",
    ]  # fmt: skip
    assert "Documentos" in readable(spanish)
    assert "Documents" in readable(english)
    assert "<h1>Comunidad *libre*" in spanish
    assert "transpipe-notice" not in english


def test_pages_have_their_titles(sites: Mapping[str, Path]) -> None:
    english, spanish = (page(sites[code], "nosotros") for code in ("en", "es"))
    assert "<title>Who we are &#8212; Comunidad *libre*</title>" in english
    assert "<h1>Who we are<" in english
    assert "<h2>1. Our community<" in english
    assert "<h1>Quiénes somos<" in spanish
    for html in (english, spanish):
        assert re.findall(r'<section id="([^"]+)"', html) == ["quienes-somos", "nuestra-comunidad"]
    assert '<meta name="description" content="La comunidad." lang="es" />' in english


def test_plain_text_is_text(sites: Mapping[str, Path]) -> None:
    html = body(page(sites["es"], "mision"))
    assert html.count("<p>") == 2
    assert "# Esto no es un *título*: &lt;b&gt;nada&lt;/b&gt; es marcado, ni ``esto``." in html
    english = body(page(sites["en"], "mision"))
    assert "# We promote *freedom* &lt;script&gt;x&lt;/script&gt;::" in readable(english)
    assert '<p lang="es"># Esto no es' in english


def test_shortcodes_and_pictures_stay(sites: Mapping[str, Path]) -> None:
    assert "Hello, {{&lt; name &gt;}} and" in body(page(sites["en"], "nosotros"))
    assert (sites["es"] / "_images" / "foto.png").is_file()
    assert 'href="blog/primera.html"' in body(page(sites["en"], "nosotros"))


def test_pages_in_the_language_they_were_written_in_have_no_notice(
    sites: Mapping[str, Path],
) -> None:
    for path in sites["es"].rglob("*.html"):
        assert "transpipe-notice" not in path.read_text("utf-8")
    assert "Você está lendo o original em espanhol." in page(sites["pt_BR"], "mision")


def test_nothing_is_loaded_from_elsewhere(sites: Mapping[str, Path]) -> None:
    for path in sites["en"].rglob("*.html"):
        loaded = re.findall(r'<(?:script|img|link|iframe)[^>]*(?:src|href)="([^"]+)"',
                            path.read_text("utf-8"))  # fmt: skip
        assert [address for address in loaded if re.match(r"[a-z]+:|//", address)] == []
        for address in set(loaded) - {"#"}:
            file = path.parent / re.sub(r"[?#].*", "", address)
            assert "pt_BR" in address or file.is_file(), address


def test_a_second_build_touches_nothing_and_a_change_little(
    root: Path, sites: Mapping[str, Path]
) -> None:
    def times() -> dict[Path, int]:
        return {p: p.stat().st_mtime_ns for s in sites.values() for p in s.rglob("*")
                if p.is_file()}  # fmt: skip

    before, content = times(), files_of(sites["en"])
    staged = {p: p.stat().st_mtime_ns for p in (root / "work" / "source").rglob("*.*")}
    build(lay_out(root), root)
    assert times() == before
    assert staged == {p: p.stat().st_mtime_ns for p in (root / "work" / "source").rglob("*.*")}
    fewer = documents(root)[:2]
    build(lay_out(root, fewer), root)
    assert not (sites["en"] / "mision.html").exists()
    assert "mision" not in page(sites["en"], "index")
    build(lay_out(root), root)
    assert files_of(sites["en"]) == content


def test_a_new_title_reaches_the_navigation_of_other_pages(tmp_path: Path) -> None:
    project = lay_out(tmp_path)
    key = ("front-matter:title", "Quiénes somos")
    for title in ("Who", "About us"):
        write_catalog(tmp_path / "locale", "en", "nosotros", {key: title})
        build_site(
            project, ENGLISH, tmp_path / "en", catalogs_of(tmp_path / "locale", "en"), LANGUAGES
        )
        assert title in page(tmp_path / "en", "blog/primera")


def test_an_index_of_its_own_is_kept(tmp_path: Path) -> None:
    index = StagedDocument("index", tmp_path / "index.md", "markdown", "# Inicio\n\nHola.\n")
    project = lay_out(tmp_path, [*documents(tmp_path), index])
    assert project.generated == ()
    build_site(project, SPANISH, tmp_path / "es", catalogs_of(tmp_path / "locale", "es"), [])
    html = page(tmp_path / "es", "index")
    assert "<h1>Inicio" in html
    assert "Quiénes somos" in html[html.index("sphinxsidebar") :]


@pytest.mark.parametrize(
    ("second", "message"),
    [
        (("nosotros", "text"), "b.txt: has the name of a.md but for the suffix: rename one of"),
        (("b", "yaml"), "b.txt: no site can be made of the format 'yaml': leave it out, or"),
    ],
)
def test_documents_that_cannot_be_staged(
    tmp_path: Path, second: tuple[str, str], message: str
) -> None:
    first = StagedDocument("nosotros", Path("a.md"), "markdown", "x")
    other = StagedDocument(second[0], Path("b.txt"), second[1], "x")
    with pytest.raises(SiteError) as caught:
        stage([first, other], tmp_path, title="T", source_language=SPANISH)
    assert str(caught.value).startswith(message)
    assert not (tmp_path / "source").exists()


def test_a_picture_that_is_not_there(tmp_path: Path) -> None:
    gone = tmp_path / "gone.png"
    with pytest.raises(SiteError, match=r"gone\.png: cannot be copied \(no such file"):
        stage([], tmp_path / "w", title="T", source_language=SPANISH, assets=[("gone.png", gone)])


@pytest.mark.browser
def test_a_browser_shows_the_switcher_and_its_links_lead_on(sites: Mapping[str, Path]) -> None:
    chromium = which("chromium") or which("chromium-browser") or which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium: install it to run this test")
    here = sites["es"] / "blog" / "primera.html"
    for _ in range(2):
        done = subprocess.run(
            [chromium, "--headless", "--no-sandbox", "--disable-gpu",
             "--disable-background-networking", "--dump-dom", here.as_uri()],
            capture_output=True, check=True, timeout=60,
        )  # fmt: skip
        dom = done.stdout.decode()
        nav = re.search(r'<nav class="transpipe-languages".*?</nav>', dom, re.DOTALL)
        assert nav
        links = re.findall(r'href="([^"]+)" hreflang="([^"]+)"', nav[0])
        assert [code for _, code in links] == ["es", "en", "pt-BR"]
        assert nav[0].count("aria-current") == 1
        targets = {code: (here.parent / href).resolve() for href, code in links}
        assert all(target.is_file() for target in targets.values())
        here = targets["en"]


NAMES = [
    "a b/c <d>",
    "<x>",
    "t <mision>",
    "a.md",
    "x.txt",
    "[a]*?",
    "b [c",
    "e]",
    "f!",
    "^",
    "ñ\\z",
]


def test_the_index_lists_a_document_whatever_its_name(tmp_path: Path) -> None:
    titles = {name: f"Document {number}" for number, name in enumerate(("a", "mision", *NAMES))}
    documents = [
        StagedDocument(name, tmp_path / f"{title}.md", "markdown", f"# {title}\n")
        for name, title in titles.items()
    ]
    project = stage(documents, tmp_path / "w", title="T", source_language=SPANISH)
    result = build_site(project, SPANISH, tmp_path / "es", {}, [])
    assert result.warnings == ()
    index = body(page(tmp_path / "es", "index"))
    found = re.findall(r'toctree-l1"><a [^>]*href="([^"]+)\.html">([^<]+)</a>', index)
    assert len(found) == len(titles)
    assert {unquote(address): title for address, title in found} == titles


def test_warnings_name_the_document_that_was_staged(tmp_path: Path) -> None:
    document = StagedDocument("uno", Path("docs/uno.txt"), "markdown", "# U\n\n![x](gone.png)\n")
    project = stage([document], tmp_path / "w", title="T", source_language=SPANISH)
    result = build_site(project, SPANISH, tmp_path / "es", {}, [])
    assert len(result.warnings) == 1
    assert result.warnings[0].startswith("docs/uno.txt:3: WARNING: image file not readable")
