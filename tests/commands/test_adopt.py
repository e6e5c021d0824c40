"""Adopting a site through the command line: what is said, what is written, what stays whole."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.helpers import Shell
from transpipe.commands.adopt import adopted
from transpipe.config import load_config
from transpipe.documents.counterpart import take_apart
from transpipe.documents.options import Options
from transpipe.model import AdoptedPage

CONFIG = """\
source_language = "es"
languages = ["en"]
source_dir = "content"
include = ["**/*.md"]
exclude = ["**/*.en.md", "**/*.EN.md"]
output = "content/{name}.{language}{suffix}"
"""
SPANISH = """\
---
title: El huerto
date: 2026-03-01
---

# El huerto

Abre los lunes a las 9.
Traiga guantes.

Escriba al 5550134.
"""
ENGLISH = """\
---
title: The garden
date: 2026-03-01
---

# The garden

It opens on Mondays at 9.
Bring gloves.

Call 5550134.
"""
SITE = {
    "transpipe.toml": CONFIG,
    "content/garden.es.md": SPANISH,
    "content/garden.en.md": ENGLISH,
}


def test_a_page_comes_back_byte_for_byte(shell: Shell) -> None:
    shell.write(SITE)
    outcome = shell("adopt", "--write")
    assert outcome.code == 0
    assert "English (en): 1 page, 1 of them given back byte for byte" in outcome.out
    assert shell("render", "--check").code == 0
    assert shell.read("content/garden.en.md") == ENGLISH
    assert shell("report", "--fail-under", "100").code == 0
    assert shell("update", "--check").code == 0
    assert shell("extract", "--check").code == 0


def test_an_adopted_page_follows_its_source(shell: Shell) -> None:
    shell.write(SITE)
    shell("adopt", "--write")
    assert shell("render").code == 0
    shell.write({"content/garden.es.md": SPANISH.replace("Escriba al", "Llame al")})
    shell("extract")
    shell("update")
    assert shell("render").code == 0
    assert shell.read("content/garden.en.md") == ENGLISH.replace("Call", "Llame al")


def test_nothing_is_written_unasked(shell: Shell) -> None:
    shell.write(SITE)
    before = shell.files()
    outcome = shell("adopt")
    assert outcome.code == 0
    assert "Nothing is written yet: run it again with --write to write 3 files." in outcome.out
    assert shell.files() == before


def test_run_again_it_changes_nothing(shell: Shell) -> None:
    shell.write(SITE)
    shell("adopt", "--write")
    before = shell.files()
    outcome = shell("adopt", "--write")
    assert "The catalogs hold all of it already." in outcome.out
    assert shell.files() == before


def test_a_page_that_changed_is_followed_and_an_edited_catalog_is_not_overwritten(
    shell: Shell,
) -> None:
    shell.write(SITE)
    shell("adopt", "--write")
    catalog = "locale/en/LC_MESSAGES/garden.es.po"
    edited = shell.read(catalog).replace("Call 5550134.", "Please call 5550134.")
    page = ENGLISH.replace("Mondays at 9", "Mondays at nine, that is 9").replace("Call", "Phone")
    shell.write({catalog: edited, "content/garden.en.md": page})
    outcome = shell("adopt", "--write")
    assert outcome.code == 0
    assert "Kept as they are in the catalog" in outcome.out
    after = shell.read(catalog)
    assert "It opens on Mondays at nine, that is 9." in after
    assert "Please call 5550134." in after
    assert "Phone" not in after


def test_what_render_would_change_is_listed(shell: Shell) -> None:
    shell.write({**SITE, "content/garden.en.md": ENGLISH.replace("03-01", "03-02")})
    out = shell("adopt").out
    assert "content/garden.en.md:3:\n    - date: 2026-03-02\n    + date: 2026-03-01\n" in out


def test_a_key_that_differs_is_named(shell: Shell) -> None:
    spanish = SPANISH.replace("date:", "tags: [uno]\ndate:")
    english = ENGLISH.replace("date:", "tags: [one]\ndate:")
    shell.write({**SITE, "content/garden.es.md": spanish, "content/garden.en.md": english})
    assert "tags: on 1 page; add it to 'front_matter' to translate it" in shell("adopt").out


def test_a_page_that_render_wrote_is_not_adopted(shell: Shell) -> None:
    shell.write({**SITE, "content/new.es.md": "# Nuevo\n\nUna página nueva del sitio.\n"})
    shell("adopt", "--write")
    shell("render")
    assert shell.read("content/new.en.md") == "# Nuevo\n\nUna página nueva del sitio.\n"
    assert "The catalogs hold all of it already." in shell("adopt", "--write").out


def test_a_document_without_a_page_is_counted(shell: Shell) -> None:
    shell.write({**SITE, "content/new.es.md": "# Nuevo\n"})
    outcome = shell("adopt")
    assert outcome.code == 0
    assert "en: 1 document has no page" in outcome.out


def test_json_holds_both_sides(shell: Shell) -> None:
    shell.write(SITE)
    data = json.loads(shell("adopt", "--format", "json").out)
    (page,) = data["pages"]
    assert page["page"] == "content/garden.en.md"
    assert page["identical"] is True
    assert {pair["msgid"]: pair["msgstr"] for pair in page["pairs"]}[
        "Abre los lunes a las 9. Traiga guantes."
    ] == "It opens on Mondays at 9.\nBring gloves."


def test_html_shows_what_pages_hold_and_obeys_none_of_it(shell: Shell) -> None:
    evil = "<script>alert(1)</script> 5550134"
    shell.write({**SITE, "content/garden.en.md": ENGLISH.replace("Call 5550134.", evil)})
    shell("adopt", "--format", "html", "--output", "report.html")
    text = shell.read("report.html")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script" not in text
    assert "The garden" in text
    assert "It opens on Mondays at 9.\nBring gloves." in text
    assert "<p>1 page, 0 of them given back byte\nfor byte; " in text


# ------------------------------------------------------------------------------ bad input


def adopt_badly(shell: Shell, files: dict[str, str]) -> str:
    """Adopt, and see that nothing but catalogs changes; give what is said."""
    shell.write({**SITE, **files})
    before = shell.files("content")
    outcome = shell("adopt", "--write")
    assert outcome.code == 1
    assert shell.files("content") == before
    return outcome.out


def test_two_candidates_for_a_page(shell: Shell) -> None:
    config = CONFIG.replace('"en"', '"pt_BR"').replace("en.md", "pt*.md")
    pages = {"content/garden.pt_BR.md": ENGLISH, "content/garden.pt-br.md": ENGLISH}
    said = adopt_badly(shell, {"transpipe.toml": config, **pages})
    assert (
        "content/garden.pt_BR.md: and content/garden.pt-br.md both are garden.es in pt_BR: "
        "keep one of them" in said
    )


def test_a_page_with_other_front_matter(shell: Shell) -> None:
    toml = "+++\ntitle = 'The garden'\n+++\n\n# The garden\n"
    said = adopt_badly(shell, {"content/garden.en.md": toml})
    assert "content/garden.en.md: has another kind of front matter than its source" in said


def test_a_page_that_is_not_utf8(shell: Shell) -> None:
    shell.write(SITE)
    (shell.folder / "content/garden.en.md").write_bytes(b"# caf\xe9\n")
    outcome = shell("adopt", "--write")
    assert outcome.code == 1
    assert "content/garden.en.md:1: is not UTF-8" in outcome.out


def test_a_translation_without_its_source(shell: Shell) -> None:
    shell.write({**SITE, "content/lost.en.md": "# Lost\n"})
    outcome = shell("adopt")
    assert outcome.code == 0
    assert "content/lost.en.md: translates no document" in outcome.out


def test_a_page_with_an_empty_body(shell: Shell) -> None:
    shell.write({**SITE, "content/garden.en.md": "---\ntitle: The garden\n---\n"})
    outcome = shell("adopt", "--write")
    assert outcome.code == 0
    assert "content/garden.es.md:11: is not on content/garden.en.md" in outcome.out
    assert 'msgstr "The garden"' in shell.read("locale/en/LC_MESSAGES/garden.es.po")


def test_a_page_that_translates_an_older_version(shell: Shell) -> None:
    newer = SPANISH + "\nUn párrafo nuevo del todo, que nadie tradujo todavía en 2026.\n"
    shell.write({**SITE, "content/garden.es.md": newer})
    outcome = shell("adopt", "--write")
    assert "content/garden.es.md:13: is not on content/garden.en.md" in outcome.out


def test_a_broken_record_stops_before_anything_is_written(shell: Shell) -> None:
    shell.write({**SITE, "locale/adopted.json": "[]"})
    before = shell.files()
    outcome = shell("adopt", "--write")
    assert outcome.code == 2
    assert outcome.err == (
        "locale/adopted.json: is no record of adopted pages: restore it from version control\n"
    )
    assert shell.files() == before


# -------------------------------------------------------------------------------- corpus

UNEQUAL = {
    ("news/friends/index", "en"): {0: [0], 1: [1], 2: [1], 3: [1], 4: [1], 5: [2], 6: [3]},
    ("openinfradays/openinfradays-na2024", "en"): {n: [n - 1] for n in range(2, 28)},
    ("openinfradays/openinfradays-na2024", "pt"): {n: [n - 1] for n in range(2, 28)},
}
"""Made by hand: which block of the page translates which of the source, counted from 0. The page
about the days has its first paragraph twice in the source; either is right."""


@pytest.mark.corpus
@pytest.mark.slow
def test_a_real_site(
    corpora: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: Shell
) -> None:
    shutil.copytree(corpora / "community/osslat-site", tmp_path / "site")
    monkeypatch.chdir(tmp_path / "site")
    assert shell("init", "--yes").code == 0
    config = load_config(Path("transpipe.toml"))
    every = adopted(config, config.languages).adoption.pages
    # The menu in Portuguese is a data file: its values are paired by their keys.
    assert [page.page.path.name for page in every if page.source.format == "yaml"] == [
        "menu.pt.yaml"
    ]
    pages = [page for page in every if page.source.format == "markdown"]
    assert len(pages) == 82
    equal = [page for page in pages if page.alignment.same_structure]
    assert len(equal) == 79
    for page in equal:
        assert all(pair.is_sure for pair in page.alignment.pairs), page.page.path
        assert page.alignment.source_only == page.alignment.target_only == ()
        # In pages of one structure the truth is the place.
        assert all(there == [here] for here, there in _blocks(page))
    for page in pages:
        if not page.alignment.same_structure:
            name, language = page.source.name.removesuffix(".es"), str(page.page.source_language)
            truth = UNEQUAL[name, language]
            found = dict(_blocks(page))
            assert all(found[here] == there for here, there in truth.items() if here in found)
            assert len(found) >= len(page.alignment.pairs) - 6


def _blocks(page: AdoptedPage) -> Iterator[tuple[int, list[int]]]:
    """Give which blocks of the body were paired, counted from 0, by the lines they stand on."""
    ours, theirs = (take_apart(each, Options()) for each in (page.source, page.page))
    sources = [ours.segments[index] for index in ours.blocks]
    lines = [theirs.segments[index].line for index in theirs.blocks]
    for pair in page.alignment.pairs:
        if pair.segment in sources:
            here = sources.index(pair.segment)
            # Cells of a row share a line: among them it is the same column.
            there = [index for index, line in enumerate(lines) if line == pair.line]
            yield here, [here] if here in there else there[:1]


# ------------------------------------------------------------- pages that render wrote before

DATA = """\
data_output = "{name}.{language}{suffix}"

