"""Documents, and the segments they are taken apart into."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from babel import Locale


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
