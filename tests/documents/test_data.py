"""Data files: chosen values are found and written in their style, all else stays."""

from __future__ import annotations

import json
import re
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from transpipe.documents.deeds import added_by_value
from transpipe.documents.formats import Options, format_named
from transpipe.documents.keypaths import chooser, written
from transpipe.documents.translate import Lookup, Translation, translate
from transpipe.errors import DocumentError
from transpipe.model import Document, Placement, Segment, SegmentKind


def document(text: str, name: str) -> Document:
    form = {"yml": "yaml"}.get(name.rpartition(".")[2], name.rpartition(".")[2])
    return Document(name, Path(name), text, form, None)


def segments(text: str, name: str, *keys: str) -> tuple[Segment, ...]:
    page = document(text, name)
    return format_named(page.format).segments(page, Options(data=(("**", keys),)))


def render(text: str, name: str, lookup: Lookup, *keys: str) -> Translation:
    return translate(document(text, name), Options(data=(("**", keys),)), lookup)


# ---- key paths


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("title",), "title"),
        (("params", "hero", "title"), "params.hero.title"),
        (("tags", 3), "tags"),
        (("social", 0, "name"), "social[].name"),
        ((0, "bio"), "[].bio"),
        (("rows", 0, 1), "rows[]"),
        (("a.b", "c[]"), '"a.b"."c[]"'),
        ((2,), "[]"),
    ],
)
def test_a_written_path_chooses_what_it_was_written_for(
    path: tuple[str | int, ...], text: str
) -> None:
    assert written(path) == text
    assert chooser((text,))(text)
    assert chooser((f"{text}[]",))(text)
    assert not chooser((f"x[].{text}" if text[0] != "[" else "x",))(text)


@pytest.mark.parametrize(
    ("pattern", "chosen", "left"),
    [
        ("*", ["a", '"a.b"'], ["a.b", "a[].b", "[]"]),
        ("*.message", ["x.message"], ["message", "x.y.message", "x[].message"]),
        ("**", ["a", "a.b", "[].c", "a[].b.c"], []),
        ("**.title", ["title", "a.title", "a[].b.title"], ["subtitle", "title.a"]),
        ("menu.**", ["menu.a", "menu.a[].b"], ["menu", "menus.a"]),
        ("menu[].**", ["menu[].a.b"], ["menu.a"]),
    ],
)
def test_stars(pattern: str, chosen: list[str], left: list[str]) -> None:
    chooses = chooser((pattern,))
    assert [each for each in [*chosen, *left] if chooses(each)] == chosen


@pytest.mark.parametrize("pattern", [".", "a.", "a..b", "a[0]", "a]", 'a"b', "[]a", "*a"])
def test_what_is_no_path_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=re.escape(pattern)):
        chooser((pattern,))


STEPS = st.lists(st.one_of(st.text(min_size=1), st.integers(0, 9)), min_size=1).map(tuple)


@given(STEPS)
def test_any_path_is_chosen_by_itself_and_by_stars(path: tuple[str | int, ...]) -> None:
    text = written(path)
    assert chooser((text,))(text)
    assert chooser(("**",))(text)


# ---- real shapes

MENU = """\
---
main:  # the bar above every page
  - name: Blog
    identifier: blog
    weight: 1
    params: {icon: '<i class="x"></i>', label: 'Nuestro blog'}
  - name: "Noticias"   # cada mes
    url: "/news"
---
"""
AUTHORS = """\
# quien escribe
- id: ana
  bio: >-
    Una persona que
    programa.
  since: 2019-03-20
- id: luis
  bio: |
    Línea.
    Otra línea.

  web: 'https://example.org/'
"""
PARAMS = """\
title = 'Sitio' # nota
[hero]
text = "Hola"
date = 1979-05-27 07:32:00Z
[hero.deep]
lines = ["uno", 'dos', 3, [{a = "no"}]]
"dotted.key".x = \"\"\"
tres\"\"\"
[[item]]
name = "a"
[[item.part]]
name = "p"
[[item]]
name = "b"
parts = [{name = "q", n = {m = "r"}}, {name = 's'}]
"""
CODE = """{
  "home": {"message": "Inicio", "description": "no"},
  "n": [1.50, "uno", {"k": "dos"}],\r
  "escaped": "a\\/b\\u00e9 \\ud83d\\ude00"
}"""


def test_a_menu_with_document_marks() -> None:
    found = segments(MENU, "menu.es.yaml", "main[].name", "main[].params.label")
    assert [(each.msgctxt, each.msgid, each.line) for each in found] == [
        ("data:main[].name", "Blog", 3),
        ("data:main[].params.label", "Nuestro blog", 6),
        ("data:main[].name", "Noticias", 7),
    ]
    assert all(each.kind is SegmentKind.DATA for each in found)
    result = render(
        MENU, "m.yaml", lambda each: f"a, {each.msgid}: it's", "main[].name", "**.label"
    )
    assert not result.refused
    assert result.text == MENU.replace("Blog\n", '"a, Blog: it\'s"\n').replace(
        '"Noticias"', '"a, Noticias: it\'s"'
    ).replace("'Nuestro blog'", "'a, Nuestro blog: it''s'")


