"""Comparing where links go: the same place, or the same place in the translation's language."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from babel import Locale
from babel.localedata import locale_identifiers

from transpipe.entities import unescape

_PARTS = re.compile(r"[^/.?&=#:\"]+|.")
_ADDRESS = re.compile(
    r"https?:[/\\]{2}|(?<=[(\"'=<])[/\\]{2}(?=[\w-]++\.)|\b(?=www\.)", re.IGNORECASE
)
_SITE = re.compile(r"(?:https?:)?//[^/?#]*", re.IGNORECASE)
_AUTHORITY_END = re.compile(r"[\s/\\?#<>()\[\]\"'`|]|\Z")
_HOST = re.compile(r"[^@:,;*]+")


def difference(
    source: Iterable[str], translation: Iterable[str], locale: Locale | None
) -> tuple[list[str], list[str]]:
    """Give the targets that a translation lacks, and those that it adds, whatever their order.

    A target in the translation's language stands for the same target in another language.
    """
    source, translation = tuple(source), tuple(translation)
    if source == translation:
        return [], []
    before, after = Counter(source), Counter(translation)
    missing = list((before - after).elements())
    added = []
    for target in (after - before).elements():
        for other in missing:
            if is_language_variant(other, target, locale):
                missing.remove(other)
                break
        else:
            added.append(target)
    return missing, added


def is_language_variant(source: str, target: str, locale: Locale | None) -> bool:
    """Whether a target is the source's in the language of the translation.

    On a site that has a host a language, as Wikipedia has, the path is free: pages are named in
    the language they are written in.

    >>> es = Locale("es")
    >>> is_language_variant("https://en.example.org/Yes", "https://es.example.org/Sí", es)
    True
    >>> is_language_variant("/en/start", "/es/start", es), is_language_variant("/a", "/b", es)
    (True, False)
    """
    if source == target:
        return True
    if locale is None:
        return False
    before, after = _own_host(source), _own_host(target)
    if before and after and before != after:
        return is_same_site(before, after, locale)
    bare = _without(target, _own_codes(locale))
    return bare in (_without(source, frozenset()), _without(source, _codes()))


def is_same_site(source: str, host: str, locale: Locale) -> bool:
    """Whether a host is the source's for the language of the translation.

    >>> es = Locale("es")
    >>> is_same_site("en.example.org", "es.example.org", es)
    True
    >>> is_same_site("example.it", "example.es", es)
    False
    """
    bare = _bare_host(host, _own_codes(locale))
    return bare in (source.lower(), _bare_host(source, _codes()))


def _bare_host(host: str, codes: frozenset[str]) -> str:
    first, _, rest = host.lower().partition(".")
    return rest if first in codes and "." in rest else host.lower()


def hosts(text: str) -> frozenset[str]:
    """Give the hosts of the addresses in a text of any syntax, in small letters.

    >>> sorted(hosts("<https://Example.org/a>, https://you@example.com:80 and www.example.net."))
    ['example.com', 'example.net', 'example.org']
    """
    if not may_hold_address(text):
        return frozenset()
    found = (host.lower().rstrip(".!") for _, host in _addresses(text))
    return frozenset(host.removeprefix("www.") for host in found if host)


def may_hold_address(text: str) -> bool:
    """Whether an address may be in a text: most have none, which is told at once."""
    return "//" in text or "\\" in text or "www." in text.casefold()


def _own_host(target: str) -> str | None:
    """Give the host of a target that is a whole address, in small letters."""
    return next((host.lower() for start, host in _addresses(target) if start == 0), None)


def _addresses(text: str) -> Iterator[tuple[int, str]]:
    """Find where addresses begin, and their hosts; what stands before ``@`` is no host.

    Each character is looked at a few times at most, however many addresses run into one another.
    """
    authority_end = host_end = at = -1
    for match in _ADDRESS.finditer(text):
        start = match.end()
        if start >= authority_end:
            end = _AUTHORITY_END.search(text, start)
            authority_end = end.start() if end else len(text)
            at = text.rfind("@", start, authority_end)
        start = max(start, at + 1)
        host = None if start < host_end else _HOST.match(text, start, authority_end)
        if host:
            host_end = host.end()
            yield match.start(), host[0]


def new_hosts(source: str, translation: str, locale: Locale | None) -> list[str]:
    """Give the hosts of a translation's addresses that are in no address of the source.

    HTML's character references are read as the characters they stand for.
    """
    found = hosts(unescape(translation))
    known = hosts(unescape(source)) if found else found
    return sorted(
        host
        for host in found - known
        if locale is None or not any(is_same_site(other, host, locale) for other in known)
    )


def _without(target: str, codes: frozenset[str]) -> tuple[str, ...]:
    """Split a target, and leave out language codes with the separator that follows each."""
    # What looks like one in a host is none: ``.io`` is a country.
    host = _SITE.match(target)
    fixed = host[0] if host else ""
    parts = _PARTS.findall(target[len(fixed) :])
    kept: list[str] = []
    skip = False
    for part in parts:
        if skip and part in "/.":
            skip = False
            continue
        skip = part.lower().replace("_", "-") in codes
        if not skip:
            kept.append(part)
    # ``/es`` and ``/es/`` leave their separators behind at the end.
    while kept and kept[-1] in "/.":
        kept.pop()
    return (fixed, *kept)


@functools.cache
def _own_codes(locale: Locale) -> frozenset[str]:
    """Give the codes of a language and of its countries' forms: ``es`` and ``es-mx``."""
    return frozenset(code for code in _codes() if code.partition("-")[0] == locale.language)


@functools.cache
def _codes() -> frozenset[str]:
    return frozenset(code.lower().replace("_", "-") for code in locale_identifiers())
