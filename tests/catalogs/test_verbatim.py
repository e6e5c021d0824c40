"""What asks for no translation."""

from __future__ import annotations

import subprocess
import sys

import pytest

from transpipe.catalogs.verbatim import asks_for_no_translation

NAMES = ("Python", "Project Gutenberg")


@pytest.mark.parametrize(
    "text",
    [
        "``open()``",
        "`pip install x`",
        ":func:`open`",
        ":c:type:`PyObject *`",
        "{kbd}`Ctrl+C`",
        "3.11.2",
        "1,000 – 2,000",
        "README.md",
        "os.path",
        "--output, -o",
        "max_size",
        "https://example.org/a-b?c=d",
        "<https://example.org>",
        "<me@example.org>",
        "me@example.org",
        "%(name)s: {count}",
        "{{< youtube abc >}}",
        "<br>",
        "…",
        "",
        "Python 3.11",
        "Project Gutenberg",
        "**Python**, `x` & Project Gutenberg",
    ],
)
def test_names_numbers_and_code(text: str) -> None:
    assert asks_for_no_translation(text, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "Open",
        "Run `pip install x`.",
        "the `guide`_",
        "`text here <https://example.org>`_ and",
        "[the guide](https://example.org)",
        "3 cats",
        "Pythonic",
        "Gutenberg",
        "and/or not",
        "日本語",
        "state of the art",
        "Ünïcode",
    ],
)
def test_text(text: str) -> None:
    assert not asks_for_no_translation(text, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "'`' * 100_000",
        "'a_' * 100_000",
        "'{{' * 100_000",
        "'<a' * 100_000",
        "'a..' * 100_000",
        "':a' * 100_000",
        "'a.' * 100_000",
        "'|a ' * 100_000",
    ],
)
def test_a_text_made_to_take_long_takes_seconds(text: str) -> None:
    code = (
        "from transpipe.catalogs.verbatim import asks_for_no_translation as ask; "
        f"ask({text}); ask({text} + 'x', ['a' * 20])"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
