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
from transpipe.config import Config
from transpipe.documents.translate import translate
from transpipe.model import Document, Finding, Segment, Severity, State
from transpipe.project import sources

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
        document = documents.get(name)
        if document and not config.is_sphinx_project and document.source_language != locale:
            found[name] |= _refused(file, document, config)
    return found


def _refused(file: PoFile, document: Document, config: Config) -> dict[Key, str]:
    """Say what `render` would not write into a document."""
    messages = {
        message.key: message
        for message in file.catalog.messages
        if message.state is State.TRANSLATED
    }

    def msgstr(segment: Segment) -> str | None:
        message = messages.get((segment.msgctxt, segment.msgid))
        return message.msgstr if message else None

    result = translate(document, sources.options(config), msgstr)
    return {
        key_of(messages[key]): f"not written to line {refusal.segment.line}: {refusal.reason}"
        for refusal in result.refused
        if (key := (refusal.segment.msgctxt, refusal.segment.msgid)) in messages
    }


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
