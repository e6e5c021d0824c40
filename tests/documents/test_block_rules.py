"""Asking fewer rules, and no parser at all, changes nothing that is found."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler
from markdown_it.rules_block import lheading, reference
from mdit_py_plugins.footnote.index import footnote_ref

from transpipe.documents import deeds, markdown_parser
from transpipe.documents.host_blocks import Rule

BLOCKS = (
    *("a", "b c", " ", "  ", "\n", "\n", "\n\n", "- ", "* ", "+ ", "1. ", "2) ", "> ", "# ", "\t"),
    *("---\n", "***\n", "___\n", "===\n", "```\n", "~~~\n", "|", "| a |\n| - |\n", "[a]: b\n"),
    *("[^1]: x\n", "<div>\n", "</div>\n", "<!-- ", "-->\n", "    ", ": d\n", "+++\n", "% c\n"),
    *("[", "]: b", "\\", "~ e\n", " \t", "\t ", "-", "=", " \n"),
)
INLINES = (
    *("a", " ", "\n", "[", "](", ")", "<", ">", "javascript:", "java", "script:", "data:", ":"),
    *("\\", "&colon;", "&#58;", "%3A", "\t", "\u3000", "{raw}`x`", "`", "*", "<b>", "</b>", "<!--"),
    *("-->", "<?", "://", "{", "}", "JAVASCRIPT:", "ſ", "![", "[^", "]", "[^a]", "[^a", "]["),
)


def plain_parser(flavour: str) -> MarkdownIt:
    made = markdown_parser.make_parser(flavour)
    plain = Ruler[Rule]()
    plain.__rules__ = made.block.ruler.__rules__
    plain.at("lheading", lheading)
    plain.at("reference", reference)
    block = ParserBlock()
    block.ruler = plain
    made.block = block
    made.inline.ruler.at("footnote_ref", partial(footnote_ref, always_match=True))
    return made


PLAIN = {flavour: plain_parser(flavour) for flavour in ("gfm", "myst")}


@pytest.mark.parametrize("flavour", ["gfm", "myst"])
@given(pieces=st.lists(st.sampled_from(BLOCKS), max_size=25))
def test_rules_by_character_find_what_all_rules_find(flavour: str, pieces: list[str]) -> None:
    text = "".join(pieces) + "\n"
    env: dict[str, object] = {}
    plain_env: dict[str, object] = {}
    found = markdown_parser.parser(flavour).parse(text, env)
    assert found == PLAIN[flavour].parse(text, plain_env)
    assert env.get("references") == plain_env.get("references")


@given(pieces=st.lists(st.sampled_from(INLINES), max_size=20))
def test_footnotes_are_found_as_their_rule_finds_them(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert markdown_parser.parser("gfm").parseInline(text) == PLAIN["gfm"].parseInline(text)


def test_the_parser_asks_by_character() -> None:
    assert len(markdown_parser.parser("gfm").block.ruler.getRules("")) == 1


@pytest.mark.parametrize("flavour", ["gfm", "myst"])
@given(pieces=st.lists(st.sampled_from(INLINES), max_size=14))
def test_what_may_do_nothing_does_nothing(flavour: str, pieces: list[str]) -> None:
    text = "".join(pieces)
    [block] = deeds._reader(flavour).parseInline(text)
    if not deeds._may_do(text):
        assert not list(deeds._of_tokens(block.children or ()))
