"""Markdown: what becomes a segment, where it stands, and what a msgstr looks like there."""

from __future__ import annotations

import pytest

from transpipe.documents.formats import Options
from transpipe.errors import DocumentError
from transpipe.model import HARD_BREAK_SEPARATOR, HARD_BREAKS, Placement, SegmentKind

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
        (31, "html", "html", "html"),
    ]


def test_spans_are_the_source_text_of_each_line() -> None:
    held = [[PAGE[span.start : span.end] for span in each.spans] for each in segments(PAGE)]
    assert held[0] == ["Página"]
    assert held[2] == ["Dos sigue", "aquí  ", "y aquí."]
    assert held[5] == ["cita", "larga"]
    assert held[7] == ["b \\| c"]
    assert held[9] == []


def alternatives(page: str, words: dict[str, str]) -> str:
    result = render(page, lambda s: words.get(s.msgid) if s.kind is SegmentKind.ALT else None)
    assert not result.refused
    return result.text


def test_an_alternative_text_is_written_where_the_text_around_it_has_no_translation() -> None:
    image = segments("![uno](a.png)")[1]
    assert (image.kind, image.placement) == (SegmentKind.ALT, Placement.INSIDE)
    words = {"uno": "one", "dos": "two"}
    page = "a  \nb ![uno](a.png)\n![dos](b.png 't')\n\n# ![dos][r]\n\n[r]: c.png\n"
    written = "a  \nb ![one](a.png)\n![two](b.png 't')\n\n# ![two][r]\n\n[r]: c.png\n"
    assert alternatives(page, words) == written
    assert alternatives("| ![uno](a) |\n|---|\n", words) == "| ![one](a) |\n|---|\n"
    result = render("c ![uno](a)", lambda s: "d ![one](a)" if s.msgid.startswith("c") else "no")
    assert result.text == "d ![one](a)"


@pytest.mark.parametrize("text", ["![uno]\n\n[uno]: a.png\n", "![*uno*](a)\n"])
def test_an_alternative_text_that_names_the_image_stays(text: str) -> None:
    assert alternatives(text, {"uno": "one"}) == text


@pytest.mark.parametrize("msgstr", ["o]ne", "o[ne", "`one", "<b>"])
def test_an_alternative_text_with_markup_stays(msgstr: str) -> None:
    assert alternatives("![uno](a)\n", {"uno": msgstr}) == "![uno](a)\n"


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


def test_hard_breaks_are_told_to_translators() -> None:
    page = "uno dos tres *cuatro*  \ncinco\\\nseis `x`\n\nsiete\nocho\n"
    first, second = segments(page)
    assert first.msgid == "uno dos tres *cuatro*   cinco seis `x`"
    assert first.comment == f"{HARD_BREAKS}dos tres cuatro{HARD_BREAK_SEPARATOR}cinco"
    assert first.comment == "Hard line break after: dos tres cuatro | cinco"
    assert second.comment == ""


@pytest.mark.parametrize("tag", ["{{% x %}}", "{{< x >}}", "{{< x >}} {{% /x %}}"])
@pytest.mark.parametrize("page", ["{}\nuno\n", "uno\n{}\ndos\n", "> uno\n> {}\n", "- uno\n  {}\n"])
def test_a_shortcode_on_its_own_line_among_others_is_never_written(page: str, tag: str) -> None:
    source = page.format(tag)
    (segment,) = segments(source)
    assert segment.placement is Placement.UNLOCATED
    result = render(source, lambda each: each.msgid.replace("uno", "one"))
    assert result.text == source
    assert [refusal.segment for refusal in result.refused] == [segment]


@pytest.mark.parametrize("page", ["{{< x >}}\n", "uno {{< x >}}\ndos\n"])
def test_other_shortcodes_are_text(page: str) -> None:
    assert [each.placement for each in segments(page)] == [Placement.EXACT]


@pytest.mark.parametrize("marker", ["> ", "- "])
def test_text_that_is_nested_too_deeply_is_named(marker: str) -> None:
    with pytest.raises(DocumentError) as caught:
        segments("uno\n\n" + marker * 5000 + "dos\n")
    assert str(caught.value) == (
        "page.md:3: lists or quotes are nested too deeply here, text would be lost: "
        "nest them less deeply"
    )
    assert msgids("> " * 19 + "dos\n") == ["dos"]
