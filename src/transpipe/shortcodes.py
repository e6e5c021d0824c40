"""The parameters of Hugo's shortcodes that have no name: which of them hold text, and where.

``{{< figure "a.png" "A map of the town" >}}``. The configuration names them (``figure.2``); where
it names none of a shortcode, one in quotes that reads like a sentence is a text: it holds a blank
between words, and is no address.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

_OPENING = re.compile(r"\{\{[<%]\s*(?P<name>[\w./-]+)")
_PARAMETER = re.compile(
    r"(?<=\s)(?:(?P<key>[\w-]+)\s*=\s*)?"
    r"(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|`(?P<raw>[^`]*)`|(?P<bare>[^\s\"`]+?)(?=\s|/?[>%]\}\}))"
)
_SENTENCE = re.compile(r"[^\W\d_].*\s.*[^\W\d_]", re.DOTALL)
_ADDRESS = re.compile(r"\.{0,2}/|#|\w+:\S|.*\.\w{1,5}\Z|.*[{}]", re.DOTALL)
_LEAD_ELSEWHERE = frozenset({"ref", "relref", "param", "include", "readfile"})
"""Shortcodes whose parameters name a page, a key or a file."""


class Parameter(NamedTuple):
    """A parameter without a name that holds text, and where the text stands."""

    name: str
    """Of the shortcode and its position, counted from 1: ``figure.2``."""
    start: int
    end: int

    @property
    def position(self) -> str:
        """Its position, as written in the name."""
        return self.name.rpartition(".")[2]


def positional_texts(
    text: str, start: int, end: int, chosen: Collection[str]
) -> Iterator[Parameter]:
    """Find the parameters without a name that hold text.

    :param text: holds the tag, in ``text[start:end]``.
    :param chosen: the configured ones, by name.
    """
    opening = _OPENING.match(text, start, end)
    name = opening["name"] if opening else ""
    is_chosen = any(each.rpartition(".")[0] == name for each in chosen)
    for each in _in_quotes(text, start, end):
        is_text = (
            each.name in chosen if is_chosen else _reads_like_text(text[each.start : each.end])
        )
        if is_text:
            yield each


def _in_quotes(text: str, start: int, end: int) -> Iterator[Parameter]:
    """Find the parameters without a name that may hold text: what is in quotes holds a word."""
    opening = _OPENING.match(text, start, end)
    if opening is None or opening["name"] in _LEAD_ELSEWHERE:
        return
    position = 0
    for match in _PARAMETER.finditer(text, opening.end(), end):
        if match["key"] is not None:
            continue
        position += 1
        group = "double" if match["double"] is not None else "raw"
        if match[group] is not None and any(map(str.isalnum, match[group])):
            yield Parameter(f"{opening['name']}.{position}", *match.span(group))


def parameters_of_text(tags: Collection[str], chosen: Collection[str]) -> frozenset[str]:
    """Give the names of the parameters that hold text in some tags, and of the configured ones.

    What reads like a sentence in a source need not in its translation: the positions decide.
    """
    if not any('"' in tag or "`" in tag for tag in tags):
        return frozenset(chosen)
    found = (each.name for tag in tags for each in positional_texts(tag, 0, len(tag), chosen))
    return frozenset((*chosen, *found))


def without_texts(tag: str, names: Collection[str], mark: str = "") -> str:
    """Put a mark for each text of a tag in a parameter that is among those with these names.

    >>> without_texts('{{< figure "a.png" "A map" >}}', {"figure.2"}, "…")
    '{{< figure "a.png" "…" >}}'
    """
    parts = []
    end = 0
    for each in _in_quotes(tag, 0, len(tag)) if names else ():
        if each.name in names:
            parts += [tag[end : each.start], mark]
            end = each.end
    return "".join((*parts, tag[end:]))


def _reads_like_text(value: str) -> bool:
    return _SENTENCE.search(value) is not None and _ADDRESS.match(value) is None
