"""Comparing where links go: the same place, or the same place in the translation's language."""

from __future__ import annotations

import functools
import html
import re
from collections import Counter
from collections.abc import Iterable

from babel import Locale
from babel.localedata import locale_identifiers

_PARTS = re.compile(r"[^/.?&=#:\"]+|.")
_ADDRESS = re.compile(
    r"(?:https?:[/\\]{2}|(?<=[(\"'=<])[/\\]{2}(?=[\w-]+\.)|\b(?=www\.))"
    r"(?:[^\s/\\?#@<>()\[\]\"'`|]*@)?"
    r"([^\s/\\?#@<>()\[\]\"'`|:,;*]+)",
    re.IGNORECASE,
)


def difference(
    source: Iterable[str], translation: Iterable[str], locale: Locale | None
) -> tuple[list[str], list[str]]:
    """Give the targets that a translation lacks, and those that it adds, whatever their order.

    A target in the translation's language stands for the same target in another language.
    """
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
    before, after = _ADDRESS.match(source), _ADDRESS.match(target)
    if before and after and before[1].lower() != after[1].lower():
        return is_same_site(before[1], after[1], locale)
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
    found = (match[1].lower().rstrip(".!") for match in _ADDRESS.finditer(text))
    return frozenset(host.removeprefix("www.") for host in found if host)


def new_hosts(source: str, translation: str, locale: Locale | None) -> list[str]:
    """Give the hosts of a translation's addresses that are in no address of the source.

    HTML's character references are read as the characters they stand for.
    """
    known = hosts(html.unescape(source))
    return sorted(
        host
        for host in hosts(html.unescape(translation)) - known
        if locale is None or not any(is_same_site(other, host, locale) for other in known)
    )


def _without(target: str, codes: frozenset[str]) -> tuple[str, ...]:
    """Split a target, and leave out language codes with the separator that follows each."""
    parts = _PARTS.findall(target)
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
    return tuple(kept)


def _own_codes(locale: Locale) -> frozenset[str]:
    return frozenset({str(locale).lower().replace("_", "-"), locale.language})


@functools.cache
def _codes() -> frozenset[str]:
    return frozenset(code.lower().replace("_", "-") for code in locale_identifiers())
