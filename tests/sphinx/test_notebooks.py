"""Notebooks, which another extension reads with a parser of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.sphinx.conftest import body, page, readable, stock_build, write_catalog, write_files

CONF = 'extensions = ["myst_nb", "transpipe.sphinx"]\nnb_execution_mode = "off"\n'
STOCK = 'extensions = ["myst_nb"]\nnb_execution_mode = "off"\n'


def cell(kind: str, source: str) -> dict[str, object]:
    code: dict[str, object] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    return {"cell_type": kind, "metadata": {}, "source": source.splitlines(True), **code}


CELLS = [
    cell("markdown", "# Notebook\n\nA [link][l] to it.\n\n| Head |\n| --- |\n| Cell |"),
    cell("code", "print('code')"),
    cell("markdown", "## Part\n\nBad.\n\n[l]: https://example.org/l"),
]
NOTEBOOK = {"cells": CELLS, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
MESSAGES = {
    "Notebook": "Cuaderno",
    "A [link][l] to it.": "Un [enlace][l] a eso.",
    "Head": "1. Título",
    "Part": "- Parte",
    "Bad.": "MAL <script>x</script>",
}


def test_a_notebook_is_translated_as_a_page_is(tmp_path: Path) -> None:
    pytest.importorskip("myst_nb")
    source = write_files(tmp_path / "src", {"conf.py": CONF, "index.ipynb": json.dumps(NOTEBOOK)})
    write_catalog(tmp_path / "locale", "es", "index", MESSAGES)
    settings = (f"locale_dirs={tmp_path}/locale", "gettext_compact=0")
    said = stock_build(source, tmp_path / "es", *settings, language="es")
    write_files(source, {"conf.py": STOCK})
    stock_build(source, tmp_path / "stock", *settings, language="es")
    ours, stock = (body(page(tmp_path / folder, "index")) for folder in ("es", "stock"))
    assert 'href="https://example.org/l">enlace</a>' in ours
    assert 'href="https://example.org/l">enlace</a>' not in stock
    assert re.search(r"<h2>- Parte", ours)
    assert "1. Título" in readable(ours)
    assert "- Parte" not in readable(stock)
    assert "MAL" not in ours
    assert "index.po:" in said
    assert "the HTML tag <script>" in said
    assert "print" in readable(ours)
    assert re.findall(r' id="([^"]+)"', ours) == re.findall(r' id="([^"]+)"', stock)
