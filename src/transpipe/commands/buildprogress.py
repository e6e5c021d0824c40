"""How far each language is: a bar on a terminal, now and then a line elsewhere; the end of it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click
from babel import Locale

from transpipe.commands.slots import in_mib
from transpipe.commands.wording import counted
from transpipe.escape import visible
from transpipe.locales import path_code
from transpipe.sphinx.project import SiteResult, Step

EVERY = 30.0
"""Seconds between two lines about a language, where there is no terminal."""


class Display:
    """Tells nothing of steps, and results at once."""

    def step(self, locale: Locale, step: Step) -> None:
        """Take a step of a language. Called by several threads."""

    def say(self, text: str) -> None:
        """Tell that a language is done."""
        click.echo(text)


class Lines(Display):
    """A line now and then."""

    def __init__(self) -> None:
        """Begin to wait."""
        self._told: dict[Locale, float] = {}
        self._place: dict[Locale, tuple[int, int]] = {}

    def step(self, locale: Locale, step: Step) -> None:
        """Tell how many documents are done, if nothing was told for a while."""
        done, total = self._place.get(locale, (0, 0))
        self._place[locale] = done, total = (0, step.total) if step.total else (done + 1, total)
        now = time.monotonic()
        if now - self._told.setdefault(locale, now) >= EVERY:
            self._told[locale] = now
            code = path_code(locale)
            click.echo(f"{code}: {step.phase}: {done} of {counted(total, 'document')}", err=True)


class Bars(Display):
    """A bar for each language. What is said waits for the bars to go away."""

    def __init__(self, locales: Sequence[Locale]) -> None:
        """Show that nothing is done."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[document]}", markup=False),
        )
        self.progress = Progress(
            *columns,
            console=Console(stderr=True),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self.said: list[str] = []
        self._tasks = {
            locale: self.progress.add_task(path_code(locale), total=None, document="starting")
            for locale in locales
        }

    def step(self, locale: Locale, step: Step) -> None:
        """Move the bar of a language."""
        task = self._tasks[locale]
        if step.total:
            name = f"{path_code(locale)} {step.phase}"
            self.progress.update(task, description=name, total=step.total, completed=0, document="")
        else:
            self.progress.update(task, advance=1, document=visible(step.document)[:60])

    def say(self, text: str) -> None:
        """Keep a result for the end."""
        self.said.append(text)


@contextmanager
def shown(locales: Sequence[Locale], verbosity: int) -> Iterator[Display]:
    """Show how far languages are while they are built."""
    from rich.console import Console

    if verbosity < 0:
        yield Display()
    elif not Console(stderr=True).is_terminal:
        yield Lines()
    else:
        bars = Bars(locales)
        try:
            with bars.progress:
                yield bars
        finally:
            for text in bars.said:
                click.echo(text)


def summary(results: Sequence[SiteResult], seconds: float) -> str:
    """Say in a line what was built and what it took."""
    pages = sum(result.pages for result in results)
    warnings = sum(len(result.warnings) for result in results)
    peak = max((result.figures.peak for result in results), default=0)
    return (
        f"{counted(len(results), 'language')}, {counted(pages, 'page')}, "
        f"{counted(warnings, 'warning')}: {seconds:.1f} s, at most {in_mib(peak)} in a process"
    )


def profile(result: SiteResult) -> Iterator[str]:
    """Say where the time of a language went."""
    figures = result.figures
    code = path_code(result.locale)
    read = f"{figures.read} of {counted(result.pages, 'document')} read"
    yield f"{code}: {figures.seconds:.1f} s of the processor, {in_mib(figures.peak)}, {read}"
    for phase, seconds in figures.phases:
        yield f"  {seconds:8.2f} s  {phase}"
    for name, seconds in figures.slowest:
        yield f"  {seconds:8.2f} s  document {visible(name)}"
