"""A project written in two languages, built in three."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from babel import Locale

from tests.sphinx.conftest import body, catalogs_of, page, write_catalog, write_files
from transpipe.sphinx import SphinxProject, build_site

CONF = """
extensions = ["myst_parser"]
language = "en"
suppress_warnings = ["myst.header"]
html_copy_source = False
"""

PAGES = {
    "conf.py": CONF,
    "index.md": (
        "# Welcome\n\nHello.\n\n```{toctree}\n"
        "deep/guide\ncomunidad/acerca\nnota\nfront\nplain\nrest\n```\n"
    ),
    "deep/guide.md": "# Guide\n\nOne.\n\nTwo.\n",
    "comunidad/acerca.md": "# Acerca de\n\nSomos una comunidad.\n",
    "nota.md": "---\nlang: es\n---\n\n# Nota\n\nEscrita en español.\n",
    "front.md": (
        "---\ntitle: Our history\ndescription: 'How it \"began\"'\ntags: [title, One.]\n---\n\n"
        "## First years\n\nOne.\n"
    ),
    "plain.md": "# Plain\n\n```{toctree}\n```\n",
    "rest.rst": ":lang: es\n\nTítulo\n======\n\nHola.\n",
}
LANGUAGES = [Locale("en"), Locale("es"), Locale("pt", "BR")]


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    root = tmp_path_factory.mktemp("languages")
    source = write_files(root / "src", PAGES)
    project = SphinxProject(
        source, source, root / "work", Locale("en"), (("comunidad/**", Locale("es")),)
    )
    locale = root / "locale"
    write_catalog(locale, "es", "index", {"Welcome": "Bienvenida", "Hello.": "Hola."})
    write_catalog(locale, "es", "deep/guide", {"Guide": "Guía", "One.": "Uno."})
    write_catalog(locale, "en", "comunidad/acerca", {"Acerca de": "About"})
    write_catalog(
        locale,
        "pt_BR",
        "front",
        {
            ("front-matter:title", "Our history"): "Nossa história",
            ("front-matter:description", 'How it "began"'): 'Como "começou"',
            "title": "título",
            "Our history": "não",
            "First years": "Primeiros anos",
            "One.": "Um.",
        },
    )
    for language in LANGUAGES:
        result = build_site(
            project, language, root / str(language), catalogs_of(locale, str(language)), LANGUAGES
        )
        assert result.warnings == ()
        assert result.pages == 7
    return {str(language): root / str(language) for language in LANGUAGES}


def notice(html: str) -> str:
    return html[html.index('<div class="transpipe-notice"') :].partition("</div>")[0]


def html_language(html: str) -> str:
    match = re.search(r'<html[^>]* lang="([^"]+)"', html)
    assert match
    return match[1]


@pytest.mark.parametrize(
    ("language", "name", "expected"),
    [
        ("en", "index", "en"),
        ("es", "index", "es"),
        ("pt_BR", "index", "en"),
        ("en", "comunidad/acerca", "en"),
        ("es", "comunidad/acerca", "es"),
        ("pt_BR", "comunidad/acerca", "es"),
        ("en", "nota", "es"),
        ("es", "nota", "es"),
        ("en", "rest", "es"),
        ("es", "rest", "es"),
        ("pt_BR", "front", "pt-BR"),
    ],
)
def test_a_page_says_the_language_it_is_in(
    sites: Mapping[str, Path], language: str, name: str, expected: str
) -> None:
    assert html_language(page(sites[language], name)) == expected


NOTICES = {
    ("en", "index"): None,
    ("es", "index"): None,
    ("es", "comunidad/acerca"): None,
    ("es", "nota"): None,
    ("es", "rest"): None,
    ("pt_BR", "front"): None,
    ("pt_BR", "index"): "ainda não foi traduzida para o português (Brasil). Você está lendo o "
    "original em inglês.",
    ("pt_BR", "nota"): "Você está lendo o original em espanhol.",
    ("es", "deep/guide"): "67",
    ("en", "nota"): "not been translated into English yet. You are reading the original in "
    "Spanish.",
    ("en", "comunidad/acerca"): "50% of this page is translated into English. What is missing is "
    "shown in Spanish.",
}


@pytest.mark.parametrize(("language", "name"), NOTICES)
def test_a_notice_stands_where_something_is_missing(
    sites: Mapping[str, Path], language: str, name: str
) -> None:
    html = page(sites[language], name)
    expected = NOTICES[language, name]
    assert ("transpipe-notice" in body(html)) == (expected is not None)
    assert expected is None or expected in html


def test_only_what_is_untranslated_is_marked(sites: Mapping[str, Path]) -> None:
    guide = body(page(sites["es"], "deep/guide"))
    assert '<p lang="en">Two.</p>' in guide
    assert "<p>Uno.</p>" in guide
    assert '<a href="../../en/deep/guide.html" hreflang="en">' in notice(guide)
    whole = body(page(sites["pt_BR"], "index"))
    assert "<p>Hello.</p>" in whole


def test_front_matter_is_translated_by_its_context_alone(sites: Mapping[str, Path]) -> None:
    html = page(sites["pt_BR"], "front")
    assert "<title>Nossa história" in html
    assert '<meta name="description" content="Como &quot;começou&quot;" lang="pt-BR" />' in html
    assert re.search(r'<section [^>]*id="our-history">\s*<h1>Nossa história', html)
    assert 'id="first-years"' in html
    assert ">Nossa história</a>" in page(sites["pt_BR"], "index")
    english = page(sites["en"], "front")
    assert "<title>Our history" in english
    assert '<meta name="description" content="How it &quot;began&quot;" lang="en" />' in english
    assert 'id="our-history"' in english
    spanish = page(sites["es"], "front")
    assert 'lang="en" />' in spanish
    assert html_language(spanish) == "en"


@pytest.mark.parametrize("name", ["index", "deep/guide", "comunidad/acerca"])
def test_every_version_of_a_page_is_linked(sites: Mapping[str, Path], name: str) -> None:
    html = page(sites["es"], name)
    folder = (sites["es"] / name).parent
    alternates = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html))
    assert list(alternates) == ["en", "es", "pt-BR", "x-default"]
    switcher = re.findall(r'<a href="([^"]+)" hreflang="([^"]+)" lang="([^"]+)"', html)
    assert [code for _, code, _ in switcher] == ["en", "es", "pt-BR"]
    for href in (*alternates.values(), *(href for href, _, _ in switcher)):
        assert (folder / href).is_file(), href
    original = "es" if name.startswith("comunidad") else "en"
    assert alternates["x-default"] == alternates[original]
    assert 'aria-label="Idiomas"' in html
    assert re.search(r'lang="es" dir="ltr" aria-current="true">Español</a>', html)
    assert ">English</a>" in html
    assert ">Português (Brasil)</a>" in html


def test_folders_as_addresses(tmp_path: Path) -> None:
    source = write_files(tmp_path / "src", PAGES)
    project = SphinxProject(source, source, tmp_path / "work", Locale("en"))
    for language in LANGUAGES[:2]:
        build_site(
            project, language, tmp_path / str(language), {}, LANGUAGES[:2],
            builder="dirhtml",
        )  # fmt: skip
    html = (tmp_path / "es" / "deep" / "guide" / "index.html").read_text("utf-8")
    assert '<a href="../../../en/deep/guide/" hreflang="en"' in html
    front = (tmp_path / "es" / "index.html").read_text("utf-8")
    assert '<a href="../en/" hreflang="en"' in front


def test_an_address_of_another_host(tmp_path: Path) -> None:
    source = write_files(
        tmp_path / "src", {"conf.py": "", "a/index.rst": "", "index.rst": "T\n=\n"}
    )
    project = SphinxProject(source, source, tmp_path / "work", Locale("en"))
    build_site(
        project, Locale("en"), tmp_path / "en", {}, LANGUAGES,
        language_url="https://{language}.example.org/",
    )  # fmt: skip
    assert 'href="https://pt_BR.example.org/index.html"' in page(tmp_path / "en", "index")


def test_direction_is_given_where_it_differs(tmp_path: Path) -> None:
    source = write_files(
        tmp_path / "src",
        {"conf.py": "extensions = ['myst_parser']\n", "index.md": "# Top\n\nOne.\n\nTwo.\n"},
    )
    write_catalog(tmp_path / "locale", "ar", "index", {"One.": "واحد."})
    project = SphinxProject(source, source, tmp_path / "work", Locale("en"))
    build_site(project, Locale("ar"), tmp_path / "ar", catalogs_of(tmp_path / "locale", "ar"), [])
    html = page(tmp_path / "ar", "index")
    assert '<p lang="en" dir="ltr">Two.</p>' in html
    assert '<h1 lang="en" dir="ltr">Top' in html
