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
    """Add up what changed in the documents of a language."""
    before = after = added = lost = regained = Tally()
    for pair in pairs:
        old, new = pair.before or _NOTHING, pair.after or _NOTHING
        before, after = before + old.tally, after + new.tally
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
