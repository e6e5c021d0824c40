"""A language -> its Sphinx site."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import click
from babel import Locale

from transpipe.catalogs.layout import LocaleFolder
from transpipe.commands import sources
from transpipe.commands.options import (
    PATH,
    chosen_languages,
    config_option,
    language_option,
    project_config,
    verbosity_options,
)
from transpipe.commands.progress import track
from transpipe.commands.sites import sphinx_project
from transpipe.commands.wording import counted
from transpipe.errors import SiteError
from transpipe.locales import path_code
from transpipe.sphinx.project import SiteResult
from transpipe.sphinx.runs import build_site


@click.command()
@language_option
@click.option(
    "-b", "--builder", default="html", show_default=True, help="The builder, as Sphinx names it."
)
@click.option(
    "--output",
    type=PATH,
    metavar="DIR",
    help="The folder of sites, one a language. Default: that of the builder in the folder of "
    "builds: `build/html`.",
)
@config_option
@verbosity_options
def build(
    languages: tuple[Locale, ...],
    builder: str,
    output: Path | None,
    config_file: Path | None,
    verbosity: int,
) -> int:
    """Build the site in every language with Sphinx.

    A folder without a conf.py is built with a plain configuration of ours. A language that fails
    leaves the site that was there; the others are built.
    """
    config = project_config(config_file)
    documents = sources.configured_documents(config)
    chosen = chosen_languages(config, languages)
    # Sphinx reads half of a broken catalog without a word: each is read strictly first.
    folder = LocaleFolder(config.locale_dir)
    for locale in chosen:
        folder.read_catalogs(locale)
    project = sphinx_project(config, documents)
    linked = tuple(dict.fromkeys((*config.languages, *chosen)))
    top = output or config.build_dir / builder

    def site(locale: Locale) -> SiteResult:
        return build_site(
            project,
            locale,
            top / path_code(locale),
            config.locale_dir,
            linked,
            builder=builder,
        )

    # Sphinx names files by their full paths, and the same fault once a language.
    shown = config.source_dir
    warnings: set[str] = set()
    failures = 0
    with ThreadPoolExecutor(max_workers=min(len(chosen), os.cpu_count() or 1)) as pool:
        futures = {pool.submit(site, locale): locale for locale in chosen}
        for future in track(as_completed(futures), "building", total=len(futures)):
            try:
                result = future.result()
            except SiteError as error:
                failures += 1
                click.echo(f"{path_code(futures[future])}: {error}", err=True)
                continue
            for warning in result.warnings:
                warnings.add(warning.replace(str(project.source_dir.resolve()), str(shown)))
            if verbosity >= 0:
                pages = counted(result.pages, "page")
                click.echo(f"{path_code(result.locale)}: {pages} in {result.output_dir}")
    for warning in sorted(warnings):
        click.echo(warning, err=True)
    return 2 if failures else 0
