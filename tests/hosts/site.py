"""A site of a generator on its way: extracted, translated, rendered, built, read."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

from tests.commands.helpers import translate
from tests.hosts.crawl import Page, broken, crawl
from transpipe.cli import run

SITES = Path(__file__).parent / "sites"
MARKS = {"es": "⟦es⟧", "pt": "⟦pt⟧", "en": "⟦en⟧"}
_NO_TEXT = re.compile(r":::.*|!!!.*|\{\{[<%].*[%>]\}\}|<[^>]*>")
_ID = re.compile(r"\s*\{#[^}]*\}$")


def missing(what: str) -> NoReturn:
    """Skip a test that lacks a site generator; where all are required, fail."""
    if os.environ.get("TRANSPIPE_HOSTS") == "required":
        pytest.fail(f"{what} is not installed: .ci/run installs what these tests need")
    pytest.skip(f"{what} is not installed: this says nothing about it")


def need(program: str) -> str:
    """Give a program's path."""
    return shutil.which(program) or missing(program)


def need_node(name: str, folder: Path) -> None:
    """Install the packages of a site from the registry that npm is set up with.

    ``TRANSPIPE_NODE_MODULES`` names a folder with what was installed before, by site.
    """
    npm = need("npm")
    version = call([need("node"), "--version"], folder)
    if int(version.removeprefix("v").partition(".")[0]) < 20:
        missing("Node.js 20 or later")
    kept = os.environ.get("TRANSPIPE_NODE_MODULES")
    if kept and (Path(kept) / name).is_dir():
        shutil.copytree(Path(kept) / name, folder / "node_modules", symlinks=True)
        return
    if os.environ.get("TRANSPIPE_HOSTS") != "required":
        pytest.skip(f"{name} is installed in CI and by 'make test-hosts': this says nothing of it")
    options = ("--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error")
    call([npm, "install", *options], folder)


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


def render(
    name: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path], None] = lambda place: None,
) -> Path:
    """Copy a site, change it, and render its documents in every language."""
    place = folder / name
    shutil.copytree(SITES / name, place)
    change(place)
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
