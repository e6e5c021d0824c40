"""What YAML and TOML front matter have in common: the texts in them and their places."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string that is the value of a top-level key, or an item of its list."""

    key: str
    value: str
    """As parsed."""
    start: int
    end: int
    """``content[start:end]`` is the whole scalar, quotes included."""
    is_exact: bool = True
    """Whether it can be replaced where it stands without changing anything else."""


class FrontMatterError(Exception):
    """The content is not valid."""

    def __init__(self, reason: str, position: int | None) -> None:
        """Take what is wrong and where in the content."""
        super().__init__(reason)
        self.reason = reason
        self.position = position


class Syntax(Protocol):
    """What a language of front matter can do."""

    def scalars(self, content: str) -> tuple[Scalar, ...] | None:
        """Give the strings of the top-level table in order, None if it is not a table.

        :raises FrontMatterError: if the content is not valid.
        """

    def no_string(self, content: str, key: str) -> int | None:
        """Give where a top-level key has a value that is no string, None if it has none such.

        The content has to be valid. A key with an empty value has none.
        """

    def skeleton(self, content: str, hidden: Collection[int]) -> object:
        """Give all the data but the scalars that start at hidden places, to be compared."""

    def write(self, content: str, scalar: Scalar, value: str) -> str:
        """Give a scalar's new text, in its own style of quotes where that can hold the value."""


def first_that(fits: Callable[[str], bool], candidates: tuple[str, ...]) -> str:
    """Give the first candidate that fits, the last one if none does."""
    return next(filter(fits, candidates[:-1]), candidates[-1])


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
