"""What a report tells of one document beside its counts: its sections, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from transpipe.catalogs.counting import CountedCatalog, Key, key_of, tally_of
from transpipe.catalogs.words import count_words
from transpipe.model import (
    Catalog,
    DocumentCompleteness,
    Message,
    MissingMessage,
    SectionCompleteness,
    State,
)


@dataclass(frozen=True, slots=True)
class Sources:
    """What is known of one document in one language, for a report that goes into it."""

    template: Catalog | None
    catalog: Catalog | None
    path: Path
    """Where the catalog is, or would be."""
    headings: Sequence[str] = ()
    """The msgids of the headings, in the order of the document."""
    reasons: Mapping[Key, str] | None = None
    """Why translations are not shown, by message."""


def details(
    document: DocumentCompleteness, counted: CountedCatalog, sources: Sources
) -> DocumentCompleteness:
    """Add to a document its sections, and the messages that are missing."""
    rows = tuple(_rows(counted, sources))
    written = {
        key_of(message): message
        for message in (sources.catalog.messages if sources.catalog else ())
        if not message.obsolete
    }
    sections: dict[str, list[Key]] = {}
    for key, _, section in rows:
        sections.setdefault(section, []).append(key)
    return replace(
        document,
        sections=tuple(
            SectionCompleteness(
                section,
                tally_of(
                    keys,
                    [key for key in keys if key in counted.fuzzy],
                    [key for key in keys if key in counted.untranslated],
                ),
            )
            for section, keys in sections.items()
        ),
        missing=tuple(
            replace(
                _missing(message, written.get(key), state, sources.path),
                section=section,
                reason=(sources.reasons or {}).get(key, ""),
            )
            for key, message, section in rows
            if (state := _state(key, counted)) is not State.TRANSLATED
        ),
    )


def _rows(counted: CountedCatalog, sources: Sources) -> Iterator[tuple[Key, Message, str]]:
    """Give every message in the order of the document, with the heading it stands below."""
    source = sources.template or sources.catalog
    counting = frozenset(counted.keys)
    headings = list(sources.headings)
    section = ""
    for message in source.messages if source else ():
        # The first message of a heading's text after the headings before it: a text that comes
        # twice in a document is one message, at its first place.
        if message.msgid in headings and message.msgctxt is None:
            section = message.msgid
            del headings[: headings.index(section) + 1]
        key = key_of(message)
        if key in counting and not message.obsolete:
            yield key, message, section


def _state(key: Key, counted: CountedCatalog) -> State:
    if key in counted.untranslated:
        return State.UNTRANSLATED
    return State.FUZZY if key in counted.fuzzy else State.TRANSLATED


def _missing(source: Message, written: Message | None, state: State, path: Path) -> MissingMessage:
    if written is None:
        return MissingMessage(
            source.msgid,
            state,
            count_words(source.msgid),
            path,
            msgctxt=source.msgctxt,
            references=source.references,
        )
    previous = written.previous if state is State.FUZZY else None
    return MissingMessage(
        source.msgid,
        state,
        count_words(source.msgid),
        path,
        written.line,
        source.msgctxt,
        written.msgstr or next(iter(written.msgstr_plural), ""),
        previous.msgid if previous else None,
        source.references,
    )
