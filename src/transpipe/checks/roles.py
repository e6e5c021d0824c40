"""Comparing roles: what they name must stay, what they say may be translated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping


def role_difference(
    source: Counter[str],
    translation: Counter[str],
    terms: Mapping[str, frozenset[str]] | None,
    term: str,
) -> tuple[list[str], list[str]]:
    """Give the roles that a translation lacks, and those that it adds.

    :param terms: how terms are translated, in small letters; None where that is not known.
    :param term: how a role of a term begins, as the roles are written: ``:term:``.
    """
    missing = list((source - translation).elements())
    added = list((translation - source).elements())
    for key in list(missing):
        twin = next((other for other in added if _is_term(key, other, terms, term)), None)
        if twin is not None:
            missing.remove(key)
            added.remove(twin)
    return missing, added


def _is_term(one: str, other: str, terms: Mapping[str, frozenset[str]] | None, term: str) -> bool:
    if not one.startswith(term) or not other.startswith(term):
        return False
    if terms is None:
        return True
    name, translation = (key.removeprefix(term).strip("`").lower() for key in (one, other))
    return translation in terms.get(name, ())
