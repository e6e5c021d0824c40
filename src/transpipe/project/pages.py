"""Documents x the catalogs of a language -> translated documents on their way to their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from babel import Locale

from transpipe.catalogs.layout import LocaleFolder
from transpipe.config import Config
from transpipe.documents.heading_ids import pinned
from transpipe.documents.links import with_links
from transpipe.documents.notice import with_notice
from transpipe.documents.options import Options
from transpipe.documents.translate import Refusal, Translation, translate
from transpipe.files import read_text
from transpipe.locales import path_code
from transpipe.model import (
    Catalog,
    Document,
    Finding,
    Message,
    MessageKey,
    Segment,
    Severity,
    State,
)
from transpipe.project.addresses import Addresses
from transpipe.project.notices import notice
from transpipe.project.progress import track
from transpipe.project.targets import Targets


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


def _translations(catalogs: Mapping[str, Catalog]) -> _Translations:
    return {
        domain: {
            message.key: message
            for message in catalog.messages
            if message.state is State.TRANSLATED
        }
        for domain, catalog in catalogs.items()
    }


def rendered(
    config: Config,
    documents: Sequence[Document],
    locale: Locale,
    catalogs: Mapping[str, Catalog],
    folder: LocaleFolder,
    targets: Targets,
    options: Options,
) -> Rendered:
    """Translate documents into one language, with the findings for what could not be written.

    :param catalogs: of the language, by domain.
    :param folder: where they lie, for the findings.
    :raises DocumentError: if a document cannot be taken apart.
    :raises TranspipeError: if the template of the notice cannot be read.
    """
    translations = _translations(catalogs)
    drafts = []
    for document in track(documents, f"rendering {path_code(locale)}"):
        path = targets.get((document.name, locale))
        if path is not None:
            own = document.source_language == locale
            messages = {} if own else translations.get(document.name, {})
            result = translate(document, options, partial(_msgstr, messages))
            percent = 100.0 if own else _percent(messages, result)
            findings = tuple(
                _finding(refusal, messages, document, folder, locale) for refusal in result.refused
            )
            drafts.append(_Draft(document, path, result.text, percent, findings))
    policy = config.policy(locale)
    kept = [draft for draft in drafts if draft.percent >= policy.skip_under]
    left_out = tuple(draft for draft in drafts if draft.percent < policy.skip_under)
    names = frozenset(draft.document.name for draft in left_out)
    addresses = Addresses(config, documents, targets, locale, names)
    return Rendered(
        tuple(
            Page(draft.path, _finished(config, options, draft, addresses), draft.findings)
            for draft in kept
        ),
        tuple(draft.path for draft in left_out),
    )


def without_catalog(
    documents: Iterable[Document],
    locale: Locale,
    catalogs: Mapping[str, Catalog],
    targets: Targets,
) -> Iterator[Finding]:
    """Find pages that would lose all their text for want of a catalog, not of translations."""
    for document in documents:
        path = targets.get((document.name, locale))
        if path is None or not path.is_file() or document.source_language == locale:
            continue
        catalog = catalogs.get(document.name)
        if catalog is None or not catalog.messages:
            text = (
                f"has no catalog in {path_code(locale)} to be written from: it is left as it is; "
                "run 'transpipe update' first"
            )
            if read_text(path) != document.text:
                yield Finding(path, None, "render", Severity.ERROR, text, locale)


@dataclass(frozen=True, slots=True)
class Rendered:
    """The documents of a language."""

    pages: tuple[Page, ...]
    left_out: tuple[Path, ...]
    """The places of documents too little of which is translated."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A translated document before what the whole site decides is done to it."""

    document: Document
    path: Path
    text: str
    percent: float
    findings: tuple[Finding, ...]


def _percent(messages: Mapping[MessageKey, Message], result: Translation) -> float:
    """Give the share of a document's messages that are shown translated, from 0 to 100."""
    keys = {(each.msgctxt, each.msgid) for each in result.segments}
    refused = {(each.segment.msgctxt, each.segment.msgid) for each in result.refused}
    return 100.0 * len((keys & messages.keys()) - refused) / len(keys) if keys else 100.0


def _finished(config: Config, options: Options, draft: _Draft, addresses: Addresses) -> str:
    """Pin the ids of headings, lead the links, and put a notice where one is asked for."""
    document, text, locale = draft.document, draft.text, addresses.locale
    settings = config.settings
    if settings.heading_ids:
        text = pinned(document, text, options, settings.heading_ids)
    if settings.follow_links:
        text = with_links(document, text, partial(addresses.resolved, document, draft.path))
    if config.policy(locale).notice and draft.percent < 100:
        original = addresses.original(document, draft.path)
        text = with_notice(
            document, text, notice(config, document, locale, original, draft.percent)
        )
    return text


def _msgstr(messages: Mapping[MessageKey, Message], segment: Segment) -> str | None:
    message = messages.get((segment.msgctxt, segment.msgid))
    return message.msgstr if message else None


def _finding(
    refusal: Refusal,
    messages: Mapping[MessageKey, Message],
    document: Document,
    folder: LocaleFolder,
    locale: Locale,
) -> Finding:
    segment = refusal.segment
    message = messages.get((segment.msgctxt, segment.msgid))
    return Finding(
        path=folder.catalog_path(locale, document.name),
        # Without one, what was to be written are the texts of the images in it.
        line=message.line if message else None,
        check="render",
        severity=Severity.ERROR,
        text=f"not written to line {segment.line} of {document.path}: {refusal.reason}",
        locale=locale,
        msgid=segment.msgid,
        msgstr=message.msgstr if message else None,
    )
