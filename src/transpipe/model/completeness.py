"""How complete the languages are: the computed result that every report is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from babel import Locale

from transpipe.model.counts import Tally, told_percent

if TYPE_CHECKING:
    # Not every report goes into these.
    from datetime import datetime

    from transpipe.model.details import (
        LanguageChange,
        MissingMessage,
        NextStep,
        SectionCompleteness,
        Snapshot,
        Staleness,
    )
    from transpipe.model.findings import Finding


@dataclass(frozen=True, slots=True)
class DocumentCompleteness:
    """How complete one document is in one language."""

    document: str
    tally: Tally
    authored: bool = False
    """Written in this language: complete by nature, with nothing to count."""
    apart: Tally = field(default_factory=Tally)
    """Messages that ask for no translation, where they are counted apart."""
    sections: tuple[SectionCompleteness, ...] = ()
    """In the order of the document; empty where they were not asked for."""
    missing: tuple[MissingMessage, ...] = ()
    """In the order of the document; empty where they were not asked for."""
    staleness: Staleness | None = None
    """None for a complete document, and where it was not asked for."""


@dataclass(frozen=True, slots=True)
class LanguageCompleteness:
    """How complete one language is."""

    locale: Locale
    documents: tuple[DocumentCompleteness, ...]
    hidden: tuple[DocumentCompleteness, ...] = ()
    """Documents that count but are not listed."""
    unreadable: tuple[str, ...] = ()
    """Documents whose catalog could not be read: nobody knows how complete they are."""

    @property
    def tally(self) -> Tally:
        """The sum over the documents that are translated into this language."""
        return Tally.sum(document.tally for document in (*self.documents, *self.hidden))

    @property
    def percent(self) -> int | None:
        """The share of messages, as :func:`told_percent` has it."""
        return told_percent(self.tally.messages, partial=bool(self.unreadable))

    @property
    def apart(self) -> Tally:
        """The sum of what is counted apart."""
        return Tally.sum(document.apart for document in (*self.documents, *self.hidden))


@dataclass(frozen=True, slots=True)
class Completeness:
    """The computed result that every report is given."""

    languages: tuple[LanguageCompleteness, ...]
    unreadable: tuple[Finding, ...] = ()
    """Catalogs that could not be read: named, never counted as zero."""
    next_steps: tuple[NextStep, ...] = ()
    """What to translate next, the largest gain for readers first, if it was asked for."""
    against: str | None = None
    """The revision that the changes are since."""
    changes: tuple[LanguageChange, ...] = ()
    history: tuple[Snapshot, ...] = ()
    """The oldest first."""
    checked: bool = False
    """Whether translations that readers do not get to see count as fuzzy."""
    created: datetime | None = None

    @property
    def tally(self) -> Tally:
        """The sum over the languages."""
        return Tally.sum(language.tally for language in self.languages)

    @property
    def partial(self) -> bool:
        """Whether a catalog could not be read."""
        return any(language.unreadable for language in self.languages)
