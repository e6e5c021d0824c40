"""Which language a page is written in, and how a language is named to a reader."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from babel import Locale
from sphinx.config import Config
from sphinx.util.matching import Matcher

from transpipe.errors import TranspipeError
from transpipe.locales import html_code, language_name, parse_locale


@cache
def known_locale(code: str) -> Locale | None:
    """Give a code's locale, None where CLDR does not know it."""
    try:
        return parse_locale(code)
    except TranspipeError:
        return None


def tag(code: str) -> str:
    """Give the BCP 47 spelling of a code: ``pt-BR``."""
    locale = known_locale(code)
    return html_code(locale) if locale else code.replace("_", "-")


def configured_language(config: Config) -> str:
    """Give the language that conf.py sets, whatever this build overrides it with.

    The default of ``transpipe_source_language``.
    """
    # Sphinx has no public way to ask what conf.py said; where this one goes away, English is
    # what Sphinx itself takes for a project that says nothing.
    written = getattr(config, "_raw_config", {})
    return str(written.get("language") or "en")


def source_language(config: Config, paths: tuple[str, ...], declared: str | None) -> str:
    """Give the language a page is written in.

    :param paths: the names a glob may mean: the document's name, and its path.
    :param declared: what the page says itself (``lang`` in its front matter).
    """
    if declared and known_locale(declared):
        return declared
    globs: Mapping[str, str] = config.transpipe_source_languages
    for glob, code in globs.items():
        if any(map(Matcher([glob]), paths)):
            return code
    return str(config.transpipe_source_language)


def is_readable_as(wanted: str, written: str) -> bool:
    """Tell whether a page written in one language is what a reader of another asked for.

    The same language is, and any country's form of it where no country was asked for; a
    country's form is not served by the bare language.
    """
    reader, page = known_locale(wanted), known_locale(written)
    if reader is None or page is None:
        return tag(wanted).lower() == tag(written).lower()
    bare = Locale(reader.language, script=reader.script)
    return reader == page or (reader == bare == Locale(page.language, script=page.script))


def direction(code: str) -> str:
    """Give the direction a language is written in, as HTML has it: ``ltr`` or ``rtl``."""
    locale = known_locale(code)
    return str(locale.text_direction) if locale else "ltr"


def own_name(code: str) -> str:
    """Give a language's name as its own readers write it in a menu: ``Español``."""
    locale = known_locale(code)
    if locale is None:
        return code
    name = language_name(locale)
    return name[:1].upper() + name[1:]


def name_for(code: str, reader: str) -> str:
    """Give a language's name within a sentence of another language: ``inglés``."""
    locale = known_locale(code)
    return language_name(locale, known_locale(reader)) if locale else code
