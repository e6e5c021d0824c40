"""What the checks know of languages, for whole pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from babel import Locale

from transpipe.checks.language import detect, is_function_word
from transpipe.checks.prose import prose, script, scripts_of, words
from transpipe.locales import parse_locale

_FOREIGN = re.compile(r"[^\W\d_]*[^\W\d_\u0000-\u024f][^\W\d_]*")
"""A word with a letter that is not Latin."""
_SHARE = 0.15
_FEWEST = 6


def tell_language(text: str, expected: Locale) -> Locale | None:
    """Give the language of a text in Markdown that clearly is not the expected one, else None."""
    said = words(prose(text, "markdown"))
    found = detect(said, expected.language)
    if found is None:
        return None
    # Names have such words too, but few and the same: "Casa de la Cultura".
    small = [word.casefold() for word in said if is_function_word(word, found)]
    is_prose = len(set(small)) >= _FEWEST and len(small) >= _SHARE * len(said)
    return parse_locale(found) if is_prose else None


def foreign_words(text: str, locale: Locale) -> Sequence[str]:
    """Give the words of a text in Markdown with letters that a language is not written in."""
    return () if text.isascii() else tuple(_foreign(prose(text, "markdown"), locale))


def _foreign(text: str, locale: Locale) -> Iterator[str]:
    allowed = scripts_of(locale)
    for word in _FOREIGN.findall(text):
        scripts = {script(letter) for letter in word if letter.isalpha()}
        # A Greek letter alone is one of a formula.
        if (
            allowed is not None
            and not scripts <= allowed
            and (len(word) > 1 or scripts != {"GREEK"})
        ):
            yield word
