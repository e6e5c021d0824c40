"""Numbers and dates as reports write them."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transpipe.model import Counts, NextStep


def counted(number: int, noun: str) -> str:
    """Give a number with its noun, in the plural where it takes one.

    >>> counted(1, "word"), counted(1200, "word")
    ('1 word', '1,200 words')
    """
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def date(moment: datetime) -> str:
    """Give the day of a moment, in universal time: ``2026-03-01``."""
    return moment.astimezone(UTC).date().isoformat()


def exact_percent(counts: Counts) -> float:
    """Give the share to two places, never 100 or 0 unless it is."""
    if counts.translated in (0, counts.total):
        return float(counts.display_percent)
    return max(0.01, math.floor(counts.percent * 100) / 100)


def next_step_words(step: NextStep) -> str:
    """Say why a document is worth translating: how much is left, and who reads it."""
    parts = [f"{counted(step.words_left, 'word')} left, {step.percent}%"]
    if step.views is not None:
        parts.append(counted(step.views, "view"))
    if step.is_entry:
        parts.append("an entry page")
    return ", ".join(parts)
