"""Two routes, one catalog: Sphinx's pages are those of translated documents built untranslated."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from babel import Locale

from tests.sphinx.conftest import body, catalogs_of, page, write_catalog, write_files
from transpipe.documents.formats import segments
from transpipe.documents.options import Options
from transpipe.documents.translate import translate
from transpipe.model import Document, Segment, SegmentKind
from transpipe.sphinx import SphinxProject, build_site

CONF = """
extensions = ["myst_parser"]
html_copy_source = False
suppress_warnings = ["myst", "toc", "image", "misc"]
"""
PSEUDO: dict[str, Callable[[str], str]] = {
    "prefix": lambda text: f"⟦ {text}",
    "suffix": lambda text: f"{text} ⟧",
    "both": lambda text: f"⟦ {text} ⟧",
}


def as_read(html: str) -> tuple[str, list[str]]:
    """The text of a page, and where its links lead; headings' own links are by their ids."""
    html = re.sub(r'<div class="transpipe.*?</div>', "", body(html), flags=re.DOTALL)
    html = re.sub(r'<a class="headerlink".*?</a>', "", html)
    text = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    return text, re.findall(r'<a [^>]*href="([^"]*)"', html)


def lookup(messages: Mapping[str, str]) -> Callable[[Segment], str | None]:
    return lambda segment: messages.get(segment.msgid)


def compare(root: Path, documents: Path, markdown: str) -> int:
    """Translate documents in each way, and build both ways; give how many pages were compared."""
    options = Options(markdown=markdown)
    source, rendered = root / "src", root / "rendered"
    write_files(source, {"conf.py": CONF, "index.md": "# All\n"})
    for way in PSEUDO:
        shutil.copytree(documents, source / way)
    shutil.copytree(source, rendered)
    paths = sorted(source.glob("*/**/*.md"))
    for path in paths:
        name = path.relative_to(source).with_suffix("").as_posix()
        write = PSEUDO[name.partition("/")[0]]
        document = Document(name, path, path.read_bytes().decode(), "markdown", Locale("en"))
        messages = {
            segment.msgid: write(segment.msgid)
            for segment in segments(document, options)
            if segment.kind is not SegmentKind.FRONT_MATTER and segment.spans
        }
        for refusal in translate(document, options, lookup(messages)).refused:
            messages.pop(refusal.segment.msgid, None)
        result = translate(document, options, lookup(messages))
        (rendered / path.relative_to(source)).write_bytes(result.text.encode())
        write_catalog(root / "locale", "es", name, messages)
    spanish = Locale("es")
    ours = SphinxProject(source, source, root / "work", Locale("en"))
    build_site(ours, spanish, root / "es", catalogs_of(root / "locale", "es"), [])
    # As if it were written in Spanish, so that Sphinx's own words are the same.
    written = SphinxProject(rendered, rendered, root / "other", spanish)
    build_site(written, spanish, root / "plain", {}, [])
    for path in paths:
        name = path.relative_to(source).with_suffix("").as_posix()
        assert as_read(page(root / "es", name)) == as_read(page(root / "plain", name)), name
    return len(paths)


def test_a_project_written_for_it(tmp_path: Path) -> None:
    files = {
        "index.md": "# Top\n\nSee [one][r] and [two].\n\n- Item\n- Other `code`\n\n"
        "> Quoted **text**\n"
        "\n| a | b |\n| - | - |\n| c | [d][r] |\n\n[r]: https://example.org/r\n[two]: other.md\n"
        "\n```{toctree}\nother\n```\n",
        "other.md": "# Other\n\n## Part\n\nText <kbd>K</kbd> and ![alt](https://example.org/i.png)."
        "\n\n1. First\n2. Second\n\n![pic](https://example.org/p.png)\n",
    }
    documents = write_files(tmp_path / "documents", files)
    assert compare(tmp_path, documents, "myst") == 2 * len(PSEUDO)


@pytest.mark.corpus
@pytest.mark.slow
def test_a_part_of_a_book(corpora: Path, tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    for part in ("control-flow-basics", "types-and-values"):
        folder = corpora / "comprehensive-rust" / "new" / "src" / part
        shutil.copytree(folder, documents / part, ignore=shutil.ignore_patterns("*.rs", "*.toml"))
    assert compare(tmp_path, documents, "gfm") == 19 * len(PSEUDO)
