"""Which language a document is written in, and how that is known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from enum import StrEnum
from pathlib import Path

from babel import Locale

from transpipe.documents.frontmatter import FrontMatter, front_matter
from transpipe.documents.globs import first_match
from transpipe.documents.lines import line_number
from transpipe.documents.names import split_suffix
from transpipe.errors import DocumentError, TranspipeError
from transpipe.locales import find_locale, parse_locale

_CODE = re.compile(r"[a-z]{2,3}(?:[-_](?:[A-Z][a-z]{3}|[A-Za-z]{2}|\d{3}))*")

FILE_EXTENSIONS = frozenset({"am", "as", "bas", "cs", "is", "ps", "sc", "so", "st", "ts"})
"""Language codes that more often tell what a file is: ``vue.ts.md``, ``Program.cs.md``. Without
known languages they name none."""


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
    known: Collection[Locale] | None = None,
) -> tuple[Locale | None, Rule]:
    """Tell the language a document is written in, and the rule that decided.

    :param relative: its path below the source folder, with the suffix.
    :param content: its text, if its format can have front matter; else empty.
    :param configured: pairs of glob and language.
    :param default: the language of documents nothing else speaks about; None where it is not
        known.
    :param path: the path for messages.
    :param known: the languages that a file name may tell, with the forms that their countries
        have; None for any but :data:`FILE_EXTENSIONS`.
    :raises DocumentError: if the front matter is not valid, or ``lang`` is no language.
    """
    by_glob = first_match(configured, relative)
    if by_glob is not None:
        return by_glob, Rule.CONFIGURED
    by_key = _in_front_matter(content, path or Path(relative))
    if by_key is not None:
        return by_key, Rule.FRONT_MATTER
    by_name = _in_file_name(split_suffix(relative)[0], known)
    if by_name is not None:
        return by_name, Rule.FILE_NAME
    return default, Rule.DEFAULT


def _in_front_matter(content: str, path: Path) -> Locale | None:
    found = front_matter(content, path)
    scalar = found.first("lang", "language") if found else None
    if found is not None:
        _refuse_other_values(content, found, path)
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


def _refuse_other_values(content: str, found: FrontMatter, path: Path) -> None:
    place = found.syntax.no_string(found.content, "lang") if "lang" in found.content else None
    if place is not None:
        raise DocumentError(
            "'lang' is no string",
            "write one language code in quotes, as in 'no'",
            path=path,
            line=line_number(content, found.start + place),
        )


def _in_file_name(stem: str, known: Collection[Locale] | None) -> Locale | None:
    name, _, code = stem.rpartition("/")[2].rpartition(".")
    if not name or not _CODE.fullmatch(code) or (known is None and code in FILE_EXTENSIONS):
        return None
    locale = find_locale(code)
    if locale is None or known is None or any(_is_form_of(locale, each) for each in known):
        return locale
    return None


def _is_form_of(locale: Locale, other: Locale) -> bool:
    """Tell whether a locale is another one, or a form that one of its countries has."""
    if locale == other:
        return True
    is_wider = other.territory is None and other.script in (None, locale.script)
    return is_wider and locale.language == other.language
