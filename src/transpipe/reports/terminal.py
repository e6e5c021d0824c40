"""Laying out styled text into a string, whatever the terminal of this process is."""

from __future__ import annotations

import io
import re

from rich.console import Console, RenderableType

_END_OF_LINE = re.compile(r" *((?:\x1b\[0m)?) *$", re.MULTILINE)


def rendered(*parts: RenderableType, width: int) -> str:
    """Render in a width, with ANSI styles: the command line takes them out where none are wanted.

    Lines do not end in spaces. Text that must not wrap is a ``Text`` with ``no_wrap``.
    """
    console = Console(
        file=io.StringIO(),
        width=width,
        # With no height, rich takes 80 columns where TERM is dumb.
        height=25,
        force_terminal=True,
        force_jupyter=False,
        color_system="standard",
        no_color=False,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    return _END_OF_LINE.sub(r"\1", capture.get())
