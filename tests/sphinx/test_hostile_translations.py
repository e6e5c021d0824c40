"""A translation can say things, it cannot do things: translations are written by strangers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel import Locale

from tests.sphinx.conftest import body, catalogs_of, page, write_catalog, write_files
from transpipe.sphinx import SphinxProject, build_site

CONF = """
import os
extensions = [
    "myst_parser", "sphinx.ext.mathjax", "sphinx.ext.extlinks", "sphinx.ext.ifconfig",
    "sphinx.ext.autodoc", "sphinx.ext.graphviz",
]
myst_enable_extensions = [
    "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist",
    "html_admonition", "html_image", "replacements", "smartquotes", "strikethrough",
    "substitution", "tasklist",
]
myst_substitutions = {"own": "Acme", "file": "```{include} secret.txt\\n```"}
myst_dmath_double_inline = True
extlinks = {"issue": ("https://example.org/%s", "#%s")}
exclude_patterns = ["secret.txt"]
rst_prolog = ".. role:: raw-html(raw)\\n   :format: html\\n\\n.. |own| replace:: Acme\\n"
gettext_additional_targets = ["literal-block", "raw", "image", "doctest-block", "index"]
suppress_warnings = ["myst.header", "image"]
templates_path = ["templates"]
def setup(app):
    from docutils import nodes
    def run(name, rawtext, text, lineno, inliner, options={}, content=[]):
        open(os.path.join(app.srcdir, "ran"), "w").close()
        return [nodes.raw("", text, format="html")], []
    app.add_role("run", run)
"""

LAYOUT = """{% extends "!layout.html" %}{% block footer %}
<p title="{{ _("Hint") }}">{% trans %}Edit me{% endtrans %}
{{ _("Top") }} {{ _("Bottom") }}
{% trans x="MINE" %}Of {{ x }}{% endtrans %} {{ _("By %s")|format("MINE") }}</p>{% endblock %}"""

MARKDOWN = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](java&#x73;cript:alert(1))",
    "[x](data:text/html;base64,xx) [y](vbscript:x) [z](file:///etc/passwd)",
    "{run}`x`",
    "{RUN}`x`",
    "{raw-html}`<b>`",
    "{download}`conf.py`",
    "[x](conf.py)",
    "[x](path:conf.py)",
    "![x](conf.py)",
    "![x](https://evil.example/track.gif)",
    "{{ env.app.srcdir }}",
    "{{ own }}",
    "{{ file }}",
    r"$\href{javascript:alert(1)}{x}$",
    r"$$\input{/etc/passwd}$$",
    r"{math}`\href{javascript:alert(1)}{x}`",
    r"{math}`^^5chref{javascript:alert(1)}{x}`",
    r"\\(\\href{javascript:alert(1)}{x}\\)",
    "[x]{#top}",
    "[x]{.hidden}",
    '`x`{style="position:fixed"}',
    "{issue}`1`",
    "<div class='admonition'>x</div>",
    "<img src='conf.py'>",
    "<!--#include file='secret' -->",
    "<?php x ?>",
    "\x1b[31m\x07",
    "\n\n```{include} secret.txt\n```",
]
OPENING_MARKDOWN = [
    "```{include} secret.txt\n```",
    ":::{include} secret.txt\n:::",
    "- ```{include} secret.txt\n  ```",
    "```{raw} html\n<script>x</script>\n```",
    "```{eval-rst}\n.. include:: secret.txt\n```",
]
REST = [
    ":raw-html:`<script>alert(1)</script>`",
    ":run:`x`",
    "`x`:run:",
    ":RUN:`x`",
    ":download:`conf.py`",
    ":issue:`1`",
    "|own|",
    "|own|_",
    "`x <javascript:alert(1)>`_",
    "`x <java\\script:alert(1)>`__",
    "javascript:alert(1)",
    "data:text/html,x",
    r":math:`\href{javascript:alert(1)}{x}`",
    r"\\(\\href{javascript:alert(1)}{x}\\)",
    r"\\begin{equation}\\href{javascript:alert(1)}{x}\\end{equation}",
    "\n\n.. include:: secret.txt",
    "``\\`` :run:`x` ``\\``",
    "\x1b[31m",
    "\n====\n\n.. include:: secret.txt",
]
OPENING_REST = [
    ".. include:: secret.txt",
    "- .. include:: secret.txt",
    "* x\n\n  .. automodule:: antigravity",
    ":field: .. include:: secret.txt",
    "    .. include:: secret.txt",
    "term\n  .. include:: secret.txt",
    ".. raw:: html\n\n   <script>x</script>",
    ".. |own| image:: conf.py",
    ".. _Python: https://evil.example",
    ".. role:: kbd(raw)\n   :format: html\n\nEVIL",
    ".. default-role:: run\n\nEVIL `x`",
    ".. image:: https://evil.example/track.gif",
    ">>> EVIL",
]

# What the source does itself, and the translation would do with something else.
OWN_MARKDOWN = {
    r"Linked $\href{https://a.example}{x}$.": r"EVIL $\href{javascript:alert(1)}{x}$.",
    r"Classed $\class{a}{x}$.": r"EVIL $\class  {b}{x}$.",
    r"Ratio $\frac{a}{b}$.": r"EVIL $\frac{a}{b}}$.",
    "Part $a$.": "EVIL $a % b$.",
    "Bold <b>x</b>.": "EVIL </b>x<b>.",
    "Nested <b><i>x</i></b>.": "EVIL <b><i>x</b></i>.",
}
OWN_REST = {
    r"Linked :math:`\href{https://a.example}{x}`.": r"EVIL :math:`\href{javascript:alert(1)}{x}`.",
    r"Defined :math:`\def\a{b}`.": r"EVIL :math:`\def\a{\b}`.",
    r"Ratio :math:`\frac{a}{b}`.": r"EVIL :math:`\frac{a}{b`.",
    "Bold :raw-html:`<b>` x :raw-html:`</b>`.": "EVIL :raw-html:`</b>` x :raw-html:`<b>`.",
}


class AttributeReader(HTMLParser):
    """Collects the attributes of a page as a browser reads them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += attrs


