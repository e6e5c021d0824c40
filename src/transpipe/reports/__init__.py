"""A computed result becomes text: one file an output, which never reads a catalog."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from transpipe.model import Completeness, Finding
from transpipe.reports import (
    completeness_json,
    completeness_markdown,
    completeness_text,
    findings_github,
    findings_json,
    findings_text,
)

COMPLETENESS: Mapping[str, Callable[[Completeness], str]] = {
    "text": completeness_text.report,
    "json": completeness_json.report,
    "markdown": completeness_markdown.report,
}
"""Reports of how complete the languages are, by the name of the format."""

FINDINGS: Mapping[str, Callable[[Sequence[Finding]], str]] = {
    "text": findings_text.report,
    "json": findings_json.report,
    "github": findings_github.report,
}
"""Reports of what is wrong, by the name of the format."""
