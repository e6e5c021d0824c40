"""Catalogs -> findings."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click
from babel import Locale

from transpipe.catalogs.layout import MESSAGES_FOLDER, LocaleFolder
from transpipe.catalogs.pofile import PoFile, parse_po, write_po
from transpipe.catalogs.template import without_line
from transpipe.checks import Context, run_checks
from transpipe.checks.fix import fix_catalog
from transpipe.checks.run import Severities
from transpipe.commands.checkcache import Cache, cache_file
from transpipe.commands.checkplan import Plan, Target
from transpipe.commands.languages import require_catalogs
from transpipe.commands.options import (
    PATH,
    color,
    config_option,
    language_option,
    nearest_config,
    project_config,
    verbosity_options,
)
from transpipe.commands.progress import track
from transpipe.commands.wording import counted
from transpipe.config import FAIL_ON, SYNTAXES, Config
from transpipe.errors import CatalogError, TranspipeError
from transpipe.files import read_text, write_text
from transpipe.locales import parse_locale
from transpipe.model import Catalog, Finding, Severity, State
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
    config_file: Path | None,
    verbosity: int,
) -> int:
    """Find what would break or shame a page, before anybody builds it.

    Without PATHS, the catalogs of the project. PATHS are .po files or folders of them.
    Exit code 1 tells of errors; warnings alone are no failure.
    """
    config = nearest_config(config_file) if paths else project_config(config_file)
    targets = tuple(_named(paths, languages) if paths else _configured(config, languages))
    plan = Plan(config, selected)
    syntax = syntax or config.settings.syntax or None
    if fix:
        mended = sum(_fixed(target, plan, syntax) for target in track(targets, "mending"))
        if verbosity >= 0:
            click.echo(f"{counted(mended, 'message')} mended", err=True)
    file = None if no_cache else cache_file(config.root if config.file else None)
    cache = Cache(file, plan.fingerprint)
    usual = _usual(targets) if _is_on("inconsistent-translation", plan, targets) else {}
    findings = [
        finding
        for target in track(targets, "checking")
        for finding in _findings(target, plan, syntax, cache, usual.get(target.locale, {}))
    ]
    cache.save()
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


def _read(target: Target, text: str) -> PoFile:
    file = parse_po(text, target.path, target.domain, target.locale)
    if target.locale is not None:
        return file
    # Neither folder nor name tell the language: the header does.
    try:
        locale = parse_locale(file.catalog.header_field("Language") or "")
    except TranspipeError:
        return file
    return parse_po(text, target.path, target.domain, locale)


_SUFFIXES: Mapping[str, str] = {
    ".md": "markdown", ".rst": "rest", ".inc": "rest", ".txt": "text", ".py": "rest",
}  # fmt: skip


def _syntax(catalog: Catalog) -> str:
    """Tell the syntax by the documents a catalog refers to; where they do not say, Markdown."""
    if any((message.msgctxt or "").startswith("front-matter:") for message in catalog.messages):
        return "markdown"
    for message in catalog.messages:
        for reference in message.references:
            suffix = Path(without_line(reference)).suffix
            if suffix in _SUFFIXES:
                return _SUFFIXES[suffix]
    return "markdown"


# ----------------------------------------------------------------------------- checking


def _findings(
    target: Target, plan: Plan, syntax: str | None, cache: Cache, usual: Mapping[str, str]
) -> tuple[Finding, ...]:
    try:
        text = read_text(target.path, CatalogError)
        severities = plan.severities(target)
        key = cache.key(
            str(target.locale), target.domain, syntax or "", _hash(severities), _hash(usual), text
        )
        found = cache.get(key, target.path, target.locale)
        if found is None:
            found = _checked(_read(target, text), target, plan, syntax, severities, usual)
            cache.put(key, found)
    except CatalogError as error:
        said = ": ".join(part for part in (error.problem, error.remedy) if part)
        return (Finding(target.path, error.line, "syntax", Severity.ERROR, said, target.locale),)
    return found


def _hash(values: Mapping[str, str | Severity | None]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def _checked(
    file: PoFile,
    target: Target,
    plan: Plan,
    syntax: str | None,
    severities: Severities,
    usual: Mapping[str, str],
) -> tuple[Finding, ...]:
    catalog = file.catalog
    written = syntax or _syntax(catalog)
    context = _context(Target(target.path, catalog.locale), plan, written, usual)
    return run_checks(catalog, target.path, written, context=context, severities=severities)


def _context(target: Target, plan: Plan, syntax: str, usual: Mapping[str, str]) -> Context:
    context = plan.context(target, usual)
    return with_rest(context) if syntax == "rest" else context


def with_rest(context: Context) -> Context:
    """Let the checks read reStructuredText, with docutils, which is loaded only now."""
    from transpipe.checks.lint import rest_linter
    from transpipe.sphinx.rstcompare import read_rest

    return dataclasses.replace(context, read_rest=read_rest, lint_rest=rest_linter())


def _fixed(target: Target, plan: Plan, syntax: str | None) -> int:
    """Mend a catalog in place; give how many messages changed."""
    try:
        file = _read(target, read_text(target.path, CatalogError))
    except CatalogError:
        return 0  # It is a finding.
    written = syntax or _syntax(file.catalog)
    context = _context(Target(target.path, file.catalog.locale), plan, written, {})
    catalog, changed = fix_catalog(
        file.catalog, written, context=context, severities=plan.severities(target)
    )
    if changed:
        write_po(target.path, catalog, file)
    return changed


def _is_on(name: str, plan: Plan, targets: Sequence[Target]) -> bool:
    return any(plan.severities(target).get(name) for target in targets)


def _usual(targets: Sequence[Target]) -> Mapping[Locale | None, Mapping[str, str]]:
    """Give the most frequent translation of each text that has several, by language."""
    found: dict[Locale | None, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for target in targets:
        try:
            catalog = _read(target, read_text(target.path, CatalogError)).catalog
        except CatalogError:
            continue
        for message in catalog.messages:
            if message.state is State.TRANSLATED and message.msgid_plural is None:
                found[target.locale][message.msgid][message.msgstr] += 1
    return {
        locale: {
            msgid: counts.most_common(1)[0][0] for msgid, counts in texts.items() if len(counts) > 1
        }
        for locale, texts in found.items()
    }
