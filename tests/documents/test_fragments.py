"""What reads the same is the same text, and its translation is made to fit without a doubt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transpipe.documents.fragments import (
    inside_link,
    markdown_form,
    plain_form,
    refit,
    split,
    tidy,
)
from transpipe.documents.options import Options

OPTIONS = Options()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a b", "a\nb"),
        ("a b", "a  \nb"),
        ("a b", "a\\\nb"),
        ("*a* __b__", "_a_ **b**"),
        ("a \\* b", "a * b"),
        ("[a](http://x)", "[a][1]"),
        ("[a](http://x)", "[a]"),
        ("[a](<x y>)", "[a](z)"),
        ("a &amp; b", "a & b"),
    ],
)
def test_alike(one: str, other: str) -> None:
    assert markdown_form(one, "gfm") == markdown_form(other, "gfm")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a b", "a c"),
        ("*a*", "a"),
        ("\\*a\\*", "*a*"),
        ("*a*", "**a**"),
        ("`a`", "a"),
        ("a`b`", "a `b`"),
        ("[a](x)", "a"),
        ("![a](x)", "[a](x)"),
        ('[a](x "t")', '[a](x "u")'),
        ("not a", "a"),
        ("A", "a"),
    ],
)
def test_not_alike(one: str, other: str) -> None:
    assert markdown_form(one, "gfm") != markdown_form(other, "gfm")


@pytest.mark.parametrize(
    ("old", "msgstr", "new", "fitted"),
    [
        ("a\nb", "x\ny", "a b", "x y"),
        ("a  \nb", "x  \n y", "a b", "x\\\ny"),
        ("_a_", "_x_", "*a*", "_x_"),
        ("[a](u) [b](v)", "[y](v) [x](u)", "[a][1] [b][2]", "[y][2] [x][1]"),
        ("see [a](u)", "ver [x](u)", "see [a]", "ver [x][a]"),
        ("see [a](u)", "ver [x](u)", "see [a](w)", "ver [x](w)"),
        ("![a](u)", "![x](u)", "![a](w)", "![x](w)"),
        ("Title", "Título", "[Title](a.md)", "[Título](a.md)"),
        # In doubt, nothing:
        ("[a](u)", "[x](w)", "[a][1]", None),
        ("[a](u)", "x", "[a][1]", None),
        ("[a](u)", "\\[x](u)", "[a][1]", None),
        ("[a](u) [b](u)", "[x](u) [y](u)", "[a][1] [b][2]", None),
        ("Title", "[Título](b.md)", "[Title](a.md)", None),
        ("a b", "x y", "a c", None),
    ],
)
def test_refit(old: str, msgstr: str, new: str, fitted: str | None) -> None:
    assert refit(old, msgstr, new, "gfm") == fitted


@given(st.text("ab *_`[]()!\\\n", max_size=12), st.text("xy *_`[]()!\\\n", max_size=12))
def test_the_same_text_keeps_its_translation(msgid: str, msgstr: str) -> None:
    assert refit(msgid, msgstr, msgid, "gfm") == tidy(msgstr)


@given(st.text("ab *_`[]()!\\\n#-1.|", max_size=30))
def test_any_text_has_a_form_and_blocks(text: str) -> None:
    form = markdown_form(text, "gfm")
    assert inside_link(form) is None or len(form) > 1
    for one, other in split(text, text, OPTIONS):
        assert one == other
    assert plain_form(text) == plain_form(f" {text}\n")


@pytest.mark.parametrize(
    ("msgid", "msgstr", "pairs"),
    [
        ("- a\n- b", "* x\n* y", ()),
        ("- a\n- b", "- x\n- y", (("a", "x"), ("b", "y"))),
        ("a\n\nb", "x\n\ny", (("a", "x"), ("b", "y"))),
        ("1. a\n   - b", "1. x\n   - y", (("a", "x"), ("b", "y"))),
        ("- a\n- b", "- x y", ()),
        ("- a\n- b", "- x\n  - y", ()),
        ("- `a`\n- `b`", "- `b`\n- `a`", ()),
        ("- [a](u)\n- 2", "- [x](v)\n- 2", ()),
        ("- 1 a\n- 2 b", "- 2 x\n- 1 y", ()),
        ("---\ntitle: [\n---", "---\n", ()),
    ],
)
def test_split(msgid: str, msgstr: str, pairs: tuple[tuple[str, str], ...]) -> None:
    assert split(msgid, msgstr, OPTIONS) == pairs
