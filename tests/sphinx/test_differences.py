"""Each difference that the documentation lists: stock Sphinx is wrong there, and we are right.

One project is built in Spanish by each. A row of the page of differences without a test here, or a
test without a row, fails.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from babel import Locale

from tests.conftest import PROJECT
from tests.sphinx.conftest import (
    catalogs_of,
    page,
    readable,
    stock_build,
    write_catalog,
    write_files,
)
from transpipe.sphinx import SphinxProject, build_site

PAGE = PROJECT / "docs" / "explanation" / "differences-from-sphinx.md"

CONF = r"""
extensions = ["myst_parser", "sphinx.ext.mathjax", "sphinx.ext.extlinks"]
source_suffix = {".rst": "restructuredtext", ".md": "markdown", ".txt": "plaintext"}
myst_enable_extensions = [
    "attrs_inline", "colon_fence", "dollarmath", "html_image", "substitution", "tasklist",
]
myst_substitutions = {"own": "Acme"}
myst_heading_anchors = 3
extlinks = {"issue": ("https://example.org/%s", "#%s")}
gettext_additional_targets = ["image", "literal-block", "raw"]
exclude_patterns = ["part.md"]
templates_path = ["templates"]
locale_dirs = ["own"]
html_copy_source = False
suppress_warnings = ["myst.header", "misc.highlighting_failure", "toc"]
def setup(app):
    from docutils import nodes
    from docutils.parsers.rst import Directive
    class Event(Directive):
        has_content = True
        def run(self):
            paragraph = nodes.paragraph("Raised.", "Raised.")
            paragraph.line = self.lineno
            self.state.nested_parse(self.content, self.content_offset, paragraph)
            return [paragraph]
    app.add_directive("event", Event)
"""
LAYOUT = """{% extends "!layout.html" %}
{% block footer %}<p>{% trans %}Edit{% endtrans %}</p>{% endblock %}"""

MARKDOWN = r"""---
status: draft
myst:
  substitutions: {product: Acme}
---

# Markdown

A [manual][m] and a [part][p].[^f]

Sold by {{ product }}.

## Steps

| Item | # Number |
| --- | --- |

```python
print("hello")
```

$$a = b$$

<p class="box">Boxed</p>

Go [one](#steps) or [two](target.md#first) or [three](target.md#second--third).

- [ ] A task

:::{note}
Noted.

[p]: https://example.org/p
:::

```{include} part.md
```

```{eval-rst}
In :kbd:`rest`, see `it <https://example.org/rest>`__.
```

![Alt](pic.png)

Word zebrawort.

[m]: https://example.org/m
[^f]: Foot.
"""
MARKDOWN_MESSAGES = {
    "status": "nosearch",
    "A [manual][m] and a [part][p].[^f]": ("Un [manual][m] y una [parte][p].[^f]"),
    "Included [there][i].": "Incluido [allá][i].",
    "Sold by {{ product }}.": "Lo vende {{ product }}.",
    "Steps": "1. Pasos",
    "Item": "- Punto",
    "# Number": "# Número",
    'print("hello")\n': 'print("hola")\n',
    "a = b": "a = c",
    '<p class="box">Boxed</p>\n': '<p class="box">En caja</p>\n',
    "Go [one](#steps) or [two](target.md#first) or [three](target.md#second--third).": (
        "Va [uno](#steps) o [dos](target.md#first) o [tres](target.md#second--third)."
    ),
    "A task": "Una tarea",
    "In :kbd:`rest`, see `it <https://example.org/rest>`__.": (
        "En :kbd:`resto`, vea `eso <https://example.org/rest>`__."
    ),
    ".. image:: pic.png": ".. image:: otra.png",
}

