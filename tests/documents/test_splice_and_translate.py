"""Splicing, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from transpipe.documents import translate as module
from transpipe.documents.formats import FORMATS, Options
from transpipe.documents.splice import splice
from transpipe.documents.translate import OTHER_BLOCKS, OTHER_TEXT, translate
from transpipe.errors import DocumentError
from transpipe.model import Document, Placement, Segment, SegmentKind, Span

from .make import document, render, segments

PARAGRAPH = SegmentKind.PARAGRAPH


def plain(_: Document, __: Segment, msgstr: str) -> str:
    return msgstr


def test_splice_knows_only_spans() -> None:
    page = document("aa bb\n> cc dd")
    one = Segment("bb cc", PARAGRAPH, 1, (Span(3, 5), Span(8, 10)))
    two = Segment("dd", PARAGRAPH, 2, (Span(11, 13),))
    assert splice(page, {one: "X", two: "Y"}.items(), plain) == "aa X Y"
    assert splice(page, {two: "Y"}.items(), plain) == "aa bb\n> cc Y"
    assert splice(page, {}.items(), plain) == page.text


@pytest.mark.parametrize("msgstr", ["", "  \n", "dos"])
def test_splice_leaves_what_says_nothing_new(msgstr: str) -> None:
    segment = Segment("dos", PARAGRAPH, 1, (Span(0, 3),))
    assert splice(document("DOS"), {segment: msgstr}.items(), plain) == "DOS"


def test_splice_never_writes_what_is_not_located() -> None:
    segment = Segment("dos", PARAGRAPH, 1, (), Placement.UNLOCATED)
    assert splice(document("dos"), {segment: "two"}.items(), plain) == "dos"


@pytest.mark.parametrize(
    ("page", "msgstr", "reason"),
    [
        ("uno\n", "1. one", OTHER_BLOCKS),
        ("uno\n", "- one", OTHER_BLOCKS),
        ("uno\n", "# one", OTHER_BLOCKS),
        ("uno\n", "> one", OTHER_BLOCKS),
        ("uno\n", "one\n\ntwo", OTHER_BLOCKS),
        ("uno\n", "one\n---", OTHER_BLOCKS),
        ("uno\n", "```", OTHER_BLOCKS),
        ("uno\n", "<div>one", "it adds the HTML tag <div>, which the source does not have"),
        ("uno\n", "[a]: https://example.org", OTHER_BLOCKS),
        ("[a]\n\nuno\n", "[a]: https://example.org\none", OTHER_BLOCKS),
        ("# uno\n", "one #", OTHER_TEXT),
        (
            "uno\n",
            "one\0",
            "it adds the control character U+0000, which the source does not have",
        ),
        ("- uno\n", "one\n- two", OTHER_BLOCKS),
        ("uno <a\nb='c'>\n", "<a\nb='c'>\n\none", OTHER_BLOCKS),
        ("uno <i> dos\n", "<i>", OTHER_BLOCKS),
    ],
)
def test_a_msgstr_that_would_do_damage_is_refused(page: str, msgstr: str, reason: str) -> None:
    result = render(page, lambda each: msgstr if each.msgid != "[a]" else None)
    assert result.text == page
    assert [(each.msgstr, each.reason) for each in result.refused] == [(msgstr, reason)]


def test_the_others_are_written() -> None:
    page = "\n\n".join(f"texto {number}" for number in range(64))
    bad = {3, 17, 63}

    def lookup(segment: Segment) -> str:
        number = int(segment.msgid.split()[1])
        return ("# " if number in bad else "") + f"text {number}"

    result = render(page, lookup)
    expected = [f"texto {n}" if n in bad else f"text {n}" for n in range(64)]
    assert result.text == "\n\n".join(expected)
    assert [int(each.segment.msgid.split()[1]) for each in result.refused] == sorted(bad)


@pytest.mark.parametrize(
    "page",
    [
        "\n\n".join(f"texto {number}" for number in range(200)),
        "\n".join(f"1. texto {number}" for number in range(200)),
        "\n>\n".join(f"> texto {number}" for number in range(200)),
        "\n".join(f"# texto {number}" for number in range(200)),
    ],
    ids=["paragraphs", "list", "quote", "headings"],
)
@pytest.mark.parametrize("damage", ["```", "# no", "uno\n===", ": no", "no #"])
def test_the_whole_document_is_read_a_few_times_however_many_are_at_fault(
    monkeypatch: pytest.MonkeyPatch, page: str, damage: str
) -> None:
    readings = []
    form = FORMATS["markdown"]

    def counted(source: Document, options: Options) -> object:
        readings.append(len(source.text))
        return form.outline(source, options)

    def number(segment: Segment) -> int:
        return int(segment.msgid.split()[1])

    monkeypatch.setattr(module, "format_named", lambda *_: replace(form, outline=counted))
    result = render(page, lambda each: damage if number(each) % 2 else "sí")
    assert {number(each.segment) % 2 for each in result.refused} <= {1}
    assert len(result.refused) in (0, 100) or damage == ": no"
    assert sum(length > 1000 for length in readings) <= 4


def test_what_is_wrong_only_in_its_place_is_found() -> None:
    # A definition needs a term before it.
    assert render("# uno\n\nuno\n", lambda _: ": one").text == "# : one\n\n: one\n"
    result = render("# uno\n\ndos\n\nuno\n", lambda _: ": one")
    assert result.text == "# : one\n\n: one\n\nuno\n"
    assert [refusal.segment.line for refusal in result.refused] == [5]


def test_one_of_two_that_are_only_wrong_together_is_refused() -> None:
    # Lines that end where the next word does not fit make a hard-wrapped file.
    page = "uno\ndos\ntres\n"
    full = "palabras y más palabras hasta que no cabe"
    result = render(page, lambda _: full, format_name="text")
    written = [segment.msgid for segment in segments(result.text, format_name="text")]
    assert len(written) == 3
    assert written.count(full) + len(result.refused) == 3
    assert result.refused and full in written


def test_a_format_that_is_read_elsewhere_says_so() -> None:
    with pytest.raises(DocumentError, match=r"page\.md: is reStructuredText, .* by Sphinx: "):
        translate(document("uno", "rest"), Options(), lambda _: None)
