"""Law 7: PO files keep all they held."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalogs.strategies import ES, catalogs, messages
from transpipe.catalogs.pofile import format_po, parse_po, polib_entries
from transpipe.model import Catalog

PATH = Path("page.po")


@given(catalogs())
def test_what_is_written_is_read_back(catalog: Catalog) -> None:
    assert parse_po(format_po(catalog), PATH, "page", ES).catalog == catalog


@given(catalogs(), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans())
def test_an_unchanged_catalog_keeps_every_character(
    catalog: Catalog, line_end: str, bom: bool, final_newline: bool
) -> None:
    text = format_po(catalog).replace("\n", line_end)
    text = ("\ufeff" if bom else "") + (text if final_newline else text.rstrip("\r\n"))
    before = parse_po(text, PATH, "page", ES)
    assert before.catalog == catalog
    assert format_po(before.catalog, before) == text
    # Not only because the whole was recognised: entry by entry too.
    header = replace(catalog.header, msgstr=catalog.header.msgstr + "X-New: 1\n")
    changed = format_po(replace(catalog, header=header), before)
    assert changed.replace(f'"X-New: 1\\n"{line_end}', "").splitlines() == text.splitlines()


@given(catalogs(), st.data())
def test_a_change_of_one_entry_touches_no_other(catalog: Catalog, data: st.DataObject) -> None:
    text = "# first\n" + format_po(catalog) + "\n# last\n"
    before = parse_po(text, PATH, "page", ES)
    index = data.draw(st.integers(0, len(catalog.messages)))
    entry = data.draw(messages())
    if entry.key in {message.key for message in catalog.messages}:
        return
    added = (*before.catalog.messages[:index], entry, *before.catalog.messages[index:])
    wanted = replace(before.catalog, messages=added)
    after = format_po(wanted, before)
    assert parse_po(after, PATH, "page", ES).catalog == wanted
    assert after.endswith("\n# last\n")
    for (start, end), message in zip(before.reading.slices, catalog.messages, strict=True):
        assert text[start:end].strip("\n") in after, message


@given(catalogs(), catalogs())
def test_any_catalog_can_be_written_over_any_file(old: Catalog, new: Catalog) -> None:
    before = parse_po(format_po(old), PATH, "page", ES)
    assert parse_po(format_po(new, before), PATH, "page", ES).catalog == new


@given(catalogs())
def test_polib_is_given_what_polib_would_read(catalog: Catalog) -> None:
    entries = polib_entries(catalog)
    assert [entry.msgid for entry in entries] == [m.msgid for m in catalog.messages]
    assert [entry.msgstr for entry in entries] == [m.msgstr for m in catalog.messages]
    assert [entry.fuzzy for entry in entries] == [m.is_fuzzy for m in catalog.messages]
    assert [bool(e.obsolete) for e in entries] == [m.obsolete for m in catalog.messages]


def test_polib_reads_the_same_entries_from_our_file(tmp_path: Path) -> None:
    text = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        "# a note\n#. from the author\n#: docs/a.md:3 docs/b.md\n#, fuzzy, python-format\n"
        '#| msgid "old"\nmsgctxt "menu"\nmsgid "new %s"\nmsgstr "nuevo %s"\n\n'
        'msgid "one"\nmsgid_plural "many"\nmsgstr[0] "uno"\nmsgstr[1] "varios"\n\n'
        '#~ msgid "gone"\n#~ msgstr "ido"\n'
    )
    ours = polib_entries(parse_po(text, PATH, "page", ES).catalog)
    path = tmp_path / "page.po"
    path.write_text(text, encoding="utf-8")
    theirs = polib.pofile(str(path))
    assert [str(entry) for entry in ours] == [str(entry) for entry in theirs]
    assert ours[0].linenum == 10


@pytest.mark.parametrize(
    "comment", ["#no-space", "##double", "#= sticky", "# # hash", "#", "#\tтаб"]
)
def test_unusual_comments_survive_a_change_of_their_entry(comment: str) -> None:
    text = f'{comment}\nmsgid "a"\nmsgstr "b"\n'
    before = parse_po(text, PATH, "page", ES)
    [message] = before.catalog.messages
    moved = replace(before.catalog, messages=(replace(message, msgstr="c"),))
    assert format_po(moved, before) == text.replace('"b"', '"c"')
    assert format_po(moved).split("\n")[3] == comment
