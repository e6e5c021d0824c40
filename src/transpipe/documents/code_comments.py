"""The comments of a program, with their places, by Pygments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from transpipe.model import Span

if TYPE_CHECKING:
    from pygments.lexer import Lexer

_LINE = re.compile(r"[^\n]+")
# What a line of a comment begins and ends with, in any language.
_MARKERS = re.compile(
    r"[ \t]*(?:/\*+!?|//+!?|<!--+|\(\*+|\{-+|--+\[*|#+[:!]?|;+|%+|\"{3}|'{3}|\*(?![/\w])"
    r"|REM\b|rem\b)?[ \t]*"
)
_ENDS = re.compile(r"[ \t]*(?:\*+/|-+>|\*+\)|-+\}|\]+--*|\"{3}|'{3})?[ \t]*\Z")
_LONGEST = 1_000_000


def comment_spans(code: str, language: str) -> tuple[Span, ...]:
    """Find the texts of comments, line by line, without the marks around them.

    :param language: as the info string of a code block names it.
    :returns: none where the language is not known.
    """
    return tuple(span for start, text in _comments(code, language) for span in _texts(start, text))


def skeleton(code: str, language: str) -> object:
    """Give every token of a program but the texts of its comments, to be compared."""
    spans = comment_spans(code, language)
    parts = []
    end = 0
    for span in spans:
        parts.append(code[end : span.start])
        end = span.end
    kinds = tuple(
        (str(kind), "" if is_comment else text)
        for kind, text, is_comment in _tokens(code, language)
    )
    return (*parts, code[end:]), kinds


def _comments(code: str, language: str) -> Iterator[tuple[int, str]]:
    position = 0
    for _, text, is_comment in _tokens(code, language):
        if is_comment:
            yield position, text
        position += len(text)


@lru_cache(maxsize=8)
def _tokens(code: str, language: str) -> tuple[tuple[str, str, bool], ...]:
    from pygments.token import Comment

    lexer = _lexer(language)
    if lexer is None or len(code) > _LONGEST:
        return ()
    directives = (Comment.Preproc, Comment.PreprocFile, Comment.Hashbang, Comment.Special)
    found = tuple(
        (str(kind), text, kind in Comment and not any(kind in each for each in directives))
        for _, kind, text in lexer.get_tokens_unprocessed(code)
    )
    # A lexer that changes the text tells no places.
    return found if "".join(text for _, text, _ in found) == code else ()


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language)
    except ClassNotFound:
        return None


def _texts(start: int, comment: str) -> Iterator[Span]:
    for line in _LINE.finditer(comment):
        opening = _MARKERS.match(line[0])
        closing = _ENDS.search(line[0])
        first = opening.end() if opening else 0
        last = max(first, closing.start() if closing else len(line[0]))
        if any(map(str.isalpha, line[0][first:last])):
            yield Span(start + line.start() + first, start + line.start() + last)
