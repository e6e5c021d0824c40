"""A Sphinx project all the way, with pages written in two languages, in three languages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import sphinx

from tests.commands.helpers import Shell, pseudo, translate
from transpipe.cli import run

PROJECT = {
    "transpipe.toml": (
        'source_language = "en"\nlanguages = ["es", "pt", "en"]\n'
        'source_languages = { "comunidad/**" = "es" }\n'
    ),
    "docs/conf.py": (
        'project = "P"\nextensions = ["myst_parser"]\nhtml_theme = "basic"\n'
        'html_sidebars = {"**": []}\n'
    ),
    "docs/index.md": (
        "---\ntitle: The manual\ndescription: All of it.\n---\n\n# Welcome\n\n"
        "Read [the guide][g].\n\n[g]: https://example.org/guide\n\n"
        "```{toctree}\nguide/first\ncomunidad/hola\nold\n```\n"
    ),
    "docs/guide/first.md": "# First steps\n\n1. Dig.\n",
    "docs/comunidad/hola.md": "# Hola\n\nSomos una comunidad.\n",
    "docs/old.rst": "Old page\n========\n\nIn *reST*.\n",
}


def extracted(shell: Shell) -> None:
    shell.write(PROJECT)
    for verb in ("extract", "update"):
        result = shell(verb)
        assert (result.code, result.err) == (0, "")


@pytest.fixture(scope="module")
def locale(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The templates and catalogs of the project."""
    root = tmp_path_factory.mktemp("project")
    for name, text in PROJECT.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert run(["extract"]) == run(["update"]) == 0
    return root / "locale"


@pytest.fixture
def project(shell: Shell, locale: Path) -> Shell:
    """The project with its catalogs."""
    shell.write(PROJECT)
    shutil.copytree(locale, shell.folder / "locale")
    return shell


def test_templates_are_those_of_sphinx_with_the_front_matter(project: Shell) -> None:
    assert sorted(project.files("locale/pot")) == [
        "comunidad/hola.pot",
        "guide/first.pot",
        "index.pot",
        "old.pot",
    ]
    body = project.read("locale/pot/index.pot").split("\n\n", 1)[1]
    assert body == (
        '#: docs/index.md\nmsgctxt "front-matter:title"\nmsgid "The manual"\nmsgstr ""\n\n'
        '#: docs/index.md\nmsgctxt "front-matter:description"\nmsgid "All of it."\nmsgstr ""\n\n'
        '#: docs/index.md\nmsgid "Welcome"\nmsgstr ""\n\n'
        '#: docs/index.md\nmsgid "Read [the guide][g]."\nmsgstr ""\n'
    )
    assert "#: docs/guide/first.md\n" in project.read("locale/pot/guide/first.pot")
    assert 'X-Source-Language: es\\n"' in project.read("locale/pot/comunidad/hola.pot")


@pytest.mark.skipif(sphinx.version_info < (9,), reason="Sphinx 8 leaves the backslash in the msgid")
def test_a_hard_line_break_is_told_to_translators_and_kept(shell: Shell) -> None:
    shell.write({**PROJECT, "docs/guide/first.md": "# First\n\n12 Main Street\\\nSpringfield\n"})
    shell("extract")
    shell("update")
    path = "locale/es/LC_MESSAGES/guide/first.po"
    text = shell.read(path)
    entry = "#. Hard line break after: 12 Main Street\n#: docs/guide/first.md\n"
    assert f'{entry}msgid "12 Main Street Springfield"\nmsgstr ""' in text
    lost, kept = "Calle Mayor 12 Springfield", r"Calle Mayor 12\\\nSpringfield"
    for msgstr, code in ((lost, "hard-line-break"), (kept, "no findings")):
        filled = 'Springfield"\nmsgstr "' + msgstr + '"'
        shell.write({path: text.replace('Springfield"\nmsgstr ""', filled)})
        assert code in shell("check").out
    shell("build", "-l", "es")
    assert "Calle Mayor 12<br />\nSpringfield" in shell.read("build/html/es/guide/first.html")


def test_the_strings_of_page_templates_have_a_template_too(shell: Shell) -> None:
    conf = PROJECT["docs/conf.py"] + 'templates_path = ["_templates"]\n'
    page = '{% extends "!page.html" %}{% block footer %}{{ _("Made together") }}{% endblock %}\n'
    shell.write({**PROJECT, "docs/conf.py": conf, "docs/_templates/page.html": page})
    shell("extract")
    assert '#: docs/_templates/page.html\nmsgid "Made together"' in shell.read(
        "locale/pot/sphinx.pot"
    )


def test_line_numbers_on_request(shell: Shell) -> None:
    shell.write(PROJECT)
    shell("extract", "--line-numbers")
    assert re.findall(r"#: (.*)", shell.read("locale/pot/index.pot")) == [
        "docs/index.md:2",
        "docs/index.md:3",
        "docs/index.md:6",
        "docs/index.md:8",
    ]
    assert re.findall(r"#: (.*)", shell.read("locale/pot/old.pot")) == [
        "docs/old.rst:2",
        "docs/old.rst:4",
    ]


