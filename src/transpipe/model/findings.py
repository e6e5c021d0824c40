"""Faults in data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from babel import Locale


class Severity(StrEnum):
    """How bad a finding is. Only errors make an answer bad by default."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in one place."""

    path: Path
    line: int | None
    check: str
    """The name of the check that found it: ``block-structure``."""
    severity: Severity
    text: str
    """A sentence that says what is wrong and what to do."""
    locale: Locale | None = None
    msgid: str | None = None
    msgstr: str | None = None
    """The translation that was read; None where there is none."""
    fault: str | None = None
    """The piece of the translation that is at fault, where it is one piece."""
