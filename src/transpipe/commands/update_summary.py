"""What an update did, for a person: a table on a terminal, a line a language elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from transpipe.catalogs.update import LanguageUpdate, SourceEdit
from transpipe.catalogs.worddiff import Change, shortened, word_diff
from transpipe.commands.wording import counted
from transpipe.escape import visible
from transpipe.locales import language_name, path_code

if TYPE_CHECKING:
    from rich.text import Text

_MOST_CARRIED = 10
"""How many carried messages of a language are named without -v."""
_COLUMNS = ("kept", "moved", "carried", "edited (fuzzy)", "new", "obsolete")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One language after an update."""

    update: LanguageUpdate
    changed: int
    """How many catalogs are not on disk as they should be."""
    pruned: int
    """How many obsolete messages were removed."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """What there is of each column."""
        one = self.update.summary
        return (one.kept, one.moved, one.carried, one.edited, one.new, one.obsolete)


def line(outcome: Outcome, done: str) -> str:
    """Write one language in one line.

    :param done: what the changed catalogs are: ``written``.
    """
    numbers = zip(outcome.numbers, _COLUMNS, strict=True)
    parts = [f"{number} {word}" for number, word in numbers if number]
    if outcome.pruned:
        parts.append(f"{outcome.pruned} removed")
    catalogs = counted(len(outcome.update.catalogs), "catalog")
    return (
        f"{path_code(outcome.update.locale)}: {catalogs}, {outcome.changed} {done}: "
        f"{', '.join(parts) or 'no messages'}"
    )


def table(outcomes: Sequence[Outcome], done: str, width: int) -> str:
    """Write every language in a row of a table, with ANSI styles.

    :param done: what the changed catalogs are: ``written``.
    :param width: of the text, in columns.
    """
    from rich.table import Table
    from rich.text import Text

    from transpipe.reports.terminal import rendered

    names = [*_COLUMNS, *(["removed"] if any(one.pruned for one in outcomes) else [])]
    grid = Table.grid(padding=(0, 0, 0, 2))
    grid.add_column(no_wrap=True)
    for _ in (done, *names):
        grid.add_column(justify="right")
    grid.add_row("", *(Text(name, style="dim") for name in (f"catalogs {done}", *names)))
    for one in outcomes:
        locale = one.update.locale
        numbers = (*one.numbers, one.pruned)[: len(names)]
        grid.add_row(
            Text(visible(f"{language_name(locale)} ({path_code(locale)})"), style="bold"),
            Text(f"{one.changed} of {len(one.update.catalogs)}"),
            *(_number(number, name) for number, name in zip(numbers, names, strict=True)),
        )
    return rendered(grid, width=max(width, 80))


def _number(number: int, name: str) -> Text:
    from rich.text import Text

    styles = {"edited (fuzzy)": "yellow", "new": "yellow", "moved": "green", "carried": "green"}
    return Text(f"{number:,}", style=styles.get(name, "") if number else "dim")


def edits(update: LanguageUpdate, *, everything: bool) -> Iterator[str]:
    """Write what authors changed, word by word: what was carried, and what made messages fuzzy.

    :param everything: whether all is named, or a part of what was carried.
    """
    most = len(update.carried) if everything else _MOST_CARRIED
    for edit in update.carried[:most]:
        yield _edit(f"carried ({', '.join(edit.kinds)})", edit)
    more = len(update.carried) - most
    if more > 0:
        yield f"    and {more} more carried: -v names them"
    for edit in update.edits if everything else ():
        yield _edit("edited", edit)


def _edit(what: str, edit: SourceEdit) -> str:
    marks = {Change.GONE: ("[-", "-]", "red"), Change.ADDED: ("{+", "+}", "green")}
    text = ""
    for piece in shortened(word_diff(edit.before, edit.after)):
        opening, closing, color = marks.get(piece.change, ("", "", None))
        text += click.style(opening + visible(piece.text) + closing, fg=color)
    return f"    {what}: {visible(edit.domain)}: {text}"
