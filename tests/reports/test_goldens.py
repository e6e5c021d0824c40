"""Each format as a whole, in a file that a person can read."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from babel import Locale

from tests.reports.golden import assert_golden, plain
from tests.reports.samples import COMPLETENESS as SAMPLE
from tests.reports.samples import EVERYTHING
from tests.reports.samples import FINDINGS as FOUND
from transpipe.model import Completeness, LanguageCompleteness
from transpipe.reports import COMPLETENESS, FINDINGS, completeness_text, html


def test_completeness_text() -> None:
    assert_golden("completeness.txt", plain(COMPLETENESS["text"](SAMPLE)))


def test_completeness_text_on_a_narrow_terminal() -> None:
    assert_golden("completeness-80.txt", plain(completeness_text.report(SAMPLE, width=80)))
    assert completeness_text.report(SAMPLE, width=20) == completeness_text.report(SAMPLE, width=80)


def test_completeness_json() -> None:
    assert_golden("completeness.json", COMPLETENESS["json"](SAMPLE))


def test_completeness_markdown() -> None:
    assert_golden("completeness.md", COMPLETENESS["markdown"](SAMPLE))


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("text", "txt"),
        ("json", "json"),
        ("markdown", "md"),
        ("csv", "csv"),
        ("junit", "xml"),
        ("badge", "svg"),
        ("shields", "shields.json"),
        ("chart", "chart.svg"),
    ],
)
def test_everything_in_every_format(name: str, suffix: str) -> None:
    assert_golden(f"everything.{suffix}", plain(COMPLETENESS[name](EVERYTHING)))


@pytest.mark.parametrize("page", ["index.html", "es/index.html", "es/documents/about/index.html"])
def test_pages_of_the_site(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # In English all of them, so that no translator's work is in the way.
    monkeypatch.setattr(html, "_reader", lambda locale: Locale("en"))
    text = html.site(EVERYTHING, "https://example.org/edit/{path}#L{line}")[page]
    assert_golden(f"site-{page.replace('/', '-')}", text)


def test_findings_text() -> None:
    assert_golden("findings.txt", plain(FINDINGS["text"](FOUND)))


@pytest.mark.parametrize(
    ("msgstr", "fault", "shown"),
    [
        ("Vea b.", None, ["Vea b."]),
        ("Vea b.", "c", ["Vea b."]),
        ("Vea b.", "b", ["Vea b.", "    ^"]),
        ("17 de 7", "7", ["17 de 7", "      ^"]),
        ("17", "7", ["17", " ^"]),
        ("日本 b", "b", ["日本 b", "     ^"]),
        ("a " * 90 + "b", "b", ["…" + " a" * 35 + " b", " " * 72 + "^"]),
        ("b" + " a" * 90, "b", ["b" + " a" * 35 + " …", "^"]),
    ],
)
def test_a_translation_is_shown_around_its_fault(
    msgstr: str, fault: str | None, shown: list[str]
) -> None:
    finding = replace(FOUND[0], msgid="Source", msgstr=msgstr, fault=fault)
    lines = plain(FINDINGS["text"]((finding,))).splitlines()
    assert lines[1:-2] == [f"    {line}" for line in ("Source", *shown)]


def test_findings_json() -> None:
    assert_golden("findings.json", FINDINGS["json"](FOUND))


def test_findings_github() -> None:
    assert_golden("findings.github", FINDINGS["github"](FOUND))


def test_the_text_has_colours_that_say_the_state() -> None:
    text = COMPLETENESS["text"](SAMPLE)
    assert "\x1b[1mespañol (es)\x1b[0m" in text
    assert "\x1b[32m███" in text
    assert "\x1b[33m▒" in text
    assert "\x1b[1;31merror\x1b[0m" in FINDINGS["text"](FOUND)


def test_text_does_not_depend_on_the_environment(monkeypatch) -> None:  # type: ignore[no-untyped-def]  # pytest's
    before = COMPLETENESS["text"](SAMPLE), FINDINGS["text"](FOUND)
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb"), ("COLUMNS", "30"), ("CI", "1")):
        monkeypatch.setenv(name, value)
    assert (COMPLETENESS["text"](SAMPLE), FINDINGS["text"](FOUND)) == before


def test_nothing_to_report() -> None:
    empty = Completeness(())
    assert plain(COMPLETENESS["text"](empty)) == "There are no languages to report.\n"
    assert COMPLETENESS["markdown"](empty) == (
        "## Translation\n\nThere are no languages to report.\n"
    )
    assert json.loads(COMPLETENESS["json"](empty))["languages"] == {}
    assert plain(FINDINGS["text"](())) == "no findings\n"
    assert FINDINGS["github"](()) == ""
    assert json.loads(FINDINGS["json"](()))["counts"] == {"error": 0, "warning": 0, "total": 0}


def test_a_language_without_documents() -> None:
    bare = Completeness((LanguageCompleteness(SAMPLE.languages[0].locale, ()),))
    assert "no documents" in COMPLETENESS["text"](bare)
    assert "0 documents" in COMPLETENESS["markdown"](bare)
    assert "all languages" not in COMPLETENESS["text"](bare)
