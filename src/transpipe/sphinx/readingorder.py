"""The order in which Sphinx would remember documents, had it read them all at once.

A document that is read again comes last in everything that Sphinx remembers, and order reaches
pages: of two targets that fit a reference, the first is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def in_reading_order(env: BuildEnvironment, read: Set[str]) -> None:
    """Move what documents left in the memory of Sphinx to where it would be.

    :param read: the documents that were read in this run.
    """
    for store in _stores(env):
        owners = owners_in_order(store, env.found_docs)
        if owners is None or not any(owner in read for owner in owners):
            continue
        ordered = _ordered(zip(store, owners, strict=True), read)
        items = {key: store[key] for key in ordered}
        store.clear()
        store.update(items)


def owners_in_order(store: Mapping[Any, Any], documents: Set[str]) -> list[str] | None:
    """Give the documents that the entries of something are of, if that can be told of each.

    What is there from the start, as the label of the index, is of none and comes first: "".
    """
    owners = [_owner(key, value, documents) for key, value in store.items()]
    of_none = [owner is None for owner in owners]
    if all(of_none) or of_none != sorted(of_none, reverse=True):
        return None
    return [owner or "" for owner in owners]


def _stores(env: BuildEnvironment) -> Iterator[dict[Any, Any]]:
    for value in vars(env).values():
        if isinstance(value, dict):
            yield value
    for data in env.domaindata.values():
        for value in data.values():
            if isinstance(value, dict):
                yield value


def _owner(key: object, value: object, documents: Set[str]) -> str | None:
    """Give the document that an entry is of, if it can be told."""
    for named in (key, value[0] if isinstance(value, tuple) and value else None):
        if isinstance(named, str) and named in documents:
            return named
    return None


def _ordered(entries: Iterable[tuple[Any, str]], read: Set[str]) -> list[Any]:
    others: list[tuple[Any, str]] = []
    moved: dict[str, list[Any]] = defaultdict(list)
    for key, owner in entries:
        if owner in read:
            moved[owner].append(key)
        else:
            others.append((key, owner))
    # Where two documents define the same, an earlier one has the place and a later one the entry:
    # so a document goes after the last entry of those before it.
    after: dict[int, list[Any]] = defaultdict(list)
    waiting = sorted(moved, reverse=True)
    for index in range(len(others), 0, -1):
        while waiting and others[index - 1][1] < waiting[0]:
            after[index] = moved[waiting.pop(0)] + after[index]
    for name in waiting:
        after[0] = moved[name] + after[0]
    ordered = list(after[0])
    for index, (key, _) in enumerate(others, 1):
        ordered.append(key)
        ordered.extend(after[index])
    return ordered
