"""From the counts of a document before and now to what changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from babel import Locale

from transpipe.catalogs.counting import CountedCatalog, tally_of
from transpipe.model import LanguageChange, Tally

_NOTHING = CountedCatalog((), frozenset(), frozenset(), None)


@dataclass(frozen=True, slots=True)
class Pair:
    """A document as it was and as it is; None where there was, or is, none."""

    before: CountedCatalog | None
    after: CountedCatalog | None


def compare(locale: Locale, pairs: Iterable[Pair]) -> LanguageChange:
    """Add up what changed in the documents of a language.

    A new document is compared with those that are gone: it may be one of them, renamed.
    """
    before = after = added = lost = regained = Tally()
    pairs = tuple(pairs)
    gone = _together(pair.before for pair in pairs if pair.before and not pair.after)
    for pair in pairs:
        before += (pair.before or _NOTHING).tally
        after += (pair.after or _NOTHING).tally
        old, new = pair.before or gone, pair.after or _NOTHING
        old_keys, new_keys = frozenset(old.keys), frozenset(new.keys)
        fresh = new_keys - old_keys
        added += tally_of(fresh, new.fuzzy & fresh, new.untranslated & fresh)
        old_missing, missing = old.fuzzy | old.untranslated, new.fuzzy | new.untranslated
        lost += tally_of((missing & old_keys) - old_missing, (), ())
        regained += tally_of((old_missing & new_keys) - missing, (), ())
        # A message whose source changed is a new one, with the old translation as a fuzzy one.
        lost += tally_of(new.fuzzy & fresh, (), ())
    return LanguageChange(
        locale,
        before,
        after,
        added.words,
        lost.words.total,
        regained.words.total,
    )


def _together(catalogs: Iterable[CountedCatalog | None]) -> CountedCatalog:
    """Take several documents for one; a message that is translated in one of them is."""
    found = [catalog for catalog in catalogs if catalog is not None]
    missing = [catalog.fuzzy | catalog.untranslated for catalog in found]
    translated = {
        key
        for catalog, lacking in zip(found, missing, strict=True)
        for key in catalog.keys
        if key not in lacking
    }
    return CountedCatalog(
        tuple(dict.fromkeys(key for catalog in found for key in catalog.keys)),
        frozenset(key for one in found for key in one.fuzzy if key not in translated),
        frozenset(key for one in found for key in one.untranslated if key not in translated),
        None,
    )
