"""Front matter: chosen strings are found and written in their style, all else stays."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from transpipe.documents.deeds import added_by_markdown
from transpipe.documents.formats import Options
from transpipe.documents.frontmatter import front_matter
from transpipe.errors import DocumentError
from transpipe.model import Placement, Segment, SegmentKind

from .make import render, segments

OPTIONS = Options(front_matter=("title", "description", "tags"))


def rendered(source: str, msgstr: str) -> str:
    result = render(source, lambda _: msgstr, OPTIONS)
    assert not result.refused
    return result.text


@pytest.mark.parametrize(
    ("scalar", "msgstr", "written"),
    [
        ('"uno"', 'a "b"\\ñ', '"a \\"b\\"\\\\ñ"'),
        ("'uno'", "it's", "'it''s'"),
        ("'uno'", "a\nb", '"a\\nb"'),
        ("uno # nota", "dos tres", "dos tres # nota"),
        ("uno", "a: b", '"a: b"'),
        ("uno", "a #b", '"a #b"'),
        ("uno", "- b", '"- b"'),
        ("uno", "true", '"true"'),
        ("uno", "2020-01-01", '"2020-01-01"'),
        ("uno", "12", '"12"'),
        ("uno", "[a]", '"[a]"'),
        ("uno", " a ", '" a "'),
        ("uno", "¿Qué es?", "¿Qué es?"),
        ("uno\n  dos", "one two", "one two"),
        ('"uno\n  dos"', "one", '"one"'),
        ("|\n  uno\n  dos\n", "a\nb\n", "|\n  a\n  b\n"),
        (">-\n  uno\n  dos\n", "a b", ">-\n  a b\n"),
        (">-\n  uno\n\n  dos\n", "a\nb", ">-\n  a\n\n  b\n"),
        ("|\n  uno\n", "sin salto", '"sin salto"\n'),
        ('"\\u0007"', "\x07\ufeff", '"\\u0007\\ufeff"'),
    ],
)
def test_yaml_keeps_its_style_where_it_can(scalar: str, msgstr: str, written: str) -> None:
    page = "---\nfecha: 2020-01-01\ntitle: {}\nweight: 3\n---\ncuerpo\n"
    result = render(page.format(scalar), lambda each: msgstr if each.msgctxt else None, OPTIONS)
    assert not result.refused
    assert result.text == page.format(written)


@pytest.mark.parametrize(
    ("scalar", "msgstr", "written"),
    [
        ('"uno"', 'a "b"\\', '"a \\"b\\"\\\\"'),
        ("'uno'", "C:\\", "'C:\\'"),
        ("'uno'", "it's", '"it\'s"'),
        ("'uno'", "a\nb", '"a\\nb"'),
        ('"""uno"""', 'a\n"b"', '"""a\n\\"b\\""""'),
        ('"""\nuno\n"""', "a\n", '"""\na\n"""'),
        ("'''\nuno'''", "it's\nb", "'''\nit's\nb'''"),
        ("'''uno'''", "'''", "\"'''\""),
        ('"a""" # "b', "x", None),
    ],
)
def test_toml_keeps_its_style_where_it_can(scalar: str, msgstr: str, written: str | None) -> None:
    page = "+++\nfecha = 2020-01-01 07:32:00Z\ntitle = {} # nota\nn = [1, [2]]\n+++\ncuerpo\n"
    if written is None:
        with pytest.raises(DocumentError):
            segments(page.format(scalar), OPTIONS)
        return
    result = render(page.format(scalar), lambda each: msgstr if each.msgctxt else None, OPTIONS)
    assert not result.refused
    assert result.text == page.format(written)


def test_only_strings_of_chosen_top_level_keys_are_offered() -> None:
    toml = (
        "+++\ntitle = 'a'\ndescription = true\ndate.title = 'no'\n"
        'tags = [\'x\', 1, ["no"], {title = \'no\'}, # \'no\'\n """y""",]\n'
        "other = 'no'\n[params]\ntitle = 'no'\n+++\n"
    )
    yaml_text = (
        "---\ntitle: a\ndescription: 2020-01-01\ntags:\n- x\n- 1\n- [no]\n- 'y'\n"
        "social:\n  title: no\nother: no\n---\n"
    )
    for text in (toml, yaml_text):
        found = [(each.msgctxt, each.msgid) for each in segments(text, OPTIONS)]
        assert found == [
            ("front-matter:title", "a"),
            ("front-matter:tags", "x"),
            ("front-matter:tags", "y"),
        ]


def test_surrogate_pairs_are_one_character() -> None:
    page = '---\ntitle: "uno \\ud83d\\ude00"\n---\n'
    assert [each.msgid for each in segments(page, OPTIONS)] == ["uno 😀"]
    assert rendered(page, "one 😀") == '---\ntitle: "one 😀"\n---\n'


def test_items_of_lists_one_by_one() -> None:
    assert rendered("---\ntags: [a, 'b',\n  \"c\"]\n---\n", "x, y") == (
        '---\ntags: ["x, y", \'x, y\',\n  "x, y"]\n---\n'
    )
    assert rendered("+++\ntags = ['a', \"b\"]\n+++\n", "x") == "+++\ntags = ['x', \"x\"]\n+++\n"


