"""Which translations do not reach the reader, by what `check` and `render` say of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from babel import Locale

from transpipe.catalogs.counting import Key, key_of
from transpipe.catalogs.layout import LocaleFolder
from transpipe.catalogs.pofile import PoFile
from transpipe.config import Config
from transpipe.documents.translate import translate
from transpipe.model import Document, Finding, Segment, Severity, State
from transpipe.project import sources
from transpipe.project.checkplan import Plan, Target
from transpipe.project.checkrun import found_in
from transpipe.project.checkwork import Settings
from transpipe.project.completeness import Reasons


def reasons(
    folder: LocaleFolder,
    languages: Sequence[Locale],
    config: Config,
    documents: Mapping[str, Document],
) -> Reasons:
    """Say why translations are not shown.

    A build of a Sphinx site refuses what `check` finds an error in, or is about to show it broken.
    Of a tree of documents, what `render` does not write is known from rendering it.

    :param documents: those of the project; without them there are only the checks.
    :raises TranspipeError: if the settings of the checks, or a file they name, cannot be used.
    """
    errors = _errors(folder, languages, config)
    return {locale: _of_language(folder, locale, config, documents, errors) for locale in languages}


def _errors(
    folder: LocaleFolder, languages: Sequence[Locale], config: Config
) -> Mapping[Path, Sequence[Finding]]:
    """Give the errors that `check` finds, by catalog."""
    targets = [
        Target(folder.catalog_path(locale, domain), locale)
        for locale in languages
        for domain in folder.domains(locale)
    ]
    settings = Settings(config, (), config.settings.syntax or None)
    errors: dict[Path, list[Finding]] = {target.path: [] for target in targets}
    for finding in found_in(targets, Plan(config, ()), settings):
        if finding.severity is Severity.ERROR:
            errors[finding.path].append(finding)
    return errors


def _of_language(
    folder: LocaleFolder,
    locale: Locale,
    config: Config,
    documents: Mapping[str, Document],
    errors: Mapping[Path, Sequence[Finding]],
) -> Mapping[str, Mapping[Key, str]]:
    found: dict[str, dict[Key, str]] = {}
    for name, file in folder.read_readable_catalogs(locale).files.items():
        found[name] = _by_message(file, errors[file.path])
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


def _by_message(file: PoFile, findings: Sequence[Finding]) -> dict[Key, str]:
    lines = {message.line: message for message in file.catalog.messages if not message.obsolete}
    return {
        key_of(lines[finding.line]): finding.text for finding in findings if finding.line in lines
    }
