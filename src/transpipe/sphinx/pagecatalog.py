"""The compiled catalogs of one page, as Sphinx finds them, with contexts."""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util.i18n import docname_to_domain

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


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
        self._chain: gettext.NullTranslations = gettext.NullTranslations()
        for folder in locale_dirs:
            try:
                self._chain.add_fallback(gettext.translation(domain, folder, [language]))
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
