"""The terms that a language's catalogs translate: what a reference to a glossary may be called.

Sphinx knows a term by its translation too, once the catalog of the glossary gives it one.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from transpipe.catalogs.layout import MESSAGES_FOLDER
from transpipe.errors import CatalogError
from transpipe.files import read_text

Terms = Mapping[str, frozenset[str]]
"""Translations by source term, both in small letters."""

_REFERENCE = re.compile(r"(?::term:|\{term\})`(?:[^`<>]*<)?([^`<>]+)>?`")
_ENTRY = re.compile(
    r"^(?P<fuzzy>#,[^\n]*\bfuzzy\b[^\n]*\n(?:#[^\n]*\n)*)?"
    r'msgid "(?P<msgid>[^"\\]{1,100})"\nmsgstr "(?P<msgstr>[^"\\]+)"$',
    re.MULTILINE,
)


def terms_named(text: str) -> frozenset[str]:
    """Give the terms that the text of a catalog refers to, in the source or the translation."""
    if "term" not in text:
        return frozenset()
    return frozenset(" ".join(term.lower().split()) for term in _REFERENCE.findall(_joined(text)))


class Terminology:
    """Finds how the catalogs beside one translate the terms it names; reads them once."""

    def __init__(self, texts: Mapping[Path, str]) -> None:
        """Take the texts of catalogs that were read already."""
        self._texts = texts
        self._wanted = frozenset[str]().union(*map(terms_named, texts.values()))
        self._of_folder = functools.cache(self._translations)

    def of(self, path: Path) -> Terms:
        """Give the translations of the terms that a catalog names."""
        named = terms_named(self._texts[path])
        known = self._of_folder(_folder(path)) if named else {}
        return {term: known[term] for term in sorted(named) if term in known}

    def _translations(self, folder: Path) -> Terms:
        found: dict[str, set[str]] = defaultdict(set)
        for path in sorted(folder.rglob("*.po")):
            text = self._texts.get(path)
            try:
                text = read_text(path, CatalogError) if text is None else text
            except CatalogError:
                continue
            for term, translation in _pairs(text, self._wanted):
                found[term].add(translation)
        return {term: frozenset(translations) for term, translations in found.items()}


def _folder(path: Path) -> Path:
    """Give the folder of all catalogs of a catalog's language."""
    parents = [parent for parent in path.parents if parent.name == MESSAGES_FOLDER]
    return parents[0] if parents else path.parent


def _pairs(text: str, wanted: frozenset[str]) -> Iterable[tuple[str, str]]:
    for match in _ENTRY.finditer(_joined(text)):
        term = match["msgid"].lower()
        if term in wanted and not match["fuzzy"]:
            yield term, match["msgstr"].lower()


def _joined(text: str) -> str:
    return text.replace('"\n"', "")
