"""A site of a generator on its way: extracted, translated, rendered, built, read."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.commands.helpers import translate
from tests.hosts.crawl import Page, broken, crawl
from transpipe.cli import run

SITES = Path(__file__).parent / "sites"
MARKS = {"es": "⟦es⟧", "pt": "⟦pt⟧", "en": "⟦en⟧"}
_NO_TEXT = re.compile(r":::.*|!!!.*|\{\{[<%].*[%>]\}\}|<[^>]*>")
_ID = re.compile(r"\s*\{#[^}]*\}$")


def need(program: str) -> str:
    """Give a program's path. In CI a missing one is a fault; elsewhere the test is skipped."""
    found = shutil.which(program)
    if found is None:
        if os.environ.get("CI"):
            pytest.fail(f"{program} is not installed: .ci/run installs what these tests need")
        pytest.skip(f"{program} is not installed")
    return found


def call(arguments: Sequence[str | Path], folder: Path, seconds: int = 300) -> str:
    """Run a program and give what it prints; fail with it where it fails."""
    made = subprocess.run(
        [str(each) for each in arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
        env={
            **os.environ,
            "NO_COLOR": "1",
            "ASTRO_TELEMETRY_DISABLED": "1",
            "NO_UPDATE_NOTIFIER": "1",
        },
    )
    assert made.returncode == 0, made.stdout + made.stderr
    return made.stdout + made.stderr


def marked(code: str) -> Callable[[str], str]:
    """Translate by a mark at the end, before an id; what is no text stays."""

    def write(msgid: str) -> str:
        if _NO_TEXT.fullmatch(msgid):
            return msgid
        own = _ID.search(msgid)
        text = msgid[: own.start()] if own else msgid
        return f"{text} {MARKS[code]}{own[0] if own else ''}"

    return write


@dataclass(frozen=True)
class Built:
    """A site that was built."""

    folder: Path
    pages: dict[str, Page]

    def wrong(self) -> list[str]:
        """Name the links that lead nowhere."""
        return broken(self.pages, self.folder)


def render(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy a site and render its documents in every language."""
    place = folder / name
    shutil.copytree(SITES / name, place)
    monkeypatch.chdir(place)
    assert run(["extract"]) == 0
    assert run(["update"]) == 0
    for code in MARKS:
        if (place / "locale" / code).is_dir():
            translate(place / "locale", code, marked(code))
    assert run(["render"]) == 0
    assert run(["render", "--check"]) == 0
    assert run(["extract", "--check"]) == 0
    return place


def read(folder: Path) -> Built:
    """Read what a generator built."""
    return Built(folder, crawl(folder))
