"""A language -> its Sphinx site."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

import click
from babel import Locale

from transpipe.catalogs.layout import LocaleFolder
from transpipe.commands import sources
from transpipe.commands.languages import raise_all, require_catalogs
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
from transpipe.documents.formats import DATA
from transpipe.errors import SiteError, TranspipeError
from transpipe.locales import path_code
from transpipe.sphinx.output import require_separate
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
@click.option(
    "-W",
    "--fail-on-warning",
    is_flag=True,
    help="Exit with code 1 if Sphinx warns of anything. The sites are built all the same.",
)
@config_option
@verbosity_options
def build(
    languages: tuple[Locale, ...],
    builder: str,
    output: Path | None,
    fail_on_warning: bool,
    config_file: Path | None,
    verbosity: int,
) -> int:
    """Build the site in every language with Sphinx.

    A folder without a conf.py is built with a plain configuration of ours. A language that fails
    leaves the site that was there; the others are built. With the builder linkcheck, a broken
    link is a bad answer.
    """
    config = project_config(config_file)
    documents = tuple(
        document
        for document in sources.configured_documents(config)
        if document.format not in DATA  # a site generator's, not Sphinx's
    )
    chosen = chosen_languages(config, languages)
    folder = LocaleFolder(config.locale_dir)
    require_catalogs(folder, chosen, config, (document.source_language for document in documents))
    project = sphinx_project(config, documents)
    linked = tuple(dict.fromkeys((*config.languages, *chosen)))
    top = output or config.build_dir / builder
    kept = {
        "source folder": config.source_dir,
        "locale folder": config.locale_dir,
        "working folder": config.build_dir / "transpipe",
    }
    for locale in chosen:
        require_separate(top / path_code(locale), kept, config.build_dir)

    def site(locale: Locale) -> SiteResult:
        # Sphinx reads half of a broken catalog without a word: each is read strictly first.
        catalogs = folder.read_catalogs(locale)
        return build_site(
            project,
            locale,
            top / path_code(locale),
            {domain: file.path for domain, file in catalogs.items()},
            linked,
            locale_dir=config.locale_dir,
            builder=builder,
        )

    # Sphinx names files by their full paths, and the same fault once a language.
    shown = config.source_dir
    warnings: dict[Locale, tuple[str, ...]] = {}
    is_bad = False
    failures: dict[str, Failure] = {}
    with ThreadPoolExecutor(max_workers=min(len(chosen), os.cpu_count() or 1)) as pool:
        futures = {pool.submit(site, locale): locale for locale in chosen}
        for future in track(as_completed(futures), "building", total=len(futures)):
            try:
                result = future.result()
            except TranspipeError as error:
                failures.setdefault(str(error), Failure(error, [])).languages.append(
                    futures[future]
                )
                continue
            warnings[result.locale] = result.warnings
            is_bad = is_bad or result.is_bad
            if verbosity >= 0:
                pages = counted(result.pages, "page")
                click.echo(f"{path_code(result.locale)}: {pages} in {result.output_dir}")
    full = str(project.source_dir.resolve())
    in_order = (warning for locale in chosen for warning in warnings.get(locale, ()))
    for warning in dict.fromkeys(warning.replace(full, str(shown)) for warning in in_order):
        click.echo(warning, err=True)
    raise_all([failure.named() for failure in failures.values()])
    is_bad = is_bad or (fail_on_warning and any(warnings.values()))
    return 1 if is_bad else 0


@dataclass(frozen=True, slots=True)
class Failure:
    """An error, and the languages that it kept from being built."""

    error: TranspipeError
    languages: list[Locale]

    def named(self) -> TranspipeError:
        """Give the error with the languages in it."""
        codes = ", ".join(sorted(map(path_code, self.languages)))
        return SiteError(
            f"{self.error.problem} (building {codes})",
            self.error.remedy,
            path=self.error.path,
            line=self.error.line,
        )
