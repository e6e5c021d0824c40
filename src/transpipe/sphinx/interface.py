"""The words around a page: a project's catalog of them goes into templates as it stands."""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import sphinx
import sphinx.locale
from babel.messages.mofile import read_mo
from sphinx.util import logging

from transpipe.escape import visible
from transpipe.sphinx.guard import added, deeds_of_html, is_unbalanced

if TYPE_CHECKING:
    from sphinx.application import Sphinx

DOMAIN = "sphinx"
PACKAGED = Path(sphinx.__file__).parent / "locale"
"""The catalogs that Sphinx brings."""
SAYING_TAGS = frozenset(
    f"<{mark}{name}>"
    for name in ("b", "cite", "code", "em", "i", "kbd", "q", "strong", "var")
    for mark in ("", "/")
)
"""What marks up words, and can do nothing else."""
ATTRIBUTE = re.compile(r"'\s*[A-Za-z][\w:-]*\s*=")
"""What ends a value between apostrophes, and begins another attribute."""
NAME = re.compile(r"%\((\w+)\)")
PLACE = re.compile(r"%[-+#0]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]")
logger = logging.getLogger(__name__)


class HarmlessTranslations(gettext.NullTranslations):
    """Gives no translation that adds HTML to its source, unless Sphinx brought it."""

    def __init__(
        self, translations: gettext.NullTranslations, packaged: gettext.NullTranslations
    ) -> None:
        """Take what is in effect, and what Sphinx brings."""
        super().__init__()
        self._all, self._packaged = translations, packaged
        self._reported: set[str] = set()

    def gettext(self, message: str) -> str:
        """Translate a message, or give it back."""
        text = self._all.gettext(message)
        return self._judged(message, text, self._packaged.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Translate a message in the form for a number, or give it back."""
        text = self._all.ngettext(msgid1, msgid2, n)
        source = msgid1 if n == 1 else msgid2
        return self._judged(source, text, self._packaged.ngettext(msgid1, msgid2, n))

    def _judged(self, source: str, text: str, packaged: str) -> str:
        if text in (source, packaged):
            return text
        fault = _fault(source, text)
        if fault is None:
            return text
        if source not in self._reported:
            self._reported.add(source)
            logger.warning(
                "the translation %s of %s in the project's catalog “%s” is left out because %s",
                visible(f"“{text}”"), visible(f"“{source}”"), DOMAIN, fault,
                type="transpipe", subtype="refused",
            )  # fmt: skip
        return packaged


def _fault(source: str, text: str) -> str | None:
    # Templates put words between quotation marks, too.
    if (
        any(deed.what not in SAYING_TAGS for deed in added(*map(deeds_of_html, (source, text))))
        or is_unbalanced(source, text)
        or text.count('"') > source.count('"')
        or (ATTRIBUTE.search(text) and not ATTRIBUTE.search(source))
    ):
        return "it adds HTML"
    return None if _can_be_filled(source, text) else "its placeholders are not those of its source"


def _can_be_filled(source: str, text: str) -> bool:
    """Tell whether what fills the placeholders of a source (``%(name)s``) fills its translation."""
    plain = source.replace("%%", "")
    names = NAME.findall(plain)
    count = len(PLACE.findall(plain))
    values: object = dict.fromkeys(names, 0) if names else (0,) * count
    try:
        return bool(text % values) if names or count else True
    except (KeyError, TypeError, ValueError):
        return False


@cache
def words_of_sphinx(shown: str, written: str) -> Mapping[str, str]:
    """Give what Sphinx itself writes on pages of a language, with what it writes in another.

    The labels of fields (“Parameters”) and the titles of some directives are messages of a page in
    its template, and stand on the page in the language of the reader from the first.

    :param shown: the language of the site.
    :param written: the language of the templates.
    """
    ours, theirs = _packaged_words(shown), _packaged_words(written)
    return {ours.get(word, word): theirs.get(word, word) for word in {**ours, **theirs}}


def _packaged_words(language: str) -> Mapping[str, str]:
    """Give the texts of Sphinx in a language, by the English ones; none for English."""
    path = gettext.find(DOMAIN, PACKAGED, list(dict.fromkeys((language, language.split("_")[0]))))
    if path is None:
        return {}
    with Path(path).open("rb") as file:
        return {
            message.id: message.string
            for message in read_mo(file)
            if isinstance(message.id, str) and isinstance(message.string, str) and message.string
        }


def guard_interface(app: Sphinx) -> None:
    """Judge what the project's own catalog of the interface says, if it has one."""
    translators: Mapping[tuple[str, str], gettext.NullTranslations] = sphinx.locale.translators
    key = ("general", DOMAIN)
    translations = translators.get(key)
    if translations is None or isinstance(translations, HarmlessTranslations):
        return
    codes = list(dict.fromkeys((app.config.language, app.config.language.split("_")[0])))
    packaged = gettext.translation(DOMAIN, PACKAGED, codes, fallback=True)
    sphinx.locale.translators[key] = app.translator = HarmlessTranslations(translations, packaged)
