"""Particular texts, a line each."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel import Locale

from transpipe.checks import Context, run_checks, sentences
from transpipe.checks.dialect import Dialect
from transpipe.checks.wording import source_remnant
from transpipe.model import Catalog, Message


def found(msgid: str, msgstr: str, syntax: str = "markdown", locale: str = "es") -> list[str]:
    catalog = Catalog("index", Locale.parse(locale), Message("", ""), (Message(msgid, msgstr),))
    return [finding.check for finding in run_checks(catalog, Path("index.po"), syntax)]


@pytest.mark.parametrize(
    ("msgid", "msgstr", "checks"),
    [
        # a backslash makes text of markup
        ("See [it](a).", "Vea \\[eso\\](a).", ["link-target"]),
        ("A `b`.", "Una \\`b\\`.", ["code-span"]),
        # links inside and around other things
        ("[![x](i.png)](a)", "[![y](i.png)](a)", []),
        ("[![x](i.png)](a)", "![y](i.png)", ["link-target"]),
        ("**[a](b)**", "[**a**](b)", []),
        ("[a [b] c](d)", "[x [y] z](d)", []),
        ("[`a`](b)", "[`a`] (b)", ["link-target"]),
        ("[a](b 'Title')", "[a](b 'Título')", []),
        ("<a@b.org>", "<a@c.org>", ["link-target"]),
        # defined elsewhere
        ("[a][b]", "[x][B]", []),
        ("[a][]", "[x][a]", []),
        ("[a]", "[x][a]", []),
        ("![a][b]", "![x][c]", ["image-target"]),
        ("Text[^1]", "Texto[^2]", ["footnote-reference"]),
        ("Text[^1]", "Texto [^1](a)", ["link-target", "footnote-reference"]),
        # blocks
        ("A", "[a]: b", ["block-structure"]),
        ("A | b", "| a | b |\n| - | - |", ["block-structure"]),
        ("A", "<div>a", ["block-structure", "html-tag"]),
        # white space that a line begins with is not written
        ("A", "    a", ["edge-space"]),
        ("A", "\ta\n    b", ["edge-space"]),
        ("A", "a\n      - b", ["block-structure"]),
        # blocks beyond CommonMark
        ("A", "a\n: b", ["block-structure"]),
        ("A", "[^1]: b", ["block-structure", "footnote-reference"]),
        ("a\n: b", "c\n: d", []),
        # what no block can hold
        ("A", "\\", ["block-structure"]),
        ("\\", "\\", []),
        ("A", "\ufeffa", ["control-character"]),
        ("A", " \ufeffa", ["control-character", "edge-space"]),
        ("A", "a\ufeffb", []),
        ("\ufeffA", "\ufeffa", []),
        ("A", "<div>\na", ["block-structure", "html-tag"]),
        ("```sh\nmake # it\n```", "```sh\nmake # eso\n```", []),
        ("> a", "> b", []),
        # a block that takes in the rest of the document
        ("```\nmake\n```", "```\nmake", ["block-structure"]),
        ("```\nmake\n```", "```\nmake\n``", ["block-structure"]),
        ("````\nmake\n````", "````\nmake\n```", ["block-structure"]),
        ("```\nmake\n```", "~~~\nmake\n~~~~", []),
        ("```\nmake", "```\nmake", []),
        ("<!-- a -->", "<!-- b", ["block-structure"]),
        ("<!-- a -->", "<!-- b -->", []),
        # HTML
        ("a<br>b", "a<br/>b", []),
        ("<!-- a -->b", "b", []),
        ('<img src="/en/a.png">', '<img src="/es/a.png">', []),
        ("a", 'a <img src=x onerror="x">', ["html-tag"]),
        ("<b>a</b>", '<b onclick="x">a</b>', ["html-tag"]),
        ("<b>a</b>", "</b>a<b>", ["html-tag"]),
        ("<b><i>a</i></b>", "<b><i>a</b></i>", ["html-tag"]),
        ("<b>a</b> <br> <i>b</i>", "<i><b>b</b></i> <br>a", []),
        ("</b>a<br>", "<br></b>a", []),
        ("<b>a</i></b>", "</b>a</i><b>", []),
        # code
        ("Write `{name}` here.", "Escriba `{nombre}` aquí.", ["code-span"]),
        # emphasis
        ("An *old* one", "Uno *viejo", ["leftover-markup"]),
        ("An _old_ one", "Uno _ viejo_", ["leftover-markup"]),
        ("An **old** one", "Uno **viejo", ["leftover-markup"]),
        ("All *old* ones", "Tod*s *viej*s*", []),
        ("All are old", "Tod*s viej_s y nuevos*", []),
        ("All are old", "Son (_viejos)", ["leftover-markup"]),
        ("All are `old`", "Son *`old`", ["leftover-markup"]),
        ("All [are](b)", "Son [_todos](b)", ["leftover-markup"]),
        ("See _build or *", "Vea * o _build", []),
        ("All are old", "Son \\*viejos y \\_nuevos", []),
        ("An *old* one", "Uno viejo", []),
        # roles
        ("{ref}`a <b>`", "{ref}`c <b>`", []),
        ("{math}`x`", "{math}`y`", ["role-target"]),
        ("{doc}`a`", "{doc} `a`", ["role-target"]),
        # an address in disguise
        ("See https://a.org", "https://a.org@b@y.org", ["new-link-host"]),
        ("See https://a.org", "a://,https://a.org,https://y.org", ["new-link-host"]),
        ("See www.a.org", "www.a.org,www.y.org", ["new-link-host"]),
        ("[a](b)", f"[a](java&#{'0' * 5000}115;cript:x)", ["link-target", "link-scheme"]),
        # a number that Python refuses to read
        ("a", f"a &#{'9' * 5000}; &#x{'f' * 5000};", []),
        ("a", f'a <i title="&#{"9" * 5000};">', ["html-tag"]),
        ("[a](b)", "[a](h&#116;tps://y.org)", ["new-link-host"]),
        ("[a](b)", "[a](https\\://y.org)", ["link-target"]),
        ("[a](b)", "[a](https:y.org)", ["link-target"]),
        ("[a](b)", "[a](&#106;avascript:x)", ["link-target", "link-scheme"]),
        ("[a](b)", "[a](//y.org)", ["new-link-host"]),
        ("a", "a https://a.org\u3000b", ["new-link-host"]),
        # one fault, one finding
        ("[a](https://x.org/a)", "[a](https://y.org/a)", ["new-link-host"]),
        ("![a](https://x.org/a)", "![a](https://y.org/a)", ["new-link-host"]),
    ],
)
def test_markdown(msgid: str, msgstr: str, checks: list[str]) -> None:
    assert found(msgid, msgstr) == checks


@pytest.mark.parametrize(
    ("msgid", "msgstr", "checks"),
    [
        ("$x$ is $y$", "$y$ es $x$", []),
        ("$x$ is", "$$x$$ es", ["math"]),
        ("$$\nx = y\n$$", "$$ x=y $$", []),
        ("$$\nx = y\n$$", "$$ x=z $$", ["math"]),
        ("$x_1$ of $x_2$", "$x_1$", ["math"]),
        ("$\\alpha b$", "$\\alphab$", ["math"]),
        ("$a * b$", "$a * b$ y $c * d$", ["math"]),
        # a formula is no markup, and hides none
        ("$a_b$ and $c_d$", "$c_d$ y $a_b$", []),
        ("a $x$", "un $x$ $<script>x</script>$", ["math"]),
        ("a", "un $<script>x</script>$", ["html-tag"]),
        # numbers as the language writes them, and words
        ("$0.5$ is", "$0{,}5$ es", []),
        ("$x \\mbox{ if } y$", "$x \\mbox{ si } y$", []),
        # no formulas
        ("From $5 to $10", "De 5$ a 10$", []),
        ("From $5 to $10", "De $5 a $10", []),
        ("For US$5 or US$6", "Por 5 US$ o 6 US$", []),
        ("`$x$`", "$x$", ["code-span"]),
        ("$HOME/a:$PATH", "$PATH:$HOME/a", []),
        ("${a}/${b}", "${b} en ${a}", []),
        ("$(a)/$(b)", "$(b) en $(a)", []),
        ("\\$x\\$", "\\$y\\$", []),
    ],
)
def test_formulas_where_nothing_tells_of_them(msgid: str, msgstr: str, checks: list[str]) -> None:
    assert found(msgid, msgstr) == checks


@pytest.mark.parametrize(
    ("dialect", "msgid", "msgstr", "count"),
    [
        (Dialect("myst", frozenset()), "$x$", "$y$", 0),
        (Dialect("myst", frozenset({"dollarmath"})), "$x$", "$y$", 1),
        (Dialect("myst", frozenset({"dollarmath"})), "$ x $", "$ y $", 1),
        (Dialect("myst", frozenset({"dollarmath"})), "x", "$ y $", 1),
        (Dialect("myst", frozenset({"dollarmath"})), "From $5 to $10", "De $5 a $10", 0),
        (Dialect("myst", frozenset({"dollarmath"}), math_spaces=False), "$ x $", "$ y $", 0),
        (Dialect("myst", frozenset({"dollarmath"})), "5$ or 6$", "5$ o 6$", 1),
        (Dialect("myst", frozenset({"dollarmath"}), math_digits=False), "5$ or 6$", "5$ o 6$", 0),
        (Dialect("gfm"), "$x$", "$y$", 1),
    ],
)
def test_formulas_as_the_document_reads_them(
    dialect: Dialect, msgid: str, msgstr: str, count: int
) -> None:
    context = Context(Locale("es"), "markdown", dialect=dialect)
    catalog = Catalog("index", Locale("es"), Message("", ""), (Message(msgid, msgstr),))
    findings = run_checks(catalog, Path("index.po"), "markdown", context=context)
    assert [finding.check for finding in findings] == ["math"] * count


@pytest.mark.parametrize(
    ("msgid", "msgstr", "checks"),
    [
        ("[a]{.b .c}", "[x]{.c .b}", []),
        ("[a]{.b}", "[x]{.c}", ["attribute-list"]),
        ("[a]{.b}", '[x]{class="b"}', []),
        ("`a`{.b}", "`a`{: .b}", []),
        ("![a](b){w=1}", "![a](b){w=1 onclick=x}", ["attribute-list"]),
        ("![a](b)", "![a](b){onclick=x}", ["attribute-list"]),
        ("![a](b){w=1 alt='a map'}", "![a](b){alt='un mapa' w='1'}", []),
        ("![a](b){#c}", "{#c} ![a](b)", ["attribute-list"]),
        ("{#c}", "{#d", ["attribute-list"]),
        ("`{#c}`", "`{#c}`", []),
        # no lists of attributes
        ("{a} {.5} {x, y} {# a #}", "{a} {.6} {y, x} {# b #}", []),
        ("{{ f(a=1) }}", "{{ f(a=1) }}", []),
        ("{% a b=1 %}", "{% a b=1 %}", []),
    ],
)
def test_lists_of_attributes(msgid: str, msgstr: str, checks: list[str]) -> None:
    assert found(msgid, msgstr) == checks


@pytest.mark.parametrize(
    ("msgid", "msgstr", "checks"),
    [
        ("```sh\nmake\n```", "```bash\nmake\n```", ["fence-info"]),
        ("```sh\nmake\n```", "```\nmake\n```", ["fence-info"]),
        ("```sh\nmake\n```", "make", ["code-span", "fence-info"]),
        ("- a\n  ```sh\n  b\n  ```", "- a\n  ```sch\n  b\n  ```", ["code-span", "fence-info"]),
        ("```js title='A'\nb\n```", "```js title='B'\nb\n```", []),
        ("```js {1,3}\nb\n```", "```js {1,4}\nb\n```", ["fence-info"]),
        ("A ```b``` c", "Un ```b``` c", []),
    ],
)
def test_fences(msgid: str, msgstr: str, checks: list[str]) -> None:
    assert found(msgid, msgstr) == checks


@pytest.mark.parametrize(
    ("msgid", "msgstr", "checks"),
    [
        ("100% sure", "100 % seguro, 100% de acuerdo", []),
        ("50% in all", "en total, un 50% de todo", []),
        ("%s of %d", "%d de %s", []),
        ("%1$s", "%2$s", ["placeholder"]),
        ("${name}", "${nombre}", ["placeholder"]),
        ("{0} and {}", "{} y {0}", []),
        ("{a!r:>10}", "{a!r:>10}", []),
        ("{{x}}", "{{ x }}", []),
        ("{{% a %}}b{{% /a %}}", "{{% a %}}b", ["placeholder"]),
        ("{{< a b=1 >}}", "{{< a b=2 >}}", ["placeholder"]),
        ('{{< a "b c" >}}', '{{< a "d" >}}', []),
        ('{{< a "b c" >}}', '{{< b "b c" >}}', ["placeholder"]),
        ('{{< a "b" >}}', '{{< a "c" >}}', ["placeholder"]),
        ("{{< a >}} > 1% {{< b >}}", "{{< b >}} > {{< a >}}", []),
        ('{{% a b="1%" %}}', '{{% a b="1" %}}', ["placeholder"]),
        ("{{ x y }}", "{{x  y }}", []),
        ("%-08.3f", "%-08.2f", ["placeholder"]),
        ("a {b c} d", "a {x y} d", []),
    ],
)
def test_placeholders(msgid: str, msgstr: str, checks: list[str]) -> None:
    assert found(msgid, msgstr, "text") == checks


@pytest.mark.parametrize(
    ("msgid", "msgstr", "checks"),
    [
        ("`{a}` {b}", "{b} `{a}`", []),
        ("``{a` {b}`` {c}", "``{a` {x}`` {c}", ["code-span"]),
        ("` {a}", "` {b}", ["placeholder"]),
        ("\\`{a} `", "\\`{b} `", ["placeholder"]),
        ("`{a}`` {b}`", "`{c}`` {d}`", ["code-span"]),
    ],
)
def test_placeholders_in_code_are_code(msgid: str, msgstr: str, checks: list[str]) -> None:
    assert found(msgid, msgstr) == checks


@pytest.mark.parametrize(
    ("breaks", "msgstr", "count"),
    [
        (("Hard line break after: a",), "a b", 1),
        (("Hard line break after: a",), "a\\\nb", 0),
        (("Hard line break after: a",), "a  \nb", 0),
        (("Hard line break after: a",), "a    \nb", 0),
        (("Hard line break after: a",), "a\\\\\nb", 1),
        (("Hard line break after: a",), "a\nb", 1),
        (("Hard line break after: a | b",), "a\\\nb", 1),
        (("Hard line break after: a | b",), "a\\\nb  \nc", 0),
        (("A note", "Hard line break after: a"), "a", 1),
        (("A note",), "a", 0),
    ],
)
def test_hard_line_breaks(breaks: tuple[str, ...], msgstr: str, count: int) -> None:
    message = Message("a b", msgstr, extracted_comments=breaks)
    catalog = Catalog("index", None, Message("", ""), (message,))
    findings = run_checks(catalog, Path("index.po"), "markdown")
    assert [finding.check for finding in findings] == ["hard-line-break"] * count
    assert run_checks(catalog, Path("index.po"), "rest") == ()


def test_hard_line_breaks_are_counted_in_the_sentence() -> None:
    comment = "Hard line break after: a | b"
    message = Message("a b c", "a\\\nb c", extracted_comments=(comment,))
    catalog = Catalog("index", None, Message("", ""), (message,))
    (finding,) = run_checks(catalog, Path("index.po"), "markdown")
    assert finding.text.startswith("the source has 2 line breaks, the translation 1: ")


def test_literals_of_rest_are_no_placeholders() -> None:
    assert found("Use ``{{`` and ``}}`` in :file:`{dir}`.", "Use ``{{`` y ``}}`` en :file:`{x}`.",
                 "rest") == []  # fmt: skip


def test_text_in_two_directions_needs_its_controls_but_no_override() -> None:
    assert found("a b", "\u2067a\u2069 \u200fb", "text", "ar") == []
    assert found("a b", "\u2067a\u2069 b", "text", "es") == ["control-character"]
    assert found("a b", "\u202ea\u202c b", "text", "ar") == ["control-character"]
    assert found("\u2067a\u2069 b", "\u2067a\u2069 b", "text", "es") == []


def test_long_values_are_shortened() -> None:
    catalog = Catalog(
        "index", None, Message("", ""), (Message(f"[a]({'x' * 99}.md)", "a"),)
    )  # fmt: skip
    (finding,) = run_checks(catalog, Path("index.po"), "markdown")
    assert f"“{'x' * 36}…{'x' * 33}.md”" in finding.text


@pytest.mark.parametrize(
    ("source", "locale", "msgid", "msgstr", "count"),
    [
        # words that both languages have
        ("es", "pt", "Todo sobre este jardín comunitario", "Tudo sobre este jardim comunitário", 0),
        ("es", "pt", "Un mundo real sobre plantas", "Um mundo real sobre plantas", 0),
        ("es", "pt", "Todo sobre este lugar", "Tudo sobre este lugar", 0),
        ("pt", "es", "Plantas para entre ciudades", "Plantas para entre ciudades vivas", 0),
        # words of the source
        ("es", "pt", "Las plantas del jardín son verdes", "As plantas del jardín são verdes", 1),
        ("pt", "es", "A água é para as plantas verdes", "El agua es para as plantas verdes", 1),
        ("es", "pt", "Para eso usa la caja", "Para isso usa la caja", 1),
        # a part of a word is no word
        ("es", "pt", "Es el modelo dentro de casa", "É para usá-lo dentro de casa", 0),
        ("pt", "es", "Não consigo usar os.read()", "No consigo usar os.read()", 0),
        ("pt", "es", "Vê em exemplo.com para formar", "Ve en exemplo.com para formar", 0),
        ("en", "es", "Use a box that is open", "Usa a box that is open", 1),
    ],
)
def test_what_is_left_of_a_source_in_a_related_language(
    source: str, locale: str, msgid: str, msgstr: str, count: int
) -> None:
    context = Context(Locale(locale), "markdown", source=Locale(source))
    assert len(list(sentences(source_remnant, Message(msgid, msgstr), context))) == count
