"""Language codes in every usual spelling."""

from __future__ import annotations

import pytest

from transpipe.errors import TranspipeError
from transpipe.locales import html_code, language_name, parse_locale, path_code, plural_rule


@pytest.mark.parametrize(
    ("spellings", "path", "html"),
    [
        (("pt_BR", "pt-BR", "pt-br", " pt_br "), "pt_BR", "pt-BR"),
        (("pt",), "pt", "pt"),
        (("es-419", "es_419"), "es_419", "es-419"),
        (("zh_CN", "zh-hans-cn"), "zh_CN", "zh-CN"),
        (("zh_TW",), "zh_TW", "zh-TW"),
        (("sr-latn",), "sr_Latn", "sr-Latn"),
    ],
)
def test_spellings(spellings: tuple[str, ...], path: str, html: str) -> None:
    for spelling in spellings:
        assert path_code(parse_locale(spelling)) == path
        assert html_code(parse_locale(spelling)) == html


@pytest.mark.parametrize("code", ["", "xx", "español", "../es", "es_ES_x_y", "pt BR"])
def test_unknown_codes(code: str) -> None:
    with pytest.raises(TranspipeError, match="unknown language code"):
        parse_locale(code)


def test_names() -> None:
    assert language_name(parse_locale("es")) == "español"
    assert language_name(parse_locale("pt_BR"), parse_locale("en")) == "Portuguese (Brazil)"


@pytest.mark.parametrize(
    ("code", "forms"),
    [
        ("es", (2, "nplurals=2; plural=(n != 1);")),
        ("it", (2, "nplurals=2; plural=(n != 1);")),
        ("pt_BR", (2, "nplurals=2; plural=(n > 1);")),
        ("fr", (2, "nplurals=2; plural=(n > 1);")),
        ("en", (2, "nplurals=2; plural=(n != 1);")),
    ],
)
def test_new_catalogs_have_the_plural_forms_of_msginit(code: str, forms: tuple[int, str]) -> None:
    assert plural_rule(parse_locale(code)) == forms


def test_languages_of_more_forms_keep_them() -> None:
    assert plural_rule(parse_locale("ru"))[0] == 3
    assert plural_rule(parse_locale("ja"))[0] == 1
