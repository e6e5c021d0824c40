"""What stock Sphinx gets wrong on translated Markdown, and the extension mends."""

from __future__ import annotations

import re
from dataclasses import dataclass
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

CONF = """
extensions = ["myst_parser"]
myst_enable_extensions = ["substitution", "dollarmath"]
myst_heading_anchors = 3
gettext_additional_targets = ["literal-block", "raw"]
html_copy_source = False
"""

INDEX = """---
myst:
  substitutions:
    product: Acme
---

# Start

Read the [manual][m] and the [guide] first.

We sell {{ product }} here.

## Steps

Two ways: [one](other.md#first-part) and [two](other.md#second-part).

| Name | Use |
| --- | --- |
| First | Second |

```python
print("hello")
```

$$
a = b
$$

<p class="box">Boxed text</p>

A line\\
and another.

Ends with a colon:

Inline <kbd>Ctrl</kbd> key.

Safe text.

Safe image.

Safe role.

Safe substitution.

Plain link to [the other page](other.md).

```{toctree}
other
```

[m]: https://example.org/manual
[guide]: other.md
"""

OTHER = """# Other

## First part

Text.

```{admonition} First part
Inside.
```

## Second part

Text.
"""

TRANSLATIONS = {
    "Start": "Inicio",
    "Read the [manual][m] and the [guide] first.": "Lee antes el [manual][m] y la [guía][guide].",
    "We sell {{ product }} here.": "Aquí vendemos {{ product }}.",
    "Steps": "1. Los pasos",
    "Two ways: [one](other.md#first-part) and [two](other.md#second-part).": (
        "Dos caminos: [uno](other.md#first-part) y [dos](other.md#second-part)."
    ),
    "Name": "- Nombre",
    "First": "# Primero",
    'print("hello")\n': 'print("hola")\n    # sangrado\n',
    "a = b": "a = c",
    "\na = b\n": "a = c",  # before MyST-Parser 5
    '<p class="box">Boxed text</p>\n': '<p class="box">Texto en caja</p>\n',
    "A line and another.": "Una línea\\\ny otra.",
    "A line\\ and another.": "Una línea\\\ny otra.",  # before Sphinx 8.1
    "Ends with a colon:": "Termina con dos::",
    "Inline <kbd>Ctrl</kbd> key.": "La tecla <kbd>Control</kbd>.",
    "Safe text.": 'Malo <script src="https://x.example/x.js"></script>.',
    "Safe image.": "Malo ![secreto](conf.py).",
    "Safe role.": "Malo {download}`conf.py`.",
    "Safe substitution.": "Malo {{ env.app.srcdir }}.",
    "Plain link to [the other page](other.md).": "Enlace a [un archivo](conf.py).",
}


@dataclass(frozen=True)
class Built:
    ours: str
    stock: str
    source: str
    folder: Path
    warnings: tuple[str, ...]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("markdown")
    source = write_files(root / "src", {"conf.py": CONF, "index.md": INDEX, "other.md": OTHER})
    write_catalog(root / "locale", "es", "index", TRANSLATIONS)
    write_catalog(
        root / "locale", "es", "other", {"First part": "Primera parte", "Inside.": "Dentro."}
    )
    english, spanish = Locale("en"), Locale("es")
    project = SphinxProject(source, source, root / "work", english)
    # Sphinx alone gets the catalogs too; what it writes is read only to show its faults.
    stock_build(source, root / "stock", f"locale_dirs={root}/locale", "gettext_compact=0",
                language="es")  # fmt: skip
    result = build_site(project, spanish, root / "es", catalogs_of(root / "locale", "es"), [])
    build_site(project, english, root / "en", catalogs_of(root / "locale", "en"), [])
    return Built(
        ours=body(page(root / "es", "index")),
        stock=body(page(root / "stock", "index")),
        source=body(page(root / "en", "index")),
        folder=root,
        warnings=result.warnings,
    )


def test_reference_links_stay_links(site: Built) -> None:
    assert "y la [guía][guide]" in readable(site.stock)
    assert 'href="https://example.org/manual">manual</a>' in site.ours
    assert re.search(r'href="other.html">.*guía.*</a>', site.ours)


def test_front_matter_substitutions_are_known(site: Built) -> None:
    assert "Aquí vendemos Acme." not in readable(site.stock)
    assert "Aquí vendemos Acme." in readable(site.ours)


@pytest.mark.parametrize("text", ["1. Los pasos", "- Nombre", "# Primero"])
def test_a_message_that_seems_to_open_a_block_is_translated(site: Built, text: str) -> None:
    assert text not in readable(site.stock)
    assert text in readable(site.ours)


@pytest.mark.parametrize(
    "text", ["hola", "# sangrado", "a = c", '<p class="box">Texto en caja</p>']
)
def test_literal_blocks_keep_their_translation(site: Built, text: str) -> None:
    shown = re.sub(r"</?span[^>]*>", "", site.stock)
    assert text not in shown
    assert "::" in shown
    assert text in re.sub(r"</?span[^>]*>", "", site.ours)
    assert "::" not in site.ours.replace("Termina con dos::", "")


