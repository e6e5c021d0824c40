"""Checks of words, numbers, punctuation and reStructuredText: particular texts, a line each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from transpipe.catalogs.pofile import format_po, parse_po
from transpipe.checks import Context, run_checks
from transpipe.checks.fix import fix_catalog
from transpipe.checks.lint import rest_linter
from transpipe.checks.run import DEFAULTS
from transpipe.checks.termbase import Glossary, Term, holds, read_glossary, stems
from transpipe.errors import TranspipeError
from transpipe.model import Catalog, Message, Severity
from transpipe.sphinx.rstcompare import read_rest

EN = Locale("en")


def found(msgid: str, msgstr: str, syntax: str = "text", locale: str = "es") -> list[str]:
    context = Context(None, syntax, read_rest=read_rest, lint_rest=rest_linter())
    catalog = Catalog("index", Locale.parse(locale), Message("", ""), (Message(msgid, msgstr),))
    return [each.check for each in run_checks(catalog, Path("x.po"), syntax, context=context)]


@pytest.mark.parametrize(
    ("msgid", "msgstr", "locale", "checks"),
    [
        # numbers
        ("1,000 pages", "1.000 páginas", "es", []),
        ("1,000,000 pages", "1 000 000 páginas", "es", []),
        ("3.5 pages", "3,5 páginas", "es", []),
        ("on 12/31/2024", "el 31/12/2024", "es", []),
        ("two pages", "2 páginas", "es", []),
        ("at 3 pm", "a las 15 h", "es", []),
        ("at 10 am, room 7", "a las 10 en la sala 7", "es", []),
        ("1,000 pages", "10.000 páginas", "es", ["number"]),
        ("2024 pages", "muchas páginas", "es", ["number"]),
        ("20 pages", "٢٠ صفحة", "ar", []),
        # ends of sentences
        ("Go.", "去。", "zh", []),
        ("Go?", "Πας;", "el", []),
        ("Go?", "هل تذهب؟", "ar", []),
        ("(Go.)", "(Ve.)", "es", []),
        ("Go.", "Ve", "es", ["ending-punctuation"]),
        ("Go!", "Ve.", "es", []),
        ("Go", "Ve.", "es", []),
        ("Where to?", "¿Adónde?", "es", []),
        ("Where to?", "Adónde?", "es", ["opening-mark"]),
        ('"Where to?\\n"', '"Adónde?\\n"', "es", ["opening-mark"]),
        ('"Where to?\\n"', '"¿Adónde?\\n"', "es", []),
        ("4 is even: 4 = 2 * 2", "44 es par: 4 = 2 * 2", "es", ["number"]),
        ("64 by 64 pages", "64 páginas al cuadrado", "es", []),
        ("Where to?", "Onde?", "pt", []),
        ("Where: here", "Où: ici", "fr", ["french-spacing"]),
        ("Where: here", "Où\u00a0: ici", "fr", []),
        ("Where: here", "Où: ici", "fr_CA", []),
        # words
        ("of the garden", "del del jardín", "es", ["doubled-word"]),
        ("we sit down", "nos nos sentamos", "es", []),
        ("The the garden", "El el jardín", "es", []),
        ("The garden", "El jаrdín", "es", ["foreign-script"]),
        ("The angle α", "El ángulo α", "es", []),
        ("The garden", "Сад", "ru", []),
        ("From 東京", "De 東京", "es", []),
        # what nobody sees
        ("👩‍🌾", "👩‍🌾", "es", []),
        ("The garden", "El jar\u200bdín", "es", ["invisible-character"]),
        ("The garden", "El jardín \U000e0041", "es", ["invisible-character"]),
        # addresses
        ("https://a.org/b", "https://a.org/\u0431", "es", []),
        ("https://aa.org/ba", "https://aa.org/b\u0430", "es", ["lookalike-address"]),
    ],
)
def test_texts(msgid: str, msgstr: str, locale: str, checks: list[str]) -> None:
    assert found(msgid, msgstr, "text", locale) == checks


@pytest.mark.parametrize(
    ("msgid", "msgstr", "checks"),
    [
        # every row of what a broken msgstr does to a build
        ("Title", "# Title", []),
        ("Number", "1986. Un año", ["rest-block-structure"]),
        ("One", "Uno\n\nDos", ["rest-block-structure"]),
        ("A ``b``", "Una ``b", ["rest-literal", "rest-leftover-markup", "rest-lint"]),
        ("A **b**", "Una **b", ["rest-leftover-markup"]),
        (":func:`x`", ":fnc:`x`", ["rest-role"]),
        (":ref:`a <b>`", ":ref:`a <c>`", ["rest-role"]),
        ("`a <https://x.org/a>`_", "`a <https://x.org/b>`_", ["rest-link"]),
        ("A [1]_", "Una", ["rest-reference"]),
        ("A [#note]_", "Una [#nota]_", ["rest-reference"]),
        ("A [#]_ [#a]_", "Una [*]_ [#a]_", ["rest-reference"]),
        ("A [#a]_ and [#b]_", "Una [#b]_ y [#a]_", []),
        ("*a* and *b*", "*a y *b*", ["rest-leftover-markup"]),
        ("``a`` is ``a``, not ``b``", "``a`` es ``x``, no ``b``", ["rest-literal"]),
        ("``a`` is ``a``, not ``b``", "``a`` no es ``b``", []),
        ("``a`` is ``a``", "``a``, o ``b``, es ``a``", []),
        ("*a < b* and *-1*", "*a < b y *-1*", ["rest-leftover-markup"]),
        ("*a* and *-b*", "*-b* y *a*", []),
        ("*a* and *b*", "*b* y *a*", []),
        (r"*\*a, \*b* and *c*", r"*\*a, \*b* y *c*", []),
        # order is free, and so are titles
        (":ref:`a <b>` and :doc:`c`", ":doc:`d <c>` y :ref:`b`", []),
        ("`the guide`_ here", "aquí `la guía`_", []),
        ("|a| and ``b``", "``b`` y |a|", []),
        ("See :file:`{dir}/a`", "Vea :file:`{carpeta}/a`", []),
        (".. note:: x", ".. note:: y", []),
        ("A", ".. include:: /etc/passwd", ["rest-block-structure"]),
        ("As follows::", "Como sigue:", []),
    ],
)
def test_rest(msgid: str, msgstr: str, checks: list[str]) -> None:
    assert found(msgid, msgstr, "rest") == checks


@pytest.mark.parametrize(
    "text",
    ["", " ", "::", "..", "|", "`", "*", ":a:`", "`a <", "[#]_", ".. raw:: html\n\n   <b>", "\x00"],
)
def test_rest_reads_anything(text: str) -> None:
    assert read_rest(text) == read_rest(text)


@given(st.text("ab `*|_:[]<>\\.\n-1#", max_size=20))
def test_rest_reads_any_text(text: str) -> None:
    read_rest(text)


@pytest.mark.parametrize(
    ("msgid", "msgstr", "syntax", "check", "piece"),
    [
        ("Go.", "Ve ya", "text", "ending-punctuation", "ya"),
        ("Go, go.", "Ya, ya", "text", "ending-punctuation", "ya"),
        ("No, no, no.", "No no", "text", "ending-punctuation", "no"),
        ("No, no.", "no no", "text", "ending-punctuation", "no no"),
        ("Run ``make``.", "Ejecute ``make`.", "rest", "rest-leftover-markup", "``"),
        ("Two **bold**.", "Dos ** negrita **.", "markdown", "leftover-markup", "**"),
        ("See :ref:`a`.", "Vea :ref:`b`.", "rest", "rest-role", ":ref:`b`"),
        ("See :ref:`a`.", "Vea.", "rest", "rest-role", None),
        ("See `it <a.html>`_.", "Vea `eso <b.html>`_.", "rest", "rest-link", "b.html"),
    ],
)
def test_a_finding_names_the_piece_at_fault(
    msgid: str, msgstr: str, syntax: str, check: str, piece: str | None
) -> None:
    context = Context(None, syntax, read_rest=read_rest, lint_rest=rest_linter())
    catalog = Catalog("index", Locale("es"), Message("", ""), (Message(msgid, msgstr),))
    findings = run_checks(catalog, Path("x.po"), syntax, context=context)
    (finding,) = (each for each in findings if each.check == check)
    assert (finding.msgstr, finding.fault) == (msgstr, piece)


# ---------------------------------------------------------------------------- mending

MENDABLE = st.text("ab.:?!… \n«»`", max_size=12)


def mended(message: Message, locale: str = "es") -> Message:
    catalog = Catalog("x", Locale.parse(locale), Message(""), (message,))
    return fix_catalog(catalog, "markdown")[0].messages[0]


@given(MENDABLE, MENDABLE, st.sampled_from(["es", "fr", "zh", "fr_CA"]))
def test_mending_keeps_words_and_is_done_once(msgid: str, msgstr: str, locale: str) -> None:
    before = Message(msgid, msgstr)
    after = mended(before, locale)
    assert mended(after, locale) == after
    assert [c for c in after.msgstr if c.isalnum()] == [c for c in msgstr if c.isalnum()]


@given(
    st.lists(
        st.builds(
            Message,
            st.integers(0, 10**6).map(lambda number: f"{number} go.") | MENDABLE.filter(bool),
            MENDABLE,
            flags=st.sampled_from([(), ("fuzzy",)]),
            comments=st.sampled_from([(), ("kept",), ("transpipe: ignore[edge-space] a title",)]),
        ),
        unique_by=lambda message: message.msgid,
        max_size=4,
    )
)
def test_mending_leaves_the_rest_of_the_file_and_makes_no_new_fault(
    messages: list[Message],
) -> None:
    text = format_po(Catalog("x", Locale("es"), Message("", "Language: es\n"), tuple(messages)))
    before = parse_po(text, Path("x.po"), "x", Locale("es"))
    catalog, changed = fix_catalog(before.catalog, "text")
    written = format_po(catalog, before)
    after = parse_po(written, Path("x.po"), "x", Locale("es")).catalog
    assert fix_catalog(after, "text")[1] == 0
    pairs = list(zip(before.catalog.messages, after.messages, strict=True))
    assert sum(one != other for one, other in pairs) == changed
    for one, other in pairs:
        assert replace(other, msgstr=one.msgstr) == one
        assert one == other or set(faults(other)) < set(faults(one))
    kept = [line for line in text.splitlines() if not line.startswith(('msgstr "', '"'))]
    assert kept == [line for line in written.splitlines() if not line.startswith(('msgstr "', '"'))]


def faults(message: Message) -> list[str]:
    catalog = Catalog("x", Locale("es"), Message(""), (message,))
    return [each.check for each in run_checks(catalog, Path("x.po"), "text")]


def test_what_is_mended() -> None:
    assert mended(Message("Go.", " Ve ")).msgstr == "Ve."
    assert mended(Message("Go: here", "Va: ici"), "fr").msgstr == "Va\u00a0: ici"
    muted = Message("Go.", "Ve", comments=("transpipe: ignore[ending-punctuation] a title",))
    assert mended(muted) == muted
    assert mended(Message("Go.", "Ve", flags=("fuzzy",))).msgstr == "Ve"
    assert mended(Message("Go?", "Ve")).msgstr == "Ve"


# ---------------------------------------------------------------------------- glossary


def test_a_term_is_found_in_any_form() -> None:
    assert holds(stems("The Catalogs of templates", EN), stems("catalog", EN))
    assert not holds(stems("a cat", EN), stems("catalog", EN))


def test_glossaries(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text('en,es,pt\nbranch,rama|!brazo,ramo\n"log, big",registro,\n', "utf-8")
    tbx = tmp_path / "b.tbx"
    tbx.write_text(
        "<martif><termEntry><langSet xml:lang='en'><tig><term>seed</term></tig></langSet>"
        "<langSet xml:lang='es'><tig><term>semilla</term></tig><tig><term>pepa</term>"
        "<termNote type='administrativeStatus'>deprecatedTerm-admn-sts</termNote></tig></langSet>"
        "</termEntry></martif>",
        "utf-8",
    )
    glossary = read_glossary([table, tbx], EN)
    es, pt = Locale("es"), Locale("pt")
    assert glossary.of(Locale("es", "MX")) == (
        Term("branch", ("rama",), ("brazo",), es),
        Term("log, big", ("registro",), (), es),
        Term("seed", ("semilla",), ("pepa",), es),
    )
    assert glossary.of(pt) == (Term("branch", ("ramo",), (), pt),)


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.csv", "en,es\nbranch,rama\nlog\n", 3),
        ("a.csv", 'en,es\n"branch"x,rama\n', 2),
        ("a.csv", "term,meaning\na,b\n", 1),
        ("a.csv", "", 1),
        ("a.tbx", "<a>\n<b>\n</a>", 3),
    ],
)
def test_a_broken_glossary_is_named_with_its_line(
    tmp_path: Path, name: str, text: str, line: int
) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(TranspipeError) as caught:
        read_glossary([path], EN)
    assert (caught.value.path, caught.value.line) == (path, line)


def test_terms_are_checked() -> None:
    glossary = Glossary((Term("branch", ("rama",), ("brazo",), Locale("es")),))
    context = Context(None, "text", glossary=glossary)

    def said(msgstr: str) -> list[str]:
        catalog = Catalog("x", Locale("es"), Message(""), (Message("Branches", msgstr),))
        return [each.check for each in run_checks(catalog, Path("x"), "text", context=context)]

    assert said("Ramas") == []
    assert said("Brazos") == ["glossary-term", "forbidden-term"]


def test_the_usual_translation_is_asked_for_where_the_check_is_on() -> None:
    context = Context(None, "text", usual={"Search": "Buscar"})
    catalog = Catalog("x", Locale("es"), Message(""), (Message("Search", "Búsqueda"),))
    levels = {**DEFAULTS, "inconsistent-translation": Severity.ERROR}
    assert run_checks(catalog, Path("x"), "text", context=context) == ()
    (finding,) = run_checks(catalog, Path("x"), "text", context=context, severities=levels)
    assert finding.severity is Severity.ERROR
