"""What is known of deeds in any syntax."""

from __future__ import annotations

import pytest

from transpipe.deeds import (
    Deed,
    DeedKind,
    acting_schemes,
    acts,
    html_tags,
    is_control,
    is_saying_role,
    readable_parameters_replaced,
    template_tags,
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ('<b title="x">', '<b title="y">', True),
        ('<img alt="a" src="i.png">', '<img src="i.png" alt="b">', True),
        ('<img src="i.png">', '<img src="j.png">', False),
        ("<b>", "<b onclick=x()>", False),
        ("<b>", "</b>", False),
        ("<b>", "<B>", True),
        ("<br>", "<br/>", True),
        ("", "<!-- said aside -->", False),
        ("", "<?php x ?>", False),
        ("", "<!DOCTYPE x>", False),
        ("a < b", "", True),
    ],
)
def test_tags(one: str, other: str, same: bool) -> None:
    assert (html_tags(one) == html_tags(other)) == same


def test_a_tag_is_shown_as_html() -> None:
    tags = html_tags('<a href="x" title="y" hidden>b</a><!-- c --><?php d ?>')
    assert list(map(str, tags)) == ['<a hidden href="x">', "</a>", "<!-- c -->", "<?php d ?>"]
    assert [tag.is_comment for tag in tags] == [False, False, True, False]


def test_a_number_that_python_refuses_to_read() -> None:
    assert html_tags(f'<i class="&#{"9" * 5000};">')[0].attributes == (("class", "\ufffd"),)
    assert not acts(f"&#{'9' * 5000};")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:a",
        "JavaScript:a",
        "java\tscript:a",
        "\x01javascript&colon;a",
        "java&#115;cript:a",
        "file:///a",
        "data:text/html,a",
        "vbscript:a",
        "blob:a",
    ],
)
def test_addresses_that_act(address: str) -> None:
    assert acts(address)


@pytest.mark.parametrize("address", ["", "a", "https://a.b/javascript:", "mailto:a@b", "#data:"])
def test_addresses_that_lead_somewhere(address: str) -> None:
    assert not acts(address)


def test_schemes_in_a_text() -> None:
    assert list(acting_schemes("javascript: is a word, data: too, JavaScript:x is not")) == [
        "javascript:"
    ]


def test_deeds_in_words() -> None:
    assert str(Deed(DeedKind.ROLE, "ref")) == "the role {ref}"
    assert str(Deed(DeedKind.ROLE, "raw", "x")) == "the role {raw}`x`"
    assert str(Deed(DeedKind.HTML, "<b>")) == "the HTML tag <b>"


def test_roles() -> None:
    assert all(map(is_saying_role, ["ref", "Kbd", "py:func", "pep"]))
    assert not any(map(is_saying_role, ["raw", "download", "raw-html", "include"]))


def test_templates() -> None:
    text = '{{< x src="a" alt="{b}" >}} {% if y %} {{ z'
    assert list(template_tags(text)) == ['{{< x src="a" >}}', "{% if y %}", "{{"]
    assert readable_parameters_replaced("{{< x caption = `a` >}}", "…") == "{{< x caption=… >}}"


def test_control_characters() -> None:
    assert not any(map(is_control, "\n\r\ta"))
    assert all(map(is_control, "\x1b\x00\x85"))
