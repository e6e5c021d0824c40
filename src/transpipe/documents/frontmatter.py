"""The front matter of a document: the strings of chosen keys, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from transpipe.documents.keypaths import KeyPath, written
from transpipe.documents.lines import body_start, line_number, split_lines
from transpipe.documents.scalars import Scalar, Syntax, SyntaxFaultError, Values, segment_of
from transpipe.documents.syntaxes import syntax
from transpipe.errors import DocumentError
from transpipe.model import Document, Segment, SegmentKind

_MOST_VALUES = 10_000
_SYNTAXES = {"---": "yaml", "+++": "toml"}
_OPENING = re.compile(r"(---|\+\+\+)[ \t]*(?:\r\n|\r|\n)")
# "..." ends a YAML document as well (YAML 1.2 section 9.1.2).
_CLOSING = {
    "---": re.compile(r"(?:(?<=\n)|(?<=\r))(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)"),
    "+++": re.compile(r"(?:(?<=\n)|(?<=\r))\+\+\+[ \t]*(?:\r\n|\r|\n|\Z)"),
}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a text and where it lies."""

    fence: str
    """``---`` for YAML, ``+++`` for TOML."""
    content: str
    """What stands between the fences."""
    start: int
    """Where the content begins in the text."""
    end: int
    """Where the body begins: behind the closing fence."""
    values: Values
    """The strings in it; positions count in the content."""

    @property
    def syntax(self) -> Syntax:
        """The language it is written in."""
        return syntax(_SYNTAXES[self.fence])

    def first(self, *keys: str) -> Scalar | None:
        """Give the first string under one of these keys, by the order of the keys."""
        for key in keys:
            for scalar in self.values.scalars:
                if scalar.key == key:
                    return scalar
        return None


# A document is asked again for its language, its format and each of its strings.
@lru_cache(maxsize=4)
def front_matter(text: str, path: Path) -> FrontMatter | None:
    """Read the front matter a text opens with; None where it opens with something else.

    Lines between two ``---`` that are YAML but no mapping are the text of the document.

    :param path: of the document, for the message.
    :raises DocumentError: naming the line, if what stands between the fences is not valid.
    """
    found = _fenced(text)
    if found is None:
        return None
    fence, start, stop, end = found
    content = text[start:stop]
    try:
        language = syntax(_SYNTAXES[fence])
        values = Values.of(language.scalars(content)) if language.is_table(content) else None
    except SyntaxFaultError as problem:
        name = _SYNTAXES[fence].upper()
        line = line_number(text, start + (problem.position or 0))
        reason = " ".join(problem.reason.split())
        raise DocumentError(
            f"the front matter is not {name} ({reason})", "mend it", path=path, line=line
        ) from problem
    return None if values is None else FrontMatter(fence, content, start, end, values)


def values_as_written(text: str, path: Path) -> Mapping[str, tuple[str, ...]]:
    """Give all that front matter holds, dates and numbers too, as text by written key path.

    The items of a list share a key. Of very many values, the first are given.

    :raises DocumentError: as :func:`front_matter` does.
    """
    found = front_matter(text, path)
    if found is None:
        return {}
    if found.fence == "---":
        import yaml  # late: few ask for what is no string

        # The base loader gives every scalar as the string it is.
        data = yaml.load(found.content, yaml.BaseLoader)  # noqa: S506 - it makes strings only
    else:
        import tomllib  # late, as above

        data = tomllib.loads(found.content)
    values: dict[str, list[str]] = {}
    for key, value in islice(_leaves((), data), _MOST_VALUES):
        values.setdefault(written(key), []).append(value)
    return {key: tuple(each) for key, each in values.items()}


def _leaves(path: KeyPath, data: object) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _leaves((*path, str(key)), value)
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _leaves((*path, number), value)
    else:
        yield path, data if isinstance(data, str) else str(data)


def opens_with_front_matter(text: str) -> bool:
    """Tell whether a text opens with a block of front matter that holds something."""
    try:
        found = front_matter(text, Path())
    except DocumentError:
        return False
    return found is not None and bool(found.content.strip())


def segments(document: Document, found: FrontMatter, keys: tuple[str, ...]) -> tuple[Segment, ...]:
    """Give the strings that key paths choose as segments, items of lists one by one."""
    chosen = tuple(found.values.chosen(keys))
    lines = split_lines(document.text) if chosen else ()
    return tuple(
        segment_of(scalar, lines, found.start, SegmentKind.FRONT_MATTER, "front-matter")
        for scalar in chosen
    )


def outline(found: FrontMatter, keys: tuple[str, ...]) -> object:
    """Give all that a translation may not change, to be compared."""
    return (found.fence, found.syntax.skeleton(found.content, found.values.hidden(keys)))


def encode(document: Document, segment: Segment, msgstr: str) -> str:
    """Write a msgstr in the style of quotes its msgid has, or in double quotes."""
    found = front_matter(document.text, document.path)
    if found is None:
        return msgstr
    scalar = found.values.by_start[segment.spans[0].start - found.start]
    return found.syntax.write(found.content, scalar, msgstr)


def _fenced(text: str) -> tuple[str, int, int, int] | None:
    opening = _OPENING.match(text, body_start(text))
    if opening is None:
        return None
    closing = _CLOSING[opening[1]].search(text, opening.end())
    if closing is None:
        return None
    return opening[1], opening.end(), closing.start(), closing.end()
