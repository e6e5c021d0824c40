"""The checks on catalogs that people published.

Every finding of severity error was looked at: the numbers below are of true ones, so that a
change that brings a false alarm, or loses a fault, is seen.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from transpipe.catalogs.pofile import read_po
from transpipe.checks import run_checks
from transpipe.locales import parse_locale
from transpipe.model import Severity

pytestmark = pytest.mark.corpus


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("old/po/es.po", {"link-target": 34, "leftover-markup": 7}),
        ("old/po/pt-BR.po", {"link-target": 2, "leftover-markup": 1, "placeholder": 1}),
        ("new/po/es.po", {"link-target": 18, "leftover-markup": 5}),
        ("new/po/pt-BR.po", {"link-target": 5, "leftover-markup": 3, "placeholder": 1}),
    ],
)
def test_the_errors_of_comprehensive_rust(
    corpora: Path, name: str, expected: dict[str, int]
) -> None:
    path = corpora / "comprehensive-rust" / name
    catalog = read_po(path, "comprehensive-rust", parse_locale(path.stem)).catalog
    findings = run_checks(catalog, path, "markdown")
    errors = Counter(f.check for f in findings if f.severity is Severity.ERROR)
    assert errors == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("es", {"placeholder", "new-link-host"}), ("pt_BR", {"placeholder", "new-link-host"})],
)
def test_the_library_reference_of_python(corpora: Path, language: str, expected: set[str]) -> None:
    folder = corpora / "cpython-docs" / "locale" / language
    errors: Counter[str] = Counter()
    for path in sorted(folder.rglob("library/*.po")):
        catalog = read_po(path, path.stem, parse_locale(language)).catalog
        for finding in run_checks(catalog, path, "rest"):
            if finding.severity is Severity.ERROR:
                errors[finding.check] += 1
    assert set(errors) <= expected
    assert errors.total() <= 8
