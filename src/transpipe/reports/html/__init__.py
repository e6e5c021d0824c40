"""Completeness as a site of static pages: a page for each language and document."""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from jinja2 import Environment, FileSystemLoader, StrictUndefined

import transpipe
from transpipe.escape import visible
from transpipe.locales import html_code, language_name, path_code
from transpipe.model import (
    Completeness,
    Counts,
    DocumentCompleteness,
    LanguageCompleteness,
    MissingMessage,
    Tally,
    told_percent,
)
from transpipe.reports import chart

_HERE = Path(__file__).parent
_CATALOGS = Path(transpipe.__file__).parent / "locale"
_ENGLISH = Locale("en")
_NEXT = 10


def site(completeness: Completeness, edit_url: str = "") -> Mapping[str, str]:
    """Make the pages and what they need, each by its path below the folder of the site.

    A language's pages are in that language where the package has its texts, and in English
    elsewhere; so is the first page, in a version for each.

    :param edit_url: where a catalog is edited; ``{path}``, ``{line}``, ``{language}`` and
        ``{document}`` are filled in. Empty for none.
    """
    return dict(_files(completeness, edit_url))


def _files(completeness: Completeness, edit_url: str) -> Iterator[tuple[str, str]]:
    for name in ("report.css", "report.js"):
        yield name, (_HERE / name).read_text("utf-8")
    readers = _readers(completeness)
    for reader in readers:
        page = _Pages(reader, edit_url)
        yield _front(reader), page.front(completeness, readers)
        if completeness.history:
            yield _chart(reader), chart.draw(completeness.history, _wording(reader))
    for language in completeness.languages:
        page = _Pages(_reader(language.locale), edit_url)
        folder = path_code(language.locale)
        yield f"{folder}/index.html", page.language(language, completeness)
        for document in (*language.documents, *language.hidden):
            if not document.authored:
                yield _document_path(folder, document), page.document(language, document)


def _reader(locale: Locale) -> Locale:
    """Give the language that a page about a language is in."""
    for code in (path_code(locale), locale.language):
        if (_CATALOGS / code / "LC_MESSAGES" / "transpipe.mo").is_file():
            return Locale.parse(code)
    return _ENGLISH


def _readers(completeness: Completeness) -> tuple[Locale, ...]:
    found = (_reader(language.locale) for language in completeness.languages)
    return tuple(dict.fromkeys((_ENGLISH, *found)))


def _front(reader: Locale) -> str:
    return _for_reader("index", "html", reader)


def _chart(reader: Locale) -> str:
    return _for_reader("chart", "svg", reader)


def _for_reader(name: str, suffix: str, reader: Locale) -> str:
    return f"{name}.{suffix}" if reader == _ENGLISH else f"{name}.{path_code(reader)}.{suffix}"


def _document_path(folder: str, document: DocumentCompleteness) -> str:
    # A name may not lead out of the folder, whoever made it up.
    parts = [part for part in document.document.split("/") if part not in ("", ".", "..")]
    return "/".join((folder, "documents", *parts)) + ".html"


def _address(path: str) -> str:
    return quote(os.fsencode(path))


def _url(edit_url: str, message: MissingMessage, language: Locale, document: str) -> str:
    """Fill in where a message is edited; nothing where that is no address of the web."""
    fields = {
        "{path}": quote(os.fsencode(message.path.as_posix())),
        "{line}": str(message.line or 1),
        "{language}": path_code(language),
        "{document}": quote(os.fsencode(document)),
    }
    for field, value in fields.items():
        edit_url = edit_url.replace(field, value)
    return edit_url if edit_url.startswith(("https://", "http://")) else ""


@dataclass(frozen=True, slots=True)
class _Link:
    """A language that a page can be read in."""

    name: str
    code: str
    address: str
    is_current: bool


class _Pages:
    """Makes pages in one language."""

    def __init__(self, reader: Locale, edit_url: str) -> None:
        self.reader = reader
        self.edit_url = edit_url
        self.environment = _environment(reader)

    def front(self, completeness: Completeness, readers: tuple[Locale, ...]) -> str:
        return self._render(
            "front.html",
            top="",
            chart=_chart(self.reader) if chart.has_lines(completeness.history) else None,
            too_short=chart.TOO_SHORT,
            report=completeness,
            steps=completeness.next_steps[:_NEXT],
            readers=[
                _Link(language_name(one), html_code(one), _front(one), one == self.reader)
                for one in readers
            ],
        )

    def language(self, language: LanguageCompleteness, completeness: Completeness) -> str:
        steps = [one for one in completeness.next_steps if one.locale == language.locale]
        return self._render(
            "language.html",
            top="../",
            language=language,
            report=completeness,
            has_staleness=any(one.staleness for one in language.documents),
            unreadable=[one for one in completeness.unreadable if one.locale == language.locale],
            steps=steps[:_NEXT],
        )

    def document(self, language: LanguageCompleteness, document: DocumentCompleteness) -> str:
        depth = _document_path(path_code(language.locale), document).count("/")
        return self._render(
            "document.html",
            top="../" * depth,
            language=language,
            document=document,
            edit=partial(_url, self.edit_url, language=language.locale, document=document.document),
        )

    def _render(self, template: str, **values: Any) -> str:
        text = self.environment.get_template(template).render(
            reader=self.reader, front=_front(self.reader), **values
        )
        return text.rstrip("\n") + "\n"


@cache
def _environment(reader: Locale) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(_translations(reader), newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
    environment.filters.update(
        number=partial(format_decimal, locale=reader),
        percent=partial(_percent, reader=reader),
        told=partial(_told, reader=reader),
        day=partial(_day, reader=reader),
        visible=visible,
        shown=_shown,
        language_name=language_name,
        html_code=html_code,
        path_code=path_code,
        address=_address,
        page=_page,
    )
    return environment


@cache
def _translations(reader: Locale) -> gettext.NullTranslations:
    return gettext.translation("transpipe", _CATALOGS, [path_code(reader)], fallback=True)


def _wording(reader: Locale) -> chart.Wording:
    return chart.Wording(
        _translations(reader).gettext,
        lambda percent: str(format_percent(percent / 100, locale=reader)),
        partial(_day, reader=reader),
    )


def _percent(counts: Counts, reader: Locale) -> str:
    return str(format_percent(counts.display_percent / 100, locale=reader))


def _told(counts: Counts, partial: bool, reader: Locale) -> str:
    """Give the share, or a question mark where nobody knows it."""
    return "?" if told_percent(counts, partial=partial) is None else _percent(counts, reader)


def _day(moment: datetime, reader: Locale) -> str:
    return str(format_date(moment, "medium", locale=reader))


def _page(document: str, locale: Locale) -> str:
    """Give the address of a document's page, from the top of the site."""
    return _address(_document_path(path_code(locale), DocumentCompleteness(document, Tally())))


def _shown(text: str) -> str:
    """Show a text with its line breaks, and what else would not be seen spelled out."""
    return "\n".join(map(visible, text.split("\n")))
