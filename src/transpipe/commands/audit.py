"""A site kept by hand -> what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click
from babel import Locale

from transpipe.audit.run import audit as audit_site
from transpipe.audit.site import Site, SitePage
from transpipe.commands.options import (
    PATH,
    color,
    config_option,
    language_option,
    nearest_config,
    project_config,
    verbosity_options,
    with_source_language,
)
from transpipe.config import Config
from transpipe.documents.discover import DocumentFile, discover, from_paths
from transpipe.documents.formats import DATA, ELSEWHERE, segments
from transpipe.documents.frontmatter import values_as_written
from transpipe.documents.globs import any_matches
from transpipe.documents.keypaths import chooser
from transpipe.documents.links import addresses
from transpipe.documents.options import Options
from transpipe.documents.reading import read_document
from transpipe.documents.source_language import FILE_EXTENSIONS
from transpipe.errors import DocumentError, TranspipeError
from transpipe.files import write_text
from transpipe.locales import find_locale, parse_locale
from transpipe.model import Document, Finding, Severity
from transpipe.project import sources
from transpipe.project.tongues import foreign_words, tell_language
from transpipe.reports import FINDINGS


@click.command()
@click.argument("paths", nargs=-1, type=PATH)
@language_option
@click.option(
    "--source-language",
    metavar="CODE",
    help="The language of files whose name tells none. Default: the configured one.",
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
@config_option
@verbosity_options
def audit(
    paths: tuple[Path, ...],
    languages: tuple[Locale, ...],
    source_language: str | None,
    format_: str,
    output: Path | None,
    config_file: Path | None,
    verbosity: int,
) -> int:
    """Tell what is wrong with a site that is kept by hand in several languages.

    Finds two files for one page, files in another language than their name says, front matter
    that differs between languages, pages that a language lacks, letters of a foreign script, and
    links that lead to the page of another language. PATHS are folders; without them, the
    configured one. Exit code 1 tells of findings.
    """
    config = nearest_config(config_file) if paths else project_config(config_file)
    if source_language:
        config = with_source_language(config, parse_locale(source_language))
    if config.source_language is None:
        raise TranspipeError(
            "no source language", "give it with --source-language, or write a configuration"
        )
    known = tuple(dict.fromkeys((config.source_language, *(languages or config.languages))))
    if len(known) == 1:
        raise TranspipeError("no languages to compare", "give them with -l")
    pages, findings = _pages(config, _files(config, paths), known)
    site = Site(tuple(pages), known)
    is_translated = chooser(config.settings.front_matter)
    findings += audit_site(site, tell_language, foreign_words, is_translated)
    text = FINDINGS[format_](findings)
    if output is not None:
        write_text(output, text)
    elif verbosity >= 0 or findings or format_ != "text":
        click.echo(text, nl=False, color=color())
    return 1 if findings else 0


def _files(config: Config, paths: Sequence[Path]) -> Iterable[DocumentFile]:
    """Give the files of a site: those in other languages too, which are no documents."""
    if paths:
        return from_paths(paths)
    # What is excluded may well be a page in another language: only whole folders stay out.
    folders = tuple(each for each in config.settings.exclude if each.endswith("/**"))
    files = discover(config.source_dir, config.settings.include, ())
    return (file for file in files if not any_matches(folders, file.relative))


def _pages(
    config: Config, files: Iterable[DocumentFile], languages: Sequence[Locale]
) -> tuple[list[SitePage], list[Finding]]:
    pages, findings = [], []
    options = sources.options(config)
    for file in files:
        slot, named = _placed(file.name, languages)
        language = named or languages[0]
        try:
            document = read_document(file, language, formats=tuple(config.settings.formats.items()))
            if document.format not in ELSEWHERE and document.format not in DATA:
                pages.append(_page(document, slot, named, language, options))
        except DocumentError as problem:
            text = ": ".join(part for part in (problem.problem, problem.remedy) if part)
            findings.append(
                Finding(file.path, problem.line, "unreadable", Severity.ERROR, text, language)
            )
    return pages, findings


def _page(
    document: Document, slot: str, named: Locale | None, language: Locale, options: Options
) -> SitePage:
    found = [each for each in segments(document, options) if each.msgid]
    return SitePage(
        document.path,
        slot,
        named,
        language,
        document.text,
        values_as_written(document.text, document.path) if document.format == "markdown" else {},
        tuple((each.line, each.msgid) for each in found),
        tuple((each.line, link) for each in found for link in addresses(each.msgid)),
    )


def _placed(name: str, languages: Sequence[Locale]) -> tuple[str, Locale | None]:
    """Take the language out of a path: ``about/index.es``, ``es/about/index``."""
    stem, _, code = name.rpartition(".")
    locale = _known(code, languages) if stem and not stem.endswith("/") else None
    if locale is not None and code not in FILE_EXTENSIONS:
        return stem, locale
    steps = name.split("/")
    for number, step in enumerate(steps[:-1]):
        locale = _known(step, languages)
        if locale is not None:
            return "/".join((*steps[:number], *steps[number + 1 :])), locale
    return name, None


def _known(code: str, languages: Iterable[Locale]) -> Locale | None:
    locale = find_locale(code)
    return locale if locale is not None and locale in languages else None
