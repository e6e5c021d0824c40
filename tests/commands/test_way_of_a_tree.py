"""A tree of documents all the way: extract, update, translate, check, render, report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.helpers import Shell, pseudo, translate

PAGE = """\
---
title: "Nosotros"   # what the page is called
date: 2024-03-20
tags: [uno, dos]
---

# Nuestra comunidad

Somos una [comunidad](https://example.org/es/) de
*software libre*.

| Qué | Cuándo |
| --- | :----: |
| Taller | lunes |
"""
SITE = {
    "site/about/index.md": PAGE,
    "site/mission.txt": "Una línea.\r\nOtra línea.",
}


def bare(shell: Shell, *languages: str) -> None:
    """Extract and update without any configuration."""
    shell.write(SITE)
    assert shell("extract", "site", "--output", "pot", "--source-language", "es").code == 0
    options = [word for code in languages for word in ("-l", code)]
    assert shell("update", "-p", "pot", "-d", "locale", *options).code == 0


def test_names_follow_the_folder(shell: Shell) -> None:
    bare(shell, "pt")
    assert sorted(shell.files("pot")) == ["about/index.pot", "mission.pot"]
    assert sorted(shell.files("locale")) == [
        "pt/LC_MESSAGES/about/index.po",
        "pt/LC_MESSAGES/mission.po",
    ]


def test_a_page_has_no_catalog_in_its_own_language(shell: Shell) -> None:
    bare(shell, "es", "pt")
    assert not (shell.folder / "locale/es").exists()


def test_a_language_nobody_told_is_not_guessed(shell: Shell) -> None:
    shell.write(SITE)
    shell("extract", "site", "--output", "pot")
    shell("update", "-p", "pot", "-d", "locale", "-l", "es", "-l", "en")
    assert (shell.folder / "locale/es/LC_MESSAGES/mission.po").is_file()
    assert (shell.folder / "locale/en/LC_MESSAGES/mission.po").is_file()


def test_render_without_translations_gives_the_sources(shell: Shell) -> None:
    bare(shell, "pt")
    assert shell("render", "site", "-d", "locale", "-l", "pt", "--output", "out").code == 0
    assert shell.files("out") == shell.files("site")


def test_render_writes_translations_and_nothing_else(shell: Shell) -> None:
    bare(shell, "pt")
    assert translate(shell.folder / "locale", "pt", pseudo) == 9
    assert shell("render", "site", "-d", "locale", "-l", "pt", "--output", "out").code == 0
    assert shell.read("out/about/index.md") == (
        '---\ntitle: "Nosotros ⟦x⟧"   # what the page is called\ndate: 2024-03-20\n'
        "tags: [uno, dos]\n---\n\n# Nuestra comunidad ⟦x⟧\n\n"
        "Somos una [comunidad](https://example.org/es/) de *software libre*. ⟦x⟧\n\n"
        "| Qué ⟦x⟧ | Cuándo ⟦x⟧ |\n| --- | :----: |\n| Taller ⟦x⟧ | lunes ⟦x⟧ |\n"
    )
    assert shell.read("out/mission.txt") == "Una línea. ⟦x⟧\r\nOtra línea. ⟦x⟧"


def test_several_languages_have_a_folder_each(shell: Shell) -> None:
    bare(shell, "pt", "en")
    shell("render", "site", "-d", "locale", "-l", "pt,en", "--output", "out")
    assert sorted(shell.files("out")) == [
        "en/about/index.md",
        "en/mission.txt",
        "pt/about/index.md",
        "pt/mission.txt",
    ]


def test_a_fuzzy_translation_is_not_rendered(shell: Shell) -> None:
    bare(shell, "pt")
    path = shell.folder / "locale/pt/LC_MESSAGES/mission.po"
    text = path.read_text().replace(
        'msgid "Una línea."\nmsgstr ""', '#, fuzzy\nmsgid "Una línea."\nmsgstr "Uma linha."'
    )
    path.write_text(text)
    shell("render", "site", "-d", "locale", "-l", "pt", "--output", "out")
    assert shell.read("out/mission.txt") == "Una línea.\r\nOtra línea."


def test_a_translation_that_breaks_the_page_is_refused_and_named(shell: Shell) -> None:
    bare(shell, "pt")
    path = shell.folder / "locale/pt/LC_MESSAGES/about/index.po"
    text = path.read_text()
    msgid = 'msgid "Somos una [comunidad](https://example.org/es/) de *software libre*."'
    line = text[: text.index(msgid)].count("\n") + 1
    path.write_text(text.replace(f'{msgid}\nmsgstr ""', f'{msgid}\nmsgstr "- uma\\n- duas"'))
    result = shell("render", "site", "-d", "locale", "-l", "pt", "--output", "out")
    assert result.code == 1
    assert f"locale/pt/LC_MESSAGES/about/index.po:{line}: error: not written to line 9" in (
        result.err
    )
    assert shell.read("out/about/index.md") == PAGE


def test_report_of_a_folder_of_catalogs(shell: Shell) -> None:
    bare(shell, "pt", "en")
    translate(shell.folder / "locale", "pt", pseudo)
    result = shell("report", "-d", "locale", "--format", "json")
    data = json.loads(result.out)
    assert data["languages"]["pt"]["documents"]["about/index"]["messages"] == {
        "translated": 7,
        "fuzzy": 0,
        "untranslated": 0,
        "total": 7,
        "percent": 100.0,
    }
    assert data["languages"]["en"]["messages"]["untranslated"] == 9
    assert shell("report", "-d", "locale", "-l", "pt", "--fail-under", "100").code == 0
    low = shell("report", "-d", "locale", "--fail-under", "50")
    assert (low.code, low.err) == (1, "en: 0 % of messages are translated, less than 50 %\n")


def test_a_second_update_changes_nothing(shell: Shell) -> None:
    bare(shell, "pt")
    translate(shell.folder / "locale", "pt", pseudo)
    before = shell.files("locale")
    times = [path.stat().st_mtime_ns for path in sorted((shell.folder / "locale").rglob("*.po"))]
    shell("extract", "site", "--output", "pot", "--source-language", "es")
    shell("update", "-p", "pot", "-d", "locale", "-l", "pt")
    assert shell.files("locale") == before
    assert times == [
        path.stat().st_mtime_ns for path in sorted((shell.folder / "locale").rglob("*.po"))
    ]


def test_a_page_that_moves_and_a_sentence_that_changes(shell: Shell) -> None:
    bare(shell, "pt")
    translate(shell.folder / "locale", "pt", pseudo)
    (shell.folder / "site/about/index.md").rename(shell.folder / "site/us.md")
    shell.write({"site/us.md": PAGE.replace("| lunes |", "| el lunes |")})
    (shell.folder / "pot/about/index.pot").unlink()
    shell("extract", "site", "--output", "pot", "--source-language", "es")
    check = shell("update", "-p", "pot", "-d", "locale", "-l", "pt", "--check")
    assert check.code == 1
    assert shell("update", "-p", "pot", "-d", "locale", "-l", "pt").code == 0
    text = shell.read("locale/pt/LC_MESSAGES/us.po")
    assert text.count("⟦x⟧") == 7
    assert '#, fuzzy\n#| msgid "lunes"\nmsgid "el lunes"\nmsgstr "lunes ⟦x⟧"\n' in text
    assert text.count("#, fuzzy") == 1
    assert shell("update", "-p", "pot", "-d", "locale", "-l", "pt", "--check").code == 0


def test_catalogs_without_a_template_are_named(shell: Shell) -> None:
    bare(shell, "pt")
    translate(shell.folder / "locale", "pt", pseudo)
    theirs = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Next"\nmsgstr "Seguinte"\n'
    )
    shell.write({"locale/pt/LC_MESSAGES/sphinx.po": theirs})
    (shell.folder / "pot/mission.pot").unlink()
    result = shell("update", "-p", "pot", "-d", "locale", "-l", "pt")
    assert result.err == (
        "    sphinx has no template, and is not of transpipe: it is left as it is\n"
        "    mission has no template any more: 2 messages kept as obsolete\n"
    )
    assert shell.read("locale/pt/LC_MESSAGES/sphinx.po") == theirs
    assert shell.read("locale/pt/LC_MESSAGES/mission.po").count("#~ msgstr") == 2
    again = shell("update", "-p", "pot", "-d", "locale", "-l", "pt")
    assert again.err == (
        "    sphinx has no template, and is not of transpipe: it is left as it is\n"
    )


# ------------------------------------------------------------------ the configured project

CONFIG = """\
source_language = "es"
languages = ["pt"]
source_dir = "site"
output = "site/{name}.{language}{suffix}"
exclude = ["**/*.pt.*"]
"""


def configured(shell: Shell) -> None:
    shell.write({**SITE, "transpipe.toml": CONFIG})
    assert shell("extract").code == 0
    assert shell("update").code == 0


def test_translations_beside_their_sources(shell: Shell) -> None:
    configured(shell)
    translate(shell.folder / "locale", "pt", pseudo)
    assert shell("render").code == 0
    assert shell.read("site/mission.pt.txt") == "Una línea. ⟦x⟧\r\nOtra línea. ⟦x⟧"
    assert shell("render", "--check").code == 0
    assert shell("extract", "--check").code == 0


def test_a_page_written_by_hand_is_not_overwritten(shell: Shell) -> None:
    configured(shell)
    shell.write({"site/mission.pt.txt": "À mão."})
    result = shell("render")
    assert result.code == 1
    assert "site/mission.pt.txt: error: was not written by render, or was edited" in result.err
    assert shell.read("site/mission.pt.txt") == "À mão."
    assert shell.read("site/about/index.pt.md") == PAGE
    assert shell("render", "--force").code == 0
    assert shell.read("site/mission.pt.txt") == SITE["site/mission.txt"]


def test_a_rendered_page_follows_its_catalog_but_not_over_an_edit(shell: Shell) -> None:
    configured(shell)
    shell("render")
    translate(shell.folder / "locale", "pt", pseudo)
    assert shell("render", "--check").code == 1
    assert shell("render").code == 0
    assert "⟦x⟧" in shell.read("site/mission.pt.txt")
    edited = shell.read("site/mission.pt.txt") + "!"
    shell.write({"site/mission.pt.txt": edited})
    assert shell("render").code == 1
    assert shell.read("site/mission.pt.txt") == edited


def test_a_rendered_page_goes_with_its_source(shell: Shell) -> None:
    configured(shell)
    shell("render")
    (shell.folder / "site/mission.txt").rename(shell.folder / "site/goal.txt")
    shell("extract")
    shell("update")
    check = shell("render", "--check")
    assert (check.code, check.out) == (1, "2 documents: 1 out of date, 1 to remove\n")
    assert shell("render").out == "2 documents: 1 written, 1 removed\n"
    assert not (shell.folder / "site/mission.pt.txt").exists()
    assert (shell.folder / "site/goal.pt.txt").is_file()
    assert "mission" not in shell.read("locale/rendered.json")
    assert shell("render", "--check").code == 0


def test_a_record_cannot_name_other_files_for_removal(shell: Shell) -> None:
    configured(shell)
    shell("render")
    shell.write({"README.md": "Hola\n", "site/extra.md": "Uno\n"})
    record = json.loads(shell.read("locale/rendered.json"))
    for name in ("README.md", "site/extra.md", "transpipe.toml", "site/../README.pt.md"):
        path = shell.folder / name
        path.write_text("Hola\n") if not path.exists() else None
        record["documents"][name] = hashlib.sha256(path.read_bytes()).hexdigest()
    shell.write({"locale/rendered.json": json.dumps(record)})
    before = shell.files()
    shell("extract")
    result = shell("render", "--check")
    assert "to remove" not in result.out
    shell("render")
    assert before.items() - {("locale/rendered.json", before["locale/rendered.json"])} <= (
        shell.files().items()
    )


def test_a_rendered_page_that_somebody_edited_stays(shell: Shell) -> None:
    configured(shell)
    shell("render")
    shell.write({"site/mission.pt.txt": "À mão."})
    (shell.folder / "site/mission.txt").unlink()
    shell("extract")
    shell("update")
    result = shell("render")
    assert result.code == 1
    assert "site/mission.pt.txt: error: its source is gone, and it was edited" in result.err
    assert shell.read("site/mission.pt.txt") == "À mão."


def test_two_documents_for_one_place_are_refused(shell: Shell) -> None:
    shell.write({"site/a.md": "Uno\n", "site/a.es.md": "Uno\n", "transpipe.toml": CONFIG})
    shell("extract")
    shell("update")
    before = shell.files("site")
    result = shell("render")
    assert result.code == 2
    assert "is where both site/a.md and site/a.es.md would be written" in result.err
    assert shell.files("site") == before


def test_a_template_whose_document_is_gone_goes(shell: Shell) -> None:
    configured(shell)
    (shell.folder / "site/mission.txt").unlink()
    foreign = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    shell.write({"locale/pot/other.pot": foreign})
    assert shell("extract", "--check").code == 1
    assert shell("extract").code == 0
    assert sorted(shell.files("locale/pot")) == ["about/index.pot", "other.pot"]


# --------------------------------------------------------------------------- the corpora


@pytest.mark.corpus
def test_the_seed_documents(shell: Shell, corpora: Path) -> None:
    seeds = corpora / "community" / "seeds"
    assert shell("extract", seeds, "--output", "pot", "--source-language", "es").code == 0
    assert shell("update", "-p", "pot", "-d", "locale", "-l", "pt").code == 0
    templates = shell.files("pot")
    plain = next(name for name in templates if name.startswith("002"))
    paragraphs = (seeds / plain).with_suffix(".txt").read_text().strip().split("\n")
    assert templates[plain].count(b"\nmsgid ") == sum(bool(line.strip()) for line in paragraphs)
    for text in templates.values():
        assert b'msgid "title' not in text
        assert b"+++" not in text
    shell("render", seeds, "-d", "locale", "-l", "pt", "--output", "same")
    assert shell.files("same") == {path.name: path.read_bytes() for path in seeds.iterdir()}
    translate(shell.folder / "locale", "pt", pseudo)
    assert shell("render", seeds, "-d", "locale", "-l", "pt", "--output", "out").code == 0
    shell("extract", "out", "--output", "pot-of-out")
    for name, text in shell.files("pot-of-out").items():
        assert text.count(b"\nmsgid ") == templates[name].count(b"\nmsgid ")
        assert text.count("⟦x⟧".encode()) >= text.count(b"\nmsgid ") - 1


@pytest.mark.corpus
def test_the_oss_latam_site(shell: Shell, corpora: Path) -> None:
    site = corpora / "community" / "osslat-site" / "content"
    result = shell("extract", site, "--output", "pot", "--source-language", "es")
    assert result.code == 0
    assert len(shell.files("pot")) == len(list(site.rglob("*.md"))) == 155
    shell("update", "-p", "pot", "-d", "locale", "-l", "fr")
    assert shell("render", site, "-d", "locale", "-l", "fr", "--output", "out").code == 0
    assert shell.files("out") == {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*.md")
    }


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_text("")])
def test_a_page_is_not_emptied_for_want_of_a_catalog(
    shell: Shell, spoil: Callable[[Path], object]
) -> None:
    bare(shell, "pt")
    translate(shell.folder / "locale", "pt", pseudo)
    arguments = ["render", "site", "-d", "locale", "-l", "pt", "--output", "out"]
    assert shell(*arguments, "--source-language", "es").code == 0
    before = shell.files("out")
    spoil(shell.folder / "locale/pt/LC_MESSAGES/about/index.po")
    outcome = shell(*arguments, "--source-language", "es")
    assert outcome.code == 1
    assert "out/about/index.md: error: has no catalog in pt to be written from" in outcome.err
    assert shell.files("out") == before
