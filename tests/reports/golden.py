"""Comparing a text with a file that was read by a person."""

from __future__ import annotations

import re
from pathlib import Path

_HERE = Path(__file__).parent
_ACTUAL = _HERE.parent / "actual"


def assert_golden(name: str, text: str) -> None:
    """Compare with ``golden/NAME``; what differs is written to ``tests/actual/NAME``.

    After reading the difference, the new text is accepted by copying the file over.
    """
    path = _HERE / "golden" / name
    expected = path.read_bytes().decode() if path.exists() else None
    if text != expected:
        _ACTUAL.mkdir(exist_ok=True)
        (_ACTUAL / name).write_bytes(text.encode())
    assert text == expected, f"see {_ACTUAL / name}"


def plain(text: str) -> str:
    """Take out the styles, as the command line does for a pipe."""
    return re.sub(r"\x1b\[[\d;]*m", "", text)
