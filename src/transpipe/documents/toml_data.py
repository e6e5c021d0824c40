"""TOML: strings located by a scanner whose every answer tomllib confirms (TOML 1.0)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from transpipe.documents.keypaths import KeyPath
from transpipe.documents.scalars import (
    Scalar,
    SyntaxFaultError,
    double_quoted,
    escaped,
    first_that,
)

_BASIC = r'"(?:[^"\\\n]|\\.)*"'
_LITERAL = r"'[^'\n]*'"
_LONG_BASIC = r'"""(?:[^\\]|\\.)*?"{3,5}(?!")'
_LONG_LITERAL = r"'''.*?'{3,5}(?!')"
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = r"[A-Za-z0-9_-]+"
_NAME = re.compile(rf"{_BARE}|{_BASIC}|{_LITERAL}")
_KEY = re.compile(rf"(?:{_BARE}|{_BASIC}|{_LITERAL}|[ \t]*\.[ \t]*)+")
_HEADER = re.compile(rf"(\[\[?)[ \t]*({_KEY.pattern})[ \t]*\]")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
# A date and its time may stand apart.
_OTHER = r"[^\s,\[\]{}#\"']+(?:[ ]\d\d:[^\s,\]}#]*)?"
_TOKEN = re.compile(
    rf"(?P<string>{_LONG_BASIC}|{_LONG_LITERAL}|{_BASIC}|{_LITERAL})"
    rf"|(?P<open>[\[{{])|(?P<close>[\]}}])|(?P<comma>,)|{_OTHER}",
    re.DOTALL,
)
_MISSING = object()


class Toml:
    """The language between ``+++`` and ``+++``, and of ``.toml`` files."""

    def scalars(self, content: str) -> tuple[Scalar, ...]:
        """Give the strings that are values, in order.

        :raises SyntaxFaultError: if the content is not TOML.
        """
        return _scalars(content)

    def is_table(self, content: str) -> bool:
        """Tell whether the content is a table: TOML always is."""
        return True

    def duplicate(self, content: str) -> int | None:
        """Give None: TOML with a key twice is not valid."""
        return None

    def no_string(self, content: str, key: str) -> int | None:
        """Give where a top-level key has a value that is no string, None if it has none such."""
        value = _load(content).get(key, "")
        if isinstance(value, str):
            return None
        place = re.search(rf"^[ \t]*[\"']?{re.escape(key)}\b", content, re.MULTILINE)
        return place.start() if place else 0

    def skeleton(self, content: str, hidden: Collection[int]) -> object:
        """Give all the data but the scalars that start at hidden places, to be compared."""
        parts = []
        end = 0
        for scalar in self.scalars(content):
            if scalar.start in hidden and scalar.is_exact:
                parts += [content[end : scalar.start], '""']
                end = scalar.end
        return repr(_load("".join((*parts, content[end:]))))

    def write(self, content: str, scalar: Scalar, value: str) -> str:
        """Give a scalar's new text, in its own style of quotes where that can hold the value."""
        source = content[scalar.start : scalar.end]
        return first_that(
            lambda candidate: _reads_as(candidate, value),
            (*_in_style(source, value), double_quoted(value)),
        )


# A content is asked again for each of its strings.
@lru_cache(maxsize=4)
def _scalars(content: str) -> tuple[Scalar, ...]:
    data = _load(content)
    found = [_confirmed(scalar, data, content) for scalar in _Scanner(content).scan()]
    return (*found, *_overlooked(data, {scalar.path for scalar in found}))


def _load(content: str) -> dict[str, Any]:
    try:
        return tomllib.loads(content)
    except tomllib.TOMLDecodeError as problem:
        reason = str(problem)
        place = re.search(r" \(at line (\d+), column \d+\)", reason)
        if place is None:
            reason = reason.removesuffix(" (at end of document)")
            raise SyntaxFaultError(reason, len(content.rstrip())) from problem
        lines = content.split("\n")[: int(place[1]) - 1]
        at = sum(len(line) + 1 for line in lines)
        raise SyntaxFaultError(reason[: place.start()], at) from problem
    except RecursionError as problem:
        raise SyntaxFaultError("nested too deeply", None) from problem
    except ValueError as problem:  # a number with too many digits
        raise SyntaxFaultError(str(problem), None) from problem


def _reads_as(source: str, value: str) -> bool:
    try:
        return bool(tomllib.loads(f"x = {source}\n") == {"x": value})
    except tomllib.TOMLDecodeError:
        return False


def _confirmed(scalar: Scalar, data: dict[str, Any], content: str) -> Scalar:
    """Doubt a scalar that is not what tomllib read there."""
    known = _at(data, scalar.path) == scalar.value
    is_exact = known and _reads_as(content[scalar.start : scalar.end], scalar.value)
    return replace(scalar, is_exact=is_exact)


