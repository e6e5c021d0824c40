"""The titles of link reference definitions, with their places (CommonMark 0.31 section 4.7)."""

from __future__ import annotations

import re

from transpipe.documents.lines import Line
from transpipe.model import Span

_TITLE = re.compile(
    r"(?:^|[ \t])(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|'(?P<single>(?:[^'\\]|\\.)*)'"
    r"|\((?P<round>(?:[^()\\]|\\.)*)\))[ \t]*$"
)
_LABEL_AND_DESTINATION = re.compile(r"\s*\[(?:[^\[\]\\]|\\.)*\]:\s*(?:<[^<>]*>|\S+)", re.DOTALL)


def title_span(lines: tuple[Line, ...]) -> Span | None:
    """Find the title of a definition, None if it has none, or one of several lines.

    :param lines: the lines of the definition.
    """
    before = "\n".join(line.text for line in lines[:-1])
    last = lines[-1].text
    match = _TITLE.search(last)
    if match is None:
        return None
    head = f"{before}\n{last[: match.start()]}" if before else last[: match.start()]
    # Else it may be the destination, or the label.
    if not _LABEL_AND_DESTINATION.fullmatch(head.rstrip()):
        return None
    group = next(name for name in ("double", "single", "round") if match[name] is not None)
    return Span(lines[-1].start + match.start(group), lines[-1].start + match.end(group))


def read_title(written: str) -> str:
    """Give a title as it is meant, its quotes without the backslashes before them."""
    return re.sub(r"\\([\"'()])", r"\1", written)


def write_title(text: str, quote: str) -> str:
    """Write a title between quotes of a kind: ``"``, ``'`` or ``(``."""
    return re.sub(r"[()]" if quote == "(" else quote, r"\\\g<0>", text)
