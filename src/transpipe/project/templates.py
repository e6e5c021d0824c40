"""From the documents of a project to its templates, by the route that its kind asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from transpipe.catalogs.pofile import read_po
from transpipe.catalogs.template import (
    make_template,
    segment_messages,
    with_references,
    without_line,
)
from transpipe.config import Config
from transpipe.documents.formats import segments
from transpipe.errors import ConfigError
from transpipe.model import Catalog, Document, Message, Segment, SegmentKind
from transpipe.project import sites, sources
from transpipe.project.progress import track
from transpipe.project.templatememory import TemplateMemory
from transpipe.sphinx.runs import extract_templates

SITE_DOMAIN = "sphinx"
"""The domain of the strings in a project's own page templates, as Sphinx has it. Other names
that are no documents of ours are left out by the configuration."""


def segmented(
    config: Config, documents: Iterable[Document], root: Path, *, line_numbers: bool
) -> tuple[Catalog, ...]:
    """Make the templates of documents that are taken apart here.

    :param root: the folder that references are relative to.
    :param line_numbers: whether references hold the line.
    :raises DocumentError: if a document cannot be taken apart.
    :raises ConfigError: if documents are to share catalogs, which only Sphinx knows.
    """
    if config.settings.gettext_compact:
        raise ConfigError(
            "'gettext_compact' is for Sphinx projects only", "remove it", path=config.file
        )
    options = sources.options(config)
    now = datetime.now(UTC)
    return tuple(
        make_template(
            document.name,
            _messages(
                segments(document, options),
                sources.reference(document.path, root),
                line_numbers=line_numbers,
            ),
            document.source_language,
            now,
        )
        for document in track(documents, "segmenting")
    )


def from_sphinx(
    config: Config, documents: Iterable[Document], memory: TemplateMemory, *, line_numbers: bool
) -> tuple[Catalog, ...]:
    """Make the templates of a Sphinx project: what its gettext builder writes is the truth.

    Front matter, which the builder leaves out, comes first in each template.

    :param memory: of templates that need not be made: these are left out.
    :raises SiteError: if Sphinx cannot read the project.
    :raises DocumentError: if the front matter of a document is not valid.
    """
    now = datetime.now(UTC)
    by_name = {document.name: document for document in documents}
    project = sites.sphinx_project(config, by_name.values())
    pots = sites.gettext_dir(config)
    groups: dict[str, list[tuple[str, Path]]] = defaultdict(list)
    for name, pot in extract_templates(project, pots):
        if name in by_name:
            groups[config.domain_of(name)].append((name, pot))
        elif name == SITE_DOMAIN:
            groups[name].append((name, pot))
    templates = []
    for domain, group in groups.items():
        parts = (part for name, pot in group for part in _inputs(config, by_name, name, pot))
        if not memory.knows(domain, (b"lines" if line_numbers else b"", *parts)):
            templates += [
                _template(config, by_name.get(name), name, pot, now, line_numbers=line_numbers)
                for name, pot in group
            ]
    return tuple(_shared(config, templates, by_name, now))


def _inputs(
    config: Config, documents: Mapping[str, Document], name: str, pot: Path
) -> Iterator[bytes]:
    """Give all that a document's part of a template follows from."""
    yield pot.read_bytes()
    document = documents.get(name)
    settings = (sources.options(config), config.root, pot, config.source_language)
    # Sphinx's messages are all there is of a document that is taken apart by Sphinx alone.
    text = document.text if document is not None and document.format == "markdown" else ""
    described = (document.path, document.source_language) if document is not None else ()
    yield f"{name}\0{settings}\0{described}\0{text}".encode("utf-8", "surrogatepass")


def _template(
    config: Config,
    document: Document | None,
    name: str,
    pot: Path,
    now: datetime,
    *,
    line_numbers: bool,
) -> Catalog:
    body = with_references(
        read_po(pot, name).catalog.messages,
        partial(_relocated, sites.gettext_dir(config), config.root, line_numbers=line_numbers),
    )
    if document is None:
        return make_template(name, body, config.source_language, now)
    ours = _own_segments(config, document)
    front_matter = _messages(
        (segment for segment in ours if segment.kind is SegmentKind.FRONT_MATTER),
        sources.reference(document.path, config.root),
        line_numbers=line_numbers,
    )
    messages = (*front_matter, *_commented(body, ours))
    return make_template(name, messages, document.source_language, now)


def _shared(
    config: Config,
    templates: Iterable[Catalog],
    documents: Mapping[str, Document],
    now: datetime,
) -> Iterator[Catalog]:
    """Join the templates of documents that share a catalog.

    :raises ConfigError: if such documents are written in several languages.
    """
    groups: dict[str, list[Catalog]] = defaultdict(list)
    for template in templates:
        name = template.domain
        groups[config.domain_of(name) if name in documents else name].append(template)
    for domain, group in groups.items():
        if [template.domain for template in group] == [domain]:
            yield group[0]
            continue
        names = [template.domain for template in group if template.domain in documents]
        languages = {documents[name].source_language for name in names}
        if len(languages) > 1:
            raise ConfigError(
                f"the documents of the catalog {domain!r} are in several languages",
                "set 'gettext_compact' to false",
                path=config.file,
            )
        messages = (message for template in group for message in template.messages)
        yield make_template(domain, messages, next(iter(languages), config.source_language), now)


def _messages(found: Iterable[Segment], reference: str, *, line_numbers: bool) -> Iterator[Message]:
    for segment in found:
        place = f"{reference}:{segment.line}" if line_numbers else reference
        yield from segment_messages((segment,), place)


def _own_segments(config: Config, document: Document) -> tuple[Segment, ...]:
    """Give what we ourselves see in a document of a Sphinx project."""
    return segments(document, sources.options(config)) if document.format == "markdown" else ()


def _commented(messages: Iterable[Message], ours: Iterable[Segment]) -> Iterator[Message]:
    """Add to Sphinx's messages what is to be said of them to translators."""
    comments = {segment.msgid: segment.comment for segment in ours if segment.comment}
    for message in messages:
        comment = comments.get(message.msgid)
        said = (*message.extracted_comments, comment) if comment else message.extracted_comments
        yield replace(message, extracted_comments=said)


def _relocated(folder: Path, root: Path, reference: str, *, line_numbers: bool) -> str:
    path = without_line(reference)
    return sources.reference(folder / path, root) + (reference[len(path) :] if line_numbers else "")
