"""Templates -> catalogs, each brought up to date without losing a translation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import click
from babel import Locale

from transpipe.catalogs.layout import LocaleFolder
from transpipe.catalogs.pofile import PoFile, format_po
from transpipe.catalogs.update import LanguageUpdate, update_language
from transpipe.commands.languages import for_each
from transpipe.commands.options import (
    PATH,
    chosen_languages,
    config_option,
    language_option,
    nearest_config,
    project_config,
    verbosity_options,
)
from transpipe.commands.wording import counted
from transpipe.config import Config
from transpipe.errors import CatalogError
from transpipe.escape import visible
from transpipe.files import write_texts
from transpipe.locales import path_code
from transpipe.model import Catalog


@click.command()
@click.option("-p", "--pot-dir", type=PATH, metavar="DIR", help="The folder of templates.")
@click.option("-d", "--locale-dir", type=PATH, metavar="DIR", help="The folder of catalogs.")
@language_option
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a catalog is out of date.")
@config_option
@verbosity_options
def update(
    pot_dir: Path | None,
    locale_dir: Path | None,
    languages: tuple[Locale, ...],
    check: bool,
    config_file: Path | None,
    verbosity: int,
) -> int:
    """Bring catalogs up to date with the templates.

    A page that moved keeps its translations; a sentence that changed keeps its translation,
    marked fuzzy, with the former source beside it. With -p and -d no configuration is needed.
    """
    bare = pot_dir is not None and locale_dir is not None
    config = nearest_config(config_file) if bare else project_config(config_file)
    folder = LocaleFolder(locale_dir or config.locale_dir, pot_dir or config.pot_dir)
    templates = _templates(folder)

    def one(locale: Locale) -> int:
        before = folder.read_catalogs(locale)
        result = update_language(
            templates,
            {domain: file.catalog for domain, file in before.items()},
            locale,
            datetime.now(UTC),
        )
        changes = _changes(result, before)
        if not check:
            # All or none: a translation that moves must not be gone from one file before it is
            # in the other.
            write_texts(
                (folder.catalog_path(locale, domain), format_po(catalog, before.get(domain)))
                for domain, catalog in changes.items()
            )
        if verbosity >= 0:
            _tell(result, len(changes), check)
            _tell_gone(result, templates, changes)
        if verbosity > 0:
            for domain in changes:
                click.echo(visible(f"    {folder.catalog_path(locale, domain)}"))
        return len(changes)

    changed = sum(for_each(_languages(folder, config, languages), one))
    return 1 if check and changed else 0


def _templates(folder: LocaleFolder) -> Mapping[str, Catalog]:
    files = folder.read_templates()
    if not files:
        raise CatalogError(
            "holds no templates", "run 'transpipe extract' first", path=folder.templates
        )
    return {domain: file.catalog for domain, file in files.items()}


def _languages(
    folder: LocaleFolder, config: Config, languages: tuple[Locale, ...]
) -> tuple[Locale, ...]:
    """Give the languages asked for, or else, as sphinx-intl does, those there are folders for."""
    if not languages and not config.languages:
        languages = folder.locales()
    return chosen_languages(config, languages)


def _changes(result: LanguageUpdate, before: Mapping[str, PoFile]) -> Mapping[str, Catalog]:
    return {
        domain: catalog
        for domain, catalog in result.catalogs.items()
        if domain not in before or format_po(catalog, before[domain]) != before[domain].text
    }


def _tell(result: LanguageUpdate, changed: int, check: bool) -> None:
    summary = result.summary
    parts = [
        f"{number} {word}"
        for number, word in (
            (summary.kept, "kept"),
            (summary.moved, "moved"),
            (summary.edited, "edited (fuzzy)"),
            (summary.new, "new"),
            (summary.obsolete, "obsolete"),
        )
        if number
    ]
    click.echo(
        f"{path_code(result.locale)}: {counted(len(result.catalogs), 'catalog')}, {changed} "
        f"{'out of date' if check else 'written'}: {', '.join(parts) or 'no messages'}"
    )
    for domain in summary.authored:
        _note(f"{domain} is written in this language: its catalog is left as it is")
    for domain in summary.foreign:
        _note(f"{domain} has no template, and is not of transpipe: it is left as it is")


def _tell_gone(
    result: LanguageUpdate, templates: Mapping[str, Catalog], changes: Mapping[str, Catalog]
) -> None:
    """Name the catalogs that changed because their document is gone."""
    for domain in sorted(changes.keys() - templates.keys()):
        kept = counted(len(result.catalogs[domain].messages), "message")
        _note(f"{domain} has no template any more: {kept} kept as obsolete")


def _note(text: str) -> None:
    click.echo(visible(f"    {text}"), err=True)
