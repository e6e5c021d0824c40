"""The checks on catalogs that people published.

Every finding of severity error was looked at: the numbers below are of true ones, so that a
change that brings a false alarm, or loses a fault, is seen.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from transpipe.catalogs.pofile import read_po
from transpipe.checks import Context, run_checks, sentences
from transpipe.checks.lint import rest_linter
from transpipe.checks.wording import foreign_script
from transpipe.locales import parse_locale
from transpipe.model import Message, Severity
from transpipe.sphinx.rstcompare import read_rest

pytestmark = pytest.mark.corpus


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("old/po/es.po", {"link-target": 34, "leftover-markup": 7}),
        ("old/po/pt-BR.po", {"link-target": 2, "leftover-markup": 2, "placeholder": 1}),
        ("new/po/es.po", {"link-target": 17, "leftover-markup": 7}),
        ("new/po/pt-BR.po", {"link-target": 5, "leftover-markup": 5, "placeholder": 1}),
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


def test_a_part_of_the_library_reference_of_python(corpora: Path) -> None:
    folder = corpora / "cpython-docs" / "locale" / "es"
    found: Counter[str] = Counter()
    total = 0
    for path in sorted(folder.rglob("library/co*.po")):
        catalog = read_po(path, path.stem, parse_locale("es")).catalog
        context = Context(None, "rest", read_rest=read_rest, lint_rest=rest_linter())
        total += len(catalog.messages)
        found.update(each.severity for each in run_checks(catalog, path, "rest", context=context))
    # Nearly all are true: a name, a role or a piece of code that was mistyped or translated.
    assert found[Severity.ERROR] < total / 80
    assert found[Severity.WARNING] < total / 25


def test_the_letters_of_another_script_on_a_site(corpora: Path) -> None:
    found = [
        (path.name, number)
        for path in sorted((corpora / "community" / "osslat-site").rglob("*.??.md"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if any(
            sentences(
                foreign_script,
                Message("x", line),
                Context(parse_locale(path.suffixes[-2][1:]), "markdown"),
            )
        )
    ]
    assert found == [
        ("ebpf-debugging-advanced.es.md", 79),
        ("ebpf-debugging-basics.pt.md", 18),
        ("ebpf-in-openstack.es.md", 42),
        ("openinfrasummit-vancouver2023.es.md", 40),
    ]
