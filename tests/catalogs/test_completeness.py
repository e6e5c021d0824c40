"""Words, tallies, and how complete a language is."""

from __future__ import annotations

import doctest
import subprocess
import sys

import pytest
from babel import Locale

from transpipe.catalogs import completeness as module
from transpipe.catalogs import template as template_module
from transpipe.catalogs import verbatim
from transpipe.catalogs import words as words_module
from transpipe.catalogs.completeness import completeness as counted_completeness
from transpipe.catalogs.completeness import documents_in, tally
from transpipe.catalogs.counting import count_catalog
from transpipe.catalogs.words import count_words
from transpipe.model import Catalog, Completeness, Counts, Message, Tally
from transpipe.reports import numbers

EN, ES, PT = Locale("en"), Locale("es"), Locale("pt")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("One two  three\nfour", 4),
        ("Don't stop the state-of-the-art thing", 5),
        ("a – b — c | d * e", 5),
        ("**Bold** and *it al ic*", 5),
        ("See https://example.org/a-b/c?d=e#f, or not", 4),
        ("<https://example.org/a/b>", 1),
        ("Write to <me@example.org> now", 4),
        ("[the guide](https://example.org/the/long/guide) helps", 3),
        ('![a cat](cat.png "Tom the cat") sleeps', 1),
        ("[the guide][ref] helps", 3),
        ("`text here <https://example.org>`_ is reST", 4),
        (":doc:`the guide <intro>` and {ref}`other`", 4),
        (":py:func:`open`", 1),
        ("<br> line <b class='x y'>bold</b> <!-- not this -->", 2),
        ("if a < b and c > d", 6),
        ("¿Qué tal? ¡Bien!", 3),
        ("3.14 % 2", 2),
        ("日本語 docs", 4),
        ("한국어 문서", 2),
        ("...", 0),
        ("a <!-- b --> c <!-- d", 3),
        ("<!-- a <b> c --> d <!----> e", 2),
        ("a-:b:`c d`", 2),
    ],
)
def test_words_are_counted_as_a_reader_does(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "'`' + ':a' * 500_000",
        "'`<!--' * 200_000",
        "'`<a ' * 250_000",
        "'](a' * 330_000",
        "'](' + ' ' * 1_000_000",
        "'](' + '![a' * 330_000",
        "'](a \"' * 200_000",
        "'`{a' * 330_000",
        "'`<a:' * 250_000",
    ],
)
def test_a_megabyte_made_to_take_long_takes_seconds(text: str) -> None:
    code = f"from transpipe.catalogs.words import count_words; count_words({text})"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_the_examples_in_the_documentation() -> None:
    for one in (module, template_module, words_module, verbatim, numbers):
        assert doctest.testmod(one).failed == 0


MESSAGES = (
    Message("one", "uno"),
    Message("one two", "uno dos", flags=("fuzzy",)),
    Message("one two three"),
    Message("one two three four", "x", obsolete=True),
    Message("book", msgid_plural="books", msgstr_plural=("libro", "")),
)


def catalog(domain: str, *messages: Message, language: str = "", locale: Locale = ES) -> Catalog:
    header = Message("", f"X-Source-Language: {language}\n" if language else "")
    return Catalog(domain, locale, header, messages)


def test_obsolete_messages_do_not_count_and_fuzzy_ones_are_not_done() -> None:
    assert tally(MESSAGES) == Tally(Counts(2, 1, 1), Counts(2, 2, 3))


def completeness(
    locales: list[Locale],
    templates: dict[str, Catalog],
    catalogs: dict[Locale, dict[str, Catalog]],
) -> Completeness:
    counted = {
        locale: {name: count_catalog(one) for name, one in of_language.items()}
        for locale, of_language in catalogs.items()
    }
    sources = {name: count_catalog(one) for name, one in templates.items()}
    return counted_completeness(documents_in(locales, sources, counted))


def test_against_templates() -> None:
    templates = {
        "a": catalog("a", Message("one"), Message("one two"), Message("since then")),
        "b": catalog("b", Message("x y z")),
        "aviso": catalog("aviso", Message("hola"), language="es"),
    }
    result = completeness([ES, PT], templates, {ES: {"a": catalog("a", *MESSAGES)}})
    spanish, portuguese = result.languages
    assert [(d.document, d.authored) for d in spanish.documents] == [
        ("a", False),
        ("aviso", True),
        ("b", False),
    ]
    assert spanish.documents[0].tally.messages == Counts(1, 1, 1)
    assert spanish.documents[1].tally == Tally()
    assert spanish.documents[2].tally == Tally(Counts(0, 0, 1), Counts(0, 0, 3))
    assert portuguese.tally.messages == Counts(0, 0, 5)


def test_without_templates() -> None:
    catalogs = {
        ES: {"a": catalog("a", Message("one", "uno"), Message("two", "dos", obsolete=True))},
        PT: {
            "a": catalog("a", Message("one"), Message("three")),
            "aviso": catalog("aviso", Message("hola", "olá"), language="es"),
        },
    }
    spanish, portuguese = completeness([ES, PT], {}, catalogs).languages
    assert [document.authored for document in spanish.documents] == [False, True]
    assert spanish.tally.messages == Counts(1, 0, 0)
    assert portuguese.tally.messages == Counts(1, 0, 2)


def test_without_templates_a_document_that_one_language_lacks_is_untranslated_in_it() -> None:
    catalogs: dict[Locale, dict[str, Catalog]] = {
        ES: {"a": catalog("a", Message("one", "uno"), Message("two words"))},
        PT: {"b": catalog("b", Message("three", "três"))},
    }
    spanish, portuguese = completeness([ES, PT], {}, catalogs).languages
    assert spanish.tally == Tally(Counts(1, 0, 2), Counts(1, 0, 3))
    assert portuguese.tally == Tally(Counts(1, 0, 2), Counts(1, 0, 3))


def test_a_template_that_holds_text_is_not_a_translation() -> None:
    templates = {"a": catalog("a", Message("one", "one"))}
    assert completeness([ES], templates, {}).languages[0].tally.messages == Counts(0, 0, 1)
