"""Completeness for a pull request's comment and for ``$GITHUB_STEP_SUMMARY``."""

from __future__ import annotations

from collections.abc import Iterator

from transpipe.escape import markdown_code, markdown_text
from transpipe.locales import language_name, path_code
from transpipe.model import (
    Completeness,
    Counts,
    DocumentCompleteness,
    Finding,
    LanguageCompleteness,
    Tally,
)

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
    blocks += map(_details, completeness.languages)
    if completeness.unreadable:
        blocks.append("\n".join(_unreadable(completeness.unreadable)))
    return "\n\n".join(blocks) + "\n"


def _table(first: str, rows: Iterator[str]) -> Iterator[str]:
    yield f"| {first} {_COLUMNS[0]}"
    yield f"| :-- {_COLUMNS[1]}"
    yield from rows


def _language_rows(completeness: Completeness) -> Iterator[str]:
    for language in completeness.languages:
        yield _row(_name(language), language.tally)
    if len(completeness.languages) > 1:
        total = Tally.sum(language.tally for language in completeness.languages)
        yield _row("**all**", total)


def _name(language: LanguageCompleteness) -> str:
    return f"{markdown_text(language_name(language.locale))} ({path_code(language.locale)})"


def _row(name: str, tally: Tally) -> str:
    percent = f"{tally.messages.display_percent}%"
    return " | ".join((f"| {name}", percent, _counts(tally.messages), _counts(tally.words))) + " |"


def _counts(counts: Counts) -> str:
    return f"{counts.translated} of {counts.total} | {counts.fuzzy} | {counts.untranslated}"


def _details(language: LanguageCompleteness) -> str:
    return "\n".join(
        (
            "<details>",
            f"<summary>{_name(language)}: {_documents(len(language.documents))}</summary>",
            "",
            *_table("document", map(_document_row, language.documents)),
            "",
            "</details>",
        )
    )


def _documents(number: int) -> str:
    return "1 document" if number == 1 else f"{number} documents"


def _document_row(document: DocumentCompleteness) -> str:
    name = markdown_code(document.document)
    return f"| {name} | source | | | | | | |" if document.authored else _row(name, document.tally)


def _unreadable(findings: tuple[Finding, ...]) -> Iterator[str]:
    yield "**Not counted, because they could not be read:**"
    yield ""
    for finding in findings:
        line = "" if finding.line is None else f":{finding.line}"
        place = markdown_code(f"{finding.path.as_posix()}{line}")
        yield f"- {place}: {markdown_text(finding.text)}"
