"""What makes git merge catalogs entry by entry: its attributes, and its settings. Pure."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping

ATTRIBUTES = ".gitattributes"
DRIVER = "transpipe"
_PATTERNS = ("*.po", "*.pot")


def attributes(existing: str) -> str:
    """Give the text of a ``.gitattributes`` that names the driver for catalogs and templates.

    A pattern that has a ``merge`` attribute already, whichever, is left alone.

    :param existing: the text that is there; empty where there is none.
    """
    newline = "\r\n" if "\r\n" in existing else "\n"
    missing = [pattern for pattern in _PATTERNS if not _has_driver(existing, pattern)]
    gap = newline if existing and not existing.endswith("\n") else ""
    lines = (f"{pattern} merge={DRIVER}{newline}" for pattern in missing)
    return existing + gap * bool(missing) + "".join(lines)


def other_driver(existing: str) -> str | None:
    """Give the line that names another driver for catalogs, if there is one."""
    for line in existing.splitlines():
        pattern, *words = line.split() or [""]
        named = any(re.match(r"-?merge\b", word) for word in words)
        if pattern in _PATTERNS and named and f"merge={DRIVER}" not in words:
            return line.strip()
    return None


def settings(python: str) -> Mapping[str, str]:
    """Give the settings of git that say how the driver is run.

    :param python: the path of an interpreter that has transpipe. It works where the command
        ``transpipe`` is not on the path: in an editor, or outside its virtual environment.
    """
    command = f"{shlex.quote(python)} -m transpipe merge-po --path %P %O %A %B"
    return {
        f"merge.{DRIVER}.name": "merge of catalogs entry by entry",
        f"merge.{DRIVER}.driver": command,
    }


def _has_driver(text: str, pattern: str) -> bool:
    found = rf"^[ \t]*{re.escape(pattern)}[ \t](?:.*[ \t])?-?merge(?:=|[ \t]|$)"
    return re.search(found, text, re.MULTILINE) is not None
