"""The project's own documentation: every verb, key and check has its place, and it is current."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.conftest import PROJECT
from transpipe.checks import CHECKS
from transpipe.cli import VERBS
from transpipe.config import keys
from transpipe.documents.formats import DATA, FORMATS

REFERENCE = PROJECT / "docs" / "reference"


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("cli.md", list(VERBS)),
        ("configuration.md", [key.name for key in keys()]),
        ("checks.md", [check.name for check in CHECKS]),
        ("formats.md", [*FORMATS, *DATA]),
    ],
)
def test_the_reference_has_a_section_for_each(page: str, names: list[str]) -> None:
    headings = re.findall(r"^## (.*)$", (REFERENCE / page).read_text(), re.MULTILINE)
    assert [name for name in headings if name in names] == names, "run 'make reference'"


def test_the_reference_is_what_the_code_says() -> None:
    result = subprocess.run(
        [sys.executable, PROJECT / "tools" / "write_reference.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")


def test_every_make_target_is_listed_by_help() -> None:
    text = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    listed = re.findall(r"^  ([a-z-]+) ", text, re.MULTILINE)
    for target in ("gettext", "update-po", "html", "html-es", "html-pt", "html-en", "report"):
        assert target in listed
    for target in ("check-po", "test", "lint", "types", "bench", "docs", "clean"):
        assert target in listed


def test_links_in_the_readme_lead_somewhere() -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (PROJECT / name).read_text()
        targets = re.findall(r"\]\((?!https?:)([^)#]+)", text)
        assert targets
        assert [target for target in targets if not (PROJECT / target).exists()] == []
