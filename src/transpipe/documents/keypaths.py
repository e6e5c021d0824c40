"""Paths of keys in YAML, TOML and JSON: how they are written, and which values they choose.

``title``, ``params.hero.title``, ``social[].name``: names parted by dots, ``[]`` for each item of a
list. The items of a list that ends a path need no ``[]``: ``tags`` chooses them too. ``*`` stands
for any one name, ``**`` for any number of steps. A name with one of these characters in it stands
in double quotes, as in JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from functools import lru_cache

KeyPath = tuple[str | int, ...]
"""The steps to a value: names of keys, and numbers of items counted from 0."""

_PLAIN = re.compile(r"[^.\[\]\"*\x00-\x1f]+")
_NAME = r'(?:[^.\[\]"*]+|"(?:[^"\\]|\\.)*")'
_STEP = re.compile(rf"(?P<items>\[\])|(?P<any>\*\*)|(?P<one>\*)|(?P<name>{_NAME})")


def written(path: KeyPath) -> str:
    """Write the path of a value: all items of a list have one.

    >>> written(("social", 3, "name")), written(("tags", 0)), written(("a.b",))
    ('social[].name', 'tags', '"a.b"')
    """
    text = ""
    for step in path:
        if isinstance(step, int):
            text += "[]"
        else:
            name = step if _PLAIN.fullmatch(step) else json.dumps(step, ensure_ascii=False)
            text += f".{name}" if text else name
    return _shortened(text)


@lru_cache(maxsize=64)
def chooser(patterns: Collection[str]) -> Callable[[str], bool]:
    """Give the test of a written path against several patterns; hashable, to be kept.

    :raises ValueError: naming the pattern, if one is none.
    """
    expression = re.compile(
        "|".join(f"(?:{_expression(each)})" for each in patterns) or r"(?!)", re.DOTALL
    )
    return lambda path: expression.fullmatch(path) is not None


def _shortened(path: str) -> str:
    return path[:-2] if path.endswith("[]") and path != "[]" else path


def _expression(pattern: str) -> str:
    source = _shortened(pattern)
    parts = []
    position = 0
    while position < len(source):
        step = _STEP.match(source, position)
        if step is None:
            raise ValueError(pattern)
        position = step.end()
        last = position == len(source)
        dot = not last and source[position] == "."
        if dot:
            position += 1
        elif not last and not source.startswith("[]", position):
            raise ValueError(pattern)
        if dot and position == len(source):
            raise ValueError(pattern)
        parts.append(_meaning(step, dot=dot))
    if not parts:
        raise ValueError(pattern)
    # The path of an item is written without the "[]" at its end, that of an item's item with one.
    return "".join(parts) + (r"(?:\[\])?" if source != pattern else "")


def _meaning(step: re.Match[str], *, dot: bool) -> str:
    if step["any"]:
        return r"(?:.+\.)?" if dot else ".+"
    if step["items"]:
        meaning = r"\[\]"
    elif step["one"]:
        meaning = _NAME
    else:
        name = step["name"]
        meaning = re.escape(written((json.loads(name),)) if name.startswith('"') else name)
    return meaning + (r"\." if dot else "")
