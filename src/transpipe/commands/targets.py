"""Where translated documents go: a pattern, filled in for each document and language."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from babel import Locale

from transpipe.config import Config
from transpipe.errors import TranspipeError
from transpipe.locales import parse_locale, path_code
from transpipe.model import Document

Targets = Mapping[tuple[str, Locale], Path]
"""The place of each document in each language, by its name and the language."""


def target_pattern(config: Config, output: str | None, languages: tuple[Locale, ...]) -> str:
    """Give the pattern to fill in: that of the command line, else the configured one."""
    if output is None:
        return str(config.root / config.settings.output)
    several = len(languages) > 1 and "{language}" not in output
    return f"{output}/{{language}}/{{path}}" if several else f"{output}/{{path}}"


def find_targets(
    documents: Iterable[Document], languages: Iterable[Locale], pattern: str
) -> Targets:
    """Say where each document goes in each language, if it is not there already.

    :raises TranspipeError: if two documents would go to one place, one over a source, or one
        through a symbolic link to outside the working directory.
    """
    targets: dict[tuple[str, Locale], Path] = {}
    taken: dict[Path, Document] = {}
    originals = {document.path.resolve(): document for document in documents}
    for locale in languages:
        for document in documents:
            path = Path(_filled(pattern, document, locale))
            place = path.resolve()
            if _leads_out(path):
                raise TranspipeError(
                    f"leads out of the project, to {place}", "remove the symbolic link", path=path
                )
            if place in originals:
                if originals[place].name == document.name and document.source_language == locale:
                    continue  # the page as its author wrote it is the page in this language
                raise TranspipeError(
                    f"would be written over the source {originals[place].path}",
                    "change 'output'",
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


def is_target(path: Path, languages: Iterable[Locale], pattern: str) -> bool:
    """Tell whether a path is one that the pattern could give for some document."""
    codes = "|".join(re.escape(path_code(locale)) for locale in languages)
    fields = {
        "{language}": f"(?:{codes})",
        "{path}": r".+\.[^./]+",
        "{name}": ".+",
        "{suffix}": r"\.[^./]+",
    }
    parts = re.split("(" + "|".join(map(re.escape, fields)) + ")", os.path.normpath(pattern))
    expected = "".join(fields.get(part, re.escape(part)) for part in parts)
    return ".." not in path.parts and re.fullmatch(expected, os.path.normpath(path)) is not None


def _leads_out(path: Path) -> bool:
    """Tell whether a symbolic link on a path leads to outside the working directory."""
    here = Path.cwd().resolve()
    written = Path(os.path.normpath(here / path))
    return written.is_relative_to(here) and not path.resolve().is_relative_to(here)


def _filled(pattern: str, document: Document, locale: Locale) -> str:
    suffix = document.path.suffix
    name = document.name
    stem = PurePosixPath(name)
    if stem.suffix and _is_language(stem.suffix[1:], document.source_language):
        name = str(stem.with_suffix(""))
    values = {
        "{language}": path_code(locale),
        "{path}": document.name + suffix,
        "{name}": name,
        "{suffix}": suffix,
    }
    return re.sub("|".join(map(re.escape, values)), lambda field: values[field[0]], pattern)


def _is_language(code: str, language: Locale | None) -> bool:
    try:
        return parse_locale(code) == language
    except TranspipeError:
        return False
