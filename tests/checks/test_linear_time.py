"""Texts made to keep a check busy: a long one takes no longer than its length asks for."""

from __future__ import annotations

import subprocess
import sys

import pytest

PLACEHOLDERS = "from transpipe.checks.placeholders import _placeholders as run"
HOSTS = "from transpipe.checks.targets import hosts as run"
SCHEMES = (
    "from transpipe.deeds import acting_schemes; run = lambda text: list(acting_schemes(text))"
)
BREAKS = "from transpipe.checks.structure import _HARD_BREAK; run = _HARD_BREAK.findall"
NOQA = "from transpipe.checks.run import _SPHINX_NOQA; run = _SPHINX_NOQA.search"
INLINES = (
    "from transpipe.checks.inlines import inline_pair; run = lambda text: inline_pair(text, text)"
)
PLAIN_REST = "from transpipe.checks.plainrest import read_plainly as run"
BACKTICKS = "' '.join('`' * size for size in range(1, 1400))"


@pytest.mark.parametrize(
    ("function", "text"),
    [
        (PLACEHOLDERS, "'{{<' * 330_000, 'text'"),
        (PLACEHOLDERS, "'{{% >}' * 160_000, 'text'"),
        (PLACEHOLDERS, "'{{‹' * 330_000, 'text'"),
        (PLACEHOLDERS, "'{{' + ' ' * 1_000_000, 'text'"),
        (PLACEHOLDERS, "'%(a)' + '0' * 1_000_000, 'text'"),
        (PLACEHOLDERS, f"{BACKTICKS}, 'markdown'"),
        (PLACEHOLDERS, "'{{< ' + 'alt=' * 250_000 + '>}}', 'text'"),
        (HOSTS, "'www.:' * 200_000"),
        (HOSTS, "'www.:' * 100_000 + '@' + 'x' * 500_000"),
        (HOSTS, "'www.' * 250_000"),
        (SCHEMES, "'data:x/' * 140_000"),
        (BREAKS, "' ' * 1_000_000"),
        (BREAKS, "'\\\\' * 1_000_000"),
        (PLAIN_REST, "'-:' * 500_000"),
        (PLAIN_REST, "'/:a' * 300_000"),
        (PLAIN_REST, "' *a' * 300_000"),
        (PLAIN_REST, "' `a <b' * 160_000"),
        (INLINES, "'{' + ' a=b' * 250_000"),
        (INLINES, "'$x ' * 50_000"),
        (NOQA, "'#' + ' ' * 1_000_000 + 'x'"),
    ],
)
def test_a_megabyte_takes_seconds(function: str, text: str) -> None:
    subprocess.run([sys.executable, "-c", f"{function}; run({text})"], check=True, timeout=60)
