"""A translation that adds a mark to each message gives the page of the source, with the marks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po

from tests.sphinx.conftest import body, catalogs_of, page, write_catalog, write_files
from transpipe.sphinx import SiteResult, SphinxProject, build_site, extract_templates

CONF = r"""
extensions = ["myst_parser", "sphinx.ext.mathjax", "sphinx.ext.todo"]
myst_enable_extensions = [
    "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist",
    "html_admonition", "html_image", "linkify", "replacements", "smartquotes", "strikethrough",
    "substitution", "tasklist",
]
myst_substitutions = {"own": "Acme", "block": "A **block** of it."}
myst_heading_anchors = 4
myst_url_schemes = {"http": None, "https": None, "wiki": "https://en.wikipedia.org/wiki/{{path}}"}
todo_include_todos = True
suppress_warnings = ["myst.strikethrough"]
html_copy_source = False
"""

MARKDOWN = r"""---
title: Front
myst: {substitutions: {page: Page}}
---

(top)=
# Every *feature* of MyST

"Quoted" -- text... with (c), https://example.org/auto, `code`{.python} and ~~struck~~ words.

{#named .classed}
A paragraph with [a span]{.span #span}, <kbd>K</kbd>, H{sub}`2`O, {abbr}`HTML (Markup)` and a
line of it.

Inline $a^2$ and {math}`b`, own {{ own }}, page {{ page }}. See [](#top), [top](#top), {ref}`top`,
[the other](other.md#part-two), [wiki](wiki:Python), <https://example.org/x>, and {doc}`other`.

{{ block }}

Term one
: Definition with [link][r].

  Second paragraph.

Term *two*
: Other

:field one: Text of a field
:field two: - listed

- [ ] To do [r]
- [x] Done
  1. Numbered
  2. > Quoted in a list

:::{note}
A note with **bold**.

```{tip} A *title*
Nested tip.
```
:::

<div class="admonition warning" name="warned">
<p class="title">Watch out</p>
Text of the admonition.
</div>

<img src="pic.png" alt="An HTML image" width="20px">

![Alt text](pic.png "Its title"){width=10px}

:::{figure} pic.png
:alt: Figure alt
:name: fig

A caption with `code`.

The legend.
:::

| Left | Right |
| :--- | ----: |
| *a* | b \| c |
| [d][r] | $x$ |

:::{list-table} Listed
:header-rows: 1

* - One
  - Two
* - Three
  - Four
:::

$$
\begin{aligned}a &= b\end{aligned}
$$ (eq)

By {eq}`eq`, [a footnote][^note] and another[^2].

```python
print("code")
```

:::{glossary}
word
  Its meaning.
:::

A {term}`word`, {numref}`fig`.

```{todo}
Do it.
```

:::{admonition} Given
:class: dropdown

{attribution="Someone"}
> Quotation
:::

```{eval-rst}
.. rubric:: In *reST*

Text with ``literal`` and `link <https://example.org/rest>`__, :kbd:`K`.

.. versionadded:: 1.0
   Added text.

.. py:function:: go(x)

   Goes.

   :param x: What to do.
   :returns: Nothing.
```

## Part one

### Deep [link][r]

(end)=
#### Deeper `code`

[r]: https://example.org/r "Title"
[^note]: A footnote with [r].
[^2]: Two
    paragraphs.
"""
REST = r"""
.. _rest-top:

Every *feature* of reST
=======================

A `link <https://example.org>`_, `anonymous`__, `named`_, `Section`_, :ref:`rest-top`, [1]_,
[#auto]_, [#]_, [cited]_, |sub|, _`inline`, `inline`_ and ``literal``::

   code block

__ https://example.org/anonymous
.. _named: https://example.org/named
.. |sub| replace:: substituted *text*
.. [1] One.
.. [#auto] Auto.
.. [#] Unnamed.
.. [cited] Cited.

Section
-------

term : classifier
   Definition.

:field: body

-o, --option  An option.

| a line
| another line

   A quotation.

   -- Someone

.. topic:: A topic

   Its text.

.. csv-table:: A table
   :header: One, Two

   "a", *b*

.. glossary::

   item
   second item
      Meaning.

.. index:: single: entry

A :term:`item`, :kbd:`K`, :guilabel:`&File`, :menuselection:`A --> B`, :samp:`a{b}`,
:abbr:`LIFO (last in)`, :math:`a`, :rfc:`1`, :pep:`8`, :manpage:`ls(1)`, :program:`x`, :file:`a/b`.

.. hlist::

   * one
   * two

.. deprecated:: 2.0
   Use another.

.. seealso:: Other *things*.

.. productionlist::
   a: "b"

.. figure:: pic.png
   :alt: alt

   Caption [1]_.

.. class:: special

Classed paragraph.

.. only:: html

   Only in HTML.

.. toctree::
   :caption: Pages

   all
   A title <other>
"""
FILES = {
    "conf.py": CONF,
    "index.rst": REST,
    "all.md": MARKDOWN,
    "other.md": "# Other\n\n## Part two\n\nText.\n",
    "pic.png": "x",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its templates, and its pages in Spanish without a translation."""
    root = tmp_path_factory.mktemp("features")
    write_files(root / "src", FILES)
    extract_templates(project_of(root), root / "pot")
    return root


@pytest.fixture(scope="module")
def plain(root: Path) -> SiteResult:
    return build_site(project_of(root), Locale("es"), root / "plain", {}, [])


def project_of(root: Path) -> SphinxProject:
    return SphinxProject(root / "src", root / "src", root / "work", Locale("en"))


def put(mark: str, text: str) -> str:
    ending = "::" if text.endswith("::") else ""  # no text, but what begins a literal block
    return mark.format(text.removesuffix(ending)) + ending


def shown(html: str) -> list[str]:
    """The tags and words of a page, without marks and what tells its language.

    Lines are joined in a message, so that a line break of the source is a blank.
    """
    html = re.sub(r'<div class="transpipe-notice".*?</div>', "", body(html), flags=re.DOTALL)
    html = re.sub(r' lang="en"| ⟧|⟦ ', "", html)
    html = re.sub(r"<span>(.*?)</span>(?=</a>)", r"\1", html, flags=re.DOTALL)
    return re.findall(r"<[^>]+>|[^\s<]+", html)


@pytest.mark.parametrize("mark", ["{} ⟧", "⟦ {}"])
def test_marked_pages_are_those_of_the_source(
    root: Path, plain: SiteResult, tmp_path: Path, mark: str
) -> None:
    for path in sorted((root / "pot").rglob("*.pot")):
        with path.open("rb") as file:
            messages = {
                str(entry.id): put(mark, str(entry.id)) for entry in read_po(file) if entry.id
            }
        write_catalog(tmp_path, "es", path.relative_to(root / "pot").stem, messages)
    catalogs = catalogs_of(tmp_path, "es")
    marked = build_site(project_of(root), Locale("es"), root / "es", catalogs, [])
    assert marked.warnings == plain.warnings
    for name in ("index", "all", "other"):
        html = page(root / "es", name)
        assert shown(html) == shown(page(root / "plain", name))
        assert ' lang="en"' not in body(html)