def test_indentation_within_a_literal_block_is_kept(site: Built) -> None:
    text = re.sub(r"</?span[^>]*>", "", site.ours)
    assert 'print("hola")\n    # sangrado' in text


def test_two_places_of_one_page_stay_two(site: Built) -> None:
    both = re.compile(r'href="(other[^"]+)"><span class="std std-ref">(uno|dos)</span>')
    first, second = "other.html#first-part", "other.html#second-part"
    assert both.findall(site.stock) == [(second, "uno"), (second, "dos")]
    assert both.findall(site.ours) == [(first, "uno"), (second, "dos")]


def test_a_hard_break_in_a_translation_is_one(site: Built) -> None:
    assert re.search(r"Una línea<br />\s*y otra", site.ours)


def test_two_colons_at_the_end_add_nothing(site: Built) -> None:
    assert "Termina con dos::" in readable(site.ours)
    assert "dummy" not in site.ours


def test_ids_are_those_of_the_source(site: Built) -> None:
    assert re.findall(r' id="([^"]+)"', site.ours) == re.findall(r' id="([^"]+)"', site.source)


def test_html_of_the_source_may_be_translated(site: Built) -> None:
    assert "<kbd>Control</kbd>" in site.ours


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Safe text.", "the HTML tag <script"),
        ("Safe image.", "the image conf.py"),
        ("Safe role.", "the role {download}`conf.py`"),
        ("Safe substitution.", "the substitution {{env.app.srcdir}}"),
        ("Plain link to the other page.", "the file conf.py"),
    ],
)
def test_a_translation_does_nothing_that_its_source_does_not(
    site: Built, text: str, what: str
) -> None:
    assert text in readable(site.ours)
    assert "Malo" not in site.ours
    found = [warning for warning in site.warnings if what in warning]
    assert len(found) == 1, site.warnings
    place = r".*/locale/es/LC_MESSAGES/index\.po:\d+: WARNING: the translation is left out because "
    assert re.match(place, found[0])
    assert re.search(r" \(index\.md:\d+\) \[transpipe\.refused\]$", found[0])


def test_nothing_of_the_project_was_copied_by_a_translation(site: Built) -> None:
    assert not list((site.folder / "es").rglob("conf.py"))


def test_no_other_warnings(site: Built) -> None:
    assert [line for line in site.warnings if "left out" not in line] == []


def test_a_translated_admonition_title_leaves_the_slugs_of_its_page(
    tmp_path: Path,
) -> None:
    source = write_files(
        tmp_path / "src",
        {
            "conf.py": "extensions = ['myst_parser']\nmyst_heading_anchors = 3\n",
            "index.md": "# Top\n\nSee [it](b.md#part).\n\n```{toctree}\nb\n```\n",
            "b.md": "# B\n\n## Part\n\n```{admonition} Mind this\nText.\n```\n",
        },
    )
    write_catalog(tmp_path / "locale", "es", "b", {"Mind this": "Cuidado"})
    stock = stock_build(
        source, tmp_path / "stock", f"locale_dirs={tmp_path}/locale", "gettext_compact=0",
        language="es",
    )  # fmt: skip
    assert "local id not found" in stock
    project = SphinxProject(source, source, tmp_path / "work", Locale("en"))
    result = build_site(
        project, Locale("es"), tmp_path / "es", catalogs_of(tmp_path / "locale", "es"), []
    )
    assert result.warnings == ()
    assert 'href="b.html#part"' in page(tmp_path / "es", "index")
    assert "Cuidado" in page(tmp_path / "es", "b")


def test_a_picture_of_another_host_must_be_the_sources(tmp_path: Path) -> None:
    own = "Ours: ![p](https://example.org/p.png)"
    texts = {
        "One.": "Malo ![t](https://evil.example/track.gif)",
        "Two.": "Malo ![t](//evil.example/track.gif)",
        "Three.": "Malo ![t](HTTPS://evil.example/track.gif)",
        "Four.": "Malo [x](<javascript:alert(1)>) <javascript:alert(2)>",
        "Five.": "Malo [x](data:text/html,x) [y](http://[z)",
    }
    source = write_files(
        tmp_path / "src",
        {
            "conf.py": "extensions = ['myst_parser']\n",
            "index.md": "# Top\n\n" + "\n\n".join((*texts, own)) + "\n",
        },
    )
    fine = {own: "Nuestra: ![otra](https://example.org/p.png)"}
    write_catalog(tmp_path / "locale", "es", "index", {**texts, **fine})
    project = SphinxProject(source, source, tmp_path / "work", Locale("en"))
    catalogs = catalogs_of(tmp_path / "locale", "es")
    result = build_site(project, Locale("es"), tmp_path / "es", catalogs, [])
    html = body(page(tmp_path / "es", "index"))
    assert "evil" not in html
    assert 'href="javascript' not in html.lower()
    assert 'href="data' not in html
    assert 'alt="otra"' in html
    refused = [text for text in result.warnings if "is left out because it adds the" in text]
    assert sum("evil.example/track.gif" in text for text in refused) == 3
