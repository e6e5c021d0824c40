"""Findings for programs.

The shape is a promise. A change that could break a reader of it raises ``SCHEMA_VERSION``:

1. The first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from transpipe.escape import json_text
from transpipe.locales import path_code
from transpipe.model import Finding, Severity

SCHEMA_VERSION = 1


def report(findings: Sequence[Finding]) -> str:
    """Write the findings and how many there are, as JSON."""
    severities = Counter(finding.severity for finding in findings)
    return json_text(
        {
            "schema_version": SCHEMA_VERSION,
            "counts": {
                **{severity.value: severities[severity] for severity in Severity},
                "total": len(findings),
            },
            "findings": [_finding(finding) for finding in findings],
        }
    )


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "path": finding.path.as_posix(),
        "line": finding.line,
        "language": None if finding.locale is None else path_code(finding.locale),
        "msgid": finding.msgid,
        "check": finding.check,
        "severity": finding.severity.value,
        "message": finding.text,
    }
