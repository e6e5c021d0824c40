"""What is put in a catalog, or taken out of it, on request."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings

from tests.catalogs.strategies import ES, projects
from transpipe.catalogs.notes import CHANGED, with_changes, without_obsolete
from transpipe.catalogs.pofile import format_po, parse_po
from transpipe.catalogs.update import update_language
from transpipe.model import Catalog, Message, Previous

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FUZZY = Message(
    "Open at ten.",
    "Abre a las nueve.",
    flags=("fuzzy",),
    extracted_comments=("Of the library.",),
    previous=Previous("Open at nine."),
)


def catalog(*messages: Message) -> Catalog:
    return Catalog("index", ES, Message("", "Language: es\n"), messages)


def test_a_fuzzy_message_says_what_changed_once() -> None:
    once = with_changes(catalog(FUZZY))
    assert once.messages[0].extracted_comments == (
        "Of the library.",
        "changed: Open at [-nine-]{+ten+}.",
    )
    assert with_changes(once) == once


def test_other_messages_say_nothing() -> None:
    others = catalog(
        Message("a", "b"), Message("c", "d", flags=("fuzzy",)), Message("e", obsolete=True)
    )
    assert with_changes(others) == others


@given(projects())
@settings(max_examples=40)
def test_comments_of_changes_do_not_churn(
    project: tuple[dict[str, Catalog], dict[str, Catalog]],
) -> None:
    """They stay as they are while a message is fuzzy, and go with the mark."""
    templates, catalogs = project
    first = update_language(templates, catalogs, ES, NOW).with_each(with_changes)
    again = update_language(templates, first.catalogs, ES, NOW).with_each(with_changes)
    assert again.catalogs == first.catalogs
    for domain, one in first.kept_by_us.items():
        text = format_po(one)
        read = parse_po(text, Path("x.po"), domain, ES)
        assert format_po(with_changes(read.catalog), read) == text
    reviewed = {
        domain: Catalog(
            domain,
            ES,
            one.header,
            tuple(
                Message(m.msgid, m.msgstr, m.msgctxt, m.msgid_plural, m.msgstr_plural,
                        references=m.references, extracted_comments=m.extracted_comments,
                        obsolete=m.obsolete)
                for m in one.messages
            ),
        )
        for domain, one in first.catalogs.items()
    }  # fmt: skip
    resolved = update_language(templates, reviewed, ES, NOW).with_each(with_changes)
    for domain in templates:
        for message in resolved.catalogs[domain].messages if domain in resolved.catalogs else ():
            assert not any(one.startswith(CHANGED) for one in message.extracted_comments)


def test_obsolete_messages_are_removed_and_no_others() -> None:
    gone = Message("old", "viejo", obsolete=True)
    assert without_obsolete(catalog(gone, FUZZY)) == catalog(FUZZY)
    assert without_obsolete(catalog(FUZZY)) == catalog(FUZZY)
