"""Laws 6, 7 and 11 on real catalogs."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import polib
import pytest

from tests.catalogs.test_pofile_errors import statistics
from transpipe.catalogs.completeness import tally
from transpipe.catalogs.pofile import format_po, polib_entries, read_po

pytestmark = pytest.mark.corpus


def sample(corpora: Path, step: int) -> list[Path]:
    """Every so many catalogs of the CPython documentation, and Comprehensive Rust's."""
    paths = sorted((corpora / "cpython-docs" / "locale").rglob("*.po"))[::step]
    return paths + sorted((corpora / "comprehensive-rust").rglob("*.po"))


def test_unchanged_catalogs_are_byte_identical(corpora: Path) -> None:
    paths = sample(corpora, 8)
    assert len(paths) > 100
    for path in paths:
        file = read_po(path, "x")
        assert format_po(file.catalog, file).encode() == path.read_bytes(), path
        # Entry by entry too: a new header field adds one line and changes none.
        header = replace(file.catalog.header, msgstr=file.catalog.header.msgstr + "X-New: 1\n")
        lines = format_po(replace(file.catalog, header=header), file).split("\n")
        lines.remove('"X-New: 1\\n"')
        assert lines == file.text.split("\n"), path


@pytest.mark.gettext
def test_counts_are_those_of_msgfmt(corpora: Path) -> None:
    for path in sample(corpora, 20):
        counts = tally(read_po(path, "x").catalog.messages).messages
        result = subprocess.run(
            ["msgfmt", "--statistics", "-o", "/dev/null", path], capture_output=True, text=True
        )
        ours = statistics(counts.translated, counts.fuzzy, counts.untranslated)
        assert ours == result.stderr.strip(), path


def test_polib_reads_the_same_entries(corpora: Path) -> None:
    for path in sample(corpora, 40):
        theirs = polib.pofile(str(path))
        ours = polib_entries(read_po(path, "x").catalog)
        # polib puts obsolete entries last.
        ours.sort(key=lambda entry: bool(entry.obsolete))
        assert [shown(entry) for entry in ours] == [shown(entry) for entry in theirs], path


def shown(entry: polib.POEntry) -> tuple[object, ...]:
    """Give what polib reads alike: it leaves out the ``#~|`` lines of obsolete entries."""
    return (
        entry.msgctxt,
        entry.msgid,
        entry.msgstr,
        entry.msgid_plural,
        entry.msgstr_plural,
        entry.flags,
        None if entry.obsolete else entry.previous_msgid,
        entry.occurrences,
        entry.comment,
    )
