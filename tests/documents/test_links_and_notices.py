"""Laws of what is done to a whole translated document: links are led, a notice is put in."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from markdown_it.token import Token

from tests.documents.make import MARKDOWN
from transpipe.documents.formats import Options, segments
from transpipe.documents.frontmatter import front_matter
from transpipe.documents.links import with_links
from transpipe.documents.markdown_parser import parser
from transpipe.documents.notice import with_notice
from transpipe.errors import DocumentError
from transpipe.model import Document


def page(text: str) -> Document:
    return Document("page", Path("page.md"), text, "markdown", None)


def shapes(text: str) -> list[tuple[str, str, str, str]]:
    """Everything in a text but what its links lead to."""

    def flat(tokens: list[Token]) -> list[tuple[str, str, str, str]]:
        found = []
        for token in tokens:
            content = "" if token.type == "inline" else token.content
            found.append((token.type, token.tag, content, token.info))
            found += flat(token.children or [])
        return found

    return flat(parser("gfm").parse(text))


LINKS = st.lists(
    st.sampled_from(
        ["[a](b)", "`[a](b)`", "![a](b)", "[a](<b>)", "\\[a](b)", "[a](b 't')", "[a](b", "](b)"]
    ),
    min_size=1,
).map(" ".join)


@given(st.one_of(MARKDOWN, LINKS), st.sampled_from(["c/d.md", "/x/", "../y%20z"]))
def test_links_are_led_and_nothing_else_changes(text: str, new: str) -> None:
    try:
        front_matter(text, Path())
    except DocumentError:
        return
    source = page(text)
    assert with_links(source, text, lambda _: None) == text
    led = with_links(source, text, lambda address: new if address == "b" else None)
    assert shapes(led) == shapes(text)
    assert with_links(page(led), led, lambda address: "b" if address == new else None) == text


@given(MARKDOWN, st.sampled_from(["> Aviso.", "Aviso.\n\nMás."]))
def test_a_notice_adds_itself_and_nothing_else(text: str, notice: str) -> None:
    source = page(text)
    try:
        before = segments(source, Options())
        changed = with_notice(source, text, notice)
        after = segments(page(changed), Options())
    except DocumentError:
        return
    kept = [each.msgid for each in after if each.msgid not in ("Aviso.", "Más.")]
    assert kept == [each.msgid for each in before]
    assert len(after) - len(before) == 1 + notice.count("Más.")
    assert with_notice(source, text, " ") == text
