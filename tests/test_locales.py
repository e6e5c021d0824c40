"""Language codes in every usual spelling."""

from __future__ import annotations

import pytest

from transpipe.errors import TranspipeError
from transpipe.locales import html_code, language_name, parse_locale, path_code


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
