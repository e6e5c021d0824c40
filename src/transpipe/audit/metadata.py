"""Front matter that should be the same in every language, and is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from transpipe.audit.site import Site, SitePage
from transpipe.model import Finding, Severity

PER_LANGUAGE = frozenset(
    {"title", "linktitle", "subtitle", "description", "summary", "abstract", "excerpt", "lead"}
    | {"caption", "alt", "tags", "keywords", "series", "categories", "topics"}
    | {"slug", "url", "aliases", "permalink", "path", "lang", "language", "locale"}
    | {"translationkey", "lastmod", "updated", "updated_at", "modified"}
)
"""Keys that each language may have a value of its own for: texts, words that pages are filed
under, addresses, and when a page was changed."""


def different_values(site: Site, is_translated: Callable[[str], bool]) -> Iterator[Finding]:
    """Find values that differ from those of the page in the site's language.

    :param is_translated: tells whether the values of a key are translated, by configuration.
    """
    for pages in site.slots.values():
        original = site.original(pages)
        if original is not None:
            for page in pages:
                if page.language != original.language:
                    yield from _compared(original, page, is_translated)


def _compared(
    original: SitePage, page: SitePage, is_translated: Callable[[str], bool]
) -> Iterator[Finding]:
    for key in sorted(original.values.keys() | page.values.keys()):
        ours, theirs = original.values.get(key), page.values.get(key)
        last = key.replace("[]", "").rpartition(".")[2].casefold()
        if ours == theirs or last in PER_LANGUAGE or is_translated(key):
            continue
        said = f"{original.path} has {_shown(ours)}, this page has {_shown(theirs)}"
        yield Finding(
            page.path,
            page.line_of(key),
            "different-metadata",
            Severity.WARNING,
            f"{key!r} differs between languages: {said}: make them the same",
            page.language,
        )


def _shown(values: tuple[str, ...] | None) -> str:
    if values is None:
        return "none"
    text = ", ".join(values)
    return repr(text if len(text) <= 60 else text[:59] + "…")
