"""Texts that are in another language, or in letters of another script, than their page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from babel import Locale

from transpipe.audit.site import Site, SitePage
from transpipe.locales import path_code
from transpipe.model import Finding, Severity

TellLanguage = Callable[[str, Locale], Locale | None]
"""Gives the language of a text that clearly is not in the expected one, else None."""
ForeignWords = Callable[[str, Locale], Sequence[str]]
"""Gives the words of a text with letters that a language is not written in."""


def wrong_language(site: Site, tell: TellLanguage) -> Iterator[Finding]:
    """Find files in another language than they should be in."""
    for page in site.pages:
        found = tell("\n".join(text for _, text in page.prose), page.language)
        if found is not None:
            told = "its name says" if page.named else "its name tells no language, so it should be"
            text = (
                f"is in {path_code(found)}, and {told} {path_code(page.language)}: give it the "
                "name of its language, or translate it"
            )
            yield Finding(page.path, None, "wrong-language", Severity.ERROR, text, page.language)


def foreign_letters(site: Site, find: ForeignWords) -> Iterator[Finding]:
    """Find words with letters of a script that the language of the page is not written in.

    A word that the page has in other languages too is meant to be so.
    """
    for pages in site.slots.values():
        found = {page.path: list(_found(page, find)) for page in pages}
        for page in pages:
            others = {
                word
                for other in pages
                if other.language != page.language
                for _, word, _ in found[other.path]
            }
            for line, word, text in found[page.path]:
                if word not in others:
                    said = f"{word!r} has letters of another script: mend it"
                    yield Finding(
                        page.path,
                        line,
                        "foreign-letters",
                        Severity.WARNING,
                        said,
                        page.language,
                        text,
                    )


def _found(page: SitePage, find: ForeignWords) -> Iterator[tuple[int, str, str]]:
    for line, text in page.prose:
        for word in find(text, page.language):
            yield line, word, text
