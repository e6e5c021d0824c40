"""Language codes: every usual spelling is accepted, one is printed."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

from transpipe.errors import TranspipeError


def parse_locale(code: str) -> Locale:
    """Turn ``pt_BR``, ``pt-BR``, ``pt-br`` or ``es`` into a locale.

    ``pt`` stays ``pt``: a language is never taken for one of its countries' forms.

    :raises TranspipeError: if no such language is known to Unicode's CLDR.
    """
    found = find_locale(code)
    if found is not None:
        return found
    import difflib  # late: most codes are known

    near = difflib.get_close_matches(code.replace("-", "_"), locale_identifiers(), n=1)
    hint = f"did you mean {near[0]!r}?" if near else "use a code such as es, pt or pt_BR"
    raise TranspipeError(f"unknown language code {code!r}", hint)


# Of each path it is asked whether its folder or the end of its name is a language.
@lru_cache(maxsize=1024)
def find_locale(code: str) -> Locale | None:
    """Turn a code into a locale as :func:`parse_locale` does; None where there is no such one."""
    try:
        return Locale.parse(code.strip().replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return None


def path_code(locale: Locale) -> str:
    """Give the spelling used in paths and for Sphinx: ``pt_BR``, ``es``.

    A script that follows from language and country is left out: ``zh_CN``, not ``zh_Hans_CN``.
    """
    short = f"{locale.language}_{locale.territory}"
    if locale.script and locale.territory and Locale.parse(short) == locale:
        return short
    return str(locale)


def html_code(locale: Locale) -> str:
    """Give the BCP 47 spelling used in HTML and URLs: ``pt-BR``, ``es``."""
    return path_code(locale).replace("_", "-")


def language_name(locale: Locale, reader: Locale | None = None) -> str:
    """Give a language's name as its own readers, or another language's, write it: ``español``."""
    return locale.get_display_name(reader or locale) or str(locale)


def plural_rule(locale: Locale) -> tuple[int, str]:
    """Give how many plural forms a language has, and the field ``Plural-Forms`` that says so.

    They are CLDR's, but for the form that it gives to whole millions in Romance languages: the
    catalogs of these have two forms, as ``msginit`` of GNU gettext makes them.
    """
    from babel.messages.plurals import get_plural  # late: loads much, and few ask

    rule = get_plural(locale)
    if rule.num_plurals == 3 and "1000000" in rule.plural_expr:
        return 2, f"nplurals=2; plural=({'n > 1' if 'n == 0' in rule.plural_expr else 'n != 1'});"
    return rule.num_plurals, rule.plural_forms
