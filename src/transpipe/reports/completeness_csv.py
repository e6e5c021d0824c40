"""Completeness for a spreadsheet: a row for each document, and for each section if they are known.

The format is that of RFC 4180, except that lines end as they do elsewhere here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from transpipe.escape import visible
from transpipe.locales import path_code
from transpipe.model import Completeness, DocumentCompleteness, LanguageCompleteness, Tally
from transpipe.reports.numbers import exact_percent

COLUMNS = (
    "language", "document", "section", "authored", "percent", "messages", "messages_translated",
    "messages_fuzzy", "messages_untranslated", "words", "words_translated", "words_fuzzy",
    "words_untranslated", "unreadable",
)  # fmt: skip


_NUMBERS = COLUMNS.index("unreadable") - COLUMNS.index("percent")
FIRST = "(before the first heading)"


def report(completeness: Completeness) -> str:
    """Write the rows under the names of the columns."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for language in completeness.languages:
        writer.writerows(_rows(language))
    return text.getvalue()


def _rows(language: LanguageCompleteness) -> Iterator[tuple[object, ...]]:
    code = path_code(language.locale)
    for document in language.documents:
        name = _text(document.document)
        yield (code, name, "", _authored(document), *_numbers(document.tally), "no")
        for section in document.sections:
            heading = _text(section.heading) or FIRST
            yield (code, name, heading, "", *_numbers(section.tally), "no")
    for broken in language.unreadable:
        yield (code, _text(broken), "", "", *[""] * _NUMBERS, "yes")


def _authored(document: DocumentCompleteness) -> str:
    return "yes" if document.authored else "no"


def _text(text: str) -> str:
    """Write what others wrote so that a spreadsheet takes it for text, not for a formula."""
    text = visible(text)
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _numbers(tally: Tally) -> Iterator[object]:
    yield exact_percent(tally.messages)
    for counts in (tally.messages, tally.words):
        yield from (counts.total, counts.translated, counts.fuzzy, counts.untranslated)
