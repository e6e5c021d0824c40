"""YAML: strings located by PyYAML's marks (YAML 1.1)."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any, TypeVar

import yaml

from transpipe.documents.keypaths import KeyPath
from transpipe.documents.scalars import (
    Scalar,
    SyntaxFaultError,
    double_quoted,
    first_that,
    whole_characters,
)

_STRING = "tag:yaml.org,2002:str"
_NULL = "tag:yaml.org,2002:null"
_MERGE = "tag:yaml.org,2002:merge"
_REST_OF_BLOCK = re.compile(r"(?:[ \t]*(?:\r\n|\r|\n))*")
_SPELT_OTHERWISE = frozenset("\t\ufeff?![{")
_LARGE = 20_000
_DEEPEST = 200
_MOST_BY_ALIASES = 100_000
_Read = TypeVar("_Read")
# The parser in C gives the same marks five times as fast; the other tells faults better, and is
# stricter about tabs, and about what stands in brackets: "[A?]" is no list to it.
_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Yaml:
    """The language between ``---`` and ``---``, and of ``.yaml`` files."""

    def scalars(self, content: str) -> tuple[Scalar, ...]:
        """Give the strings that are values, in order, of every document in the content.

        :raises SyntaxFaultError: if the content is not YAML, or its aliases stand for too much.
        """
        return _scalars(content)

    def is_table(self, content: str) -> bool:
        """Tell whether each document of the content is a mapping, or empty."""
        return all(
            isinstance(root, yaml.MappingNode) or root.tag == _NULL for root in _roots(content)
        )

    def duplicate(self, content: str) -> int | None:
        """Give where a key stands for the second time in a mapping, None if none does."""
        for node in _nodes(_roots(content)):
            seen: set[str] = set()
            for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
                if isinstance(key, yaml.ScalarNode) and key.tag != _MERGE:
                    if key.value in seen:
                        return _index(key.start_mark)
                    seen.add(key.value)
        return None

    def no_string(self, content: str, key: str) -> int | None:
        """Give where a top-level key has a value that is no string, None if it has none such."""
        for root in _roots(content):
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
                found = [each for each in self.scalars(text) if each.start == scalar.start]
                return [each.value for each in found] == [value] and self.skeleton(
                    text, {scalar.start}
                ) == before
            except SyntaxFaultError:
                return False

        return first_that(fits, candidates)

    def _alone(self, content: str, scalar: Scalar) -> tuple[str, Scalar]:
        """Give a shorter content in which a scalar stands as it does in the whole, if there is one.

        To read the whole again for each item of a long list takes too long.
        """
        source = content[scalar.start : scalar.end]
        if source.startswith(("|", ">")):
            rest = _REST_OF_BLOCK.match(content, scalar.end)
            before, behind = "k: ", f"{rest[0] if rest else ''}z: 1\n"
        elif scalar.in_brackets:
            before, behind = "k: [", "]"
        else:
            before, behind = "k: ", re.split(r"[\r\n]", content[scalar.end :], maxsplit=1)[0]
        text = before + source + behind
        try:
            found = self.scalars(text)
        except SyntaxFaultError:
            return content, scalar
        same = [each for each in found if (each.value, each.start) == (scalar.value, len(before))]
        return (text, same[0]) if len(same) == 1 else (content, scalar)


def _reading(content: str, read: Callable[[Any], _Read]) -> _Read:
    """Read a content with the loader that is best for it."""
    is_large = len(content) > _LARGE
    if not is_large and _SPELT_OTHERWISE.isdisjoint(content):
        with contextlib.suppress(yaml.YAMLError, RecursionError, ValueError, OverflowError):
            return read(_FAST)
    try:
        return read(_FAST if is_large else yaml.SafeLoader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        reason = problem.problem or problem.context or "is not YAML"
        raise SyntaxFaultError(reason, _index(mark) if mark else None) from problem
    except yaml.reader.ReaderError as problem:
        raise SyntaxFaultError(f"{problem.reason}", problem.position) from problem
    except yaml.YAMLError as problem:
        raise SyntaxFaultError(str(problem), None) from problem
    except RecursionError as problem:
        raise SyntaxFaultError("nested too deeply", None) from problem
    except (ValueError, OverflowError) as problem:
        # PyYAML turns the number of an escape into a character without looking at it.
        raise SyntaxFaultError(str(problem), None) from problem


# A content is asked again for each of its strings.
@lru_cache(maxsize=4)
def _roots(content: str) -> tuple[yaml.Node, ...]:
    _events(content)  # refuses what is nested so deeply that composing it would overflow the stack
    return _reading(content, lambda loader: tuple(yaml.compose_all(content, Loader=loader)))


@lru_cache(maxsize=4)
def _scalars(content: str) -> tuple[Scalar, ...]:
    roots = _roots(content)
    shared = _shared(roots)
    return tuple(scalar for root in roots for scalar in _strings(content, root, shared))


def _nodes(roots: Collection[yaml.Node]) -> Iterator[yaml.Node]:
    """Give every node once, also where aliases repeat it."""
    waiting = list(roots)
    seen = set(map(id, waiting))
    while waiting:
        node = waiting.pop()
        yield node
        for _, child in _children(node):
            if id(child) not in seen:
                seen.add(id(child))
                waiting.append(child)


def _shared(roots: Collection[yaml.Node]) -> frozenset[int]:
    """Give the ids of the nodes that aliases repeat."""
    counts = Counter(id(child) for node in _nodes(roots) for _, child in _children(node))
    return frozenset(each for each, count in counts.items() if count > 1)


def _children(node: yaml.Node) -> Iterator[tuple[str | int, yaml.Node]]:
    if isinstance(node, yaml.SequenceNode):
        yield from enumerate(node.value)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield key.value, value


def _strings(content: str, root: yaml.Node, shared: frozenset[int]) -> Iterator[Scalar]:
    """Give the strings of a document; those that aliases repeat are not exact."""
    waiting: list[tuple[KeyPath, yaml.Node, bool, bool]] = [((), root, False, False)]
    repeated = 0
    while waiting:
        path, node, in_shared, in_brackets = waiting.pop()
        in_shared = in_shared or id(node) in shared
        repeated += in_shared
        if repeated > _MOST_BY_ALIASES or len(path) > _DEEPEST:
            reason = "its aliases stand for more values than anybody writes"
            raise SyntaxFaultError(reason, _index(node.start_mark))
        if isinstance(node, yaml.ScalarNode):
            if node.tag == _STRING:
                yield _scalar(content, path, node, is_own=not in_shared, in_brackets=in_brackets)
        else:
            inside = in_brackets or bool(getattr(node, "flow_style", False))
            children = [
                ((*path, step), child, in_shared, inside) for step, child in _children(node)
            ]
            waiting += reversed(children)


def _scalar(
    content: str, path: KeyPath, node: yaml.ScalarNode, *, is_own: bool, in_brackets: bool
) -> Scalar:
    start, end = _index(node.start_mark), _index(node.end_mark)
    if node.style in ("|", ">"):
        end = start + len(content[start:end].rstrip())
    # An alias stands elsewhere than where it is read; behind an anchor or a tag stands more
    # than a string.
    is_exact = is_own and content[start : start + 1] not in ("&", "!", "*")
    value = whole_characters(node.value, start)
    return Scalar(path, value, start, end, is_exact, in_brackets)


@lru_cache(maxsize=4)
def _events(content: str) -> tuple[yaml.Event, ...]:
    return _reading(content, lambda loader: tuple(_not_too_deep(yaml.parse(content, loader))))


def _not_too_deep(events: Iterable[yaml.Event]) -> Iterator[yaml.Event]:
    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise SyntaxFaultError("nested too deeply", _index(event.start_mark))
        yield event


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
