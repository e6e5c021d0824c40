"""Completeness for programs.

The shape is a promise. A change that could break a reader of it raises ``SCHEMA_VERSION``:

1. The first.
"""

from __future__ import annotations

import math
from typing import Any

from transpipe.escape import json_text
from transpipe.locales import language_name, path_code
from transpipe.model import (
    Completeness,
    Counts,
    DocumentCompleteness,
    Finding,
    LanguageCompleteness,
    Tally,
)

SCHEMA_VERSION = 1


def report(completeness: Completeness) -> str:
    """Write the counts of every document and language, and their sums, as JSON."""
    total = Tally.sum(language.tally for language in completeness.languages)
    return json_text(
        {
            "schema_version": SCHEMA_VERSION,
            "total": _tally(total),
            "languages": {
                path_code(language.locale): _language(language)
                for language in completeness.languages
            },
            "unreadable": [_unreadable(finding) for finding in completeness.unreadable],
        }
    )


def _language(language: LanguageCompleteness) -> dict[str, Any]:
    return {
        "name": language_name(language.locale),
        **_tally(language.tally),
        "documents": {document.document: _document(document) for document in language.documents},
    }


def _document(document: DocumentCompleteness) -> dict[str, Any]:
    return {"authored": document.authored, **_tally(document.tally)}


def _tally(tally: Tally) -> dict[str, Any]:
    return {"messages": _counts(tally.messages), "words": _counts(tally.words)}


def _counts(counts: Counts) -> dict[str, int | float]:
    return {
        "translated": counts.translated,
        "fuzzy": counts.fuzzy,
        "untranslated": counts.untranslated,
        "total": counts.total,
        "percent": _percent(counts),
    }


def _percent(counts: Counts) -> float:
    """Give the share to two places, never 100 or 0 unless it is."""
    if counts.translated in (0, counts.total):
        return float(counts.display_percent)
    return max(0.01, math.floor(counts.percent * 100) / 100)


def _unreadable(finding: Finding) -> dict[str, Any]:
    return {
        "path": finding.path.as_posix(),
        "line": finding.line,
        "language": None if finding.locale is None else path_code(finding.locale),
        "message": finding.text,
    }
