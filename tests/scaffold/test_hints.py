"""What a site's own configuration says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from babel import Locale

from transpipe.scaffold.hints import (
    Hints,
    hugo_hints,
    javascript_hints,
    mdbook_hints,
    mkdocs_hints,
    myst_settings,
    sphinx_hints,
)

EN, ES, PT, PT_BR = Locale("en"), Locale("es"), Locale("pt"), Locale("pt", "BR")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("project = 'x'\n", Hints(source_language=EN)),
        ("language = 'es'\n", Hints(source_language=ES)),
        ("language: str = 'pt-BR'\n", Hints(source_language=PT_BR)),
        ("language = 'en'\nlanguage = 'es'\n", Hints(source_language=ES)),
        ("language = None\n", Hints()),
        ("import os\nlanguage = os.environ['X']\n", Hints()),
        (
            "locale_dirs = ['../locales/', 'x']\n",
            Hints(source_language=EN, locale_dir="../locales/"),
        ),
        ("locale_dirs = [HERE / 'x']\n", Hints(source_language=EN)),
        ("\ufefflanguage = 'es'\n", Hints(source_language=ES)),
        ("print 'an old Python'\nlanguage = 'es'\n", Hints()),
        ("x = '\\d'\nlanguage = 'es'\n", Hints(source_language=ES)),
    ],
)
@pytest.mark.filterwarnings("error")
def test_conf_py(text: str, expected: Hints) -> None:
    assert replace(sphinx_hints(text), gettext_compact=None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", True),
        ("gettext_compact = False\n", False),
        ("gettext_compact = 'docs'\n", "docs"),
        ("gettext_compact = not HERE\n", None),
        ("gettext_compact = 3\n", None),
    ],
)
def test_how_documents_share_catalogs(text: str, expected: bool | str | None) -> None:
    assert sphinx_hints(text).gettext_compact == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("project = 'x'\n", {}),
        ("myst_enable_extensions = ['a', 'b']\n", {"enable_extensions": ["a", "b"]}),
        ("myst_enable_extensions = {'a'}\n", {"enable_extensions": {"a"}}),
        ("myst_dmath_allow_digits = False\n", {"dmath_allow_digits": False}),
        ("myst_enable_extensions = every()\n", None),
        ("myst_enable_extensions = True\n", None),
        ("myst_enable_extensions = ['a', 3]\n", None),
        ("myst_enable_extensions = ['a']\nmyst_enable_extensions += ['b']\n", None),
        ("if HERE:\n    myst_enable_extensions = ['a']\n", None),
        ("from shared import *\n", None),
        ("print 'an old Python'\n", None),
    ],
)
def test_what_myst_is_told(text: str, expected: object) -> None:
    assert myst_settings(text) == expected


def test_conf_py_is_not_run() -> None:
    assert sphinx_hints("raise SystemExit\nlanguage = 'es'\n").source_language == ES


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"hugo.toml": 'baseURL = "x"\n'}, Hints(source_language=EN)),
        ({"hugo.toml": 'languageCode = "pt-br"\n'}, Hints(source_language=PT_BR)),
        (
            {"config.yaml": "DefaultContentLanguage: es\nlanguages:\n  es: {}\n  pt: {}\n"},
            Hints(source_language=ES, languages=(ES, PT)),
        ),
        (
            {
                "config/_default/config.yaml": "defaultContentLanguage: es\n",
                "config/_default/languages.yaml": "en: {weight: 2}\nes: {weight: 1}\n",
            },
            Hints(source_language=ES, languages=(EN, ES)),
        ),
        (
            {
                "hugo.json": '{"languages": {"en": {"contentDir": "content/en"},'
                ' "es": {"contentDir": "content/es"}}}'
            },
            Hints(source_language=EN, languages=(EN, ES), source_dir="content"),
        ),
        ({"hugo.toml": "this is no TOML"}, Hints(source_language=EN)),
        ({"hugo.yaml": "a: [1"}, Hints(source_language=EN)),
        ({"hugo.yaml": "- a list"}, Hints(source_language=EN)),
    ],
)
def test_hugo(files: dict[str, str], expected: Hints) -> None:
    assert hugo_hints(files) == expected


def test_javascript() -> None:
    text = "export default { i18n: { defaultLocale: 'es', locales: ['es', \"pt-BR\", 'xx-no'] } }"
    assert javascript_hints(text) == Hints(source_language=ES, languages=(ES, PT_BR))
    assert javascript_hints("defaultLocale: 'root', locales: { root: {} }") == Hints()


def test_mkdocs_with_tags_that_no_safe_reader_takes() -> None:
    text = "docs_dir: pages # ours\ntheme:\n  language: es\nx: !!python/name:a.b.c\n"
    assert mkdocs_hints(text) == Hints(source_language=ES, source_dir="pages")
    assert mkdocs_hints("site_name: x\n") == Hints(source_dir="docs")


def test_mdbook() -> None:
    text = '[book]\nlanguage = "es"\nsrc = "libro"\n'
    assert mdbook_hints(text) == Hints(source_language=ES, source_dir="libro")
    assert mdbook_hints("[book]\n") == Hints(source_language=EN, source_dir="src")


def test_the_locales_of_starlight() -> None:
    text = """
      starlight({
        locales: {
          root: { label: 'English', lang: 'en', social: { es: {} } },
          es: { label: 'Español' }, "pt-br": {label: "Português"},
        },
        sidebar: { fr: {} },
      })
    """
    hints = javascript_hints(text)
    assert list(map(str, hints.languages)) == ["es", "pt_BR"]
