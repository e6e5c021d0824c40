"""Which files claim to be one page, and which pages are not there in every language."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from transpipe.audit.site import Site, SitePage
from transpipe.locales import path_code
from transpipe.model import Finding, Severity


def two_files(site: Site) -> Iterator[Finding]:
    """Find files that are the same page in the same language."""
    for pages in site.slots.values():
        by_language: dict[str, list[SitePage]] = {}
        for page in pages:
            by_language.setdefault(path_code(page.language), []).append(page)
        for first, *others in by_language.values():
            for other in others:
                yield _rival(first, other)


def missing_languages(site: Site) -> Iterator[Finding]:
    """Find pages that are not there in a language of the site."""
    for pages in site.slots.values():
        there = {page.language for page in pages}
        missing = [path_code(each) for each in site.languages if each not in there]
        if missing:
            page = site.original(pages) or pages[0]
            text = f"the page is not there in {', '.join(missing)}: translate it"
            yield Finding(
                page.path, None, "missing-language", Severity.WARNING, text, page.language
            )


def _rival(first: SitePage, other: SitePage) -> Finding:
    line = _first_difference(first.text, other.text)
    same = f"is the page in {path_code(first.language)} that {first.path} is too"
    if line is None:
        text, severity = f"{same}, with the same text: remove one of them", Severity.WARNING
    else:
        text, severity = f"{same}, and differs from here on: keep one of them", Severity.ERROR
    return Finding(other.path, line, "two-files", severity, text, other.language)


def _first_difference(one: str, other: str) -> int | None:
    rows = zip_longest(one.splitlines(keepends=True), other.splitlines(keepends=True))
    return next((line for line, (ours, theirs) in enumerate(rows, 1) if ours != theirs), None)
