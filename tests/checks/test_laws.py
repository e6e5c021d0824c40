"""What holds of every check, for any text."""

from __future__ import annotations

from pathlib import Path

from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from transpipe.checks import run_checks
from transpipe.model import Catalog, Finding, Message

LOCALES = st.sampled_from([Locale("es"), Locale("pt", "BR"), Locale("ar"), None])
SYNTAXES = st.sampled_from(["markdown", "rest", "text"])
WORDS = """
** * _ ~~ ` `` ``` [ ] [^a] [a][b] ( ) ](u) ![ < {ref}`x` {a} {{x}} {{<y>}} %s %(n)d <b> </b>
<!-- --> \\ --- [a]: #noqa &#x0; http://[ https://a.b/es/ //c.d www.e.f javascript:x palabra 字
"""
PIECES = st.sampled_from(WORDS.split()) | st.sampled_from(
    ["\n", "\n\n", "# ", "- ", "1. ", "> ", "    ", "| a |", "{{ x }}", "\x1b"]
)
TEXTS = st.text() | st.lists(PIECES).map("".join) | st.lists(PIECES | st.text()).map(" ".join)


def findings(
    msgid: str, msgstr: str, syntax: str = "markdown", locale: Locale | None = None
) -> tuple[Finding, ...]:
    catalog = Catalog("index", locale, Message("", ""), (Message(msgid, msgstr),))
    return run_checks(catalog, Path("index.po"), syntax)


@given(TEXTS, TEXTS, SYNTAXES, LOCALES)
def test_checks_never_raise(msgid: str, msgstr: str, syntax: str, locale: Locale | None) -> None:
    for finding in findings(msgid, msgstr, syntax, locale):
        assert finding.text
        assert "\n" not in finding.check


@given(TEXTS.filter(lambda text: "noqa" not in text), SYNTAXES, LOCALES)
def test_a_text_is_a_right_translation_of_itself(
    text: str, syntax: str, locale: Locale | None
) -> None:
    found = {finding.check for finding in findings(text, text, syntax, locale)}
    assert found <= {"untranslated-copy"}


INLINE = """
[a](x.md) [b](<y%20z.md>) [c](https://example.org/en/c) ![d](d.png) `code` {ref}`target`
[^note] [e][label] <kbd>k</kbd> <br> **bold** {name} %s {{version}} {{<ref>}}
<https://example.com> ~~no~~ [maybe]
"""
CONSTRUCTS = st.lists(st.sampled_from(INLINE.split()), min_size=1)


@given(CONSTRUCTS, st.data(), SYNTAXES)
def test_order_is_free(constructs: list[str], data: st.DataObject, syntax: str) -> None:
    other = data.draw(st.permutations(constructs))
    source = "Some " + " and ".join(constructs)
    translation = "Unos " + " y ".join(other)
    assert findings(source, translation, syntax, Locale("es")) == ()


@given(CONSTRUCTS, st.data())
def test_a_construct_that_is_lost_is_found(constructs: list[str], data: st.DataObject) -> None:
    lost = data.draw(st.sampled_from(constructs))
    rest = list(constructs)
    rest.remove(lost)
    if lost in ("**bold**", "~~no~~", "[maybe]") or (lost == "`code`" and lost in rest):
        return
    source = "Some " + " and ".join(constructs)
    translation = "Unos " + " y ".join(["", *rest])
    assert findings(source, translation, "markdown", Locale("es"))
