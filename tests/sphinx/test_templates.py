"""Templates and untranslated pages are those of Sphinx alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po

from tests.sphinx.conftest import files_of, stock_build, write_files
from transpipe.sphinx import SphinxProject, build_site, extract_templates

SITE = {
    "conf.py": """
extensions = ["myst_parser"]
myst_enable_extensions = ["substitution", "deflist", "dollarmath", "attrs_inline"]
gettext_additional_targets = ["literal-block", "image"]
html_theme = "furo"
""",
    "index.md": """---
myst:
  substitutions: {x: value}
author: Someone
abstract: What it is about
---

# Title

Text with {{ x }}, [a link][r], ![an image](i.png "t") and `code` \\
after a break.[^f]

Term
: Definition

- [ ] 1. item
- **two**

| a | b |
| - | - |
| # c | `d` |

:::{note}
Colons are text here.
:::

```{admonition} A title
Body of it.
```

> quoted
lazily

$$x = y$$

[r]: https://example.org
[^f]: Foot.

```{toctree}
:caption: More
sub/page
rest
```
""",
    "sub/page.md": "## Begins low\n\n### And lower\n\nText.\n",
    "rest.rst": "Rest\n====\n\nSome *text* and a `link <https://example.org>`_::\n\n   literal\n",
    "i.png": "",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> SphinxProject:
    root = tmp_path_factory.mktemp("templates")
    source = write_files(root / "src", SITE)
    return SphinxProject(source, source, root / "work", Locale("en"))


def messages(path: Path) -> list[tuple[str, list[tuple[str, int]]]]:
    with path.open("rb") as file:
        return [
            (str(entry.id), [(Path(name).name, line) for name, line in entry.locations])
            for entry in read_po(file)
            if entry.id
        ]


def test_msgids_are_stock_sphinxs(project: SphinxProject, tmp_path: Path) -> None:
    found = dict(extract_templates(project, tmp_path / "pot"))
    stock_build(project.source_dir, tmp_path / "stock", "gettext_compact=0", builder="gettext")
    assert list(found) == ["index", "rest", "sub/page"]
    for name, path in found.items():
        assert path == tmp_path / "pot" / f"{name}.pot"
        assert messages(path) == messages(tmp_path / "stock" / f"{name}.pot")
    assert "literal" in dict(messages(found["rest"]))


def test_an_untranslated_site_is_stock_sphinxs(project: SphinxProject, tmp_path: Path) -> None:
    build_site(project, Locale("en"), tmp_path / "ours", {}, [])
    stock_build(project.source_dir, tmp_path / "stock")
    ours, stock = files_of(tmp_path / "ours"), files_of(tmp_path / "stock")
    del ours[".transpipe-files"]
    del ours[".buildinfo"], stock[".buildinfo"]
    assert list(ours) == list(stock)
    assert [name for name in ours if ours[name] != stock[name]] == []


def test_front_matter_is_no_message_of_the_body(tmp_path: Path) -> None:
    source = write_files(
        tmp_path / "src",
        {
            "conf.py": "extensions = ['myst_parser']\n",
            "index.md": (
                '+++\ntitle = "Nosotros"\ndescription = "De nosotros"\n'
                "date = 2024-01-02\n[extra]\nn = 1\n+++\n\n## Texto\n\nHola.\n"
            ),
        },
    )
    project = SphinxProject(source, source, tmp_path / "work", Locale("es"))
    [(name, path)] = extract_templates(project, tmp_path / "pot")
    assert name == "index"
    # The lines are those of the file: TOML gives way line for line.
    assert messages(path) == [("Texto", [("index.md", 9)]), ("Hola.", [("index.md", 11)])]
    stock_build(source, tmp_path / "stock", "gettext_compact=0", builder="gettext")
    stock = [msgid for msgid, _ in messages(tmp_path / "stock" / "index.pot")]
    assert any(msgid.startswith('title = "Nosotros"') for msgid in stock)
    build_site(project, Locale("es"), tmp_path / "es", {}, [])
    html = (tmp_path / "es" / "index.html").read_text("utf-8")
    assert "+++" not in html
    assert "<title>Nosotros" in html
    assert 'id="texto"' in html


def test_toml_that_is_none_is_named_and_not_shown(tmp_path: Path) -> None:
    source = write_files(
        tmp_path / "src",
        {"conf.py": "extensions = ['myst_parser']\n", "index.md": "+++\ntitle = oh\n+++\n\n# T\n"},
    )
    project = SphinxProject(source, source, tmp_path / "work", Locale("en"))
    result = build_site(project, Locale("en"), tmp_path / "en", {}, [])
    assert len(result.warnings) == 1
    assert "index.md:1: WARNING: the front matter is not TOML" in result.warnings[0]
    assert "oh" not in (tmp_path / "en" / "index.html").read_text("utf-8")


def test_the_extension_in_a_projects_own_conf(tmp_path: Path) -> None:
    conf = SITE["conf.py"] + 'extensions.append("transpipe.sphinx")\nlanguage = "es"\n'
    source = write_files(tmp_path / "src", {**SITE, "conf.py": conf})
    stock_build(source, tmp_path / "es", language="es")
    write_files(source, {"conf.py": conf + 'transpipe_languages = ["en"]\n'})
    stock_build(source, tmp_path / "en", language="en")
    # The language of the sources is what conf.py says, whatever the build asks for.
    assert "transpipe" not in (tmp_path / "es" / "index.html").read_text("utf-8")
    html = (tmp_path / "en" / "rest.html").read_text("utf-8")
    assert 'lang="es"' in html
    assert "You are reading the original in Spanish." in html
    assert '<link rel="alternate" hreflang="en" href="../en/rest.html" />' in html


def test_messages_of_page_templates_have_a_template_while_there_are_some(tmp_path: Path) -> None:
    page = "<p>{% trans %}Edit this page{% endtrans %}</p>\n"
    source = write_files(
        tmp_path / "src",
        {
            "conf.py": "templates_path = ['_templates']\n",
            "index.rst": "Title\n=====\n",
            "_templates/sidebar.html": page,
        },
    )
    project = SphinxProject(source, source, tmp_path / "work", Locale("en"))
    found = dict(extract_templates(project, tmp_path / "pot"))
    assert list(found) == ["index", "sphinx"]
    assert [msgid for msgid, _ in messages(found["sphinx"])] == ["Edit this page"]
    assert list(dict(extract_templates(project, tmp_path / "pot"))) == ["index", "sphinx"]
    write_files(source, {"_templates/sidebar.html": "<p></p>\n"})
    assert list(dict(extract_templates(project, tmp_path / "pot"))) == ["index"]
