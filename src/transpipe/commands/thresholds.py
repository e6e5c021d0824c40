"""How complete languages have to be, as an option says it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import click
from babel import Locale

from transpipe.errors import TranspipeError
from transpipe.locales import parse_locale, path_code
from transpipe.model import Completeness, Counts, LanguageCompleteness, Tally, told_percent


@dataclass(frozen=True, slots=True)
class Threshold:
    """A percentage for every language, and for some of them another one."""

    all: float | None = None
    of: Mapping[Locale, float] = field(default_factory=dict)

    def asked_of(self, locale: Locale) -> float:
        """Give the percentage that a language has to reach."""
        return self.of.get(locale, self.all or 0.0)


class ThresholdType(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.2 only
    """``80``, ``es=95,pt=90``, or both: ``80,es=95``."""

    name = "percent"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Threshold:
        """Read an option."""
        if isinstance(value, Threshold):
            return value
        every: float | None = None
        of: dict[Locale, float] = {}
        for part in str(value).split(","):
            code, equals, number = part.rpartition("=")
            if not equals:
                every = self._number(number, param, ctx)
                continue
            try:
                of[parse_locale(code)] = self._number(number, param, ctx)
            except TranspipeError as problem:
                self.fail(str(problem), param, ctx)
        return Threshold(every, of)

    def _number(self, text: str, param: click.Parameter | None, ctx: click.Context | None) -> float:
        try:
            number = float(text.strip().removesuffix("%"))
        except ValueError:
            number = math.nan
        if math.isnan(number):
            self.fail(f"{text.strip()!r} is not a number: write 80, or es=95,pt=90", param, ctx)
        if not 0 <= number <= 100:
            self.fail(f"{text.strip()} is not between 0 and 100", param, ctx)
        return number


def below(
    result: Completeness, threshold: Threshold, unit: str, counts: Callable[[Tally], Counts]
) -> list[str]:
    """Name the languages that do not reach a threshold, in a sentence each.

    :param unit: what is counted: ``messages``.
    :raises TranspipeError: if it speaks of a language that is not reported.
    """
    reported = {language.locale for language in result.languages}
    for locale in threshold.of:
        if locale not in reported:
            code = path_code(locale)
            raise TranspipeError(
                f"the threshold is for {code}, which is not reported",
                f"add '-l {code}', or take it out of the threshold",
            )
    return [
        f"{path_code(language.locale)}: {problem}"
        for language in result.languages
        if (asked := threshold.asked_of(language.locale))
        and (problem := _problem(language, asked, unit, counts(language.tally)))
    ]


def _problem(language: LanguageCompleteness, asked: float, unit: str, counts: Counts) -> str:
    """Say that less is translated than is asked for, or that nobody knows; else nothing."""
    percent = told_percent(counts, partial=bool(language.unreadable))
    if percent is None:
        return f"how many {unit} are translated cannot be told, at least {asked:g} % are asked for"
    if counts.percent < asked:
        return f"{percent} % of {unit} are translated, less than {asked:g} %"
    return ""
