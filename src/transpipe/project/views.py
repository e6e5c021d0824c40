"""How often pages are read, from a CSV file of a site's statistics."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from transpipe.errors import TranspipeError
from transpipe.files import read_text


def read_views(path: Path, documents: Collection[str], codes: Collection[str]) -> Mapping[str, int]:
    """Read how often each document is read: rows of a page and a number, added up.

    A page is a document's name or its address, with a language in it or not:
    ``/es/about/index.html``, ``https://example.org/about/``.

    :param documents: the names of the documents.
    :param codes: of languages, as they may begin an address.
    :raises TranspipeError: naming the line, where a row has no number, or no page is a document.
    """
    views: dict[str, int] = {}
    rows = 0
    for line, row in enumerate(csv.reader(read_text(path).removeprefix("\ufeff").splitlines()), 1):
        if not row or (line == 1 and not _is_number(row[-1])):
            continue  # a blank line, or the names of the columns
        if len(row) < 2 or not _is_number(row[1]):
            raise TranspipeError(
                "no number of views in the second column", "write page,views", path=path, line=line
            )
        rows += 1
        name = _document(row[0], documents, codes)
        if name is not None:
            views[name] = views.get(name, 0) + int(row[1].strip())
    if rows and not views:
        raise TranspipeError(
            "names no document of this project",
            "write documents or addresses in the first column: about/index,1200",
            path=path,
        )
    return views


def _is_number(text: str) -> bool:
    return text.strip().isascii() and text.strip().isdigit()


def _document(page: str, documents: Collection[str], codes: Collection[str]) -> str | None:
    try:
        name = unquote(urlsplit(page.strip()).path)
    except ValueError:  # no address
        return None
    name = name.lstrip("/")
    for suffix in (".html", ".htm", ".md"):
        name = name.removesuffix(suffix)
    first, _, rest = name.partition("/")
    spellings = {code.lower().replace("_", "-") for code in codes}
    names = [name, rest] if first.lower().replace("_", "-") in spellings else [name]
    for candidate in names:
        for one in (candidate, f"{candidate.rstrip('/')}/index".lstrip("/"), candidate.rstrip("/")):
            if one in documents:
                return one
    return None
