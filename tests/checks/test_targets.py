"""Where a link may go in another language."""

from __future__ import annotations

import pytest
from babel import Locale

from transpipe.checks.targets import hosts, is_language_variant, is_same_site, new_hosts

ES = Locale("es")
BR = Locale("pt", "BR")


@pytest.mark.parametrize(
    ("source", "target", "locale"),
    [
        ("/en/a", "/es/a", ES),
        ("/en-US/a", "/es/a", ES),
        ("/en-us/", "/es/", ES),
        ("/en-us/", "/es-es/", ES),
        ("/en-us/", "/es-mx/", ES),
        ("/en-us/", "/es/", Locale("es", "MX")),
        ("/en/", "/pt/", BR),
        ("/a", "/es/a", ES),
        ("/en/", "/pt-br/", BR),
        ("../en/a.md#b", "../pt_BR/a.md#b", BR),
        ("a.en.md", "a.es.md", ES),
        ("https://x.org/?hl=en", "https://x.org/?hl=es", ES),
        ("https://x.org/3/a", "https://x.org/es/3/a", ES),
        ("https://en.x.org/Yes", "https://es.x.org/Sí", ES),
        ("https://x.org/a", "https://es.x.org/a", ES),
    ],
)
def test_the_same_place_in_the_language(source: str, target: str, locale: Locale) -> None:
    assert is_language_variant(source, target, locale)


@pytest.mark.parametrize(
    ("source", "target", "locale"),
    [
        ("/en/a", "/es/b", ES),
        ("/en/a", "/fr/a", ES),
        ("/en-us/", "/pt-br/", ES),
        ("/en-us/", "/est/", ES),
        ("/en/a#one", "/es/a#uno", ES),
        ("/en/a", "/pt/a", None),
        ("https://en.x.org/a", "https://fr.x.org/a", ES),
        ("https://crates.io/a", "https://crates.es/a", ES),
        ("https://en.x.org/a", "https://es.y.org/a", ES),
        ("https://x.org/a", "https://x.org.es/a", ES),
    ],
)
def test_another_place(source: str, target: str, locale: Locale | None) -> None:
    assert not is_language_variant(source, target, locale)


def test_a_country_code_is_no_language_of_a_site() -> None:
    assert not is_same_site("amazon.it", "amazon.es", ES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](//x.org/b)", {"x.org"}),
        ("HTTPS://X.ORG.", {"x.org"}),
        ("https://x.org@y.org/", {"y.org"}),
        ("https://x.org:80@z.org@y.org:443/", {"y.org"}),
        ("https://x.org,https://y.org", {"x.org", "y.org"}),
        ("www.x.org,www.y.org;z", {"x.org", "y.org"}),
        ("www.www.x.org", {"www.x.org"}),
        ("https:\\\\x.org", {"x.org"}),
        ('<a href="//x.org">', {"x.org"}),
        ("a // comment.here", set()),
        ("cfg: //handlers.email", set()),
        ("see https://", set()),
    ],
)
def test_hosts(text: str, expected: set[str]) -> None:
    assert hosts(text) == expected


def test_new_hosts() -> None:
    source = "https://en.wikipedia.org https://x.org"
    translation = "https://es.wikipedia.org https://www.x.org https://y.org"
    assert new_hosts(source, translation, ES) == ["y.org"]
    assert new_hosts(source, translation, None) == ["es.wikipedia.org", "y.org"]
