"""Where templates and catalogs are: ``pot/DOMAIN.pot`` and ``LANGUAGE/LC_MESSAGES/DOMAIN.po``."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale

from transpipe.catalogs.counting import CountedCatalog, count_po
from transpipe.errors import CatalogError
from transpipe.locales import find_locale, path_code

if TYPE_CHECKING:
    from transpipe.catalogs.pofile import PoFile
    from transpipe.model import Catalog, Finding

MESSAGES_FOLDER = "LC_MESSAGES"


def _read_po(path: Path, domain: str, locale: Locale | None = None) -> PoFile:
    # Imported late: to count messages, files need not be read.
    from transpipe.catalogs.pofile import read_po

    return read_po(path, domain, locale)


@dataclass(frozen=True, slots=True)
class ReadableCatalogs:
    """The catalogs of a language that can be read, and what is wrong with the others."""

    files: Mapping[str, PoFile]
    """By domain."""
    findings: tuple[Finding, ...]
    """One for each file that cannot be read, with the check ``syntax``."""


@dataclass(frozen=True, slots=True)
class CountedCatalogs:
    """The catalogs of a language that could be counted, and what is wrong with the others."""

    files: Mapping[str, CountedCatalog]
    """By domain."""
    findings: Mapping[str, Finding]
    """By domain, one for each file that cannot be read, with the check ``syntax``."""


@dataclass(frozen=True, slots=True)
class LocaleFolder:
    """A folder of catalogs, as Sphinx and sphinx-intl lay it out."""

    root: Path
    pot_folder: Path | None = None
    """Where the templates are, if not in ``pot`` below the root."""

    @property
    def templates(self) -> Path:
        """The folder of templates."""
        return self.pot_folder or self.root / "pot"

    def template_path(self, domain: str) -> Path:
        """Give the path of a domain's template, whether it exists or not."""
        return self.templates / f"{domain}.pot"

    def catalog_path(self, locale: Locale, domain: str) -> Path:
        """Give the path of a catalog, whether it exists or not.

        A language's folder keeps the spelling it has (``pt-br``); a new one is ``pt_BR``.

        :raises CatalogError: if the language has two folders.
        """
        return self._messages_folder(locale) / f"{domain}.po"

    def locales(self) -> tuple[Locale, ...]:
        """Give the languages there are folders for, in the order of their codes."""
        return tuple(sorted(self._language_folders(), key=str))

    def template_domains(self) -> tuple[str, ...]:
        """Give the domains there are templates for, in order."""
        return _domains(self.templates, ".pot")

    def domains(self, locale: Locale) -> tuple[str, ...]:
        """Give the domains a language has catalogs for, in order.

        :raises CatalogError: if the language has two folders.
        """
        return _domains(self._messages_folder(locale), ".po")

    def read_templates(self) -> Mapping[str, PoFile]:
        """Read every template, by domain.

        :raises CatalogError: for the first that cannot be read.
        """
        return {
            domain: _read_po(self.template_path(domain), domain)
            for domain in self.template_domains()
        }

    def read_catalogs(self, locale: Locale) -> Mapping[str, PoFile]:
        """Read every catalog of a language, by domain.

        :raises CatalogError: for the first that cannot be read, and if the language has two
            folders.
        """
        folder = self._messages_folder(locale)
        return {
            domain: _read_po(folder / f"{domain}.po", domain, locale)
            for domain in _domains(folder, ".po")
        }

    def catalogs(self, locale: Locale) -> Mapping[str, Catalog]:
        """Read what the catalogs of a language hold, by domain.

        :raises CatalogError: as :meth:`read_catalogs` does.
        """
        return {domain: file.catalog for domain, file in self.read_catalogs(locale).items()}

    def read_readable_catalogs(self, locale: Locale) -> ReadableCatalogs:
        """Read the catalogs of a language; one that cannot be read becomes a finding.

        :raises CatalogError: if the language has two folders.
        """
        read: dict[str, PoFile] = {}
        findings: list[Finding] = []
        folder = self._messages_folder(locale)
        for domain in _domains(folder, ".po"):
            path = folder / f"{domain}.po"
            try:
                read[domain] = _read_po(path, domain, locale)
            except CatalogError as problem:
                findings.append(_syntax_finding(path, problem, locale))
        return ReadableCatalogs(read, tuple(findings))

    def count_templates(self) -> Mapping[str, CountedCatalog]:
        """Count the messages of every template, by domain, and their words.

        :raises CatalogError: for the first that cannot be read.
        """
        return {
            domain: count_po(self.template_path(domain), words=True)
            for domain in self.template_domains()
        }

    def count_catalogs(self, locale: Locale, *, words: bool = False) -> CountedCatalogs:
        """Count the messages of the catalogs of a language.

        :param words: whether to count their words at once.
        :raises CatalogError: if the language has two folders.
        """
        files: dict[str, CountedCatalog] = {}
        findings: dict[str, Finding] = {}
        folder = self._messages_folder(locale)
        for domain in _domains(folder, ".po"):
            path = folder / f"{domain}.po"
            try:
                files[domain] = count_po(path, words=words)
            except CatalogError as problem:
                findings[domain] = _syntax_finding(path, problem, locale)
        return CountedCatalogs(files, findings)

    def _messages_folder(self, locale: Locale) -> Path:
        first, *others = self._language_folders().get(locale, [self.root / path_code(locale)])
        if others:
            names = ", ".join(path.name for path in others)
            raise CatalogError(
                f"{names} is a folder of the same language", "merge them into one", path=first
            )
        return first / MESSAGES_FOLDER

    def _language_folders(self) -> Mapping[Locale, list[Path]]:
        """Find the folders of each language: more than one where it is spelt in two ways."""
        folders: dict[Locale, list[Path]] = {}
        for path in sorted(self.root.glob(f"*/{MESSAGES_FOLDER}")):
            locale = find_locale(path.parent.name)
            if locale is None:
                continue  # not a language: nothing of it is ours
            known = folders.setdefault(locale, [])
            # A link to the folder under another name is the same folder.
            if path.resolve() not in [(one / MESSAGES_FOLDER).resolve() for one in known]:
                known.append(path.parent)
        return folders


def _domains(folder: Path, suffix: str) -> tuple[str, ...]:
    return tuple(sorted(_stems(os.fspath(folder), suffix, "")))


def _stems(folder: str, suffix: str, below: str) -> Iterator[str]:
    """Find files below a folder, by their paths below it without the suffix."""
    try:
        entries = os.scandir(folder)
    except OSError:
        return  # as if it were empty: it may be none
    with entries:
        for entry in entries:
            name = entry.name
            if name.endswith(suffix) and not name.startswith(".") and entry.is_file():
                yield below + name.removesuffix(suffix)
            elif entry.is_dir(follow_symlinks=False):
                yield from _stems(entry.path, suffix, f"{below}{name}/")


def _syntax_finding(path: Path, problem: CatalogError, locale: Locale) -> Finding:
    from transpipe.model import Finding, Severity  # late: most catalogs can be read

    text = ": ".join(part for part in (problem.problem, problem.remedy) if part)
    return Finding(path, problem.line, "syntax", Severity.ERROR, text, locale)
