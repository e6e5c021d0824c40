"""From counted catalogs to how complete each document is in each language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from babel import Locale

from transpipe.catalogs.counting import CountedCatalog, Key, key_of, msgid_of, tally_of
from transpipe.catalogs.words import count_words
from transpipe.errors import TranspipeError
from transpipe.locales import parse_locale
from transpipe.model import (
    Catalog,
    Completeness,
    DocumentCompleteness,
    LanguageCompleteness,
    Message,
    MissingMessage,
    SectionCompleteness,
    State,
    Tally,
)


def tally(messages: Iterable[Message]) -> Tally:
    """Count messages by state, in messages and in words of the msgid.

    In messages the counts are those of ``msgfmt --statistics``. Obsolete ones do not count, and
    a fuzzy one is not a translated one: the reader sees the source.
    """
    active = [message for message in messages if not message.obsolete]
    by_state = {
        state: [key_of(message) for message in active if message.state is state] for state in State
    }
    return tally_of(tuple(map(key_of, active)), by_state[State.FUZZY], by_state[State.UNTRANSLATED])


Documents = Mapping[str, CountedCatalog | None]
"""The messages of each document by their states in a language; None for one authored in it."""


def documents_in(
    locales: Iterable[Locale],
    templates: Mapping[str, CountedCatalog],
    catalogs: Mapping[Locale, Mapping[str, CountedCatalog]],
) -> Mapping[Locale, Documents]:
    """Say which messages each document has in each language, and their states.

    A message of a template that a catalog lacks is untranslated, so is a whole document without
    a catalog; a message that only the catalog still has does not count. A document written in a
    language is authored in it: nothing to translate. Without templates, each catalog speaks for
    its own document, and a document that a language has no catalog of is as in the first
    language that has one.

    :param locales: the languages to report, in their order.
    :param templates: all templates, by domain; may be empty.
    :param catalogs: the catalogs of each language, by domain.
    """
    sources = templates or _first_of_each(catalogs.values())
    return {
        locale: {
            domain: None
            if _is_written_in(source, locale)
            else counted_document(
                source if templates else None, catalogs.get(locale, {}).get(domain), source
            )
            for domain, source in sorted(sources.items())
        }
        for locale in locales
    }


def completeness(documents: Mapping[Locale, Documents]) -> Completeness:
    """Count the messages of the documents in each language."""
    return Completeness(
        tuple(
            LanguageCompleteness(
                locale,
                tuple(
                    DocumentCompleteness(domain, Tally(), authored=True)
                    if counted is None
                    else DocumentCompleteness(domain, counted.tally)
                    for domain, counted in of_language.items()
                ),
            )
            for locale, of_language in documents.items()
        )
    )


def set_apart(
    counted: CountedCatalog, names: Collection[str]
) -> tuple[CountedCatalog, CountedCatalog]:
    """Part the messages of a document: those to translate, and those that ask for none.

    :param names: what is a name, and stays as it is.
    """
    # Imported late: its patterns take longer to make than many a report.
    from transpipe.catalogs.verbatim import asks_for_no_translation

    apart = frozenset(key for key in counted.keys if asks_for_no_translation(msgid_of(key), names))
    return _only(counted, frozenset(counted.keys) - apart), _only(counted, apart)


def _only(counted: CountedCatalog, keys: frozenset[Key]) -> CountedCatalog:
    return replace(
        counted,
        keys=tuple(key for key in counted.keys if key in keys),
        fuzzy=counted.fuzzy & keys,
        untranslated=counted.untranslated & keys,
    )


def not_shown(counted: CountedCatalog, keys: Collection[Key]) -> CountedCatalog:
    """Count translations that readers do not get to see as fuzzy: someone has to look at them."""
    return replace(
        counted,
        fuzzy=counted.fuzzy | (frozenset(keys) & frozenset(counted.keys)) - counted.untranslated,
    )


def _first_of_each(
    catalogs: Iterable[Mapping[str, CountedCatalog]],
) -> Mapping[str, CountedCatalog]:
    found: dict[str, CountedCatalog] = {}
    for language in catalogs:
        for domain, catalog in language.items():
            if domain not in found or not found[domain].source_language:
                found[domain] = catalog
    return found


def counted_document(
    template: CountedCatalog | None, catalog: CountedCatalog | None, source: CountedCatalog
) -> CountedCatalog:
    """Give the messages of a document by their states in a language.

    :param template: what the document holds; without it, the catalog says that.
    :param catalog: None where there is none.
    :param source: what the document holds where there is neither.
    """
    if catalog is None:
        return replace(source, fuzzy=frozenset(), untranslated=frozenset(source.keys))
    if template is None or template.keys == catalog.keys:
        return catalog
    keys = frozenset(template.keys)
    return CountedCatalog(
        template.keys,
        catalog.fuzzy & keys,
        (catalog.untranslated & keys) | (keys - frozenset(catalog.keys)),
        template.source_language,
    )


def _is_written_in(source: CountedCatalog, locale: Locale) -> bool:
    if not source.source_language:
        return False
    try:
        return parse_locale(source.source_language) == locale
    except TranspipeError:
        return False  # a field that another tool may have written: no reason to stop


# -------------------------------------------------------------------- messages and sections


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
