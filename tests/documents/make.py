"""Documents for tests, and the generators that make them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from babel import Locale
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from transpipe.documents.formats import FORMATS, Options
from transpipe.documents.messages import makes
from transpipe.documents.translate import Lookup, Translation, translate
from transpipe.model import Document, Placement, Segment, SegmentKind

SPANISH = Locale("es")
GFM = Options()


def at_least(examples: int) -> settings:
    """Let a test try so many examples, or as many as a long run asks for."""
    return settings(max_examples=max(examples, settings().max_examples))


def document(text: str, format_name: str = "markdown") -> Document:
    return Document("page", Path("page.md"), text, format_name, SPANISH)


def segments(
    text: str, options: Options = GFM, format_name: str = "markdown"
) -> tuple[Segment, ...]:
    return FORMATS[format_name].segments(document(text, format_name), options)


def msgids(text: str, options: Options = GFM, format_name: str = "markdown") -> list[str]:
    return [segment.msgid for segment in segments(text, options, format_name)]


def render(
    text: str, lookup: Lookup, options: Options = GFM, format_name: str = "markdown"
) -> Translation:
    return translate(document(text, format_name), options, lookup)


def own(found: tuple[Segment, ...]) -> list[Segment]:
    """The segments that are written themselves."""
    return [segment for segment in found if segment.placement is not Placement.INSIDE]


def assert_laws(source: Document, options: Options, lookup: Lookup) -> Translation:
    """Hold laws 1 to 4 against a document and a translation of it."""
    form = FORMATS[source.format]
    before = own(form.segments(source, options))
    assert translate(source, options, lambda _: None).text == source.text
    assert translate(source, options, lambda segment: segment.msgid).text == source.text
    result = translate(source, options, lookup)
    target = replace(source, text=result.text)
    after = own(form.segments(target, options))
    refused = {refusal.segment for refusal in result.refused}
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        msgstr = None if old in refused else lookup(old)
        assert old.kind == new.kind and old.msgctxt == new.msgctxt
        if msgstr is None or not msgstr.strip() or old.placement is Placement.UNLOCATED:
            # Without a translation, it takes those of the images in it.
            assert new.msgid == old.msgid or "![" in old.msgid
        elif old.kind is SegmentKind.FRONT_MATTER:
            assert new.msgid == msgstr
        else:
            assert makes(msgstr, new.msgid)
    assert form.outline(source, options) == form.outline(target, options)
    return result


def assert_spans_hold_segments(source: Document, options: Options) -> None:
    """What the spans hold makes the msgid, and nothing else does."""
    end = 0
    for segment in FORMATS[source.format].segments(source, options):
        for span in segment.spans:
            assert end <= span.start < span.end <= len(source.text)
            end = span.end
        if segment.spans and segment.kind is not SegmentKind.FRONT_MATTER:
            held = "\n".join(source.text[span.start : span.end] for span in segment.spans)
            if segment.kind is SegmentKind.CELL:
                held = held.replace("\\|", "|")
            if segment.kind is SegmentKind.ATTRIBUTE:
                # What is escaped in a parameter is not in its msgid.
                assert len(held.split()) >= len(segment.msgid.split())
            elif source.flavour not in ("mdx", "docusaurus") and source.path.suffix != ".mdx":
                assert makes(held.replace("\0", "\ufffd"), segment.msgid)
            else:
                lines = [line.strip() for line in held.replace("\0", "\ufffd").split("\n")]
                assert makes("\n".join(lines), segment.msgid)


# --------------------------------------------------------------------------- generators

_WORDS = st.sampled_from(
    [
        "uno",
        "dos",
        "tres",
        "niño",
        "código",
        "*dos*",
        "**tres**",
        "`x|y`",
        "[a](b)",
        "![alt",
        "*x*](i.png)",
        "<b>c</b>",
        "a\\|b",
        "[r]",
        "[^1]",
        "1.",
        "-",
        "#",
        "+",
        ">",
        ":",
        "|",
        "\\",
        "{{<x>}}",
        "&amp;",
        "http://x.org",
        "~~d~~",
        "a_b",
        "(x)=",
        "☃",
        "{rol}`t`",
    ]
)
_INLINE = st.lists(_WORDS, min_size=1, max_size=5).map(" ".join)
_PLAIN = st.sampled_from(["uno", "dos", "*tres*", "`c`", "![a](b)"])
_SAFE = st.lists(_PLAIN, min_size=1).map(" ".join)


def _prefixed(first: str, others: str) -> SearchStrategy[tuple[str, str]]:
    return st.just((first, others))


def _wrap(pair: tuple[tuple[str, str], list[str]]) -> list[str]:
    (first, others), lines = pair
    return [(others if number else first) + line for number, line in enumerate(lines)]


_PREFIXES = st.one_of(
    _prefixed("- ", "  "), _prefixed("1. ", "   "), _prefixed("> ", "> "), _prefixed("> ", ""),
    _prefixed("-\t", "\t"), _prefixed("[^1]: ", "    "), _prefixed("término\n: ", "  "),
    _prefixed("\t", "\t"), _prefixed(">", ">"), _prefixed("- [ ] ", "  "),
    _prefixed("*   ", "    "),
)  # fmt: skip

_LEAVES = st.one_of(
    st.lists(_INLINE, min_size=1, max_size=3),
    st.lists(_SAFE, min_size=1, max_size=2),
    st.tuples(st.sampled_from(["# ", "## ", "###\t"]), _INLINE, st.sampled_from(["", " #", " ##"]))
    .map("".join)
    .map(lambda line: [line]),
    st.tuples(_SAFE, st.sampled_from(["===", "---"])).map(list),
    st.tuples(_INLINE, _INLINE, st.sampled_from(["", "|", " | "])).map(
        lambda row: [f"| a | {row[0]} |", "|---|:-:|", f"{row[2]}{row[1]} | x", "| solo |"]
    ),
    st.just(["```python", "x = 1", "", "```"]),
    st.just(["<div>", "html", "</div>"]),
    st.just(["***"]),
    st.just(["% nota", "(blanco)=", "+++"]),
    st.just(["[r]: https://example.org 'título'"]),
    st.tuples(_SAFE, st.sampled_from(["  ", "\\"]), _SAFE).map(lambda p: [p[0] + p[1], p[2]]),
)


def _stack(blocks: list[list[str]]) -> list[str]:
    return [line for block in blocks for line in (*block, "")]


_BLOCKS: SearchStrategy[list[str]] = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.tuples(_PREFIXES, inner).map(_wrap), st.lists(inner, max_size=3).map(_stack)
    ),
    max_leaves=6,
)

_FRONT_MATTER = st.sampled_from(
    [
        [],
        ["---", "title: Uno dos", "date: 2020-01-01", "---"],
        ["---", 'title: "Uno: \\"dos\\""', "tags: [a, 'b']", "draft: true # no", "---"],
        ["+++", "title = 'Uno'", 'description = "a\\tb"', "[x]", 'title = "no"', "+++"],
    ]
)


def _join(parts: tuple[list[str], list[list[str]], str, str, bool]) -> str:
    head, blocks, ending, mark, final = parts
    lines = [line for block in blocks for line in (*block, "")]
    text = ending.join("\n".join([*head, *lines]).split("\n"))
    return mark + text + (ending if final else "")


MARKDOWN: SearchStrategy[str] = (
    st.tuples(
        _FRONT_MATTER,
        st.lists(_BLOCKS, min_size=1, max_size=4),
        st.sampled_from(["\n", "\r\n", "\r"]),
        st.sampled_from(["", "\ufeff"]),
        st.booleans(),
    )
    .map(_join)
    .filter(lambda text: "+++\r" not in text.replace("\r\n", ""))
)  # no TOML

NOISE: SearchStrategy[str] = st.text(
    alphabet=st.sampled_from(
        list("ab \t\n\r>-+*#=|`~_[]()!\\:^%<&;{}.'\"1$é\0\x0b\x0c\x85\xa0\u2028")
    )
)

_PIECES = [
    *("{{< ", " >}}", "{{% ", " %}}", "{{", "}}", "{% ", " %}", "{#", "#}", "{", "}", "raw"),
    *("/raw", "endraw", "<A ", "<b>", "</A>", "</b>", ">", "/>", '"', "'", "`", "```\n", "\n"),
    *("\n\n", "import a from 'a'", "export const", "{/* b */}", "a", " ", "    ", "\r\n", "\t"),
    *('!!! note "a"\n', '=== "b"\n', "/// x | y\n", "///\n", ":::note[a]\n", ":::\n", "- "),
    *("> ", "| a | b |\n|--|--|\n", "# ", "\U000f0000", 'title="x" ', "--8<-- x\n", "{: .a}\n"),
    *("<!-- a -->", "é"),
]
HOSTED: SearchStrategy[str] = st.lists(st.sampled_from(_PIECES), max_size=24).map("".join)
"""Scraps of what sites write into Markdown, whole and broken."""

TRICKS = st.sampled_from(
    [
        "",
        "# x",
        "1. x",
        "- x",
        "> x",
        "```",
        "a\n\nb",
        "a\\\nb",
        "a  \n  b",
        "<div>",
        "---",
        "\t",
        "| a |",
        "x |",
        "x\\",
        "[r]: u",
        "    código",
        "'",
        '"',
        "a: b #c",
        "+++",
        "a\n===",
        "\x00",
        "término\n: d",
        "(x)=",
        "% x",
        "[^1]: n",
        "x #",
        "&",
        "*x*",
        "\\",
        "a\rb",
        "$x$",
        "a\n",
        "{{x}}",
        "ok \ufeff",
    ]
)
"""Translations that would do harm."""
