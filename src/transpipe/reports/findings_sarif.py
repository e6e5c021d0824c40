"""Findings as SARIF, which code scanning reads: OASIS SARIF 2.1.0."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from transpipe import __version__
from transpipe.escape import json_text, visible
from transpipe.locales import html_code
from transpipe.model import Finding


def report(findings: Sequence[Finding]) -> str:
    """Write one run, with a rule for each check that found something."""
    rules = sorted({finding.check for finding in findings})
    return json_text(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {
                        "driver": {
                            "name": "transpipe",
                            "version": __version__,
                            "rules": [{"id": rule} for rule in rules],
                        }
                    },
                    "columnKind": "unicodeCodePoints",
                    "results": [_result(finding, rules) for finding in findings],
                }
            ],
        }
    )


def _result(finding: Finding, rules: Sequence[str]) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding)}}
    if finding.line is not None:
        place["region"] = {"startLine": finding.line}
    result: dict[str, Any] = {
        "ruleId": finding.check,
        "ruleIndex": rules.index(finding.check),
        "level": finding.severity.value,
        "message": {"text": visible(finding.text)},
        "locations": [{"physicalLocation": place}],
    }
    properties = {
        "language": None if finding.locale is None else html_code(finding.locale),
        "msgid": None if finding.msgid is None else visible(finding.msgid),
    }
    kept = {key: value for key, value in properties.items() if value is not None}
    return {**result, "properties": kept} if kept else result


def _uri(finding: Finding) -> str:
    return quote(finding.path.as_posix().encode("utf-8", "surrogateescape"), safe="/.-_~")
