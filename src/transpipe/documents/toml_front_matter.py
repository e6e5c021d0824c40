"""TOML front matter: strings located by a scanner whose every answer tomllib confirms."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any

from transpipe.documents.scalars import (
    FrontMatterError,
    Scalar,
    double_quoted,
    escaped,
    first_that,
)

_BASIC = r'"(?:[^"\\\n]|\\.)*"'
_LITERAL = r"'[^'\n]*'"
_LONG_BASIC = r'"""(?:[^\\]|\\.)*?"{3,5}(?!")'
_LONG_LITERAL = r"'''.*?'{3,5}(?!')"
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(rf"(?:[A-Za-z0-9_-]+|{_BASIC}|{_LITERAL}|[ \t]*\.[ \t]*)+")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
# A date and its time may stand apart.
_OTHER = r"[^\s,\[\]{}#\"']+(?:[ ]\d\d:[^\s,\]}#]*)?|,"
_TOKEN = re.compile(
    rf"(?P<string>{_LONG_BASIC}|{_LONG_LITERAL}|{_BASIC}|{_LITERAL})"
    rf"|(?P<open>[\[{{])|(?P<close>[\]}}])|{_OTHER}",
    re.DOTALL,
)


class Toml:
    """The language between ``+++`` and ``+++``."""

    def scalars(self, content: str) -> tuple[Scalar, ...]:
        """Give the strings of the top-level table in order.

        :raises FrontMatterError: if the content is not TOML.
        """
        data = _load(content)
        found = [_confirmed(scalar, data, content) for scalar in _scan(content)]
        return (*found, *_overlooked(data, {scalar.key for scalar in found}))

    def no_string(self, content: str, key: str) -> int | None:
        """Give where a top-level key has a value that is no string, None if it has none such."""
        value = _load(content).get(key, "")
        if isinstance(value, str):
            return None
        place = re.search(rf"^[ \t]*[\"']?{re.escape(key)}\b", content, re.MULTILINE)
        return place.start() if place else 0

    def skeleton(self, content: str, hidden: Collection[int]) -> object:
        """Give all the data but the scalars that start at hidden places, to be compared."""
        shown = content
        for scalar in reversed(self.scalars(content)):
            if scalar.start in hidden and scalar.is_exact:
                shown = shown[: scalar.start] + '""' + shown[scalar.end :]
        return repr(_load(shown))

    def write(self, content: str, scalar: Scalar, value: str) -> str:
        """Give a scalar's new text, in its own style of quotes where that can hold the value."""
        source = content[scalar.start : scalar.end]
        return first_that(
            lambda candidate: _reads_as(candidate, value),
            (*_in_style(source, value), double_quoted(value)),
        )


def _load(content: str) -> dict[str, Any]:
    try:
        return tomllib.loads(content)
    except tomllib.TOMLDecodeError as problem:
        reason = str(problem)
        place = re.search(r" \(at line (\d+), column \d+\)", reason)
        if place is None:
            reason = reason.removesuffix(" (at end of document)")
            raise FrontMatterError(reason, len(content.rstrip())) from problem
        lines = content.split("\n")[: int(place[1]) - 1]
        at = sum(len(line) + 1 for line in lines)
        raise FrontMatterError(reason[: place.start()], at) from problem
    except RecursionError as problem:
        raise FrontMatterError("nested too deeply", None) from problem


def _reads_as(source: str, value: str) -> bool:
    try:
        return bool(tomllib.loads(f"x = {source}\n") == {"x": value})
    except tomllib.TOMLDecodeError:
        return False


def _confirmed(scalar: Scalar, data: dict[str, Any], content: str) -> Scalar:
    """Doubt a scalar that is not what tomllib read under its key."""
    value = data.get(scalar.key)
    known = scalar.value == value or (isinstance(value, list) and scalar.value in value)
    is_exact = known and _reads_as(content[scalar.start : scalar.end], scalar.value)
    return replace(scalar, is_exact=is_exact)


def _overlooked(data: dict[str, Any], found: Collection[str]) -> Iterator[Scalar]:
    """Give what tomllib read and the scanner did not see, so that it is not lost silently."""
    for key, value in data.items():
        if key not in found:
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, str):
                    yield Scalar(key, item, 0, 0, is_exact=False)


def _scan(content: str) -> Iterator[Scalar]:
    """Give the strings and the strings in lists of the keys before the first table header."""
    position = _skip(_BLANK, content, 0)
    while position < len(content) and content[position] != "[":
        end_of_key = _skip(_KEY, content, position)
        key = _key(content[position:end_of_key])
        start = _skip(_EQUALS, content, end_of_key)
        end, strings = _value(content, start)
        if key is not None:
            for first, last in strings:
                value = tomllib.loads(f"x = {content[first:last]}\n")["x"]
                yield Scalar(key, value, first, last)
        if end <= position:
            return
        position = _skip(_BLANK, content, end)


def _key(source: str) -> str | None:
    """Read a key; None where it is dotted, and so is not one of the top-level strings."""
    names = list(tomllib.loads(f"{source} = 0").items())
    name, value = names[0]
    return name if value == 0 else None


def _value(content: str, start: int) -> tuple[int, Sequence[tuple[int, int]]]:
    """Give where a value ends and the strings it holds: itself, or the items of its list."""
    nesting = ""
    position = start
    strings = []
    while token := _TOKEN.match(content, position):
        position = token.end()
        if token["string"] and nesting in ("", "["):
            strings.append(token.span())
        elif token["open"]:
            nesting += token["open"]
        elif token["close"]:
            nesting = nesting[:-1]
        if not nesting:
            break
        position = _skip(_BLANK, content, position)
    return position, strings


def _skip(pattern: re.Pattern[str], content: str, position: int) -> int:
    match = pattern.match(content, position)
    return match.end() if match else position


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
