"""Findings as annotations on a pull request: GitHub's "Workflow commands", error and warning."""

from __future__ import annotations

from collections.abc import Sequence

from transpipe.escape import visible
from transpipe.model import Finding


def report(findings: Sequence[Finding]) -> str:
    """Write a workflow command a finding; nothing for none."""
    return "".join(f"{_command(finding)}\n" for finding in findings)


def _command(finding: Finding) -> str:
    properties = {"file": finding.path.as_posix()}
    if finding.line is not None:
        properties["line"] = str(finding.line)
    properties["title"] = finding.check
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{finding.severity.value} {written}::{_data(finding.text)}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
