"""The words of the project as types. Nothing here reads or writes a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from babel import Locale

# --------------------------------------------------------------------------- documents


@dataclass(frozen=True, slots=True)
class Document:
    """One source file, as it is on disk."""

    name: str
    """The path below the source folder without its suffix, with ``/``: ``about/index``.
    It is the catalog's domain too, as Sphinx has it with ``gettext_compact = False``. That of a
    data file is its path below the project's folder with its suffix: ``data/authors.yaml``."""
    path: Path
    """Where the file is."""
    text: str
    """The whole text, every character of it: byte order mark, carriage returns, tabs."""
    format: str
    """The name of its format: ``markdown``, ``text``, ``rest``, ``yaml``."""
    source_language: Locale | None
    """The language it is written in; None where nothing tells."""
    flavour: str = "none"
    """The host whose syntax stands in its Markdown: ``hugo``, ``mkdocs``, ``none``."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of characters of a document: ``text[start:end]``."""

    start: int
    end: int


HARD_BREAKS = "Hard line break after: "
"""How an author's comment begins that tells of line breaks which the msgid cannot hold; what
stands before each follows, parted by :data:`HARD_BREAK_SEPARATOR`."""
HARD_BREAK_SEPARATOR = " | "


class Placement(StrEnum):
    """Whether and where the text of a segment can be replaced in its document."""

    EXACT = "exact"
    """The spans hold the segment and nothing else."""
    INSIDE = "inside"
    """The text is part of another segment (the alternative text of an image in a paragraph):
    a message of its own for Sphinx, written back with the segment that holds it."""
    UNLOCATED = "unlocated"
    """It could not be located exactly, and is never written."""


class SegmentKind(StrEnum):
    """What a segment is in its document."""

    PARAGRAPH = "paragraph"
    """A paragraph, also one in a list item or a quotation."""
    HEADING = "heading"
    """A heading of any level."""
    CELL = "cell"
    """A cell of a table."""
    TERM = "term"
    """A term of a definition list."""
    ALT = "alt"
    """The alternative text of an image: a message of its own, as Sphinx has it."""
    FRONT_MATTER = "front-matter"
    """The value of a key of the front matter."""
    DATA = "data"
    """The value of a key of a data file."""
    HTML = "html"
    """Text between the tags of an HTML block."""
    ATTRIBUTE = "attribute"
    """Text in a parameter: of a tag, of a shortcode, or the title of a link definition."""
    TITLE = "title"
    """The title of a block that the host or MyST adds to Markdown."""
    COMMENT = "comment"
    """A comment in a code block."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A msgid and where it stands in its document."""

    msgid: str
    """The text as Sphinx's gettext builder would write it: line breaks folded to a space."""
    kind: SegmentKind
    line: int
    """The line it begins on, counted from 1."""
    spans: tuple[Span, ...] = ()
    """The runs of source text it is made of, one a source line, in order; empty unless exact."""
    placement: Placement = Placement.EXACT
    msgctxt: str | None = None
    """``front-matter:title``, ``data:menu[].name`` and the like; None for body text."""
    comment: str = ""
    """What the author tells translators about it."""


# ---------------------------------------------------------------------------- catalogs


class State(StrEnum):
    """The state of a message; exactly one."""

    UNTRANSLATED = "untranslated"
    FUZZY = "fuzzy"
    TRANSLATED = "translated"
    OBSOLETE = "obsolete"


MessageKey = tuple[str | None, str]
"""What identifies a message in a catalog: (msgctxt, msgid)."""


@dataclass(frozen=True, slots=True)
class Previous:
    """The source text a fuzzy translation was written for (``#|`` lines)."""

    msgid: str | None = None
    msgctxt: str | None = None
    msgid_plural: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a PO file, by the GNU gettext manual, "The Format of PO Files"."""

    msgid: str
    msgstr: str = ""
    msgctxt: str | None = None
    msgid_plural: str | None = None
    msgstr_plural: tuple[str, ...] = ()
    """``msgstr[0]``, ``msgstr[1]`` …; empty unless ``msgid_plural`` is set."""
    flags: tuple[str, ...] = ()
    """The words of the ``#,`` lines, in their order."""
    references: tuple[str, ...] = ()
    """The words of the ``#:`` lines: ``path`` or ``path:line``."""
    comments: tuple[str, ...] = ()
    """Translator comments: the lines that begin with ``#`` and a space, without them."""
    extracted_comments: tuple[str, ...] = ()
    """The author's comments: the ``#.`` lines."""
    previous: Previous | None = None
    obsolete: bool = False
    line: int | None = field(default=None, compare=False)
    """The line of ``msgid`` in the file it was read from, counted from 1."""

    @property
    def key(self) -> MessageKey:
        """(msgctxt, msgid)."""
        return (self.msgctxt, self.msgid)

    @property
    def is_fuzzy(self) -> bool:
        """Whether the ``fuzzy`` flag is set."""
        return "fuzzy" in self.flags

    @property
    def has_translation(self) -> bool:
        """Whether the msgstr, or its first plural form, holds text: what msgfmt asks for."""
        if self.msgid_plural is not None:
            return bool(self.msgstr_plural) and bool(self.msgstr_plural[0])
        return bool(self.msgstr)

    @property
    def state(self) -> State:
        """The state, as ``msgfmt --statistics`` counts it."""
        if self.obsolete:
            return State.OBSOLETE
        if not self.has_translation:
            return State.UNTRANSLATED
        return State.FUZZY if self.is_fuzzy else State.TRANSLATED


