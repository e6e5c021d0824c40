"""Telling by content, never by times, whether something is what it was. Imports no Sphinx."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

TODAY = b"|today|"
"""What stands for the date in documents."""


def digest(data: bytes) -> str:
    """Give a digest of some bytes."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def digest_of(value: object) -> str:
    """Give a digest of a value that JSON can hold."""
    return digest(json.dumps(value, sort_keys=True, default=str).encode("utf-8", "surrogatepass"))


def digest_file(path: str | Path, today: str = "") -> str | None:
    """Give a digest of what a file holds; None where it cannot be read.

    :param path: of a file, or of a folder with a separator at its end: of the names in it.
    :param today: the date, for files in which it stands.
    """
    if isinstance(path, str) and path.endswith(os.sep):
        try:
            return digest_of(sorted(set(os.listdir(path)) - {"__pycache__"}))  # noqa: PTH208 - text
        except OSError:
            return None
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - a path may be text here
            data = file.read()
    except (OSError, ValueError):
        return None
    return digest(data + today.encode()) if TODAY in data else digest(data)


def names_below(folder: Path, *, sizes: bool = False) -> list[str]:
    """List the files below a folder, each with its size if asked for; none if there is none."""
    names = []
    for top, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            path = Path(top, name)
            size = f"\t{path.lstat().st_size}" if sizes else ""
            names.append(f"{path.relative_to(folder).as_posix()}{size}")
    return names


def plain(value: object) -> object:
    """Give a configuration value as something JSON can hold, the same in every run.

    A function or class is its name (its code is a file of its own), another object is its text
    without its address in memory.
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        pairs = ((json.dumps(plain(key)), plain(item)) for key, item in value.items())
        return dict(sorted(pairs, key=lambda pair: pair[0]))
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(json.dumps(plain(item)) for item in value)
    name = getattr(value, "__qualname__", None)
    if name is not None:
        return f"{getattr(value, '__module__', '')}.{name}"
    state = getattr(value, "__dict__", None)
    if state and type(value).__repr__ is object.__repr__:
        return [type(value).__qualname__, plain(state)]
    return re.sub(r" at 0x[0-9a-f]+", "", repr(value))
