"""reStructuredText that can be read in one way only, read without docutils: most messages can.

A text of letters, and of constructs that stand apart between blanks and punctuation, holds exactly
those constructs. Whatever else is in it, docutils reads: a test compares the two.
"""

from __future__ import annotations

import functools
import re

from transpipe.markup import RestMarkup

_NAME = r"[A-Za-z0-9]+(?:[-._+:][A-Za-z0-9]+)*"


def _start(mark: str) -> str:
    """Give a pattern of a mark behind a blank, or behind a quotation mark that does not close it.

    What stands before it is looked at last: a search for a character is fast, and one for a place
    between characters is not.
    """
    behind_quote = rf"""(?<=[("'\[{{«“¿¡/-]{mark})(?![)"'\]}}»”])"""
    return rf"{mark}(?:(?<!\S{mark})|{behind_quote})"


_CODE, _QUOTE, _COLON, _STRONG, _STAR, _BAR, _BRACKET = map(
    _start, ("``", "`", ":", r"\*\*", r"\*", r"\|", r"\[")
)
_CONSTRUCT = re.compile(
    rf"""
    (?: {_CODE}(?P<literal>(?=[^\s`])[^`]*(?<![\s\\]))``
      | {_QUOTE}(?P<text>(?=\S)[^`<>\\_]+?)[ ]<(?P<address>https?://[^\s<>`\\]*[\w/])>`__?
      | {_QUOTE}(?P<reference>(?=\S)[^`<>\\]+(?<!\s))`_
      | {_QUOTE}(?P<default>(?=\S)[^`\\]+(?<![\s:]))`(?!:[A-Za-z0-9])
      | {_COLON}(?P<role>{_NAME}):`(?P<content>(?=\S)[^`\\]+(?<![\s:]))`(?!:[A-Za-z0-9])
      | {_STRONG}(?=[^\s*])[^*`\\|]*(?<!\s)\*\*
      | {_STAR}(?=[^\s*])[^*`\\|]*(?<!\s)\*
      | {_BAR}(?P<substitution>(?=[^\s|])[^|*`\\]*(?<!\s))\|
      | {_BRACKET}(?P<note>[0-9]+|[A-Za-z][A-Za-z0-9]*)\]_
    )
    (?=[\s.,;:!?)\]}}"'»”/\\-]|\Z)
    | \\(?:[ _\\]|[*](?!(?:\\[ ])*\\[*]))
    """,
    re.VERBOSE,
)
# A low line inside a word is one; anything else here may be markup, or an address.
_PERHAPS_MARKUP = re.compile(r"[`*|\\\0@]|://|_(?![A-Za-z0-9])|_(?<![A-Za-z0-9]_)")

_OPENS_A_BLOCK = re.compile(
    r"\A(?:\s|[-+*•‣⁃](?:\s|\Z)|>>>\s|\.\.(?:\s|\Z)|__\s|\|\s|\(?(?:[A-Za-z]|\d+|[ivxlcdmIVXLCDM]+|\#)"
    r"[.)](?:\s|\Z)|:[^:\s`][^:`]*:(?:\s|\Z)|--?\w|/\w|[=+]{2}|[^\w\s]{2,}\s*\Z)"
)
_NOTHING = RestMarkup()
_CODE_BLOCK = RestMarkup(blocks=("paragraph", "literal_block"))


@functools.lru_cache(maxsize=256)
def read_plainly(text: str) -> RestMarkup | None:
    """Read a text that is a paragraph of words and plain constructs.

    :returns: None where it is not: docutils has to read it.
    """
    if "\n" in text or _OPENS_A_BLOCK.match(text):
        return None
    nothing = _CODE_BLOCK if text.endswith("::") else _NOTHING
    if not _PERHAPS_MARKUP.search(text):
        return nothing
    matches = list(_CONSTRUCT.finditer(text))
    ends = (0, *(match.end() for match in matches))
    starts = (*(match.start() for match in matches), len(text))
    between = " ".join(text[end:start] for end, start in zip(ends, starts, strict=True))
    if _PERHAPS_MARKUP.search(between):
        return None
    kinds = [(match.lastgroup, match) for match in matches]
    return RestMarkup(
        blocks=nothing.blocks,
        roles=tuple(
            (match["role"].lower(), match["content"]) if kind == "content" else ("", match[kind])
            for kind, match in kinds
            if kind in ("content", "default")
        ),
        links=tuple(
            match[kind] if kind == "address" else f"{' '.join(match[kind].lower().split())}_"
            for kind, match in kinds
            if kind in ("address", "reference")
        ),
        footnotes=tuple(f"[{match[kind]}]_" for kind, match in kinds if kind == "note"),
        substitutions=tuple(f"|{match[kind]}|" for kind, match in kinds if kind == "substitution"),
        literals=tuple(match[kind] for kind, match in kinds if kind == "literal"),
    )
