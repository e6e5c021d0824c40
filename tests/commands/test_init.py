"""``transpipe init``: nothing that is there is changed, and what it writes can be used."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scaffold.trees import catalog, pages, plant
from transpipe.cli import run
from transpipe.config import load_config
from transpipe.documents.discover import discover
from transpipe.scaffold.names import split_name

HUGO = {
    "hugo.toml": 'defaultContentLanguage = "es"\n',
    **pages("content/a.md", "content/a.en.md", "content/a.es.md"),
}
SPHINX = {
    "docs/conf.py": "extensions = []\n",
    "docs/index.rst": "x\n",
    "locale/es/LC_MESSAGES/index.po": catalog(),
}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, and no terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return tmp_path


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Somebody who types."""

    def types(*lines: str) -> None:
        stdin = io.StringIO("".join(f"{line}\n" for line in lines))
        monkeypatch.setattr(stdin, "isatty", lambda: True)
        monkeypatch.setattr("sys.stdin", stdin)

    return types


def test_a_hugo_site(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(plant(here, HUGO))
    assert run(["init", "--yes"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out == (
        "Found a Hugo site, its documents in content/ (3); the source language: Spanish (es); "
        "other languages: English (en)\n"
        "wrote transpipe.toml\n"
        "wrote Makefile\n"
        "wrote .github/workflows/transpipe.yml\n"
        "wrote .gitignore\n"
        "note: 1 page has both X.md and X.es.md: X.es.md is the source, the other is in "
        "'exclude'\n"
        "note: 1 translated document stands where 'transpipe render' writes: it leaves them as "
        "they are, and 'transpipe adopt' takes their translations into the catalogs\n"
        "next:\n"
        "  transpipe extract   segment the documents into templates\n"
        "  transpipe update    start the catalogs, and later bring them up to date\n"
        "  transpipe report    show how complete each language is\n"
        "  transpipe render    write the translated documents\n"
    )
    after = contents(here)
    assert {name: after[name] for name in before} == before
    config = load_config(here / "transpipe.toml")
    assert (str(config.source_language), list(map(str, config.languages))) == ("es", ["en"])
    assert config.settings.exclude == ("**/*.en.md", "a.md")


def test_a_sphinx_project_with_catalogs(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, SPHINX)
    assert run(["init", "--yes"]) == 0
    assert "  transpipe build     build the site in every language" in capsys.readouterr().out
    config = load_config(here / "transpipe.toml")
    assert config.is_sphinx_project
    assert (config.locale_dir, list(map(str, config.languages))) == (here / "locale", ["en", "es"])


@pytest.mark.parametrize("tree", [HUGO, SPHINX, pages("a.md", "a.es.md", "b.txt")])
@pytest.mark.parametrize("more", [{}, {"pyproject.toml": "[project]"}, {"Makefile": "all:\n"}])
def test_a_second_run_changes_nothing(
    here: Path,
    capsys: pytest.CaptureFixture[str],
    tree: dict[str, str],
    more: dict[str, str],
) -> None:
    plant(here, tree | more)
    assert run(["init", "--yes"]) == 0
    first = contents(here)
    capsys.readouterr()
    # Without --yes, and with other answers: what is configured is not asked again.
    assert run(["init", "-l", "fr"]) == 0
    assert contents(here) == first
    out = capsys.readouterr().out
    name = "pyproject.toml" if "pyproject.toml" in more else "transpipe.toml"
    reason = "it has a [tool.transpipe] table" if "pyproject.toml" in more else "it exists"
    assert f"kept {name}: {reason}\n" in out
    assert "kept .github/workflows/transpipe.yml: it exists\n" in out
    assert "wrote" not in out
    assert "added" not in out


def test_files_that_exist_are_left_byte_for_byte(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(here, HUGO)
    (here / ".github/workflows").mkdir(parents=True)
    kept = {
        "transpipe.toml": b'# mine\r\nlanguages = ["fr"]',
        "Makefile": b"all:\n\techo \xff",
        "transpipe.mk": b"",
        ".github/workflows/transpipe.yml": b"\xef\xbb\xbfmine",
        ".gitignore": b"*.pyc",
    }
    for name, data in kept.items():
        (here / name).write_bytes(data)
    before = contents(here)
    assert run(["init", "--yes"]) == 0
    assert contents(here) == before
    out = capsys.readouterr().out
    assert [f"kept {name}: it exists" in out for name in kept] == [True] * 5
    assert "note: add this line at the end of Makefile: include transpipe.mk\n" in out


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_a_pyproject_keeps_every_byte(
    here: Path, capsys: pytest.CaptureFixture[str], newline: bytes, last: bool
) -> None:
    plant(here, HUGO)
    path = here / "pyproject.toml"
    before = newline.join([b"[project]", 'name = "ñ"'.encode()]) + (newline if last else b"")
    path.write_bytes(before)
    path.chmod(0o640)
    assert run(["init", "--yes"]) == 0
    assert "added [tool.transpipe] to pyproject.toml\n" in capsys.readouterr().out
    after = path.read_bytes()
    assert after.startswith(before)
    assert after[len(before) :].lstrip().startswith(b"[tool.transpipe]" + newline)
    assert after.count(b"\n") == after.count(newline)
    assert path.stat().st_mode & 0o777 == 0o640
    assert str(load_config(path).source_language) == "es"
    assert not (here / "transpipe.toml").exists()


@pytest.mark.parametrize(
    ("tree", "options", "error"),
    [
        (
            pages("a.md"),
            [],
            (
                "the source language is not known: give it with --source-language CODE and the "
                "languages to translate into with -l CODE"
            ),
        ),
        (
            pages("a.md"),
            ["-l", "es"],
            "the source language is not known: give it with --source-language CODE",
        ),
        (
            pages("a.md"),
            ["--source-language", "en"],
            "the languages to translate into are not known: give each with -l CODE",
        ),
        (
            {"hugo.toml": "", **pages("content/a.md")},
            [],
            "the languages to translate into are not known: give each with -l CODE",
        ),
        (
            pages("a.md"),
            ["-l", "qq"],
            "unknown language code 'qq': ",
        ),
        (
            pages("a.md"),
            ["--source-language", "klingon"],
            "unknown language code 'klingon': ",
        ),
        (pages("a.md"), ["nowhere"], "nowhere: is no folder: give the folder of a project"),
        (
            pages("a.md"),
            ["--source-dir", "nowhere"],
            "nowhere: is no folder: give the folder of documents",
        ),
    ],
)
@pytest.mark.parametrize("yes", [True, False])
def test_no_answer(
    here: Path,
    capsys: pytest.CaptureFixture[str],
    tree: dict[str, str],
    options: list[str],
    error: str,
    yes: bool,
) -> None:
    before = contents(plant(here, tree))
    assert run(["init", *options, *(["--yes"] if yes else [])]) == 2
    err = capsys.readouterr().err
    assert err.startswith(error)
    assert err.count("\n") == 1
    assert contents(here) == before


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("pyproject.toml", b"[project]\nx =\n", "pyproject.toml:2: is not TOML"),
        ("pyproject.toml", b"x = '\xff'", "pyproject.toml:1: is not UTF-8"),
        ("transpipe.toml", b"langages = []", "transpipe.toml:1: unknown key 'langages'"),
    ],
)
def test_a_configuration_that_cannot_be_used(
    here: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes, error: str
) -> None:
    plant(here, HUGO)
    (here / name).write_bytes(data)
    before = contents(here)
    assert run(["init", "--yes"]) == 2
    err = capsys.readouterr().err
    assert error in err
    assert err.count("\n") == 1
    assert contents(here) == before


def test_a_folder_of_documents_outside_is_refused(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "project").mkdir()
    plant(here, pages("docs/a.md"))
    assert run(["init", "project", "--source-dir", "../docs", "-l", "es"]) == 2
    assert "--source-dir is not in the project" in capsys.readouterr().err


def test_options_answer(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {**HUGO, **pages("guide/a.md"), "texts/pt/LC_MESSAGES/a.po": catalog()})
    arguments = ["--source-language", "en", "--source-dir", "guide", "--locale-dir", "texts"]
    assert run(["init", *arguments, "-l", "es,pt-br", "-l", "fr", "-q"]) == 0
    assert capsys.readouterr().out == ""
    settings = load_config(here / "transpipe.toml").settings
    assert (settings.source_language, settings.languages) == ("en", ("es", "pt_BR", "fr"))
    assert (settings.source_dir, settings.locale_dir) == ("guide", "texts")
    assert settings.output == "build/render/{language}/{path}"


def test_another_source_language_than_the_one_found(here: Path) -> None:
    plant(here, HUGO)
    assert run(["init", "--yes", "--source-language", "en"]) == 0
    settings = load_config(here / "transpipe.toml").settings
    assert (settings.source_language, settings.languages) == ("en", ("es",))
    assert settings.exclude == ("**/*.es.md", "a.md")


def test_another_folder(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plant(here, {f"site/{name}": text for name, text in HUGO.items()})
    (here / ".git").mkdir()
    assert run(["init", "site", "-v"]) == 0
    out = capsys.readouterr().out
    assert "next, in site:\n" in out
    assert f"GitHub reads workflows in {here / '.github/workflows'}: move" in out
    assert "with 'working-directory: site' on its steps" in out
    assert "--- transpipe.toml\n# The configuration of transpipe.\n" in out
    assert load_config(here / "site" / "transpipe.toml").source_dir == here / "site" / "content"
    assert not (here / "transpipe.toml").exists()


def test_questions_propose_what_was_found(
    here: Path, terminal: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    plant(here, HUGO)
    terminal("", "", "", "")
    assert run(["init"]) == 0
    asked = capsys.readouterr().out
    assert "Folder of documents [content]: " in asked
    assert "Language they are written in (a code: en, es, pt_BR) [es]: " in asked
    assert "Languages to translate into (codes, with commas) [en]: " in asked
    assert "Folder of catalogs [locale]: " in asked
    settings = load_config(here / "transpipe.toml").settings
    assert (settings.source_dir, settings.languages) == ("content", ("en",))


def test_questions_are_asked_until_the_answer_can_be_used(
    here: Path, terminal: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    plant(here, {**pages("docs/a.md", "guide/b.md")})
    terminal("nowhere", "../..", "guide", "klingon", "es", ",", "pt en,fr", "po")
    assert run(["init"]) == 0
    captured = capsys.readouterr()
    said = captured.out + captured.err
    assert "Error: nowhere: is no folder: give the folder of documents" in said
    assert "Error: ../..: the folder of documents is not in the project" in said
    assert "Error: unknown language code 'klingon'" in said
    assert "Error: no language: give a code such as es, pt or pt_BR" in said
    settings = load_config(here / "transpipe.toml").settings
    assert (settings.source_dir, settings.locale_dir) == ("guide", "po")
    assert (settings.source_language, settings.languages) == ("es", ("pt", "en", "fr"))


def test_a_question_left_unanswered_writes_nothing(
    here: Path, terminal: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(plant(here, HUGO))
    terminal("content")
    assert run(["init"]) == 2
    assert "interrupted" in capsys.readouterr().err
    assert contents(here) == before


def test_what_options_answer_is_not_asked(here: Path, terminal: Callable[..., None]) -> None:
    plant(here, pages("docs/a.md"))
    terminal()
    arguments = ["--source-dir", "docs", "--locale-dir", "po", "--source-language", "es"]
    assert run(["init", *arguments, "-l", "en"]) == 0


@pytest.mark.corpus
def test_the_seed_site(corpora: Path, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(corpora / "community" / "osslat-site", here, dirs_exist_ok=True)
    for path in (here, *here.rglob("*")):
        path.chmod(path.stat().st_mode | 0o200)
    before = contents(here)
    assert run(["init", "--yes"]) == 0
    after = contents(here)
    assert {name: after[name] for name in before} == before
    config = load_config(here / "transpipe.toml")
    assert str(config.source_language) == "es"
    assert list(map(str, config.languages)) == ["en", "pt"]
    settings = config.settings
    documents = discover(config.source_dir, settings.include, settings.exclude)
    chosen = [split_name(document.relative)[0] for document in documents]
    assert len(chosen) == len(set(chosen)) == 41
    # No rendered document is written over a source.
    places = {
        settings.output.format(name=stem, suffix=suffix, language=language)
        for stem, suffix in chosen
        for language in config.languages
    }
    assert len(places) == 82
    assert not places & {f"content/{document.relative}" for document in documents}
    assert re.search("^note: 32 pages have both", capsys.readouterr().out, re.MULTILINE)
