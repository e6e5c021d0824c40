"""What rendering would change in a page that was made by hand."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from transpipe.model import AdoptedPage


@dataclass(frozen=True, slots=True)
class Difference:
    """Lines that rendering would put in the place of others."""

    line: int
    """Of the page as it is, counted from 1: the first that goes, or before which others come."""
    page: tuple[str, ...]
    """The lines as they are, with their ends."""
    rendered: tuple[str, ...]
    """The lines that would stand there."""


def differences(page: AdoptedPage) -> tuple[Difference, ...]:
    """Compare a page with what would be rendered, line by line; line endings count."""
    ours = page.page.text.splitlines(keepends=True)
    theirs = page.rendered.splitlines(keepends=True)
    return tuple(
        Difference(start + 1, tuple(ours[start:stop]), tuple(theirs[low:high]))
        for kind, start, stop, low, high in SequenceMatcher(
            None, ours, theirs, autojunk=False
        ).get_opcodes()
        if kind != "equal"
    )
