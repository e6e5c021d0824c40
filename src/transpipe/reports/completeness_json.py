"""Completeness for programs.

The shape is a promise, published in ``completeness.schema.json``. What could break a reader of it
raises ``SCHEMA_VERSION``; what is only added does not:

1. The first.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from transpipe.errors import TranspipeError
from transpipe.escape import json_text
from transpipe.locales import language_name, path_code
from transpipe.model import (
    Completeness,
    Counts,
    DocumentCompleteness,
    Finding,
    LanguageChange,
    LanguageCompleteness,
    MissingMessage,
    NextStep,
    Revision,
    Snapshot,
    Staleness,
    Tally,
    told_percent,
)
from transpipe.reports.numbers import exact_percent

SCHEMA_VERSION = 1


def report(completeness: Completeness) -> str:
    """Write the counts of every document and language, and their sums, as JSON."""
    return json_text(
        {
            "schema_version": SCHEMA_VERSION,
            **_given("created", completeness.created and completeness.created.isoformat()),
            "checked": completeness.checked,
            "total": _tally(completeness.tally, partial=completeness.partial),
            "languages": {
                path_code(language.locale): _language(language)
                for language in completeness.languages
            },
            "unreadable": [_unreadable(finding) for finding in completeness.unreadable],
            **_given("next", [_next_step(step) for step in completeness.next_steps]),
            **_given(
                "against",
                completeness.against
                and {
                    "revision": completeness.against,
                    "languages": {
                        path_code(change.locale): _change(change) for change in completeness.changes
                    },
                },
            ),
            **_given("history", [_snapshot(one) for one in completeness.history]),
        }
    )


def _given(name: str, value: Any) -> dict[str, Any]:
    """Give a field that is there only where there is something to say."""
    return {name: value} if value else {}


def _language(language: LanguageCompleteness) -> dict[str, Any]:
    return {
        "name": language_name(language.locale),
        **_tally(language.tally, partial=bool(language.unreadable)),
        **_apart(language.apart),
        "unreadable": list(language.unreadable),
        "documents": {
            document.document: _document(document)
            for document in (*language.documents, *language.hidden)
        },
    }


def _document(document: DocumentCompleteness) -> dict[str, Any]:
    return {
        "authored": document.authored,
        **_tally(document.tally),
        **_apart(document.apart),
        **_given(
            "sections",
            [{"heading": one.heading, **_tally(one.tally)} for one in document.sections],
        ),
        **_given("missing", [_missing(message) for message in document.missing]),
        **_given("stale", document.staleness and _stale(document.staleness)),
    }


def _tally(tally: Tally, *, partial: bool = False) -> dict[str, Any]:
    return {
        "messages": _counts(tally.messages, partial=partial),
        "words": _counts(tally.words, partial=partial),
    }


def _counts(counts: Counts, *, partial: bool = False) -> dict[str, int | float | None]:
    told = told_percent(counts, partial=partial)
    return {
        "translated": counts.translated,
        "fuzzy": counts.fuzzy,
        "untranslated": counts.untranslated,
        "total": counts.total,
        "percent": None if told is None else exact_percent(counts),
    }


def _apart(tally: Tally) -> dict[str, Any]:
    return _given("apart", tally.messages.total and _tally(tally))


def _missing(message: MissingMessage) -> dict[str, Any]:
    return {
        "msgid": message.msgid,
        "msgctxt": message.msgctxt,
        "state": message.state.value,
        "words": message.words,
        "path": message.path.as_posix(),
        "line": message.line,
        "references": list(message.references),
        "section": message.section,
        **_given("msgstr", message.msgstr),
        **_given("previous", message.previous),
        **_given("reason", message.reason),
    }


def _stale(stale: Staleness) -> dict[str, Any]:
    return {
        "since": stale.since.isoformat() if stale.since else None,
        "changed": stale.changed,
        "added": stale.added,
        "translated": _revision(stale.translated) if stale.translated else None,
        "commits": [_revision(commit) for commit in stale.commits],
    }


def _revision(revision: Revision) -> dict[str, Any]:
    return {
        "commit": revision.commit,
        "date": revision.date.isoformat(),
        "author": revision.author,
        "subject": revision.subject,
    }


def _next_step(step: NextStep) -> dict[str, Any]:
    return {
        "language": path_code(step.locale),
        "document": step.document,
        "words_left": step.words_left,
        "percent": step.percent,
        "entry": step.is_entry,
        "views": step.views,
    }


def _change(change: LanguageChange) -> dict[str, Any]:
    return {
        "before": _tally(change.before, partial=change.partial),
        "after": _tally(change.after, partial=change.partial),
        "added_words": _counts(change.added),
        "newly_fuzzy_words": change.newly_fuzzy,
        "regained_words": change.regained,
        "falls": change.falls,
    }


def _snapshot(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "date": snapshot.date.isoformat(),
        "languages": {code: _tally(tally) for code, tally in snapshot.languages.items()},
    }


def _unreadable(finding: Finding) -> dict[str, Any]:
    return {
        "path": finding.path.as_posix(),
        "line": finding.line,
        "language": None if finding.locale is None else path_code(finding.locale),
        "message": finding.text,
    }


# ------------------------------------------------------------------------------ reading


def read_snapshot(text: str, path: Path) -> Snapshot:
    """Read from a stored report how complete the languages were.

    :param path: of the report, for errors.
    :raises TranspipeError: if it is no such report, or of a version that is not known.
    """
    try:
        data = json.loads(text)
        if data["schema_version"] != SCHEMA_VERSION:
            raise TranspipeError(
                f"is a report of version {data['schema_version']}", "update transpipe", path=path
            )
        return Snapshot(
            datetime.fromisoformat(data["created"]),
            # With a broken catalog, nobody knows how complete a language was.
            {
                code: _read_tally(one)
                for code, one in data["languages"].items()
                if not one.get("unreadable")
            },
        )
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise TranspipeError(
            "is no report as JSON", "write it with 'transpipe report --format json'", path=path
        ) from problem


def _read_tally(data: Mapping[str, Any]) -> Tally:
    return Tally(_read_counts(data["messages"]), _read_counts(data["words"]))


def _read_counts(data: Mapping[str, Any]) -> Counts:
    return Counts(*(int(data[name]) for name in ("translated", "fuzzy", "untranslated")))
