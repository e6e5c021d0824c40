"""`transpipe build` loses nobody's files, and reads catalogs wherever they lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.helpers import Shell, pseudo, translate

PROJECT = {
    "transpipe.toml": 'source_language = "en"\nlanguages = ["es", "pt-BR"]\n',
    "docs/conf.py": 'html_theme = "basic"\nhtml_sidebars = {"**": []}\n',
    "docs/index.rst": "Welcome\n=======\n\nHello.\n\n.. toctree::\n\n   other\n",
    "docs/other.rst": "Other\n=====\n\nMore.\n",
}


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    monkeypatch.chdir(tmp_path)
    shell = Shell(tmp_path, capsys)
    shell.write(PROJECT)
    assert (shell("extract").code, shell("update").code) == (0, 0)
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
    assert shell("build").code == 0
    shell.write({"build/html/es/CNAME": "example.org"})
    (shell.folder / "docs" / "other.rst").unlink()
    shell.write({"docs/index.rst": "Welcome\n=======\n\nHello.\n"})
    assert shell("build").code == 0
    assert "other.html" not in shell.files("build/html/es")
    assert "CNAME" in shell.files("build/html/es")


def test_no_catalog_is_compiled_among_the_users(shell: Shell) -> None:
    before = shell.files("locale")
    assert shell("build").code == 0
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
