"""Auditing a site through the command line."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.commands.helpers import Shell

CONFIG = """\
source_language = "es"
languages = ["en"]
source_dir = "content"
include = ["**/*.md"]
exclude = ["**/*.en.md"]
output = "content/{name}.{language}{suffix}"
"""
SPANISH = """\
---
title: El huerto
date: 2026-03-01
authors: [ana]
---

El huerto está abierto los lunes para todas las personas que quieran participar con nosotros.
"""
ENGLISH = """\
---
title: The garden
date: 2026-03-01
authors: [ana]
---

The garden is open on Mondays to all of the people who want to take part with us.
"""
SITE = {
    "transpipe.toml": CONFIG,
    "content/garden.es.md": SPANISH,
    "content/garden.en.md": ENGLISH,
}


def found(shell: Shell, files: dict[str, str], *options: str) -> list[tuple[str, int | None, str]]:
    """Audit the site with some files more; give path, line and check of each finding."""
    shell.write({**SITE, **files})
    outcome = shell("audit", "--format", "json", *options)
    findings = json.loads(outcome.out)["findings"]
    assert outcome.code == (1 if findings else 0)
    return [(each["path"], each["line"], each["check"]) for each in findings]


def test_a_sound_site_has_no_findings(shell: Shell) -> None:
    assert found(shell, {}) == []


def test_a_generated_site_has_no_findings(shell: Shell) -> None:
    shell.write({**SITE, "content/more.es.md": SPANISH})
    shell("adopt", "--write")
    garden = shell.read("locale/en/LC_MESSAGES/garden.es.po")
    shell.write({"locale/en/LC_MESSAGES/more.es.po": garden})
    assert shell("update").code == 0
    assert shell("render").code == 0
    assert shell.read("content/more.en.md") == ENGLISH
    outcome = shell("audit")
    assert (outcome.code, outcome.out) == (0, "no findings\n")


def test_two_files_for_one_page(shell: Shell) -> None:
    assert found(shell, {"content/garden.md": SPANISH}) == [
        ("content/garden.md", None, "two-files")
    ]
    other = SPANISH.replace("lunes", "martes")
    assert found(shell, {"content/garden.md": other}) == [("content/garden.md", 7, "two-files")]


def test_two_files_say_whether_they_differ(shell: Shell) -> None:
    shell.write({**SITE, "content/garden.md": SPANISH})
    assert "with the same text: remove one of them" in shell("audit").out
    shell.write({"content/garden.md": SPANISH + "\nMás.\n"})
    assert "differs from here on: keep one of them" in shell("audit").out


def test_a_file_in_another_language_than_its_name_says(shell: Shell) -> None:
    wrong = {"content/garden.en.md": SPANISH.replace("El huerto\n", "The garden\n")}
    assert found(shell, wrong) == [("content/garden.en.md", None, "wrong-language")]


def test_names_are_no_language(shell: Shell) -> None:
    names = "Ana Ruiz, Luis Rey, Eva Paz de la Cruz, Iván Gil, Rosa Díaz y Leo Sanz del Río"
    files = {"content/friends.es.md": names + "\n", "content/friends.en.md": names + "\n"}
    assert found(shell, files) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [("date: 2026-03-01", "date: 2026-03-02", 3), ("authors: [ana]", "author: [ana]", None)],
)
def test_metadata_that_differs(shell: Shell, old: str, new: str, line: int | None) -> None:
    lines = {
        each
        for path, each, check in found(shell, {"content/garden.en.md": ENGLISH.replace(old, new)})
    }
    assert line in lines


def test_titles_and_tags_may_differ(shell: Shell) -> None:
    files = {
        "content/garden.es.md": SPANISH.replace("date:", "tags: [uno]\ndate:"),
        "content/garden.en.md": ENGLISH.replace("date:", "tags: [one]\ndate:"),
    }
    assert found(shell, files) == []


def test_a_language_is_missing(shell: Shell) -> None:
    assert found(shell, {"content/new.es.md": "# Nuevo\n"}) == [
        ("content/new.es.md", None, "missing-language")
    ]
    assert "the page is not there in en: translate it" in shell("audit").out


def test_letters_of_a_foreign_script(shell: Shell) -> None:
    text = ENGLISH.replace("garden is", "gаrden is")
    assert found(shell, {"content/garden.en.md": text}) == [
        ("content/garden.en.md", 7, "foreign-letters")
    ]


def test_a_foreign_word_that_every_language_has_is_meant(shell: Shell) -> None:
    files = {
        "content/garden.es.md": SPANISH + "\nEn Tokio se llama 庭.\n",
        "content/garden.en.md": ENGLISH + "\nIn Tokyo it is called 庭.\n",
    }
    assert found(shell, files) == []


@pytest.mark.parametrize("link", ["/es/garden/", "garden.es.md", "/garden"])
def test_a_link_to_another_language(shell: Shell, link: str) -> None:
    text = ENGLISH + f"\nSee [it]({link}).\n"
    assert found(shell, {"content/garden.en.md": text}) == [
        ("content/garden.en.md", 9, "wrong-link")
    ]


@pytest.mark.parametrize(
    "link", ["/en/garden/", "garden.en.md", "https://other.example/es/", "/es/elsewhere", "#here"]
)
def test_other_links_are_right(shell: Shell, link: str) -> None:
    assert found(shell, {"content/garden.en.md": ENGLISH + f"\nSee [it]({link}).\n"}) == []


def test_a_link_in_code_is_no_link(shell: Shell) -> None:
    assert found(shell, {"content/garden.en.md": ENGLISH + "\nWrite `[it](/es/garden/)`.\n"}) == []


def test_folders_of_languages(shell: Shell) -> None:
    files = {"docs/es/a.md": SPANISH, "docs/en/a.md": ENGLISH, "docs/es/b.md": "# Nuevo\n"}
    shell.write(files)
    outcome = shell("audit", "docs", "--source-language", "es", "-l", "en", "--format", "json")
    findings = json.loads(outcome.out)["findings"]
    assert [(each["path"], each["check"]) for each in findings] == [
        ("docs/es/b.md", "missing-language")
    ]


# ------------------------------------------------------------------------------ bad input


def test_a_file_that_cannot_be_read_is_a_finding(shell: Shell) -> None:
    shell.write(SITE)
    (shell.folder / "content/broken.es.md").write_bytes(b"caf\xe9\n")
    outcome = shell("audit")
    assert outcome.code == 1
    assert "content/broken.es.md:1: error: is not UTF-8" in outcome.out


def test_without_languages_there_is_nothing_to_compare(shell: Shell) -> None:
    shell.write(SITE)
    outcome = shell("audit", "content", "--config", "none.toml")
    assert outcome.code == 2
    outcome = shell("audit", "content", "-l", "es")
    assert (outcome.code, outcome.err) == (2, "no languages to compare: give them with -l\n")


def test_a_folder_that_is_not_there(shell: Shell) -> None:
    shell.write(SITE)
    outcome = shell("audit", "nowhere")
    assert (outcome.code, outcome.err) == (2, "nowhere: is not there: check the path\n")


@pytest.mark.corpus
def test_a_real_site_as_counted_by_hand(
    corpora: Path, monkeypatch: pytest.MonkeyPatch, shell: Shell
) -> None:
    site = corpora / "community/osslat-site"
    outcome = shell(
        "audit", site / "content", "--source-language", "es", "-l", "en,pt", "--format", "json"
    )
    findings = json.loads(outcome.out)["findings"]
    kinds = Counter((each["check"], each["severity"]) for each in findings)
    assert kinds == {
        ("two-files", "error"): 17,
        ("two-files", "warning"): 15,
        ("wrong-language", "error"): 5,
        ("different-metadata", "warning"): 11,
        ("foreign-letters", "warning"): 4,
        ("wrong-link", "warning"): 2,
    }
    keys = Counter(
        each["message"].split("'")[1] for each in findings if each["check"] == "different-metadata"
    )
    assert keys == {"date": 10, "avatar": 1}
