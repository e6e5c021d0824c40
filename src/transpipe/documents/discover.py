"""Which documents there are: a folder -> its document files."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from transpipe.documents.formats import SUFFIXES
from transpipe.documents.globs import any_matches
from transpipe.documents.names import split_suffix
from transpipe.errors import DocumentError

LEFT_OUT = frozenset(
    {"_build", "_static", "_templates", "node_modules", "site-packages", "venv", "__pycache__"}
)
"""Folders that hold no documents; hidden ones are left out as well."""

# Control characters, undecodable bytes, separators of lines and of paragraphs.
_UNFIT = frozenset({"Cc", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """A document that is there to be read."""

    name: str
    """The path below its folder without its last suffix, with ``/``: ``about/index.es``."""
    path: Path

    @property
    def relative(self) -> str:
        """The path below its folder with the suffix: what globs are matched with."""
        return self.name + split_suffix(self.path.name)[1]


def discover(
    folder: Path, include: Sequence[str], exclude: Sequence[str], formats: Sequence[str] = ()
) -> tuple[DocumentFile, ...]:
    """Find the documents of a folder, in the order of their names.

    Taken are files with the suffix of a known format, and those that a glob of ``formats`` gives
    one. Left out are hidden files and folders, :data:`LEFT_OUT`, folders behind symbolic links,
    and links to files outside the folder.

    :param include: globs of which one has to match.
    :param exclude: globs of which none may match.
    :param formats: globs of files whose format is configured.
    :raises DocumentError: if there is no such folder, two files would have one name, or a name
        cannot be written down.
    """
    if not folder.is_dir():
        raise DocumentError("is no folder", "check 'source_dir'", path=folder)
    found = [
        _document_file(split_suffix(relative)[0], folder / relative, relative)
        for relative in _files(folder)
        if any_matches(include, relative)
        and not any_matches(exclude, relative)
        and (split_suffix(relative)[1].lower() in SUFFIXES or any_matches(formats, relative))
    ]
    return _by_name(found)


def discover_data(root: Path, globs: Sequence[str]) -> tuple[DocumentFile, ...]:
    """Find the data files of a project, named by their paths with suffix, in order.

    Left out are hidden files and folders, :data:`LEFT_OUT`, folders behind symbolic links, and
    links to files outside the project.

    :raises DocumentError: if a name cannot be written down, or no file matches a glob.
    """
    found: dict[str, DocumentFile] = {}
    for glob in globs:
        folder = root / _fixed(glob)
        below = _files(folder) if folder.is_dir() and not _leads_out(folder, root) else ()
        paths = [(folder / name).relative_to(root).as_posix() for name in below]
        matching = [path for path in paths if any_matches((glob,), path)]
        if not matching:
            raise DocumentError(
                f"no data file matches {glob!r}", "check 'data' in the configuration", path=root
            )
        for path in matching:
            found.setdefault(path, _document_file(path, root / path, path))
    return tuple(found[name] for name in sorted(found))


def _fixed(glob: str) -> str:
    """Give the folder that a glob begins with, as far as it has no signs in it."""
    parts = glob.split("/")[:-1]
    signs = next((n for n, part in enumerate(parts) if re.search(r"[*?]", part)), len(parts))
    return "/".join(parts[:signs])


def _leads_out(folder: Path, root: Path) -> bool:
    return ".." in folder.parts or not folder.resolve().is_relative_to(root.resolve())


def from_paths(paths: Iterable[Path]) -> tuple[DocumentFile, ...]:
    """Take bare files, each by its own name without its suffix, and folders with all in them.

    :raises DocumentError: if one is not there, two files would have one name, or a name cannot
        be written down.
    """
    found: list[DocumentFile] = []
    for path in paths:
        if path.is_dir():
            found += discover(path, ("**",), ())
        elif path.is_file():
            found.append(_document_file(path.stem, path, str(path)))
        else:
            raise DocumentError("is not there", "check the path", path=path)
    return _by_name(found)


def _document_file(name: str, path: Path, shown: str) -> DocumentFile:
    """Refuse a name that a catalog cannot hold, or that would act on a terminal."""
    unfit = _unfit(shown)
    if unfit:
        what = (
            "bytes that are not UTF-8" if "\ud800" <= unfit <= "\udfff" else "a control character"
        )
        raise DocumentError(f"has {what} in its name", "rename it", path=_shown(str(path)))
    return DocumentFile(name, path)


def _unfit(name: str) -> str:
    if name.isprintable():
        return ""
    return next((each for each in name if unicodedata.category(each) in _UNFIT), "")


def _shown(name: str) -> str:
    return repr(name) if _unfit(name) else name


def _files(folder: Path) -> Iterator[str]:
    """Find the files below a folder, by their paths below it."""
    root = folder.resolve()
    waiting = [("", os.fspath(folder))]
    while waiting:
        below, place = waiting.pop()
        try:
            entries = list(os.scandir(place))
        except OSError as problem:
            raise DocumentError(
                f"cannot be read ({(problem.strerror or str(problem)).lower()})",
                "check its permissions",
                path=_shown(str(problem.filename)),
            ) from problem
        for entry in entries:
            if not _is_open(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append((f"{below}{entry.name}/", entry.path))
            elif _is_file(entry, root):
                yield below + entry.name


def _is_file(entry: os.DirEntry[str], root: Path) -> bool:
    """Tell whether an entry of a folder is a file, and not one from outside the root."""
    if not entry.is_symlink():
        return entry.is_file()
    path = Path(entry.path)
    return path.is_file() and path.resolve().is_relative_to(root)


def _is_open(name: str) -> bool:
    return not name.startswith(".") and name not in LEFT_OUT


def _by_name(found: Iterable[DocumentFile]) -> tuple[DocumentFile, ...]:
    names: dict[str, DocumentFile] = {}
    for file in sorted(found, key=lambda file: (file.name, str(file.path))):
        other = names.setdefault(file.name, file)
        if other.path != file.path:
            raise DocumentError(
                f"and {other.path} are both the document {file.name!r}",
                "rename or exclude one of them",
                path=file.path,
            )
    return tuple(names.values())
