"""The templates that are on disk as they were made, of documents that have not changed since."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import transpipe
from transpipe.errors import TranspipeError
from transpipe.files import write_text

FILE = "templates.json"


class TemplateMemory:
    """What each template was made of. A wrong or lost file costs time, no more."""

    def __init__(self, file: Path, templates: Path) -> None:
        """Read what is remembered.

        :param templates: the folder of templates.
        """
        self._file, self._templates = file, templates
        self._rows: dict[str, list[Any]] = _read(file)
        self._inputs: dict[str, str] = {}
        self.known: dict[str, int] = {}
        """The domains whose templates need not be made, with how many messages each holds."""

    def knows(self, domain: str, inputs: Iterable[bytes]) -> bool:
        """Tell whether a template is there as it would be made."""
        text = self._inputs[domain] = _digest((_program().encode(), domain.encode(), *inputs))
        row = self._rows.get(domain)
        if row is None or row[:2] != [text, self._of_template(domain)]:
            return False
        self.known[domain] = row[2]
        return True

    def note(self, domain: str, messages: int) -> None:
        """Remember a template that is on disk as it was made."""
        if domain in self._inputs:
            self._rows[domain] = [self._inputs[domain], self._of_template(domain), messages]

    def save(self) -> None:
        """Write what is known of the templates of this run."""
        rows = {domain: row for domain, row in self._rows.items() if domain in self._inputs}
        # A folder that cannot be written to is no fault of the templates.
        with contextlib.suppress(TranspipeError, OSError):
            write_text(self._file, json.dumps(rows, sort_keys=True))

    def _of_template(self, domain: str) -> str:
        try:
            return _digest([(self._templates / f"{domain}.pot").read_bytes()])
        except OSError:
            return ""


def _read(file: Path) -> dict[str, list[Any]]:
    with contextlib.suppress(OSError, ValueError):
        data = json.loads(file.read_text("utf-8"))
        if isinstance(data, dict):
            return {domain: row for domain, row in data.items() if _is_row(row)}
    return {}


def _is_row(row: object) -> bool:
    return isinstance(row, list) and [type(part) for part in row] == [str, str, int]


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


@functools.cache
def _program() -> str:
    """Give a digest of transpipe itself: its version does not change with every change of it."""
    folder = Path(transpipe.__file__).parent
    return _digest(path.read_bytes() for path in sorted(folder.rglob("*.py")))
