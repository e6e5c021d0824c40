"""What `render` wrote, so that a page somebody edited by hand is never overwritten unasked.

The record lies with the catalogs and is committed with them: a digest of each translated
document that was written into the tree of sources.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from transpipe.commands.pages import Page
from transpipe.config import Config
from transpipe.errors import TranspipeError
from transpipe.files import read_text, relative_to, write_text
from transpipe.model import Finding, Severity

FILE_NAME = "rendered.json"
VERSION = 1


def _digest(text: str) -> str:
    """Give the digest of a document's text: SHA-256 of its UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _read_record(path: Path) -> Mapping[str, str]:
    """Read the digests by document path; of a file that is not there, none.

    :raises TranspipeError: if it is not such a record.
    """
    if not path.exists():
        return {}
    try:
        data = json.loads(read_text(path))
        documents = data["documents"] if data["version"] == VERSION else None
    except (ValueError, KeyError, TypeError):
        documents = None
    if not isinstance(documents, dict):
        raise TranspipeError(
            "is no record of rendered documents", "restore it from version control", path=path
        )
    return documents


def _write_record(path: Path, known: Mapping[str, str], written: Iterable[tuple[str, str]]) -> None:
    """Add documents to the record, in the order of their paths.

    :param written: pairs of a document's path and its text.
    """
    documents = {**known, **{name: _digest(text) for name, text in written}}
    if documents:
        data = {"version": VERSION, "documents": dict(sorted(documents.items()))}
        write_text(path, json.dumps(data, indent=2, ensure_ascii=False) + "\n")


def edited_by_hand(pages: Iterable[Page], config: Config) -> tuple[Page, ...]:
    """Give the pages whose place holds what `render` did not write.

    :raises TranspipeError: if the record or such a page cannot be read.
    """
    known = _read_record(config.locale_dir / FILE_NAME)
    return tuple(
        page
        for page in pages
        if _is_recorded(page, config)
        and page.path.is_file()
        and known.get(_name(page, config)) != _digest(read_text(page.path))
    )


def write_pages(pages: Iterable[Page], config: Config | None) -> None:
    """Write pages, and into the project's record those that lie among its sources.

    :param config: None where there is no project to keep a record.
    :raises TranspipeError: if one cannot be written; the record tells of those that were.
    """
    written: list[Page] = []
    try:
        for page in pages:
            write_text(page.path, page.text)
            written.append(page)
    finally:
        if config is not None:
            record = config.locale_dir / FILE_NAME
            recorded = [page for page in written if _is_recorded(page, config)]
            _write_record(
                record,
                _read_record(record),
                ((_name(page, config), page.text) for page in recorded),
            )


def _is_recorded(page: Page, config: Config) -> bool:
    """Tell whether a page may be somebody's: what is in the folder of builds is ours."""
    return config.build_dir not in page.path.parents


def _name(page: Page, config: Config) -> str:
    return relative_to(page.path, config.root).as_posix()


def by_hand(page: Page) -> Finding:
    """Say that a page was left as somebody made it."""
    return Finding(
        path=page.path,
        line=None,
        check="render",
        severity=Severity.ERROR,
        text="was written or edited by hand: it is left as it is; 'render --force' overwrites it",
    )
