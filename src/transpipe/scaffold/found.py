"""The words of this station: what was found, what was answered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from babel import Locale


class ProjectKind(Enum):
    """What publishes the documents."""

    SPHINX = "a Sphinx project"
    HUGO = "a Hugo site"
    ASTRO = "an Astro site"
    GATSBY = "a Gatsby site"
    PLAIN = "a folder of documents"


class Layout(Enum):
    """Where a translated document stands, seen from its source."""

    SIBLINGS = "beside it, with the language in its name"
    FOLDERS = "in a folder for each language"
    DOCUSAURUS = "in the folder of Docusaurus for each language"
    APART = "in the build folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a folder holds. Paths are relative to it, with slashes."""

    kind: ProjectKind
    source_dir: str
    """The folder of documents; with :attr:`Layout.FOLDERS`, the one that holds the languages'."""
    documents: tuple[str, ...] = ()
    """Below ``source_dir``, translated ones included; none for a Sphinx project."""
    source_language: Locale | None = None
    """The language that the sources are likely written in; None where nothing tells."""
    languages: tuple[Locale, ...] = ()
    """The languages that there are documents or catalogs in, or that the site declares. The
    source language may be one of them."""
    locale_dir: str = "locale"
    layout: Layout = Layout.APART
    language_parts: tuple[str, ...] = ()
    """The languages in names of documents, or of folders, as spelled there: ``pt-br``."""
    exclude: tuple[str, ...] = ()
    """Globs, below ``source_dir``, of what is there and is no document."""
    gettext_compact: bool | str = False
    """How the catalogs that are there are shared by documents."""
    requirements: str | None = None
    """The file that names the Python packages which the documentation needs."""
    flavour: str = "none"
    """The site whose own syntax is likely in the documents, as the configuration names it."""
    heading_ids: str = ""
    """The site generator whose heading ids can be kept, as the configuration names it."""
    data: tuple[str, ...] = ()
    """Files of texts that the site has in one language each: ``i18n/es.yaml``."""
    notes: tuple[str, ...] = ()
    """What the reader should know, a sentence each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What was asked, or taken as found."""

    source_language: Locale
    languages: tuple[Locale, ...]
    locale_dir: str


def targets(found: Found, source: Locale) -> tuple[Locale, ...]:
    """Give the languages that there is something in, but for the source language."""
    return tuple(locale for locale in found.languages if locale != source)
