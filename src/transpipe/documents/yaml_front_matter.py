"""YAML front matter: strings located by PyYAML's marks (YAML 1.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from typing import TypeVar

import yaml

from transpipe.documents.scalars import FrontMatterError, Scalar, double_quoted, first_that

_STRING = "tag:yaml.org,2002:str"
_NULL = "tag:yaml.org,2002:null"
_KEY = re.compile(r"[A-Za-z_][\w-]*:[ ]+")
_IN_BRACES = re.compile(r"(?:\s|#[^\n]*\n)*\{")
_ITEM = re.compile(r"[ ]*-[ ]+")
_Read = TypeVar("_Read")


class Yaml:
    """The language between ``---`` and ``---``."""

    def scalars(self, content: str) -> tuple[Scalar, ...] | None:
        """Give the strings of the top-level mapping in order, None if there is no mapping.

        :raises FrontMatterError: if the content is not YAML.
        """
        root = _reading(lambda: yaml.compose(content, Loader=yaml.SafeLoader))
        if root is None:
            return ()
        if not isinstance(root, yaml.MappingNode):
            return None
        return tuple(_strings(content, root))

    def no_string(self, content: str, key: str) -> int | None:
        """Give where a top-level key has a value that is no string, None if it has none such."""
        root = _reading(lambda: yaml.compose(content, Loader=yaml.SafeLoader))
        for name, value in root.value if isinstance(root, yaml.MappingNode) else ():
            if name.value == key and value.tag not in (_STRING, _NULL):
                return _index(name.start_mark)
        return None

    def skeleton(self, content: str, hidden: Collection[int]) -> object:
        """Give all the data but the scalars that start at hidden places, to be compared."""
        return tuple(_event(event, hidden) for event in _events(content))

    def write(self, content: str, scalar: Scalar, value: str) -> str:
        """Give a scalar's new text, in its own style where that can hold the value."""
        source = content[scalar.start : scalar.end]
        candidates = (*_in_style(source, value), double_quoted(value))
        if len(candidates) == 1:
            return candidates[0]
        content, scalar = self._alone(content, scalar)
        before = self.skeleton(content, {scalar.start})

        def fits(candidate: str) -> bool:
            text = content[: scalar.start] + candidate + content[scalar.end :]
            try:
                found = [each for each in self.scalars(text) or () if each.start == scalar.start]
                return [each.value for each in found] == [value] and self.skeleton(
                    text, {scalar.start}
                ) == before
            except FrontMatterError:
                return False

        return first_that(fits, candidates)

    def _alone(self, content: str, scalar: Scalar) -> tuple[str, Scalar]:
        """Give a shorter content in which a scalar stands as it does in the whole, if there is one.

        To read the whole again for each item of a long list takes too long.
        """
        source = content[scalar.start : scalar.end]
        line = content[content.rfind("\n", 0, scalar.start) + 1 : scalar.start]
        if source.startswith(("|", ">")):
            return content, scalar
        if _IN_BRACES.match(content):
            before = "k: ["
        elif _KEY.fullmatch(line):
            before = line
        elif _ITEM.fullmatch(line):
            before = f"k:\n{line}"
        else:
            # What can stand in brackets can stand anywhere.
            before = "k: ["
        behind = "]" if before.endswith("[") else content[scalar.end :].partition("\n")[0]
        text = before + source + behind
        try:
            found = self.scalars(text) or ()
        except FrontMatterError:
            return content, scalar
        if [(each.value, each.start) for each in found] != [(scalar.value, len(before))]:
            return content, scalar
        return text, found[0]


def _reading(read: Callable[[], _Read]) -> _Read:
    try:
        return read()
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        reason = problem.problem or problem.context or "is not YAML"
        raise FrontMatterError(reason, mark.index if mark else None) from problem
    except yaml.reader.ReaderError as problem:
        raise FrontMatterError(f"{problem.reason}", problem.position) from problem
    except yaml.YAMLError as problem:
        raise FrontMatterError(str(problem), None) from problem
    except RecursionError as problem:
        raise FrontMatterError("nested too deeply", None) from problem
    except (ValueError, OverflowError) as problem:
        # PyYAML turns the number of an escape into a character without looking at it.
        raise FrontMatterError(str(problem), None) from problem


def _strings(content: str, root: yaml.MappingNode) -> Iterator[Scalar]:
    for key, value in root.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        items = value.value if isinstance(value, yaml.SequenceNode) else [value]
        at = _index(key.end_mark)
        for item in items:
            if isinstance(item, yaml.ScalarNode) and item.tag == _STRING:
                yield _scalar(content, key.value, item, at)
                at = max(at, _index(item.end_mark))


def _scalar(content: str, key: str, node: yaml.ScalarNode, after: int) -> Scalar:
    start, end = _index(node.start_mark), _index(node.end_mark)
    if node.style in ("|", ">"):
        end = start + len(content[start:end].rstrip())
    # An alias stands elsewhere than where it is read; behind an anchor or a tag stands more
    # than a string.
    is_exact = start >= after and content[start : start + 1] not in ("&", "!")
    return Scalar(key, _whole_characters(node.value, start), start, end, is_exact)


def _whole_characters(value: str, position: int) -> str:
    r"""Join surrogate pairs, which JSON writes as two escapes (``\ud83d\ude00``)."""
    try:
        return value.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError as problem:
        raise FrontMatterError("half a surrogate pair", position) from problem


# Each string is written into the same content.
@lru_cache(maxsize=4)
def _events(content: str) -> tuple[yaml.Event, ...]:
    return _reading(lambda: tuple(yaml.parse(content, Loader=yaml.SafeLoader)))


def _event(event: yaml.Event, hidden: Collection[int]) -> tuple[object, ...]:
    name = type(event).__name__
    if isinstance(event, yaml.ScalarEvent):
        if _index(event.start_mark) in hidden:
            return (name,)
        return (name, event.anchor, event.tag, event.implicit, event.value)
    if isinstance(event, yaml.CollectionStartEvent):
        return (name, event.anchor, event.tag, event.implicit)
    return (name, getattr(event, "anchor", None))


def _index(mark: object) -> int:
    # PyYAML and its C parser have a class of marks each.
    return int(getattr(mark, "index", 0))


def _in_style(source: str, value: str) -> tuple[str, ...]:
    if source.startswith("'"):
        return () if "\n" in value else ("'" + value.replace("'", "''") + "'",)
    if source.startswith(("|", ">")):
        return (_block(source, value),)
    # What looks like a number to a newer YAML, and a line break, need quotes.
    if source.startswith('"') or "\n" in value or re.match(r"[-+.~\d]", value):
        return ()
    return (value,)


def _block(source: str, value: str) -> str:
    """Write a block scalar (YAML 1.2 section 8.1) with the header and indent it had."""
    header, ending, rest = re.split(r"(\r\n|\r|\n)", source + "\n", maxsplit=1)
    indent = re.match(r"(?:[ \t]*[\r\n])*( *)", rest)
    margin = indent[1] if indent else ""
    breaks = ending if header.startswith("|") else ending * 2
    lines = value.rstrip("\n").split("\n")
    return header + ending + breaks.join(margin + line if line else "" for line in lines)