def hostile(texts: Iterable[str], opening: Iterable[str]) -> dict[str, str]:
    """Messages p1, p2 …; where a text is to stand first, nothing goes before it."""
    found = [f"EVIL {text}" for text in texts]
    found += opening
    return {f"p{number}": text for number, text in enumerate(found)}


def build(root: Path, files: dict[str, str], messages: dict[str, str]) -> tuple[str, list[str]]:
    common = {"conf.py": CONF, "secret.txt": "SECRETWORD\n", "templates/layout.html": LAYOUT}
    source = write_files(root / "src", common | files)
    write_catalog(root / "locale", "es", "index", messages)
    project = SphinxProject(source, source, root / "work", Locale("en"))
    catalogs = catalogs_of(root / "locale", "es")
    result = build_site(
        project, Locale("es"), root / "es", catalogs, [], locale_dir=root / "elsewhere"
    )
    html = page(root / "es", "index")
    assert not (source / "ran").exists()
    assert "SECRETWORD" not in html
    reader = AttributeReader()
    reader.feed(html)
    assert not [pair for pair in reader.found if pair[0].startswith("on")]
    acting = re.compile(r"\s*(javascript|vbscript|data|file):", re.IGNORECASE)
    assert not [pair for pair in reader.found if acting.match(pair[1] or "")]
    assert not list((root / "es" / "_downloads").rglob("*"))
    assert not list((root / "es").rglob("conf.py"))
    return html, list(result.warnings)


def test_a_catalog_of_markdown(tmp_path: Path) -> None:
    plain = hostile(MARKDOWN, OPENING_MARKDOWN)
    messages = plain | OWN_MARKDOWN
    text = "# Top\n\n" + "\n\n".join(messages) + "\n\nA formula: $a$\n"
    html, warnings = build(tmp_path, {"index.md": text}, messages)
    assert "EVIL" not in html
    for msgid in plain:
        assert f">{msgid}</p>" in html
    for msgid in messages:
        assert any(f"“{msgid}” (index.md:" in warning for warning in warnings), msgid
    assert len(warnings) == len(messages)


