"""Pages translated by hand -> catalogs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import click
from babel import Locale

from transpipe.catalogs.adopt import Adopted
from transpipe.catalogs.adopt import adopt as adopt_pairs
from transpipe.catalogs.layout import LocaleFolder
from transpipe.catalogs.pofile import format_po
from transpipe.catalogs.template import refresh
from transpipe.catalogs.update import update_language
from transpipe.commands.options import (
    PATH,
    chosen_languages,
    color,
    config_option,
    language_option,
    project_config,
    verbosity_options,
)
from transpipe.commands.wording import counted
from transpipe.config import Config
from transpipe.documents.counterpart import SENTENCE, Page, find_counterparts, learn, take_apart
from transpipe.documents.keypaths import chooser
from transpipe.errors import TranspipeError
from transpipe.files import write_text, write_texts
from transpipe.locales import path_code
from transpipe.model import (
    AdoptedPage,
    Adoption,
    Alignment,
    Catalog,
    Document,
    Finding,
    Severity,
)
from transpipe.project import sources
from transpipe.project.adopted import format_record, read_record, record_path
from transpipe.project.handmade import authored, find_handmade, orphans, other_keys
from transpipe.project.pages import Rendered, rendered
from transpipe.project.progress import track
from transpipe.project.targets import Targets, find_targets, target_patterns
from transpipe.project.templates import segmented
from transpipe.reports import ADOPTIONS


@click.command()
@language_option
@click.option("--write", is_flag=True, help="Write the catalogs. Without it nothing is written.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(ADOPTIONS)),
    default="text",
    show_default=True,
    help="How to write the report; `html` shows both sides of each page next to each other.",
)
@click.option("--output", type=PATH, metavar="FILE", help="Write the report to a file.")
@config_option
@verbosity_options
def adopt(
    languages: tuple[Locale, ...],
    write: bool,
    format_: str,
    output: Path | None,
    config_file: Path | None,
    verbosity: int,
) -> int:
    """Take pages that were translated by hand into the catalogs.

    The pages are looked for where `render` would write them. Tells which text translates which,
    how sure that is, what has no counterpart, and what `render` would then change in the pages;
    with --write, the catalogs are written. A translation that is in a catalog already stays.
    Exit code 1 tells of pages that could not be adopted.
    """
    config = project_config(config_file)
    if config.is_sphinx_project:
        raise TranspipeError(
            "is a Sphinx project", "only trees of documents are adopted", path=config.source_dir
        )
    chosen = chosen_languages(config, languages)
    result = adopted(config, chosen)
    if write:
        write_texts(result.files.items())
    text = ADOPTIONS[format_](result.adoption)
    if output is not None:
        write_text(output, text)
    elif verbosity >= 0 or format_ != "text":
        click.echo(text, nl=False, color=color())
    if verbosity >= 0 and format_ == "text":
        click.echo(_said(result, write=write))
    return _exit_code(result.adoption)


@dataclass(frozen=True, slots=True)
class AdoptedSite:
    """What adopting gives, before anything is written."""

    adoption: Adoption
    files: Mapping[Path, str]
    """The files that change: templates, catalogs, and the record."""


def adopted(config: Config, languages: tuple[Locale, ...]) -> AdoptedSite:
    """Say what adopting a site gives; nothing is written.

    :raises TranspipeError: if a catalog, a record or a document cannot be read.
    """
    documents = sources.configured_documents(config)
    patterns = target_patterns(config, None, languages)
    targets = find_targets(documents, languages, patterns)
    found = find_handmade(config, documents, targets)
    folder = LocaleFolder(config.locale_dir, config.pot_dir)
    templates = {
        template.domain: template
        for template in segmented(config, documents, config.root, line_numbers=False)
    }
    files = dict(_template_files(folder, templates))
    earlier = read_record(record_path(config))
    digests = {code: dict(domains) for code, domains in earlier.items()}
    pages: list[AdoptedPage] = []
    refused: list[Finding] = []
    for locale in languages:
        pairs = [pair for pair in found.pairs if pair[1].source_language == locale]
        if pairs:
            work = _Language(config, locale, documents, templates, folder)
            known = earlier.get(path_code(locale), {})
            taken = work.take(pairs, found.rendered, known)
            digests[path_code(locale)] = {**known, **taken.digests}
            rendering = work.rendered(targets)
            pages += _pages(taken, rendering, targets, locale)
            refused += _refused(rendering)
            files |= work.files()
    if digests != earlier:
        files[record_path(config)] = format_record(digests)
    findings = (
        *found.findings,
        *refused,
        *orphans(documents, targets, languages, patterns),
    )
    keys = other_keys(found.pairs, chooser(config.settings.front_matter))
    return AdoptedSite(Adoption(tuple(pages), found.missing, findings, keys), files)


@dataclass(frozen=True, slots=True)
class _Taken:
    """What the pages of a language gave."""

    pages: tuple[tuple[Document, Document, Alignment, Adopted], ...]

    @property
    def digests(self) -> Mapping[str, frozenset[str]]:
        return {source.name: adopted.digests for source, _, _, adopted in self.pages}


class _Language:
    """The catalogs of a language on their way from what they are to what they become."""

    def __init__(
        self,
        config: Config,
        locale: Locale,
        documents: Sequence[Document],
        templates: Mapping[str, Catalog],
        folder: LocaleFolder,
    ) -> None:
        self.config = config
        self.locale = locale
        self.documents = documents
        self.folder = folder
        self.options = sources.options(config)
        self.before = folder.read_catalogs(locale)
        old = {domain: file.catalog for domain, file in self.before.items()}
        self.catalogs = dict(update_language(templates, old, locale, datetime.now(UTC)).catalogs)

    def take(
        self,
        pairs: Sequence[tuple[Document, Document]],
        rendered_pages: Collection[Path],
        earlier: Mapping[str, frozenset[str]],
    ) -> _Taken:
        """Put what pages say into the catalogs."""
        taken = []
        for source, page, alignment in _alignments(self.config, pairs, rendered_pages, self.locale):
            known = earlier.get(source.name, frozenset())
            adopted = adopt_pairs(self.catalogs[source.name], alignment.pairs, known)
            self.catalogs[source.name] = adopted.catalog
            taken.append((source, page, alignment, adopted))
        return _Taken(tuple(taken))

    def rendered(self, targets: Targets) -> Rendered:
        """Render all pages from the catalogs as they are now."""
        return rendered(
            self.config,
            self.documents,
            self.locale,
            self.catalogs,
            self.folder,
            targets,
            self.options,
        )

    def files(self) -> Mapping[Path, str]:
        """Give the catalogs that are not on disk as they should be."""
        return {
            self.folder.catalog_path(self.locale, domain): text
            for domain, catalog in self.catalogs.items()
            if (text := format_po(catalog, self.before.get(domain)))
            != (self.before[domain].text if domain in self.before else None)
        }


def _pages(
    taken: _Taken, rendering: Rendered, targets: Targets, locale: Locale
) -> Iterator[AdoptedPage]:
    texts = {page.path: page.text for page in rendering.pages}
    for source, page, alignment, adopted in taken.pages:
        # A page that would not be written at all stays as it is.
        text = texts.get(targets[source.name, locale], page.text)
        yield AdoptedPage(source, page, alignment, adopted.kept, text)


def _refused(rendering: Rendered) -> Iterator[Finding]:
    """Name the translations that would not be rendered."""
    for page in rendering.pages:
        for finding in page.findings:
            yield replace(finding, severity=Severity.WARNING)


def _template_files(
    folder: LocaleFolder, templates: Mapping[str, Catalog]
) -> Iterator[tuple[Path, str]]:
    known = set(folder.template_domains())
    old = folder.read_templates() if known else {}
    for domain, template in templates.items():
        before = old.get(domain)
        text = format_po(refresh(template, before.catalog if before else None), before)
        if before is None or before.text != text:
            yield folder.template_path(domain), text


def _alignments(
    config: Config,
    pairs: Sequence[tuple[Document, Document]],
    rendered_pages: Collection[Path],
    locale: Locale,
) -> Iterator[tuple[Document, Document, Alignment]]:
    """Align the pages of a language; what words go together is learnt from all of them first."""
    options = sources.options(config)
    apart: list[tuple[Page, Page]] = []
    for source, page in pairs:
        if page.path in rendered_pages:
            taken_apart = take_apart(page, options, authored(config, source, locale))
        else:
            taken_apart = take_apart(page, options)
        apart.append((take_apart(source, options), taken_apart))
    by_language: dict[Locale | None, list[tuple[Page, Page]]] = {}
    for ours, theirs in apart:
        by_language.setdefault(ours.document.source_language, []).append((ours, theirs))
    learnt = {language: learn(pages) for language, pages in by_language.items()}
    for ours, theirs in track(apart, f"aligning {path_code(locale)}"):
        vocabulary = learnt[ours.document.source_language]
        # What is the same on both pages was not translated, if `render` put it there.
        sentence = 1 if theirs.document.path in rendered_pages else SENTENCE
        alignment = find_counterparts(ours, theirs, vocabulary, sentence)
        yield ours.document, theirs.document, alignment


def _said(result: AdoptedSite, *, write: bool) -> str:
    if not result.files:
        return "The catalogs hold all of it already."
    files = counted(len(result.files), "file")
    if write:
        return f"{files} written."
    return f"Nothing is written yet: run it again with --write to write {files}."


def _exit_code(adoption: Adoption) -> int:
    return 1 if any(each.severity is Severity.ERROR for each in adoption.findings) else 0
