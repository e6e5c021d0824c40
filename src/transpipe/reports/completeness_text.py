"""Completeness for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from transpipe.escape import visible
from transpipe.locales import language_name, path_code
from transpipe.model import (
    Completeness,
    Counts,
    DocumentCompleteness,
    Finding,
    LanguageCompleteness,
    Tally,
)
from transpipe.reports.terminal import rendered

_WIDE_BAR = 32
_NARROW_BAR = 8
_NARROWEST = 80
_ALL = "all languages"
_TRANSLATED = "green"
_FUZZY = "yellow"
_QUIET = "dim"


def report(completeness: Completeness, width: int = 88) -> str:
    """Write a block for each language, their sum, and the catalogs that could not be read.

    :param width: of the text, in columns; below 80 it is 80.
    """
    width = max(width, _NARROWEST)
    titles = [_title(language) for language in completeness.languages]
    if len(titles) > 1:
        titles.append(_ALL)
    # The bars of all languages stand below one another.
    column = min(max(map(cell_len, titles), default=0), width - _WIDE_BAR - 8)
    blocks: list[RenderableType] = [
        _language(language, column) for language in completeness.languages
    ]
    if not titles:
        blocks.append(Text("There are no languages to report."))
    if len(titles) > 1:
        tallies = [language.tally for language in completeness.languages]
        blocks.append(_block(_ALL, Tally.sum(tallies), column))
    if completeness.unreadable:
        blocks.append(_unreadable(completeness.unreadable))
    return rendered(*_separated(blocks), width=width)


def _separated(blocks: Iterable[RenderableType]) -> Iterator[RenderableType]:
    for number, block in enumerate(blocks):
        if number:
            yield ""
        yield block


def _title(language: LanguageCompleteness) -> str:
    return visible(f"{language_name(language.locale)} ({path_code(language.locale)})")


def _language(language: LanguageCompleteness, column: int) -> Group:
    documents = _documents(language.documents) if language.documents else Text("  no documents")
    return Group(_block(_title(language), language.tally, column), "", documents)


def _block(title: str, tally: Tally, column: int) -> Group:
    """Lay out a title with its bar, and the counts in messages and words below it."""
    heading = Text.assemble(
        (title, "bold"),
        " " * (column - cell_len(title) + 2),
        _bar(tally.messages, _WIDE_BAR),
        " ",
        _percent(tally.messages),
    )
    counts = Table.grid(padding=(0, 0, 0, 2))
    counts.add_column(min_width=10)
    for _ in range(4):
        counts.add_column(justify="right", min_width=8)
    counts.add_row("", *_headings("translated", "fuzzy", "untranslated", "total"))
    for name, numbers in (("messages", tally.messages), ("words", tally.words)):
        counts.add_row(Text(f"  {name}"), *_numbers(numbers), Text(f"{numbers.total:,}"))
    return Group(heading, "", counts)


def _headings(*names: str) -> tuple[Text, ...]:
    return tuple(Text(name, style=_QUIET) for name in names)


def _numbers(counts: Counts) -> tuple[Text, Text, Text]:
    return (
        Text(f"{counts.translated:,}", style=_TRANSLATED if counts.translated else _QUIET),
        Text(f"{counts.fuzzy:,}", style=_FUZZY if counts.fuzzy else _QUIET),
        Text(f"{counts.untranslated:,}", style="" if counts.untranslated else _QUIET),
    )


def _documents(documents: Iterable[DocumentCompleteness]) -> Padding:
    table = Table.grid(padding=(0, 0, 0, 2), expand=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(min_width=_NARROW_BAR)
    for _ in range(5):
        table.add_column(justify="right", no_wrap=True)
    table.add_row(
        *_headings("document", "", "", "translated", "fuzzy", "untranslated", "words left"),
    )
    for document in documents:
        table.add_row(Text(visible(document.document)), *_document_cells(document))
    return Padding(table, (0, 0, 0, 2))


def _document_cells(document: DocumentCompleteness) -> tuple[Text, ...]:
    if document.authored:
        return (Text("source", style="cyan"),)
    messages, words = document.tally.messages, document.tally.words
    left = words.total - words.translated
    return (
        _bar(messages, _NARROW_BAR),
        _percent(messages),
        *_numbers(messages),
        Text(f"{left:,}", style="" if left else _QUIET),
    )


def _percent(counts: Counts) -> Text:
    complete = counts.translated == counts.total
    return Text(f"{counts.display_percent:>3}%", style=f"bold {_TRANSLATED}" if complete else "")


def _bar(counts: Counts, width: int) -> Text:
    """Draw the shares; a bar is full only if all is translated, and empty only if nothing is."""
    translated = _cells(counts.translated, counts.total, width) if counts.total else width
    fuzzy = min(_cells(counts.fuzzy, counts.total, width), width - translated)
    return Text.assemble(
        ("█" * translated, _TRANSLATED),
        ("▒" * fuzzy, _FUZZY),
        ("░" * (width - translated - fuzzy), _QUIET),
    )


def _cells(part: int, whole: int, width: int) -> int:
    if part in (0, whole):
        return width if part else 0
    return min(width - 1, max(1, part * width // whole))


def _unreadable(findings: tuple[Finding, ...]) -> Group:
    number = len(findings)
    heading = "1 catalog" if number == 1 else f"{number} catalogs"
    is_ = "is" if number == 1 else "are"
    lines = (
        Padding(
            Text.assemble(
                (visible(finding.path.as_posix()), "bold"),
                "" if finding.line is None else f":{finding.line}",
                f": {visible(finding.text)}",
            ),
            (0, 0, 0, 2),
        )
        for finding in findings
    )
    return Group(Text(f"{heading} could not be read, and {is_} not counted:", style="red"), *lines)