REST = r"""
:status: draft

Rest
====

The `first site`_, the `second site`_, the `third site`_ and the `fourth site`_.

Only `Python <https://python.org>`_ and a _`spot`.

Then `Python`_ and `spot`_.

Numbers.

Indented.

See :pep:`8`.

.. event::

   Told by the event.

Word zebragrass.

.. _first site: https://example.org/1
.. _second site: https://example.org/2
.. _third site: https://example.org/3
.. _fourth site: https://example.org/4
"""
REST_MESSAGES = {
    "status": "nosearch",
    "The `first site`_, the `second site`_, the `third site`_ and the `fourth site`_.": (
        "Los sitios: `uno`_, `dos`_, `tres`_ y `cuatro`_."
    ),
    "Only `Python <https://python.org>`_ and a _`spot`.": (
        "Solo `Pitón <https://python.org>`_ y un _`punto`."
    ),
    "Then `Python`_ and `spot`_.": "Luego `Python`_ y `el punto <spot_>`_.",
    "Numbers.": "1. de su clase",
    "Indented.": "Con\n sangría.",
    "Raised.": "Lanzado.",
    "See :pep:`8`.": "Ver :pep:`8`.",
    "Told by the event.": "Dicho por él.",
}

# Of a translation that is left out: what it has, and a translation of each markup that has it.
BROKEN_REST = {
    "a role or a literal that is not closed": "MAL ``literal.",
    "several paragraphs": "MAL.\n\nMAL.",
    "a list": "* MAL\n* MAL",
    "more or fewer anonymous references (`` `text`__ ``) than its source": "MAL `x`__ `y`__.",
    "a reference to a name that the page does not have": "MAL `nombre`_.",
    "a directive": ".. note:: MAL",
    "a role that an extension defines": "MAL :issue:`1`.",
    "a role that reads a file": "MAL :download:`conf.py`.",
    "a `javascript:` address": "MAL `x <javascript:a()>`__.",
    "a TeX command": r"MAL :math:`\href{https://example.org}{x}`.",
}
BROKEN_MARKDOWN = {
    "an HTML element that is not closed": "<b>MAL",
    "a role or a literal that is not closed": "MAL `literal.",
    "several paragraphs": "MAL.\n\nMAL.",
    "a list": "- MAL\n- MAL",
    "a role that does not exist": "MAL {nada}`x`.",
    "raw HTML": "MAL <b>x</b>.",
    "a directive": "```{note}\nMAL\n```",
    "a role that an extension defines": "MAL {issue}`1`.",
    "a role that reads a file": "MAL {download}`conf.py`.",
    "a substitution": "MAL {{ own }}.",
    "a picture": "MAL ![x](pic.png).",
    "a file": "MAL [x](conf.py).",
    "an HTML attribute": "MAL [x]{#id}.",
    "a TeX command": r"MAL $\href{https://example.org}{x}$.",
    "a `javascript:` address": "MAL [x](<javascript:a()>).",
    "a control character": "MAL \x07.",
}


def sources(broken: dict[str, str], more: str = "") -> dict[str, str]:
    """The msgid of each broken translation, by what it has."""
    return {what: f"Source {number}{more}." for number, what in enumerate(broken)}


REST_SOURCES, MARKDOWN_SOURCES = sources(BROKEN_REST), sources(BROKEN_MARKDOWN)
ANONYMOUS = next(what for what in BROKEN_REST if "anonymous" in what)
REST_SOURCES[ANONYMOUS] = "Source `x`__."
UNCLOSED = next(iter(BROKEN_MARKDOWN))
MARKDOWN_SOURCES[UNCLOSED] = "Source <b>x</b>."

