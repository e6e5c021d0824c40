"""The command line as a whole: what it imports, how it answers, what it says of itself."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import transpipe
from transpipe.cli import VERBS, run
from transpipe.errors import TranspipeError

HEAVY = ("sphinx", "docutils", "myst_parser", "markdown_it", "polib", "rapidfuzz")


def modules_after(*arguments: str | Path) -> set[str]:
    """Run the command line in a new interpreter and give the top-level modules it imported."""
    code = (
        "import sys; from transpipe.cli import run; "
        f"code = run({[str(argument) for argument in arguments]!r}); "
        "print(*{name.partition('.')[0] for name in sys.modules}, sep=' ', file=sys.stderr); "
        "sys.exit(code)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return set(result.stderr.split())


def test_the_version_needs_nothing_heavy() -> None:
    assert modules_after("--version").isdisjoint({*HEAVY, "babel.dates", "rich", "jinja2"})


def test_a_report_needs_no_parser_of_documents(tmp_path: Path) -> None:
    path = tmp_path / "es" / "LC_MESSAGES" / "a.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "a"\nmsgstr "b"\n'
    )
    assert modules_after("report", "-d", tmp_path).isdisjoint(HEAVY)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"transpipe, version {transpipe.__version__}\n"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_says_what_it_does(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([verb, "--help"]) == 0
    text = capsys.readouterr().out
    assert text.startswith(f"Usage: transpipe {verb} ")
    assert "--quiet" in text


def test_an_unexpected_error_is_one_line_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("TRANSPIPE_DEBUG", raising=False)
    monkeypatch.setattr("transpipe.cli.cli.main", lambda **_: 1 / 0)
    assert run(["report"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("internal error (ZeroDivisionError: division by zero): please report")
    assert err.count("\n") == 1


def test_an_error_of_several_lines_is_told_in_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(**_: object) -> None:
        raise TranspipeError("one\ntwo", "do that", path="a.po", line=3)

    monkeypatch.setattr("transpipe.cli.cli.main", fail)
    assert run([]) == 2
    assert capsys.readouterr().err == "a.po:3: one two: do that\n"


@pytest.mark.parametrize("color", [True, False])
def test_no_color(color: bool, tmp_path: Path) -> None:
    """On a terminal a report has styles, unless NO_COLOR is set."""
    path = tmp_path / "es" / "LC_MESSAGES" / "a.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n')
    code = (
        "import pty, sys; sys.exit(pty.spawn([sys.executable, '-m', 'transpipe', 'report', '-d', "
        f"{str(tmp_path)!r}]) >> 8)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "TERM": "xterm", **({} if color else {"NO_COLOR": "1"})},
        check=True,
    )
    assert (b"\x1b[" in result.stdout) is color
