"""Which messages are checked, and what a finding carries."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel import Locale

from transpipe.checks import run_checks
from transpipe.model import Catalog, Finding, Message, Severity

PATH = Path("locale/es/LC_MESSAGES/index.po")
ES = Locale("es")
UTF8 = "Content-Type: text/plain; charset=UTF-8\n"
HEADER = Message("", f"{UTF8}Language: es\nPlural-Forms: nplurals=2; plural=(n != 1);\n", line=1)


def found(*messages: Message, syntax: str = "markdown", labels: tuple[str, ...] = ()) -> list[str]:
    catalog = Catalog("index", ES, HEADER, messages)
    return [finding.check for finding in run_checks(catalog, PATH, syntax, labels)]


BROKEN = Message("See [it](a.md).", "Vea [eso](b.md).", line=7)


def test_a_finding_carries_its_place() -> None:
    catalog = Catalog("index", ES, HEADER, (BROKEN,))
    assert run_checks(catalog, PATH, "markdown") == (
        Finding(
            path=PATH,
            line=7,
            check="link-target",
            severity=Severity.ERROR,
            text="links differ from the source: “b.md” in place of “a.md”."
            " Link to where the source links.",
            locale=ES,
            msgid="See [it](a.md).",
            msgstr="Vea [eso](b.md).",
            fault="b.md",
        ),
    )


@pytest.mark.parametrize(
    "message",
    [
        Message(BROKEN.msgid, BROKEN.msgstr, flags=("fuzzy",)),
        Message(BROKEN.msgid, BROKEN.msgstr, obsolete=True),
        Message(BROKEN.msgid, ""),
    ],
)
def test_only_translated_messages_are_checked(message: Message) -> None:
    assert found(message) == []


def test_a_comment_mutes_the_check_it_names() -> None:
    both = Message("See [it](a.md).", "Vea [eso](b.md). ")
    assert found(both) == ["link-target", "edge-space"]
    for comments, left in (
        (("transpipe: ignore[link-target] the page has another name",), ["edge-space"]),
        (("transpipe: ignore[link-target, edge-space] both",), []),
        (("a word", "transpipe:ignore[edge-space] so"), ["link-target"]),
        (("transpipe:ignore[edge-space]",), ["link-target", "mute-comment"]),
        (("transpipe: ignore[link] so",), ["link-target", "edge-space", "mute-comment"]),
        (("ignore[link-target]",), ["link-target", "edge-space"]),
    ):
        assert found(Message(both.msgid, both.msgstr, comments=comments)) == left


def test_noqa_mutes_what_reads_markup_and_nothing_else() -> None:
    evil = "Vea\x1b [eso](b.md)."
    assert found(Message(BROKEN.msgid, evil)) == ["link-target", "control-character"]
    assert found(Message(BROKEN.msgid, evil, flags=("noqa",))) == ["control-character"]
    assert found(Message(BROKEN.msgid, f"{evil} #noqa")) == ["control-character"]


def test_a_form_of_a_plural_may_follow_the_singular_or_the_plural() -> None:
    def plural(*forms: str) -> Message:
        return Message("One page", msgid_plural="{count} pages", msgstr_plural=forms)

    assert found(plural("Una página", "{count} páginas")) == []
    assert found(plural("{count} página", "{count} páginas")) == []
    assert found(plural("Una página", "{cuenta} páginas")) == ["placeholder"]
    assert found(plural("Una página")) == ["plural-forms"]
    assert found(plural("Una página", "")) == ["plural-forms"]


def test_plural_messages_need_a_header_that_says_how_many_forms() -> None:
    message = Message("One", msgid_plural="Many", msgstr_plural=("Uno", "Muchos"), line=9)
    catalog = Catalog("index", ES, Message("", f"{UTF8}Language: es\n"), (message,))
    (finding,) = run_checks(catalog, PATH, "text")
    assert (finding.check, finding.line) == ("plural-forms", 9)
    assert finding.text.startswith("the header has no Plural-Forms")


@pytest.mark.parametrize("number", ["9" * 23, "9" * 5000, "", "-1"])
def test_a_number_of_forms_that_is_none_is_a_finding(number: str) -> None:
    message = Message("One", msgid_plural="Many", msgstr_plural=("Uno", "Muchos"))
    header = Message("", f"{UTF8}Plural-Forms: nplurals={number}; plural=0;\n")
    findings = run_checks(Catalog("index", ES, header, (message,)), PATH, "text")
    assert [each.check for each in findings] == ["plural-forms"]


def test_markup_is_read_only_in_its_own_syntax() -> None:
    assert found(BROKEN, syntax="rest") == []
    assert found(BROKEN, syntax="text") == []


def test_the_header_is_compared_with_the_folder() -> None:
    for code, language, count in (
        ("es", "es_AR", 0),
        ("es", "pt", 1),
        ("pt_BR", "pt-br", 0),
        ("pt_BR", "pt", 1),
        ("pt_BR", "pt_PT", 1),
        ("es", "", 0),
    ):
        header = Message("", f"{UTF8}Language: {language}\n", line=2)
        findings = run_checks(Catalog("i", Locale.parse(code), header, ()), PATH, "text")
        assert len(findings) == count, (code, language)
    assert run_checks(Catalog("i", None, header, ()), PATH, "text") == ()


@pytest.mark.parametrize(
    ("code", "forms", "count"),
    [("es", 1, 1), ("es", 2, 0), ("es", 3, 0), ("pl", 2, 1), ("pl", 4, 0), ("ja", 1, 0),
     ("ja", 2, 1)],
)  # fmt: skip
def test_the_plural_forms_of_a_language(code: str, forms: int, count: int) -> None:
    header = Message("", f"{UTF8}Plural-Forms: nplurals={forms}; plural=0;\n")
    findings = run_checks(Catalog("index", Locale(code), header, ()), PATH, "text")
    assert [each.check for each in findings] == ["header-plural-forms"] * count


def test_brackets_are_links_where_the_document_defines_them() -> None:
    message = Message("See [guide] and [sic].", "Vea [guía] y [así].")
    assert found(message) == []
    assert found(message, labels=("Guide",)) == ["link-target"]
    kept = Message("See [guide] and [sic].", "Vea [la guía][guide] y [así].")
    assert found(kept, labels=("guide",)) == []
