"""Catalogs -> how complete each language is."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import click
from babel import Locale

from transpipe.catalogs.completeness import completeness
from transpipe.catalogs.layout import LocaleFolder
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
from transpipe.errors import TranspipeError
from transpipe.escape import visible
from transpipe.files import write_text
from transpipe.locales import path_code
from transpipe.model import Completeness, Finding
from transpipe.reports import COMPLETENESS


def _number(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    """Refuse ``nan``, which is neither above nor below anything."""
    if value is not None and math.isnan(value):
        raise click.BadParameter("is not a number", ctx, param)
    return value


@click.command()
@click.option("-d", "--locale-dir", type=PATH, metavar="DIR", help="The folder of catalogs.")
@click.option(
    "-p",
    "--pot-dir",
    type=PATH,
    metavar="DIR",
    help="The folder of templates. Default: `pot` in that folder.",
)
@language_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(COMPLETENESS)),
    default="text",
    show_default=True,
    help="How to write the report.",
)
@click.option("--output", type=PATH, metavar="FILE", help="Write the report to a file.")
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    callback=_number,
    help="Exit 1 if less than this percentage of a language's messages is translated.",
)
@config_option
@verbosity_options
def report(
    locale_dir: Path | None,
    pot_dir: Path | None,
    languages: tuple[Locale, ...],
    format_: str,
    output: Path | None,
    fail_under: float | None,
    config_file: Path | None,
    verbosity: int,
) -> int:
    """Tell how complete each language is, by document.

    Counts messages and words of the source. A fuzzy translation is not a translation: the
    reader sees the source. With -d no configuration is needed.
    """
    config = nearest_config(config_file) if locale_dir else project_config(config_file)
    folder = LocaleFolder(
        locale_dir or config.locale_dir, pot_dir or (None if locale_dir else config.pot_dir)
    )
    if not languages and (locale_dir or not config.languages):
        languages = folder.locales()
    if not languages and locale_dir:
        raise TranspipeError(
            "holds no catalogs", "expected LANGUAGE/LC_MESSAGES/*.po", path=locale_dir
        )
    result = _computed(folder, chosen_languages(config, languages))
    text = COMPLETENESS[format_](result)
    if output:
        write_text(output, click.unstyle(text))
    elif verbosity >= 0:
        click.echo(text, nl=not text.endswith("\n"), color=color())
    for finding in result.unreadable:
        place = f"{finding.path}:{finding.line}" if finding.line else str(finding.path)
        click.echo(visible(f"{place}: {finding.text}"), err=True)
    threshold = config.settings.fail_under if fail_under is None else fail_under
    low = _below(result, threshold)
    for line in low:
        click.echo(line, err=True)
    return 2 if result.unreadable else 1 if low else 0


def _computed(folder: LocaleFolder, languages: tuple[Locale, ...]) -> Completeness:
    templates = {domain: file.catalog for domain, file in folder.read_templates().items()}
    # Without templates, what a document holds is known from its catalogs in every language.
    read = languages if templates else (*languages, *folder.locales())
    catalogs = {locale: folder.read_readable_catalogs(locale) for locale in dict.fromkeys(read)}
    if not templates and not any(found.files or found.findings for found in catalogs.values()):
        raise TranspipeError(
            "holds no templates and no catalogs",
            "run 'transpipe extract' and 'transpipe update' first",
            path=folder.root,
        )
    result = completeness(
        languages,
        templates,
        {
            locale: {domain: file.catalog for domain, file in found.files.items()}
            for locale, found in catalogs.items()
        },
    )
    findings = tuple(finding for locale in languages for finding in catalogs[locale].findings)
    return _without_unreadable(result, folder, findings)


def _without_unreadable(
    result: Completeness, folder: LocaleFolder, findings: tuple[Finding, ...]
) -> Completeness:
    """Leave out what is not known: a catalog that cannot be read does not count as zero."""
    unreadable = {finding.path for finding in findings}
    languages = tuple(
        replace(
            language,
            documents=tuple(
                document
                for document in language.documents
                if folder.catalog_path(language.locale, document.document) not in unreadable
            ),
        )
        for language in result.languages
    )
    return Completeness(languages, findings)


def _below(result: Completeness, threshold: float) -> list[str]:
    return [
        f"{path_code(language.locale)}: {language.tally.messages.display_percent} % of messages "
        f"are translated, less than {threshold:g} %"
        for language in result.languages
        if language.tally.messages.percent < threshold
    ]
