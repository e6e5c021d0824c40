"""Projects laid out in other ways, and built by plain sphinx-build with the extension."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel import Locale

from tests.sphinx.conftest import catalogs_of, page, write_catalog, write_files
from transpipe.sphinx import SphinxProject, build_site

REST = {
    "index.rst": "Welcome\n=======\n\nHello.\n\n.. toctree::\n\n   more/other\n",
    "more/other.rst": "Other\n=====\n\nOne.\n\nTwo.\n",
    "notes/left-out.rst": "Notes\n=====\n",
}
MARKDOWN = {
    "index.md": "# Welcome\n\nHello.\n\n```{toctree}\nmore/other\n```\n",
    "more/other.md": "# Other\n\nOne.\n\nTwo.\n",
    "notes/left-out.md": "# Notes\n",
}
WELCOME = {"Welcome": "Bienvenida", "Hello.": "Hola."}
OTHER = {"Other": "Otra", "One.": "Uno."}


def sphinx_build(conf: Path, source: Path, output: Path, *options: str) -> str:
    command = [sys.executable, "-m", "sphinx", "-q", "-N", "-W", "-b", "html", "-D", "language=es"]
    done = subprocess.run(
        [*command, *options, "-c", str(conf), str(source), str(output)],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return (output / "more" / "other.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("pages", "compact"), [(REST, True), (MARKDOWN, False)], ids=["rst-compact", "myst-one-each"]
)
def test_plain_sphinx_with_the_extension(
    tmp_path: Path, pages: dict[str, str], compact: bool
) -> None:
    own = '"myst_parser", ' if pages is MARKDOWN else ""
    conf = (
        f'extensions = [{own}"transpipe.sphinx", "sphinx.ext.autodoc", "sphinx.ext.viewcode"]\n'
        f'locale_dirs = ["../translations"]\ngettext_compact = {compact}\nlanguage = "en"\n'
        'exclude_patterns = ["notes/**"]\ntranspipe_languages = ["en", "es"]\n'
        'html_context = {"mine": "kept"}\ntemplates_path = ["../conf/_templates"]\n'
    )
    template = '{% extends "!layout.html" %}{% block footer %}{{ mine }}{% endblock %}'
    write_files(tmp_path / "conf", {"conf.py": conf, "_templates/layout.html": template})
    source = write_files(tmp_path / "source", pages)
    name = "more" if compact else "more/other"
    # Sphinx looks for catalogs as seen from the folder of documents.
    write_catalog(tmp_path / "translations", "es", "index", WELCOME)
    write_catalog(tmp_path / "translations", "es", name, OTHER)
    html = sphinx_build(tmp_path / "conf", source, tmp_path / "es", "-j", "2")
    assert '<p lang="en">Two.</p>' in html
    assert "<p>Uno.</p>" in html
    assert '<html lang="es"' in html
    notice = html[html.index('class="transpipe-notice"') :].partition("</div>")[0]
    assert re.search(r"\b67\s?%", notice)
    assert '<a href="../../en/more/other.html" hreflang="en">' in notice
    assert "kept" in html
    front = (tmp_path / "es" / "index.html").read_text("utf-8")
    assert "transpipe-notice" not in front
    assert not (tmp_path / "es" / "notes").exists()


def test_a_project_whose_own_language_is_another(tmp_path: Path) -> None:
    """What conf.py says of its language is what its documents are written in."""
    pages = {"index.rst": "Inicio\n======\n\nHola.\n", "conf.py": 'language = "es"\n'}
    source = write_files(tmp_path / "src", pages)
    project = SphinxProject(source, source, tmp_path / "work", Locale("es"))
    write_catalog(tmp_path / "locale", "en", "index", {"Inicio": "Start", "Hola.": "Hello."})
    for code in ("es", "en"):
        catalogs = catalogs_of(tmp_path / "locale", code)
        languages = [Locale("es"), Locale("en")]
        build_site(project, Locale(code), tmp_path / code, catalogs, languages)
    assert "<h1>Inicio" in page(tmp_path / "es", "index")
    assert "<h1>Start" in page(tmp_path / "en", "index")
    for code in ("es", "en"):
        html = page(tmp_path / code, "index")
        assert f'<html lang="{code}"' in html
        assert "transpipe-notice" not in html
        assert '<link rel="alternate" hreflang="x-default" href="../es/index.html" />' in html


def test_reading_and_writing_in_parallel_make_the_same_site(tmp_path: Path) -> None:
    pages = {f"p{number}.rst": f"Page {number}\n=======\n\nOne.\n\nTwo.\n" for number in range(12)}
    pages["index.rst"] = "Top\n===\n\n.. toctree::\n   :glob:\n\n   p*\n"
    pages["conf.py"] = (
        'extensions = ["transpipe.sphinx"]\nlocale_dirs = ["../locale"]\n'
        'gettext_compact = False\ntranspipe_languages = ["en", "es"]\n'
    )
    source = write_files(tmp_path / "src", pages)
    for number in range(0, 12, 2):
        write_catalog(tmp_path / "locale", "es", f"p{number}", {"One.": "Uno."})
    sites = []
    for jobs in ("1", "2"):
        output = tmp_path / jobs
        command = [sys.executable, "-m", "sphinx", "-q", "-N", "-W", "-D", "language=es"]
        subprocess.run([*command, "-j", jobs, str(source), str(output)], check=True)
        sites.append({path.name: path.read_text("utf-8") for path in sorted(output.glob("*.html"))})
    assert sites[0] == sites[1]
    assert '<span lang="en">Page 1</span>' in sites[0]["index.html"]
