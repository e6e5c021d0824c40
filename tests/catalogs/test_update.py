"""Updates of a language, case by case."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel import Locale

from transpipe.catalogs.harmless import Edit
from transpipe.catalogs.pofile import format_po, parse_po, read_po, write_po
from transpipe.catalogs.template import make_template
from transpipe.catalogs.update import LanguageUpdate, SourceEdit, UpdateSummary, update_language
from transpipe.model import Catalog, Message, Previous, State

ES, EN, PT_BR = Locale("es"), Locale("en"), Locale("pt", "BR")
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)

OPENING = "The library opens at nine in the morning and closes at six."
EDITED = "The library opens at ten in the morning and closes at six."
MEMBERS = "Members may borrow up to three books at a time."


def template(domain: str, *msgids: str, created: datetime = NOW) -> Catalog:
    messages = (Message(msgid, references=(f"docs/{domain}.md",)) for msgid in msgids)
    return make_template(domain, messages, EN, created)


def catalog(domain: str, *messages: Message) -> Catalog:
    fields = "POT-Creation-Date: 2020-01-01 00:00+0000\nX-Ours: kept\nX-Generator: transpipe\n"
    return Catalog(domain, ES, Message("", fields), messages)


def foreign(domain: str, *messages: Message) -> Catalog:
    """Make a catalog that another tool keeps."""
    fields = "POT-Creation-Date: 2020-01-01 00:00+0000\nX-Generator: Poedit 3.4\n"
    return Catalog(domain, ES, Message("", fields), messages)


def update(*catalogs: Catalog, locale: Locale = ES) -> LanguageUpdate:
    """Update from a mixture of templates and old catalogs."""
    templates = {one.domain: one for one in catalogs if one.locale is None}
    old = {one.domain: one for one in catalogs if one.locale is not None}
    return update_language(templates, old, locale, NOW)


def states(one: Catalog) -> list[tuple[str, str, State]]:
    return [(message.msgid, message.msgstr, message.state) for message in one.messages]


def test_a_new_catalog_has_a_full_header() -> None:
    result = update(template("about/index", "Contact"), locale=PT_BR)
    assert format_po(result.catalogs["about/index"]) == (
        'msgid ""\n'
        'msgstr ""\n'
        '"Project-Id-Version: about/index\\n"\n'
        '"POT-Creation-Date: 2026-03-01 12:00+0000\\n"\n'
        '"Language: pt_BR\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        '"X-Source-Language: en\\n"\n'
        '"X-Generator: transpipe\\n"\n'
        "\n"
        "#: docs/about/index.md\n"
        'msgid "Contact"\n'
        'msgstr ""\n'
    )
    assert result.summary == UpdateSummary(new=1)


def test_an_edited_message_becomes_fuzzy_and_says_what_it_was() -> None:
    old = Message(OPENING, "La biblioteca abre a las nueve.", comments=("checked",))
    result = update(template("index", EDITED), catalog("index", old))
    [message] = result.catalogs["index"].messages
    assert message == Message(
        EDITED,
        "La biblioteca abre a las nueve.",
        flags=("fuzzy",),
        references=("docs/index.md",),
        comments=("checked",),
        previous=Previous(OPENING),
    )
    assert result.summary == UpdateSummary(edited=1)


def test_an_edit_of_an_edit_keeps_the_first_text() -> None:
    fuzzy = Message(EDITED, "Abre", flags=("fuzzy",), previous=Previous(OPENING))
    third = EDITED.replace("six", "seven")
    [message] = update(template("index", third), catalog("index", fuzzy)).catalogs["index"].messages
    assert (message.previous, message.flags) == (Previous(OPENING), ("fuzzy",))


def test_a_rewritten_message_is_known_by_its_neighbours() -> None:
    rewritten = "We open our doors at nine o'clock and close at six in the evening."
    old = catalog(
        "index",
        Message("Welcome", "Hola"),
        Message(OPENING, "Abre"),
        Message("Contact", "Escríbenos"),
    )
    result = update(template("index", "Welcome", rewritten, "Contact"), old)
    assert result.catalogs["index"].messages[1].previous == Previous(OPENING)
    assert result.summary == UpdateSummary(kept=2, edited=1)


def test_a_renamed_page_keeps_everything() -> None:
    old = catalog("old", Message("Welcome", "Hola"), Message(OPENING, "Abre"), Message("x", ""))
    result = update(template("new/page", "Welcome", OPENING), old)
    assert states(result.catalogs["new/page"]) == [
        ("Welcome", "Hola", State.TRANSLATED),
        (OPENING, "Abre", State.TRANSLATED),
    ]
    assert result.catalogs["old"].messages == ()
    assert result.summary == UpdateSummary(moved=2)


def test_an_edit_in_a_renamed_page_is_found_by_position() -> None:
    rewritten = "We open our doors at nine o'clock and close at six in the evening."
    old = catalog(
        "old",
        Message("Welcome", "Hola"),
        Message(OPENING, "Abre"),
        Message("Contact", "Escríbenos"),
    )
    result = update(template("new", "Welcome", rewritten, "Contact"), old)
    assert result.summary == UpdateSummary(moved=2, edited=1)


def test_a_page_split_in_two_and_one_merged_of_two() -> None:
    whole = catalog("whole", Message(OPENING, "Abre"), Message(MEMBERS, "Tres libros"))
    split = update(template("hours", OPENING), template("lending", MEMBERS), whole)
    assert states(split.catalogs["hours"]) == [(OPENING, "Abre", State.TRANSLATED)]
    assert states(split.catalogs["lending"]) == [(MEMBERS, "Tres libros", State.TRANSLATED)]
    merged = update(template("whole", OPENING, MEMBERS), *split.catalogs.values())
    assert states(merged.catalogs["whole"]) == states(whole)
    assert merged.summary == UpdateSummary(moved=2)


def test_a_page_that_was_copied_takes_the_translations_in_use_elsewhere() -> None:
    result = update(
        template("a", OPENING), template("b", OPENING), catalog("a", Message(OPENING, "Abre"))
    )
    assert states(result.catalogs["a"]) == states(result.catalogs["b"])
    assert result.summary == UpdateSummary(kept=1, moved=1)


def test_what_was_left_untranslated_is_not_filled_from_a_page_in_use() -> None:
    result = update(
        template("a", "Menu"),
        template("b", "Menu"),
        catalog("a", Message("Menu", "Menú")),
        catalog("b", Message("Menu")),
    )
    assert states(result.catalogs["b"]) == [("Menu", "", State.UNTRANSLATED)]
    assert result.summary == UpdateSummary(kept=2)


def test_a_rename_that_another_tool_made_nothing_of_is_made_good() -> None:
    result = update(
        template("new", OPENING),
        catalog("new", Message(OPENING, comments=("mine",))),
        catalog("old", Message(OPENING, "Abre", comments=("theirs",))),
    )
    [message] = result.catalogs["new"].messages
    assert (message.msgstr, message.comments) == ("Abre", ("mine", "theirs"))


def test_a_message_that_vanishes_is_set_aside_and_comes_back() -> None:
    old = catalog("index", Message(OPENING, "Abre", comments=("n",)), Message("Contact", "Escribe"))
    without = update(template("index", "Contact"), old)
    assert without.catalogs["index"].messages[1] == Message(
        OPENING, "Abre", comments=("n",), obsolete=True
    )
    assert without.summary == UpdateSummary(kept=1, obsolete=1)
    back = update(template("index", "Contact", OPENING), without.catalogs["index"])
    assert states(back.catalogs["index"])[1] == (OPENING, "Abre", State.TRANSLATED)
    assert back.summary == UpdateSummary(kept=1, moved=1)


def test_another_context_is_another_message() -> None:
    old = catalog("index", Message("About", "Acerca de", msgctxt="front-matter:title"))
    result = update(template("index", "About"), old)
    assert states(result.catalogs["index"]) == [
        ("About", "", State.UNTRANSLATED),
        ("About", "Acerca de", State.OBSOLETE),
    ]


def test_two_translations_of_one_moved_message_are_both_kept() -> None:
    result = update(
        template("new", "Note"),
        catalog("a", Message("Note", "Nota")),
        catalog("b", Message("Note", "Aviso")),
    )
    assert states(result.catalogs["new"]) == [("Note", "Nota", State.TRANSLATED)]
    assert states(result.catalogs["b"]) == [("Note", "Aviso", State.OBSOLETE)]


def test_a_page_without_a_template_is_set_aside() -> None:
    result = update(catalog("gone", Message("Contact", "Escribe"), Message("x")))
    assert states(result.catalogs["gone"]) == [("Contact", "Escribe", State.OBSOLETE)]


def test_a_page_written_in_the_language_gets_no_catalog() -> None:
    spanish = make_template("aviso", [Message("Horario")], ES, NOW)
    result = update(spanish, template("index", "Contact"))
    assert list(result.catalogs) == ["index"]
    assert result.summary == UpdateSummary(new=1)


def test_a_catalog_of_a_page_written_in_the_language_is_left_and_named() -> None:
    spanish = make_template("aviso", [Message("Horario")], ES, NOW)
    old = catalog("aviso", Message("Opening", "Horario"))
    result = update(spanish, old)
    assert result.catalogs == {"aviso": old}
    assert result.summary.authored == ("aviso",)


def test_flags_of_the_template_and_of_the_translator() -> None:
    source = Message("100 %s", flags=("python-format",))
    old = Message("100 %s", "cien %s", flags=("noqa", "c-format"))
    result = update(make_template("a", [source], EN, NOW), catalog("a", old))
    assert result.catalogs["a"].messages[0].flags == ("noqa", "python-format")


def test_a_plural_that_comes_or_goes_makes_the_translation_fuzzy() -> None:
    one = Message("a book", "un libro")
    many = Message("a book", msgid_plural="books", msgstr_plural=("un libro", "libros"))
    [message] = (
        update(
            make_template("a", [replace(one, msgstr="", msgid_plural="books")], EN, NOW),
            catalog("a", one),
        )
        .catalogs["a"]
        .messages
    )
    assert (message.msgstr_plural, message.flags) == (("un libro", "un libro"), ("fuzzy",))
    [message] = update(template("a", "a book"), catalog("a", many)).catalogs["a"].messages
    assert (message.msgstr, message.comments) == ("un libro", ("libros",))
    assert message.previous == Previous("a book", None, "books")


def test_dates_change_only_with_the_messages() -> None:
    old = update(template("index", "Contact")).catalogs["index"]
    same = update(template("index", "Contact", created=LATER), old).catalogs["index"]
    assert same == old
    more = update(template("index", "Contact", OPENING, created=LATER), old).catalogs["index"]
    assert more.header_field("POT-Creation-Date") == "2026-04-01 12:00+0000"
    assert more.header_field("Language") == "es"


def test_custom_fields_stay_and_the_source_language_is_added_with_a_change() -> None:
    old = catalog("index", Message("Contact", "Escribe"))
    result = update(template("index", "Contact", "More"), old).catalogs["index"]
    assert result.header.msgstr == (
        "POT-Creation-Date: 2026-03-01 12:00+0000\nX-Ours: kept\nX-Generator: transpipe\n"
        "X-Source-Language: en\n"
    )


def test_the_source_language_comes_with_any_change_and_never_alone() -> None:
    here = Message("Contact", "Escribe", references=("docs/index.md",))
    same = foreign("index", here)
    assert update(template("index", "Contact"), same).catalogs["index"] == same
    shifted = foreign("index", replace(here, references=("docs/index.md:7",)))
    result = update(template("index", "Contact"), shifted).catalogs["index"]
    assert result.header.msgstr == shifted.header.msgstr + "X-Source-Language: en\n"


@pytest.mark.parametrize("fields", ["", "X-Generator: Poedit 3.4\n", "X-Generator: transpiper\n"])
def test_a_catalog_of_no_document_is_left_and_named(fields: str) -> None:
    theme = Catalog(
        "sphinx",
        ES,
        Message("", fields),
        (Message("Search", "Buscar"), Message("x"), Message("y", "z", obsolete=True)),
    )
    result = update(template("index", "Contact"), theme)
    assert result.catalogs["sphinx"] == theme
    assert result.summary == UpdateSummary(new=1, foreign=("sphinx",))


def test_a_catalog_that_says_its_source_language_is_of_a_document() -> None:
    header = Message("", "X-Source-Language: en\nX-Generator: Poedit 3.4\n")
    result = update(Catalog("gone", ES, header, (Message("Contact", "Escribe"),)))
    assert states(result.catalogs["gone"]) == [("Contact", "Escribe", State.OBSOLETE)]
    assert result.summary == UpdateSummary(obsolete=1)


def test_a_deleted_page_gives_its_translations_whoever_keeps_its_catalog() -> None:
    old = foreign("old", Message("Welcome", "Hola"), Message(OPENING, "Abre"))
    source = template("new", "Welcome", EDITED)
    result = update(source, old)
    assert states(result.catalogs["new"]) == [
        ("Welcome", "Hola", State.TRANSLATED),
        (EDITED, "Abre", State.FUZZY),
    ]
    assert result.catalogs["old"] == old
    assert result.summary == UpdateSummary(moved=1, edited=1, foreign=("old",))
    again = update(source, *result.catalogs.values())
    assert again.catalogs == result.catalogs
    assert again.summary == UpdateSummary(kept=2, foreign=("old",))


@pytest.mark.parametrize("number", ["9" * 23, "9" * 5000])
def test_a_number_of_forms_of_no_language_is_not_believed(number: str) -> None:
    source = make_template("a", [Message("book", msgid_plural="books")], EN, NOW)
    header = Message("", f"Plural-Forms: nplurals={number}; plural=0;\n")
    result = update(source, Catalog("a", ES, header, ()))
    assert 1 <= len(result.catalogs["a"].messages[0].msgstr_plural) <= 6


def test_a_catalog_without_a_header_is_given_one() -> None:
    old = parse_po('msgid "Contact"\nmsgstr "Escribe"\n', Path("index.po"), "index", ES)
    result = update(template("index", "Contact"), old.catalog).catalogs["index"]
    assert result.header_field("Language") == "es"
    assert format_po(result, old).endswith(
        '\n\n#: docs/index.md\nmsgid "Contact"\nmsgstr "Escribe"\n'
    )


def test_an_obsolete_entry_amid_others_stays_where_it_is() -> None:
    gone = Message("gone", "ido", obsolete=True)
    here = Message("Contact", "Escribe", references=("docs/index.md",))
    old = catalog("index", gone, here)
    assert update(template("index", "Contact"), old).catalogs["index"] == old
    more = update(template("index", "Contact", "More"), old).catalogs["index"]
    assert [message.msgid for message in more.messages] == ["Contact", "More", "gone"]


def test_what_sphinx_intl_keeps_is_kept(tmp_path: Path) -> None:
    """The same project through sphinx-intl and through ours: no translation only they keep."""
    pot, locale = tmp_path / "pot", tmp_path / "locale"
    po = locale / "es" / "LC_MESSAGES" / "index.po"
    old = catalog(
        "index",
        Message("Welcome", "Hola", comments=("greeting",)),
        Message(OPENING, "Abre"),
        Message(MEMBERS, "Tres libros", flags=("fuzzy",)),
        Message("Gone for good, with all that it said", "Ido"),
    )
    source = template("index", "Welcome", EDITED, MEMBERS, "Entirely new")
    write_po(po, replace(old, header=update(source).catalogs["index"].header))
    before = read_po(po, "index", ES)
    write_po(pot / "index.pot", source)
    subprocess.run(
        [sys.executable, "-m", "sphinx_intl", "update", "-p", pot, "-d", locale, "-l", "es"],
        check=True,
        capture_output=True,
    )
    theirs = read_po(po, "index", ES).catalog
    ours = update(source, before.catalog).catalogs["index"]
    assert {m.key: m.msgstr for m in theirs.messages if m.msgstr and not m.obsolete} == {
        m.key: m.msgstr for m in ours.messages if m.msgstr and not m.obsolete
    }
    kept = {text for m in theirs.messages for text in (m.msgstr, *m.comments)}
    assert kept <= {text for m in ours.messages for text in (m.msgstr, *m.comments)}


@pytest.mark.gettext
def test_msgmerge_changes_nothing_of_an_updated_catalog(tmp_path: Path) -> None:
    """What we call up to date, msgmerge calls up to date."""
    source = template("index", "Welcome", EDITED, "Contact")
    old = catalog("index", Message("Welcome", "Hola"), Message(OPENING, "Abre"))
    result = update(source, replace(old, header=update(source).catalogs["index"].header))
    po, pot = tmp_path / "index.po", tmp_path / "index.pot"
    write_po(po, result.catalogs["index"])
    write_po(pot, source)
    merged = subprocess.run(
        ["msgmerge", "--quiet", "--previous", po, pot],
        capture_output=True,
        text=True,
        check=True,
    )
    again = parse_po(merged.stdout, po, "index", ES).catalog
    assert again.messages == result.catalogs["index"].messages


@pytest.mark.gettext
def test_no_translation_that_msgmerge_keeps_is_lost(tmp_path: Path) -> None:
    """What msgmerge pairs with a message, ours does too, and never more fuzzily than it."""
    old = catalog(
        "index",
        Message("Welcome to the manual", "Bienvenida"),
        Message(OPENING, "Abre"),
        Message(MEMBERS, "Tres libros"),
        Message("Read [the rules](rules.md) first.", "Antes, [las reglas](rules.md)."),
        Message("Ask at the desk if you have lost a book.", "Pregunta", flags=("fuzzy",)),
        Message("Gone for good, with all that it said", "Ido"),
        Message("Long gone", "Ido hace tiempo", obsolete=True),
    )
    source = template(
        "index",
        "Welcome to the manual",
        MEMBERS.replace("three", "four"),
        EDITED,
        "Read [the rules](all/rules.md) first.",
        "Ask at the desk if you have lost a book.",
        "Long gone",
        "Entirely new, with nothing before it: penguins",
    )
    po, pot = tmp_path / "index.po", tmp_path / "index.pot"
    write_po(po, replace(old, header=update(source).catalogs["index"].header))
    write_po(pot, source)
    run = ["msgmerge", "--quiet", "--previous", str(po), str(pot)]
    merged = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    theirs = parse_po(merged, po, "index", ES).catalog
    ours = {m.key: m for m in update(source, old).catalogs["index"].messages if not m.obsolete}
    for message in theirs.messages:
        if not message.obsolete and message.msgstr:
            mine = ours[message.key]
            assert mine.msgstr
            assert message.is_fuzzy or not mine.is_fuzzy
    kept = {m.msgstr for m in theirs.messages}
    made = {"Antes, [las reglas](rules.md)."}  # carried, with the new address
    assert kept - made <= {m.msgstr for m in update(source, old).catalogs["index"].messages}


def test_an_edit_that_cannot_alter_the_meaning_is_carried_and_logged() -> None:
    old = Message("Read [it](a.md) now.", "[Léelo](a.md) ya.", comments=("checked",))
    result = update(template("index", "Read [it](b.md) now."), catalog("index", old))
    [message] = result.catalogs["index"].messages
    assert message == Message(
        "Read [it](b.md) now.",
        "[Léelo](b.md) ya.",
        references=("docs/index.md",),
        comments=("checked",),
    )
    assert result.summary == UpdateSummary(carried=1)
    assert result.carried == (SourceEdit("index", old.msgid, "Read [it](b.md) now.", (Edit.LINK,)),)
    assert result.edits == ()


def test_what_made_a_message_fuzzy_is_told() -> None:
    result = update(template("index", EDITED), catalog("index", Message(OPENING, "Abre")))
    assert result.edits == (SourceEdit("index", OPENING, EDITED),)
