"""What `render` wrote: so that it overwrites nobody's page, and takes its own away in time.

A record holds a digest of each document that was written. That of documents among the sources
lies with the catalogs and is committed with them; that of documents in the folder of builds lies
there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from transpipe.config import Config
from transpipe.errors import TranspipeError
from transpipe.files import read_text, relative_to, write_text
from transpipe.model import Finding, Severity
from transpipe.project.pages import Page

FILE_NAME = "rendered.json"
VERSION = 1


def _digest(text: str) -> str:
    """Give the digest of a document's text: SHA-256 of its UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _records(config: Config) -> tuple[Path, Path]:
    """Give the records: of documents among the sources, and in the folder of builds."""
    return (config.locale_dir / FILE_NAME, config.build_dir / "transpipe" / FILE_NAME)


def _record_of(path: Path, config: Config) -> Path:
    among_sources, in_builds = _records(config)
    return in_builds if config.build_dir in path.parents else among_sources


def _read(record: Path) -> Mapping[str, str]:
    """Read the digests by document path; of a file that is not there, none.

    :raises TranspipeError: if it is not such a record.
    """
    if not record.exists():
        return {}
    try:
        data = json.loads(read_text(record))
        documents = data["documents"] if data["version"] == VERSION else None
    except (ValueError, KeyError, TypeError):
        documents = None
    if not isinstance(documents, dict):
        raise TranspipeError(
            "is no record of rendered documents", "restore it from version control", path=record
        )
    return documents


def _write(record: Path, documents: Mapping[str, str]) -> None:
    if documents or record.exists():
        data = {"version": VERSION, "documents": dict(sorted(documents.items()))}
        write_text(record, json.dumps(data, indent=2, ensure_ascii=False) + "\n")


def recorded(config: Config) -> Callable[[Path], bool]:
    """Give the test whether a document among the sources is one that `render` wrote.

    :raises TranspipeError: if the record cannot be read.
    """
    among_sources, _ = _records(config)
    known = _read(among_sources)
    return lambda path: bool(known) and _name(path, config) in known


def edited_by_hand(pages: Iterable[Page], config: Config) -> tuple[Page, ...]:
    """Give the pages among the sources whose place holds what `render` did not write.

    :raises TranspipeError: if the record or such a page cannot be read.
    """
    among_sources, _ = _records(config)
    known = _read(among_sources)
    return tuple(
        page
        for page in pages
        if _record_of(page.path, config) == among_sources
        and page.path.is_file()
        and known.get(_name(page.path, config)) != _digest(read_text(page.path))
    )


def is_rendered_as_is(path: Path, config: Config) -> bool:
    """Tell whether a file is as `render` wrote it: no page of anybody's hand.

    :raises TranspipeError: if a record or the file cannot be read.
    """
    known = {name: digest for record in _records(config) for name, digest in _read(record).items()}
    digest = known.get(_name(path, config))
    return digest is not None and digest == _digest(read_text(path))


def left_over(
    config: Config, targets: Iterable[Path], is_target: Callable[[Path], bool]
) -> tuple[Path, ...]:
    """Give the documents that were written for sources which are gone.

    :param targets: where documents belong, in every language.
    :param is_target: tells whether a path can be that of a translated document at all: a record
        comes with a repository, and must not be able to name other files for removal.
    :raises TranspipeError: if a record cannot be read.
    """
    wanted = {_name(path, config) for path in targets}
    return tuple(
        config.root / name
        for record in _records(config)
        for name in _read(record)
        if name not in wanted and is_target(config.root / name) and (config.root / name).is_file()
    )


def write_pages(pages: Iterable[Page], config: Config) -> None:
    """Write pages, and put down in the records what was written.

    :raises TranspipeError: if one cannot be written; the records tell of those that were.
    """
    written: list[Page] = []
    try:
        for page in pages:
            write_text(page.path, page.text)
            written.append(page)
    finally:
        for record in _records(config):
            new = {
                _name(page.path, config): _digest(page.text)
                for page in written
                if _record_of(page.path, config) == record
            }
            if new:
                _write(record, {**_read(record), **new})


def remember(pages: Iterable[Page], config: Config) -> None:
    """Put down pages that stand as they would be written: from now on they may be overwritten.

    Nothing is lost with them, as the catalogs hold all of their text.

    :raises TranspipeError: if a record cannot be read or written.
    """
    pages = tuple(pages)
    for record in _records(config):
        known = _read(record)
        new = {
            _name(page.path, config): _digest(page.text)
            for page in pages
            if _record_of(page.path, config) == record
        }
        if new.items() - known.items():
            _write(record, {**known, **new})


def take_away(paths: Iterable[Path], config: Config) -> tuple[Path, ...]:
    """Remove left-over documents that are as `render` wrote them.

    :returns: those that somebody edited since, which stay.
    :raises TranspipeError: if one cannot be read.
    """
    edited: list[Path] = []
    for path in paths:
        record = _record_of(path, config)
        documents = dict(_read(record))
        if documents[_name(path, config)] == _digest(read_text(path)):
            path.unlink()
            del documents[_name(path, config)]
            _write(record, documents)
        else:
            edited.append(path)
    return tuple(edited)


def _name(path: Path, config: Config) -> str:
    return relative_to(path, config.root).as_posix()


def by_hand(page: Page) -> Finding:
    """Say that a page was left as somebody made it."""
    return _finding(
        page.path,
        "was not written by render, or was edited since: it is left as it is; take its "
        "translations into the catalog with 'transpipe adopt', then overwrite it with --force",
    )


def left_by_hand(path: Path) -> Finding:
    """Say that a page stays although its source is gone."""
    return _finding(
        path,
        "its source is gone, and it was edited by hand: it is left as it is; remove it yourself",
    )


def _finding(path: Path, text: str) -> Finding:
    return Finding(path=path, line=None, check="render", severity=Severity.ERROR, text=text)