def test_a_catalog_of_restructuredtext(tmp_path: Path) -> None:
    plain = hostile(REST, OPENING_REST)
    messages = plain | OWN_REST
    text = "Top\n===\n\n" + "\n\n".join(messages)
    text += "\n\nSee `Python`_: :math:`a`.\n\n.. _Python: https://python.org\n"
    html, warnings = build(tmp_path, {"index.rst": text}, messages)
    assert "EVIL" not in html
    for msgid in plain:
        assert f">{msgid}</p>" in html, msgid
    for msgid in messages:
        assert any(f"“{msgid}” (index.rst:" in warning for warning in warnings), msgid
    assert 'href="https://python.org">Python</a>' in html


@pytest.mark.parametrize("name", ["index.md", "index.rst"])
def test_blocks_and_metadata(tmp_path: Path, name: str) -> None:
    meta = ":description: About\n   :http-equiv=refresh: 9; url=index.html\n   :robots: index\n"
    rest = (
        f".. meta::\n   {meta}\n"
        '.. raw:: html\n\n   <div class="x">Raw</div>\n\n'
        ".. raw:: latex\n\n   \\own\n\n"
        ".. math::\n\n   a=b\n\n"
        ".. image:: pic.png\n   :alt: alt\n\n"
        ".. toctree::\n   :caption: Cap\n\n   other <https://example.org>\n"
    )
    text = f"Top\n===\n\nEnd.\n\n{rest}"
    if name == "index.md":
        text = f"# Top\n\nEnd.\n\n```{{eval-rst}}\n{rest}```\n"
    messages = {
        '<div class="x">Raw</div>': '<div class="x">EVIL</div></div><script>x</script>',
        "\\own": "EVIL\\input{x}",
        "a=b": r"EVIL\href{javascript:x}{y}",
        ".. image:: pic.png": ".. image:: conf.py",
        "alt": 'words" onerror="alert(1)',
        "Cap": "<script>cap</script>",
        "other": "<script>other</script>",
        "About": 'Sobre" onload="x',
        "9; url=index.html": "0; url=https://EVIL.example",
        "index": "noEVIL",
        "End.": "Fin.",
    }
    html, warnings = build(tmp_path, {name: text, "pic.png": "x"}, messages)
    assert "EVIL" not in html
    assert "<script>cap" not in html
    assert "<script>other" not in html
    assert "Fin." in html
    assert '<div class="x">Raw</div>' in html
    # latex is no part of HTML, but it is of a book
    assert sum("left out" in warning for warning in warnings) == 4


def test_a_target_of_a_translation_takes_no_reference(tmp_path: Path) -> None:
    text = "Top\n===\n\nOne.\n\nSee `Python`_.\n\n.. _Python: https://python.org\n"
    messages = {"One.": "Ve `Python <https://evil.example>`_.", "See `Python`_.": "Ve `Python`_."}
    html, _ = build(tmp_path, {"index.rst": text}, messages)
    assert 'Ve <a class="reference external" href="https://python.org">' in body(html)


def test_metadata_of_a_page_is_no_message(tmp_path: Path) -> None:
    text = ":author: Me\n:status: draft\n\nTop\n===\n\nText.\n"
    build(tmp_path, {"index.rst": text}, {"author": "orphan", "status": "nosearch", "Me": "EVIL"})
    index = (tmp_path / "es" / "searchindex.js").read_text("utf-8")
    assert '"text"' in index


def test_the_catalog_of_page_templates(tmp_path: Path) -> None:
    own = tmp_path / "src" / "locale"
    messages = {
        "Edit me": "EVIL<script>x</script>",
        "Hint": 'EVIL" onmouseover="x',
        "Top": "<em>Alto</em>",
        "Bottom": "EVIL <em class='x'>Bajo</em>",
        "Of %(x)s": "EVIL %(y)s",
        "By %s": "EVIL %s %s",
    }
    write_catalog(own, "es", "sphinx", messages)
    conf = CONF.replace("import os", "import os\nlocale_dirs = ['locale']")
    html, warnings = build(tmp_path, {"index.rst": "Top\n===\n", "conf.py": conf}, {})
    assert "EVIL" not in html
    assert html.count("MINE") == 2
    assert "<em>Alto</em> Bottom" in html
    assert sum("because it adds HTML" in warning for warning in warnings) == 3
    assert sum("because its placeholders are not" in warning for warning in warnings) == 2
