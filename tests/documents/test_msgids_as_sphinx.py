"""Law 5: msgids are those of Sphinx's gettext builder."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import polib
import pytest
import sphinx.util.nodes
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from transpipe.documents.discover import discover
from transpipe.documents.formats import Options, segments
from transpipe.documents.frontmatter import front_matter
from transpipe.documents.messages import clean
from transpipe.documents.reading import read_document
from transpipe.model import Document

sphinx_9 = pytest.mark.skipif(
    sphinx.version_info < (9,),
    reason="Sphinx 8 leaves the backslash of a hard line break in a msgid; ours are those of 9",
)
GFM, MYST = Options(), Options(markdown="myst")

CONSTRUCTS = """\
# Uno \\# dos #

Línea\\
otra  \n\
tercera *con* `código` \\
![al `c` \\* &amp; *b*](a.png "t") y ![dos
líneas](b.png)

Subtítulo
de dos líneas
-----

> cita
perezosa

1. uno

   dos
-	tab
	otra

| a \\| b | `c\\|d` |
|--------|---|
| ![x](y) | |
| solo

[^n]: nota

    más nota[^n]

[r]: https://example.org "título"

[r] y [otro][r] y <b>html</b> {abbr}`a (b)` http://example.org

- [ ] tarea

- # encabezado en lista

<div>
html
</div>

***

    código
"""


def sphinx_msgids(
    folder: Path, pages: Mapping[str, str], extensions: list[str]
) -> dict[str, set[str]]:
    source = folder / "src"
    source.mkdir()
    (source / "conf.py").write_text(
        f"extensions = ['myst_parser']\nmyst_enable_extensions = {extensions!r}\n"
        "gettext_compact = False\n"
    )
    (source / "index.md").write_text("# index\n")
    for name, text in pages.items():
        path = source / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-b", "gettext", str(source), str(folder / "pot")],
        check=True,
        capture_output=True,
    )
    found = {}
    for name in pages:
        template = folder / "pot" / f"{name}.pot"
        entries = polib.pofile(str(template)) if template.exists() else []
        found[name] = {entry.msgid for entry in entries}
    return found


def our_msgids(document: Document, options: Options) -> set[str]:
    return {each.msgid for each in segments(document, options) if each.msgctxt is None}


@sphinx_9
@given(st.text(alphabet=st.sampled_from(list("ab\\ \t\n\r\x0b\x0c\x1c\x85\xa0\u2028"))))
def test_cleaned_as_sphinx_cleans(text: str) -> None:
    assert clean(text) == sphinx.util.nodes._clean_extracted_message(text)


@sphinx_9
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_construct(tmp_path: Path, ending: str, mark: str) -> None:
    text = mark + CONSTRUCTS.replace("\n", ending)
    theirs = sphinx_msgids(tmp_path, {"page": text}, [])["page"]
    document = Document("page", Path("page.md"), text, "markdown", Locale("es"))
    assert len(theirs) > 15
    assert our_msgids(document, GFM) == theirs
    assert our_msgids(document, MYST) == theirs


def test_myst_blocks_and_gfm_lists_follow_the_flavour(tmp_path: Path) -> None:
    text = "% nota\n\n(blanco)=\n\n+++ {}\n\nuno\n: dos\n"
    document = Document("page", Path("page.md"), text, "markdown", Locale("es"))
    plain = sphinx_msgids(tmp_path, {"page": text}, [])["page"]
    assert our_msgids(document, MYST) == plain == {"uno : dos"}
    assert our_msgids(document, GFM) == {"% nota", "(blanco)=", "+++ {}", "uno", "dos"}


def test_where_they_cannot_be_equal(tmp_path: Path) -> None:
    # Sphinx drops the image with the link to a file it does not know; the document is the same.
    pages = {"link": "[![uno](a.png)](nada.md)\n", "rules": "---\nuno\n---\ndos\n"}
    theirs = sphinx_msgids(tmp_path, pages, [])
    ours = {
        name: our_msgids(Document(name, Path(name), text, "markdown", Locale("es")), MYST)
        for name, text in pages.items()
    }
    assert theirs["link"] == {"[![uno](a.png)](nada.md)"}
    assert ours["link"] == theirs["link"] | {"uno"}
    # MyST takes any lines between two rules at the top for front matter, CommonMark for text.
    assert ours["rules"] == theirs["rules"] == {"dos"}
    document = Document("rules", Path("rules"), pages["rules"], "markdown", Locale("es"))
    assert our_msgids(document, GFM) == {"uno", "dos"}


@pytest.mark.corpus
@sphinx_9
@pytest.mark.slow
@pytest.mark.parametrize(
    ("folder", "step"), [("community/osslat-site", 3), ("comprehensive-rust/new/src", 10)]
)
def test_real_documents(corpora: Path, tmp_path: Path, folder: str, step: int) -> None:
    documents = {}
    pages = {}
    for number, file in enumerate(discover(corpora / folder, ("**",), ())[::step]):
        document = read_document(file, Locale("es"))
        found = front_matter(document.text, document.path)
        name = f"d/{number}"
        documents[name] = document
        pages[name] = document.text[found.end :] if found else document.text
    theirs = sphinx_msgids(tmp_path, pages, ["deflist", "strikethrough"])
    assert sum(map(len, theirs.values())) > 400
    for options in (GFM, MYST):
        assert {name: our_msgids(each, options) for name, each in documents.items()} == theirs
