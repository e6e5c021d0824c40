"""JSON: strings located by a scanner of what the standard library has read before (RFC 8259)."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from transpipe.documents.keypaths import KeyPath
from transpipe.documents.scalars import Scalar, SyntaxFaultError, whole_characters

_BLANK = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"')
_OTHER = re.compile(r"[^\s,:\[\]{}\"]+")


class Json:
    """The language of ``.json`` files."""

    def scalars(self, content: str) -> tuple[Scalar, ...]:
        """Give the strings that are values, in order.

        :raises SyntaxFaultError: if the content is not JSON.
        """
        return _scan(content).scalars

    def is_table(self, content: str) -> bool:
        """Tell whether the content is an object."""
        return isinstance(_load(content), dict)

    def duplicate(self, content: str) -> int | None:
        """Give where a key stands for the second time in an object."""
        return _scan(content).duplicate

    def no_string(self, content: str, key: str) -> int | None:
        """Give where a top-level key has a value that is no string."""
        data = _load(content)
        value = data.get(key) if isinstance(data, dict) else None
        return None if value is None or isinstance(value, str) else max(0, content.find(f'"{key}"'))

    def skeleton(self, content: str, hidden: Collection[int]) -> object:
        """Give all the data but the scalars that start at hidden places, to be compared."""
        parts = []
        end = 0
        for scalar in self.scalars(content):
            if scalar.start in hidden:
                parts += [content[end : scalar.start], '""']
                end = scalar.end
        # The text is compared, not only the data: numbers stay as they are written.
        return "".join((*parts, content[end:]))

    def write(self, content: str, scalar: Scalar, value: str) -> str:
        """Write a string, with escapes for all but ASCII where the file has it so."""
        source = content[scalar.start : scalar.end]
        escapes = content.isascii() and ("\\u" in source or "\\u" in content)
        return json.dumps(value, ensure_ascii=escapes).replace("\x7f", "\\u007f")


# A content is asked again for each of its strings.
@lru_cache(maxsize=4)
def _load(content: str) -> Any:
    try:
        return json.loads(content)
    except json.JSONDecodeError as problem:
        raise SyntaxFaultError(problem.msg.lower(), problem.pos) from problem
    except RecursionError as problem:
        raise SyntaxFaultError("nested too deeply", None) from problem
    except ValueError as problem:  # a number with too many digits
        raise SyntaxFaultError(str(problem), None) from problem


@dataclass(frozen=True, slots=True)
class _Scanned:
    scalars: tuple[Scalar, ...]
    duplicate: int | None


@dataclass(slots=True)
class _Open:
    """An object or a list that has not ended yet."""

    path: KeyPath
    names: set[str] | None
    """The keys so far of an object; None for a list."""
    step: str | int | None = None
    """The key or the number of the value that comes; None where a key comes."""


@dataclass(slots=True)
class _Scanner:
    content: str
    scalars: list[Scalar] = field(default_factory=list)
    duplicate: int | None = None
    opened: list[_Open] = field(default_factory=list)

    def scan(self) -> _Scanned:
        for kind, start, end, value in _tokens(self.content):
            if kind == '"':
                self.string(start, end, value)
            elif kind in "[{":
                step: int | None = 0 if kind == "[" else None
                self.opened.append(_Open(self.path(), None if kind == "[" else set(), step))
            elif kind in "]}":
                self.opened.pop()
            elif kind == "," and self.opened:
                inner = self.opened[-1]
                inner.step = inner.step + 1 if isinstance(inner.step, int) else None
        return _Scanned(tuple(self.scalars), self.duplicate)

    def path(self) -> KeyPath:
        if not self.opened:
            return ()
        inner = self.opened[-1]
        return (*inner.path, inner.step) if inner.step is not None else inner.path

    def string(self, start: int, end: int, value: str) -> None:
        inner = self.opened[-1] if self.opened else None
        if inner is not None and inner.names is not None and inner.step is None:
            if value in inner.names and self.duplicate is None:
                self.duplicate = start
            inner.names.add(value)
            inner.step = value
        else:
            self.scalars.append(Scalar(self.path(), whole_characters(value, start), start, end))


@lru_cache(maxsize=4)
def _scan(content: str) -> _Scanned:
    _load(content)
    return _Scanner(content).scan()


def _tokens(content: str) -> Iterator[tuple[str, int, int, str]]:
    """Give the tokens of valid JSON: kind, start, end, and the value of a string."""
    position = 0
    while True:
        blank = _BLANK.match(content, position)
        start = blank.end() if blank else position
        if start >= len(content):
            return
        character = content[start]
        value = ""
        if character == '"':
            string = _STRING.match(content, start)
            position = string.end() if string else start + 1
            source = content[start:position]
            value = json.loads(source) if "\\" in source else source[1:-1]
        elif character in "[]{},:":
            position = start + 1
        else:
            other = _OTHER.match(content, start)
            position = other.end() if other else start + 1
        yield character, start, position, value
