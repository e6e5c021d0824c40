"""A language -> its Sphinx site."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click
from babel import Locale

from transpipe.catalogs.layout import LocaleFolder
from transpipe.commands.buildprogress import profile, shown, summary
from transpipe.commands.options import (
    PATH,
    chosen_languages,
    config_option,
    language_option,
    project_config,
    verbosity_options,
)
from transpipe.commands.slots import at_a_time, available_memory, in_mib, size
from transpipe.commands.wording import counted
from transpipe.config import Config
from transpipe.documents.formats import DATA
from transpipe.errors import SiteError, TranspipeError
from transpipe.locales import path_code
from transpipe.project import sources
from transpipe.project.languages import raise_all, require_catalogs
from transpipe.project.sites import sphinx_project
from transpipe.sphinx.output import require_separate
from transpipe.sphinx.project import SiteResult, SphinxProject, Step
from transpipe.sphinx.runs import build_site, expected_memory


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
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="Build at most N languages at a time. Default: as many as there are cores.",
)
@click.option(
    "--max-memory",
    callback=size,
    metavar="SIZE",
    help="Build only so many languages at a time that their memory stays below this, as far as "
    "can be told before: 4G, 900M. One is always built. Default: what is free.",
)
@click.option(
    "--profile",
    "with_profile",
    is_flag=True,
    help="Tell for each language where the time went: phases, and the slowest documents.",
)
@config_option
@verbosity_options
def build(
    languages: tuple[Locale, ...],
    builder: str,
    output: Path | None,
    fail_on_warning: bool,
    jobs: int | None,
    max_memory: int | None,
    with_profile: bool,
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

    def site(locale: Locale, tell: Callable[[Step], None]) -> SiteResult:
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
            tell=tell,
        )

    expected = [
        expected_memory(project, locale, len(documents), builder=builder) for locale in chosen
    ]
    workers = _workers(expected, jobs, max_memory, verbosity)
    began = time.monotonic()
    results, failures = _built(site, chosen, workers, verbosity)
    _warn(config, project, results)
    if verbosity >= 0 and results:
        click.echo(summary(results, time.monotonic() - began))
    if with_profile:
        for result in results:
            for line in profile(result):
                click.echo(line)
    raise_all([failure.named() for failure in failures])
    is_bad = any(result.is_bad or (fail_on_warning and result.warnings) for result in results)
    return 1 if is_bad else 0


def _workers(
    expected: Sequence[int], jobs: int | None, max_memory: int | None, verbosity: int
) -> int:
    """Settle how many languages are built at a time, and say so where memory decides."""
    cores = min(jobs or os.cpu_count() or 1, len(expected))
    memory = max_memory or available_memory()
    workers = at_a_time(expected, cores, memory)
    if verbosity >= 0 and (workers < cores or max(expected) > memory):
        click.echo(
            f"{workers} at a time, for want of memory: {counted(cores, 'language')} would take "
            f"about {in_mib(sum(sorted(expected)[-cores:]))}, and there are {in_mib(memory)}",
            err=True,
        )
    return workers


def _built(
    site: Callable[[Locale, Callable[[Step], None]], SiteResult],
    chosen: Sequence[Locale],
    workers: int,
    verbosity: int,
) -> tuple[list[SiteResult], list[Failure]]:
    """Build every language, and tell of each when it is done.

    :returns: what came of each in the order asked for, and what went wrong.
    """
    results: dict[Locale, SiteResult] = {}
    failures: dict[str, Failure] = {}
    with shown(chosen, verbosity) as display, ThreadPoolExecutor(max_workers=workers) as pool:
        futures = {
            pool.submit(site, locale, partial(display.step, locale)): locale for locale in chosen
        }
        for future in as_completed(futures):
            locale = futures[future]
            try:
                result = results[locale] = future.result()
            except TranspipeError as error:
                failures.setdefault(str(error), Failure(error, [])).languages.append(locale)
                continue
            if verbosity >= 0:
                pages = counted(result.pages, "page")
                display.say(f"{path_code(locale)}: {pages} in {result.output_dir}")
    return [results[locale] for locale in chosen if locale in results], list(failures.values())


def _warn(config: Config, project: SphinxProject, results: Sequence[SiteResult]) -> None:
    """Tell what Sphinx warned of: it names files by full paths, and a fault once a language."""
    full, shown_as = str(project.source_dir.resolve()), str(config.source_dir)
    for result in results:
        if result.note:
            click.echo(f"{path_code(result.locale)}: {result.note}", err=True)
    in_order = (warning for result in results for warning in result.warnings)
    for warning in dict.fromkeys(warning.replace(full, shown_as) for warning in in_order):
        click.echo(warning, err=True)


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
