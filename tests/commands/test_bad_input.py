"""What cannot be done is said in one line, with exit code 2, and leaves every file whole."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.commands.helpers import Shell, pseudo, translate

CONFIG = 'source_language = "es"\nlanguages = ["pt"]\nsource_dir = "site"\n'
SITE = {"transpipe.toml": CONFIG, "site/a.md": "Uno\n\nDos\n"}
BROKEN = 'msgid "Uno"\nmsgstr "Um\n\nmsgid "Dos"\nmsgstr "Dois"\n'


@pytest.mark.parametrize(
    ("files", "command", "line"),
    [
        (
            {"transpipe.toml": CONFIG},
            ["extract"],
            "site: is no folder: check 'source_dir'",
        ),
        (
            {"transpipe.toml": CONFIG, "site/a.dat": ""},
            ["extract"],
            "site: holds no documents: check source_dir, include and exclude in the configuration",
        ),
        ({}, ["extract", "gone", "--output", "pot"], "gone: is not there: check the path"),
        (
            SITE,
            ["update", "-l", "xx"],
            "unknown language code 'xx': ",
        ),
        (
            {"transpipe.toml": 'languages = ["es", "espanol"]\n'},
            ["report"],
            "transpipe.toml:1: unknown language code 'espanol': ",
        ),
        (
            {"transpipe.toml": 'source_language = "es"\nlanguage = ["pt"]\n'},
            ["report"],
            "transpipe.toml:2: unknown key 'language': did you mean 'languages'?",
        ),
        (
            {"pyproject.toml": '[project]\nname = "x"\n[tool.transpipe]\nlanguages = "pt"\n'},
            ["report"],
            "pyproject.toml:4: 'languages' holds a string: give it a list of strings",
        ),
        (
            {"transpipe.toml": "languages = [\n"},
            ["report"],
            "transpipe.toml:1: is not TOML (invalid value): mend it",
        ),
        ({}, ["report"], "no configuration here or in a folder above: run 'transpipe init'"),
        (SITE, ["report"], "locale: holds no templates and no catalogs: run 'transpipe extract'"),
        (SITE, ["update"], "locale/pot: holds no templates: run 'transpipe extract' first"),
        (SITE, ["render"], "locale: is no folder of catalogs: run 'transpipe update' first"),
        ({}, ["report", "-d", "locale"], "locale: holds no catalogs: expected LANGUAGE/LC_"),
        ({}, ["check", "gone.po"], "gone.po: is not there: check the path"),
        (
            {**SITE, "site/a.md": "---\ntitle: 'a\n---\nUno\n"},
            ["extract"],
            "site/a.md:",
        ),
        (
            {**SITE, "locale/pot/a.pot": BROKEN},
            ["update"],
            "locale/pot/a.pot:2: ",
        ),
    ],
)
def test_one_line_and_exit_code_2(
    shell: Shell, files: Mapping[str, str], command: list[str], line: str
) -> None:
    shell.write(files)
    before = shell.files()
    result = shell(*command)
    assert result.code == 2
    assert result.err.startswith(line)
    assert result.err.count("\n") == 1
    assert shell.files() == before


@pytest.mark.parametrize("command", [["extract"], ["render"], ["build"]])
def test_a_document_that_is_not_utf8(shell: Shell, command: list[str]) -> None:
    shell.write(SITE)
    shell("extract")
    shell("update")
    (shell.folder / "site/a.md").write_bytes("Uno\n\ncafé\n".encode("latin-1"))
    before = shell.files()
    result = shell(*command)
    assert result.code == 2
    assert result.err == "site/a.md:3: is not UTF-8 (byte 0xe9 at offset 8): save it as UTF-8\n"
    assert shell.files() == before


@pytest.mark.parametrize("command", [["update"], ["render"], ["build"]])
def test_a_broken_catalog_stops_before_anything_is_written(
    shell: Shell, command: list[str]
) -> None:
    shell.write(SITE)
    shell("extract")
    shell("update")
    shell.write({"locale/pt/LC_MESSAGES/a.po": BROKEN})
    before = shell.files("locale"), shell.files("site")
    result = shell(*command)
    assert result.code == 2
    assert result.err.startswith("locale/pt/LC_MESSAGES/a.po:2: ")
    assert result.err.count("\n") == 1
    assert (shell.files("locale"), shell.files("site")) == before
    assert not (shell.folder / "build" / "html").exists()


@pytest.mark.parametrize("command", [["update"], ["build"]])
def test_a_broken_catalog_does_not_stop_the_other_languages(
    shell: Shell, command: list[str]
) -> None:
    shell.write({**SITE, "transpipe.toml": CONFIG.replace('["pt"]', '["en", "pt", "fr"]')})
    shell("extract")
    shell("update")
    shell.write({"locale/en/LC_MESSAGES/a.po": BROKEN, "site/a.md": "Uno\n\nTres\n"})
    shell("extract")
    result = shell(*command)
    assert result.code == 2
    assert result.err.startswith("locale/en/LC_MESSAGES/a.po:2: ")
    assert result.err.count("\n") == 1
    done = [line[:3] for line in result.out.splitlines() if line[2:3] == ":"]
    assert sorted(done) == ["fr:", "pt:"]


def test_a_move_that_cannot_be_written_loses_nothing(shell: Shell) -> None:
    shell.write(SITE)
    shell("extract")
    shell("update")
    translate(shell.folder / "locale", "pt", pseudo)
    (shell.folder / "site/z").mkdir()
    (shell.folder / "site/a.md").rename(shell.folder / "site/z/a.md")
    shell("extract")
    # A file is where the folder of the new catalog should be.
    shell.write({"locale/pt/LC_MESSAGES/z": ""})
    before = shell.files("locale/pt")
    result = shell("update")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert result.err.startswith("locale/pt/LC_MESSAGES/z/a.po: cannot be written (")
    assert shell.files("locale/pt") == before


@pytest.mark.parametrize("verb", ["check", "render", "build"])
def test_a_language_that_nobody_began(shell: Shell, verb: str) -> None:
    shell.write(SITE)
    shell("extract")
    shell("update")
    result = shell(verb, "-l", "fr")
    assert (result.code, result.err) == (
        2,
        "locale: holds no catalogs in fr: run 'transpipe update -l fr' to begin them\n",
    )


def test_templates_of_others_in_a_named_folder_stay(shell: Shell) -> None:
    shell.write(SITE)
    shell("extract")
    before = shell.files("locale")
    assert shell("extract", "--output", "locale").code == 0
    assert {name: shell.files("locale")[name] for name in before} == before


def test_nan_is_no_threshold(shell: Shell) -> None:
    shell.write(SITE)
    shell("extract")
    result = shell("report", "--fail-under", "nan")
    assert result.code == 2
    assert "is not a number" in result.err


def test_a_link_out_of_the_project_is_not_followed(shell: Shell, tmp_path_factory: Any) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    shell.write({**SITE, "transpipe.toml": CONFIG + 'output = "site/{language}/{path}"\n'})
    shell("extract")
    shell("update")
    (shell.folder / "site/pt").symlink_to(elsewhere)
    result = shell("render")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert result.err.startswith("site/pt/a.md: leads out of the project, to ")
    assert list(elsewhere.iterdir()) == []


def test_escape_sequences_are_shown_and_not_sent(shell: Shell) -> None:
    result = shell("extract", "e\x1b]0;x\x07vil.md", "--output", "pot")
    assert result.code == 2
    assert "\x1b" not in result.err
    assert "e\\x1b]0;x\\x07vil.md" in result.err


def test_report_names_a_broken_catalog_and_counts_the_rest(shell: Shell) -> None:
    shell.write({**SITE, "site/b.md": "Tres\n"})
    shell("extract")
    shell("update")
    shell.write({"locale/pt/LC_MESSAGES/a.po": BROKEN})
    result = shell("report")
    assert result.code == 2
    assert "locale/pt/LC_MESSAGES/a.po:2: " in result.err
    assert "  b  " in result.out
    assert re.search(r"^  a +unreadable$", result.out, re.MULTILINE)


def test_check_finds_a_broken_catalog(shell: Shell) -> None:
    shell.write({"a.po": BROKEN})
    result = shell("check", "a.po", "--format", "github")
    assert result.code == 1
    assert result.out.startswith("::error file=a.po,line=2,")


def test_an_output_that_cannot_be_written(shell: Shell) -> None:
    shell.write({"site/a.md": "Uno\n", "pot": "a file where a folder should be"})
    result = shell("extract", "site", "--output", "pot")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert result.err.startswith("pot/a.pot: cannot be written (")
    assert shell.read("pot") == "a file where a folder should be"


# Root writes to what is read-only unless it gives up the capability.
UNPRIVILEGED = ["setpriv", "--bounding-set", "-dac_override"] if os.geteuid() == 0 else []


@pytest.mark.parametrize(("name", "mode"), [("pot", 0o555), ("pot/a.pot", 0o444)])
def test_an_output_that_is_read_only(shell: Shell, name: str, mode: int) -> None:
    shell.write({"site/a.md": "Uno\n", "pot/a.pot": 'msgid ""\nmsgstr ""\n'})
    before = shell.files("pot")
    (shell.folder / name).chmod(mode)
    result = subprocess.run(
        [*UNPRIVILEGED, sys.executable, "-m", "transpipe", "extract", "site", "--output", "pot"],
        cwd=shell.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    (shell.folder / name).chmod(0o755)
    assert result.returncode == 2
    assert result.stderr == (
        "pot/a.pot: cannot be written (permission denied): "
        "check that the folder is writable and the disk is not full\n"
    )
    assert shell.files("pot") == before


def test_usage_errors(shell: Shell) -> None:
    for command in (
        ["extract", "site"],
        ["render", "site"],
        ["nonsense"],
        ["report", "--nonsense"],
    ):
        result = shell(*command)
        assert result.code == 2
        assert "Error: " in result.err


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_no_half_written_file(
    tmp_path: Path, kind: signal.Signals
) -> None:
    for number in range(200):
        path = tmp_path / "site" / f"{number}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(f"Párrafo {number} {line}\n\n" for line in range(20)))
    # A slow disk, so that the signal comes while files are being written. Where the tests run in
    # the background of a shell, it has had interrupts ignored by all that it starts.
    (tmp_path / "sitecustomize.py").write_text(
        "import os, signal, time\nfsync = os.fsync\n"
        "os.fsync = lambda file: (time.sleep(0.05), fsync(file))\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "transpipe", "extract", "site", "--output", "pot"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("pot/*.pot")) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(kind)
    _, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    if kind is signal.SIGINT:
        assert (process.returncode, err.strip().count("\n")) == (2, 0)
        assert err.strip().startswith("interrupted: ")
    written = list(tmp_path.glob("pot/*"))
    assert 0 < len(written) < 200
    for path in tmp_path.glob("pot/*.pot"):
        assert path.read_text().count("\nmsgid ") == 20
    assert kind is signal.SIGTERM or not [path for path in written if path.suffix == ".tmp"]
