"""Links that lead to the page of another language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from babel import Locale

from transpipe.audit.site import Site, SitePage
from transpipe.locales import html_code, path_code
from transpipe.model import Finding, Severity


def other_language(site: Site) -> Iterator[Finding]:
    """Find links within the site to a page in another language, where there is one in the own.

    Looked at are addresses without a host: with a language in them (``/es/about``,
    ``page.es.md``), and those from the root of the site, where the site's language lives.
    """
    codes = {
        code.casefold(): locale
        for locale in site.languages
        for code in (path_code(locale), html_code(locale))
    }
    there = {(page.slot, page.language) for page in site.pages}
    for page in site.pages:
        for line, address in page.links:
            found = _language_of(page, address, codes, site.languages[0])
            if found is None:
                continue
            language, slots = found
            if language != page.language and any((each, page.language) in there for each in slots):
                text = (
                    f"the link {address!r} leads to the page in {path_code(language)}, and there "
                    f"is one in {path_code(page.language)}: link that"
                )
                yield Finding(page.path, line, "wrong-link", Severity.WARNING, text, page.language)


def _language_of(
    page: SitePage, address: str, codes: Mapping[str, Locale], default: Locale
) -> tuple[Locale, tuple[str, ...]] | None:
    """Give the language that an address leads to, and the slots it may be."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    path = unquote(parts.path)
    if path.startswith("/"):
        steps = [step for step in path.split("/") if step]
        if steps and steps[0].casefold() in codes:
            return codes[steps[0].casefold()], _slots("/".join(steps[1:]))
        return default, _slots("/".join(steps))
    stem, dot, suffix = path.rpartition(".")
    name, _, code = stem.rpartition(".")
    if dot and suffix and name and code.casefold() in codes:
        folder = page.slot.rpartition("/")[0]
        return codes[code.casefold()], (normpath(f"{folder}/{name}").lstrip("/"),)
    return None


def _slots(path: str) -> tuple[str, ...]:
    path = path.rstrip("/")
    base = path.rpartition(".")[0] if path.endswith((".html", ".htm", ".md")) else path
    return tuple(each.lstrip("/") for each in (base, f"{base}/index", f"{base}/_index"))
