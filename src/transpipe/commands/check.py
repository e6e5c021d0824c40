"""Catalogs -> findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from babel import Locale

from transpipe.catalogs.layout import MESSAGES_FOLDER, LocaleFolder
from transpipe.catalogs.pofile import read_po
from transpipe.catalogs.template import without_line
from transpipe.checks import run_checks
from transpipe.commands.languages import require_catalogs
from transpipe.commands.options import (
    PATH,
    color,
    config_option,
    language_option,
    nearest_config,
    project_config,
    verbosity_options,
)
from transpipe.commands.progress import track
from transpipe.config import Config
from transpipe.errors import CatalogError, TranspipeError
from transpipe.locales import parse_locale
from transpipe.model import Catalog, Finding, Severity
from transpipe.reports import FINDINGS

SYNTAXES = ("markdown", "rest", "text")


@click.command()
@click.argument("paths", nargs=-1, type=PATH)
@language_option
@click.option(
    "--syntax",
    type=click.Choice(SYNTAXES),
    help="What the text is written in. Default: what the references of a catalog say.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FINDINGS)),
    default="text",
    show_default=True,
    help="How to write the findings.",
)
@config_option
@verbosity_options
def check(
    paths: tuple[Path, ...],
    languages: tuple[Locale, ...],
    syntax: str | None,
    format_: str,
    config_file: Path | None,
    verbosity: int,
) -> int:
    """Find what would break or shame a page, before anybody builds it.

    Without PATHS, the catalogs of the project. PATHS are .po files or folders of them.
    Exit code 1 tells of errors; warnings alone are no failure.
    """
    if paths:
        nearest_config(config_file)
        files = tuple(
            (path, locale) for path, locale in _named(paths) if not languages or locale in languages
        )
    else:
        files = tuple(_configured(project_config(config_file), languages))
    findings = [
        finding
        for path, locale in track(files, "checking")
        for finding in _findings(path, locale, syntax)
    ]
    if verbosity >= 0 or findings:
        text = FINDINGS[format_](findings)
        click.echo(text, nl=not text.endswith("\n"), color=color())
    return 1 if any(finding.severity is Severity.ERROR for finding in findings) else 0


def _configured(
    config: Config, languages: tuple[Locale, ...]
) -> Iterator[tuple[Path, Locale | None]]:
    folder = LocaleFolder(config.locale_dir, config.pot_dir)
    require_catalogs(folder, languages, config, ())
    for locale in languages or config.languages or folder.locales():
        for domain in folder.domains(locale):
            yield folder.catalog_path(locale, domain), locale


def _named(paths: tuple[Path, ...]) -> Iterator[tuple[Path, Locale | None]]:
    for path in paths:
        if not path.exists():
            raise TranspipeError("is not there", "check the path", path=path)
        found = sorted(path.rglob("*.po")) if path.is_dir() else [path]
        if not found:
            raise TranspipeError("holds no .po file", "give files or folders of them", path=path)
        for file in found:
            yield file, _locale_of(file)


def _locale_of(path: Path) -> Locale | None:
    """Tell the language by the folder, as gettext lays it out; None where it does not say."""
    parts = path.resolve().parts
    if MESSAGES_FOLDER not in parts:
        return None
    try:
        return parse_locale(parts[len(parts) - 2 - parts[::-1].index(MESSAGES_FOLDER)])
    except TranspipeError:
        return None


def _findings(path: Path, locale: Locale | None, syntax: str | None) -> tuple[Finding, ...]:
    try:
        file = read_po(path, path.stem, locale)
    except CatalogError as error:
        text = ": ".join(part for part in (error.problem, error.remedy) if part)
        return (Finding(path, error.line, "syntax", Severity.ERROR, text, locale),)
    return run_checks(file.catalog, path, syntax or _syntax(file.catalog))


_SUFFIXES: Mapping[str, str] = {".md": "markdown", ".rst": "rest", ".txt": "text"}


def _syntax(catalog: Catalog) -> str:
    """Tell the syntax by the documents a catalog refers to; where they do not say, Markdown."""
    if any((message.msgctxt or "").startswith("front-matter:") for message in catalog.messages):
        return "markdown"
    for message in catalog.messages:
        for reference in message.references:
            suffix = Path(without_line(reference)).suffix
            if suffix in _SUFFIXES:
                return _SUFFIXES[suffix]
    return "markdown"
