"""Catalogs -> how complete each language is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

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
)
from transpipe.commands.thresholds import Threshold, ThresholdType, below
from transpipe.config import Config
from transpipe.errors import TranspipeError
from transpipe.escape import visible
from transpipe.files import read_text, write_text, write_texts
from transpipe.locales import path_code
from transpipe.project.completeness import Counted, Reasons, Wanted, computed, count
from transpipe.reports import COMPLETENESS

if TYPE_CHECKING:
    from transpipe.model import (
        Completeness,
        Document,
        DocumentCompleteness,
        LanguageCompleteness,
        Snapshot,
    )

HTML = "html"
CHART = "chart"
_WIDEST = 120
"""Beyond that many columns, names and numbers are too far from each other to read."""
AnyCommand = TypeVar("AnyCommand", bound=Callable[..., Any])

SORTS: Mapping[str, Callable[[DocumentCompleteness], tuple[Any, ...]]] = {
    "name": lambda document: (document.document,),
    "percent": lambda document: (
        document.authored,
        document.tally.messages.percent,
        document.document,
    ),
    "words-left": lambda document: (
        document.tally.words.translated - document.tally.words.total,
        document.document,
    ),
}


@dataclass(frozen=True, slots=True)
class Options:
    """What a report is to go into, beside the counts of documents."""

    format: str
    sections: bool
    missing: bool
    skip_complete: bool
    sort: str
    apart: bool
    checked: bool
    stale: bool
    next: bool
    views: Path | None
    against: str | None
    history: tuple[str, ...]
    edit_url: str | None


def _detail_options(command: AnyCommand) -> AnyCommand:
    """Add what says how much a report tells; the command is given ``**details``."""
    for option in reversed(
        (
            click.option("--sections", is_flag=True, help="Count by section too: by heading."),
            click.option(
                "--show-missing",
                "missing",
                is_flag=True,
                help="List each message that is not translated, with its place.",
            ),
            click.option(
                "--skip-complete", is_flag=True, help="List no document that is complete."
            ),
            click.option(
                "--sort",
                type=click.Choice(list(SORTS)),
                default="name",
                show_default=True,
                help="The order of the documents.",
            ),
            click.option(
                "--count-apart",
                "apart",
                is_flag=True,
                help="Count messages that hold only names, numbers or code apart: they ask for no "
                "translation.",
            ),
            click.option(
                "--checked",
                is_flag=True,
                help="Count a translation as fuzzy if `check` finds an error in it, or `render` "
                "would not write it: the reader may see the source.",
            ),
            click.option(
                "--stale",
                is_flag=True,
                help="Tell since when each document is behind its source, who last translated it, "
                "and what changed since: from git.",
            ),
            click.option(
                "--next",
                is_flag=True,
                help="Tell what to translate next, the largest gain for readers first.",
            ),
            click.option(
                "--views",
                type=PATH,
                metavar="FILE",
                help="How often pages are read, for --next: a CSV file of page,views.",
            ),
            click.option(
                "--against",
                metavar="REV",
                help="Tell what changed in each language since a git revision; exit 1 if a "
                "language falls.",
            ),
            click.option(
                "--history",
                multiple=True,
                metavar="SOURCE",
                help="What a chart is drawn from: `git`, or a JSON report, repeatable. Default: "
                "git.",
            ),
            click.option(
                "--edit-url",
                metavar="URL",
                help="Where translators edit, for the links of HTML: `{path}`, `{line}`, "
                "`{language}` and `{document}` are filled in.",
            ),
        )
    ):
        command = option(command)
    return command


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
    "format",
    type=click.Choice([*COMPLETENESS, HTML]),
    default="text",
    show_default=True,
    help="How to write the report.",
)
@click.option(
    "--output", type=PATH, metavar="FILE", help="Write the report to a file; HTML to a folder."
)
@_detail_options
@click.option(
    "--fail-under",
    type=ThresholdType(),
    metavar="PERCENT",
    help="Exit 1 if less than this percentage of a language's messages is translated: `80`, or "
    "`es=95,pt=90`.",
)
@click.option(
    "--fail-under-words",
    type=ThresholdType(),
    metavar="PERCENT",
    help="The same in words of the source.",
)
@config_option
@verbosity_options
def report(
    locale_dir: Path | None,
    pot_dir: Path | None,
    languages: tuple[Locale, ...],
    output: Path | None,
    fail_under: Threshold | None,
    fail_under_words: Threshold | None,
    config_file: Path | None,
    verbosity: int,
    **details: Any,
) -> int:
    """Tell how complete each language is, by document.

    Counts messages and words of the source. A fuzzy translation is not a translation: the
    reader sees the source. With -d no configuration is needed.
    """
    options = Options(**details)
    config = nearest_config(config_file) if locale_dir else project_config(config_file)
    folder = LocaleFolder(
        locale_dir or config.locale_dir, pot_dir or (None if locale_dir else config.pot_dir)
    )
    chosen = _chosen(folder, languages, config, named=locale_dir is not None)
    _require_output(options, output)
    result = _result(folder, chosen, config, options, has_project=locale_dir is None)
    if options.format == HTML and output:
        _write_site(result, output, options.edit_url or config.settings.edit_url)
    else:
        _write(_text(result, options, output), output, verbosity)
    for finding in result.unreadable:
        place = f"{finding.path}:{finding.line}" if finding.line else str(finding.path)
        click.echo(visible(f"{place}: {finding.text}"), err=True)
    low = list(_too_low(result, config, fail_under, fail_under_words))
    for line in low:
        click.echo(line, err=True)
    return 2 if result.unreadable else 1 if low else 0


def _chosen(
    folder: LocaleFolder, languages: tuple[Locale, ...], config: Config, *, named: bool
) -> tuple[Locale, ...]:
    """Give the languages to report.

    :param named: whether the folder is given on the command line: its languages count then.
    :raises TranspipeError: if there are none, or there is nothing of one that was asked for.
    """
    there = folder.locales()
    known = {*there, *(() if named else config.languages)}
    for locale in languages:
        if locale not in known and (there or not folder.template_domains()):
            code = path_code(locale)
            have = ", ".join(map(path_code, there)) or "none"
            raise TranspipeError(
                f"holds no catalogs in {code}", f"it has: {have}", path=folder.root
            )
    if not languages and (named or not config.languages):
        languages = there
    if not languages and named:
        raise TranspipeError(
            "holds no catalogs", "expected LANGUAGE/LC_MESSAGES/*.po", path=folder.root
        )
    return chosen_languages(config, languages)


def _require_output(options: Options, output: Path | None) -> None:
    if options.format == HTML and output is None:
        raise TranspipeError("an HTML report is a folder of files", "name it with --output DIR")
    url = options.edit_url
    if url and not url.startswith(("https://", "http://")):
        raise TranspipeError(f"--edit-url is {url!r}", "begin it with https://")


# -------------------------------------------------------------------------------- computing


def _result(
    folder: LocaleFolder,
    languages: tuple[Locale, ...],
    config: Config,
    options: Options,
    *,
    has_project: bool,
) -> Completeness:
    html = options.format == HTML
    documents = _documents(config, options) if has_project else {}
    wanted = Wanted(
        names=config.settings.names if options.apart else None,
        reasons=_reasons(folder, languages, config, documents) if options.checked else None,
        headings=_headings(documents, config) if options.sections or html else None,
        messages=options.missing or html,
    )
    counted = count(folder, languages, wanted)
    result = replace(
        computed(counted, wanted), created=_now() if options.format in ("json", HTML) else None
    )
    result = _with_next_steps(result, options)
    result = _with_past(result, counted, wanted, options, documents)
    return replace(
        result, languages=tuple(_arranged(language, options) for language in result.languages)
    )


def _now() -> Any:
    from transpipe.project.past import now

    return now()


def _documents(config: Config, options: Options) -> Mapping[str, Document]:
    """Read the documents of the project, where something is to be said that they hold."""
    wanted = options.sections or options.checked or options.stale or options.format == HTML
    if not wanted or not config.source_dir.is_dir():
        return {}
    from transpipe.project.sources import configured_documents

    return {document.name: document for document in configured_documents(config)}


def _headings(documents: Mapping[str, Document], config: Config) -> Mapping[str, tuple[str, ...]]:
    if not documents:
        return {}
    from transpipe.documents.headings import headings
    from transpipe.project import sources

    options = sources.options(config)
    return {name: headings(document, options) for name, document in documents.items()}


def _reasons(
    folder: LocaleFolder,
    languages: tuple[Locale, ...],
    config: Config,
    documents: Mapping[str, Document],
) -> Reasons:
    from transpipe.project.unshown import reasons

    return reasons(folder, languages, config, documents)


def _with_next_steps(result: Completeness, options: Options) -> Completeness:
    if not (options.next or options.views or options.format == HTML):
        return result
    from transpipe.catalogs.next_steps import next_steps

    views = None
    if options.views:
        from transpipe.project.views import read_views

        names = {one.document for language in result.languages for one in language.documents}
        views = read_views(
            options.views, names, [path_code(one.locale) for one in result.languages]
        )
    return replace(result, next_steps=next_steps(result.languages, views))


def _with_past(
    result: Completeness,
    counted: Counted,
    wanted: Wanted,
    options: Options,
    documents: Mapping[str, Document],
) -> Completeness:
    if not (options.stale or options.against or options.history or options.format == CHART):
        return result
    from transpipe.project import past

    languages = tuple(language.locale for language in result.languages)
    if options.against:
        changes = past.changes(counted.folder, languages, wanted, options.against)
        result = replace(result, against=options.against, changes=changes)
    if options.stale:
        paths = {name: document.path for name, document in documents.items()}
        result = past.with_staleness(result, counted, paths)
    if options.history or options.format == CHART:
        stored = [Path(one) for one in options.history if one != "git"]
        snapshots = list(_stored(stored, {path_code(locale) for locale in languages}))
        if not stored or "git" in options.history:
            snapshots += past.history(counted.folder, languages)
        result = replace(
            result, history=tuple(sorted(snapshots, key=lambda snapshot: snapshot.date))
        )
    return result


def _stored(paths: list[Path], codes: set[str]) -> Iterator[Snapshot]:
    from transpipe.reports.completeness_json import read_snapshot

    for path in paths:
        files = sorted(path.glob("*.json")) if path.is_dir() else [path]
        for file in files:
            found = read_snapshot(read_text(file), file)
            languages = {code: one for code, one in found.languages.items() if code in codes}
            yield replace(found, languages=languages)


def _arranged(language: LanguageCompleteness, options: Options) -> LanguageCompleteness:
    shown: list[DocumentCompleteness] = []
    hidden: list[DocumentCompleteness] = []
    for document in sorted(language.documents, key=SORTS[options.sort]):
        messages = document.tally.messages
        complete = messages.translated == messages.total
        (hidden if options.skip_complete and complete else shown).append(document)
    return replace(language, documents=tuple(shown), hidden=tuple(hidden))


# ----------------------------------------------------------------------- writing and judging


def _text(result: Completeness, options: Options, output: Path | None) -> str:
    """Make the report; at a terminal, of its width."""
    if options.format == "text" and output is None and sys.stdout.isatty():
        from shutil import get_terminal_size

        from transpipe.reports import completeness_text

        return completeness_text.report(result, min(get_terminal_size().columns, _WIDEST))
    return COMPLETENESS[options.format](result)


def _write(text: str, output: Path | None, verbosity: int) -> None:
    if output:
        write_text(output, click.unstyle(text))
    elif verbosity >= 0:
        click.echo(text, nl=not text.endswith("\n"), color=color())


def _write_site(result: Completeness, output: Path, edit_url: str) -> None:
    from transpipe.reports.html import site

    write_texts((output / name, text) for name, text in site(result, edit_url).items())


def _too_low(
    result: Completeness,
    config: Config,
    messages: Threshold | None,
    words: Threshold | None,
) -> Iterator[str]:
    """Say what is less than was asked for."""
    threshold = messages or Threshold(config.settings.fail_under)
    yield from below(result, threshold, "messages", lambda tally: tally.messages)
    yield from below(result, words or Threshold(), "words", lambda tally: tally.words)
    for change in result.changes:
        if change.falls:
            before, after = change.before.messages, change.after.messages
            yield (
                f"{path_code(change.locale)} falls: {before.translated} of {before.total} messages "
                f"were translated at {visible(result.against or '')}, {after.translated} of "
                f"{after.total} are now"
            )
