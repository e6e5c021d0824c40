"""Heading ids: pinned where a heading is translated, and laws of the pinning."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transpipe.documents.formats import Options, segments
from transpipe.documents.heading_ids import HOSTS, pinned, source_ids
from transpipe.documents.translate import translate
from transpipe.model import Document, SegmentKind


def page(text: str) -> Document:
    return Document("page", Path("page.md"), text, "markdown", None)


def pin(source: str, text: str, host: str) -> str:
    return pinned(page(source), text, Options(), host)


@pytest.mark.parametrize(
    ("headings", "host", "ids"),
    [
        (["Añadir `código`"], "hugo", ["añadir-código"]),
        (["A", "A", "A-1", "A"], "hugo", ["a", "a-1", "a-1-1", "a-2"]),
        (["¿?"], "hugo", ["heading"]),
        (["[a](b.md)"], "hugo", ["abmd"]),
        (["[a](b.md)", "![x](y) z"], "docusaurus", ["a", "x-z"]),
        (["A", "A", "A-1", "A"], "docusaurus", ["a", "a-1", "a-1-1", "a-2"]),
        (["A -- B", "Uno ² ª"], "docusaurus", ["a----b", "uno--ª"]),
        (["A -- B"], "starlight", ["a--b"]),
        (["Añadir `código`: ¿qué?", "Ñ _x_"], "mkdocs", ["anadir-codigo-que", "n-x"]),
        (["A", "A", "A_1", "¿?", "日本"], "mkdocs", ["a", "a_1", "a_2", "_1", "_2"]),
        (["A {#b}", "B", "{{< x >}}"], "hugo", ["b", "b-1", None]),
    ],
)
def test_ids_as_the_generators_make_them(
    headings: list[str], host: str, ids: list[str | None]
) -> None:
    assert source_ids(headings, host)[0] == ids


@pytest.mark.parametrize(
    ("source", "text", "host", "expected"),
    [
        ("# A\n\n## B ##\n", "# X\n\n## Y ##\n", "hugo", "# X {#a}\n\n## Y {#b} ##\n"),
        ("A\n===\n\nB\n---\n", "X\n===\n\nY\n---\n", "docusaurus", "X\n===\n\nY {#b}\n---\n"),
        ("# A\n\n# B\n", "# A\n\n# Y\n", "mkdocs", "# A\n\n# Y {#b}\n"),
        ("## A\n", "## X\n", "starlight", '## <a id="a"></a>X\n'),
        ("## A {#z}\n", "## X {#z}\n", "hugo", "## X {#z}\n"),
        ("## A {#z}\n", "## X\n", "hugo", "## X {#z}\n"),
        ("## A\n\n## A\n\n## B\n", "## X\n\n## A\n\n## B\n", "hugo",
         "## X {#a}\n\n## A {#a-1}\n\n## B\n"),
        ("```\n# A\n```\n\n> ## B\n", "```\n# A\n```\n\n> ## X\n", "hugo",
         "```\n# A\n```\n\n> ## X {#b}\n"),
    ],
)  # fmt: skip
def test_pins(source: str, text: str, host: str, expected: str) -> None:
    assert pin(source, text, host) == expected


TITLES = st.lists(st.sampled_from(["A", "A", "B", "¿Ñ?", "*A*", "`b`", "A-1"]), min_size=1)


@given(TITLES, st.sampled_from(sorted(HOSTS)), st.integers(0, 255))
def test_pinned_headings_have_the_ids_of_their_sources(
    titles: list[str], host: str, mask: int
) -> None:
    source = "\n\n".join(f"## {title}" for title in titles) + "\n"
    found = segments(page(source), Options())
    chosen = {each for number, each in enumerate(found) if mask >> number % 8 & 1}
    made = translate(page(source), Options(), lambda each: "X y" if each in chosen else None)
    text = pin(source, made.text, host)
    if not chosen:
        assert text == source
    wanted = source_ids(titles, host)[0]
    after = [
        each.msgid for each in segments(page(text), Options()) if each.kind is SegmentKind.HEADING
    ]
    assert len(after) == len(titles)
    if host == "starlight":
        for heading, identifier, each in zip(after, wanted, found, strict=True):
            assert each not in chosen or f'<a id="{identifier}"></a>' in heading
    else:
        assert source_ids(after, host)[0] == wanted


def test_hostile_headings_take_linear_time() -> None:
    for heading in ("{" + "#" * 50_000, "{" * 50_000, "{#a" * 20_000 + "}", "{: " + ":#" * 30_000):
        source_ids([heading], "mkdocs")
        pin(f"# {heading}\n\n# B\n", f"# {heading}\n\n# X\n", "hugo")
    for host in HOSTS:
        assert len(set(source_ids(["A"] * 5_000, host)[0])) == 5_000
