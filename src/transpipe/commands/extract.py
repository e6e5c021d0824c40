"""Documents -> templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

import click

from transpipe.catalogs.header import GENERATOR
from transpipe.catalogs.layout import LocaleFolder
from transpipe.catalogs.pofile import PoFile, format_po, read_po, write_po
from transpipe.catalogs.template import refresh
from transpipe.commands.options import (
    PATH,
    config_option,
    nearest_config,
    project_config,
    verbosity_options,
    with_source_language,
)
from transpipe.commands.wording import counted
from transpipe.config import Config
from transpipe.documents.source_language import Rule
from transpipe.errors import CatalogError
from transpipe.escape import visible
from transpipe.locales import parse_locale, path_code
from transpipe.model import Catalog, Document
from transpipe.project import sources
from transpipe.project.templatememory import FILE, TemplateMemory
from transpipe.project.templates import from_sphinx, segmented


@click.command()
@click.argument("paths", nargs=-1, type=PATH)
@click.option(
    "--output",
    type=PATH,
    metavar="DIR",
    help="The folder of templates. Default: `pot` in the folder of catalogs.",
)
@click.option(
    "--source-language",
    metavar="CODE",
    help="The language of documents that say nothing else. Default: the configured one.",
)
@click.option(
    "--line-numbers", is_flag=True, help="Refer to lines of documents, not to documents alone."
)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a template is out of date.")
@config_option
@verbosity_options
def extract(
    paths: tuple[Path, ...],
    output: Path | None,
    source_language: str | None,
    line_numbers: bool,
    check: bool,
    config_file: Path | None,
    verbosity: int,
) -> int:
    """Segment documents into templates, one .pot a document.

    Without PATHS, the configured documents. PATHS are files or folders; in a folder, the name
    of a document is its path below it.
    """
    if paths and output is None:
        raise click.UsageError("with PATHS, give --output DIR")
    config = nearest_config(config_file) if paths else project_config(config_file)
    if source_language:
        config = with_source_language(config, parse_locale(source_language))
    documents = (
        sources.named_documents(config, paths) if paths else sources.configured_documents(config)
    )
    folder = LocaleFolder(config.locale_dir, output or config.pot_dir)
    memory = TemplateMemory(config.build_dir / "transpipe" / FILE, folder.templates)
    by_sphinx = config.is_sphinx_project and not paths
    elsewhere: tuple[str, ...] = ()
    if by_sphinx:
        templates = from_sphinx(config, documents, memory, line_numbers=line_numbers)
    else:
        documents, elsewhere = sources.apart(documents)
        root = Path.cwd() if paths else config.root
        templates = segmented(config, documents, root, line_numbers=line_numbers)
    changes = _changes(folder, templates)
    # In a folder named on the command line there may be templates of other projects.
    counts = {template.domain: len(template.messages) for template in templates} | memory.known
    stale = () if paths or output else _stale(folder, counts.keys())
    if not check:
        _write(changes, stale)
    if by_sphinx:
        _remember(memory, templates, changes if check else ())
    for sentence in elsewhere:
        click.echo(visible(sentence), err=True)
    if verbosity > 0:
        _explain(config, documents)
    if verbosity >= 0:
        _tell(counts, changes, stale, folder.templates, check)
    return 1 if check and (changes or stale) else 0


def _write(changes: Sequence[_Change], stale: Sequence[Path]) -> None:
    for change in changes:
        write_po(change.path, change.template, change.before)
    for path in stale:
        path.unlink()


def _remember(
    memory: TemplateMemory, templates: Sequence[Catalog], missing: Sequence[_Change]
) -> None:
    not_there = {change.template.domain for change in missing}
    for template in templates:
        if template.domain not in not_there:
            memory.note(template.domain, len(template.messages))
    memory.save()


@dataclass(frozen=True, slots=True)
class _Change:
    """A template that is not on disk as it should be."""

    path: Path
    template: Catalog
    before: PoFile | None


def _changes(folder: LocaleFolder, templates: Sequence[Catalog]) -> tuple[_Change, ...]:
    changes = []
    for template in templates:
        path = folder.template_path(template.domain)
        before = _readable(path, template.domain)
        fresh = refresh(template, before.catalog if before else None)
        if before is None or format_po(fresh, before) != before.text:
            changes.append(_Change(path, fresh, before))
    return tuple(changes)


def _readable(path: Path, domain: str) -> PoFile | None:
    if not path.exists():
        return None
    try:
        return read_po(path, domain)
    except CatalogError:
        return None  # a template is made from documents alone: a broken one is made again


def _stale(folder: LocaleFolder, domains: Set[str]) -> tuple[Path, ...]:
    """Give the templates of ours whose document is gone; those of other tools stay."""
    paths = []
    for domain in folder.template_domains():
        if domain not in domains:
            file = _readable(folder.template_path(domain), domain)
            if file and file.catalog.header_field("X-Generator") == GENERATOR:
                paths.append(file.path)
    return tuple(paths)


def _explain(config: Config, documents: Sequence[Document]) -> None:
    for document in documents:
        language = document.source_language
        code = path_code(language) if language else "an unknown language"
        rule = sources.language_rule(config, document)
        flavour = f", {document.flavour}" if document.flavour != "none" else ""
        said = f"{document.path}: {document.format}{flavour}, in {code} ({_DECIDED[rule]})"
        click.echo(visible(said))


_DECIDED = {
    Rule.CONFIGURED: "by 'source_languages'",
    Rule.FRONT_MATTER: "by its front matter",
    Rule.FILE_NAME: "by its file name",
    Rule.DEFAULT: "by 'source_language'",
}


def _tell(
    counts: Mapping[str, int],
    changes: Sequence[_Change],
    stale: Sequence[Path],
    folder: Path,
    check: bool,
) -> None:
    messages = sum(counts.values())
    done = "out of date" if check else "written"
    gone = f", {len(stale)} {'to remove' if check else 'removed'}" if stale else ""
    click.echo(
        f"{folder}: {counted(len(counts), 'template')}, {counted(messages, 'message')}: "
        f"{len(changes)} {done}{gone}"
    )
