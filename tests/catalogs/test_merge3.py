"""A merge pairs no translation with a text it was not written for, and loses none."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalogs.strategies import ES, catalogs
from tests.conftest import PROJECT
from transpipe.catalogs.merge3 import (
    Merge,
    conflict_text,
    merge_catalogs,
    merge_files,
    variants_of,
)
from transpipe.catalogs.pofile import format_po, parse_po
from transpipe.model import Catalog, Message, Previous

PATH = Path("page.po")
HEADER = Message("", "Language: es\nContent-Type: text/plain; charset=UTF-8\n")


def catalog(*messages: Message, header: Message = HEADER) -> Catalog:
    return Catalog("page", ES, header, messages)


def merged(base: Iterable[Message], ours: Iterable[Message], theirs: Iterable[Message]) -> Merge:
    return merge_catalogs(catalog(*base), catalog(*ours), catalog(*theirs))


# ------------------------------------------------------------------------------ the laws


@given(catalogs(), catalogs(), st.sampled_from(["\n", "\r\n"]))
@settings(max_examples=40)
def test_one_side_unchanged_leaves_the_other_byte_for_byte(
    base: Catalog, side: Catalog, line_end: str
) -> None:
    before = parse_po(format_po(base), PATH, "page", ES)
    after = parse_po(format_po(side).replace("\n", line_end), PATH, "page", ES)
    assert merge_files(before, after, before).text == after.text
    assert merge_files(before, before, after).text == after.text
    assert merge_files(before, after, after).text == after.text
    assert merge_catalogs(base, side, base) == Merge(side, ())
    assert merge_catalogs(base, side, side) == Merge(side, ())
    assert merge_catalogs(base, base, side).conflicts == ()
    assert entries(merge_catalogs(base, base, side).catalog) == entries(side)


def entries(one: Catalog) -> dict[object, object]:
    return {message.key: message for message in one.messages}


@st.composite
def versions(draw: st.DrawFn) -> tuple[Catalog, Catalog, Catalog]:
    """A base and two sides; every msgstr names the text that it was written for."""
    base = draw(side(()))
    return base, draw(side(base.messages)), draw(side(base.messages))


@st.composite
def side(draw: st.DrawFn, before: tuple[Message, ...]) -> Catalog:
    """What translators and updates make of a catalog."""
    messages = {message.key: message for message in before}
    for key in list(messages):
        messages.update(draw(changes(messages.pop(key))))
    for number in draw(st.lists(st.integers(0, 5), max_size=4)):
        message = Message(f"text {number}", plural(draw, f"text {number}"))
        messages.setdefault(message.key, message)
    found = list(messages.values())
    if draw(st.integers(0, 3)) == 0:
        found = draw(st.permutations(found))
    return catalog(*found)


def plural(draw: st.DrawFn, msgid: str) -> str:
    """Write a translation that tells what it is one of; or none."""
    return draw(st.sampled_from(["", f"<{msgid}> a", f"<{msgid}> b", f"<{msgid}> c"]))


@st.composite
def changes(draw: st.DrawFn, message: Message) -> dict[tuple[str | None, str], Message]:
    """What one side makes of a message: by its new key, or nothing."""
    kind = draw(st.sampled_from(["same", "same", "translate", "edit", "drop", "obsolete", "fuzzy"]))
    match kind:
        case "translate":
            message = replace(message, msgstr=plural(draw, message.msgid), flags=(), previous=None)
        case "edit" if not message.obsolete:
            # As update does: the text changed, and its translation is carried as a fuzzy one.
            new = f"{message.msgid} {draw(st.sampled_from('xy'))}"
            message = replace(
                message,
                msgid=new,
                flags=("fuzzy",) if message.msgstr else (),
                previous=(message.previous or Previous(message.msgid)) if message.msgstr else None,
            )
        case "obsolete":
            message = replace(message, obsolete=True)
        case "fuzzy":
            message = replace(message, flags=("fuzzy",))
        case "drop":
            return {}
    return {message.key: message}


def written_for(text: str) -> set[str]:
    """Say which texts the translations in a msgstr were written for."""
    return set(re.findall(r"<(.*?)>", text))


@given(versions())
@settings(max_examples=150)
def test_no_translation_is_paired_with_another_text(
    three: tuple[Catalog, Catalog, Catalog],
) -> None:
    for message in merge_catalogs(*three).catalog.messages:
        if not message.is_fuzzy:
            assert written_for(message.msgstr) <= {message.msgid}, message


@given(versions())
@settings(max_examples=150)
def test_no_translation_is_lost(three: tuple[Catalog, Catalog, Catalog]) -> None:
    base, ours, theirs = three
    result = merge_catalogs(*three).catalog
    there = "\n".join(message.msgstr for message in result.messages)
    old = {message.msgstr for message in base.messages}
    for one, other in ((ours, theirs), (theirs, ours)):
        for message in one.messages:
            # A confirmed wording that is new on one side stands, unless the other side
            # confirmed another one without a conflict (which it cannot).
            if message.msgstr and not message.is_fuzzy and message.msgstr not in old:
                assert message.msgstr in there, (message, other)


@given(versions())
@settings(max_examples=150)
def test_sides_may_be_swapped(three: tuple[Catalog, Catalog, Catalog]) -> None:
    base, ours, theirs = three
    one, other = merge_catalogs(base, ours, theirs), merge_catalogs(base, theirs, ours)
    assert set(one.conflicts) == set(other.conflicts)
    assert meaning(one.catalog) == meaning(other.catalog)


def meaning(one: Catalog) -> dict[object, object]:
    """Give what a merge settles, in no order."""
    return {
        message.key: (
            {text for _, text in variants_of(message.msgstr, "")},
            message.state,
            message.previous,
            set(message.references),
            set(message.comments),
        )
        for message in one.messages
    }


@given(versions())
@settings(max_examples=80)
def test_what_is_written_is_a_catalog(three: tuple[Catalog, Catalog, Catalog]) -> None:
    base, ours, theirs = (parse_po(format_po(one), PATH, "page", ES) for one in three)
    result = merge_files(base, ours, theirs)
    again = parse_po(result.text, PATH, "page", ES).catalog
    wanted = merge_catalogs(*three).catalog
    assert entries(again) == entries(wanted)


@given(st.lists(st.tuples(st.sampled_from(["ours", "theirs"]), st.text("ab\n")), min_size=2))
def test_variants_are_read_back(variants: list[tuple[str, str]]) -> None:
    read = variants_of(conflict_text(variants), "x")
    # Where a variant ends with a line break and another follows, that one is not known again.
    assert read[-1] == variants[-1]
    assert [(label, text.rstrip("\n")) for label, text in read] == [
        (label, text.rstrip("\n")) for label, text in variants
    ]


# ---------------------------------------------------------------------------------- cases

ONE = Message("One", "Uno", references=("a.md:1",))
TWO = Message("Two", "Dos")
THREE = Message("Three")


def test_changes_of_different_entries_are_both_taken() -> None:
    result = merged([ONE, TWO], [replace(ONE, msgstr="UNO"), TWO], [ONE, replace(TWO, msgstr="2")])
    assert [message.msgstr for message in result.catalog.messages] == ["UNO", "2"]
    assert result.conflicts == ()


def test_two_translations_are_a_conflict_that_keeps_both() -> None:
    result = merged([ONE], [replace(ONE, msgstr="a\n")], [replace(ONE, msgstr="b")])
    [message] = result.catalog.messages
    assert message.msgstr == ("#-#-#-#-#  ours  #-#-#-#-#\na\n#-#-#-#-#  theirs  #-#-#-#-#\nb")
    assert message.is_fuzzy
    assert result.conflicts == (ONE.key,)


def test_added_on_both_sides_with_two_translations() -> None:
    result = merged([], [ONE], [replace(ONE, msgstr="Un")])
    assert result.conflicts == (ONE.key,)


def test_a_conflict_that_nobody_resolved_takes_the_third_variant() -> None:
    first = merged([ONE], [replace(ONE, msgstr="a")], [replace(ONE, msgstr="b")])
    [open_one] = first.catalog.messages
    again = merged([ONE], [open_one], [replace(ONE, msgstr="c")])
    [message] = again.catalog.messages
    assert [text for _, text in variants_of(message.msgstr, "")] == ["a", "b", "c"]


def test_a_translation_follows_the_text_that_was_edited() -> None:
    edited = Message("One!", "Uno", flags=("fuzzy",), previous=Previous("One"))
    result = merged([ONE, TWO], [edited, TWO], [replace(ONE, msgstr="Uno bueno"), TWO])
    assert result.catalog.messages == (replace(edited, msgstr="Uno bueno"), TWO)
    assert result.conflicts == ()


def test_a_translation_of_a_text_that_went_is_kept_as_obsolete() -> None:
    edited = Message("One!", "¡Uno!")
    better = replace(ONE, msgstr="Uno bueno")
    result = merged([ONE, TWO], [edited, TWO], [better, TWO])
    assert result.catalog.messages == (edited, TWO, replace(better, obsolete=True, references=()))


def test_removed_on_both_sides_or_by_one_that_alone_changed() -> None:
    assert merged([ONE, TWO], [TWO], [TWO]).catalog.messages == (TWO,)
    assert merged([ONE, TWO], [TWO], [ONE, TWO]).catalog.messages == (TWO,)
    moved = replace(ONE, references=("b.md:7",))
    assert merged([ONE, TWO], [TWO], [moved, TWO]).catalog.messages == (TWO,)


def test_a_guess_yields_to_a_translation() -> None:
    guess = replace(THREE, msgstr="Uno", flags=("fuzzy",), previous=Previous("One"))
    done = replace(THREE, msgstr="Tres")
    for ours, theirs in ((guess, done), (done, guess)):
        assert merged([ONE, THREE], [ONE, ours], [ONE, theirs]).catalog.messages == (ONE, done)


def test_a_draft_that_a_translator_wrote_does_not() -> None:
    draft = replace(THREE, msgstr="tres?", flags=("fuzzy",))
    assert merged([THREE], [draft], [replace(THREE, msgstr="Tres")]).conflicts == (THREE.key,)


def test_confirmed_wins_over_fuzzy_and_filled_over_emptied() -> None:
    fuzzy = replace(ONE, flags=("fuzzy",))
    assert merged([THREE], [replace(THREE, msgstr="Tres")], [THREE]).catalog.messages[0].msgstr
    assert merged([ONE], [fuzzy], [ONE]).catalog.messages == (fuzzy,)
    assert merged([fuzzy], [ONE], [fuzzy]).catalog.messages == (ONE,)
    emptied, better = replace(ONE, msgstr=""), replace(ONE, msgstr="Un")
    assert merged([ONE], [emptied], [better]).catalog.messages == (better,)


@pytest.mark.parametrize(("ours", "theirs"), [("a.md:7", "a.md:9"), ("a.md:7", "a.md:1")])
def test_lines_of_references_are_never_a_conflict(ours: str, theirs: str) -> None:
    here = replace(ONE, references=(ours,), msgstr="UNO")
    result = merged([ONE], [here], [replace(ONE, references=(theirs,))])
    assert result.catalog.messages == (here,)


def test_references_flags_and_comments_are_merged() -> None:
    base = replace(ONE, references=("a.md", "b.md"), comments=("old",), flags=("c-format",))
    ours = replace(base, references=("b.md", "c.md"), comments=("old", "mine"), flags=("no-wrap",))
    theirs = replace(
        base, references=("a.md", "b.md", "d.md"), comments=("yours",), msgstr="Un",
        extracted_comments=("new",),
    )  # fmt: skip
    [message] = merged([base], [ours], [theirs]).catalog.messages
    assert message.references == ("b.md", "c.md", "d.md")
    assert message.comments == ("mine", "yours")
    assert message.flags == ("no-wrap",)
    assert (message.msgstr, message.extracted_comments) == ("Un", ("new",))


FORMS = Message("a file", msgid_plural="files", msgstr_plural=("un fichero", "ficheros"))


def test_plural_forms_are_merged_one_by_one() -> None:
    ours = replace(FORMS, msgstr_plural=("un archivo", "ficheros"))
    theirs = replace(FORMS, msgstr_plural=("un fichero", "archivos"))
    [message] = merged([FORMS], [ours], [theirs]).catalog.messages
    assert (message.msgstr_plural, message.is_fuzzy) == (("un archivo", "archivos"), False)
    other = replace(FORMS, msgstr_plural=("un documento", "archivos"))
    [message] = merged([FORMS], [ours], [other]).catalog.messages
    assert message.is_fuzzy
    assert [text for _, text in variants_of(message.msgstr_plural[0], "")] == [
        "un archivo", "un documento",
    ]  # fmt: skip


def test_another_plural_is_another_text() -> None:
    ours = replace(FORMS, msgid_plural="%d files", flags=("fuzzy",), previous=Previous("a file"))
    theirs = replace(FORMS, msgstr_plural=("un archivo", "archivos"))
    [message] = merged([FORMS], [ours], [theirs]).catalog.messages
    assert message.msgid_plural == "%d files"
    assert message.is_fuzzy


def test_contexts_are_apart() -> None:
    menu = replace(ONE, msgctxt="menu", msgstr="Uno del menú")
    result = merged(
        [ONE, menu], [replace(ONE, msgstr="UNO"), menu], [ONE, replace(menu, msgstr="u")]
    )
    assert [message.msgstr for message in result.catalog.messages] == ["UNO", "u"]


def test_obsolete_on_one_side_and_translated_on_the_other() -> None:
    gone = replace(ONE, obsolete=True, references=())
    result = merged([ONE], [gone], [replace(ONE, msgstr="Un")])
    assert result.catalog.messages == (replace(gone, msgstr="Un"),)


def test_the_order_is_that_of_the_side_that_moved() -> None:
    four = Message("Four", "Cuatro")
    result = merged([ONE, TWO, THREE], [ONE, TWO, four, THREE], [THREE, ONE, TWO])
    assert [message.msgid for message in result.catalog.messages] == ["Three", "One", "Two", "Four"]


def header(*lines: str) -> Message:
    return Message("", "".join(f"{line}\n" for line in lines))


def test_headers_are_merged_by_field() -> None:
    base = header("POT-Creation-Date: 2024", "PO-Revision-Date: 2024", "Last-Translator: A", "X: 1")
    ours = header("POT-Creation-Date: 2026", "PO-Revision-Date: 2025", "Last-Translator: B", "X: 1")
    theirs = header(
        "POT-Creation-Date: 2025", "PO-Revision-Date: 2026", "Last-Translator: C", "Y: 2"
    )
    for one, other in ((ours, theirs), (theirs, ours)):
        three = (catalog(header=side) for side in (base, one, other))
        result = merge_catalogs(*three)
        assert sorted(result.catalog.header.msgstr.split("\n")) == [
            "", "Last-Translator: C", "PO-Revision-Date: 2026", "POT-Creation-Date: 2026", "Y: 2",
        ]  # fmt: skip
        assert result.conflicts == ()


def test_two_plural_rules_are_a_conflict() -> None:
    sides = [
        catalog(header=header(f"Plural-Forms: nplurals={count}; plural=0;")) for count in (1, 2, 3)
    ]
    result = merge_catalogs(*sides)
    assert result.conflicts == ((None, ""),)
    assert result.catalog.header.comments == (
        "ours: Plural-Forms: nplurals=2; plural=0;",
        "theirs: Plural-Forms: nplurals=3; plural=0;",
    )


def test_an_entry_of_theirs_keeps_its_own_layout_and_our_line_ends() -> None:
    base = 'msgid "a"\nmsgstr ""\n\nmsgid "b"\nmsgstr ""\n'
    ours = base.replace('""', '"A"', 1).replace("\n", "\r\n")
    theirs = base[: base.rindex(' ""')] + '  "B" "C"\n'
    files = (parse_po(text, PATH, "page", ES) for text in (base, ours, theirs))
    assert merge_files(*files).text == (
        'msgid "a"\r\nmsgstr "A"\r\n\r\nmsgid "b"\r\nmsgstr  "B" "C"\r\n'
    )


def test_comments_behind_the_last_entry_are_kept() -> None:
    entry = 'msgid "{}"\nmsgstr ""\n'
    base = f"{entry.format('a')}\n# vim: one\n"
    ours = f"{entry.format('a')}\n{entry.format('b')}\n# vim: one\n"
    theirs = f"{entry.format('a')}\n# vim: one\n# two\n"
    files = (parse_po(text, PATH, "page", ES) for text in (base, ours, theirs))
    assert merge_files(*files).text == f"{ours}# two\n"


@pytest.mark.corpus
@pytest.mark.gettext
def test_replayed_merges_of_real_catalogs(corpora: Path) -> None:
    done = subprocess.run(
        [sys.executable, PROJECT / "tools" / "bench_merge.py", corpora, "--merges", "12"],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = {
        row[0]: row[2:]
        for line in done.stdout.splitlines()[2:]
        if len(row := [cell.strip() for cell in line.strip("| ").split("|")]) == 6
    }
    conflicts, wrong, lost, broken = map(int, rows["transpipe merge-po"])
    assert (wrong, lost, broken) == (0, 0, 0)
    assert conflicts < int(rows["git"][0])
    assert conflicts < int(rows["msgcat --use-first"][2])
