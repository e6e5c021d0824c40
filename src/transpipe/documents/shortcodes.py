"""The parameters of Hugo's shortcodes that have no name: which of them hold text, and where.

``{{< figure "a.png" "A map of the town" >}}``. The configuration names them (``figure.2``); where
it names none of a shortcode, one in quotes that reads like a sentence is a text: it holds a blank
between words, and is no address.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from transpipe.documents.html_text import HtmlText

_OPENING = re.compile(r"\{\{[<%]\s*(?P<name>[\w./-]+)")
_PARAMETER = re.compile(
    r"(?<=\s)(?:(?P<key>[\w-]+)\s*=\s*)?"
    r"(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|`(?P<raw>[^`]*)`|(?P<bare>[^\s\"`]+?)(?=\s|/?[>%]\}\}))"
)
_SENTENCE = re.compile(r"[^\W\d_].*\s.*[^\W\d_]", re.DOTALL)
_ADDRESS = re.compile(r"\.{0,2}/|#|\w+:\S|.*\.\w{1,5}\Z|.*[{}]", re.DOTALL)
_LEAD_ELSEWHERE = frozenset({"ref", "relref", "param", "include", "readfile"})
"""Shortcodes whose parameters name a page, a key or a file."""


def positional_texts(
    text: str, start: int, end: int, chosen: Collection[str]
) -> Iterator[HtmlText]:
    """Find the parameters without a name that hold text; their attribute is their position.

    :param text: holds the tag, in ``text[start:end]``.
    :param chosen: the configured ones, as ``name.position``.
    """
    opening = _OPENING.match(text, start, end)
    if opening is None or opening["name"] in _LEAD_ELSEWHERE:
        return
    name = opening["name"]
    is_chosen = any(each.rpartition(".")[0] == name for each in chosen)
    position = 0
    for match in _PARAMETER.finditer(text, opening.end(), end):
        if match["key"] is not None:
            continue
        position += 1
        group = "double" if match["double"] is not None else "raw"
        value = match[group]
        if value is None or not any(map(str.isalnum, value)):
            continue
        if f"{name}.{position}" in chosen if is_chosen else _reads_like_text(value):
            yield HtmlText(*match.span(group), str(position))


def _reads_like_text(value: str) -> bool:
    return _SENTENCE.search(value) is not None and _ADDRESS.match(value) is None