WARNED = """Warned
======

See :doc:`index` and
:doc:`target <target>`.

Lost :doc:`index`.

Muted :doc:`index`.
"""
META = """.. meta::
   :description: About
   :robots: index

Meta
====

Text.
"""
FILES = {
    "conf.py": CONF,
    "templates/layout.html": LAYOUT,
    "index.rst": "Top\n===\n\n.. toctree::\n   :glob:\n\n   *\n",
    "toml.md": '+++\ntitle = "Nombrada"\n+++\n\n## Below\n\nText.\n',
    "titled.md": "---\ntitle: Named\ndescription: Described\n---\n\nText.\n",
    "plain.txt": "Un *texto* ``llano``.\n",
    "markdown.md": MARKDOWN,
    "part.md": "Included [there][i].\n\n[i]: https://example.org/i\n",
    "target.md": "# Target\n\n## First\n\n```{admonition} Mind\nText.\n```\n\n## Second & third\n",
    "link.md": "# Link\n\nSee [it](target.md#second--third).\n",
    "rest.rst": REST,
    "broken.rst": "Broken\n======\n\n" + "\n\n".join(REST_SOURCES.values())
    + "\n\n__ https://example.org/x\n",
    "faulty.md": "# Faulty\n\n" + "\n\n".join(MARKDOWN_SOURCES.values()) + "\n",
    "warned.rst": WARNED,
    "meta.rst": META,
    "english.rst": "English\n=======\n\nNobody translated this.\n",
    "pic.png": "x",
    "otra.png": "y",
}  # fmt: skip
CATALOGS = {
    "markdown": MARKDOWN_MESSAGES,
    "target": {"Mind": "Cuidado", "Target": "Destino", "Text.": "Texto."},
    "rest": REST_MESSAGES,
    "broken": {REST_SOURCES[what]: text for what, text in BROKEN_REST.items()},
    "faulty": {MARKDOWN_SOURCES[what]: text for what, text in BROKEN_MARKDOWN.items()},
    "warned": {
        "See :doc:`index` and :doc:`target <target>`.": (
            "Vea :doc:`el destino <target>` y :doc:`index`."
        ),
        "Lost :doc:`index`.": "Perdido.",
        "Muted :doc:`index`.": "Callado.",
    },
    "meta": {"About": "Acerca", "index": "noindex"},
}


@dataclass(frozen=True)
class Site:
    """What one of the two made."""

    folder: Path
    warnings: str

    def html(self, name: str) -> str:
        """A page, all of it."""
        return page(self.folder, name)

    def body(self, name: str) -> str:
        """What a page's document became."""
        html = self.html(name)
        return html[html.index('role="main">') : html.index('<div class="sphinxsidebar"')]

    def text(self, name: str) -> str:
        """What is read there."""
        return readable(self.body(name))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("differences")
    write_files(root / "src", FILES)
    for name, messages in CATALOGS.items():
        path = write_catalog(root / "locale", "es", name, messages)
        text = path.read_text("utf-8")
        path.write_text(text.replace('msgid "Muted', '#, noqa\nmsgid "Muted'), "utf-8")
    write_catalog(root / "src" / "own", "es", "sphinx", {"Edit": "MAL<script>x</script>"})
    return root


def built_by_stock(root: Path, name: str, *settings: str) -> Site:
    folder = root / name
    locale_dirs = f"locale_dirs={root}/locale,{root}/src/own"
    said = stock_build(
        root / "src", folder, locale_dirs, "gettext_compact=0", *settings, language="es"
    )
    return Site(folder, said)


@pytest.fixture(scope="module")
def stock(root: Path) -> Site:
    # Without what it stops at: see test_where_stock_sphinx_stops.
    settings = (
        "exclude_patterns=part.md,plain.txt",
        "gettext_additional_targets=literal-block,raw",
    )
    return built_by_stock(root, "stock", *settings)


@pytest.fixture(scope="module")
def ours(root: Path) -> Site:
    source = root / "src"
    project = SphinxProject(source, source, root / "work", Locale("en"))
    languages = [Locale("en"), Locale("es")]
    catalogs = catalogs_of(root / "locale", "es")
    result = build_site(
        project, languages[1], root / "es", catalogs, languages, locale_dir=root / "locale"
    )
    return Site(root / "es", "\n".join(result.warnings))


ROWS: dict[str, Callable[[Site], bool]] = {}
"""What is right, by the row of the page that says so."""
STOPS = {
    "Documents with the type `plaintext` are paragraphs without markup.": (
        "exclude_patterns=part.md", "gettext_additional_targets=literal-block"
    ),
    "A translated picture (`gettext_additional_targets`) works.": (
        "exclude_patterns=part.md,plain.txt", "gettext_additional_targets=image"
    ),
}  # fmt: skip
"""Rows where stock Sphinx builds nothing, with the settings that show it."""


def row(text: str) -> Callable[[Callable[[Site], bool]], Callable[[Site], bool]]:
    def register(is_right: Callable[[Site], bool]) -> Callable[[Site], bool]:
        ROWS[text] = is_right
        return is_right

    return register


# ------------------------------------------------------------------ in an untranslated page