def test_each_page_has_catalogs_in_the_other_languages(project: Shell) -> None:
    assert sorted(project.files("locale/es")) == [
        "LC_MESSAGES/guide/first.po",
        "LC_MESSAGES/index.po",
        "LC_MESSAGES/old.po",
    ]
    assert sorted(project.files("locale/en")) == ["LC_MESSAGES/comunidad/hola.po"]
    assert len(project.files("locale/pt")) == 4


def test_a_second_run_writes_nothing(shell: Shell) -> None:
    extracted(shell)
    before = shell.files("locale")
    assert shell("extract").out == "locale/pot: 4 templates, 10 messages: 0 written\n"
    shell("update")
    assert shell.files("locale") == before
    assert shell("extract", "--check").code == 0
    assert shell("update", "--check").code == 0


def test_three_languages(project: Shell) -> None:
    for code in ("es", "pt", "en"):
        translate(project.folder / "locale", code, pseudo)
    result = project("build")
    assert result.code == 0
    *lines, summary = result.out.splitlines()
    assert sorted(lines) == [
        "en: 4 pages in build/html/en",
        "es: 4 pages in build/html/es",
        "pt: 4 pages in build/html/pt",
    ]
    took = r"\d+\.\d s, at most [1-9]\d+ MiB in a process"
    assert re.fullmatch(rf"3 languages, 12 pages, 0 warnings: {took}", summary)
    assert result.err == ""
    for code in ("es", "pt"):
        page = project.read(f"build/html/{code}/index.html")
        assert f'<html lang="{code}"' in page
        assert "<title>The manual ⟦x⟧" in page
        assert '<meta name="description" content="All of it. ⟦x⟧"' in page
        assert 'href="https://example.org/guide">the guide</a>. ⟦x⟧' in page
        assert 'id="welcome"' in page
        assert "Dig. ⟦x⟧" in project.read(f"build/html/{code}/guide/first.html")
        assert "In <em>reST</em>. ⟦x⟧" in project.read(f"build/html/{code}/old.html")
    assert "<p>Dig.</p>" in project.read("build/html/en/guide/first.html")
    assert "⟦x⟧" in project.read("build/html/en/comunidad/hola.html")
    assert "Somos una comunidad.</p>" in project.read("build/html/es/comunidad/hola.html")
    assert "Somos una comunidad. ⟦x⟧" in project.read("build/html/pt/comunidad/hola.html")
    times = {
        path: path.stat().st_mtime_ns for path in (project.folder / "build/html").rglob("*.html")
    }
    project("build", "-l", "pt")
    assert times == {path: path.stat().st_mtime_ns for path in times}


def test_a_conf_that_raises_fails_each_language_and_leaves_the_sites(project: Shell) -> None:
    assert project("build", "-l", "es").code == 0
    before = project.files("build/html")
    conf = project.read("docs/conf.py")
    project.write({"docs/conf.py": conf + "\nraise ValueError('no')\n"})
    result = project("build", "-l", "es,pt")
    assert result.code == 2
    assert result.err == ("docs/conf.py:6: raises ValueError: no (building es, pt): mend it\n")
    assert project.files("build/html") == before
    result = project("extract")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "docs/conf.py:6: " in result.err


def test_another_builder(project: Shell) -> None:
    translate(project.folder / "locale", "es", pseudo)
    assert project("build", "-l", "es", "-b", "text", "--output", "out").code == 0
    assert "In *reST*. ⟦x⟧" in project.read("out/es/old.txt")


def test_a_builder_that_is_not_there(project: Shell) -> None:
    result = project("build", "-l", "es", "-b", "nonsense")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "nonsense" in result.err


@pytest.mark.corpus
def test_the_seed_documents_as_a_site(shell: Shell, corpora: Path) -> None:
    seeds = {
        f"docs/{path.name}": path.read_text()
        for path in (corpora / "community" / "seeds").iterdir()
    }
    shell.write(
        {
            **seeds,
            "transpipe.toml": 'source_language = "es"\nlanguages = ["es", "pt", "en"]\n',
        }
    )
    assert shell("extract").code == 0
    assert shell("update").code == 0
    count = translate(shell.folder / "locale", "pt", pseudo)
    translate(shell.folder / "locale", "en", pseudo)
    result = shell("build")
    assert result.code == 0
    assert "5 pages" not in result.out
    plain = next(path for path in seeds if "/002" in path)
    lines = [line for line in seeds[plain].splitlines() if line.strip()]
    seen = 0
    for code in ("es", "pt", "en"):
        pages = sorted((shell.folder / "build/html" / code).glob("00*.html"))
        assert len(pages) == 3
        for path in pages:
            text = path.read_text()
            assert "+++" not in text
            assert "reward" not in text
            assert "postDate" not in text
            seen += text.count("⟦x⟧")
        last = pages[-1].read_text()
        assert [f"<p>{line.strip()}" in last for line in lines] == [True] * len(lines)
    assert seen >= 2 * count
