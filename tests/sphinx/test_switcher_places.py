"""A project shows the switcher where it wants, in each theme; pages run in either direction."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel import Locale

from tests.sphinx.conftest import catalogs_of, page, write_catalog, write_files
from transpipe.sphinx import SphinxProject, build_site

PLACES = {
    "alabaster": (
        'html_sidebars = {"**": ["about.html", "transpipe/languages.html", "navigation.html"]}\n',
        '<div class="sphinxsidebar"',
    ),
    "furo": (
        'html_sidebars = {"**": ["sidebar/brand.html", "transpipe/languages.html"]}\n',
        '<aside class="sidebar-drawer">',
    ),
    "pydata_sphinx_theme": (
        'html_theme_options = {"navbar_end": ["transpipe/languages.html"]}\n',
        "<header ",
    ),
    "sphinx_rtd_theme": ('templates_path = ["_templates"]\n', '<nav data-toggle="wy-nav-shift"'),
}
RTD_LAYOUT = (
    '{% extends "!layout.html" %}\n'
    '{% block menu %}{% include "transpipe/languages.html" %}{{ super() }}{% endblock %}\n'
)


@pytest.mark.parametrize("theme", PLACES)
def test_the_switcher_stands_where_a_template_puts_it(tmp_path: Path, theme: str) -> None:
    pytest.importorskip(theme)
    setting, place = PLACES[theme]
    source = write_files(
        tmp_path / "src",
        {
            "conf.py": (
                f'html_theme = "{theme}"\ntranspipe_languages_on_top = False\n'
                f'html_context = {{"mine": "kept"}}\n{setting}'
            ),
            "_templates/layout.html": RTD_LAYOUT if theme == "sphinx_rtd_theme" else "",
            "index.rst": "Title\n=====\n\nText.\n",
        },
    )
    if theme != "sphinx_rtd_theme":
        (source / "_templates" / "layout.html").unlink()
    project = SphinxProject(source, source, tmp_path / "work", Locale("en"))
    languages = [Locale("en"), Locale("es")]
    result = build_site(project, Locale("es"), tmp_path / "es", {}, languages)
    assert result.warnings == ()
    for name in ("index", "search", "genindex"):
        html = page(tmp_path / "es", name)
        # pydata-sphinx-theme has its header twice, for wide and for narrow windows.
        times = 2 if theme == "pydata_sphinx_theme" else 1
        assert html.count('class="transpipe-languages"') == times, name
        assert html.index(place) < html.index('class="transpipe-languages"'), name
        assert "_static/transpipe.css" in html
    main = re.split(r'role="main"', page(tmp_path / "es", "index"))[1]
    assert "transpipe-notice" in main


@pytest.mark.parametrize("builder", ["html", "singlehtml", "epub"])
def test_pages_run_in_the_direction_of_their_language(tmp_path: Path, builder: str) -> None:
    source = write_files(
        tmp_path / "src",
        {
            "conf.py": "copyright = version = '1'\nepub_show_urls = 'no'\n",
            "index.rst": "Top\n===\n\nOne.\n\nTwo.\n\n.. toctree::\n\n   other\n",
            "other.rst": "Other\n=====\n\nThree.\n",
        },
    )
    write_catalog(tmp_path / "locale", "ar", "index", {"One.": "واحد."})
    project = SphinxProject(source, source, tmp_path / "work", Locale("en"))
    languages = [Locale("en"), Locale("ar")]
    arabic = Locale("ar")
    catalogs = catalogs_of(tmp_path / "locale", "ar")
    build_site(project, arabic, tmp_path / "ar", catalogs, languages, builder=builder)
    suffix = "xhtml" if builder == "epub" else "html"
    html = (tmp_path / "ar" / f"index.{suffix}").read_text("utf-8")
    assert re.search(r'<html [^>]*\blang="ar"[^>]* dir="rtl"', html)
    assert '<p lang="en" dir="ltr">Two.</p>' in html
    assert "<p>واحد.</p>" in html
    if builder == "singlehtml":
        assert re.search(r'<section [^>]*lang="en" dir="ltr"[^>]*>\s*<h2>Other', html)
        return
    assert '><span lang="en" dir="ltr">Other</span></a>' in html
    other = (tmp_path / "ar" / f"other.{suffix}").read_text("utf-8")
    assert re.search(r'<html [^>]*\blang="en"[^>]* dir="ltr"', other)
    if builder == "html":
        # Our own texts are in English where nobody has translated them into Arabic.
        assert '<nav class="transpipe-languages" lang="en" dir="ltr"' in html
        assert 'lang="ar" dir="rtl" aria-current="true">العربية</a>' in html
