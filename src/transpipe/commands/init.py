"""Somebody's repository -> the starter files."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click
from babel import Locale

from transpipe.commands.options import PATH, language_option, verbosity_options
from transpipe.config import find_config, load_config
from transpipe.errors import TranspipeError
from transpipe.files import read_text, write_text
from transpipe.locales import language_name, parse_locale, path_code
from transpipe.scaffold.detect import detect, requirements
from transpipe.scaffold.files import (
    EXAMINED,
    PYPROJECT,
    Project,
    Starter,
    StarterFile,
    starter_files,
)
from transpipe.scaffold.found import Answers, Found, ProjectKind, targets
from transpipe.scaffold.mergedriver import ATTRIBUTES, attributes, other_driver, settings
from transpipe.scaffold.plan import plan

_ENGLISH = Locale("en")


@click.command()
@click.argument("folder", type=PATH, default=Path())
@click.option("--source-language", metavar="CODE", help="The language that documents are in.")
@language_option
@click.option(
    "--source-dir",
    type=PATH,
    metavar="DIR",
    help="The folder of documents, from FOLDER. Default: found.",
)
@click.option(
    "--locale-dir",
    type=PATH,
    metavar="DIR",
    help="The folder of catalogs, from FOLDER. Default: found.",
)
@click.option("--yes", is_flag=True, help="Ask nothing: take what is found.")
@click.option(
    "--merge-driver",
    is_flag=True,
    help="Only make git merge catalogs with 'transpipe merge-po', in this clone.",
)
@verbosity_options
def init(
    folder: Path,
    source_language: str | None,
    languages: tuple[Locale, ...],
    source_dir: Path | None,
    locale_dir: Path | None,
    yes: bool,
    merge_driver: bool,
    verbosity: int,
) -> int:
    """Write the starter files of a project: configuration, make targets, a CI workflow.

    Looks at what FOLDER holds (Sphinx, Hugo, Astro, Gatsby, Markdown, catalogs), asks what
    it cannot see, and writes what is missing. A file that is there is left as it is; to a
    pyproject.toml a table is added at the end.
    """
    if not folder.is_dir():
        raise TranspipeError("is no folder", "give the folder of a project", path=folder)
    root = folder.resolve()
    if merge_driver:
        return _install_merge_driver(root, verbosity)
    given = _Given(
        parse_locale(source_language) if source_language else None,
        languages,
        _below(root, source_dir, "--source-dir") if source_dir else None,
        _relative(root, locale_dir) if locale_dir else None,
    )
    notes: list[str] = []
    project = _configured(root)
    if project is None:
        ask = not yes and sys.stdin is not None and sys.stdin.isatty()
        found = detect(root, given.source_dir, given.locale_dir)
        if verbosity >= 0:
            click.echo(_describe(found))
        project, notes = _settle(root, found, given, ask)
    existing = _existing(root)
    starter = starter_files(project, existing)
    for file in starter.files:
        write_text(root / file.path, file.text)
    notes += (*starter.notes, *_repository_note(root, starter))
    if verbosity >= 0:
        _tell(starter, notes)
        _tell_next(folder, project)
    if verbosity > 0:
        _show(starter.files, existing)
    return 0


@dataclass(frozen=True, slots=True)
class _Given:
    """What the command line says already."""

    source_language: Locale | None
    languages: tuple[Locale, ...]
    source_dir: str | None
    locale_dir: str | None


def _relative(root: Path, path: Path) -> str:
    return Path(os.path.relpath(root / path, root)).as_posix()


def _below(root: Path, path: Path, option: str) -> str:
    relative = _relative(root, path)
    if relative.split("/")[0] == "..":
        raise TranspipeError(
            f"{option} is not in the project", f"give a folder in {root}", path=path
        )
    return relative


def _configured(root: Path) -> Project | None:
    """Give the project that a folder's own configuration describes, if it has one."""
    path = find_config(root)
    if path is None or path.parent != root:
        return None
    config = load_config(path)
    source_dir = _relative(root, config.source_dir)
    return Project(
        settings=None,
        config_file=path.name,
        sphinx=config.is_sphinx_project,
        requirements=requirements(root, source_dir) if config.is_sphinx_project else None,
    )


# ---- the merge driver


def _install_merge_driver(root: Path, verbosity: int) -> int:
    """Name the merge driver in .gitattributes, and say in this clone how it is run."""
    path = root / ATTRIBUTES
    existing = read_text(path) if os.path.lexists(path) else ""
    other = other_driver(existing)
    if other:
        raise TranspipeError(
            f"names another merge driver: {other}",
            "remove that line, and run this again",
            path=path,
        )
    for key, value in settings(sys.executable).items():
        _git(root, "config", "--local", key, value)
    changed = write_text(path, attributes(existing))
    if verbosity >= 0:
        click.echo(f"{'wrote' if changed else 'kept'} {ATTRIBUTES}: commit it")
        click.echo("set merge.transpipe in this clone: run this once in every other clone")
    return 0


