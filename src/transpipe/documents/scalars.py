"""What YAML, TOML and JSON have in common: the texts in them and their places."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from transpipe.documents.keypaths import KeyPath, chooser, written
from transpipe.documents.lines import Line, line_at
from transpipe.model import Placement, Segment, SegmentKind, Span


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string that is a value."""

    path: KeyPath
    value: str
    """As parsed."""
    start: int
    end: int
    """``content[start:end]`` is the whole scalar, quotes included."""
    is_exact: bool = True
    """Whether it can be replaced where it stands without changing anything else."""
    in_brackets: bool = False
    """Whether it stands in a list or table written in brackets or braces."""

    @property
    def key(self) -> str:
        """The written path: ``title``, ``social[].name``."""
        return written(self.path)


class SyntaxFaultError(Exception):
    """The content is not valid."""

    def __init__(self, reason: str, position: int | None) -> None:
        """Take what is wrong and where in the content."""
        super().__init__(reason)
        self.reason = reason
        self.position = position


class Syntax(Protocol):
    """What a language of data can do."""

    def scalars(self, content: str) -> tuple[Scalar, ...]:
        """Give the strings that are values, at every depth.

        :raises SyntaxFaultError: if the content is not valid.
        """

    def is_table(self, content: str) -> bool:
        """Tell whether valid content is a table of keys and values, or empty."""

    def duplicate(self, content: str) -> int | None:
        """Give where a key stands for the second time in a table, None if none does.

        The content has to be valid.
        """

    def no_string(self, content: str, key: str) -> int | None:
        """Give where a top-level key has a value that is no string, None if it has none such.

        The content has to be valid. A key with an empty value has none.
        """

    def skeleton(self, content: str, hidden: Collection[int]) -> object:
        """Give all the data but the scalars that start at hidden places, to be compared."""

    def write(self, content: str, scalar: Scalar, value: str) -> str:
        """Give a scalar's new text, in its own style of quotes where that can hold the value."""


@dataclass(frozen=True, slots=True)
class Values:
    """The strings of a content."""

    scalars: tuple[Scalar, ...]
    by_start: Mapping[int, Scalar] = field(compare=False, repr=False)
    """The exact ones, by where they start."""

    @classmethod
    def of(cls, scalars: tuple[Scalar, ...]) -> Values:
        """Index scalars."""
        return cls(scalars, {scalar.start: scalar for scalar in scalars if scalar.is_exact})

    def chosen(self, patterns: tuple[str, ...]) -> Iterator[Scalar]:
        """Give the strings that some patterns of key paths choose, but for blank ones."""
        chooses = chooser(patterns)
        return (each for each in self.scalars if each.value.strip() and chooses(each.key))

    def hidden(self, patterns: tuple[str, ...]) -> frozenset[int]:
        """Give where the strings start that a translation may change."""
        return frozenset(each.start for each in self.chosen(patterns) if each.is_exact)


def segment_of(
    scalar: Scalar, lines: tuple[Line, ...], offset: int, kind: SegmentKind, context: str
) -> Segment:
    """Make a segment of a string.

    :param lines: of the whole document.
    :param offset: where the content begins in the document.
    :param context: what the path of the key follows in the msgctxt.
    """
    start = offset + scalar.start
    return Segment(
        msgid=scalar.value,
        kind=kind,
        line=line_at(lines, start) + 1,
        spans=(Span(start, offset + scalar.end),) if scalar.is_exact else (),
        placement=Placement.EXACT if scalar.is_exact else Placement.UNLOCATED,
        msgctxt=f"{context}:{scalar.key}",
    )


def first_that(fits: Callable[[str], bool], candidates: tuple[str, ...]) -> str:
    """Give the first candidate that fits, the last one if none does."""
    return next(filter(fits, candidates[:-1]), candidates[-1])


def whole_characters(value: str, position: int) -> str:
    r"""Join surrogate pairs, which JSON writes as two escapes (``\ud83d\ude00``).

    :raises SyntaxFaultError: for half a pair.
    """
    try:
        return value.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError as problem:
        raise SyntaxFaultError("half a surrogate pair", position) from problem


def double_quoted(value: str) -> str:
    """Write a string as YAML and TOML both read it between double quotes."""
    return '"' + "".join(map(escaped, value)) + '"'


def escaped(character: str) -> str:
    """Escape a character that cannot stand between double quotes."""
    code = ord(character)
    short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(character)
    if short is not None:
        return short
    # C0, DEL and C1 controls, line and paragraph separator, byte order mark, non-characters.
    if code < 0x20 or 0x7F <= code < 0xA0 or code in (0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF):
        return f"\\u{code:04x}"
    return character
