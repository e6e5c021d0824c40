"""Data files: the strings that configured key paths choose, and back."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from transpipe.documents.globs import first_match
from transpipe.documents.lines import body_start, line_number, split_lines
from transpipe.documents.options import Options
from transpipe.documents.scalars import SyntaxFaultError, Values, segment_of
from transpipe.documents.syntaxes import syntax
from transpipe.errors import DocumentError
from transpipe.model import Document, Segment, SegmentKind

_SPELLED = {"yaml": "YAML", "toml": "TOML", "json": "JSON"}


def segments(document: Document, options: Options) -> tuple[Segment, ...]:
    """Give the chosen strings of a data file in its order, with the path of the key as context.

    :raises DocumentError: if the file is not valid, or has a key twice.
    """
    lines = split_lines(document.text)
    offset = body_start(document.text)
    return tuple(
        segment_of(scalar, lines, offset, SegmentKind.DATA, "data")
        for scalar in _values(document).chosen(_keys(document, options))
    )


def outline(document: Document, options: Options) -> object:
    """Give all that a translation may not change, to be compared."""
    hidden = _values(document).hidden(_keys(document, options))
    return syntax(document.format).skeleton(_content(document), hidden)


def encode(document: Document, segment: Segment, msgstr: str) -> str:
    """Write a msgstr in the style of quotes its msgid has, or in double quotes."""
    start = segment.spans[0].start - body_start(document.text)
    scalar = _values(document).by_start[start]
    return syntax(document.format).write(_content(document), scalar, msgstr)


def alone(document: Document, segment: Segment) -> None:
    """Give None: a value alone in a file would have no key to be known by."""
    return


def _keys(document: Document, options: Options) -> tuple[str, ...]:
    return first_match(options.data, document.name) or ()


# A file is asked again for each of its strings.
@lru_cache(maxsize=4)
def _body(text: str) -> str:
    return text[body_start(text) :]


def _content(document: Document) -> str:
    return _body(document.text)


def _values(document: Document) -> Values:
    return _read(_content(document), document.format, document.path)


@lru_cache(maxsize=4)
def _read(content: str, name: str, path: Path) -> Values:
    language = syntax(name)
    try:
        values = Values.of(language.scalars(content))
        double = language.duplicate(content)
    except SyntaxFaultError as problem:
        reason = " ".join(problem.reason.split())
        line = line_number(content, problem.position or 0)
        raise DocumentError(
            f"is not {_SPELLED[name]} ({reason})", "mend it", path=path, line=line
        ) from problem
    if double is not None:
        raise DocumentError(
            "has a key twice in one table: readers disagree on which counts",
            "remove one of the two",
            path=path,
            line=line_number(content, double),
        )
    return values
