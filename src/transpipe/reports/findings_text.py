"""Findings for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from transpipe.escape import visible
from transpipe.model import Finding, Severity
from transpipe.reports.terminal import rendered

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow"}
_EXCERPT = 72


def report(findings: Sequence[Finding]) -> str:
    """Write ``path:line: severity: text [check]`` and the msgid for each, then how many."""
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
    if finding.fault and finding.msgstr:
        yield from _marked(finding.msgstr, finding.fault)


def _marked(msgstr: str, fault: str) -> Iterator[Text]:
    """Show the piece of a translation that is at fault, with a line of marks below it."""
    before, found, after = msgstr.partition(fault)
    if not found:
        return
    head, piece, tail = (visible(part) for part in (before, found, after))
    room = max(0, (_EXCERPT - cell_len(piece)) // 2)
    if cell_len(head) > room:
        head = "…" + head[-room:] if room else "…"
    if cell_len(tail) > room:
        tail = tail[:room] + "…"
    yield Text.assemble("    ", head, (piece, "bold underline"), tail)
    yield Text("    " + " " * cell_len(head) + "^" * cell_len(piece), style="bold")


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