@pytest.mark.parametrize("value", ["*a", "&b uno", "!!str uno"])
def test_aliases_anchors_and_tags_are_flagged_and_not_written(value: str) -> None:
    page = f"---\nother: &a texto\ntitle: {value}\n---\n"
    (segment,) = segments(page, OPTIONS)
    assert segment.placement is Placement.UNLOCATED
    result = render(page, lambda _: "x", OPTIONS)
    assert result.text == page
    assert len(result.refused) == 1


@pytest.mark.parametrize(
    ("text", "line", "language"),
    [
        ("---\ntitle: a\nb: [c\n---\n", 4, "YAML"),
        ("---\ntitle: a: b\n---\n", 2, "YAML"),
        ("---\r\na: b\r\ntitle: \x07\r\n---\r\n", 3, "YAML"),
        ('---\na: b\ntitle: "\\ud83d"\n---\n', 3, "YAML"),
        ("\ufeff+++\na = 1\ntitle = no\n+++\n", 3, "TOML"),
        ("+++\ntitle = 'a\n+++\n", 2, "TOML"),
    ],
)
def test_what_does_not_parse_is_named_with_its_line(text: str, line: int, language: str) -> None:
    with pytest.raises(DocumentError) as caught:
        segments(text, OPTIONS)
    assert str(caught.value).startswith(f"page.md:{line}: the front matter is not {language} (")
    assert str(caught.value).endswith("): mend it")


@pytest.mark.parametrize(
    "text", ["", "---", "---\n", "---\na: b\n", "uno\n---\na: b\n---\n", "----\na: b\n----\n"]
)
def test_no_front_matter(text: str) -> None:
    assert front_matter(text, Path()) is None


def test_a_long_list_is_not_read_again_for_each_item(monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    compose = yaml.compose_all

    def counted(content: str, **others: Any) -> Any:
        read.append(len(content))
        return compose(content, **others)

    monkeypatch.setattr(yaml, "compose_all", counted)
    for page in (
        "---\ntags:\n" + "".join(f"  - texto {number}\n" for number in range(200)) + "---\n",
        "---\ntags: [" + ", ".join(f"texto {number}" for number in range(200)) + "]\n---\n",
    ):
        read.clear()
        result = render(page, lambda each: f"a, b: {each.msgid}", OPTIONS)
        assert not result.refused
        assert sum(length > 1000 for length in read) <= 4
        assert yaml.safe_load(result.text.split("---")[1])["tags"][7] == "a, b: texto 7"


@pytest.mark.parametrize(
    ("page", "written"),
    [
        ("---\n{\ntitle: uno\n}\n---\n", '---\n{\ntitle: "a, b"\n}\n---\n'),
        ("---\ntitle: uno # nota\n---\n", "---\ntitle: a, b # nota\n---\n"),
        ("---\ntitle:\n  uno\n---\n", "---\ntitle:\n  a, b\n---\n"),
        (
            "---\na: {\n  title: uno\n}\ntitle: uno\n---\n",
            "---\na: {\n  title: uno\n}\ntitle: a, b\n---\n",
        ),
        ("---\ntags:\n-   uno\n- z\n---\n", "---\ntags:\n-   a, b\n- z\n---\n"),
        ("---\r\ntitle: 'uno'\r\n---\r\n", "---\r\ntitle: 'a, b'\r\n---\r\n"),
    ],
)
def test_yaml_is_written_as_its_place_wants_it(page: str, written: str) -> None:
    result = render(page, lambda each: "a, b" if each.msgid == "uno" else None, OPTIONS)
    assert result.text == written


UNO = Segment("uno", SegmentKind.FRONT_MATTER, 1)
VALUES = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], include_characters="\t\n\r"), min_size=1
).filter(lambda value: added_by_markdown(UNO, value, OPTIONS) is None)
STYLES = [
    "---\r\ntitle: {}\r\ntags: [{}, z]\r\n---\r\n",
    "---\n{{title: {}, tags: [{}], n: .nan}}\n---\n",
]
SCALARS = st.sampled_from(["uno", "'uno'", '"uno"'])


@given(st.sampled_from(STYLES), SCALARS, VALUES)
@example(STYLES[0], "uno", "A\t0")
@example("---\r\ntitle: {}\r\ntags: [{}, z]\r\n---\r\n", "uno", "A?")
def test_any_value_can_be_written_in_yaml(page: str, scalar: str, value: str) -> None:
    source = page.format(scalar, scalar)
    result = render(source, lambda each: value if each.msgid == "uno" else None, OPTIONS)
    assert not result.refused
    data: dict[str, Any] = yaml.safe_load(result.text.split("---")[1]) if "---" not in value else {}
    if data and value.strip():
        assert (data["title"], data["tags"][0]) == (value, value)


@given(st.sampled_from(["'uno'", '"uno"', "'''uno'''", '"""\nuno"""']), VALUES)
def test_any_value_can_be_written_in_toml(scalar: str, value: str) -> None:
    source = f"+++\ntitle = {scalar}\nx = nan\n+++\n"
    result = render(source, lambda _: value, OPTIONS)
    if value.strip() and "+++" not in value:
        assert not result.refused
        assert tomllib.loads(result.text.split("+++")[1])["title"] == value
