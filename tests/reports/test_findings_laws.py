"""What holds of findings in every format, whatever the translations say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transpipe.escape import is_unsafe, visible
from transpipe.locales import parse_locale
from transpipe.model import Finding, Severity
from transpipe.reports import FINDINGS

HOSTILE = st.lists(
    st.sampled_from(
        ["\x1b[31m", "\u202e", "\u2066", "\n", "\r\n", "%0A", "%", "::error::", "::", "]]>", "<b>",
         "&amp;", '"', "'", "\ufffe", "\uffff", "\x00", "\x07", "\u2028", "\u200b", "\U000e0041",
         "рay", "a", ",", "\\", "[link]", "\ud800"]
    )
    | st.text(max_size=3),
    max_size=6,
).map("".join)  # fmt: skip
NO_PATH = {0: "", ord("/"): "", 0xD800: "\udcff"}
FINDING = st.builds(
    Finding,
    HOSTILE.map(lambda text: Path("po") / text.translate(NO_PATH) / "a.po"),
    st.none() | st.integers(1, 9),
    st.just("link-target"),
    st.sampled_from(Severity),
    HOSTILE.map(lambda text: f"it is {text}"),
    st.sampled_from([None, parse_locale("es")]),
    st.none() | HOSTILE,
    st.none() | HOSTILE,
    st.none() | HOSTILE,
)
OUR_STYLES = re.compile("\x1b\\[(?:0|1|2|32|33|36|1;31|1;4)m")
"""Of the report for terminals; none of them is among the hostile ones."""
FOUND = st.lists(FINDING, max_size=3)


@pytest.mark.parametrize("name", list(FINDINGS))
@given(FOUND)
def test_nothing_is_shown_that_a_terminal_obeys_or_nobody_sees(
    name: str, found: list[Finding]
) -> None:
    text = OUR_STYLES.sub("", FINDINGS[name](found))
    assert [each for each in text if each != "\n" and is_unsafe(each)] == []


@given(FOUND)
def test_an_annotation_is_a_line_and_says_what_was_found(found: list[Finding]) -> None:
    lines = FINDINGS["github"](found).split("\n")
    assert lines.pop() == ""
    for line, finding in zip(lines, found, strict=True):
        head, _, said = line.removeprefix("::").partition("::")
        assert head.startswith(f"{finding.severity.value} file=")
        assert said.replace("%25", "%") == visible(finding.text)
        written = head.partition("file=")[2].partition(",")[0]
        assert unquote(written) == visible(finding.path.as_posix())


@given(FOUND)
def test_junit_has_a_case_a_finding(found: list[Finding]) -> None:
    root = ElementTree.fromstring(FINDINGS["junit"](found))
    cases = list(root.iter("testcase"))
    assert len(cases) == len(found) == int(root.attrib["tests"])
    failures = sum(finding.severity is Severity.ERROR for finding in found)
    assert len(list(root.iter("failure"))) == failures == int(root.attrib["failures"])


def closed(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    """Describe an object that holds nothing else."""
    return {"type": "object", "properties": properties, "required": list(required),
            "additionalProperties": False}  # fmt: skip


TEXT = {"type": "string"}
SARIF = closed(
    {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": closed(
                {
                    "tool": closed(
                        {
                            "driver": closed(
                                {
                                    "name": TEXT,
                                    "version": TEXT,
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": closed({"id": TEXT}, "id"),
                                    },
                                },
                                "name",
                            )
                        },
                        "driver",
                    ),
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {
                        "type": "array",
                        "items": closed(
                            {
                                "ruleId": TEXT,
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": closed({"text": TEXT}, "text"),
                                "locations": {
                                    "type": "array",
                                    "items": closed(
                                        {
                                            "physicalLocation": closed(
                                                {
                                                    "artifactLocation": closed(
                                                        {
                                                            "uri": {
                                                                "type": "string",
                                                                "pattern": "^[!-~]+$",
                                                            }
                                                        },
                                                        "uri",
                                                    ),
                                                    "region": closed(
                                                        {
                                                            "startLine": {
                                                                "type": "integer",
                                                                "minimum": 1,
                                                            }
                                                        }
                                                    ),
                                                },
                                                "artifactLocation",
                                            )
                                        }
                                    ),
                                },
                                "properties": {"type": "object"},
                            },
                            "message",
                        ),
                    },
                },
                "tool",
            ),
        },
    },
    "version",
    "runs",
)
"""What of SARIF 2.1.0 is written, by the names, types and required properties of the standard."""


@given(FOUND)
def test_sarif_is_of_the_standard(found: list[Finding]) -> None:
    log = json.loads(FINDINGS["sarif"](found))
    jsonschema.validate(log, SARIF)
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result, finding in zip(run["results"], found, strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"] == finding.check
        assert result["message"]["text"] == visible(finding.text)


@given(FOUND)
def test_json_gives_back_what_was_found(found: list[Finding]) -> None:
    written = json.loads(FINDINGS["json"](found))["findings"]
    assert [(each["msgid"], each["message"]) for each in written] == [
        (finding.msgid, finding.text) for finding in found
    ]