def test_block_scalars_keep_their_header_and_indent() -> None:
    words = {"Una persona que programa.": "One.", "Línea.\nOtra línea.\n": "A line.\nAnother.\n"}
    result = render(AUTHORS, "author.yaml", lambda each: words.get(each.msgid), "[].bio")
    assert not result.refused
    assert result.text == AUTHORS.replace("    Una persona que\n    programa.", "    One.").replace(
        "    Línea.\n    Otra línea.", "    A line.\n    Another."
    )


def test_toml_tables_arrays_and_inline_tables() -> None:
    assert [each.msgctxt for each in segments(PARAMS, "p.toml", "**")] == [
        "data:title",
        "data:hero.text",
        "data:hero.deep.lines",
        "data:hero.deep.lines",
        "data:hero.deep.lines[][].a",
        'data:hero.deep."dotted.key".x',
        "data:item[].name",
        "data:item[].part[].name",
        "data:item[].name",
        "data:item[].parts[].name",
        "data:item[].parts[].n.m",
        "data:item[].parts[].name",
    ]
    result = render(PARAMS, "p.toml", lambda each: each.msgid + "'", "item[].parts[].name", "title")
    assert not result.refused
    assert result.text == PARAMS.replace("'Sitio'", '"Sitio\'"').replace('"q"', '"q\'"').replace(
        "'s'", '"s\'"'
    )


def test_json_keeps_numbers_blanks_and_escapes() -> None:
    result = render(CODE, "c.json", lambda each: each.msgid + "ñ\n", "*.message", "n", "escaped")
    assert not result.refused
    assert result.text == (
        CODE.replace('"Inicio"', '"Inicio\\u00f1\\n"')
        .replace('"uno"', '"uno\\u00f1\\n"')
        .replace('"a\\/b\\u00e9 \\ud83d\\ude00"', '"a/b\\u00e9 \\ud83d\\ude00\\u00f1\\n"')
    )
    plain = '{"a": "ñ"}'
    assert render(plain, "c.json", lambda each: "ó", "a").text == '{"a": "ó"}'


def test_several_yaml_documents_in_a_file() -> None:
    text = "title: uno\n---\ntitle: dos\n...\n---\ntitle: tres\n"
    result = render(text, "d.yaml", lambda each: f"«{each.msgid}»", "title")
    assert result.text == text.replace("uno", "«uno»").replace("dos", "«dos»").replace(
        "tres", "«tres»"
    )


@pytest.mark.parametrize(
    "text",
    [
        "a: &x {title: uno}\nb: *x\n",
        "a: &x uno\nb: {title: *x}\n",
        "a: &x\n  title: uno\nb:\n  <<: *x\n  c: d\n",
        "a:\n  title: !!str uno\n",
        "a:\n  title: &x uno\n",
    ],
)
def test_what_an_alias_repeats_is_flagged_and_never_written(text: str) -> None:
    found = segments(text, "d.yaml", "**.title")
    assert found
    assert all(each.placement is Placement.UNLOCATED for each in found)
    result = render(text, "d.yaml", lambda _: "x", "**.title")
    assert result.text == text
    assert result.refused


def test_an_anchor_nobody_repeats_does_not_hinder() -> None:
    text = "a: &x\n  title: uno\nb: &y {z: 1}\nc: *y\n"
    assert render(text, "d.yaml", lambda _: "dos", "a.title").text == text.replace("uno", "dos")


# ---- laws

VALUE = Segment("uno", SegmentKind.DATA, 1)
TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], include_characters="\t\n\r"), min_size=1
).filter(lambda value: bool(value.strip()) and added_by_value(VALUE, value, Options()) is None)
KEYS = st.sampled_from(["title", "a.b", "x y", "ñ", "n1", "no", "12", 'q"'])
LEAVES: SearchStrategy[Any] = st.one_of(
    st.sampled_from(
        ["uno", "dos tres", "a: b", "'q'", "yes", "12", "", "# x", "- x", "línea\notra"]
    ),
    st.integers(-9, 9),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
)
TREES = st.dictionaries(
    KEYS,
    st.recursive(
        LEAVES,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)
        ),
        max_leaves=8,
    ),
    min_size=1,
    max_size=4,
)


