"""Sites written for the tests, built by transpipe and by stock Sphinx."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import transpipe
from tests.sphinx.forking import forking
from transpipe.sphinx import runs

Messages = Mapping[Any, str]
"""msgid, or (msgctxt, msgid), to msgstr."""


@pytest.fixture(scope="session", autouse=True)
def compiled_interface_texts() -> None:
    """Compile the extension's own catalogs beside their sources, as an installation has them."""
    for po in (Path(transpipe.__file__).parent / "locale").rglob("*.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            with po.open("rb") as source, mo.open("wb") as target:
                write_mo(target, read_po(source))


@pytest.fixture(scope="session", autouse=True)
def forked_runs() -> Iterator[None]:
    """Fork for each run of Sphinx, as :mod:`tests.sphinx.forking` says."""
    if os.environ.get("TRANSPIPE_PROCESSES"):
        yield
        return
    with forking() as processes, pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "subprocess", processes)
        yield


def write_files(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def write_catalog(locale_dir: Path, language: str, name: str, messages: Messages) -> Path:
    catalog = Catalog(locale=language)
    for key, msgstr in messages.items():
        context, msgid = key if isinstance(key, tuple) else (None, key)
        catalog.add(msgid, msgstr, context=context)
    path = locale_dir / language / "LC_MESSAGES" / f"{name}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=0)
    return path


def catalogs_of(locale_dir: Path, language: str) -> dict[str, Path]:
    """The catalogs of a language, by domain."""
    folder = locale_dir / language / "LC_MESSAGES"
    return {
        path.relative_to(folder).as_posix().removesuffix(".po"): path
        for path in sorted(folder.rglob("*.po"))
    }


def stock_build(
    source: Path, output: Path, *settings: str, builder: str = "html", language: str = "en"
) -> str:
    """Build with Sphinx alone; gives what it wrote to standard error."""
    options = [f"-D{setting}" for setting in (f"language={language}", *settings)]
    command = [sys.executable, "-m", "sphinx", "-q", "-N", "-b", builder]
    done = subprocess.run(
        [*command, "-d", f"{output}-doctrees", *options, str(source), str(output)],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"},
    )
    return done.stderr.decode()


def page(folder: Path, name: str) -> str:
    return (folder / f"{name}.html").read_text("utf-8")


def body(html: str) -> str:
    """The part of an alabaster page that its document made, without what stands around it."""
    start = html.index('role="main">')
    return html[start : html.index('<div class="sphinxsidebar"', start)]


def readable(html: str) -> str:
    """The text of some HTML."""
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
