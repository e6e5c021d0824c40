"""Completeness for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from transpipe.escape import visible
from transpipe.locales import language_name, path_code
from transpipe.model import Tally, told_percent
from transpipe.reports.lines import Cell, cell, columns, folded, styled, width, wrapped
from transpipe.reports.numbers import counted, date, next_step_words

if TYPE_CHECKING:
    from transpipe.model import (
        Completeness,
        Counts,
        DocumentCompleteness,
        Finding,
        LanguageChange,
        LanguageCompleteness,
        MissingMessage,
        NextStep,
        Staleness,
    )

_WIDE_BAR = 32
_NARROW_BAR = 8
_NARROWEST_BAR = 4
"""Where the names of documents need the room."""
_NAME = 25
"""How wide the column of names is at least, where there is room."""
_NARROWEST = 80
_ALL = "all languages"
_TRANSLATED = "green"
_FUZZY = "yellow"
_QUIET = "dim"
_NEXT = 10
_MANY = 20


def report(completeness: Completeness, width: int = 88) -> str:
    """Write a block for each language, their sum, and the catalogs that could not be read.

    :param width: of the text, in columns; below 80 it is 80.
    """
    return "\n".join(_lines(completeness, max(width, _NARROWEST))) + "\n"


def _lines(completeness: Completeness, limit: int) -> Iterator[str]:
    titles = [_title(language) for language in completeness.languages]
    if len(titles) > 1:
        titles.append(_ALL)
    # The bars of all languages stand below one another.
    column = min(max(map(width, titles), default=0), limit - _WIDE_BAR - 8)
    blocks = [_language(language, column, limit) for language in completeness.languages]
    if not titles:
        blocks.append(["There are no languages to report."])
    if len(titles) > 1:
        apart = Tally.sum(language.apart for language in completeness.languages)
        partial = completeness.partial
        blocks.append(_block(_ALL, completeness.tally, apart, column, partial=partial))
    blocks.append(_changes(completeness.changes, completeness.against or "", limit))
    blocks.append(_next_steps(completeness.next_steps, limit))
    blocks.append(_unreadable(completeness.unreadable, limit))
    for number, block in enumerate(filter(None, map(tuple, blocks))):
        if number:
            yield ""
        yield from block


def _title(language: LanguageCompleteness) -> str:
    return visible(f"{language_name(language.locale)} ({path_code(language.locale)})")


def _language(language: LanguageCompleteness, column: int, limit: int) -> Iterable[str]:
    partial = bool(language.unreadable)
    yield from _block(_title(language), language.tally, language.apart, column, partial=partial)
    yield ""
    if language.documents or language.unreadable:
        yield from _documents(language, limit)
    elif not language.hidden:
        yield "  no documents"
    if language.hidden:
        yield styled(f"  {counted(len(language.hidden), 'document')} not shown: complete", _QUIET)
    yield from _stale(language.documents, limit)
    yield from _missing(language.documents, limit)


# ------------------------------------------------------------------------------- counts


def _block(title: str, tally: Tally, apart: Tally, column: int, *, partial: bool) -> Iterable[str]:
    """Lay out a title with its bar, and the counts in messages and words below it.

    :param partial: whether something could not be counted.
    """
    space = " " * (column - width(title) + 2)
    percent = _percent(tally.messages, partial=partial)
    bar = _known_bar(tally.messages, _WIDE_BAR, partial=partial)
    yield f"{styled(title, 'bold')}{space}{bar.shown} {percent.shown}"
    yield ""
    rows = [
        (cell(""), *_headings("translated", "fuzzy", "untranslated", "total")),
        (cell("  messages"), *_numbers(tally.messages), cell(f"{tally.messages.total:,}")),
        (cell("  words"), *_numbers(tally.words), cell(f"{tally.words.total:,}")),
    ]
    yield from columns(rows, _widths(rows, (10, 8, 6, 8, 6)), right_from=1)
    if apart.messages.total:
        yield styled(
            f"  {counted(apart.messages.total, 'message')} of "
            f"{counted(apart.words.total, 'word')} counted apart: names, numbers and code",
            _QUIET,
        )


def _widths(rows: Iterable[Sequence[Cell]], least: Sequence[int]) -> list[int]:
    result = list(least)
    for row in rows:
        for number, one in enumerate(row):
            result[number] = max(result[number], one.width)
    return result


def _headings(*names: str) -> tuple[Cell, ...]:
    return tuple(cell(name, _QUIET) for name in names)


def _numbers(counts: Counts) -> tuple[Cell, Cell, Cell]:
    return (
        cell(f"{counts.translated:,}", _TRANSLATED if counts.translated else _QUIET),
        cell(f"{counts.fuzzy:,}", _FUZZY if counts.fuzzy else _QUIET),
        cell(f"{counts.untranslated:,}", "" if counts.untranslated else _QUIET),
    )


_DOCUMENT_HEADINGS = ("document", "", "", "translated", "fuzzy", "untranslated", "words left")


def _documents(language: LanguageCompleteness, limit: int) -> Iterable[str]:
    total = _tally_cells(language.tally, 0, partial=bool(language.unreadable))
    # No number of a document is longer than that of all of them.
    widths = _widths([(cell(""), *total), _headings(*_DOCUMENT_HEADINGS)], (0,) * 7)
    room = limit - 2 - sum(widths[1:]) - 2 * (len(widths) - 1)
    names = sorted(width(visible(one.document)) for one in language.documents) or [0]
    # Bars give way if more than one name in ten is too long beside them.
    size = _NARROW_BAR if names[len(names) * 9 // 10] <= room - _NARROW_BAR else _NARROWEST_BAR
    widths[:2] = [min(room - size, max(names[-1], _NAME)), size]
    yield from (f"  {line}".rstrip(" ") for line in _folded(_rows(language, size), widths))


_Row = tuple[tuple[str, str], tuple[Cell, ...]]
"""A name and its style, and the cells behind it."""


def _rows(language: LanguageCompleteness, size: int) -> Iterator[_Row]:
    """Give the rows of the table of documents.

    :param size: of the bars, in columns.
    """
    first, *headings = _DOCUMENT_HEADINGS
    yield (first, _QUIET), _headings(*headings)
    for document in language.documents:
        name = visible(document.document)
        if document.authored:
            yield (name, ""), (cell("source", "cyan"),)
            continue
        yield (name, ""), _tally_cells(document.tally, size)
        for section in document.sections:
            heading = visible(section.heading) if section.heading else "(before the first heading)"
            yield (f"  {heading}", _QUIET), _tally_cells(section.tally, size)
    for broken in language.unreadable:
        yield (visible(broken), ""), (cell("unreadable", "red"),)
    if len(language.documents) > _MANY:  # the counts above them are out of sight
        partial = bool(language.unreadable)
        yield ("total", "bold"), _tally_cells(language.tally, size, partial=partial)


def _folded(rows: Iterable[_Row], widths: Sequence[int]) -> Iterable[str]:
    """Lay out rows; a name that is too long goes on in the next line."""
    for (text, style), cells in rows:
        lines = wrapped(text, widths[0])
        if text.startswith("  "):  # the heading of a section: its beginning will do
            lines = [_excerpt(text, widths[0])]
        first, *others = (cell(line, style) for line in lines)
        yield from columns([(first, *cells), *((one,) for one in others)], widths, right_from=2)


def _tally_cells(tally: Tally, size: int, *, partial: bool = False) -> tuple[Cell, ...]:
    messages, words = tally.messages, tally.words
    left = words.total - words.translated
    return (
        _known_bar(messages, size, partial=partial),
        _percent(messages, partial=partial),
        *_numbers(messages),
        cell(f"{left:,}", "" if left else _QUIET),
    )


def _percent(counts: Counts, *, partial: bool = False) -> Cell:
    percent = told_percent(counts, partial=partial)
    if percent is None:
        return cell("   ?", "bold red")
    return cell(f"{percent:>3}%", f"bold {_TRANSLATED}" if percent == 100 else "")


def _known_bar(counts: Counts, size: int, *, partial: bool) -> Cell:
    """Draw the shares, or an empty bar where they cannot be told."""
    if told_percent(counts, partial=partial) is None:
        return cell("░" * size, _QUIET)
    return _bar(counts, size)


def _bar(counts: Counts, size: int) -> Cell:
    """Draw the shares; a bar is full only if all is translated, and empty only if nothing is."""
    translated = _cells(counts.translated, counts.total, size) if counts.total else size
    fuzzy = min(_cells(counts.fuzzy, counts.total, size), size - translated)
    parts = (
        styled("█" * translated, _TRANSLATED),
        styled("▒" * fuzzy, _FUZZY),
        styled("░" * (size - translated - fuzzy), _QUIET),
    )
    return Cell("".join(parts), size)


def _cells(part: int, whole: int, size: int) -> int:
    if part in (0, whole):
        return size if part else 0
    return min(size - 1, max(1, part * size // whole))


# ------------------------------------------------------------------- stale and missing


def _stale(documents: Iterable[DocumentCompleteness], limit: int) -> Iterable[str]:
    rows = [(one.document, one.staleness) for one in documents if one.staleness]
    if rows:
        yield ""
        yield styled("  Behind their source, the oldest first", "bold")
    for name, stale in sorted(rows, key=lambda row: (_since(row[1]), row[0])):
        first, *others = folded(f"{visible(name)}: {_what_is_stale(stale)}", limit - 15)
        yield f"  {_since(stale):<11}  {first}"
        yield from (f"               {line}" for line in others)


def _since(stale: Staleness) -> str:
    return date(stale.since) if stale.since else "uncommitted"


def _what_is_stale(stale: Staleness) -> str:
    parts = []
    if stale.changed:
        parts.append(f"{counted(stale.changed, 'message')} changed")
    if stale.added:
        parts.append(f"{counted(stale.added, 'message')} never translated")
    if stale.translated:
        by = visible(stale.translated.author)
        parts.append(f"last translated {date(stale.translated.date)} by {by}")
    if stale.commits:
        newest = stale.commits[0]
        parts.append(
            f"{counted(len(stale.commits), 'commit')} to the source since, the last "
            f"{newest.commit[:9]} “{visible(newest.subject)}”"
        )
    return "; ".join(parts)


def _missing(documents: Iterable[DocumentCompleteness], limit: int) -> Iterable[str]:
    missing = [message for document in documents for message in document.missing]
    if missing:
        yield ""
        yield styled("  Missing", "bold")
    for message in missing:
        yield f"  {_place(message)}: {message.state.value}"
        yield styled(f"      {_excerpt(visible(message.msgid), limit - 8)}", _QUIET)
        if message.reason:
            yield f"      {visible(message.reason)}"


def _place(message: MissingMessage) -> str:
    line = "" if message.line is None else f":{message.line}"
    return f"{visible(message.path.as_posix())}{line}"


def _excerpt(text: str, limit: int) -> str:
    lines = wrapped(text, limit - 1)
    return lines[0] + ("…" if len(lines) > 1 else "")


# ------------------------------------------------------------------ changes, next steps


def _changes(changes: Sequence[LanguageChange], against: str, limit: int) -> Iterable[str]:
    if changes:
        yield from (styled(part, "bold") for part in wrapped(f"Since {visible(against)}", limit))
        yield ""
        rows = [
            _headings("", "before", "now", "words added", "newly fuzzy", "regained", ""),
            *map(_change_row, changes),
        ]
        yield from (
            f"  {line}".rstrip(" ") for line in columns(rows, _widths(rows, (0,) * 7), right_from=1)
        )


def _change_row(change: LanguageChange) -> tuple[Cell, ...]:
    before, after = change.before.messages, change.after.messages
    return (
        cell(path_code(change.locale)),
        _percent(before, partial=change.partial),
        _percent(after, partial=change.partial),
        cell(f"{change.added.total:,}"),
        cell(f"{change.newly_fuzzy:,}", _FUZZY if change.newly_fuzzy else _QUIET),
        cell(f"{change.regained:,}", _TRANSLATED if change.regained else _QUIET),
        cell("falls", "red") if change.falls else cell(""),
    )


def _next_steps(steps: Sequence[NextStep], limit: int) -> Iterable[str]:
    if steps:
        yield styled("What to translate next", "bold")
        yield ""
    for number, step in enumerate(steps[:_NEXT], 1):
        code = path_code(step.locale)
        text = f"{visible(step.document)}: {next_step_words(step)}"
        first, *others = folded(text, limit - 8 - len(code))
        yield f"  {number:>2}  {code}  {first}"
        yield from (f"      {line}" for line in others)
    if len(steps) > _NEXT:
        yield styled(f"      and {len(steps) - _NEXT} more", _QUIET)


def _unreadable(findings: Sequence[Finding], limit: int) -> Iterable[str]:
    if findings:
        is_ = "is" if len(findings) == 1 else "are"
        heading = f"{counted(len(findings), 'catalog')} could not be read, and {is_} not counted:"
        yield styled(heading, "red")
    for finding in findings:
        line = "" if finding.line is None else f":{finding.line}"
        text = f"{visible(finding.path.as_posix())}{line}: {visible(finding.text)}"
        yield from (f"  {part}" for part in folded(text, limit - 2))
