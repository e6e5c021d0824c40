"""A bar on a terminal, and nothing where there is none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.helpers import Shell
from transpipe.project.progress import track


def test_no_terminal_no_bar(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(track(iter("abc"), "spelling")) == ["a", "b", "c"]
    assert capsys.readouterr() == ("", "")


def test_a_terminal_has_a_bar_that_goes_away(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.md").write_text("Uno\n")
    code = (
        "import pty, sys; sys.exit(pty.spawn([sys.executable, '-m', 'transpipe', 'extract', "
        "'site', '--output', 'pot']) >> 8)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "TERM": "xterm"},
        check=True,
    )
    assert b"segmenting" in result.stdout
    erase_line, lines = b"\x1b[2K", result.stdout.splitlines()
    assert erase_line in result.stdout
    assert lines[-1].endswith(b"pot: 1 template, 1 message: 1 written")
