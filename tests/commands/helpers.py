"""A project on disk, the command line, and translators who write what a function says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from transpipe.catalogs.layout import LocaleFolder
from transpipe.catalogs.pofile import write_po
from transpipe.cli import run
from transpipe.locales import parse_locale


@dataclass
class Outcome:
    """What a command did."""

    code: int
    out: str
    err: str


@dataclass
class Shell:
    """Runs commands in a folder."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str | Path) -> Outcome:
        self.capture.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = self.capture.readouterr()
        assert "Traceback" not in err
        return Outcome(code, out, err)

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())

    def read(self, name: str) -> str:
        return (self.folder / name).read_bytes().decode()

    def files(self, folder: str = ".") -> dict[str, bytes]:
        """Give every file below a folder with what it holds."""
        root = self.folder / folder
        return {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }


def translate(locale_dir: Path, code: str, write: Callable[[str], str]) -> int:
    """Fill in every message of a language that has no translation; give how many."""
    locale = parse_locale(code)
    folder = LocaleFolder(locale_dir)
    count = 0
    for domain, file in folder.read_catalogs(locale).items():
        messages = tuple(
            message if message.has_translation else replace(message, msgstr=write(message.msgid))
            for message in file.catalog.messages
        )
        count += sum(not message.has_translation for message in file.catalog.messages)
        write_po(
            folder.catalog_path(locale, domain), replace(file.catalog, messages=messages), file
        )
    return count


def pseudo(msgid: str) -> str:
    """Translate so that a reader sees what was translated, and markup and blocks stay whole."""
    return f"{msgid} ⟦x⟧"
