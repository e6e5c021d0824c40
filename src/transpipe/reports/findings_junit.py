"""Findings as JUnit XML, which CI servers read: a test suite a file, a test case a finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from transpipe.escape import visible
from transpipe.model import Finding, Severity


def report(findings: Sequence[Finding]) -> str:
    """Write what was found. An error fails its test case; a warning is its output."""
    suites: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        suites[finding.path.as_posix()].append(finding)
    errors = _errors(findings)
    head = f'<testsuites name="transpipe" tests="{len(findings)}" failures="{errors}">'
    body = "".join(_suite(path, found) for path, found in suites.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n{body}</testsuites>\n'


def _errors(findings: Sequence[Finding]) -> int:
    return sum(finding.severity is Severity.ERROR for finding in findings)


def _suite(path: str, findings: Sequence[Finding]) -> str:
    head = (
        f'  <testsuite name={_attribute(path)} tests="{len(findings)}"'
        f' failures="{_errors(findings)}">\n'
    )
    return head + "".join(map(_case, findings)) + "  </testsuite>\n"


def _case(finding: Finding) -> str:
    line = "" if finding.line is None else f":{finding.line}"
    name = _attribute(f"{finding.check}{line}")
    said = f"{finding.path.as_posix()}{line}: {finding.text}"
    if finding.msgid:
        said += f"\n{visible(finding.msgid)}"
    if finding.severity is Severity.ERROR:
        inner = f"<failure message={_attribute(finding.text)}>{_text(said)}</failure>"
    else:
        inner = f"<system-out>{_text(said)}</system-out>"
    place = _attribute(finding.path.as_posix())
    return f"    <testcase classname={place} name={name}>{inner}</testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(_allowed(visible(text)))


def _text(text: str) -> str:
    return escape("\n".join(_allowed(visible(line)) for line in text.split("\n")))


def _allowed(text: str) -> str:
    """Put U+FFFD for the two characters that XML 1.0 has no place for, beside the controls."""
    return text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
