"""What is told without a parser, against what the parser proves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st

from transpipe.documents.formats import FORMATS, Options
from transpipe.documents.hosts import FLAVOURS
from transpipe.documents.inert import keeps_blocks
from transpipe.documents.translate import Check, translate
from transpipe.model import Placement, SegmentKind

from .make import HOSTED, MARKDOWN, document

FORM = FORMATS["markdown"]
GFM = Options()
STARTS = st.sampled_from(
    [
        *(
            "uno",
            "Ñu",
            "«x",
            "¿x?",
            "“x”",
            "…",
            "12",
            "12. x",
            "1) x",
            "**x**",
            "* x",
            "***",
            "_x_",
        ),
        *(
            "__",
            "`x`",
            "``x``",
            "```",
            "[x]",
            "[x]: y",
            "[^1]: y",
            "![x](y)",
            "!!! x",
            "(x)=",
            "(x)",
        ),
        *("-- x", "— x", "- x", "+ x", "# x", "> x", "| x", ": x", "::: x", "=== x", "=", "/// x"),
        *(
            "% x",
            "{x}",
            "{{x}}",
            "{{< x >}}",
            "<x>",
            "&x;",
            "\\",
            "~~x~~",
            "~~~",
            "$x$",
            "@x",
            "'x'",
        ),
        *(
            "import x from 'y'",
            "export const x",
            "--8<-- x",
            ".. x",
            "x: y",
            "--- x",
            "\u3000x",
            "\t",
        ),
    ]
)
ENDS = st.sampled_from(
    ["", " zz", "#", " #", "\\", " |", "  ", "\n", "\u2028", ":", ": y", ">", "`"]
)


@example("término\n: uno\n  uno\n  : uno\n", ["uno"], "gfm", "none")
@given(
    MARKDOWN | HOSTED,
    st.lists(st.tuples(STARTS, ENDS).map("".join), min_size=1, max_size=6),
    st.sampled_from(["gfm", "myst"]),
    st.sampled_from(sorted(FLAVOURS)),
)
def test_what_is_surely_harmless_is_proved_to_be(
    text: str, msgstrs: list[str], markdown: str, flavour: str
) -> None:
    source = replace(document(text), flavour=flavour)
    options = Options(markdown=markdown)
    found = FORM.segments(source, options)
    rows = [
        (each, msgstrs[number % len(msgstrs)])
        for number, each in enumerate(found)
        if each.placement is not Placement.INSIDE
    ]
    sure = [row for row in rows if keeps_blocks(source, *row, options)]
    event(f"sure: {min(len(sure), 3)}")
    assert Check(source, options, FORM, found).proved_fault(sure) is None


@pytest.mark.parametrize(
    ("text", "msgstr", "is_sure"),
    [
        ("uno", "One **two** [three](four)", True),
        ("# uno", "One `two`", True),
        ("uno", "1999 was a year", True),
        ("uno", "1999. was a year", False),
        ("uno", "One | two", False),
        ("uno", "- one", False),
        ("uno", "one\ntwo", False),
        ("# uno", "C #", False),
        ("uno\ndos\n\n: tres", "one", False),
        ("uno\rdos\r\r: tres", "one", False),
    ],
)
def test_most_translations_are_told(text: str, msgstr: str, is_sure: bool) -> None:
    source = document(text)
    assert keeps_blocks(source, FORM.segments(source, GFM)[0], msgstr, GFM) is is_sure


def test_a_paragraph_around_options_is_left_to_the_parser() -> None:
    source, options = document(":::{tip} uno\n:class: x\ndos\n:::\n"), Options(markdown="myst")
    (segment,) = FORM.segments(source, options)
    assert segment.msgid == "uno dos"
    assert not keeps_blocks(source, segment, "One two", options)
    result = translate(source, options, lambda _: "One two")
    assert result.text == source.text and len(result.refused) == 1


def test_a_tag_of_the_host_is_left_to_the_parser() -> None:
    source = replace(document("uno {{< x >}}"), flavour="hugo", path=Path("x.md"))
    (segment,) = FORM.segments(source, GFM)
    assert segment.kind is SegmentKind.PARAGRAPH
    assert not keeps_blocks(source, segment, "One", GFM)
