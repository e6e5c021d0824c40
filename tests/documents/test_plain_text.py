"""Plain text: a line is a paragraph unless the file is hard-wrapped."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transpipe.documents.formats import Options

from .make import assert_laws, document, msgids, render

LONG = "El software libre se estudia, se cambia y se comparte entre todas las personas. " * 5


def wrapped(width: int = 60, indent: str = "") -> str:
    one = textwrap.fill(LONG.strip(), width, initial_indent=indent, subsequent_indent=indent)
    return f"Título corto\n============\n\n{one}\n\n{one}\n"


def test_a_line_is_a_paragraph() -> None:
    page = "Uno dos.\nTres cuatro.\n\n-----\n  Cinco.\n"
    assert msgids(page, format_name="text") == ["Uno dos.", "Tres cuatro.", "Cinco."]
    result = render(page, lambda each: each.msgid.upper(), format_name="text")
    assert result.text == "UNO DOS.\nTRES CUATRO.\n\n-----\n  CINCO.\n"


def test_long_lines_are_paragraphs_whatever_follows_them() -> None:
    assert len(msgids(f"{LONG}\n{LONG}\n{LONG}\n", format_name="text")) == 3


def test_a_list_of_short_lines_is_not_hard_wrapped() -> None:
    assert msgids("manzana\npera\nuva\n", format_name="text") == ["manzana", "pera", "uva"]


def test_two_lines_tell_nothing() -> None:
    page = "Una línea larga que llega hasta aquí y no más.\nCorta.\n"
    assert len(msgids(page, format_name="text")) == 2


def test_a_paragraph_that_gets_shorter_stays_one_paragraph() -> None:
    page = textwrap.fill(LONG[:150].strip(), 60) + "\n"
    assert page.count("\n") == 3
    result = render(page, lambda _: "corto " * 15, format_name="text")
    assert not result.refused
    assert result.text == ("corto " * 15).strip() + "\n"


@pytest.mark.parametrize("indent", ["", "   "])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_hard_wrapped_file_keeps_its_width(indent: str, ending: str) -> None:
    page = wrapped(indent=indent).replace("\n", ending)
    assert msgids(page, format_name="text") == ["Título corto", LONG.strip(), LONG.strip()]
    result = render(page, lambda each: f"Más {each.msgid}", format_name="text")
    assert not result.refused
    width = max(map(len, page.split(ending)))
    expected = textwrap.fill(
        f"Más {LONG.strip()}", width, initial_indent=indent, subsequent_indent=indent
    ).replace("\n", ending)
    assert result.text.count(expected) == 2
    assert f"Más Título corto{ending}====" in result.text


def test_a_byte_order_mark_is_no_text() -> None:
    assert render("\ufeffuno", lambda _: "one", format_name="text").text == "\ufeffone"


def test_a_line_break_in_a_msgstr_is_a_space() -> None:
    assert render("uno\n", lambda _: "one\ntwo", format_name="text").text == "one two\n"


def test_a_msgstr_without_a_letter_is_refused() -> None:
    result = render("uno\ndos\n", lambda each: "—" if each.line == 1 else "two", format_name="text")
    assert result.text == "uno\ntwo\n"
    assert [refusal.segment.msgid for refusal in result.refused] == ["uno"]


LINES = st.lists(st.sampled_from(["", " ", "a", "b c", "  d " * 9, "\te f", "- g " * 11, "----"]))


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.text("ab \n\x0c—", max_size=60))
def test_the_laws(lines: list[str], ending: str, msgstr: str) -> None:
    assert_laws(document(ending.join(lines), "text"), Options(), lambda _: msgstr)


@given(st.lists(st.integers(45, 90), min_size=1, max_size=3), st.integers(1, 4), st.booleans())
def test_the_laws_where_lines_are_wrapped(widths: list[int], factor: int, some: bool) -> None:
    page = "\n\n".join(textwrap.fill(LONG, width) for width in widths)
    assert_laws(
        document(page, "text"),
        Options(),
        lambda each: None if some and each.line == 1 else each.msgid * factor,
    )