def as_toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {as_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    return json.dumps(value)


def toml_file(data: dict[str, Any]) -> str:
    plain = {key: value for key, value in data.items() if not isinstance(value, dict)}
    tables = {key: value for key, value in data.items() if isinstance(value, dict)}
    lines = [f"{json.dumps(key)} = {as_toml(value)} # nota" for key, value in plain.items()]
    for key, table in tables.items():
        lines += [
            f"[{json.dumps(key)}]",
            *(f"{json.dumps(k)}={as_toml(v)}" for k, v in table.items()),
        ]
    return "\n".join(lines) + "\n"


WRITERS: dict[str, list[Any]] = {
    "d.json": [json.dumps, lambda data: json.dumps(data, indent=2, ensure_ascii=False) + "\n"],
    "d.toml": [toml_file],
    "d.yaml": [
        lambda data: yaml.safe_dump(data, allow_unicode=True, sort_keys=False),
        lambda data: yaml.safe_dump(data, default_flow_style=True, width=30),
        lambda data: yaml.safe_dump(data, default_style="'"),
        lambda data: yaml.safe_dump(data, default_style="|", allow_unicode=True),
        json.dumps,
    ],
}
READERS: dict[str, Any] = {"d.json": json.loads, "d.toml": tomllib.loads, "d.yaml": yaml.safe_load}


def mapped(value: Any, write: Any) -> Any:
    if isinstance(value, dict):
        return {key: mapped(each, write) for key, each in value.items()}
    if isinstance(value, list):
        return [mapped(each, write) for each in value]
    return write(value) if isinstance(value, str) and value.strip() else value


@given(st.data(), TREES, st.sampled_from(sorted(WRITERS)))
def test_the_written_data_is_the_data_but_for_its_translations(
    draw: st.DataObject, tree: dict[str, Any], name: str
) -> None:
    source = draw.draw(st.sampled_from(WRITERS[name]))(tree)
    source = draw.draw(st.sampled_from([source, "\ufeff" + source]))
    before = READERS[name](source.removeprefix("\ufeff"))
    assert render(source, name, lambda each: each.msgid, "**").text == source
    value = draw.draw(TEXTS)
    result = render(source, name, lambda _: value, "**")
    assert not result.refused
    after = READERS[name](result.text.removeprefix("\ufeff"))
    # TOML reads CRLF inside a long string as it is written.
    assert after == mapped(before, lambda _: value)
    assert [each.msgid for each in segments(result.text, name, "**")] == [
        value for _ in segments(source, name, "**")
    ]


@given(st.data(), TREES, st.sampled_from(sorted(WRITERS)))
def test_what_is_not_chosen_stays_byte_for_byte(
    draw: st.DataObject, tree: dict[str, Any], name: str
) -> None:
    source = draw.draw(st.sampled_from(WRITERS[name]))(tree)
    found = segments(source, name, "**")
    result = render(source, name, lambda each: each.msgid + "!", "title", "title.**")
    end = 0
    for each in found:
        if each.msgctxt and not chooser(("title", "title.**"))(each.msgctxt.partition(":")[2]):
            held = source[each.spans[0].start : each.spans[0].end]
            end = result.text.index(held, end)


# ---- bad and hostile input


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        ("a: 1\nb: [c\n", "d.yaml", "d.yaml:3: is not YAML ("),
        ("a = 1\nb = no\n", "d.toml", "d.toml:2: is not TOML ("),
        ('{\n"a": 1,\n!}', "d.json", "d.json:3: is not JSON ("),
        ("{", "d.json", "d.json:1: is not JSON ("),
        ('{"a": 1,\n"b": {"c": 1, "c":\n 2}}', "d.json", "d.json:2: has a key twice"),
        ("a: 1\nb:\n  c: 1\n  c: 2\n", "d.yaml", "d.yaml:4: has a key twice"),
        ('{"a":\n "\\ud83d"}', "d.json", "d.json:2: is not JSON (half a surrogate pair)"),
        ("[" * 100_000, "d.json", "d.json:1: is not JSON (nested too deeply)"),
        ("[" * 100_000, "d.yaml", "d.yaml:1: is not YAML ("),
        ("a = " + "[" * 100_000, "d.toml", "d.toml:1: is not TOML ("),
        ("a: &a [*a]\n", "d.yaml", "d.yaml:1: is not YAML (its aliases stand for more"),
        ('{"a": ' + "9" * 5000 + "}", "d.json", "d.json:1: is not JSON ("),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(text: str, name: str, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        segments(text, name, "**")
    assert str(caught.value).startswith(message)


def test_aliases_that_multiply_end_soon() -> None:
    lines = ['a0: &a0 ["lol"]']
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    started = time.process_time()
    with pytest.raises(DocumentError, match="its aliases stand for more values"):
        segments("\n".join(lines), "d.yaml", "**")
    assert time.process_time() - started < 10


def test_a_key_path_chooses_nothing_else() -> None:
    assert segments('{"a": {"b": "x"}, "b": "y"}', "d.json", "a") == ()
    assert [each.msgid for each in segments('{"a": {"b": "x"}, "b": "y"}', "d.json", "b")] == ["y"]
