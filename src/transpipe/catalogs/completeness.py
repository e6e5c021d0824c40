"""From counted catalogs to how complete each document is in each language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from babel import Locale

from transpipe.catalogs.counting import CountedCatalog, Key, key_of, msgid_of, tally_of
from transpipe.errors import TranspipeError
from transpipe.locales import parse_locale
from transpipe.model import Completeness, DocumentCompleteness, LanguageCompleteness, Tally

if TYPE_CHECKING:
    from transpipe.model import Message


def tally(messages: Iterable[Message]) -> Tally:
    """Count messages by state, in messages and in words of the msgid.

    In messages the counts are those of ``msgfmt --statistics``. Obsolete ones do not count, and
    a fuzzy one is not a translated one: the reader sees the source.
    """
    from transpipe.model import State  # late: messages are seldom read to be counted

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
        words=None,
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
    if template is None:
        return catalog
    if template.keys == catalog.keys:
        return replace(catalog, words=template.words)
    keys = frozenset(template.keys)
    return CountedCatalog(
        template.keys,
        catalog.fuzzy & keys,
        (catalog.untranslated & keys) | (keys - frozenset(catalog.keys)),
        template.source_language,
        template.words,
    )


def _is_written_in(source: CountedCatalog, locale: Locale) -> bool:
    if not source.source_language:
        return False
    try:
        return parse_locale(source.source_language) == locale
    except TranspipeError:
        return False  # a field that another tool may have written: no reason to stop
