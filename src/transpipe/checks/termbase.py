"""The glossary of a project: how each term is translated, read from CSV or TBX."""

from __future__ import annotations

import csv
import functools
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from babel import Locale

from transpipe.errors import TranspipeError
from transpipe.files import read_text
from transpipe.locales import parse_locale

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LANGUAGES = {"ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek"} | {
    "en": "english", "es": "spanish", "eu": "basque", "fi": "finnish", "fr": "french",
    "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "ne": "nepali", "nb": "norwegian", "nl": "dutch",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip

Stems = tuple[str, ...]
"""The words of a term without their endings."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term, with what it is and is not called in another language."""

    source: str
    allowed: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    language: Locale | None = None
    """The language of the translations; None for any."""


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a project."""

    terms: tuple[Term, ...] = ()

    def of(self, locale: Locale | None) -> tuple[Term, ...]:
        """Give the terms for a language: those of ``pt`` serve ``pt_BR`` too."""
        return tuple(
            term
            for term in self.terms
            if term.language is None
            or term.language == locale
            or (
                locale is not None
                and term.language.territory is None
                and term.language.language == locale.language
            )
        )


def stems(text: str, locale: Locale | None) -> Stems:
    """Give the words of a text without their endings, as Snowball knows the language.

    >>> stems("The catalogs", Locale("en"))
    ('the', 'catalog')
    """
    language = locale.language if locale else ""
    return tuple(_stem(language, word.lower()) for word in _WORD.findall(text))


@functools.lru_cache(maxsize=50_000)
def _stem(language: str, word: str) -> str:
    stemmer = _stemmer(language)
    return word if stemmer is None else str(stemmer.stemWord(word))


@functools.cache
def _stemmer(language: str) -> Any:
    # Late: it brings every language along.
    import snowballstemmer

    name = _LANGUAGES.get(language)
    return snowballstemmer.stemmer(name) if name in snowballstemmer.algorithms() else None


def holds(text: Stems, term: Stems) -> bool:
    """Whether the words of a term stand in a text, one after another."""
    size = len(term)
    return size > 0 and any(
        text[start : start + size] == term for start in range(len(text) - size + 1)
    )


def read_glossary(paths: Iterable[Path], source: Locale) -> Glossary:
    """Read the glossaries of a project.

    :param source: the language of the documents.
    :raises TranspipeError: naming the line, where a file cannot be read or has a broken row.
    """
    return Glossary(
        tuple(
            term
            for path in paths
            for term in (_tbx if path.suffix.lower() in (".tbx", ".xml") else _csv)(path, source)
        )
    )


def _csv(path: Path, source: Locale) -> Iterator[Term]:
    text = read_text(path).removeprefix("\ufeff")
    rows = csv.reader(io.StringIO(text), strict=True)
    try:
        head = [cell.strip().lower() for cell in next(rows, [])]
        source_column, columns = _columns(head, source, path)
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(head):
                raise TranspipeError(
                    f"the row has {len(row)} cells, the first row {len(head)}",
                    "give each column a cell, and put one with a comma between quotation marks",
                    path=path,
                    line=rows.line_num,
                )
            yield from _terms(row, source_column, columns)
    except csv.Error as problem:
        raise TranspipeError(
            f"is not CSV ({problem})", "mend the row", path=path, line=rows.line_num
        ) from problem


def _columns(
    head: list[str], source: Locale, path: Path
) -> tuple[int, list[tuple[int, Locale | None]]]:
    if {"source", "target"} <= set(head):
        return head.index("source"), [(head.index("target"), None)]
    found: dict[int, Locale] = {}
    for index, cell in enumerate(head):
        try:
            found[index] = parse_locale(cell)
        except TranspipeError:
            continue
    sources = [index for index, locale in found.items() if locale.language == source.language]
    others = [(index, locale) for index, locale in found.items() if index not in sources]
    if not sources or not others:
        raise TranspipeError(
            f"the first row names no column {source.language!r}, or no other language",
            "begin with a row of language codes, such as: en,es,pt",
            path=path,
            line=1,
        )
    return sources[0], list(others)


def _terms(
    row: list[str], source: int, columns: Iterable[tuple[int, Locale | None]]
) -> Iterator[Term]:
    for index, language in columns:
        names = [name.strip() for name in row[index].split("|") if name.strip()]
        allowed = tuple(name for name in names if not name.startswith("!"))
        forbidden = tuple(name[1:].strip() for name in names if name.startswith("!"))
        if row[source].strip() and names:
            yield Term(row[source].strip(), allowed, forbidden, language)


def _tbx(path: Path, source: Locale) -> Iterator[Term]:
    try:
        # The project's own file; expat limits what entities grow to.
        root = ElementTree.fromstring(read_text(path).removeprefix("\ufeff"))  # noqa: S314
    except ElementTree.ParseError as problem:
        line = problem.position[0]
        raise TranspipeError("is not XML", "mend it", path=path, line=line) from problem
    for entry in root.iter():
        if _local(entry) in ("termEntry", "conceptEntry"):
            yield from _entry(entry, source)


def _entry(entry: ElementTree.Element, source: Locale) -> Iterator[Term]:
    names: dict[str, tuple[list[str], list[str]]] = {}
    for section in entry:
        language = next((v for k, v in section.attrib.items() if k.endswith("lang")), None)
        if _local(section) not in ("langSet", "langSec") or language is None:
            continue
        for group in (g for g in section.iter() if _local(g) in ("tig", "ntig", "termSec")):
            text = next((t.text or "" for t in group.iter() if _local(t) == "term"), "").strip()
            notes = " ".join((n.text or "") for n in group.iter() if _local(n) == "termNote")
            bad = any(word in notes for word in ("deprecated", "superseded", "forbidden"))
            if text:
                names.setdefault(language, ([], []))[bad].append(text)
    sources = [code for code in names if _code(code) == source.language]
    for code, (allowed, forbidden) in names.items():
        if code in sources:
            continue
        for term in (term for each in sources for term in names[each][0]):
            yield Term(term, tuple(allowed), tuple(forbidden), parse_locale(code))


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _code(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()
