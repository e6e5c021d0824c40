"""What a reader sees, in four themes: one project in two languages, its Spanish site in each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest
from babel import Locale

from tests.sphinx.browser import accessibility_violations, dom_of, html_errors, served
from tests.sphinx.conftest import (
    catalogs_of,
    page,
    readable,
    stock_build,
    write_catalog,
    write_files,
)
from transpipe.sphinx import SphinxProject, build_site

THEMES = ("alabaster", "furo", "sphinx_rtd_theme", "pydata_sphinx_theme")
LANGUAGES = [Locale("en"), Locale("es"), Locale("pt", "BR")]
BASES = {
    "alabaster": "https://docs.example.org/en/",
    "furo": "https://docs.example.org/guide",
    "pydata_sphinx_theme": "",
    "sphinx_rtd_theme": "",
}
CONF = """
extensions, myst_enable_extensions = ["myst_parser"], ["deflist"]
project, version, language = "Guide", "1", "en"
html_theme, html_baseurl = {theme!r}, {base!r}
figure_language_filename = "{{root}}.{{language}}{{ext}}"
"""
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000"
    "01f15c4890000000a49444154789c63000100000500010d0a2db40000000049454e44ae426082"
)
PAGES = {
    "index.md": (
        "# Welcome\n\nThis is the guide.\n\n```{toctree}\n:caption: Contents\n\n"
        "deep/guide\ncomunidad/acerca\nwhole\nnever\nmodules\n```\n"
    ),
    "deep/guide.md": (
        "# Guide\n\nOne.\n\nTwo is left.\n\n## First part\n\n- item one\n- item two\n\n"
        "| Head | Other |\n|---|---|\n| cell one | cell two |\n\n"
        "```{admonition} Beware\nInside.\n```\n\n"
        "```{figure} pic.png\n:alt: A picture\n\nThe caption.\n```\n\n"
        "```{image} other.png\n:alt: Another\n```\n\n"
        "term\n: meaning\n\n## Second part\n\nEnd.\n\n```{index} keyword\n```\n"
    ),
    "comunidad/acerca.md": "# Acerca de\n\nSomos una comunidad.\n",
    "whole.md": "# Whole\n\nSongs that were sung.\n",
    "never.md": "# Never\n\nNobody translated this.\n\n## Below\n\nText.\n",
    "modules.rst": (
        "Modules\n=======\n\n.. py:module:: thing\n\n.. py:function:: go(x)\n\n   Goes.\n"
    ),
}
SPANISH = {
    "index": {"Welcome": "Bienvenida", "This is the guide.": "Esta es la guía."},
    "deep/guide": {
        "Guide": "Guía",
        "One.": "Uno.",
        "item one": "punto uno",
        "cell one": "celda uno",
        "A picture": "Una imagen",
        "term": "término",
        "Second part": "Segunda parte",
    },
    "whole": {"Whole": "Completa", "Songs that were sung.": "Canciones que se cantaban."},
    "modules": {"Modules": "Módulos", "Goes.": "Va."},
}
GENERATED = ("search", "genindex", "py-modindex")


@dataclass(frozen=True)
class Built:
    """The project and its sites."""

    root: Path

    def site(self, theme: str, language: str = "es") -> Path:
        return self.root / theme / "html" / language


def lay_out(root: Path, theme: str) -> SphinxProject:
    conf = CONF.format(theme=theme, base=BASES[theme])
    source = write_files(root / "src", {"conf.py": conf, **PAGES})
    for name in ("pic.png", "other.png", "pic.es.png"):
        (source / "deep" / name).write_bytes(PIXEL)
    for name, messages in SPANISH.items():
        write_catalog(root / "locale", "es", name, messages)
    write_catalog(
        root / "locale",
        "pt_BR",
        "whole",
        {"Whole": "Completa", "Songs that were sung.": "Canções que eram cantadas."},
    )
    return SphinxProject(
        source, source, root / "work", Locale("en"), (("comunidad/**", Locale("es")),)
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("themes")
    for theme in THEMES:
        pytest.importorskip(theme)
        project = lay_out(root / theme, theme)
        for language in LANGUAGES if theme == "alabaster" else LANGUAGES[1:2]:
            result = build_site(
                project,
                language,
                root / theme / "html" / str(language),
                catalogs_of(root / theme / "locale", str(language)),
                LANGUAGES,
            )
            assert result.warnings == (), theme
    return Built(root)


def switcher(html: str) -> str:
    found = re.findall(r'<nav class="transpipe-languages".*?</nav>', html, re.DOTALL)
    assert len(found) == 1
    return str(found[0])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["index", "deep/guide", *GENERATED])
def test_every_page_leads_to_its_other_versions(built: Built, theme: str, name: str) -> None:
    html = page(built.site(theme), name)
    links = re.findall(r'<a href="([^"]+)" hreflang="([^"]+)"', switcher(html))
    assert [code for _, code in links] == ["en", "es", "pt-BR"]
    folder = (built.site("alabaster") / name).parent
    assert all((folder / href).is_file() for href, _ in links)
    assert html.index("transpipe-languages") > html.index('role="main"')
    assert 'href="_static/transpipe.css' in html or 'href="../_static/transpipe.css' in html


ADDRESSES = {
    "alabaster": "https://docs.example.org/{}/",
    "furo": "https://docs.example.org/guide/{}/",
    "sphinx_rtd_theme": "../{}/",
    "pydata_sphinx_theme": "../{}/",
}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["whole", "genindex"])
def test_programs_are_told_full_addresses_where_they_are_known(
    built: Built, theme: str, name: str
) -> None:
    html = page(built.site(theme), name)
    alternates = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', html))
    assert alternates == {
        code: f"{ADDRESSES[theme].format(folder)}{name}.html"
        for code, folder in (
            ("en", "en"), ("es", "es"), ("pt-BR", "pt_BR"), ("x-default", "en"),
        )
    }  # fmt: skip
    canonical = re.findall(r'<link rel="canonical" href="([^"]+)"', html)
    assert canonical == ([alternates["es"]] if BASES[theme] else [])


PIECES = [
    '<p lang="en">Two is left.</p>',
    '<h2 lang="en">First part',
    "<p>punto uno</p>",
    '<p lang="en">item two</p>',
    '<th class="head"><p lang="en">Head</p>',
    "<p>celda uno</p>",
    '<p lang="en">cell two</p>',
    '<p class="admonition-title" lang="en">Beware</p>',
    '<span class="caption-text" lang="en">The caption.</span>',
    '<img alt="Una imagen" src="../_images/pic.es.png" />',
    '<img alt="Another" lang="en" src="../_images/other.png" />',
    "<dt>término",
    '<dd><p lang="en">meaning</p>',
    "<h2>Segunda parte",
    '<a class="reference internal" href="#first-part"><span lang="en">First part</span></a>',
    '<a class="reference internal" href="../never.html"><span lang="en">Never</span></a>',
    '<a class="reference internal" href="../comunidad/acerca.html">Acerca de</a>',
]


@pytest.mark.parametrize("piece", PIECES)
def test_each_piece_says_its_language(built: Built, piece: str) -> None:
    assert piece in page(built.site("alabaster"), "deep/guide")


def test_a_page_in_another_language_says_so_as_a_whole(built: Built) -> None:
    assert '<html lang="en"' in page(built.site("alabaster"), "never")
    assert '<html lang="es"' in page(built.site("alabaster", "pt_BR"), "comunidad/acerca")
    assert '<html lang="pt-BR"' in page(built.site("alabaster", "pt_BR"), "whole")


@pytest.mark.parametrize("theme", THEMES)
def test_a_notice_gives_the_share(built: Built, theme: str) -> None:
    html = page(built.site(theme), "deep/guide")
    notice = html[html.index('class="transpipe-notice"') :].partition("</div>")[0]
    assert re.search(r"\b37\s?%", readable(notice))
    assert "transpipe-notice" not in page(built.site(theme), "whole")


# ------------------------------------------------------------------ compared with stock Sphinx


@pytest.fixture(scope="module")
def stock(built: Built) -> Path:
    output = built.root / "stock"
    stock_build(built.root / "alabaster" / "src", output)
    return output


def lines_of(folder: Path, name: str) -> list[str]:
    html = re.sub(r"\?v=[0-9a-f]+", "", page(folder, name))
    # The corrections: links between languages, their style sheet, the address of this very site.
    html = re.sub(r'<nav class="transpipe-languages".*?</nav>', "", html, flags=re.DOTALL)
    html = re.sub(r'\s*<link rel="alternate" hreflang[^>]*>', "", html)
    html = re.sub(r'<link[^>]*_static/transpipe\.css"[^>]*>', "", html)
    html = html.replace("https://docs.example.org/en/en/", "https://docs.example.org/en/")
    return [line.strip() for line in html.splitlines() if line.strip()]


@pytest.mark.parametrize("name", ["index", "deep/guide", "whole", "never", "modules", *GENERATED])
def test_an_untranslated_site_is_that_of_stock_sphinx(built: Built, stock: Path, name: str) -> None:
    ours = lines_of(built.site("alabaster", "en"), name)
    theirs = lines_of(stock, name)
    # A title in another language says so in all navigation.
    ours = [line.replace('<span lang="es">Acerca de</span>', "Acerca de") for line in ours]
    assert ours == theirs


# ------------------------------------------------------------------------------- in a browser

SEARCHES = {
    ("es", "canción"): "whole.html",  # the page has another form of the word
    ("es", "cantaron"): "whole.html",
    ("pt_BR", "cantada"): "whole.html",
    ("en", "song"): "whole.html",
}


@pytest.fixture(scope="module")
def address(built: Built) -> Iterator[str]:
    with served(built.root / "alabaster" / "html") as top:
        yield top


@pytest.mark.browser
@pytest.mark.parametrize(("language", "word"), SEARCHES)
def test_search_finds_words_of_the_language(address: str, language: str, word: str) -> None:
    dom = dom_of(f"{address}{language}/search.html?q={quote(word)}")
    results = dom[dom.index('id="search-results"') :]
    assert SEARCHES[language, word] in re.findall(r'<a href="([^"?#]+)', results)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("theme", "dark"),
    [*((theme, False) for theme in THEMES), ("furo", True), ("pydata_sphinx_theme", True)],
)
def test_switcher_and_notice_are_accessible(built: Built, theme: str, dark: bool) -> None:
    page_ = built.site(theme) / "deep" / "guide.html"
    parts = (".transpipe-languages", ".transpipe-notice")
    assert accessibility_violations(page_, *parts, dark=dark, width=400 if dark else 1200) == []


@pytest.mark.browser
def test_the_html_is_as_valid_as_that_of_stock_sphinx(built: Built, stock: Path) -> None:
    names = [f"{name}.html" for name in ("index", "deep/guide", *GENERATED)]
    theirs = html_errors(*(stock / name for name in names))
    ours = html_errors(*(built.site("alabaster") / name for name in names))
    assert {rule: count for rule, count in ours.items() if count > theirs.get(rule, 0)} == {}
