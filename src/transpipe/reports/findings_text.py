"""Findings for a person at a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from transpipe.escape import visible
from transpipe.model import Finding, Severity
from transpipe.reports.terminal import rendered

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow"}
_EXCERPT = 72


def report(findings: Sequence[Finding]) -> str:
    """Write ``path:line: severity: text [check]`` and both texts for each, then how many."""
    lines = [line for finding in findings for line in _lines(finding)]
    # Lines are not wrapped: an editor and grep take them as they are.
    width = max((line.cell_len for line in lines), default=0) + 80
    return rendered(*lines, _summary(findings), width=width)


def _lines(finding: Finding) -> Iterator[Text]:
    place = visible(finding.path.as_posix())
    if finding.line is not None:
        place += f":{finding.line}"
    yield Text.assemble(
        (place, "bold"),
        ": ",
        (finding.severity.value, _STYLES[finding.severity]),
        f": {visible(finding.text)} ",
        (f"[{finding.check}]", "cyan"),
    )
    if finding.msgid:
        yield Text.assemble("    ", (_excerpt(visible(finding.msgid)), "dim"))
    if finding.msgstr:
        yield from _translation(finding.msgstr, finding.fault or "")


def _translation(msgstr: str, fault: str) -> Iterator[Text]:
    """Show a translation; of one with a piece at fault, that, with a line of marks below it."""
    start = _place(msgstr, fault)
    if start is None:
        yield Text.assemble("    ", _excerpt(visible(msgstr)))
        return
    end = start + len(fault)
    head, piece, tail = map(visible, (msgstr[:start], msgstr[start:end], msgstr[end:]))
    room = max(0, _EXCERPT - cell_len(piece))
    # What one side does not need is for the other.
    before = max(room // 2, room - cell_len(tail))
    after = max(room // 2, room - cell_len(head))
    if cell_len(head) > before:
        head = "…" + head[-before:] if before else "…"
    if cell_len(tail) > after:
        tail = tail[:after] + "…"
    yield Text.assemble("    ", head, (piece, "bold underline"), tail)
    yield Text("    " + " " * cell_len(head) + "^" * cell_len(piece), style="bold")


def _place(text: str, piece: str) -> int | None:
    """Give where a piece of a text begins: as a word, if it is one anywhere."""
    if not piece or piece not in text:
        return None
    word = re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", text)
    return word.start() if word else text.index(piece)


def _excerpt(text: str) -> str:
    if cell_len(text) <= _EXCERPT:
        return text
    return set_cell_size(text, _EXCERPT - 1).rstrip() + "…"


def _summary(findings: Sequence[Finding]) -> Text:
    if not findings:
        return Text("no findings", style="green")
    counts = {
        severity: sum(finding.severity is severity for finding in findings) for severity in Severity
    }
    catalogs = len({finding.path for finding in findings})
    numbers = ", ".join(
        _number(count, severity.value) for severity, count in counts.items() if count
    )
    worst = Severity.ERROR if counts[Severity.ERROR] else Severity.WARNING
    return Text(f"\n{numbers} in {_number(catalogs, 'file')}", style=_STYLES[worst])


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
