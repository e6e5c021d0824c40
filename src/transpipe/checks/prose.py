"""The words of a text that a reader reads: without code, roles, addresses and placeholders."""

from __future__ import annotations

import functools
import re
import unicodedata

from babel import Locale
from babel.core import get_global

_BEFORE_CODE = r"""
      ```(?:(?!```)[\s\S])*+```                      # a block of code
    | ``[^`]++(?:`[^`]++)*+``                       # a literal
    | :[\w.+-]++(?::[\w.+-]++)*+:`[^`]*+`           # a role of reST
    | \{[\w.+:-]++\}`[^`]*+`                        # a role of MyST
"""
_CODE = {
    "markdown": r"| `[^`]*+` | <[^<>\s][^<>]*+>",
    # In reST what stands before an address is the text of a link.
    "rest": r"| `[^`<]*+` | <[^<>\s][^<>]*+>(?:`__?)?",
}
_AFTER_CODE = r"""
    | \]\([^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*     # where a link goes
    | \{[{%<]?[^{}]*+[>%}]?\}                       # what a program fills in
    | %\([^()]*+\)[a-z] | %\d++\$[a-z] | %[-+0-9.]*+[sdifgrxcu]\b
    | \|[^|\s][^|\n]{0,40}\|_{0,2}                  # a substitution
    | \[\^[^\]\s]++\] | \[[^\]\s]{1,30}\]_
    | &[A-Za-z\#0-9]{2,}+;
"""
_ADDRESSES = r"""
    | (?:https?|ftp|mailto):[^\s<>"]++ | www\.[^\s<>"]++
    | [\w.+-]++@[\w-]++\.[\w.-]++
"""
_PERHAPS_ADDRESS = re.compile(r"@|tps?:|mailto:|www\.")


@functools.cache
def _not_prose(syntax: str, with_addresses: bool) -> re.Pattern[str]:
    # Looking for addresses at every letter takes most of the time, and most texts have none.
    pattern = _BEFORE_CODE + _CODE.get(syntax, _CODE["rest"]) + _AFTER_CODE
    return re.compile(pattern + (_ADDRESSES if with_addresses else ""), re.VERBOSE)


_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


@functools.lru_cache(maxsize=256)
def prose(text: str, syntax: str) -> str:
    """Put a blank for all that is not said to a reader in words.

    >>> prose("Run `make` of {name}, see https://example.org.", "markdown").split()
    ['Run', 'of', ',', 'see']
    """
    if syntax == "text":
        text = text.replace("`", "")
    not_prose = _not_prose(syntax, _PERHAPS_ADDRESS.search(text) is not None)
    return not_prose.sub(" \ufffc ", text)


def words(text: str) -> list[str]:
    """Give the words of a text, without numbers.

    >>> words("The user's 3 pages")
    ['The', "user's", 'pages']
    """
    return _WORD.findall(text)


@functools.lru_cache(maxsize=256)
def words_of(text: str, syntax: str) -> tuple[str, ...]:
    """Give the words of a text that are said to a reader."""
    return tuple(words(prose(text, syntax)))


# ------------------------------------------------------------------------------ scripts

_SCRIPTS = {"Latn": {"LATIN"}, "Cyrl": {"CYRILLIC"}, "Grek": {"GREEK"}, "Arab": {"ARABIC"}} | {
    "Hebr": {"HEBREW"}, "Jpan": {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"},
    "Hans": {"CJK"}, "Hant": {"CJK", "BOPOMOFO"}, "Kore": {"HANGUL", "CJK"}, "Thai": {"THAI"},
    "Deva": {"DEVANAGARI"}, "Armn": {"ARMENIAN"}, "Geor": {"GEORGIAN"}, "Beng": {"BENGALI"},
    "Taml": {"TAMIL"}, "Telu": {"TELUGU"},
}  # fmt: skip
# They stand for themselves in any language: a Greek letter alone is one in a formula.
_ANY = frozenset({"FULLWIDTH", "HALFWIDTH", "MATHEMATICAL", "DOUBLE-STRUCK", "MODIFIER"}) | {
    "FEMININE", "MASCULINE", "MICRO", "SCRIPT", "BLACK-LETTER", "OHM", "KELVIN", "ANGSTROM",
    "TURNED", "INFORMATION", "SUPERSCRIPT", "EULER", "PLANCK", "ALEF", "NUMBER", "ROMAN",
}  # fmt: skip


@functools.lru_cache(maxsize=4096)
def script(letter: str) -> str:
    """Name the script of a letter by its name in Unicode: ``LATIN``, ``CYRILLIC``, ``CJK``."""
    return unicodedata.name(letter, "UNNAMED").split(" ", 1)[0]


@functools.cache
def scripts_of(locale: Locale | None) -> frozenset[str] | None:
    """Give the scripts that a language is written in; None where that is not known."""
    if locale is None:
        return None
    code = locale.script
    if code is None:
        likely = get_global("likely_subtags").get(locale.language, "")
        code = next((part for part in likely.split("_") if len(part) == 4), "Latn")
    found = _SCRIPTS.get(code)
    return frozenset(found) | {"LATIN"} | _ANY if found else None
