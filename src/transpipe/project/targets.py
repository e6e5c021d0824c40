"""Where translated documents go: patterns, filled in for each document and language."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from babel import Locale

from transpipe.config import Config
from transpipe.documents.formats import DATA
from transpipe.documents.globs import first_match
from transpipe.errors import TranspipeError
from transpipe.locales import find_locale, path_code
from transpipe.model import Document

Targets = Mapping[tuple[str, Locale], Path]
"""The place of each document in each language, by its name and the language."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of places; paths are as seen from the working directory."""

    documents: str
    of_languages: tuple[tuple[Locale, str], ...] = ()
    """Those of single languages."""
    data: str = ""
    of_data: tuple[tuple[str, str], ...] = ()
    """Those of some data files, by glob."""
    inside: Path | None = None
    """The folder that no place may lead out of; None where the user chose it just now."""

    def of(self, document: Document, locale: Locale) -> str:
        """Give the pattern of a document in a language."""
        if document.format in DATA and self.data:
            return first_match(self.of_data, document.name) or self.data
        return dict(self.of_languages).get(locale, self.documents)

    def every(self) -> tuple[str, ...]:
        """Give all of them."""
        others = (*(each for _, each in self.of_languages), *(each for _, each in self.of_data))
        return tuple(filter(None, (self.documents, self.data, *others)))


def target_patterns(config: Config, output: str | None, languages: tuple[Locale, ...]) -> Patterns:
    """Give the patterns to fill in: that of the command line, else the configured ones."""
    if output is None:
        root, settings = config.root, config.settings
        return Patterns(
            str(root / settings.output),
            tuple((locale, str(root / to)) for locale, to in config.outputs),
            str(root / settings.data_output),
            tuple((glob, str(root / to)) for glob, to in settings.data_outputs.items()),
            inside=root,
        )
    several = len(languages) > 1 and "{language}" not in output
    return Patterns(f"{output}/{{language}}/{{path}}" if several else f"{output}/{{path}}")


def find_targets(
    documents: Iterable[Document], languages: Iterable[Locale], patterns: Patterns
) -> Targets:
    """Say where each document goes in each language, if it is not there already.

    :raises TranspipeError: if two documents would go to one place, one over a source, or one
        to outside the project: by its pattern, or through a symbolic link.
    """
    targets: dict[tuple[str, Locale], Path] = {}
    taken: dict[Path, Document] = {}
    originals = {document.path.resolve(): document for document in documents}
    bounds = _Bounds.of(patterns)
    for locale in languages:
        for document in documents:
            path = Path(_filled(patterns.of(document, locale), document, locale))
            place = path.resolve()
            bounds.refuse_outside(path, place)
            if place in originals:
                if originals[place].name == document.name and document.source_language == locale:
                    continue  # the page as its author wrote it is the page in this language
                raise TranspipeError(
                    f"would be written over the source {originals[place].path}",
                    "exclude one of the two, or change 'output'",
                    path=path,
                )
            if place in taken:
                raise TranspipeError(
                    f"is where both {taken[place].path} and {document.path} would be written",
                    "exclude one of them, or change 'output'",
                    path=path,
                )
            taken[place] = document
            targets[document.name, locale] = path
    return targets


def is_target(path: Path, languages: Iterable[Locale], patterns: Patterns) -> bool:
    """Tell whether a path is one that a pattern could give for some document."""
    codes = "|".join(re.escape(path_code(locale)) for locale in languages)
    fields = {
        "{language}": f"(?:{codes})",
        "{path}": r".+\.[^./]+",
        "{name}": ".+",
        "{suffix}": r"\.[^./]+",
        "{folder}": ".*",
        "{file}": r"[^/]+\.[^./]+",
    }
    if ".." in path.parts:
        return False
    for pattern in patterns.every():
        parts = re.split("(" + "|".join(map(re.escape, fields)) + ")", os.path.normpath(pattern))
        expected = "".join(fields.get(part, re.escape(part)) for part in parts)
        if re.fullmatch(expected, os.path.normpath(path)):
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What no place may lead out of."""

    here: Path
    """The working directory."""
    inside: Path | None
    """The folder of the patterns, if they have one."""

    @classmethod
    def of(cls, patterns: Patterns) -> _Bounds:
        inside = patterns.inside
        return cls(Path.cwd().resolve(), None if inside is None else inside.resolve())

    def refuse_outside(self, path: Path, place: Path) -> None:
        """Refuse a place that a symbolic link or a pattern of the configuration leads out to."""
        written = Path(os.path.normpath(self.here / path))
        if written.is_relative_to(self.here) and not place.is_relative_to(self.here):
            raise TranspipeError(
                f"leads out of the project, to {place}", "remove the symbolic link", path=path
            )
        if self.inside is not None and not place.is_relative_to(self.inside):
            raise TranspipeError(
                f"leads out of the project, to {place}", "change 'output'", path=path
            )


def bare_name(document: Document) -> str:
    """Give a document's name without suffix and without the language it is written in.

    The language may end the name, or be the first folder: ``about.es``, ``es/about``.
    """
    name = PurePosixPath(document.name)
    if document.format in DATA:
        name = name.with_suffix("")
    if name.suffix and _is_language(name.suffix[1:], document.source_language):
        return str(name.with_suffix(""))
    if len(name.parts) > 1 and _is_language(name.parts[0], document.source_language):
        return str(PurePosixPath(*name.parts[1:]))
    return str(name)


def _filled(pattern: str, document: Document, locale: Locale) -> str:
    suffix = document.path.suffix
    name = bare_name(document)
    folder, _, file = name.rpartition("/")
    values = {
        "{language}": path_code(locale),
        "{path}": document.name if document.format in DATA else document.name + suffix,
        "{name}": name,
        "{suffix}": suffix,
        "{folder}": folder,
        "{file}": file + suffix,
    }
    return re.sub("|".join(map(re.escape, values)), lambda field: values[field[0]], pattern)


def _is_language(code: str, language: Locale | None) -> bool:
    found = find_locale(code)
    return found is not None and found == language
