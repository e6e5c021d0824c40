"""Counts by state, which add up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts by state. They add up: ``sum(counts, Counts())`` is the counts of the whole."""

    translated: int = 0
    fuzzy: int = 0
    untranslated: int = 0

    @property
    def total(self) -> int:
        """All of them; a fuzzy one is not a translated one."""
        return self.translated + self.fuzzy + self.untranslated

    @property
    def percent(self) -> float:
        """The translated share from 0.0 to 100.0; nothing to translate is 100.0."""
        return 100.0 * self.translated / self.total if self.total else 100.0

    @property
    def display_percent(self) -> int:
        """The share as a whole number that never reads 100 or 0 unless it is.

        >>> Counts(translated=999, untranslated=1).display_percent
        99
        >>> Counts(translated=1, untranslated=999).display_percent
        1
        """
        if self.translated == self.total:
            return 100
        if self.translated == 0:
            return 0
        return min(99, max(1, round(self.percent)))

    @classmethod
    def sum(cls, counts: Sequence[Counts]) -> Counts:
        """Add up any number of counts."""
        return cls(
            sum(one.translated for one in counts),
            sum(one.fuzzy for one in counts),
            sum(one.untranslated for one in counts),
        )

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.translated + other.translated,
            self.fuzzy + other.fuzzy,
            self.untranslated + other.untranslated,
        )


def told_percent(counts: Counts, *, partial: bool) -> int | None:
    """Give the share as a whole number; None where it would read 100, and not all is known.

    :param partial: whether something could not be counted.

    >>> told_percent(Counts(translated=9), partial=False)
    100
    >>> told_percent(Counts(translated=9), partial=True)
    """
    percent = counts.display_percent
    return None if partial and percent == 100 else percent


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts in messages and in words of the source."""

    messages: Counts = Counts()
    words: Counts = Counts()

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.messages + other.messages, self.words + other.words)

    @classmethod
    def sum(cls, tallies: Iterable[Tally]) -> Tally:
        """Add up any number of tallies; of none, the empty tally."""
        all_of_them = tuple(tallies)
        return cls(
            Counts.sum([tally.messages for tally in all_of_them]),
            Counts.sum([tally.words for tally in all_of_them]),
        )