def _at(data: Any, path: KeyPath) -> Any:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return _MISSING
    return data


def _overlooked(data: Any, found: Collection[KeyPath]) -> Iterator[Scalar]:
    """Give what tomllib read and the scanner did not see, so that it is not lost silently."""
    waiting: list[tuple[KeyPath, Any]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str) and path not in found:
            yield Scalar(path, value, 0, 0, is_exact=False)
        elif isinstance(value, dict):
            waiting += [((*path, key), each) for key, each in reversed(value.items())]
        elif isinstance(value, list):
            items = list(enumerate(value))
            waiting += [((*path, number), each) for number, each in reversed(items)]


@dataclass(slots=True)
class _Open:
    """A list or an inline table that has not ended yet."""

    path: KeyPath
    number: int | None
    """Of the item that comes; None for a table."""


@dataclass(slots=True)
class _Scanner:
    """Gives the strings as far as it understands what it sees: tomllib knows the rest."""

    content: str
    position: int = 0
    scalars: list[Scalar] = field(default_factory=list)
    numbers: dict[KeyPath, int] = field(default_factory=dict)
    """The number of the last table of each array of tables."""

    def scan(self) -> list[Scalar]:
        table: KeyPath = ()
        self.skip(_BLANK)
        while self.position < len(self.content):
            before = self.position
            if self.content[before] == "[":
                header = _HEADER.match(self.content, before)
                if header is None:
                    break
                table = self.table(_names(header[2]), is_item=header[1] == "[[")
                self.position = header.end() + len(header[1]) - 1
            else:
                path = self.key(table)
                if path is None:
                    break
                self.value(path)
            if self.position <= before:
                break
            self.skip(_BLANK)
        return self.scalars

    def skip(self, pattern: re.Pattern[str]) -> bool:
        match = pattern.match(self.content, self.position)
        self.position = match.end() if match else self.position
        return match is not None

    def table(self, names: tuple[str, ...], *, is_item: bool) -> KeyPath:
        path: KeyPath = ()
        for number, name in enumerate(names, 1):
            path = (*path, name)
            if is_item and number == len(names):
                self.numbers[path] = self.numbers.get(path, -1) + 1
                # The arrays inside the table before count anew in this one.
                return (*path, self.numbers[path])
            if path in self.numbers:
                path = (*path, self.numbers[path])
        return path

    def key(self, path: KeyPath) -> KeyPath | None:
        """Read a key and what stands between it and its value."""
        start = self.position
        if not self.skip(_KEY):
            return None
        names = _names(self.content[start : self.position])
        return (*path, *names) if self.skip(_EQUALS) else None

    def value(self, path: KeyPath) -> None:
        opened: list[_Open] = []
        while token := _TOKEN.match(self.content, self.position):
            self.position = token.end()
            if token["string"]:
                self.string(path, token, in_brackets=bool(opened))
            elif token["open"]:
                opened.append(_Open(path, 0 if token["open"] == "[" else None))
            elif token["close"] and opened:
                opened.pop()
            elif token["comma"] and opened and opened[-1].number is not None:
                opened[-1].number += 1
            if not opened:
                return
            following = self.inside(opened[-1], after=token)
            if following is None:
                return
            path = following

    def inside(self, inner: _Open, after: re.Match[str]) -> KeyPath | None:
        """Give the path of what comes next in a list or a table."""
        self.skip(_BLANK)
        if inner.number is not None:
            return (*inner.path, inner.number)
        if (after["open"] == "{" or after["comma"]) and not self.content.startswith(
            "}", self.position
        ):
            return self.key(inner.path)
        return inner.path

    def string(self, path: KeyPath, token: re.Match[str], *, in_brackets: bool) -> None:
        value = tomllib.loads(f"x = {token['string']}\n")["x"]
        self.scalars.append(Scalar(path, value, *token.span(), in_brackets=in_brackets))


def _names(source: str) -> tuple[str, ...]:
    return tuple(
        tomllib.loads(f"x = {name}")["x"] if name[0] in "\"'" else name
        for name in _NAME.findall(source)
    )


def _in_style(source: str, value: str) -> tuple[str, ...]:
    quotes = next(each for each in ("'''", '"""', "'", '"') if source.startswith(each))
    if quotes == "'":
        return (f"'{value}'",)
    if quotes == '"':
        return ()
    ending = "\r\n" if "\r\n" in source else "\n"
    first = ending if source[3:4] in ("\r", "\n") else ""
    lines = value.split("\n")
    if quotes == '"""':
        lines = ["".join(map(escaped, line)) for line in lines]
    return (quotes + first + ending.join(lines) + quotes,)
