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
    assert splice(page, {one: "X", two: "Y"}, plain) == "aa X Y"
    assert splice(page, {two: "Y"}, plain) == "aa bb\n> cc Y"
    assert splice(page, {}, plain) == page.text


@pytest.mark.parametrize("msgstr", ["", "  \n", "dos"])
def test_splice_leaves_what_says_nothing_new(msgstr: str) -> None:
    segment = Segment("dos", PARAGRAPH, 1, (Span(0, 3),))
    assert splice(document("DOS"), {segment: msgstr}, plain) == "DOS"


def test_splice_never_writes_what_is_not_located() -> None:
    segment = Segment("dos", PARAGRAPH, 1, (), Placement.UNLOCATED)
    assert splice(document("dos"), {segment: "two"}, plain) == "dos"


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
        ("uno\n", "<div>one", OTHER_BLOCKS),
        ("uno\n", "[a]: https://example.org", OTHER_BLOCKS),
        ("[a]\n\nuno\n", "[a]: https://example.org\none", OTHER_BLOCKS),
        ("# uno\n", "one #", OTHER_TEXT),
        ("uno\n", "one\0", OTHER_TEXT),
        ("uno\ndos\n", "<a\nhref='x'>\n\none", OTHER_BLOCKS),
        ("- uno\n", "one\n- two", OTHER_BLOCKS),
        ("uno\n", "<uno dos>", OTHER_BLOCKS),
    ],
)
def test_a_msgstr_that_would_do_damage_is_refused(page: str, msgstr: str, reason: str) -> None:
    result = render(page, lambda each: msgstr if each.msgid in ("uno", "a", "uno dos") else None)
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


@pytest.mark.parametrize(("bad", "most"), [(set(range(32)), 4 * 32), ({0, 9, 31}, 2 * 3 + 1)])
def test_the_culprits_are_found_in_bounded_time(
    monkeypatch: pytest.MonkeyPatch, bad: set[int], most: int
) -> None:
    readings = []
    form = FORMATS["markdown"]

    def counted(page: Document, options: Options) -> object:
        readings.append(page)
        return form.outline(page, options)

    monkeypatch.setattr(module, "format_named", lambda *_: replace(form, outline=counted))
    page = "\n\n".join(f"texto {number}" for number in range(32))
    result = render(page, lambda each: "# no" if int(each.msgid.split()[1]) in bad else "sí")
    assert len(result.refused) == len(bad)
    assert len(readings) <= most + 1


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
