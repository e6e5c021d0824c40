"""The laws of documents, on generated Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from transpipe.documents.formats import FORMATS, Options
from transpipe.documents.translate import translate
from transpipe.errors import DocumentError
from transpipe.model import Placement, Segment

from .make import (
    MARKDOWN,
    NOISE,
    TRICKS,
    assert_laws,
    assert_spans_hold_segments,
    at_least,
    document,
)

GFM, MYST = Options(), Options(markdown="myst")
FLAVOURS = st.sampled_from([GFM, MYST])


_MAY_DEFINE = re.compile(r"(?:^|[\r\n])\W*[:~]")


@given(MARKDOWN, FLAVOURS)
@example("término\n: uno\n  uno\n  : uno\n", GFM)
@example("término\r: uno\r  uno\r  : uno\r", GFM)
def test_a_suffix_goes_in_and_comes_out(text: str, options: Options) -> None:
    source = document(text)
    assert_spans_hold_segments(source, options)
    result = assert_laws(source, options, lambda segment: segment.msgid + " zz")
    # A lone ":" is a paragraph, ": zz" a definition; but where there are words nothing is refused.
    # A line of shortcodes among others has no place where the host is not known. A paragraph of
    # several lines would become a term on one, above another that begins with ":".
    may_define = options is GFM and _MAY_DEFINE.search(text)
    located = [
        each
        for each in result.refused
        if each.segment.spans and not (may_define and len(each.segment.spans) > 1)
    ]
    assert not any(any(map(str.isalpha, each.segment.msgid)) for each in located)


@given(MARKDOWN, FLAVOURS)
def test_brackets_go_in_and_come_out(text: str, options: Options) -> None:
    assert_laws(document(text), options, lambda segment: f"zz {segment.msgid} zz")


@given(MARKDOWN, st.lists(TRICKS, min_size=1, max_size=8), FLAVOURS)
def test_no_msgstr_does_damage(text: str, tricks: list[str], options: Options) -> None:
    def lookup(segment: Segment) -> str:
        return tricks[(segment.line + len(segment.msgid)) % len(tricks)]

    assert_laws(document(text), options, lookup)


@given(NOISE, st.sampled_from(sorted(FORMATS)), FLAVOURS)
@at_least(300)
def test_noise_is_refused_or_obeys_the_laws(text: str, name: str, options: Options) -> None:
    source = document(text, name)
    try:
        FORMATS[name].segments(source, options)
    except DocumentError:
        return
    assert_spans_hold_segments(source, options)
    assert_laws(source, options, lambda segment: segment.msgid + " zz")


@given(st.sampled_from(["---\n", "+++\n"]), NOISE, st.sampled_from(["\n---\n", "\n+++\n"]))
@at_least(300)
def test_noise_in_front_matter_is_refused_or_obeys_the_laws(
    opening: str, text: str, closing: str
) -> None:
    source = document(f"{opening}title: {text}{closing}uno")
    try:
        FORMATS["markdown"].segments(source, GFM)
    except DocumentError as problem:
        assert problem.line is not None
        return
    assert_laws(source, GFM, lambda segment: segment.msgid + " zz")


@pytest.mark.parametrize(
    "text",
    [
        "> " * 3000 + "uno",
        "- " * 3000 + "uno",
        "[" * 3000 + "](a)" * 3000,
        "*" * 3000 + "a" + "_" * 3000,
        "---\ntitle: " + "[" * 3000 + "\n---\n",
        "+++\ntitle = " + "[" * 3000 + "]" * 3000 + "\n+++\n",
        "+++\ntitle = " + '"""a' * 500 + "\n+++\n",
        '---\ntitle: "\\UFFFFFFFF"\n---\n',
    ],
    ids=["quotes", "lists", "links", "emphasis", "yaml", "toml", "strings", "escape"],
)
def test_extremes_are_refused_or_obey_the_laws(text: str) -> None:
    source = document(text)
    try:
        FORMATS["markdown"].segments(source, GFM)
    except DocumentError:
        return
    assert_laws(source, GFM, lambda segment: segment.msgid + " zz")


@pytest.mark.parametrize("options", [GFM, MYST], ids=lambda options: options.markdown)
def test_what_is_flagged_is_never_written(options: Options) -> None:
    # A vertical tab alone on a line is text to the block parser and blank to the trimmer.
    source = document("\x0b\nuno\n")
    segments = FORMATS["markdown"].segments(source, options)
    assert [segment.placement for segment in segments] == [Placement.UNLOCATED]
    result = translate(source, options, lambda _: "one")
    assert result.text == source.text
    assert [refusal.segment for refusal in result.refused] == list(segments)
