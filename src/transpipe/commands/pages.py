"""Documents x the catalogs of a language -> translated documents on their way to their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from babel import Locale

from transpipe.catalogs.layout import LocaleFolder
from transpipe.commands.progress import track
from transpipe.commands.targets import Targets
from transpipe.documents.options import Options
from transpipe.documents.translate import Refusal, translate
from transpipe.files import read_text
from transpipe.locales import path_code
from transpipe.model import Document, Finding, Message, MessageKey, Segment, Severity, State


@dataclass(frozen=True, slots=True)
class Page:
    """A translated document on its way to its place."""

    path: Path
    text: str
    findings: tuple[Finding, ...]


def differs(page: Page) -> bool:
    """Tell whether a page is not on disk as it should be."""
    return not page.path.is_file() or read_text(page.path) != page.text


_Translations = Mapping[str, Mapping[MessageKey, Message]]
"""The translated messages of a language, by domain."""


def _translations(folder: LocaleFolder, locale: Locale) -> _Translations:
    return {
        domain: {
            message.key: message
            for message in file.catalog.messages
            if message.state is State.TRANSLATED
        }
        for domain, file in folder.read_catalogs(locale).items()
    }


def rendered(
    documents: Iterable[Document],
    locale: Locale,
    folder: LocaleFolder,
    targets: Targets,
    options: Options,
) -> Iterator[Page]:
    """Translate documents into one language, with the findings for what could not be written.

    :raises CatalogError: if a catalog is broken.
    :raises DocumentError: if a document cannot be taken apart.
    """
    translations = _translations(folder, locale)
    for document in track(documents, f"rendering {path_code(locale)}"):
        path = targets.get((document.name, locale))
        if path is None:
            continue
        messages = {} if document.source_language == locale else translations.get(document.name, {})
        result = translate(document, options, partial(_msgstr, messages))
        catalog = folder.catalog_path(locale, document.name)
        yield Page(
            path,
            result.text,
            tuple(
                _finding(refusal, messages, document, catalog, locale) for refusal in result.refused
            ),
        )


def _msgstr(messages: Mapping[MessageKey, Message], segment: Segment) -> str | None:
    message = messages.get((segment.msgctxt, segment.msgid))
    return message.msgstr if message else None


def _finding(
    refusal: Refusal,
    messages: Mapping[MessageKey, Message],
    document: Document,
    catalog: Path,
    locale: Locale,
) -> Finding:
    segment = refusal.segment
    return Finding(
        path=catalog,
        line=messages[segment.msgctxt, segment.msgid].line,
        check="render",
        severity=Severity.ERROR,
        text=f"not written to line {segment.line} of {document.path}: {refusal.reason}",
        locale=locale,
        msgid=segment.msgid,
    )
