"""A broken msgstr never breaks a page and never passes silently."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel import Locale

from tests.sphinx.conftest import (
    body,
    catalogs_of,
    page,
    readable,
    stock_build,
    write_catalog,
    write_files,
)
from transpipe.sphinx import SphinxProject, build_site

REST = {
    "Bold.": "MALO **negrita.",
    "Literal.": "MALO ``código.",
    "Role open.": "MALO :ref:`top.",
    "Role unknown.": "MALO :nada:`x`.",
    "Two paragraphs.": "MALO.\n\nMALO.",
    "Listed.": "* MALO\n* MALO",
    "Nested.": "MALO.\n\n   MALO.",
    "Directive.": ".. note:: MALO",
    "Comment.": ".. MALO",
    "Heading.": "MALO\n====\n\nMALO",
    "Unindented.": "* MALO\nMALO",
    "Table.": "=== ===\nMALO\n=== ===",
    "Role apart.": "MALO :pep: `8`.",
    "Role apart first.": ":pep: `8` MALO",
    "Name.": "MALO `x`_.",
    "Footnote.": "MALO [9]_.",
    "Anonymous `y`__.": "MALO y.",
    "Substitution.": "MALO |nada|.",
    "A title": "MALO **título",
}
MARKDOWN = {
    "Bold.": "MALO **negrita.",
    "Code.": "MALO `código.",
    "Role open.": "MALO {ref}`top.",
    "Role unknown.": "MALO {nada}`x`.",
    "Role apart.": "MALO {ref} `top`.",
    "Two paragraphs.": "MALO.\n\nMALO.",
    "Listed.": "- MALO\n- MALO",
    "Fenced.": "```\nMALO\n```",
    "Directive.": "```{note} MALO\n```",
    "Colons.": ":::{note}\nMALO\n:::",
    "Heading.": "# MALO\n\nMALO",
    "Table.": "| MALO | b |\n| - | - |\n| c | d |",
    "Link.": "MALO [x](a b).",
    "Label.": "MALO [x][nada].",
    "Own <b>tag</b>.": "MALO <b>etiqueta.",
    "Note[^9].": "MALO[^8].",
    "A title": "MALO **título",
}
FINE = {"Last.": "Último.", "1. of a kind": "1. de su clase"}


def build(root: Path, name: str, text: str, messages: dict[str, str]) -> tuple[str, str, list[str]]:
    """Stock and our page, with our warnings."""
    conf = "extensions = ['myst_parser']\nmyst_enable_extensions = ['colon_fence']\n"
    source = write_files(root / "src", {"conf.py": conf, name: text})
    write_catalog(root / "locale", "es", "index", messages)
    settings = (f"locale_dirs={root}/locale", "gettext_compact=0")
    stock_build(source, root / "stock", *settings, language="es")
    project = SphinxProject(source, source, root / "work", Locale("en"))
    catalogs = catalogs_of(root / "locale", "es")
    result = build_site(project, Locale("es"), root / "es", catalogs, [])
    pages = [body(page(root / folder, "index")) for folder in ("stock", "es")]
    return pages[0], pages[1], list(result.warnings)


def assert_sources_stand(
    root: Path, ours: str, warnings: list[str], broken: dict[str, str]
) -> None:
    catalog = (root / "locale/es/LC_MESSAGES/index.po").read_text("utf-8").splitlines()
    for msgid in broken:
        line = catalog.index(f'msgid "{msgid}"') + 1
        place = f"{root}/locale/es/LC_MESSAGES/index.po:{line}: WARNING: "
        (warning,) = [text for text in warnings if text.startswith(place)]
        assert re.search(r"left out because .+ \(index\.\w+:\d+\) \[transpipe\.\w+\]$", warning)
    assert len(warnings) == len(broken)
    assert "MALO" not in ours
    assert "problematic" not in ours
    assert "system-message" not in ours


def test_of_restructuredtext(tmp_path: Path) -> None:
    paragraphs = "\n\n".join(text for text in REST if text != "A title")
    text = f"Top\n===\n\n{paragraphs}\n\nLast.\n\nA title\n-------\n\n__ https://example.org/y\n"
    stock, ours, warnings = build(tmp_path, "index.rst", text, REST | {"Last.": "Último."})
    assert_sources_stand(tmp_path, ours, warnings, REST)
    for msgid in REST:
        assert msgid.removesuffix(" `y`__.") in readable(ours)
    assert 'href="https://example.org/y">y</a>' in ours
    assert "Último." in ours
    assert "MALO" in stock
    assert "problematic" in stock


def test_of_markdown(tmp_path: Path) -> None:
    paragraphs = "\n\n".join(text for text in MARKDOWN if text != "A title")
    text = f"# Top\n\n{paragraphs}\n\nLast.\n\n## 1. of a kind\n\n## A title\n\n[^9]: Nine.\n"
    stock, ours, warnings = build(tmp_path, "index.md", text, MARKDOWN | FINE)
    assert_sources_stand(tmp_path, ours, warnings, MARKDOWN)
    for msgid in MARKDOWN:
        if "<" not in msgid and "[" not in msgid:
            assert msgid in readable(ours)
    assert "Own <b>tag</b>." in ours
    for text in FINE.values():
        assert text in readable(ours)
    assert "MALO" in stock
    assert "1. de su clase" not in readable(stock)


def test_what_the_source_has_wrong_may_stay_wrong(tmp_path: Path) -> None:
    text = "Top\n===\n\nSee :nada:`x` and **this.\n\nFine.\n"
    messages = {"See :nada:`x` and **this.": "Vea :nada:`x` y **esto.", "Fine.": "Bien."}
    _, ours, warnings = build(tmp_path, "index.rst", text, messages)
    assert "Vea" in ours
    assert not [warning for warning in warnings if "transpipe" in warning]


def test_stars_that_are_meant_are_let_through(tmp_path: Path) -> None:
    messages = {"Stars.": "Estrellas \\*\\*.", "Power.": "Potencia ** aquí. # noqa"}
    _, ours, warnings = build(tmp_path, "index.md", "# Top\n\nStars.\n\nPower.\n", messages)
    assert "Estrellas **." in ours
    assert "Potencia ** aquí." in ours
    assert warnings == []


@pytest.mark.parametrize("name", ["index.md", "index.rst"])
def test_one_translation_of_two_messages_is_judged_by_each(tmp_path: Path, name: str) -> None:
    tick = "{download}`a.txt`" if name.endswith("md") else ":download:`a.txt`"
    text = f"Top\n===\n\nGet {tick}.\n\nGet nothing.\n"
    both = f"Baja {tick}."
    write_files(tmp_path / "src", {"a.txt": "a"})
    messages = {f"Get {tick}.": both, "Get nothing.": both}
    _, ours, warnings = build(tmp_path, name, text, messages)
    assert ours.count("Baja") == 1
    assert "Get nothing." in ours
    assert len(warnings) == 1
