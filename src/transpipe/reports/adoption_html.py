"""An adoption as a page: the two sides next to each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale

from transpipe.escape import visible
from transpipe.locales import html_code, language_name
from transpipe.model import AdoptedPage, Adoption
from transpipe.reports.differences import Difference, differences

if TYPE_CHECKING:
    from jinja2 import Template


def report(adoption: Adoption) -> str:
    """Write one HTML page that needs nothing else: no network, no script, no other file."""
    return _template().render(
        pages=[_view(number, page) for number, page in enumerate(adoption.pages, 1)],
        adoption=adoption,
        language_name=language_name,
    )


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("transpipe.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = _visible_lines
    return environment.get_template("adoption.html")


def _visible_lines(text: str) -> str:
    """Spell out what a reader would not see, and keep the lines of a text."""
    return "\n".join(visible(line) for line in text.split("\n"))


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the table of a page: one side, or both."""

    line: int | None
    source: str
    page_line: int | None
    page: str
    verdict: str
    """``sure``, ``unsure``, ``copied`` or ``alone``."""
    reason: str
    confidence: str


@dataclass(frozen=True, slots=True)
class _View:
    """A page as the template shows it."""

    id: str
    title: str
    source: str
    language: str
    source_code: str
    code: str
    rows: tuple[_Row, ...]
    unsure: int
    open: bool
    """Whether a person should look at it."""
    differences: tuple[Difference, ...]


def _view(number: int, page: AdoptedPage) -> _View:
    rows = tuple(sorted(_rows(page), key=lambda row: row.line or 0))
    changed = differences(page)
    unsure = sum(row.verdict != "sure" for row in rows)
    language = page.page.source_language
    return _View(
        id=f"page-{number}",
        title=page.page.path.as_posix(),
        source=page.source.path.as_posix(),
        language=language_name(language) if language else "",
        source_code=_code(page.source.source_language),
        code=_code(language),
        rows=rows,
        unsure=unsure,
        open=bool(unsure),
        differences=changed,
    )


def _code(locale: Locale | None) -> str:
    return html_code(locale) if locale else ""


def _rows(page: AdoptedPage) -> list[_Row]:
    alignment = page.alignment
    rows = [
        _Row(
            pair.segment.line,
            _named(pair.segment.msgctxt, pair.segment.msgid),
            pair.line,
            pair.msgstr,
            "unsure" if pair.doubt else "sure",
            pair.doubt.reason if pair.doubt else "",
            f"{int(pair.confidence * 100)} %",
        )
        for pair in alignment.pairs
    ]
    rows += [
        _Row(each.line, each.msgid, None, "", "copied", "is the same on the page", "")
        for each in alignment.copied
    ]
    rows += [
        _Row(each.line, each.msgid, None, "", "alone", "is not on the page", "")
        for each in alignment.source_only
    ]
    rows += [
        _Row(None, "", each.line, each.msgid, "alone", "is not in the source", "")
        for each in alignment.target_only
    ]
    return rows


def _named(msgctxt: str | None, msgid: str) -> str:
    return msgid if msgctxt is None else f"{msgctxt.partition(':')[2]}: {msgid}"
