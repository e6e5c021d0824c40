"""What `transpipe build` tells while it builds and at the end, and how much it takes at a time."""

from __future__ import annotations

import re
import subprocess
import sys
import time

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.commands.helpers import Shell
from transpipe.commands.buildprogress import Lines
from transpipe.commands.slots import at_a_time, available_memory, size
from transpipe.locales import parse_locale
from transpipe.sphinx.project import Step

PROJECT = {
    "transpipe.toml": 'source_language = "en"\nlanguages = ["es", "pt"]\n',
    "docs/conf.py": 'html_theme = "basic"\n',
    "docs/index.rst": "Welcome\n=======\n\nHello.\n\n.. toctree::\n\n   other\n",
    "docs/other.rst": "Other\n=====\n\nMore.\n",
}


def test_the_profile_and_what_the_limit_costs(shell: Shell) -> None:
    shell.write(PROJECT)
    assert (shell("extract").code, shell("update").code) == (0, 0)
    result = shell("build", "--profile", "--max-memory", "1M")
    assert result.code == 0
    assert re.fullmatch(
        r"1 at a time, for want of memory: [12] languages? would take about \d+ MiB, "
        r"and there are 1 MiB\n",
        result.err,
    )
    lines = result.out.splitlines()
    assert lines[0:2] == ["es: 2 pages in build/html/es", "pt: 2 pages in build/html/pt"]
    assert lines[2].startswith("2 languages, 4 pages, 0 warnings: ")
    head = r"es: \d+\.\d s of the processor, \d+ MiB, 2 of 2 documents read"
    assert re.fullmatch(head, lines[3])
    told = set(re.findall(r"^ +\d+\.\d\d s  (.+)$", result.out, re.MULTILINE))
    assert {"reading", "writing", "document index", "document other"} <= told


def test_a_terminal_has_a_bar_for_each_language(shell: Shell) -> None:
    shell.write(PROJECT)
    shell("extract")
    shell("update")
    spawn = (
        "import pty, sys; sys.exit(pty.spawn([sys.executable, '-m', 'transpipe', 'build']) >> 8)"
    )
    result = subprocess.run(
        [sys.executable, "-c", spawn],
        cwd=shell.folder,
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "TERM": "xterm", "COLUMNS": "100"},
        check=True,
    )
    assert b"es reading" in result.stdout or b"es writing" in result.stdout
    plain = re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", result.stdout).decode().splitlines()
    assert any(line.endswith("es: 2 pages in build/html/es") for line in plain)
    assert plain[-1].startswith("2 languages, 4 pages, 0 warnings: ")


def test_elsewhere_there_is_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    lines, spanish = Lines(), parse_locale("es")
    lines.step(spanish, Step("reading", "", 100))
    for number in range(100):
        now[0] += 1
        lines.step(spanish, Step("reading", f"page{number}", 0))
    assert capsys.readouterr().err.splitlines() == [
        "es: reading: 30 of 100 documents",
        "es: reading: 60 of 100 documents",
        "es: reading: 90 of 100 documents",
    ]


@pytest.mark.parametrize(
    ("text", "amount"),
    [("900M", 900 * 2**20), ("4G", 4 * 2**30), ("1.5 GiB", 3 * 2**29), ("77", 77), ("2kb", 2048)],
)
def test_amounts_of_memory(text: str, amount: int) -> None:
    command = click.Command("x")
    assert size(click.Context(command), click.Option(["--x"]), text) == amount


@pytest.mark.parametrize("text", ["", "G", "-1", "0", "4 apples", "1e9"])
def test_what_is_no_amount_of_memory(text: str, shell: Shell) -> None:
    shell.write(PROJECT)
    result = shell("build", "--max-memory", text)
    assert result.code == 2
    assert "is no amount of memory: write it as in 900M or 4G" in result.err


@given(
    st.lists(st.integers(1, 100), min_size=1, max_size=6), st.integers(1, 8), st.integers(1, 400)
)
def test_as_many_as_fit_and_always_one(expected: list[int], cores: int, memory: int) -> None:
    number = at_a_time(expected, cores, memory)
    most = min(cores, len(expected))
    assert 1 <= number <= most
    largest = sorted(expected, reverse=True)
    assert number == 1 or sum(largest[:number]) <= memory
    assert number == most or sum(largest[: number + 1]) > memory


def test_some_memory_is_available() -> None:
    assert available_memory() > 2**20
