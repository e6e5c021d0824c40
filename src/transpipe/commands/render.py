"""Documents x catalogs -> translated documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from babel import Locale

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
    with_source_language,
)
from transpipe.commands.wording import counted
from transpipe.errors import TranspipeError
from transpipe.escape import visible
from transpipe.files import write_texts
from transpipe.locales import parse_locale
from transpipe.model import Finding
from transpipe.project import sources
from transpipe.project.languages import require_catalogs
from transpipe.project.pages import Page, differs, rendered, without_catalog
from transpipe.project.record import (
    by_hand,
    edited_by_hand,
    left_by_hand,
    left_over,
    remember,
    take_away,
    write_pages,
)
from transpipe.project.targets import find_targets, is_target, target_patterns
from transpipe.reports import FINDINGS


@click.command()
@click.argument("paths", nargs=-1, type=PATH)
@click.option("-d", "--locale-dir", type=PATH, metavar="DIR", help="The folder of catalogs.")
@language_option
@click.option(
    "--output",
    metavar="DIR",
    help="The folder to write to. `{language}` in it becomes the language; with several "
    "languages and no `{language}`, each has a folder of its own in it. "
    "Default: the configured pattern.",
)
@click.option(
    "--source-language",
    metavar="CODE",
    help="The language of documents that say nothing else. Default: the configured one.",
)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a document is out of date.")
@click.option(
    "--force", is_flag=True, help="Overwrite documents that were written or edited by hand."
)
@config_option
@verbosity_options
def render(
    paths: tuple[Path, ...],
    locale_dir: Path | None,
    languages: tuple[Locale, ...],
    output: str | None,
    source_language: str | None,
    check: bool,
    force: bool,
    config_file: Path | None,
    verbosity: int,
) -> int:
    """Write translated documents, as a tree like that of the sources.

    What is not translated stays as it is in the source, byte for byte. A translation that would
    damage the document is not written, and named; a document in the project that was written or
    edited by hand is not overwritten, and named. Exit code 1 tells of both.
    """
    if paths and (locale_dir is None or output is None):
        raise click.UsageError("with PATHS, give --locale-dir DIR and --output DIR")
    config = nearest_config(config_file) if paths else project_config(config_file)
    if source_language:
        config = with_source_language(config, parse_locale(source_language))
    documents = (
        sources.named_documents(config, paths) if paths else sources.configured_documents(config)
    )
    documents, elsewhere = sources.apart(documents)
    for sentence in elsewhere:
        click.echo(visible(sentence), err=True)
    chosen = chosen_languages(config, languages)
    folder = LocaleFolder(locale_dir or config.locale_dir)
    if not folder.root.is_dir():
        raise TranspipeError(
            "is no folder of catalogs", "run 'transpipe update' first", path=folder.root
        )
    patterns = target_patterns(config, output, chosen)
    targets = find_targets(documents, chosen, patterns)
    require_catalogs(folder, chosen, config, (document.source_language for document in documents))
    options = sources.options(config)
    catalogs = {locale: folder.catalogs(locale) for locale in chosen}
    work = [
        rendered(config, documents, locale, catalogs[locale], folder, targets, options)
        for locale in chosen
    ]
    lost = {
        finding.path: finding
        for locale in chosen
        for finding in without_catalog(documents, locale, catalogs[locale], targets)
    }
    pages = tuple(page for each in work for page in each.pages if page.path not in lost)
    left_out = tuple(path for each in work for path in each.left_out)
    findings = [*lost.values(), *(finding for page in pages for finding in page.findings)]
    outdated = [page for page in pages if differs(page)]
    if paths or output:
        # The folder is the user's choice of the moment: there is no record of it.
        gone: tuple[Path, ...] = ()
        if not check:
            write_texts((page.path, page.text) for page in outdated)
    else:
        every = tuple(dict.fromkeys((*config.languages, *chosen)))
        gone = left_over(
            config,
            (
                path
                for path in find_targets(documents, every, patterns).values()
                if path not in left_out
            ),
            lambda path: is_target(path, every, patterns),
        )
        if not check:
            remember((page for page in pages if page not in outdated), config)
            kept = () if force else edited_by_hand(outdated, config)
            outdated = [page for page in outdated if page not in kept]
            write_pages(outdated, config)
            findings += [by_hand(page) for page in kept]
            edited = take_away(gone, config)
            gone = tuple(path for path in gone if path not in edited)
            findings += [left_by_hand(path) for path in edited]
    _tell(pages, outdated, gone, left_out, findings, check=check, verbosity=verbosity)
    return 1 if findings or (check and (outdated or gone)) else 0


def _tell(
    pages: Sequence[Page],
    outdated: Sequence[Page],
    gone: Sequence[Path],
    left_out: Sequence[Path],
    findings: Sequence[Finding],
    *,
    check: bool,
    verbosity: int,
) -> None:
    if findings:
        click.echo(FINDINGS["text"](findings), err=True, nl=False, color=color())
    if verbosity > 0:
        for page in outdated:
            click.echo(visible(str(page.path)))
    if verbosity >= 0:
        done = "out of date" if check else "written"
        left = f", {len(gone)} {'to remove' if check else 'removed'}" if gone else ""
        few = f", {len(left_out)} left out: too little is translated" if left_out else ""
        click.echo(f"{counted(len(pages), 'document')}: {len(outdated)} {done}{left}{few}")
