"""The parts of the extension that need no site."""

from __future__ import annotations

import json
import subprocess
import sys
from textwrap import indent

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from transpipe.deeds import Deed, DeedKind
from transpipe.sphinx.frontmatter import MalformedTomlError, toml_as_yaml
from transpipe.sphinx.guard import (
    deeds_of_html,
    deeds_of_tex,
    is_unbalanced,
    is_unbalanced_tex,
)
from transpipe.sphinx.interface import words_of_sphinx
from transpipe.sphinx.languages import direction, is_readable_as, name_for, own_name, tag
from transpipe.sphinx.staging import blank_line_paragraphs
from transpipe.sphinx.translated import Form, TranslatedText, undecorate

TEXTS = st.text(st.sampled_from("ab=:. \n\\"), min_size=1).filter(str.strip)


def as_locale_does(text: str, form: Form) -> str:
    """Decorate a msgstr as sphinx.transforms.i18n.Locale does."""
    if text.strip().endswith("::"):
        text += "\n\n   dummy literal"
    if form is Form.LITERAL:
        return "::\n\n" + indent(text, " " * 3)
    return text + "\n" + "=" * len(text) * 2 if form is Form.TITLE else text


@given(TEXTS, st.sampled_from([Form.TITLE, Form.LITERAL]))
def test_decorations_are_undone(text: str, form: Form) -> None:
    assert undecorate(as_locale_does(text, form)) == TranslatedText(text, form)


@given(st.text(st.sampled_from("ab:. "), min_size=1))
def test_a_paragraph_is_left_alone(text: str) -> None:
    assert undecorate(as_locale_does(text, Form.PARAGRAPH)) == TranslatedText(text, Form.PARAGRAPH)


VALUES = st.dictionaries(
    st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1),
    st.one_of(st.booleans(), st.integers(-9, 9), st.text(st.characters(categories=["L", "P"]))),
    min_size=1,
)


@given(VALUES, st.text(st.sampled_from("ab\n+#"), max_size=20))
def test_toml_becomes_yaml_of_as_many_lines(data: dict[str, object], rest: str) -> None:
    toml = "".join(
        f"{json.dumps(key)} = {json.dumps(value, ensure_ascii=False)}\n"
        for key, value in data.items()
    )
    text = f"+++\n{toml}+++\n{rest}"
    changed = toml_as_yaml(text)
    assert changed.count("\n") == text.count("\n")
    assert changed.endswith(rest)
    head, body = changed.split("\n---\n", 1) if "\n---\n" in changed else (changed[:-4], "")
    assert yaml.safe_load(head.removeprefix("---\n")) == data
    assert body == rest


@pytest.mark.parametrize(
    "text", ["", "+++", "+++\nopen\n", "a\n+++\nb = 1\n+++\n", "---\na: 1\n---\n"]
)
def test_what_is_no_toml_front_matter_stays(text: str) -> None:
    assert toml_as_yaml(text) == text


def test_toml_that_is_none() -> None:
    with pytest.raises(MalformedTomlError) as caught:
        toml_as_yaml("+++\na = \n+++\nText\n")
    assert caught.value.text == "\n\n\nText\n"
    assert toml_as_yaml("+++\n+++\nText\n") == "\n\nText\n"


def test_what_html_does() -> None:
    assert deeds_of_html("<b>a</b><b>") == {
        Deed(DeedKind.HTML, "<b>"): 2,
        Deed(DeedKind.HTML, "</b>"): 1,
    }
    assert deeds_of_html("<!-- said aside -->")  # some servers obey comments


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [
        ("<b>a</b> <i>b</i>", "<i>b</i> <b>a</b>", False),
        ("<p>a<p>b", "<p>b<p>a", False),
        ("<b>a</b>", "a</b><b>", True),
        ("<b><i>a</i></b>", "<b><i>a</b></i>", True),
        ("a<br>b", "a<br>b</br>", False),
        ("a", "a <b", True),
    ],
)
def test_html_that_is_left_open(source: str, translation: str, expected: bool) -> None:
    assert is_unbalanced(source, translation) == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"\frac{a}{\text{b \% c}}", {r"\frac"}),
        (r"\href {https://a.example}{x}", {r"\href {https://a.example}"}),
        (r"\def\a{b{c}}d", {r"\def\a{b{c}}", r"\a"}),
        (r"\input secret", {r"\input secret"}),
        (r"a & b % c^^41", {"&", "%", "^^"}),
    ],
)
def test_what_a_formula_does(formula: str, expected: set[str]) -> None:
    assert {deed.what for deed in deeds_of_tex(formula)} == expected


@pytest.mark.parametrize(
    ("formula", "expected"), [(r"\{a{b}", False), ("a}{b", True), ("{a", True), ("", False)]
)
def test_a_formula_that_is_not_whole(formula: str, expected: bool) -> None:
    assert is_unbalanced_tex(formula) == expected


@pytest.mark.parametrize(
    ("reader", "page", "expected"),
    [
        ("es", "es", True),
        ("es", "es_MX", True),
        ("es_MX", "es", False),
        ("pt_BR", "pt", False),
        ("pt-br", "pt_BR", True),
        ("en", "es", False),
        ("zh_Hant", "zh_Hans", False),
        ("xx-unknown", "xx_unknown", True),
    ],
)
def test_whom_a_page_serves(reader: str, page: str, expected: bool) -> None:
    assert is_readable_as(reader, page) == expected


def test_names_of_languages() -> None:
    assert [own_name(code) for code in ("es", "pt_BR", "en", "xx")] == [
        "Español", "Português (Brasil)", "English", "xx",
    ]  # fmt: skip
    assert name_for("en", "es") == "inglés"
    assert (tag("pt_BR"), direction("ar"), direction("es")) == ("pt-BR", "rtl", "ltr")


@pytest.mark.parametrize(
    ("shown", "written", "word", "expected"),
    [
        ("es", "en", "Parámetros", "Parameters"),
        ("en", "es", "Parameters", "Parámetros"),
        ("pt_BR", "es", "Parâmetros", "Parámetros"),
        ("en", "en", "Parameters", None),
    ],
)
def test_words_that_sphinx_writes(
    shown: str, written: str, word: str, expected: str | None
) -> None:
    assert words_of_sphinx(shown, written).get(word) == expected


@given(st.lists(st.text(st.sampled_from("ab."), min_size=1), min_size=1))
def test_paragraphs_between_blank_lines(parts: list[str]) -> None:
    assert list(blank_line_paragraphs("\n \n".join(parts) + "\n")) == parts


def test_importing_the_runs_loads_no_sphinx() -> None:
    code = (
        "import sys, transpipe.sphinx;"
        "heavy = {'sphinx', 'docutils', 'myst_parser'};"
        "sys.exit(any(name.split('.')[0] in heavy for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_myst_that_is_not_known_is_used_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    from transpipe.sphinx import markdown

    assert markdown.is_known_myst()
    monkeypatch.setattr(markdown, "create_md_parser", lambda config: None)
    assert not markdown.is_known_myst()
