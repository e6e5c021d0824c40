"""Markers: what an author skips, explains, or gives a context; our own and those of others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from transpipe.documents.formats import FORMATS, Options
from transpipe.documents.markers import Verb, find_markers
from transpipe.model import Segment

from .make import assert_laws, document, msgids, segments


@pytest.mark.parametrize(
    ("comment", "verb", "text"),
    [
        ("<!-- transpipe: skip -->", Verb.SKIP, ""),
        ("<!--transpipe:skip-->", Verb.SKIP, ""),
        ("<!-- transpipe: skip-start -->", Verb.OFF, ""),
        ("<!-- transpipe: skip end -->", Verb.ON, ""),
        ("<!-- transpipe: comment A button.\n  Short. -->", Verb.COMMENT, "A button. Short."),
        ("<!-- transpipe: context menu -->", Verb.CONTEXT, "menu"),
        ("{/* transpipe: skip */}", Verb.SKIP, ""),
        ("{{</* transpipe: context a */>}}", Verb.CONTEXT, "a"),
        ("{#- transpipe: comment a -#}", Verb.COMMENT, "a"),
        ("<!-- mdbook-xgettext: skip -->", Verb.SKIP, ""),
        ("<!--- i18n:skip-start ---->", Verb.OFF, ""),
        ("<!-- i18n:skip-end -->", Verb.ON, ""),
        ("<!-- i18n:comment: hello world! -->", Verb.COMMENT, "hello world!"),
        ("<!-- i18n:comment Please keep\nbreaks. -->", Verb.COMMENT, "Please keep breaks."),
        ("<!-- mdpo-disable -->", Verb.OFF, ""),
        ("<!-- mdpo-enable -->", Verb.ON, ""),
        ("<!-- mdpo-disable-next-line -->", Verb.SKIP, ""),
        ("<!-- mdpo-enable-next-block -->", Verb.TAKE, ""),
        ("<!-- mdpo-translator A comment -->", Verb.COMMENT, "A comment"),
        ("<!-- mdpo-context month -->", Verb.CONTEXT, "month"),
        ("<!-- translate:off -->", Verb.OFF, ""),
        ("<!-- translate:on -->", Verb.ON, ""),
    ],
)
def test_what_is_a_marker(comment: str, verb: Verb, text: str) -> None:
    assert list(find_markers(comment)) == [(verb, text)]


@pytest.mark.parametrize(
    "comment",
    [
        *("<!-- skip -->", "transpipe: skip", "<!-- i18n:foo -->", "<!-- mdpo-include x -->"),
        *("<!-- transpipe: skipping -->", "<!-- translate:offer -->", "<!-- more -->"),
    ],
)
def test_what_is_none(comment: str) -> None:
    assert not list(find_markers(comment))


def told(page: str) -> list[tuple[str, str | None, str]]:
    return [(each.msgid, each.msgctxt, each.comment) for each in segments(page)]


def test_the_next_block_is_skipped_whatever_it_is() -> None:
    skip = "<!-- transpipe: skip -->\n"
    assert msgids(f"a\n\n{skip}b\nb\n\nc\n") == ["a", "c"]
    assert msgids(f"{skip}\n- b\n- b\n\n  b\n\nc\n") == ["c"]
    assert msgids(f"{skip}\n| b |\n|---|\n| b |\n\nc\n") == ["c"]
    assert msgids(f"{skip}```\nb\n```\n\nc\n") == ["c"]
    assert msgids(f"- {skip}  b\n- c\n") == ["c"]
    assert msgids(f"- x\n  {skip}- c\n") == ["x", "c"]
    assert msgids(f"c\n\n{skip}") == ["c"]


def test_a_region_is_skipped() -> None:
    start, end = "<!-- transpipe: skip-start -->", "<!-- transpipe: skip-end -->"
    page = "\n\n".join(("a", start, "b", "> b", "{}", end, "c\n"))
    assert msgids(page.format("# b")) == ["a", "c"]
    assert msgids(page.format("<!-- mdpo-enable-next-line -->\nd")) == ["a", "d", "c"]
    assert msgids("<!-- translate:off -->\n\na\n") == []


def test_words_for_translators_and_a_context() -> None:
    page = (
        "<!-- transpipe: comment Uno. -->\n<!-- transpipe: comment Dos. -->\n\na\\\nb\n\na\n\n"
        "<!-- transpipe: context menú -->\n# a\n\n<!-- i18n:comment Tres. -->\n\n![x](y)\n"
    )
    assert told(page) == [
        ("a b", None, "Uno.\nDos.\nHard line break after: a"),
        ("a", None, ""),
        ("a", "menú", ""),
        ("![x](y)", None, "Tres."),
        ("x", None, ""),
    ]


def test_in_mdx_and_hugo() -> None:
    for flavour, marker in (("mdx", "{/* transpipe: skip */}"), ("hugo", "{{</* i18n:skip */>}}")):
        source = replace(document(f"{marker}\n\nno\n\nsí\n"), flavour=flavour)
        found = FORMATS["markdown"].segments(source, Options())
        assert [segment.msgid for segment in found] == ["sí"]


def test_a_page_with_markers_keeps_the_laws() -> None:
    skip, context, off = "<!-- i18n:skip -->", "<!-- mdpo-context x -->", "<!-- translate:off -->"
    page = "\n\n".join(("a", skip, "b", context, "c", off, "d\n"))

    def suffixed(segment: Segment) -> str:
        return f"{segment.msgid} zz"

    result = assert_laws(document(page), Options(), suffixed)
    assert result.text == page.replace("a\n", "a zz\n", 1).replace("c\n", "c zz\n", 1)
