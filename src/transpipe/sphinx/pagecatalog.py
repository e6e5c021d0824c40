"""The catalogs of a page: compiled, as Sphinx uses them, and where each entry stands."""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.pofile import PoFileError, read_po
from sphinx.util.i18n import docname_to_domain

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

NOQA = "noqa"
"""The flag of a message that is not to be warned of (``#, noqa``)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A translated message in a catalog's source."""

    path: Path
    line: int
    """The line of its msgid, counted from 1."""
    is_muted: bool


class _Missing(gettext.NullTranslations):
    """The end of the chain: tells a message without a translation from one that is the same."""

    def gettext(self, message: str) -> str:
        return ""

    def pgettext(self, context: str, message: str) -> str:
        return ""


class PageCatalog:
    """Gives the translation of a message of one page; the first folder that has one wins."""

    def __init__(self, locale_dirs: tuple[Path, ...], language: str, domain: str) -> None:
        """Open the catalogs of a domain that are there."""
        # As Sphinx does, which takes the catalog of "pt" where there is none of "pt_BR".
        codes = list(dict.fromkeys((language, language.split("_")[0])))
        self._sources = tuple(
            folder / code / "LC_MESSAGES" / f"{domain}.po"
            for folder in locale_dirs
            for code in codes
        )
        self._chain: gettext.NullTranslations = gettext.NullTranslations()
        for folder in locale_dirs:
            try:
                self._chain.add_fallback(gettext.translation(domain, folder, codes))
            except (OSError, ValueError, UnicodeError):
                continue  # none there, or damaged: Sphinx goes on without it too
        self._chain.add_fallback(_Missing())

    @classmethod
    def of(cls, env: BuildEnvironment, docname: str) -> PageCatalog:
        """Open the catalogs that Sphinx translates a page from."""
        config = env.config
        return cls(
            tuple(Path(env.srcdir) / folder for folder in config.locale_dirs),
            config.language,
            docname_to_domain(docname, config.gettext_compact),
        )

    def translation(self, msgid: str, context: str | None = None) -> str:
        """Give a msgid's translation, the empty string where it has none."""
        if not msgid:
            return ""
        if context is None:
            return self._chain.gettext(msgid)
        return self._chain.pgettext(context, msgid)

    def entry(self, msgid: str) -> Entry | None:
        """Say where the translation of a msgid without a context stands; None if unknown."""
        return self._entries.get((msgid, self.translation(msgid)))

    @cached_property
    def _entries(self) -> Mapping[tuple[str, str], Entry]:
        # Read only where there is something to warn of: it takes longer than a page does.
        found: dict[tuple[str, str], Entry] = {}
        for path in self._sources:
            for key, entry in _entries_of(path):
                found.setdefault(key, entry)
        return found


def _entries_of(path: Path) -> Iterator[tuple[tuple[str, str], Entry]]:
    try:
        with path.open("rb") as file:
            catalog = read_po(file, ignore_obsolete=True)
    except (OSError, ValueError, PoFileError):
        return  # compiled elsewhere, or broken: Sphinx says so
    for message in catalog:
        if message.context is None and isinstance(message.id, str) and message.lineno:
            entry = Entry(path, message.lineno, NOQA in message.flags)
            yield (message.id, str(message.string)), entry