@dataclass(frozen=True, slots=True)
class Catalog:
    """The messages of one domain in one locale. A template is a catalog without a locale."""

    domain: str
    """The document's name."""
    locale: Locale | None
    header: Message
    """The entry with the empty msgid: its msgstr holds the header fields, a line each."""
    messages: tuple[Message, ...]
    """Every other entry in the order of the file, obsolete ones included."""

    def header_field(self, name: str) -> str | None:
        """Give a header field's value, ``None`` where there is none. Names ignore case."""
        for entry in self.header.msgstr.split("\n"):
            key, colon, value = entry.partition(":")
            if colon and key.strip().lower() == name.lower():
                return value.strip()
        return None


# ---------------------------------------------------------------------------- results


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts by state. They add up: ``sum(counts, Counts())`` is the counts of the whole."""

    translated: int = 0
    fuzzy: int = 0
    untranslated: int = 0

    @property
    def total(self) -> int:
        """All of them; a fuzzy one is not a translated one."""
        return self.translated + self.fuzzy + self.untranslated

    @property
    def percent(self) -> float:
        """The translated share from 0.0 to 100.0; nothing to translate is 100.0."""
        return 100.0 * self.translated / self.total if self.total else 100.0

    @property
    def display_percent(self) -> int:
        """The share as a whole number that never reads 100 or 0 unless it is.

        >>> Counts(translated=999, untranslated=1).display_percent
        99
        >>> Counts(translated=1, untranslated=999).display_percent
        1
        """
        if self.translated == self.total:
            return 100
        if self.translated == 0:
            return 0
        return min(99, max(1, round(self.percent)))

    @classmethod
    def sum(cls, counts: Sequence[Counts]) -> Counts:
        """Add up any number of counts."""
        return cls(
            sum(one.translated for one in counts),
            sum(one.fuzzy for one in counts),
            sum(one.untranslated for one in counts),
        )

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.translated + other.translated,
            self.fuzzy + other.fuzzy,
            self.untranslated + other.untranslated,
        )


def told_percent(counts: Counts, *, partial: bool) -> int | None:
    """Give the share as a whole number; None where it would read 100, and not all is known.

    :param partial: whether something could not be counted.

    >>> told_percent(Counts(translated=9), partial=False)
    100
    >>> told_percent(Counts(translated=9), partial=True)
    """
    percent = counts.display_percent
    return None if partial and percent == 100 else percent


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts in messages and in words of the source."""

    messages: Counts = Counts()
    words: Counts = Counts()

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.messages + other.messages, self.words + other.words)

    @classmethod
    def sum(cls, tallies: Iterable[Tally]) -> Tally:
        """Add up any number of tallies; of none, the empty tally."""
        all_of_them = tuple(tallies)
        return cls(
            Counts.sum([tally.messages for tally in all_of_them]),
            Counts.sum([tally.words for tally in all_of_them]),
        )


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
class DocumentCompleteness:
    """How complete one document is in one language."""

    document: str
    tally: Tally
    authored: bool = False
    """Written in this language: complete by nature, with nothing to count."""
    apart: Tally = Tally()
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


class Severity(StrEnum):
    """How bad a finding is. Only errors make an answer bad by default."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault in one place."""

    path: Path
    line: int | None
    check: str
    """The name of the check that found it: ``block-structure``."""
    severity: Severity
    text: str
    """A sentence that says what is wrong and what to do."""
    locale: Locale | None = None
    msgid: str | None = None
    msgstr: str | None = None
    """The translation that was read; None where there is none."""
    fault: str | None = None
    """The piece of the translation that is at fault, where it is one piece."""


# --------------------------------------------------------------------------- adoption


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
