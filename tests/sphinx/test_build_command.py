"""`transpipe build` loses nobody's files, and reads catalogs wherever they lie."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.commands.helpers import Shell, pseudo, translate
from tests.sphinx.conftest import write_files
from transpipe.cli import run

PROJECT = {
    "transpipe.toml": 'source_language = "en"\nlanguages = ["es", "pt-BR"]\n',
    "docs/conf.py": 'html_theme = "basic"\nhtml_sidebars = {"**": []}\n',
    "docs/index.rst": "Welcome\n=======\n\nHello.\n\n.. toctree::\n\n   other\n",
    "docs/other.rst": "Other\n=====\n\nMore.\n",
}


@pytest.fixture(scope="module")
def catalogs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The templates and catalogs of the project, without translations."""
    root = write_files(tmp_path_factory.mktemp("project"), PROJECT)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert run(["extract"]) == run(["update"]) == 0
    return root / "locale"


@pytest.fixture
def shell(
    catalogs: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Shell:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(catalogs, tmp_path / "locale")
    shell = Shell(tmp_path, capsys)
    shell.write(PROJECT)
    return shell


@pytest.mark.parametrize("output", ["locale", "docs", "."])
def test_an_output_given_by_mistake_loses_nothing(shell: Shell, output: str) -> None:
    shell.write({"es/notes.txt": "mine"})
    before = {name: data for name, data in shell.files().items() if not name.startswith("build/")}
    result = shell("build", "-l", "es", "--output", output)
    after = shell.files()
    assert {name: after.get(name) for name in before} == before
    if output != ".":
        assert (result.code, result.err.count("\n")) == (2, 1)
        assert result.err.startswith(f"{output}/es: no site can be put here, because it lies in")


def test_pages_of_documents_that_are_gone_go(shell: Shell) -> None:
    assert shell("build", "-l", "es").code == 0
    shell.write({"build/html/es/CNAME": "example.org"})
    (shell.folder / "docs" / "other.rst").unlink()
    shell.write({"docs/index.rst": "Welcome\n=======\n\nHello.\n"})
    assert shell("build", "-l", "es").code == 0
    assert "other.html" not in shell.files("build/html/es")
    assert "CNAME" in shell.files("build/html/es")


def test_no_catalog_is_compiled_among_the_users(shell: Shell) -> None:
    before = shell.files("locale")
    assert shell("build", "-l", "es").code == 0
    assert shell.files("locale") == before


def test_another_spelling_of_a_language(shell: Shell) -> None:
    (shell.folder / "locale" / "pt_BR").rename(shell.folder / "locale" / "pt-br")
    translate(shell.folder / "locale", "pt-BR", pseudo)
    assert shell("build", "-l", "pt-BR").code == 0
    assert "Hello. ⟦x⟧" in shell.read("build/html/pt_BR/index.html")


def test_warnings_are_whole_in_order_and_once(shell: Shell) -> None:
    shell.write({"docs/other.rst": "Other\n====\n\nMore.\n\n.. nonsense:: x\n\n   y\n"})
    result = shell("build")
    assert result.code == 0
    lines = result.err.splitlines()
    first = lines.index("docs/other.rst:2: WARNING: Title underline too short.")
    assert lines[first + 1 : first + 4] == ["", "Other", "==== [docutils]"]
    assert result.err.count("Title underline too short") == 1
    assert result.err.count("nonsense:: x") == 1


FAULTY = {
    "docs/index.rst": "Welcome\n=======\n\nHello.\n\n.. toctree::\n\n   other\n   third\n",
    "docs/other.rst": "Other\n====\n\nMore :doc:`nowhere`.\n",
    "docs/third.rst": "Third\n=====\n\nSee :doc:`index`.\n",
}


def test_warnings_of_unchanged_pages_are_not_forgotten(shell: Shell) -> None:
    shell.write(FAULTY)
    assert (shell("extract").code, shell("update").code) == (0, 0)
    translate(shell.folder / "locale", "es", pseudo)
    first = shell("build", "-l", "es", "-W")
    assert first.code == 1
    assert "Title underline too short" in first.err  # of reading
    assert "unknown document: 'nowhere'" in first.err  # of writing
    again = shell("build", "-l", "es", "-W")
    assert (again.code, sorted(again.err.splitlines())) == (1, sorted(first.err.splitlines()))
    shell.write({"docs/third.rst": "Third\n=====\n\nSee :doc:`index` now.\n"})
    other_page = shell("build", "-l", "es", "-W")
    assert sorted(other_page.err.splitlines()) == sorted(first.err.splitlines())
    shell.write({"docs/other.rst": "Other\n=====\n\nMore.\n"})
    mended = shell("build", "-l", "es", "-W")
    assert (mended.code, mended.err) == (0, "")
    assert shell("build", "-l", "es", "-W").code == 0


def test_an_interrupted_run_leaves_no_warning_unsaid(shell: Shell) -> None:
    shell.write(FAULTY)
    assert shell("build", "-l", "es", "-W").code == 1
    for path in (shell.folder / "build" / "transpipe").rglob("transpipe-warnings.json"):
        path.unlink()
    assert "unknown document: 'nowhere'" in shell("build", "-l", "es", "-W").err


def test_a_lost_reference_is_named_in_the_catalog_until_it_is_mended(shell: Shell) -> None:
    shell.write(FAULTY | {"docs/other.rst": "Other\n=====\n\nMore.\n"})
    assert (shell("extract").code, shell("update").code) == (0, 0)
    catalog = shell.folder / "locale/es/LC_MESSAGES/third.po"
    text = catalog.read_text("utf-8")
    msgid = 'msgid "See :doc:`index`."\n'
    faulty = text.replace(msgid + 'msgstr ""', msgid + 'msgstr "Véase."')
    line = text[: text.index(msgid)].count("\n") + 1
    catalog.write_text(faulty, "utf-8")
    for _ in range(2):
        result = shell("build", "-l", "es", "-W")
        assert result.code == 1
        assert result.err == (
            f"locale/es/LC_MESSAGES/third.po:{line}: WARNING: the references of the translation "
            "are not those of its source: it lacks :doc:`index`: “See :doc:`index`.” "
            "(third.rst:4) [transpipe.references]\n"
        )
        assert "Véase." in shell.read("build/html/es/third.html")
    catalog.write_text(faulty.replace(msgid, "#, noqa\n" + msgid), "utf-8")
    assert shell("build", "-l", "es", "-W").code == 0
    catalog.write_text(faulty.replace("Véase.", "Véase. # noqa"), "utf-8")
    assert shell("build", "-l", "es", "-W").code == 0
    assert "noqa" not in shell.read("build/html/es/third.html")
