"""Templates -> catalogs, each brought up to date without losing a translation."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from babel import Locale

from transpipe.catalogs.layout import LocaleFolder
from transpipe.catalogs.notes import count_obsolete, with_changes, without_obsolete
from transpipe.catalogs.pofile import PoFile, format_po
from transpipe.catalogs.template import without_lines
from transpipe.catalogs.update import LanguageUpdate, update_language
from transpipe.commands.options import (
    PATH,
    chosen_languages,
    color,
    config_option,
    language_option,
    nearest_config,
    project_config,
    verbosity_options,
)
from transpipe.commands.update_summary import Outcome, edits, line, table
from transpipe.commands.wording import counted
from transpipe.config import Config
from transpipe.errors import CatalogError
from transpipe.escape import visible
from transpipe.files import write_texts
from transpipe.model import Catalog
from transpipe.project.languages import for_each


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What the command line asks for."""

    line_numbers: bool
    diff_comments: bool
    prune: bool
    check: bool
    dry_run: bool
    verbosity: int

    @property
    def done(self) -> str:
        """Say what becomes of a catalog that is not as it should be."""
        if self.check:
            return "out of date"
        return "to write" if self.dry_run else "written"


@click.command()
@click.option("-p", "--pot-dir", type=PATH, metavar="DIR", help="The folder of templates.")
@click.option("-d", "--locale-dir", type=PATH, metavar="DIR", help="The folder of catalogs.")
@language_option
@click.option("--line-numbers", is_flag=True, help="Keep the line numbers that templates refer to.")
@click.option(
    "--diff-comments/--no-diff-comments",
    default=None,
    help="Say in a comment of each fuzzy message what changed. Default: the configured choice.",
)
@click.option("--prune", is_flag=True, help="Remove obsolete messages, with their translations.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a catalog is out of date.")
@click.option("--dry-run", is_flag=True, help="Write nothing; show what would be done.")
@config_option
@verbosity_options
def update(
    pot_dir: Path | None,
    locale_dir: Path | None,
    languages: tuple[Locale, ...],
    diff_comments: bool | None,
    config_file: Path | None,
    **wishes: Any,
) -> int:
    """Bring catalogs up to date with the templates.

    A page that moved keeps its translations; a sentence that changed keeps its translation,
    marked fuzzy, with the former source beside it. An edit that cannot alter the meaning, such
    as another address of a link, is made in the translation too, which stays as it is otherwise.
    With -p and -d no configuration is needed.
    """
    bare = pot_dir is not None and locale_dir is not None
    config = nearest_config(config_file) if bare else project_config(config_file)
    if diff_comments is None:
        diff_comments = config.settings.diff_comments
    wanted = _Wishes(diff_comments=diff_comments, **wishes)
    folder = LocaleFolder(locale_dir or config.locale_dir, pot_dir or config.pot_dir)
    templates = _templates(folder)
    if not wanted.line_numbers:
        templates = {domain: without_lines(one) for domain, one in templates.items()}
    as_table = wanted.verbosity >= 0 and sys.stdout.isatty()
    outcomes: list[Outcome] = []
    chosen = _languages(folder, config, languages)

    def one(locale: Locale) -> None:
        outcome, changes = _updated(folder, templates, locale, wanted)
        if not outcome.update.catalogs and len(chosen) > 1 and wanted.verbosity <= 0:
            # All documents are written in this language: there is nothing to say of it.
            return
        outcomes.append(outcome)
        if wanted.verbosity >= 0:
            if not as_table:
                click.echo(line(outcome, wanted.done))
            _tell(outcome.update, templates, changes, wanted, folder)

    try:
        for_each(chosen, one)
    finally:
        if as_table and outcomes:
            width = shutil.get_terminal_size().columns
            click.echo(table(outcomes, wanted.done, width), nl=False, color=color())
    return 1 if wanted.check and any(outcome.changed for outcome in outcomes) else 0


def _updated(
    folder: LocaleFolder, templates: Mapping[str, Catalog], locale: Locale, wanted: _Wishes
) -> tuple[Outcome, Mapping[str, Catalog]]:
    """Update one language, on disk too unless nothing is to be written."""
    before = folder.read_catalogs(locale)
    result = update_language(
        templates,
        {domain: file.catalog for domain, file in before.items()},
        locale,
        datetime.now(UTC),
    )
    pruned = 0
    if wanted.prune:
        pruned = sum(map(count_obsolete, result.kept_by_us.values()))
        result = result.with_each(without_obsolete)
    if wanted.diff_comments:
        result = result.with_each(with_changes)
    changes = _changes(result, before)
    if not wanted.check and not wanted.dry_run:
        # All or none: a translation that moves must not be gone from one file before it is
        # in the other.
        write_texts(
            (folder.catalog_path(locale, domain), format_po(catalog, before.get(domain)))
            for domain, catalog in changes.items()
        )
    return Outcome(result, len(changes), pruned), changes


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
        if domain not in before
        or (
            catalog != before[domain].catalog
            and format_po(catalog, before[domain]) != before[domain].text
        )
    }


def _tell(
    result: LanguageUpdate,
    templates: Mapping[str, Catalog],
    changes: Mapping[str, Catalog],
    wanted: _Wishes,
    folder: LocaleFolder,
) -> None:
    everything = wanted.verbosity > 0 or wanted.dry_run
    for text in edits(result, everything=everything):
        click.echo(text, color=color())
    for domain in result.summary.authored:
        _note(f"{domain} is written in this language: its catalog is left as it is")
    for domain in result.summary.foreign:
        _note(f"{domain} has no template, and is not of transpipe: it is left as it is")
    # Catalogs that changed because their document is gone.
    for domain in sorted(changes.keys() - templates.keys()):
        kept = counted(len(result.catalogs[domain].messages), "message")
        said = "nothing is left in its catalog" if wanted.prune else f"{kept} kept as obsolete"
        _note(f"{domain} has no template any more: {said}")
    if everything:
        for domain in changes:
            click.echo(visible(f"    {folder.catalog_path(result.locale, domain)}"))


def _note(text: str) -> None:
    click.echo(visible(f"    {text}"), err=True)
