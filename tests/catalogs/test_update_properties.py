"""Law 6: nothing is lost, nothing is wrongly paired, nothing changes twice."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings

from tests.catalogs.strategies import ES, projects
from transpipe.catalogs.carry import holds_text
from transpipe.catalogs.completeness import completeness, documents_in, tally
from transpipe.catalogs.counting import count_catalog
from transpipe.catalogs.harmless import harmless_edit
from transpipe.catalogs.pofile import format_po, parse_po
from transpipe.catalogs.update import LanguageUpdate, update_language
from transpipe.model import Catalog, Message, State

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
Project = tuple[dict[str, Catalog], dict[str, Catalog]]


def update(project: Project) -> LanguageUpdate:
    templates, catalogs = project
    return update_language(templates, catalogs, ES, NOW)


def texts(message: Message) -> tuple[str, ...]:
    return tuple(text for text in (message.msgstr, *message.msgstr_plural) if text)


@given(projects())
@settings(max_examples=300)
def test_twice_is_once(project: Project) -> None:
    templates, _ = project
    once = update(project).catalogs
    again = update((templates, dict(once))).catalogs
    assert again == once
    for domain, catalog in once.items():
        before = parse_po(format_po(catalog), Path("x.po"), domain, ES)
        assert format_po(again[domain], before) == before.text


@given(projects())
@settings(max_examples=300)
def test_no_translation_is_lost(project: Project) -> None:
    _, catalogs = project
    after = {
        text
        for catalog in update(project).catalogs.values()
        for message in catalog.messages
        for text in (*texts(message), *message.comments)
    }
    for catalog in catalogs.values():
        for message in catalog.messages:
            assert set(texts(message)) <= after


@given(projects())
@settings(max_examples=300)
def test_no_msgstr_is_paired_with_another_msgid_unmarked(project: Project) -> None:
    _, catalogs = project
    written = {
        (text, message.key, message.msgid_plural)
        for catalog in catalogs.values()
        for message in catalog.messages
        if not message.is_fuzzy
        for text in texts(message)
    }
    for catalog in update(project).catalogs.values():
        for message in catalog.messages:
            if not message.is_fuzzy:
                for text in texts(message):
                    place = (text, message.key, message.msgid_plural)
                    assert place in written or carried(message, catalogs)


def carried(message: Message, catalogs: dict[str, Catalog]) -> bool:
    """Whether some message of old differs from it only in what cannot alter the meaning."""
    old = (one for catalog in catalogs.values() for one in catalog.messages)
    edits = (harmless_edit(one, message) for one in old if one.msgctxt == message.msgctxt)
    return any(edit and edit.msgstr == message.msgstr for edit in edits)


@given(projects())
@settings(max_examples=300)
def test_a_fuzzy_translation_says_what_it_was_written_for(project: Project) -> None:
    _, catalogs = project
    old = [message for catalog in catalogs.values() for message in catalog.messages]
    for catalog in update(project).catalogs.values():
        for message in catalog.messages:
            if message.is_fuzzy and holds_text(message):
                source = next(one for one in old if set(texts(message)) & set(texts(one)))
                assert source.msgctxt == message.msgctxt
                if source.previous:
                    assert message.previous == source.previous
                elif source.key != message.key:
                    assert message.previous is not None
                    assert message.previous.msgid == source.msgid


@given(projects())
@settings(max_examples=300)
def test_catalogs_hold_the_messages_of_their_template(project: Project) -> None:
    templates, catalogs = project
    result, foreign = update(project).catalogs, update(project).summary.foreign
    assert result.keys() == templates.keys() | catalogs.keys()
    assert set(foreign) <= catalogs.keys() - templates.keys()
    for domain, catalog in result.items():
        if domain in foreign:
            assert catalog == catalogs[domain]
            continue
        template = templates.get(domain)
        wanted = template.messages if template else ()
        active = [message for message in catalog.messages if not message.obsolete]
        assert sorted(m.key[1] for m in active) == sorted(m.key[1] for m in wanted)
        assert {m.key: m.references for m in active} == {m.key: m.references for m in wanted}
        assert max(Counter(message.key for message in catalog.messages).values(), default=1) == 1


@given(projects())
@settings(max_examples=300)
def test_counts_add_up(project: Project) -> None:
    templates, catalogs = project
    result = update(project)
    summary = result.summary
    assert summary.total == sum(len(template.messages) for template in templates.values())
    counts = [
        tally(catalog.messages).messages
        for domain, catalog in result.catalogs.items()
        if domain not in summary.foreign
    ]
    obsolete = obsolete_in(result.catalogs) - obsolete_in(catalogs)
    assert sum(count.total for count in counts) == summary.total
    assert summary.new <= sum(count.untranslated for count in counts)
    assert summary.obsolete >= obsolete  # fewer are left where one was revived
    sources = {domain: count_catalog(template) for domain, template in templates.items()}
    counted = {domain: count_catalog(catalog) for domain, catalog in result.catalogs.items()}
    report = completeness(documents_in([ES], sources, {ES: counted})).languages[0]
    if templates:
        assert report.tally.messages.total == summary.total


def obsolete_in(catalogs: object) -> int:
    assert isinstance(catalogs, dict)
    return sum(
        message.state is State.OBSOLETE
        for catalog in catalogs.values()
        for message in catalog.messages
    )
