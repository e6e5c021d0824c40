"""What the last run of Sphinx was made of: the record beside what Sphinx remembers itself.

It is written before a run changes anything and after each step, so that a run that is killed
leaves a record of what still holds.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from transpipe.errors import SiteError
from transpipe.files import write_text

FILE = "transpipe-record.json"
FORMAT = 2
"""Of the file; another is not read."""

Files = dict[str, str | None]
"""Digests by full paths, those of folders with a separator at the end; None where nothing is."""


@dataclass(slots=True)
class Record:
    """What Sphinx's memory and its last site were made of."""

    key: str = ""
    """The digest of the Python, the environment and the place."""
    everywhere: Files = field(default_factory=dict)
    """What any document may depend on: conf.py, the code, and what was opened before reading."""
    documents: dict[str, Files] = field(default_factory=dict)
    """For each document that was read, the files it was made of."""
    environment: str | None = None
    """The digest of Sphinx's own memory."""
    together: dict[str, list[str]] = field(default_factory=dict)
    """Documents that define the same names, which are only read together."""
    known_early: bool = False
    """Whether files and settings alone can tell that nothing changed."""
    discovery: dict[str, list[str]] = field(default_factory=dict)
    """How documents are found: patterns to include and to exclude."""
    configuration: str = ""
    """The digest of all configuration values at the time of the last site."""
    site: Files = field(default_factory=dict)
    """What else the last site was made of: templates, style sheets and the like."""
    made_by_reading: list[str] = field(default_factory=list)
    """What extensions put into the output while documents are read."""
    output: str = ""
    """The digest of the names in the output; empty while a site is not finished."""
    names: list[str] = field(default_factory=list)
    """What the run gave: documents, or domains with messages."""
    warnings: list[str] = field(default_factory=list)
    """What there was to warn of."""
    peak: int = 0
    """The most memory that a run took, in bytes."""
    across: str = ""
    """The digest of what pages can show of one another; empty where it is not known."""
    needs_all_pages: bool = False
    """Whether the site has something that is made of all pages, so that all must be written."""
    mixed: list[str] = field(default_factory=list)
    """Documents whose messages may hold text of other documents."""


def read_record(folder: Path) -> Record | None:
    """Read the record in a folder; None where none of this format is readable."""
    try:
        data = json.loads((folder / FILE).read_text("utf-8"))
        if data.pop("format") != FORMAT:
            return None
        record = Record(**data)
        blank = Record()
        for each in fields(Record):
            expected = str if each.name == "environment" else type(getattr(blank, each.name))
            if not isinstance(getattr(record, each.name), expected):
                return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return record


def write_record(folder: Path, record: Record) -> None:
    """Put the record into a folder, whole.

    :raises SiteError: if it cannot be written.
    """
    text = json.dumps({"format": FORMAT, **asdict(record)}, sort_keys=True)
    write_text(folder / FILE, text, SiteError)