[data]
"data/menu.es.yaml" = ["main[].name"]
"""
HUGO = CONFIG + 'heading_ids = "hugo"\n\n[untranslated]\n"*" = "notice"\n'
NEW = "\n## Parte nueva\n\nUn párrafo nuevo que nadie tradujo todavía al inglés.\n"


def edited_after_render(shell: Shell) -> str:
    """Adopt, grow the source, render, edit the page by hand, adopt; give the catalog."""
    shell.write({**SITE, "transpipe.toml": HUGO})
    shell("adopt", "--write")
    shell("render", "--force")
    shell.write({"content/garden.es.md": SPANISH + NEW})
    shell("extract")
    shell("update")
    assert shell("render").code == 0
    page = shell.read("content/garden.en.md")
    assert "{#el-huerto}" in page
    assert "> " in page
    shell.write({"content/garden.en.md": page.replace("Bring gloves", "Bring your gloves")})
    assert shell("adopt", "--write").code == 0
    return shell.read("locale/en/LC_MESSAGES/garden.es.po")


def test_ids_and_notices_that_render_wrote_are_not_adopted(shell: Shell) -> None:
    catalog = edited_after_render(shell)
    assert "Bring your gloves." in catalog
    assert "{#" not in catalog
    assert "fuzzy" not in catalog


def test_what_render_left_untranslated_stays_untranslated(shell: Shell) -> None:
    assert 'msgid "Parte nueva"\nmsgstr ""' in edited_after_render(shell)


def test_data_files_are_adopted_by_key(shell: Shell) -> None:
    shell.write(
        {
            **SITE,
            "transpipe.toml": CONFIG + DATA,
            "data/menu.es.yaml": "main:\n  - name: Noticias\n    url: /noticias\n",
            "data/menu.en.yaml": "main:\n  - name: News\n    url: /news\n",
        }
    )
    outcome = shell("adopt", "--write")
    assert outcome.code == 0
    assert "    -     url: /news\n    +     url: /noticias\n" in outcome.out
    catalogs = shell.files("locale/en")
    assert any(b'msgstr "News"' in data for data in catalogs.values())
