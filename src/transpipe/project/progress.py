"""A progress bar for long work on a terminal; nothing elsewhere, where lines say what was done."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sized
from typing import TypeVar

Item = TypeVar("Item")


def track(items: Iterable[Item], doing: str, *, total: int | None = None) -> Iterator[Item]:
    """Give items on, and show on standard error how many are done.

    The bar goes away at the end. Where standard error is no terminal, there is none.

    :param doing: what is done to them: ``segmenting``.
    :param total: how many there are, if the items cannot tell.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console  # late: only for people who watch
    from rich.progress import Progress

    console = Console(stderr=True)
    if not console.is_terminal:
        yield from items
        return
    if total is None and isinstance(items, Sized):
        total = len(items)
    with Progress(console=console, transient=True) as progress:
        yield from progress.track(items, total=total, description=doing)
