"""What holds of every format, for any result."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import PurePosixPath
from typing import Any

from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from tests.reports.golden import plain
from transpipe.escape import is_unsafe, markdown_code, markdown_text, visible
from transpipe.locales import path_code
from transpipe.model import (
    Completeness,
    Counts,
    DocumentCompleteness,
    Finding,
    LanguageCompleteness,
    Severity,
    Tally,
)
from transpipe.reports import COMPLETENESS, FINDINGS, completeness_text

NUMBERS = st.integers(0, 3) | st.integers(0, 100_000)
COUNTS = st.builds(Counts, NUMBERS, NUMBERS, NUMBERS)
MARKUP = r"| ` <b> ::error:: % @someone #1 * _ ~~ [a](b) <!-- &amp; :tada: http://a.b \|"
HOSTILE = st.sampled_from(MARKUP.split()) | st.sampled_from(
    ["\x1b[2J", "\x1b]0;x\x07", "\u202e", "\x9b31m", "\n", "\r", "\u2028"]
)
# A surrogate is what a file name that is no UTF-8 holds.
TEXTS = st.lists(HOSTILE | st.text(max_size=8) | st.just("\udc80"), max_size=4).map("".join)
DOCUMENTS = st.builds(DocumentCompleteness, TEXTS, st.builds(Tally, COUNTS, COUNTS)) | st.builds(
    DocumentCompleteness, TEXTS, st.just(Tally()), st.just(True)
)
LANGUAGES = st.lists(
    st.builds(
        LanguageCompleteness,
        st.sampled_from([Locale("es"), Locale("pt", "BR"), Locale("ar"), Locale("ja")]),
        st.lists(DOCUMENTS, max_size=4, unique_by=lambda one: one.document).map(tuple),
        unreadable=st.just(()) | st.tuples(TEXTS),
    ),
    max_size=3,
    unique_by=lambda one: str(one.locale),
)
PATHS = TEXTS.filter(lambda text: "\0" not in text).map(PurePosixPath)
FINDING = st.builds(
    Finding,
    path=PATHS,
    line=st.none() | st.integers(1, 10_000),
    check=st.sampled_from(["link-target", "edge-space"]),
    severity=st.sampled_from(Severity),
    text=TEXTS,
    locale=st.none() | st.just(Locale("pt", "BR")),
    msgid=st.none() | TEXTS,
)
RESULTS = st.builds(Completeness, LANGUAGES.map(tuple), st.lists(FINDING, max_size=2).map(tuple))
FOUND = st.lists(FINDING, max_size=5)


def triple(counts: Counts) -> tuple[int, int, int]:
    return counts.translated, counts.fuzzy, counts.untranslated


@given(RESULTS)
def test_text_adds_up(result: Completeness) -> None:
    rows: dict[str, list[tuple[int, ...]]] = {"messages": [], "words": []}
    for line in plain(COMPLETENESS["text"](result)).splitlines():
        if re.fullmatch(r"  (messages|words)( +[\d,]+){4}", line):
            name, *numbers = line.replace(",", "").split()
            rows[name].append(tuple(map(int, numbers)))
    for name, found in rows.items():
        counts = [triple(getattr(language.tally, name)) for language in result.languages]
        if len(counts) > 1:
            counts.append(tuple(map(sum, zip(*counts, strict=True))))  # type: ignore[arg-type]  # three
        assert found == [(*count, sum(count)) for count in counts]


@given(RESULTS)
def test_json_adds_up_at_every_level(result: Completeness) -> None:
    data = json.loads(COMPLETENESS["json"](result))
    assert data["schema_version"] == 1
    assert [*data["languages"]] == [path_code(language.locale) for language in result.languages]
    for unit in ("messages", "words"):
        languages = data["languages"].values()
        unreadable = [language["unreadable"] for language in languages]
        check_sum(data["total"], languages, unit, partial=any(unreadable))
        for language in languages:
            documents = language["documents"].values()
            check_sum(language, documents, unit, partial=bool(language["unreadable"]))
    for language in result.languages:
        documents = data["languages"][path_code(language.locale)]["documents"]
        assert {
            (name, one["authored"], one["messages"]["translated"], one["words"]["fuzzy"])
            for name, one in documents.items()
        } == {
            (one.document, one.authored, one.tally.messages.translated, one.tally.words.fuzzy)
            for one in language.documents
        }


def check_sum(whole: Any, parts: Any, unit: str, *, partial: bool) -> None:
    counts = whole[unit]
    for state in ("translated", "fuzzy", "untranslated", "total"):
        assert counts[state] == sum(part[unit][state] for part in parts)
    assert counts["total"] == counts["translated"] + counts["fuzzy"] + counts["untranslated"]
    complete = None if partial else 100
    assert (counts["percent"] == complete) == (counts["translated"] == counts["total"])
    assert not (partial and counts["percent"] == 100)
    assert (counts["percent"] == 0) == (counts["translated"] == 0 < counts["total"])


@given(RESULTS)
def test_markdown_is_tables_that_add_up(result: Completeness) -> None:
    text = COMPLETENESS["markdown"](result)
    rows = [
        [int(number) for number in re.findall(r"\d+", " ".join(line.split("|")[2:]))]
        for line in text.splitlines()
        if re.search(r"\| (\d+%|\*\*\?\*\*) \|", line)
    ]
    # A language with a broken catalog never reads 100 %.
    expected = [
        tally_row(language.tally)[language.percent is None :] for language in result.languages
    ]
    if len(expected) > 1:
        unknown = result.partial and result.tally.messages.display_percent == 100
        expected.append(tally_row(result.tally)[unknown:])
    expected += [
        tally_row(document.tally)
        for language in result.languages
        for document in language.documents
        if not document.authored
    ]
    assert rows == expected
    for line in text.splitlines():
        if line.startswith("|"):
            assert line.count("|") == 9


def tally_row(tally: Tally) -> list[int]:
    messages, words = tally.messages, tally.words
    return [
        messages.display_percent,
        messages.translated,
        messages.total,
        messages.fuzzy,
        messages.untranslated,
        words.translated,
        words.total,
        words.fuzzy,
        words.untranslated,
    ]


@given(RESULTS, st.integers(80, 120))
def test_text_stays_in_its_width(result: Completeness, width: int) -> None:
    lines = plain(completeness_text.report(result, width)).splitlines()
    assert all(cell_len(line) <= width for line in lines)
    assert all(line == line.rstrip(" ") for line in lines)


def assert_safe(text: str) -> None:
    # Styles come from us alone: what others wrote has no escape character left.
    bad = [character for character in plain(text) if character != "\n" and is_unsafe(character)]
    assert bad == []
    text.encode("utf-8")


@given(RESULTS)
def test_completeness_shows_nothing_raw(result: Completeness) -> None:
    for report in COMPLETENESS.values():
        assert_safe(report(result))


@given(FOUND)
def test_findings_show_nothing_raw(findings: list[Finding]) -> None:
    for report in FINDINGS.values():
        assert_safe(report(findings))


def test_a_style_in_a_name_is_spelled_out() -> None:
    result = Completeness(
        (LanguageCompleteness(Locale("es"), (DocumentCompleteness("\x1b[31mred", Tally()),)),)
    )
    assert "\\x1b[31mred" in plain(COMPLETENESS["text"](result))
    assert "\\u001b[31mred" in COMPLETENESS["json"](result)


@given(FOUND)
def test_findings_json_gives_back_what_it_was_given(findings: list[Finding]) -> None:
    data = json.loads(FINDINGS["json"](findings))
    assert data["findings"] == [
        {
            "path": finding.path.as_posix(),
            "line": finding.line,
            "language": "pt_BR" if finding.locale else None,
            "msgid": finding.msgid,
            "check": finding.check,
            "severity": str(finding.severity),
            "message": finding.text,
        }
        for finding in findings
    ]
    assert data["counts"]["total"] == data["counts"]["error"] + data["counts"]["warning"]
    assert data["counts"]["total"] == len(findings)


@given(FOUND)
def test_github_has_one_command_a_finding_that_reads_back(findings: list[Finding]) -> None:
    lines = FINDINGS["github"](findings).split("\n")
    assert lines.pop() == ""
    assert len(lines) == len(findings)
    for line, finding in zip(lines, findings, strict=True):
        # As the runner reads it: the command ends at the first "::" after its properties.
        match = re.fullmatch(r"::(error|warning) ([^:]*)::(.*)", line)
        assert match
        properties = dict(part.split("=", 1) for part in match[2].split(","))
        assert match[1] == finding.severity
        assert unescaped(properties["file"]) == visible(finding.path.as_posix())
        assert properties.get("line") == (None if finding.line is None else str(finding.line))
        assert properties["title"] == finding.check
        assert unescaped(match[3]) == visible(finding.text)


def unescaped(text: str) -> str:
    for character in "\r\n:,%":
        text = text.replace(f"%{ord(character):02X}", character)
    return text


@given(FOUND)
def test_text_has_a_line_a_finding_and_counts_them(findings: list[Finding]) -> None:
    lines = plain(FINDINGS["text"](findings)).splitlines()
    assert sum(bool(re.search(r"\[(link-target|edge-space)\]$", line)) for line in lines) >= len(
        findings
    )
    for severity in Severity:
        count = sum(finding.severity is severity for finding in findings)
        said = re.search(rf"(\d+) {severity}s?\b", lines[-1]) if findings else None
        assert (int(said[1]) if said else 0) == count


@given(TEXTS)
def test_markdown_reads_no_markup_in_text(text: str) -> None:
    (inline,) = MarkdownIt("gfm-like", {"linkify": False}).parseInline(f"x{markdown_text(text)}")
    kinds = {token.type for token in inline.children or ()}
    assert kinds <= {"text"}
    shown = "".join(token.content for token in inline.children or ())
    assert shown == f"x{visible(text)}"


@given(TEXTS)
def test_code_in_markdown_is_code(text: str) -> None:
    (inline,) = MarkdownIt("gfm-like", {"linkify": False}).parseInline(markdown_code(text))
    kinds = [token.type for token in inline.children or ()]
    assert kinds[0] == kinds[-1] == "html_inline"
    assert set(kinds[1:-1]) <= {"text"}


@given(st.text())
def test_visible_is_one_line_of_what_can_be_seen(text: str) -> None:
    shown = visible(text)
    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in shown)
    assert len(shown.splitlines()) <= 1
