"""What was found in a catalog that has not changed since: a second run reads only what did."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from babel import Locale

from transpipe import __version__, checks
from transpipe.errors import TranspipeError
from transpipe.files import write_text
from transpipe.model import Finding, Severity


class Cache:
    """Findings by a hash of all that they depend on; a wrong or lost file costs time, no more."""

    def __init__(self, file: Path | None, fingerprint: str) -> None:
        """Open a cache.

        :param file: None for no cache at all.
        :param fingerprint: what the findings depend on beside the catalogs.
        """
        self._file = file
        self._base = f"{__version__}\0{_program()}\0{fingerprint}"
        self._known: dict[str, list[Any]] = _read(file) if file else {}
        self._used: dict[str, list[Any]] = {}

    def key(self, *parts: str) -> str:
        """Give the name of a catalog's findings: path, language, text and what else matters."""
        text = "\0".join((self._base, *parts))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def get(self, key: str, path: Path, locale: Locale | None) -> tuple[Finding, ...] | None:
        """Give what was found before; None where nothing is known."""
        rows = self._known.get(key)
        if rows is None:
            return None
        try:
            found = tuple(_finding(row, path, locale) for row in rows)
        except (TypeError, ValueError, LookupError):
            return None
        self._used[key] = rows
        return found

    def put(self, key: str, findings: tuple[Finding, ...]) -> None:
        """Keep what was found."""
        self._used[key] = [
            [each.line, each.check, each.severity.value, each.text, each.msgid, each.msgstr,
             each.fault]
            for each in findings
        ]  # fmt: skip

    def save(self) -> None:
        """Write what this run used; what it did not is left out after a while."""
        if self._file is None or self._used.keys() <= self._known.keys():
            return
        kept = dict(list(self._known.items())[-_MOST:]) if len(self._known) < _MOST else {}
        # A folder that cannot be written to is no fault of the catalogs.
        with contextlib.suppress(TranspipeError, OSError):
            folder = self._file.parent
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / ".gitignore").exists():
                write_text(folder / ".gitignore", "*\n")
            write_text(self._file, json.dumps({**kept, **self._used}))


_MOST = 20_000


def hash_of(value: Mapping[str, str]) -> str:
    """Hash a mapping, whatever its order."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def cache_file(root: Path | None) -> Path:
    """Give the place of the cache: in the project, else in the user's cache folder."""
    if root is not None:
        return root / ".transpipe" / "checks.json"
    home = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    return Path(home) / "transpipe" / "checks.json"


def _read(file: Path) -> dict[str, list[Any]]:
    with contextlib.suppress(OSError, ValueError):
        data = json.loads(file.read_text("utf-8"))
        if isinstance(data, dict):
            return {key: rows for key, rows in data.items() if isinstance(rows, list)}
    return {}


def _finding(row: list[Any], path: Path, locale: Locale | None) -> Finding:
    line, check, severity, text, msgid, msgstr, fault = row
    return Finding(path, line, str(check), Severity(severity), str(text), locale, msgid, msgstr,
                   fault)  # fmt: skip


@functools.cache
def _program() -> str:
    """Hash the checks themselves: who works on transpipe changes them without a new version."""
    digest = hashlib.sha256()
    folder = Path(checks.__file__).parent
    ground = (*folder.parent.glob("*.py"), *folder.parent.glob("model/*.py"))
    for path in sorted((*folder.glob("*.py"), *ground)):
        stat = path.stat()
        digest.update(f"{path.name}:{stat.st_size}:{stat.st_mtime_ns}".encode())
    return digest.hexdigest()
