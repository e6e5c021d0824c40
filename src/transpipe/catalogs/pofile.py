"""The only door to PO files: read strictly, kept losslessly, written without churn.

The format is that of the GNU gettext manual, "The Format of PO Files". What the gettext programs
refuse is refused, with these differences: a byte order mark is accepted (and kept), a NUL in a
string is refused, behind which they lose the text without a word, bytes that
are not UTF-8 are refused in comments too, so are other charsets than UTF-8 and ASCII and the
``domain`` lines of files for several domains. That msgid and msgstr begin and end with a line
break alike is a matter for checks, not for reading.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale

from transpipe import files
from transpipe.catalogs._reader import Reading
from transpipe.catalogs._reader import read_text as _read
from transpipe.catalogs._writer import format_catalog
from transpipe.errors import CatalogError
from transpipe.model import Catalog, Message

if TYPE_CHECKING:
    import polib


@dataclass(frozen=True, slots=True)
class PoFile:
    """A PO file as it is on disk, and the catalog it holds."""

    path: Path
    text: str
    """The whole text, every character of it."""
    catalog: Catalog
    reading: Reading = field(repr=False, compare=False)
    """Where in the text each entry stands, for writing it back."""


def parse_po(text: str, path: Path, domain: str, locale: Locale | None = None) -> PoFile:
    """Read the text of a PO file.

    :param path: named in errors.
    :param locale: the language of the catalog; None for a template.
    :raises CatalogError: with the path and the line, for what is no PO file.
    """
    reading = _read(text, path, domain, locale)
    return PoFile(path, text, reading.catalog, reading)


def read_po(path: Path, domain: str, locale: Locale | None = None) -> PoFile:
    """Read a PO file.

    :param locale: the language of the catalog; None for a template.
    :raises CatalogError: with the path and the line, if it cannot be read or is no PO file.
    """
    return parse_po(files.read_text(path, CatalogError), path, domain, locale)


def format_po(catalog: Catalog, before: PoFile | None = None) -> str:
    """Give the text of a catalog.

    Every entry equal to the one read before keeps its very characters, and so does every part
    of an entry that changed elsewhere. The rest is laid out as msgcat does, at the width of the
    file before (79 for a new file).

    :param before: the file this catalog was read from, if it was.
    """
    if before is None:
        return format_catalog(catalog, "", None)
    return format_catalog(catalog, before.text, before.reading)


def format_merged(catalog: Catalog, ours: PoFile, theirs: PoFile) -> str:
    """Give the text of a catalog made of two files: ours, with entries of the other.

    As :func:`format_po` over our file; an entry equal to one of the other file keeps the
    characters it has there, if both files are wrapped at one width.
    """
    donor = (theirs.text, theirs.reading)
    return format_catalog(catalog, ours.text, ours.reading, donor)


def write_po(path: Path, catalog: Catalog, before: PoFile | None = None) -> bool:
    """Write a catalog, whole or not at all; a file that would not change is not touched.

    :param before: the file this catalog was read from, if it was.
    :returns: whether the file changed.
    :raises CatalogError: if it cannot be written.
    """
    return files.write_text(path, format_po(catalog, before), CatalogError)


def polib_entries(catalog: Catalog) -> list[polib.POEntry]:
    """Give the messages of a catalog as polib's entries, obsolete ones included."""
    return [_polib_entry(message) for message in catalog.messages]


def _polib_entry(message: Message) -> polib.POEntry:
    import polib

    previous = message.previous
    return polib.POEntry(
        msgid=message.msgid,
        msgstr=message.msgstr,
        msgid_plural=message.msgid_plural or "",
        msgstr_plural=dict(enumerate(message.msgstr_plural)),
        msgctxt=message.msgctxt,
        obsolete=message.obsolete,
        comment="\n".join(message.extracted_comments),
        tcomment="\n".join(message.comments),
        occurrences=[_occurrence(reference) for reference in message.references],
        flags=list(message.flags),
        previous_msgctxt=previous.msgctxt if previous else None,
        previous_msgid=previous.msgid if previous else None,
        previous_msgid_plural=previous.msgid_plural if previous else None,
        linenum=message.line,
    )


def _occurrence(reference: str) -> tuple[str, str]:
    path, colon, line = reference.rpartition(":")
    return (path, line) if colon and line.isdigit() else (reference, "")