@row("TOML front matter (`+++`) is metadata.")
def _(site: Site) -> bool:
    return "+++" not in site.text("toml") and "title =" not in site.text("toml")


@row(
    "The `title` of the front matter becomes the title of a page that has no heading of the "
    "first level, or several."
)
def _(site: Site) -> bool:
    return "<title>Named" in site.html("titled")


@row('The `description` of the front matter becomes `<meta name="description">`.')
def _(site: Site) -> bool:
    return '<meta name="description" content="Described"' in site.html("titled")


@row("Documents with the type `plaintext` are paragraphs without markup.")
def _(site: Site) -> bool:
    return "<p>Un *texto* ``llano``.</p>" in site.body("plain")


# --------------------------------------------------------------- in a page of MyST Markdown


def links(html: str) -> list[str]:
    return re.findall(r'<a class="reference[^"]*" href="([^"]*)"', html)


def paragraph(html: str, beginning: str) -> str:
    found = re.search(rf"<p>{re.escape(beginning)}.*?</p>", html, re.DOTALL)
    return found[0] if found else ""


@row("Reference links (`[text][label]`) and footnotes stay links, also where a directive, an "
     "included file or a notebook defines them.")  # fmt: skip
def _(site: Site) -> bool:
    found = paragraph(site.body("markdown"), "Un ")
    included = links(paragraph(site.body("markdown"), "Incluido "))
    addresses = [f"https://example.org/{letter}" for letter in "mpi"]
    return links(found) + included == addresses and 'class="footnote-reference' in found


@row("Substitutions of the front matter are known.")
def _(site: Site) -> bool:
    return "Lo vende Acme." in site.text("markdown")


@row("A translation can begin with `1.`, `-` or `#`.")
def _(site: Site) -> bool:
    text = site.text("markdown")
    return all(part in text for part in ("1. Pasos", "- Punto", "# Número"))


@row("Code, math and HTML blocks keep their translation.")
def _(site: Site) -> bool:
    html = re.sub(r"</?span[^>]*>", "", site.body("markdown"))
    return all(part in html for part in ("hola", "a = c", '<p class="box">En caja</p>'))


@row("Two links to two places of one page lead to two places.")
def _(site: Site) -> bool:
    found = links(paragraph(site.body("markdown"), "Va "))
    return found == ["#steps", "target.html#first", "target.html#second-third"]


@row("The translated title of an admonition changes no link.")
def _(site: Site) -> bool:
    return 'href="target.html#second-third"' in site.body("link")


@row("A task in a list keeps its box.")
def _(site: Site) -> bool:
    return re.search(r'type="checkbox"[^>]*>\s*Una tarea', site.body("markdown")) is not None


@row("`{eval-rst}` is translated as reStructuredText, and so is an included file of the other "
     "markup.")  # fmt: skip
def _(site: Site) -> bool:
    found = paragraph(site.body("markdown"), "En ")
    return ">resto</kbd>" in found and links(found) == ["https://example.org/rest"]


@row("Front matter is not translated as text. Its title and description are messages with a "
     "context.")  # fmt: skip
def _(site: Site) -> bool:
    return "zebrawort" in (site.folder / "searchindex.js").read_text("utf-8")


@row("A translated picture (`gettext_additional_targets`) works.")
def _(site: Site) -> bool:
    return 'src="_images/otra.png"' in site.body("markdown")


# --------------------------------------------------------------- in a page of reStructuredText


@row("Translated names of references keep their own targets.")
def _(site: Site) -> bool:
    found = links(paragraph(site.body("rest"), "Los sitios: "))
    return found == [f"https://example.org/{number}" for number in range(1, 5)]


@row("A target inside a text (`` `Python <https://…>`_ ``, `` _`spot` ``) stays where other "
     "references look for it.")  # fmt: skip
def _(site: Site) -> bool:
    return links(paragraph(site.body("rest"), "Luego ")) == ["https://python.org", "#spot"]


@row("A translation can begin as an item of a list does.")
def _(site: Site) -> bool:
    return "1. de su clase" in site.text("rest")


@row("Blocks that a directive puts into a paragraph stay on the page.")
def _(site: Site) -> bool:
    return "Lanzado." in site.text("rest") and "Dicho por él." in site.text("rest")


