"""What a report can tell beside counts: sections, missing messages, the past, what is next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from babel import Locale

from transpipe.model.catalogs import State
from transpipe.model.counts import Counts, Tally


@dataclass(frozen=True, slots=True)
class SectionCompleteness:
    """How complete the part of a document below one heading is."""

    heading: str
    """The msgid of the heading; empty for what stands before the first."""
    tally: Tally


@dataclass(frozen=True, slots=True)
class MissingMessage:
    """A message whose source text the reader sees."""

    msgid: str
    state: State
    words: int
    """Of the source."""
    path: Path
    """The catalog that lacks it; of a document without one, where it would be."""
    line: int | None = None
    """Where it is in the catalog."""
    msgctxt: str | None = None
    msgstr: str = ""
    """The fuzzy translation, if there is one."""
    previous: str | None = None
    """The source text that the fuzzy translation was written for."""
    references: tuple[str, ...] = ()
    section: str = ""
    """The heading it stands below."""
    reason: str = ""
    """Why a translation that is there is not shown, if it is not."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit."""

    commit: str
    """Its full name."""
    date: datetime
    """When it was made, with its time zone."""
    author: str
    subject: str


@dataclass(frozen=True, slots=True)
class Staleness:
    """How long a translation has been behind its source, by the history of both."""

    since: datetime | None
    """When the oldest of the messages that are missing became so; None if it is not committed."""
    translated: Revision | None
    """The last change to a translation of this document; None if there never was one."""
    changed: int
    """How many messages wait since their source changed: they have a fuzzy translation."""
    added: int
    """How many messages have never been translated."""
    commits: tuple[Revision, ...] = ()
    """What changed in the source since then, the newest first."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """A document to translate next."""

    locale: Locale
    document: str
    words_left: int
    percent: int
    """Of its messages that are translated."""
    is_entry: bool
    """Whether readers enter the documentation, or a part of it, by this page."""
    views: int | None = None
    """How often it is read; None where no views are known."""


@dataclass(frozen=True, slots=True)
class LanguageChange:
    """What changed in a language between a revision and the working tree."""

    locale: Locale
    before: Tally
    after: Tally
    added: Counts
    """Words of messages that are new in the source, by their state now."""
    newly_fuzzy: int
    """Words that were translated, and are fuzzy or untranslated now."""
    regained: int
    """Words that were fuzzy or untranslated, and are translated now."""
    partial: bool = False
    """Whether documents are left out, because a catalog could not be read then or now."""

    @property
    def falls(self) -> bool:
        """Whether a smaller share of the messages is translated than before."""
        before, after = self.before.messages, self.after.messages
        return after.percent < before.percent


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How complete the languages were at some time."""

    date: datetime
    languages: Mapping[str, Tally]
    """By code: ``pt_BR``."""
