"""Pages made by hand, and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from babel import Locale

from transpipe.model.documents import Document, Segment
from transpipe.model.findings import Finding


class Doubt(StrEnum):
    """Why a pair is not sure."""

    UNLIKE = "unlike"
    """The two have little in common but their place."""
    SPLIT = "split"
    """The text is one block in the source and several in the translation."""
    MERGED = "merged"
    """Several blocks of the source are one in the translation."""
    MOVED = "moved"
    """It stands in another place."""
    AMBIGUOUS = "ambiguous"
    """The same text is translated in different ways on the page, this is not the first."""

    @property
    def reason(self) -> str:
        """A sentence for translators, without its full stop."""
        return _DOUBT_REASONS[self.value]


_DOUBT_REASONS = {
    "unlike": "stands in the place of the source, but is not alike enough to be sure",
    "split": "the page has several paragraphs where the source has one",
    "merged": "the page has one paragraph where the source has several",
    "moved": "stands in another place on the page",
    "ambiguous": "the page translates the same text in another way before",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A segment, and what translates it on the page in the other language."""

    segment: Segment
    msgstr: str
    """As it is written there, line breaks included."""
    line: int
    """Of the page in the other language, counted from 1."""
    confidence: float
    """From 0.0 to 1.0."""
    doubt: Doubt | None

    @property
    def is_sure(self) -> bool:
        """Whether nobody has to look at it."""
        return self.doubt is None


@dataclass(frozen=True, slots=True)
class Alignment:
    """What was found in two pages."""

    pairs: tuple[Pair, ...]
    """In the order of the source."""
    same_structure: bool
    """Whether both have the same blocks in the same order."""
    copied: tuple[Segment, ...]
    """Of the source: sentences that stand on the other page as they are, not translated."""
    source_only: tuple[Segment, ...]
    """Of the source: what has no counterpart."""
    target_only: tuple[Segment, ...]
    """Of the other page: what has no counterpart."""


@dataclass(frozen=True, slots=True)
class AdoptedPage:
    """A page made by hand, and what becomes of it."""

    source: Document
    page: Document
    """The same page in another language."""
    alignment: Alignment
    kept: tuple[Pair, ...]
    """Pairs that were not taken: the catalog holds another translation that somebody wrote."""
    rendered: str
    """The page as it would be rendered from the catalogs."""

    @property
    def is_identical(self) -> bool:
        """Whether rendering gives the page back byte for byte."""
        return self.rendered == self.page.text


@dataclass(frozen=True, slots=True)
class Adoption:
    """What adopting a site does."""

    pages: tuple[AdoptedPage, ...]
    missing: tuple[tuple[Document, Locale], ...]
    """Documents that have no page in a language."""
    findings: tuple[Finding, ...]
    """Pages that could not be adopted, and why."""
    other_keys: tuple[tuple[str, int], ...] = ()
    """Keys of the front matter that are not translated and hold other text on pages, with how
    many pages that is."""
