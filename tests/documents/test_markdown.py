"""Markdown: what becomes a segment, where it stands, and what a msgstr looks like there."""

from __future__ import annotations

import pytest

from transpipe.documents.formats import Options
from transpipe.model import Placement, SegmentKind

from .make import msgids, render, segments

PAGE = """\
---
title: Página
draft: true
---
# Uno #

Dos sigue
  aquí  \n\
y aquí.

Título
======

- [ ] punto
  > cita
larga

| a | b \\| c |
|---|-------|
| ![texto *alt*](x.png) | |

término
: definición

[^1]: nota

```text
código
```

<div>html</div>

[r]: https://example.org
"""


def test_every_kind_in_the_order_of_the_document() -> None:
    found = [(each.line, each.kind.value, each.msgid, each.msgctxt) for each in segments(PAGE)]
    assert found == [
        (2, "front-matter", "Página", "front-matter:title"),
        (5, "heading", "Uno", None),
        (7, "paragraph", "Dos sigue   aquí   y aquí.", None),
        (11, "heading", "Título", None),
        (14, "paragraph", "[ ] punto", None),
        (15, "paragraph", "cita larga", None),
        (18, "cell", "a", None),
        (18, "cell", "b | c", None),
        (20, "cell", "![texto *alt*](x.png)", None),
        (20, "alt", "texto alt", None),
        (22, "term", "término", None),
        (23, "paragraph", "definición", None),
        (25, "paragraph", "nota", None),
    ]


def test_spans_are_the_source_text_of_each_line() -> None:
    held = [[PAGE[span.start : span.end] for span in each.spans] for each in segments(PAGE)]
    assert held[0] == ["Página"]
    assert held[2] == ["Dos sigue", "aquí  ", "y aquí."]
    assert held[5] == ["cita", "larga"]
    assert held[7] == ["b \\| c"]
    assert held[9] == []


def test_an_alternative_text_is_written_with_what_holds_it() -> None:
    image = segments("![uno](a.png)")[1]
    assert (image.kind, image.placement) == (SegmentKind.ALT, Placement.INSIDE)
    result = render("![uno](a.png)", lambda each: "one" if each.kind is SegmentKind.ALT else None)
    assert result.text == "![uno](a.png)"
    assert not result.refused


@pytest.mark.parametrize(
    ("source", "msgstr", "target"),
    [
        ("# Uno ##\n", "One", "# One ##\n"),
        ("# Uno\n", "One\\\ntwo", "# One two\n"),
        ("Uno\n===\n", "One\ntwo", "One\ntwo\n===\n"),
        ("uno\ndos\n", "one two", "one two\n"),
        ("uno\\\ndos\n", "one\\\ntwo", "one\\\ntwo\n"),
        ("uno\r\n", "one\ntwo", "one\r\ntwo\r\n"),
        ("> - uno", "one\ntwo", "> - one\n>   two"),
        ("> uno\n> dos\n", "one\ntwo", "> one\n> two\n"),
        ("> uno\ndos\n", "one\ntwo", "> one\ntwo\n"),
        ("| a |\n|---|\n| uno |\n", "o|ne", "| o\\|ne |\n|---|\n| o\\|ne |\n"),
        ("\ufeffuno  ", " one ", "\ufeffone  "),
        ("1.\tuno\n\tdos", "one", "1.\tone"),
        ("- [x] uno", "[x] one", "- [x] one"),
        ("{{< ref \"a b\" >}} uno", '{{< ref "a b" >}} one', '{{< ref "a b" >}} one'),
    ],
)  # fmt: skip
def test_a_msgstr_in_its_place(source: str, msgstr: str, target: str) -> None:
    result = render(source, lambda _: msgstr)
    assert result.text == target
    assert not result.refused


def test_front_matter_stays_out_of_the_body_in_both_flavours() -> None:
    for flavour in ("gfm", "myst"):
        options = Options(markdown=flavour)
        for head in ("---\na: b\n---\n", "+++\na = 'b'\n+++\n", "---\na: b\n...\n"):
            assert msgids(head + "uno", options) == ["uno"]


def test_myst_blocks_are_text_elsewhere() -> None:
    page = "% nota\n\n(blanco)=\n\n+++\n\nuno\n"
    assert msgids(page, Options(markdown="myst")) == ["uno"]
    assert msgids(page) == ["% nota", "(blanco)=", "+++", "uno"]


def test_lines_between_rules_are_text_unless_they_are_a_mapping() -> None:
    assert msgids("---\n\nuno\n\n---\n") == ["uno"]


def test_what_myst_reads_between_two_block_breaks_need_not_be_toml() -> None:
    page = "+++\nuno dos\n+++\n"
    assert msgids(page, Options(markdown="myst")) == ["uno dos"]


@pytest.mark.parametrize("page", ["", "\n", "\ufeff", "```\ncódigo", "<!-- uno -->", "    código"])
def test_nothing_to_translate(page: str) -> None:
    assert msgids(page) == []


def test_a_table_in_a_quote_in_a_list_with_lean_and_long_rows() -> None:
    page = "- > a | b\n  > --|--\n  > | c\n  > d | e | sobra\n"
    result = render(page, lambda each: each.msgid.upper())
    assert result.text == "- > A | B\n  > --|--\n  > | C\n  > D | E | sobra\n"
