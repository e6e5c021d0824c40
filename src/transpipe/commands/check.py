"""Catalogs -> findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from babel import Locale

from transpipe.catalogs.layout import MESSAGES_FOLDER, LocaleFolder
from transpipe.catalogs.pofile import write_po
from transpipe.checks.fix import fix_catalog
from transpipe.commands.options import (
    PATH,
    color,
    config_option,
    language_option,
    nearest_config,
    project_config,
    verbosity_options,
)
from transpipe.commands.wording import counted
from transpipe.config import FAIL_ON, SYNTAXES, Config
from transpipe.errors import CatalogError, TranspipeError
from transpipe.files import read_text, write_text
from transpipe.locales import parse_locale
from transpipe.model import Finding, Severity
from transpipe.project.checkplan import Plan, Target
from transpipe.project.checkrun import found_in
from transpipe.project.checkterms import Terminology
from transpipe.project.checkwork import Settings, context_of, read, syntax_of
from transpipe.project.languages import require_catalogs
from transpipe.project.progress import track
from transpipe.reports import FINDINGS


@click.command()
@click.argument("paths", nargs=-1, type=PATH)
@language_option
@click.option(
    "--syntax",
    type=click.Choice(SYNTAXES),
    help="What the text is written in. Default: the configured one, else what the references of "
    "a catalog say.",
)
@click.option(
    "--select",
    "selected",
    metavar="CHECK",
    multiple=True,
    help="Run this check only, also if it is off; repeatable.",
)
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    help="The severity that makes the exit code 1. Default: the configured one, else error.",
)
@click.option(
    "--fix", is_flag=True, help="First mend spaces and marks at the end, never words, and save."
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FINDINGS)),
    default="text",
    show_default=True,
    help="How to write the findings.",
)
@click.option("--output", type=PATH, metavar="FILE", help="Write the findings to a file.")
@click.option("--no-cache", is_flag=True, help="Check what has not changed since the last run too.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Check in so many processes at most. Default: as many as are worth it.",
)
@config_option
@verbosity_options
def check(
    paths: tuple[Path, ...],
    languages: tuple[Locale, ...],
    syntax: str | None,
    selected: tuple[str, ...],
    fail_on: str | None,
    fix: bool,
    format_: str,
    output: Path | None,
    no_cache: bool,
    jobs: int | None,
    config_file: Path | None,
    verbosity: int,
) -> int:
    """Find what would break or shame a page, before anybody builds it.

    Without PATHS, the catalogs of the project. PATHS are .po files or folders of them.
    Exit code 1 tells of errors; warnings alone are no failure.
    """
    config = nearest_config(config_file) if paths else project_config(config_file)
    found = _named(paths, languages) if paths else _configured(config, languages)
    targets = tuple({target.path: target for target in found}.values())
    plan = Plan(config, selected)
    syntax = syntax or config.settings.syntax or None
    if fix:
        mended = sum(_fixed(target, plan, syntax) for target in track(targets, "mending"))
        if verbosity >= 0:
            click.echo(f"{counted(mended, 'message')} mended", err=True)
    settings = Settings(config, selected, syntax)
    findings = found_in(targets, plan, settings, use_cache=not no_cache, jobs=jobs)
    _tell(findings, plan.notices, format_, output, verbosity)
    return _exit_code(findings, fail_on or config.settings.fail_on)


def _exit_code(findings: Sequence[Finding], fail_on: str) -> int:
    bad = {"error": {Severity.ERROR}, "warning": set(Severity), "never": set()}[fail_on]
    return int(any(finding.severity in bad for finding in findings))


def _tell(
    findings: Sequence[Finding],
    notices: Sequence[str],
    format_: str,
    output: Path | None,
    verbosity: int,
) -> None:
    for notice in notices:
        click.echo(f"notice: {notice}", err=True)
    text = FINDINGS[format_](findings)
    if output:
        write_text(output, click.unstyle(text))
    elif verbosity >= 0 or findings:
        click.echo(text, nl=not text.endswith("\n"), color=color())


# ----------------------------------------------------------------------------- catalogs


def _configured(config: Config, languages: tuple[Locale, ...]) -> Iterator[Target]:
    folder = LocaleFolder(config.locale_dir, config.pot_dir)
    require_catalogs(folder, languages, config, ())
    for locale in languages or config.languages or folder.locales():
        for domain in folder.domains(locale):
            yield Target(folder.catalog_path(locale, domain), locale)


def _named(paths: tuple[Path, ...], languages: tuple[Locale, ...]) -> Iterator[Target]:
    for path in paths:
        if not path.exists():
            raise TranspipeError("is not there", "check the path", path=path)
        found = sorted(path.rglob("*.po")) if path.is_dir() else [path]
        if not found:
            raise TranspipeError("holds no .po file", "give files or folders of them", path=path)
        for file in found:
            locale = _locale_of(file)
            if not languages or locale in languages:
                yield Target(file, locale)


def _locale_of(path: Path) -> Locale | None:
    """Tell the language by the folder, as gettext lays it out, or the name: ``po/es.po``."""
    parts = path.resolve().parts
    if MESSAGES_FOLDER in parts:
        code = parts[len(parts) - 2 - parts[::-1].index(MESSAGES_FOLDER)]
    else:
        code = path.stem
    try:
        return parse_locale(code)
    except TranspipeError:
        return None


# ------------------------------------------------------------------------------ mending


def _fixed(target: Target, plan: Plan, syntax: str | None) -> int:
    """Mend a catalog in place; give how many messages changed."""
    try:
        file = read(target, read_text(target.path, CatalogError))
    except CatalogError:
        return 0  # It is a finding.
    written = syntax or syntax_of(file.catalog)
    known = Terminology({target.path: file.text}).of(target.path)
    context = context_of(Target(target.path, file.catalog.locale), plan, written, {}, known)
    catalog, changed = fix_catalog(
        file.catalog, written, context=context, severities=plan.severities(target)
    )
    if changed:
        write_po(target.path, catalog, file)
    return changed
