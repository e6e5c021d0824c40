"""Which language a document is written in, and how that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from babel import Locale

from transpipe.documents.frontmatter import front_matter
from transpipe.documents.globs import first_match
from transpipe.documents.lines import line_number
from transpipe.errors import DocumentError, TranspipeError
from transpipe.locales import parse_locale

_CODE = re.compile(r"[a-z]{2,3}(?:[-_](?:[A-Z][a-z]{3}|[A-Za-z]{2}|\d{3}))*")


class Rule(StrEnum):
    """What decided a document's language; the first that speaks, in this order."""

    CONFIGURED = "configured"
    """A glob of ``source_languages``."""
    FRONT_MATTER = "front matter"
    """The key ``lang``, or ``language``, of the document itself."""
    FILE_NAME = "file name"
    """``index.es.md``."""
    DEFAULT = "default"
    """``source_language``."""


def source_language(
    relative: str,
    content: str,
    configured: Iterable[tuple[str, Locale]],
    default: Locale | None,
    path: Path | None = None,
) -> tuple[Locale | None, Rule]:
    """Tell the language a document is written in, and the rule that decided.

    :param relative: its path below the source folder, with the suffix.
    :param content: its text, if its format can have front matter; else empty.
    :param configured: pairs of glob and language.
    :param default: the language of documents nothing else speaks about; None where it is not
        known.
    :param path: the path for messages.
    :raises DocumentError: if the front matter is not valid, or ``lang`` is no language.
    """
    by_glob = first_match(configured, relative)
    if by_glob is not None:
        return by_glob, Rule.CONFIGURED
    by_key = _in_front_matter(content, path or Path(relative))
    if by_key is not None:
        return by_key, Rule.FRONT_MATTER
    by_name = _known(Path(relative).stem.rpartition(".")[2]) if "." in Path(relative).stem else None
    if by_name is not None:
        return by_name, Rule.FILE_NAME
    return default, Rule.DEFAULT


def _in_front_matter(content: str, path: Path) -> Locale | None:
    found = front_matter(content, path)
    scalar = found.first("lang", "language") if found else None
    if found is None or scalar is None:
        return None
    try:
        return parse_locale(scalar.value)
    except TranspipeError as problem:
        if scalar.key == "language":
            return None  # it may well name a programming language
        raise DocumentError(
            f"'lang': {problem.problem}",
            problem.remedy,
            path=path,
            line=line_number(content, found.start + scalar.start),
        ) from problem


def _known(code: str) -> Locale | None:
    if not _CODE.fullmatch(code):
        return None
    try:
        return parse_locale(code)
    except TranspipeError:
        return None
