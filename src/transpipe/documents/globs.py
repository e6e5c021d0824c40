"""Globs over relative paths with ``/``: ``**`` any folders, ``*`` and ``?`` within a name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

_Value = TypeVar("_Value")
_PART = re.compile(r"(?P<folders>(?:\A|(?<=/))\*\*/)|(?P<all>\*\*)|(?P<name>\*)|(?P<one>\?)")
_MEANING = {"folders": "(?:.*/)?", "all": ".*", "name": "[^/]*", "one": "[^/]"}


def matches(glob: str, path: str) -> bool:
    """Tell whether a glob matches the whole of a relative path.

    ``guide/**`` and ``guide/`` match all that lies below ``guide``, ``**/index.md`` an index in any
    folder, ``*.md`` only what lies in no folder.
    """
    return _pattern(glob).fullmatch(path) is not None


def any_matches(globs: Iterable[str], path: str) -> bool:
    """Tell whether one of the globs matches."""
    return any(matches(glob, path) for glob in globs)


def first_match(rows: Iterable[tuple[str, _Value]], path: str) -> _Value | None:
    """Give the value of the first glob that matches, None if none does."""
    return next((value for glob, value in rows if matches(glob, path)), None)


@lru_cache(maxsize=256)
def _pattern(glob: str) -> re.Pattern[str]:
    if glob.endswith("/"):
        glob += "**"
    parts = []
    end = 0
    for part in _PART.finditer(glob):
        parts += [re.escape(glob[end : part.start()]), _MEANING[str(part.lastgroup)]]
        end = part.end()
    return re.compile("".join(parts) + re.escape(glob[end:]), re.DOTALL)
