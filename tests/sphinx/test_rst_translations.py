"""reStructuredText is Sphinx's own, but for what a translation must not do."""

from __future__ import annotations

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
from transpipe.sphinx.rst import roles_of

PAGE = """
.. role:: html(raw)
   :format: html

Title
=====

Include.

Raw.

Get :download:`it <a.txt>`.

See :doc:`index`, :html:`<b>x</b>` and a `link <https://example.org>`_::

   code

.. note:: A note.

Fine.
"""


def test_a_translation_reads_and_runs_nothing(tmp_path: Path) -> None:
    source = write_files(
        tmp_path / "src", {"conf.py": "secret = 'word'\n", "index.rst": PAGE, "a.txt": "a"}
    )
    ending = "y un `enlace <https://example.org>`_::"
    write_catalog(
        tmp_path / "locale",
        "es",
        "index",
        {
            "Title": "Título",
            "Include.": ".. include:: conf.py\n   :literal:",
            "Raw.": "Malo :html:`<script>x</script>`.",
            "Get :download:`it <a.txt>`.": "Malo :download:`eso <conf.py>`.",
            "See :doc:`index`, :html:`<b>x</b>` and a `link <https://example.org>`_::": (
                f"Véase :html:`<b>x</b>`, :doc:`index`, :kbd:`k` {ending}"
            ),
            "A note.": "Una nota.",
            "Fine.": "Bien.",
        },
    )
    settings = (f"locale_dirs={tmp_path}/locale", "gettext_compact=0")
    stock_build(source, tmp_path / "stock", *settings, language="es")
    stock = body(page(tmp_path / "stock", "index"))
    assert "secret = “word”" in readable(stock)  # the text of conf.py
    assert "<script>x</script>" in stock
    project = SphinxProject(source, source, tmp_path / "work", Locale("en"))
    result = build_site(
        project, Locale("es"), tmp_path / "es", catalogs_of(tmp_path / "locale", "es"), []
    )
    ours = body(page(tmp_path / "es", "index"))
    assert "secret" not in ours
    assert "Malo" not in ours
    for text in ("Título", "Véase", "Una nota.", "Bien.", "Include.", "Raw."):
        assert text in readable(ours)
    assert "<b>x</b>" in ours
    what = (
        "the directive include",
        "the role {html}",
        "the file conf.py",
    )
    assert len(result.warnings) == len(what)
    for part in what:
        assert sum(part in warning for warning in result.warnings) == 1, part


def test_what_a_line_of_a_msgstr_is_indented_by_means_nothing(tmp_path: Path) -> None:
    texts = {"One.": "Uno y\n dos.", "Two.": "Malo\n\n dos.", "Three.": "Malo\n .. note:: x"}
    text = "Top\n===\n\n" + "\n\n".join(texts)
    source = write_files(tmp_path / "src", {"conf.py": "", "index.rst": text})
    write_catalog(tmp_path / "locale", "es", "index", texts)
    project = SphinxProject(source, source, tmp_path / "work", Locale("en"))
    catalogs = catalogs_of(tmp_path / "locale", "es")
    result = build_site(project, Locale("es"), tmp_path / "es", catalogs, [])
    html = body(page(tmp_path / "es", "index"))
    assert "<p>Uno y\ndos.</p>" in html
    assert "Malo" not in html
    assert len(result.warnings) == 2


LINKS = {
    "Inline.": "Malo `x <javascript:alert(1)>`_.",
    "Anonymous.": "Malo `x <JavaScript:alert(2)>`__.",
    "Bare.": "Malo javascript:alert(3) aquí.",
    "Parted.": "Malo `x <java\\script:alert(4)>`_.",
    "Data.": "Malo `x <data:text/html,5>`_.",
    "File.": "Malo `x <file:///etc/passwd>`_.",
    "Script.": "Malo `x <vbscript:6>`_.",
    "Heading": "Malo `x <javascript:alert(7)>`_",
}


def test_a_translation_links_to_nothing_that_runs(tmp_path: Path) -> None:
    paragraphs = "\n\n".join(text for text in LINKS if text != "Heading")
    own = "A `bookmarklet <javascript:toggle()>`_."
    text = f"Top\n===\n\n{paragraphs}\n\n{own}\n\nWeb.\n\nHeading\n-------\n\nEnd.\n"
    source = write_files(tmp_path / "src", {"conf.py": "", "index.rst": text})
    fine = {
        own: "Un `marcador <javascript:toggle()>`_.",
        "Web.": "Una `red <https://example.org/es>`_ y `otra <mailto:a@example.org>`__.",
    }
    write_catalog(tmp_path / "locale", "es", "index", {**LINKS, **fine})
    project = SphinxProject(source, source, tmp_path / "work", Locale("en"))
    catalogs = catalogs_of(tmp_path / "locale", "es")
    result = build_site(project, Locale("es"), tmp_path / "es", catalogs, [])
    html = body(page(tmp_path / "es", "index"))
    assert "Malo" not in html
    for original in LINKS:
        assert original in readable(html)
    assert 'href="javascript:toggle()">marcador' in html
    assert 'href="https://example.org/es">red' in html
    assert len(result.warnings) == len(LINKS)
    assert all("is left out because it adds the address " in text for text in result.warnings)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b:: c .. d", set()),
        (":py:func:`f` and `g`:Ref:", {"py:func", "ref"}),
        ("``:ref:`` `a`_ \\:doc:`x`", set()),
    ],
)
def test_the_roles_of_a_text(text: str, expected: set[str]) -> None:
    assert roles_of(text) == expected
