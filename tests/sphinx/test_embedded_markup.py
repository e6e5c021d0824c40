"""A message is read in the markup that it stands in, whatever the markup of its page is."""

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
from transpipe.sphinx.markup import rest_lines

CONF = """
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "tasklist", "substitution"]
myst_substitutions = {"product": "Acme"}
exclude_patterns = ["part.md", "part.rst"]
"""

MARKDOWN = """# Top

:::{note}
Inside [a link][own] and a note[^n].

[own]: https://example.org/own
:::

```{eval-rst}
See :ref:`the-label` and `Python <https://python.org>`_.

.. note:: In *reST* ``code``.
```

- ```{eval-rst}
  Nested :kbd:`K`.
  ```

:::{tip}
```{eval-rst}
Deep :kbd:`D`.
```
:::

(the-label)=
## Part

- [x] A task [there][far]

Sold by {{ product }}.

```{include} part.md
```

```{eval-rst}
.. include:: part.rst
```

[far]: https://example.org/x
[^n]: The note.
"""

REST = """:orphan:

Top
===

Own :kbd:`K` and `one <https://example.org/one>`__.

.. include:: part.md
   :parser: myst_parser.sphinx_
"""

FILES = {
    "conf.py": CONF,
    "index.md": MARKDOWN,
    "mixed.rst": REST,
    "part.md": "A part with [links][z] [z] of `Markdown`.\n\n[z]: https://example.org/z\n",
    "part.rst": "A part of :kbd:`reST` and `b <https://example.org/b>`__.\n",
}

IN_MARKDOWN = [
    "Inside [a link][own] and a note[^n].",
    "See :ref:`the-label` and `Python <https://python.org>`_.",
    "In *reST* ``code``.",
    "Nested :kbd:`K`.",
    "Deep :kbd:`D`.",
    "A task [there][far]",
    "Sold by {{ product }}.",
    "A part with [links][z] [z] of `Markdown`.",
    "A part of :kbd:`reST` and `b <https://example.org/b>`__.",
    "The note.",
]
IN_REST = [
    "Own :kbd:`K` and `one <https://example.org/one>`__.",
    "A part with [links][z] [z] of `Markdown`.",
]
MARK = " ⟧"


def links(html: str) -> list[str]:
    return re.findall(r'href="([^"]*)"', html)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str, str]]:
    """Source, stock and ours, by page."""
    root = tmp_path_factory.mktemp("mixed")
    source = write_files(root / "src", FILES)
    for name, messages in (("index", IN_MARKDOWN), ("mixed", IN_REST)):
        write_catalog(root / "locale", "es", name, {text: text + MARK for text in messages})
    settings = (f"locale_dirs={root}/locale", "gettext_compact=0")
    stock_build(source, root / "stock", *settings, language="es")
    stock_build(source, root / "en")
    project = SphinxProject(source, source, root / "work", Locale("en"))
    result = build_site(project, Locale("es"), root / "es", catalogs_of(root / "locale", "es"), [])
    assert result.warnings == ()
    return {
        name: (
            body(page(root / "en", name)),
            body(page(root / "stock", name)),
            body(page(root / "es", name)),
        )
        for name in ("index", "mixed")
    }


@pytest.mark.parametrize(("name", "count"), [("index", len(IN_MARKDOWN)), ("mixed", len(IN_REST))])
def test_every_message_is_translated_as_it_was_written(
    built: dict[str, tuple[str, str, str]], name: str, count: int
) -> None:
    source, stock, ours = built[name]
    assert links(stock) != links(source)
    assert links(ours) == links(source)
    assert ours.count(MARK.strip()) == count
    assert re.findall(r"<(kbd|code|em)", ours) == re.findall(r"<(kbd|code|em)", source)


def test_a_task_keeps_its_box(built: dict[str, tuple[str, str, str]]) -> None:
    _, stock, ours = built["index"]
    assert 'type="checkbox"' not in stock
    assert 'type="checkbox"' in ours


def test_a_substitution_of_the_configuration(built: dict[str, tuple[str, str, str]]) -> None:
    assert "Sold by Acme. ⟧" in readable(built["index"][2])


def test_the_lines_of_blocks() -> None:
    text = "a\n```{eval-rst}\nb\n\nc\n```\n> ~~~~{eval-rst}\n> d\n> ~~~~\n:::{eval-rst}\ne\n"
    assert [list(lines) for lines in rest_lines(text)] == [[2, 3, 4, 5], [7, 8], [10, 11, 12]]


def test_a_picture_of_another_language(tmp_path: Path) -> None:
    conf = "extensions = ['myst_parser']\ngettext_additional_targets = ['image']\n"
    files = {
        "conf.py": conf,
        "index.md": "# Top\n\n![alt](a.png)\n\n![b](b.png)\n",
        "other.rst": "Other\n=====\n\n.. image:: a.png\n\n.. image:: b.png\n",
        "a.png": "a", "b.png": "b", "es.png": "es",
    }  # fmt: skip
    source = write_files(tmp_path / "src", files)
    pictures = {".. image:: a.png": ".. image:: es.png", ".. image:: b.png": "una foto"}
    for name in ("index", "other"):
        write_catalog(tmp_path / "locale", "es", name, pictures)
    project = SphinxProject(source, source, tmp_path / "work", Locale("en"))
    result = build_site(
        project, Locale("es"), tmp_path / "es", catalogs_of(tmp_path / "locale", "es"), []
    )
    for name in ("index", "other"):
        found = re.findall(r'src="_images/([^"]+)"', body(page(tmp_path / "es", name)))
        assert found == ["es.png", "b.png"]
    assert sum("it is not a picture" in text for text in result.warnings) == 2
