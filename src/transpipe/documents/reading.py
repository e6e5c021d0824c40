"""A document file -> a document."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from babel import Locale

from transpipe.documents.discover import DocumentFile
from transpipe.documents.formats import data_format, format_of
from transpipe.documents.globs import first_match
from transpipe.documents.source_language import source_language
from transpipe.errors import DocumentError
from transpipe.files import read_text
from transpipe.model import Document


def read_document(
    file: DocumentFile,
    default_language: Locale | None,
    *,
    formats: Sequence[tuple[str, str]] = (),
    source_languages: Sequence[tuple[str, Locale]] = (),
    flavours: Sequence[tuple[str, str]] = (),
    known: Collection[Locale] | None = None,
) -> Document:
    """Read a document and tell its format and language.

    :param default_language: the language of documents nothing else speaks about; None where it
        is not known.
    :param formats: pairs of glob and format name; the first that matches decides.
    :param source_languages: pairs of glob and language; the first that matches decides.
    :param flavours: pairs of glob and flavour; the first that matches decides.
    :param known: the languages that a file name may tell, with the forms that their countries
        have; None for any but :data:`.source_language.FILE_EXTENSIONS`.
    :raises DocumentError: if it cannot be read or is not UTF-8, if its format is not known, or if
        its front matter is not valid.
    """
    text = read_text(file.path, DocumentError)
    name = format_of(file.relative, text, formats, file.path)
    language, _ = source_language(
        file.relative,
        text if name == "markdown" else "",
        source_languages,
        default_language,
        file.path,
        known,
    )
    flavour = first_match(flavours, file.relative) or "none"
    return Document(file.name, file.path, text, name, language, flavour)


def read_data(
    file: DocumentFile,
    default_language: Locale | None,
    *,
    source_languages: Sequence[tuple[str, Locale]] = (),
    known: Collection[Locale] | None = None,
) -> Document:
    """Read a data file; the parameters are those of :func:`read_document`.

    :raises DocumentError: if it cannot be read or is not UTF-8, or its suffix is none of data.
    """
    form = data_format(file.path)
    text = read_text(file.path, DocumentError)
    language, _ = source_language(
        file.name, "", source_languages, default_language, file.path, known
    )
    return Document(file.name, file.path, text, form, language)
