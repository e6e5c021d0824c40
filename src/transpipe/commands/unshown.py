"""Which translations do not reach the reader, by what `check` and `render` say of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from babel import Locale

from transpipe.catalogs.counting import Key, key_of
from transpipe.catalogs.layout import LocaleFolder
from transpipe.catalogs.pofile import PoFile
from transpipe.catalogs.template import without_line
from transpipe.checks import run_checks
from transpipe.commands import sources
from transpipe.commands.pages import rendered
from transpipe.config import Config
from transpipe.model import Document, Finding, Severity

_SYNTAXES = {".md": "markdown", ".markdown": "markdown", ".rst": "rest", ".txt": "text"}


def reasons(
    folder: LocaleFolder, locale: Locale, config: Config, documents: Mapping[str, Document]
) -> Mapping[str, Mapping[Key, str]]:
    """Say why translations are not shown, by document and message.

    A build of a Sphinx site refuses what a check finds an error in, or is about to show it broken.
    Of a tree of documents, what `render` does not write is known from rendering it.

    :param documents: those of the project; without them there are only the checks.
    """
    files = folder.read_readable_catalogs(locale).files
    found: dict[str, dict[Key, str]] = {}
    for name, file in files.items():
        syntax = documents[name].format if name in documents else _syntax(file)
        errors = [
            finding
            for finding in run_checks(file.catalog, file.path, syntax)
            if finding.severity is Severity.ERROR
        ]
        found[name] = _by_message(file, errors)
    if documents and not config.is_sphinx_project:
        for name, finding in _refused(folder, locale, config, documents, files):
            found[name] |= _by_message(files[name], [finding])
    return found


def _refused(
    folder: LocaleFolder,
    locale: Locale,
    config: Config,
    documents: Mapping[str, Document],
    files: Mapping[str, PoFile],
) -> list[tuple[str, Finding]]:
    there = [document for name, document in documents.items() if name in files]
    targets = {(document.name, locale): Path(document.name) for document in there}
    pages = rendered(there, locale, folder, targets, sources.options(config))
    return [(page.path.as_posix(), finding) for page in pages for finding in page.findings]


def _by_message(file: PoFile, findings: list[Finding]) -> dict[Key, str]:
    lines = {message.line: message for message in file.catalog.messages if not message.obsolete}
    return {
        key_of(lines[finding.line]): finding.text for finding in findings if finding.line in lines
    }


def _syntax(file: PoFile) -> str:
    for message in file.catalog.messages:
        for reference in message.references:
            syntax = _SYNTAXES.get(Path(without_line(reference)).suffix)
            if syntax:
                return syntax
    return "markdown"
