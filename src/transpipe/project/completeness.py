"""From the catalogs on disk to how complete each language is, in as much detail as is asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from babel import Locale

from transpipe.catalogs.completeness import (
    Documents,
    completeness,
    documents_in,
    not_shown,
    set_apart,
)
from transpipe.catalogs.counting import CountedCatalog, Key
from transpipe.catalogs.layout import CountedCatalogs, LocaleFolder
from transpipe.errors import TranspipeError
from transpipe.model import Completeness, Tally

if TYPE_CHECKING:
    from transpipe.model import Catalog, DocumentCompleteness, LanguageCompleteness

Headings = Mapping[str, Sequence[str]]
"""The msgids of the headings of each document, in their order."""
Reasons = Mapping[Locale, Mapping[str, Mapping[Key, str]]]
"""Why translations do not reach the reader: by language, document and message."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a report goes into beside the counts of documents."""

    names: Collection[str] | None = None
    """Names that ask for no translation, if such messages are to be counted apart."""
    reasons: Reasons | None = None
    headings: Headings | None = None
    """None where sections are not asked for."""
    messages: bool = False
    """Whether each missing message is to be listed."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The messages of each document in each language."""

    folder: LocaleFolder
    has_templates: bool
    documents: Mapping[Locale, Documents]
    """Without those whose catalog cannot be read."""
    apart: Mapping[Locale, Mapping[str, CountedCatalog]]
    catalogs: Mapping[Locale, CountedCatalogs]


def count(folder: LocaleFolder, languages: tuple[Locale, ...], wanted: Wanted) -> Counted:
    """Count the messages of each document in each language.

    :raises CatalogError: if a template cannot be read, or a language has two folders.
    :raises TranspipeError: if there are no templates and no catalogs.
    """
    templates = folder.count_templates()
    # Without templates, what a document holds is known from its catalogs in every language.
    read = languages if templates else (*languages, *folder.locales())
    # The words are those of the templates.
    catalogs = {
        locale: folder.count_catalogs(locale, words=not templates) for locale in dict.fromkeys(read)
    }
    if not templates and not any(found.files or found.findings for found in catalogs.values()):
        raise TranspipeError(
            "holds no templates and no catalogs",
            "run 'transpipe extract' and 'transpipe update' first",
            path=folder.root,
        )
    found = documents_in(
        languages, templates, {locale: one.files for locale, one in catalogs.items()}
    )
    documents: dict[Locale, Documents] = {}
    apart: dict[Locale, Mapping[str, CountedCatalog]] = {}
    for locale, of_language in found.items():
        # What cannot be read is not known: it does not count as zero.
        unreadable = catalogs[locale].findings
        known = {name: one for name, one in of_language.items() if name not in unreadable}
        apart[locale], documents[locale] = adjusted(locale, known, wanted)
    return Counted(folder, bool(templates), documents, apart, catalogs)


def adjusted(
    locale: Locale, documents: Documents, wanted: Wanted
) -> tuple[Mapping[str, CountedCatalog], Documents]:
    """Set apart and count as fuzzy what a report asks for: what is apart, and the rest."""
    reasons = (wanted.reasons or {}).get(locale, {})
    apart: dict[str, CountedCatalog] = {}
    rest: dict[str, CountedCatalog | None] = {}
    for name, counted in documents.items():
        rest[name] = counted
        if counted is None:
            continue
        if reasons.get(name):
            rest[name] = counted = not_shown(counted, reasons[name])
        if wanted.names is not None:
            rest[name], apart[name] = set_apart(counted, wanted.names)
    return apart, rest


def computed(counted: Counted, wanted: Wanted) -> Completeness:
    """Make the result that reports are given.

    :raises CatalogError: if a template cannot be read.
    """
    result = completeness(counted.documents)
    languages = tuple(
        replace(
            language,
            documents=tuple(
                replace(document, apart=_tally(counted.apart[language.locale], document.document))
                for document in language.documents
            ),
            unreadable=tuple(counted.catalogs[language.locale].findings),
        )
        for language in result.languages
    )
    if wanted.messages or wanted.headings is not None:
        templates = {
            name: file.catalog for name, file in counted.folder.read_templates().items()
        } if counted.has_templates else {}  # fmt: skip
        languages = tuple(_detailed(language, templates, counted, wanted) for language in languages)
    findings = tuple(
        finding
        for locale in counted.documents
        for finding in counted.catalogs[locale].findings.values()
    )
    return Completeness(languages, findings, checked=wanted.reasons is not None)


def _tally(apart: Mapping[str, CountedCatalog], name: str) -> Tally:
    return apart[name].tally if name in apart else Tally()


def _detailed(
    language: LanguageCompleteness,
    templates: Mapping[str, Catalog],
    counted: Counted,
    wanted: Wanted,
) -> LanguageCompleteness:
    from transpipe.catalogs.details import Sources, details  # late: few reports go into them

    locale = language.locale
    files = counted.folder.read_readable_catalogs(locale).files

    def detailed(document: DocumentCompleteness) -> DocumentCompleteness:
        name = document.document
        states = counted.documents[locale][name]
        if states is None:
            return document
        file = files.get(name)
        headings = (wanted.headings or {}).get(name, ())
        found = details(
            document,
            states,
            Sources(
                templates.get(name) or (None if file else _of_another(name, counted)),
                file.catalog if file else None,
                file.path if file else counted.folder.catalog_path(locale, name),
                headings,
                (wanted.reasons or {}).get(locale, {}).get(name),
            ),
        )
        return replace(
            found,
            sections=found.sections if headings else (),
            missing=found.missing if wanted.messages else (),
        )

    return replace(language, documents=tuple(map(detailed, language.documents)))


def _of_another(name: str, counted: Counted) -> Catalog | None:
    """Read the catalog of the first language that has one of a document."""
    from transpipe.catalogs.pofile import read_po

    for locale, catalogs in counted.catalogs.items():
        if name in catalogs.files:
            return read_po(counted.folder.catalog_path(locale, name), name, locale).catalog
    return None
