"""The language in a path: ``about/index.es.md``, ``es/about/index.md``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from babel import Locale

from transpipe.locales import find_locale

_CODE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


def language_of(part: str) -> Locale | None:
    """Read a part of a path as a language code; None where it is none.

    A name that CLDR only knows by way of an alias counts as none: ``in`` once was Indonesian.
    """
    if not _CODE.fullmatch(part):
        return None
    locale = find_locale(part)
    is_own = locale is not None and locale.language == re.split("[-_]", part)[0].lower()
    return locale if is_own else None


Page = tuple[str, str]
"""A document's path without suffix and language, and its suffix with the dot."""


def split_name(path: str) -> tuple[Page, str]:
    """Split ``a/b.es.md`` into its page, ``("a/b", ".md")``, and the language part, ``es``.

    The language part is empty where there is none.
    """
    folder, slash, name = path.rpartition("/")
    whole, dot, end = name.rpartition(".")
    if not whole:  # a hidden file, or one without a suffix
        return (path, ""), ""
    suffix = dot + end
    stem, _, part = whole.rpartition(".")
    if not stem or language_of(part) is None:
        return (folder + slash + whole, suffix), ""
    return (folder + slash + stem, suffix), part


def pages(documents: Iterable[str]) -> Mapping[Page, Mapping[str, str]]:
    """Group documents by page: language part (empty for none) to document."""
    grouped: defaultdict[Page, dict[str, str]] = defaultdict(dict)
    for path in documents:
        page, part = split_name(path)
        grouped[page][part] = path
    return dict(grouped)


def sibling_parts(documents: Iterable[str], declared: Iterable[Locale] = ()) -> tuple[str, ...]:
    """Give the language parts in names of documents, as spelled, in order.

    ``notes.so.md`` alone is no page in Somali: a language that the site does not declare must
    stand beside another version of the same page.
    """
    known = frozenset(declared)
    parts = {
        part
        for versions in pages(documents).values()
        for part in versions
        if part and (len(versions) > 1 or language_of(part) in known)
    }
    return tuple(sorted(parts))


def folder_parts(documents: Iterable[str], declared: Iterable[Locale] = ()) -> tuple[str, ...]:
    """Give the folders, directly below the source folder, that hold one language each.

    ``api/`` and ``is/`` are folders like others: one that the site does not declare must hold a
    document that also stands in another language's folder, or outside of them.
    """
    known = frozenset(declared)
    inside: defaultdict[str, set[str]] = defaultdict(set)
    outside: set[str] = set()
    for path in documents:
        first, slash, rest = path.partition("/")
        if slash and language_of(first):
            inside[first].add(rest)
        else:
            outside.add(path)
    return tuple(
        sorted(
            part
            for part, held in inside.items()
            if language_of(part) in known
            or held & outside
            or any(held & others for other, others in inside.items() if other != part)
        )
    )
