"""What is no Markdown -> hidden in place, and shown again.

A construct of the host (a shortcode, a template tag, a JSX element) is no text to the Markdown
parser. Each line of it is replaced by a run of one private character, as long as itself: positions
stay, and the parser reads a word. What comes out of the parser is revealed again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

_FIRST, _LAST = 0xF0000, 0x10FFFD
_RUN = re.compile(f"([{chr(_FIRST)}-{chr(_LAST)}])\\1*")


_LINES = re.compile(r"[^\n]*\n|[^\n]+")


class ConstructKind(StrEnum):
    """What a construct of the host is."""

    TAG = "tag"
    """A shortcode, a template tag, a JSX tag: its parameters may hold text."""
    CODE = "code"
    """A program, an expression, a comment: nothing in it is text."""


@dataclass(frozen=True, slots=True)
class Construct:
    """A run of a text that belongs to the host: ``text[start:end]``."""

    start: int
    end: int
    kind: ConstructKind = ConstructKind.TAG


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of a construct."""

    text: str
    kind: ConstructKind


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with its constructs hidden."""

    text: str
    """As long as the source, line by line and character by character."""
    pieces: Mapping[str, Piece]
    """What each private character stands for."""

    def reveal(self, text: str) -> str:
        """Give a part of the masked text, or what the parser made of it, as it is written."""
        if not self.pieces:
            return text
        return _RUN.sub(lambda run: self._shown(run[0]), text)

    def hidden(self, text: str) -> tuple[Piece, ...] | None:
        """Give the pieces of a text that holds nothing else but blanks; None of any other."""
        if not self.pieces or not text.strip() or _RUN.sub("", text).strip():
            return None
        found = [self.pieces.get(run[1]) for run in _RUN.finditer(text)]
        return None if None in found else tuple(piece for piece in found if piece)

    def _shown(self, run: str) -> str:
        piece = self.pieces.get(run[0])
        return run if piece is None else piece.text


def mask(text: str, constructs: Iterable[Construct]) -> Masked:
    """Hide constructs; one that begins inside another is part of it.

    :param constructs: in any order.
    """
    free = _free_characters(text)
    pieces: dict[str, Piece] = {}
    parts = []
    end = 0
    for construct in sorted(constructs, key=lambda found: (found.start, -found.end)):
        if construct.start < end:
            continue
        parts.append(text[end : construct.start])
        for line in _LINES.findall(text[construct.start : construct.end]):
            blanks, rest, ending = _cut(line)
            character = next(free, None) if rest else None
            if character is None:
                parts.append(line)
                continue
            pieces[character] = Piece(rest, construct.kind)
            parts.append(blanks + character * len(rest) + ending)
        end = construct.end
    parts.append(text[end:])
    return Masked("".join(parts), pieces)


def _cut(line: str) -> tuple[str, str, str]:
    """Cut a line into the blanks it begins with, the rest, and its end."""
    content = line.rstrip("\n")
    rest = content.lstrip(" \t")
    return content[: len(content) - len(rest)], rest, line[len(content) :]


def _free_characters(text: str) -> Iterator[str]:
    taken = {run[1] for run in _RUN.finditer(text)}
    return (chr(code) for code in range(_FIRST, _LAST + 1) if chr(code) not in taken)