def _git(root: Path, *arguments: str) -> None:
    """Run git in a folder.

    :raises TranspipeError: if there is no git, or it refuses.
    """
    try:
        result = subprocess.run(  # noqa: S603 - arguments of ours
            ["git", "-C", str(root), *arguments],  # noqa: S607 - found on the path, as by make
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as problem:
        raise TranspipeError("git cannot be run", "install git", path=root) from problem
    if result.returncode:
        reason = " ".join(result.stderr.split()) or f"exit code {result.returncode}"
        raise TranspipeError(f"git refuses ({reason})", "run this in a git repository", path=root)


# ---- questions


def _settle(root: Path, found: Found, given: _Given, ask: bool) -> tuple[Project, list[str]]:
    """Make settings of what was found, given and answered."""
    if ask:
        found, answers = _asked(root, found, given)
    else:
        answers = _taken(found, given)
    settled = plan(found, answers)
    project = Project(
        settings=settled.settings,
        sphinx=found.kind is ProjectKind.SPHINX,
        requirements=found.requirements,
    )
    return project, list(settled.notes)


def _taken(found: Found, given: _Given) -> Answers:
    """Take what was found for an answer.

    :raises TranspipeError: if a language is not known.
    """
    source = given.source_language or found.source_language
    languages = given.languages or (targets(found, source) if source else found.languages)
    if source is None:
        more = "" if languages else " and the languages to translate into with -l CODE"
        raise TranspipeError(
            "the source language is not known", f"give it with --source-language CODE{more}"
        )
    if not languages:
        raise TranspipeError(
            "the languages to translate into are not known", "give each with -l CODE"
        )
    return Answers(source_language=source, languages=languages, locale_dir=found.locale_dir)


def _asked(root: Path, found: Found, given: _Given) -> tuple[Found, Answers]:
    """Ask for what the command line did not say, proposing what was found."""
    if given.source_dir is None:

        def look(text: str) -> Found:
            where = _below(root, Path(text.strip()), "the folder of documents")
            return found if where == found.source_dir else detect(root, where, given.locale_dir)

        found = _ask("Folder of documents", found.source_dir, look)
    source = given.source_language or _ask(
        "Language they are written in (a code: en, es, pt_BR)",
        _codes(*_maybe(found.source_language)),
        _one,
    )
    languages = given.languages or _ask(
        "Languages to translate into (codes, with commas)",
        _codes(*targets(found, source)),
        _several,
    )
    locale_dir = given.locale_dir or _ask(
        "Folder of catalogs", found.locale_dir, lambda text: _relative(root, Path(text.strip()))
    )
    return found, Answers(source_language=source, languages=languages, locale_dir=locale_dir)


T = TypeVar("T")


def _ask(question: str, proposal: str, read: Callable[[str], T]) -> T:
    """Ask until the answer can be used."""

    def value(text: str) -> T:
        try:
            return read(text)
        except TranspipeError as problem:
            raise click.BadParameter(str(problem)) from problem

    answer: T = click.prompt(question, default=proposal or None, value_proc=value)
    return answer


def _one(text: str) -> Locale:
    return parse_locale(text)


def _several(text: str) -> tuple[Locale, ...]:
    codes = text.replace(",", " ").split()
    if not codes:
        raise TranspipeError("no language", "give a code such as es, pt or pt_BR")
    return tuple(dict.fromkeys(parse_locale(code) for code in codes))


def _maybe(locale: Locale | None) -> tuple[Locale, ...]:
    return (locale,) if locale else ()


def _codes(*locales: Locale) -> str:
    return ", ".join(path_code(locale) for locale in locales)


# ---- files


def _existing(root: Path) -> Mapping[str, str]:
    """Read what decides on the files to write.

    :raises TranspipeError: if pyproject.toml, which is added to, cannot be read.
    """
    there = (name for name in EXAMINED if os.path.lexists(root / name))
    return {name: _text(root / name, strict=name == PYPROJECT) for name in there}


def _text(path: Path, *, strict: bool) -> str:
    """Read a file; one that is only kept may be of any encoding."""
    if strict:
        return read_text(path)
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


# ---- what is said


def _describe(found: Found) -> str:
    """Say what was found in a line."""
    parts = [f"Found {found.kind.value}, its documents in {found.source_dir}/"]
    if found.documents:
        parts[0] += f" ({len(found.documents)})"
    source = found.source_language
    if source:
        parts.append(f"the source language: {_name(source)}")
    others = targets(found, source) if source else found.languages
    if others:
        parts.append(f"other languages: {', '.join(_name(locale) for locale in others)}")
    return "; ".join(parts)


def _name(locale: Locale) -> str:
    return f"{language_name(locale, _ENGLISH)} ({path_code(locale)})"


def _tell(starter: Starter, notes: list[str]) -> None:
    for file in starter.files:
        click.echo(
            f"added [tool.transpipe] to {file.path}" if file.appended else f"wrote {file.path}"
        )
    for kept in starter.kept:
        click.echo(f"kept {kept.path}: {kept.reason}")
    for note in notes:
        click.echo(f"note: {note}")


def _tell_next(folder: Path, project: Project) -> None:
    """Name the commands to type now."""
    if folder.resolve() != Path.cwd().resolve():
        click.echo(f"next, in {folder}:")
    else:
        click.echo("next:")
    last = ("build", "build the site in every language")
    if not project.sphinx:
        last = ("render", "write the translated documents")
    for verb, what in (
        ("extract", "segment the documents into templates"),
        ("update", "start the catalogs, and later bring them up to date"),
        ("report", "show how complete each language is"),
        last,
    ):
        click.echo(f"  transpipe {verb:<9} {what}")


def _repository_note(root: Path, starter: Starter) -> Iterator[str]:
    """Tell of a workflow that GitHub would not see: it looks at the top of a repository only."""
    workflow = next((file for file in starter.files if file.path.startswith(".github/")), None)
    if workflow and not (root / ".git").exists():
        top = next((folder for folder in root.parents if (folder / ".git").exists()), None)
        if top:
            yield (
                f"GitHub reads workflows in {top / '.github/workflows'}: move {workflow.path} "
                f"there, with 'working-directory: {_relative(top, root)}' on its steps"
            )


def _show(files: tuple[StarterFile, ...], existing: Mapping[str, str]) -> None:
    """Print what was written, or added."""
    for file in files:
        before = existing.get(file.path, "") if file.appended else ""
        click.echo(f"\n--- {file.path}\n{file.text.removeprefix(before).strip()}")
