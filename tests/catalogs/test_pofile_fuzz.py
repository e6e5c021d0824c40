"""Random damage to PO files: refused or read just as the gettext programs do."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

import polib
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.catalogs.strategies import catalogs
from tests.catalogs.test_pofile_errors import ACCEPTED, HEADER, REFUSED
from transpipe.catalogs import _reader
from transpipe.catalogs.pofile import format_po, parse_po, polib_entries
from transpipe.errors import CatalogError
from transpipe.model import Catalog, Message, State

PATH = Path("page.po")
# msgcat stops at a NUL, and so differs from msgfmt.
ENTRIES = [*ACCEPTED.values(), *(entry for entry, *_ in REFUSED.values())]
BITS = ['"', "\\", "\n", "#", "#~ ", "#| ", "#~| ", " ", "msgid", "msgstr", "[0]", "[1]", "\\n",
        'msgctxt "c"\n', 'msgid_plural "z"\n', "x", "\r", "# c\n", '"a"', "]", "1"]  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Some entries, cut and mended at random."""
    entries = draw(st.lists(st.sampled_from(ENTRIES), min_size=1, max_size=3))
    text = "\n".join(
        entry.replace('"a"', f'"key {number}"') for number, entry in enumerate(entries)
    )
    for _ in range(draw(st.integers(0, 3))):
        position = draw(st.integers(0, len(text)))
        if draw(st.booleans()):
            text = text[:position] + draw(st.sampled_from(BITS)) + text[position:]
        else:
            text = text[:position] + text[position + draw(st.integers(1, 3)) :]
    # To gettext this is no character, wherever it stands (lex_getc in po-lex.c). Nothing writes
    # it; between strings, it is refused.
    assume("\\\n" not in text)
    # A comment inside a comment of what stood there before: gettext skips it, and it is refused.
    assume("#|#" not in text)
    return HEADER + text


def read(text: str) -> Catalog | None:
    try:
        return parse_po(text, PATH, "page").catalog
    except CatalogError as problem:
        assert problem.line
        assert problem.remedy
        return None


@pytest.mark.gettext
@given(damaged())
@settings(max_examples=150)
def test_read_or_refused_as_msgcat_does(text: str) -> None:
    result = subprocess.run(["msgcat", "-o", "/dev/null", "-"], input=text.encode())
    assert (read(text) is not None) == (result.returncode == 0)


def test_a_line_joined_to_the_next_is_read_in_strings_alone() -> None:
    inside = read(HEADER + 'msgid "a\\\nb"\nmsgstr "c"\n')
    assert inside is not None
    assert [message.msgid for message in inside.messages] == ["ab"]
    assert read(HEADER + 'msgid "a"\nmsgstr "b"\\\n') is None


@given(damaged())
@settings(max_examples=300)
def test_what_is_read_is_written_back(text: str) -> None:
    catalog = read(text)
    if catalog is not None:
        before = parse_po(text, PATH, "page")
        assert format_po(catalog, before) == text
        assert read(format_po(catalog)) == catalog
        extended = (*catalog.messages, Message("added by the test"))
        changed = Catalog("page", None, catalog.header, extended)
        assert read(format_po(changed, before)) == changed


@given(damaged())
@settings(max_examples=300)
def test_the_short_cut_reads_what_the_grammar_reads(text: str) -> None:
    short = read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_reader, "_ACTIVE", re.compile("(?!)"))
        patch.setattr(_reader, "_OBSOLETE", re.compile("(?!)"))
        whole = read(text)
    assert whole == short
    if whole is not None and short is not None:
        assert [m.line for m in whole.messages] == [m.line for m in short.messages]


@pytest.mark.gettext
@given(damaged())
@settings(max_examples=60)
def test_values_are_those_that_msgfmt_compiles(text: str) -> None:
    catalog = read(text)
    if catalog is None:
        return
    result = subprocess.run(
        ["msgfmt", "-o", "-", "-"], input=text.encode(), capture_output=True, check=True
    )
    theirs = {
        (entry.msgctxt, entry.msgid): entry.msgstr or tuple(entry.msgstr_plural.values())
        for entry in mofile(result.stdout)
    }
    ours = {
        message.key: message.msgstr or message.msgstr_plural
        for message in catalog.messages
        if message.state is State.TRANSLATED
    }
    assert theirs == ours


def mofile(data: bytes) -> polib.MOFile:
    with tempfile.NamedTemporaryFile(suffix=".mo") as file:
        file.write(data)
        file.flush()
        return polib.mofile(file.name)


@given(catalogs())
@settings(max_examples=60)
def test_polib_reads_the_same_values(catalog: Catalog) -> None:
    text = format_po(catalog)
    # polib ends lines where str.splitlines does, and leaves the escapes of control characters.
    assume(len(text.splitlines()) == text.count("\n") and not re.search(r"\\[abfv0-9]", text))
    theirs = {
        (entry.msgctxt, entry.msgid): (entry.msgstr, entry.msgid_plural, entry.fuzzy, entry.flags)
        for entry in polib.pofile(text)
    }
    ours = {
        (entry.msgctxt, entry.msgid): (entry.msgstr, entry.msgid_plural, entry.fuzzy, entry.flags)
        for entry in polib_entries(catalog)
    }
    assert theirs == ours
