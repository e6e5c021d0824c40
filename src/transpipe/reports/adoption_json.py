"""An adoption for programs."""

from __future__ import annotations

import json
from typing import Any

from transpipe.locales import path_code
from transpipe.model import AdoptedPage, Adoption, Finding, Pair, Segment
from transpipe.reports.differences import differences

VERSION = 1


def report(adoption: Adoption) -> str:
    """Write JSON: ``pages``, ``missing`` and ``findings``."""
    data = {
        "version": VERSION,
        "pages": [_page(page) for page in adoption.pages],
        "missing": [
            {"source": str(document.path), "language": path_code(locale)}
            for document, locale in adoption.missing
        ],
        "other_keys": dict(adoption.other_keys),
        "findings": [_finding(finding) for finding in adoption.findings],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _page(page: AdoptedPage) -> dict[str, Any]:
    alignment = page.alignment
    language = page.page.source_language
    return {
        "source": str(page.source.path),
        "page": str(page.page.path),
        "language": path_code(language) if language else None,
        "identical": page.is_identical,
        "same_structure": alignment.same_structure,
        "pairs": [_pair(pair) for pair in alignment.pairs],
        "not_translated": [_segment(each) for each in alignment.copied],
        "source_only": [_segment(each) for each in alignment.source_only],
        "page_only": [_segment(each) for each in alignment.target_only],
        "kept": [_segment(pair.segment) for pair in page.kept],
        "differences": [
            {"line": each.line, "page": list(each.page), "rendered": list(each.rendered)}
            for each in differences(page)
        ],
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        **_segment(pair.segment),
        "msgstr": pair.msgstr,
        "page_line": pair.line,
        "confidence": round(pair.confidence, 4),
        "doubt": pair.doubt.value if pair.doubt else None,
    }


def _segment(segment: Segment) -> dict[str, Any]:
    return {"msgctxt": segment.msgctxt, "msgid": segment.msgid, "line": segment.line}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "path": str(finding.path),
        "line": finding.line,
        "severity": finding.severity.value,
        "message": finding.text,
    }