@row("A line of a translation can be indented.")
def _(site: Site) -> bool:
    return "Con sangría." in site.text("rest")


@row("The ids that the index leads to are those of the source.")
def _(site: Site) -> bool:
    return 'id="index-0"' in paragraph(site.body("rest"), "Ver ")


@row("The first list of fields of a page is not translated.")
def _(site: Site) -> bool:
    return "zebragrass" in (site.folder / "searchindex.js").read_text("utf-8")


# ----------------------------------------------------------------- translations left out


def left_out(name: str, msgid: str) -> Callable[[Site], bool]:
    def is_right(site: Site) -> bool:
        shown = readable(msgid).replace("`x`__", "x")
        place = rf"/{name}\.po:\d+: WARNING: the translation is left out because .*"
        return (
            shown in site.text(name)
            and re.search(place + re.escape(f"“{msgid}”"), site.warnings) is not None
        )

    return is_right


LEFT_OUT = [
    *((what, left_out("broken", REST_SOURCES[what])) for what in BROKEN_REST),
    *((what, left_out("faulty", MARKDOWN_SOURCES[what])) for what in BROKEN_MARKDOWN),
]


@row("a `<meta>` element that programs read (`http-equiv`, `robots`), if it is translated")
def _(site: Site) -> bool:
    html = site.html("meta")
    return 'content="index"' in html and 'content="Acerca"' in html


@row("HTML in a catalog of page templates (`sphinx.po`), but for marks such as `<em>`")
def _(site: Site) -> bool:
    return "<p>Edit</p>" in site.html("english")


# ------------------------------------------------------------------------------ warnings


@row("`transpipe.references` replaces `i18n.inconsistent_references`. It names the line in the "
     "catalog.")  # fmt: skip
def _(site: Site) -> bool:
    lines = site.warnings.splitlines()
    (lost,) = [line for line in lines if "“Lost" in line] or [""]
    return "warned.po:" in lost and not any("/rest." in line for line in lines)


@row("The flag `noqa` (`#, noqa`) mutes a message, as `# noqa` at its end does.")
def _(site: Site) -> bool:
    return sum("warned." in line for line in site.warnings.splitlines()) == 1


# ------------------------------------------------------------------------ around the text


@row("A page in another language says so in `<html lang>`, an untranslated part in `lang`.")
def _(site: Site) -> bool:
    return '<html lang="en"' in site.html("english") and '<p lang="en">Word' in site.body("rest")


@row("A page links to its other languages, also with `hreflang`, and says what is missing.")
def _(site: Site) -> bool:
    html = site.html("rest")
    return all(part in html for part in ('hreflang="en"', "transpipe-languages", "%"))


# --------------------------------------------------------------------------------- the tests


@pytest.mark.parametrize("text", ROWS)
def test_a_difference(ours: Site, stock: Site, text: str) -> None:
    assert ROWS[text](ours)
    assert text in STOPS or not ROWS[text](stock)


@pytest.mark.parametrize("text", STOPS)
def test_where_stock_sphinx_stops(root: Path, text: str) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        built_by_stock(root, f"stopped{list(STOPS).index(text)}", *STOPS[text])


@pytest.mark.parametrize("number", range(len(LEFT_OUT)))
def test_a_translation_that_is_left_out(ours: Site, stock: Site, number: int) -> None:
    what, is_right = LEFT_OUT[number]
    assert is_right(ours), what
    assert not is_right(stock), what


def test_nothing_of_them_is_seen(ours: Site, stock: Site) -> None:
    for name in ("broken", "faulty", "english"):
        assert "MAL" not in ours.html(name)
        assert "MAL" in stock.html(name)


def rows_of_the_page() -> Iterator[str]:
    lines = PAGE.read_text("utf-8").splitlines()
    for line, following in pairwise(lines):
        if line.startswith("| ") and not line.startswith("| ---") and "| ---" not in following:
            yield line.strip("| ").split(" | ")[0]


def test_the_page_and_the_tests_are_in_step() -> None:
    assert sorted(rows_of_the_page()) == sorted({*ROWS, *BROKEN_REST, *BROKEN_MARKDOWN})
