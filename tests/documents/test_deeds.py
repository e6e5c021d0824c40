"""What a msgstr may not do: the tenth law, where a document is written."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transpipe.documents.deeds import added_by_markdown
from transpipe.documents.options import Options
from transpipe.model import Segment, SegmentKind

from .make import render

GFM, MYST = Options(), Options(markdown="myst")
SAYS = "which the source does not have"


def added(msgid: str, msgstr: str, options: Options = GFM) -> str | None:
    return added_by_markdown(Segment(msgid, SegmentKind.PARAGRAPH, 1), msgstr, options)


@pytest.mark.parametrize(
    ("msgstr", "what"),
    [
        ('Hola <script src="//evil"></script>', 'the HTML tag <script src="//evil">'),
        ("Hola <IMG\nsrc=x onerror='a()'>", 'the HTML tag <img onerror="a()" src="…">'),
        ("Hola </div>", "the HTML tag </div>"),
        ("Hola <!-- #include file='x' -->", "the HTML tag <!-- #include file='x' -->"),
        ("Hola <?php x ?>", "the HTML tag <?php x ?>"),
        ("![<b>](a.png)", "the HTML tag <b>"),
        ('{{< readfile "/etc/passwd" >}}', 'the template tag {{< readfile "/etc/passwd" >}}'),
        ("{{% x\n%}}", "the template tag {{% x %}}"),
        ("Hola {{ config }}", "the template tag {{ config }}"),
        ("Hola `{{ config }}`", "the template tag {{ config }}"),
        ("Hola {% include x %}", "the template tag {% include x %}"),
        ("Hola {{ config", "the template tag {{"),
        ('--8<-- "secreto"', 'the template tag --8<-- "secreto"'),
        ('*Hola*{: onclick="a()"}', 'the attributes {: onclick="a()"}'),
        ("[x](javascript:alert(1))", "the address javascript:alert(1)"),
        ("[x](JavaScript:alert)", "the address JavaScript:alert"),
        ("[x](java&#115;cript:alert)", "the address javascript:alert"),
        ("[x](&#1;javascript&colon;a)", "the address javascript:a"),
        ("[x](<java&Tab;script:a>)", "the address javascript:a"),
        ("<vbscript:a>", "the address vbscript:a"),
        ("![x](data:image/svg+xml,a)", "the address data:image/svg+xml,a"),
        ("[*x*](file:///etc/passwd)", "the address file:///etc/passwd"),
        ("Hola \x1b[31m", "the control character U+001B"),
        ("Hola \x85 x", "the control character U+0085"),
    ],
)
def test_a_msgstr_that_does_something_is_refused(msgstr: str, what: str) -> None:
    for page in ("uno\n", "- uno\n", "> uno\n", "# uno\n", "| uno |\n|---|\n"):
        result = render(page, lambda _: msgstr)
        assert result.text == page
        assert [each.reason for each in result.refused] == [f"it adds {what}, {SAYS}"]
    assert added(msgstr, msgstr) is None
    assert added(msgstr, f"x {msgstr}") is None


def test_what_only_comes_to_be_when_lines_are_folded_is_refused() -> None:
    msgstr = "a <scr\\\nipt>"
    assert render("# uno\n", lambda _: msgstr).text == "# uno\n"


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("uno", "[one](https://new.example.org) <https://example.org>"),
        ("uno", "`<script>` \\<b> a < b"),
        ("uno", "`[x](javascript:a)` javascript: is a word"),
        ("<b>uno</b> <i>dos</i>", "<i>two</i> <b>one</b>"),
        ('{{< ref "a" >}} y {{% b %}}', '{{%  b %}} and {{< ref "a" >}}'),
        ("{{ n }} uno", "{{ n }} one {{ n }}"),
        ('uno <img src="a.png" alt="Foto">', "one <img src='en.png' alt=\"Photo\">"),
        ('<a href="/es/">uno</a>', '<a href="/en/">one</a>'),
        ('{{< figure src="a" alt="Foto" >}} uno', '{{< figure src="a" alt="Photo" >}} one'),
        ("[uno](file:///a)", "[one](file:///a)"),
        ("uno {0} y {nombre}", "{nombre} and {0} one"),
    ],
)
def test_a_msgstr_that_says_something_is_not(msgid: str, msgstr: str) -> None:
    assert added(msgid, msgstr) is None


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("<b>uno</b>", "<b>one</b></b>"),
        ("<b>uno</b>", '<b onclick="a()">one</b>'),
        ('<a href="/a">uno</a>', '<a href="javascript:a()">one</a>'),
        ('<a href="/a">uno</a>', '<a href="/a" style="x">one</a>'),
        ('{{< readfile "a" >}} uno', '{{< readfile "b" >}} one'),
        ('{{< x alt="a" >}} uno', '{{< x alt="}}" y="{{<evil>}}" >}} one'),
        ("[uno](file:///a)", "[one](file:///b)"),
    ],
)
def test_what_is_there_may_not_do_more(msgid: str, msgstr: str) -> None:
    assert added(msgid, msgstr)


@pytest.mark.parametrize(
    ("msgid", "msgstr", "what"),
    [
        ("uno", "{raw}`x`", "{raw}`x`"),
        ("uno", "{doc}`a`", "{doc}"),
        ("{download}`a <a.zip>`", "{download}`b <c.zip>`", "{download}`c.zip`"),
        ("{download}`a <a.zip>`", "{download}`b <a.zip>`", None),
        ("{raw-html}`<b>`", "{raw-html}`<script>`", "{raw-html}`<script>`"),
        ("{doc}`a </x>` {py:func}`f`", "{py:func}`f` {doc}`b </x>`", None),
        ("{abbr}`a (b)`", "{abbr}`a (c)`", None),
    ],
)
def test_roles_of_myst(msgid: str, msgstr: str, what: str | None) -> None:
    reason = f"it adds the role {what}, {SAYS}" if what else None
    assert added(msgid, msgstr, MYST) == reason
    assert added("uno", "{raw}`x`", GFM) is None


@pytest.mark.parametrize("page", ["---\ntitle: uno\n---\n", "+++\ntitle = 'uno'\n+++\n"])
@pytest.mark.parametrize(
    "msgstr", ["<script>", "`<b>`", "a <img src=x onerror=a()", "{{< x >}}", "{{ x }}", "a\x1b[0m"]
)
def test_values_of_the_front_matter(page: str, msgstr: str) -> None:
    result = render(page, lambda _: msgstr)
    assert result.text == page
    assert result.refused[0].reason.startswith("it adds ")
    assert render(page, lambda _: "a < b & {c} [x](y)").text != page


def test_plain_text_only_says_things() -> None:
    assert render("uno\n", lambda _: "<script> {{ x }}", format_name="text").refused == ()
    result = render("uno\n", lambda _: "a\x1b[0m", format_name="text")
    assert [each.reason for each in result.refused] == [
        f"it adds the control character U+001B, {SAYS}"
    ]


def test_a_long_deed_is_cut() -> None:
    reason = added("uno", f"<b class='{'x' * 300}'>")
    assert reason is not None and len(reason) < 120 and "…" in reason


_PIECES = st.lists(
    st.sampled_from(
        ["<b>", "</b>", "{{< x >}}", "{% y %}", "[a](javascript:b)", "`<i>`", "{raw}`z`", "uno"]
    ),
    min_size=1,
)


@given(_PIECES, st.sampled_from([GFM, MYST]), st.randoms())
def test_order_is_free(pieces: list[str], options: Options, chance: Random) -> None:
    others = list(pieces)
    chance.shuffle(others)
    assert added(" ".join(pieces), " ".join(others), options) is None
