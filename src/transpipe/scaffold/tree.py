"""Looking around in a folder: the only part of this station that reads the file system."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel import Locale

from transpipe.errors import TranspipeError
from transpipe.files import read_text
from transpipe.scaffold.names import language_of

INSTALLED = frozenset(
    {"_build", "_static", "_templates", "node_modules", "site-packages", "venv", "__pycache__"}
)
"""Folders that hold no documents wherever they stand: transpipe never enters them."""
MADE = INSTALLED | {"build", "dist", "env", "public", "resources", "target", "vendor"}
"""The same at the top of a repository; a folder of documents may have a chapter "build"."""
MARKDOWN = (".md", ".markdown", ".mdx")
TEXT = (".txt",)
CATALOG_FOLDERS = ("locale", "locales")

NOT_DOCUMENTS = frozenset({"requirements.txt", "robots.txt", "LICENSE.txt", "CMakeLists.txt"})
"""Text files that programs read."""


def walk(
    folder: Path,
    suffixes: Iterable[str],
    *,
    depth: int = 99,
    skipped: frozenset[str] = INSTALLED,
) -> Iterator[str]:
    """Give the files below a folder that have one of some suffixes, in order, with slashes.

    Hidden folders and :data:`INSTALLED` ones are not entered.

    :param skipped: the folders at the top that are not entered.
    """
    wanted = tuple(suffixes)
    for where, folders, files in os.walk(folder):
        below = Path(where).relative_to(folder)
        closed = INSTALLED if below.parts else skipped
        kept = (name for name in folders if not name.startswith(".") and name not in closed)
        folders[:] = sorted(kept) if len(below.parts) < depth else []
        for name in sorted(files):
            path = (below / name).as_posix()
            if path.endswith(wanted) and not name.startswith(".") and name not in NOT_DOCUMENTS:
                yield path


def children(folder: Path) -> tuple[str, ...]:
    """Give the folders directly in a folder, in order, that may hold somebody's work."""
    names = sorted(child.name for child in folder.glob("*") if child.is_dir())
    return tuple(name for name in names if not name.startswith(".") and name not in MADE)


def text_of(path: Path) -> str:
    """Read a file for hints: one that cannot be read says nothing."""
    try:
        return read_text(path) if path.is_file() else ""
    except TranspipeError:
        return ""


def equal(one: Path, other: Path) -> bool:
    """Say whether two files hold the same; those that cannot be read do not."""
    try:
        return one.read_bytes() == other.read_bytes()
    except OSError:
        return False


def join(*parts: str) -> str:
    """Join relative paths, and tidy: ``docs/source`` and ``../locales`` make ``docs/locales``."""
    return posixpath.normpath(posixpath.join(*parts))


@dataclass(frozen=True, slots=True)
class Catalogs:
    """The catalogs that stand in a project."""

    folder: str
    """Where they are, or where they may be put."""
    languages: tuple[Locale, ...] = ()


def catalogs(root: Path, source_dir: str, declared: str | None, names: frozenset[str]) -> Catalogs:
    """Find a project's catalogs of documents.

    :param declared: the folder that the site's configuration names.
    :param names: of documents, without suffix. In folders that nobody declared, catalogs count
        when one bears such a name: those of a program's own texts, ``django.po``, are not ours.
    """
    if declared:
        return Catalogs(declared, languages_of(root / declared))
    parent = join(source_dir, "..")
    bases = dict.fromkeys((source_dir, "." if parent.startswith("..") else parent, "."))
    taken = set()
    for folder in (join(base, name) for base in bases for name in CATALOG_FOLDERS):
        languages = languages_of(root / folder)
        if languages and names & frozenset(domains(root / folder)):
            return Catalogs(folder, languages)
        if languages:
            taken.add(folder)
    free = (name for name in (*CATALOG_FOLDERS, "translations") if name not in taken)
    return Catalogs(next(free, "po"))


def languages_of(folder: Path) -> tuple[Locale, ...]:
    """Give the languages that a folder of catalogs holds some in."""
    if not folder.is_dir():
        return ()
    held = (
        language_of(child.name)
        for child in sorted(folder.glob("*"))
        if next((child / "LC_MESSAGES").rglob("*.po"), None)
    )
    return tuple(dict.fromkeys(locale for locale in held if locale))


def domains(folder: Path) -> Iterator[str]:
    """Give the names of the catalogs in a folder: ``guide/install``."""
    for messages in sorted(folder.glob("*/LC_MESSAGES")):
        for path in messages.rglob("*.po"):
            yield path.relative_to(messages).with_suffix("").as_posix()
