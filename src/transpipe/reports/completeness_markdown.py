"""Completeness for a pull request's comment and for ``$GITHUB_STEP_SUMMARY``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from transpipe.escape import markdown_code, markdown_text
from transpipe.locales import language_name, path_code
from transpipe.model import (
    Completeness,
    Counts,
    DocumentCompleteness,
    Finding,
    LanguageChange,
    LanguageCompleteness,
    NextStep,
    SectionCompleteness,
    Tally,
    told_percent,
)
from transpipe.reports.numbers import next_step_words

_COLUMNS = (
    "| | messages | fuzzy | untranslated | words | fuzzy | untranslated |",
    "| --: | --: | --: | --: | --: | --: | --: |",
)


def report(completeness: Completeness) -> str:
    """Write a table of languages, then one of documents for each, folded."""
    blocks = ["## Translation"]
    if completeness.languages:
        blocks.append("\n".join(_table("language", _language_rows(completeness))))
    else:
        blocks.append("There are no languages to report.")
    if completeness.changes:
        blocks.append("\n".join(_changes(completeness.changes, completeness.against or "")))
    if completeness.next_steps:
        blocks.append("\n".join(_next_steps(completeness.next_steps)))
    blocks += map(_details, completeness.languages)
    if completeness.unreadable:
        blocks.append("\n".join(_unreadable(completeness.unreadable)))
    return "\n\n".join(blocks) + "\n"


def _table(first: str, rows: Iterable[str]) -> Iterator[str]:
    yield f"| {first} {_COLUMNS[0]}"
    yield f"| :-- {_COLUMNS[1]}"
    yield from rows


def _language_rows(completeness: Completeness) -> Iterator[str]:
    for language in completeness.languages:
        yield _row(_name(language), language.tally, partial=bool(language.unreadable))
    if len(completeness.languages) > 1:
        yield _row("**all**", completeness.tally, partial=completeness.partial)


def _name(language: LanguageCompleteness) -> str:
    return f"{markdown_text(language_name(language.locale))} ({path_code(language.locale)})"


def _row(name: str, tally: Tally, *, partial: bool = False) -> str:
    percent = _percent(tally.messages, partial=partial)
    return " | ".join((f"| {name}", percent, _counts(tally.messages), _counts(tally.words))) + " |"


def _percent(counts: Counts, *, partial: bool) -> str:
    percent = told_percent(counts, partial=partial)
    return "**?**" if percent is None else f"{percent}%"


def _counts(counts: Counts) -> str:
    # The counts of a cell stay on one line.
    whole = f"{counts.translated}\u00a0of\u00a0{counts.total}"
    return f"{whole} | {counts.fuzzy} | {counts.untranslated}"


_NEXT = 10


def _changes(changes: Sequence[LanguageChange], against: str) -> Iterator[str]:
    yield f"Since {markdown_code(against)}:"
    yield ""
    yield "| language | before | now | words added | newly fuzzy | regained | |"
    yield "| :-- | --: | --: | --: | --: | --: | :-- |"
    for change in changes:
        name = f"{markdown_text(language_name(change.locale))} ({path_code(change.locale)})"
        before, after = change.before.messages, change.after.messages
        yield (
            f"| {name} | {_percent(before, partial=change.partial)} | "
            f"{_percent(after, partial=change.partial)} | "
            f"{change.added.total} | {change.newly_fuzzy} | {change.regained} | "
            f"{'**falls**' if change.falls else ''} |"
        )


def _next_steps(steps: Sequence[NextStep]) -> Iterator[str]:
    yield "What to translate next:"
    yield ""
    for number, step in enumerate(steps[:_NEXT], 1):
        place = f"{path_code(step.locale)} {markdown_code(step.document)}"
        yield f"{number}. {place}: {next_step_words(step)}"


def _details(language: LanguageCompleteness) -> str:
    number = len(language.documents) + len(language.hidden) + len(language.unreadable)
    unreadable = (
        f"| {markdown_code(name)} | **unreadable** | | | | | | |" for name in language.unreadable
    )
    return "\n".join(
        (
            "<details>",
            f"<summary>{_name(language)}: {_documents(number)}</summary>",
            "",
            *_table("document", chain(map(_document_row, language.documents), unreadable)),
            "",
            "</details>",
        )
    )


def _documents(number: int) -> str:
    return "1 document" if number == 1 else f"{number} documents"


def _document_row(document: DocumentCompleteness) -> str:
    name = markdown_code(document.document)
    if document.authored:
        return f"| {name} | source | | | | | | |"
    rows = [_row(name, document.tally)]
    rows += (_row(f"&emsp;{_heading(one)}", one.tally) for one in document.sections)
    return "\n".join(rows)


def _heading(section: SectionCompleteness) -> str:
    return markdown_text(section.heading) if section.heading else "(before the first heading)"


def _unreadable(findings: tuple[Finding, ...]) -> Iterator[str]:
    yield "**Not counted, because they could not be read:**"
    yield ""
    for finding in findings:
        line = "" if finding.line is None else f":{finding.line}"
        place = markdown_code(f"{finding.path.as_posix()}{line}")
        yield f"- {place}: {markdown_text(finding.text)}"
