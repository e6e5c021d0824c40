"""From the versions of a catalog to how long it has been behind its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from transpipe.catalogs.counting import CountedCatalog, Key
from transpipe.model import Revision, Staleness


@dataclass(frozen=True, slots=True)
class Version:
    """What a catalog held since a commit."""

    revision: Revision
    counted: CountedCatalog
    translations: frozenset[tuple[Key, bytes]]
    """The translations in it that readers see, each with its message."""


def staleness(now: CountedCatalog, versions: Iterable[Version]) -> Staleness:
    """Say since when messages of a document have been missing, and who last translated it.

    Versions are asked for only as long as they can tell more.

    :param now: the messages of the document by their states, as they are.
    :param versions: those of its catalog, the newest first.
    """
    missing = now.fuzzy | now.untranslated
    since: datetime | None = None
    translated: Revision | None = None
    newer: Version | None = None
    for version in versions:
        if newer is not None and translated is None:
            translated = _translated_by(newer, version)
        newer = version
        still = missing & (version.counted.fuzzy | version.counted.untranslated)
        if still:
            since = version.revision.date
        missing = still
        if translated is not None and not missing:
            break
    else:
        if newer is not None and translated is None and newer.translations:
            translated = newer.revision
    return Staleness(since, translated, changed=len(now.fuzzy), added=len(now.untranslated))


def _translated_by(newer: Version, older: Version) -> Revision | None:
    """Tell whether a translation changed from one version to the next."""
    return newer.revision if newer.translations - older.translations else None


def with_commits(stale: Staleness, commits: Iterable[Revision]) -> Staleness:
    """Add what changed in the source since the translation was last worked on."""
    start = stale.translated.date if stale.translated else None
    after = tuple(one for one in commits if start is None or one.date > start)
    # What is not in any catalog yet is missing since the source has it.
    since = stale.since or (after[-1].date if after else None)
    return replace(stale, since=since, commits=after)
