"""What Sphinx is given to build: the project's own source folder, or a staged tree of documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from babel import Locale

from transpipe.config import Config
from transpipe.documents.formats import segments
from transpipe.locales import parse_locale
from transpipe.model import Document
from transpipe.project import sources
from transpipe.sphinx.project import SphinxProject
from transpipe.sphinx.staging import StagedDocument, stage

ASSETS = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".pdf", ".png", ".svg", ".webp"})
"""Files beside documents that pages show or offer."""


def gettext_dir(config: Config) -> Path:
    """Give the folder for what the gettext builder writes."""
    return config.build_dir / "transpipe" / "gettext"


def sphinx_project(config: Config, documents: Iterable[Document]) -> SphinxProject:
    """Describe the project for Sphinx; a tree without a conf.py is staged for it first.

    :raises SiteError: if the tree cannot be staged.
    """
    if config.is_sphinx_project:
        return SphinxProject(
            source_dir=config.source_dir,
            conf_dir=config.source_dir,
            doctree_dir=config.build_dir / "transpipe" / "sphinx",
            source_language=_language(config),
            source_languages=_source_languages(config, documents),
            front_matter=config.settings.front_matter,
            gettext_compact=config.settings.gettext_compact,
        )
    documents = tuple(documents)
    return stage(
        (
            StagedDocument(document.name, document.path, document.format, document.text)
            for document in documents
        ),
        config.build_dir / "transpipe",
        title=config.root.resolve().name,
        source_language=_language(config),
        source_languages=_source_languages(config, documents),
        front_matter=config.settings.front_matter,
        assets=_assets(config),
        paragraphs=lambda text: _paragraphs(config, text),
    )


def _language(config: Config) -> Locale:
    return config.source_language or parse_locale(config.settings.source_language)


def _source_languages(
    config: Config, documents: Iterable[Document]
) -> tuple[tuple[str, Locale], ...]:
    """Say which documents are not in the project's language, each by its name."""
    return tuple(
        (document.name, document.source_language)
        for document in documents
        if document.source_language and document.source_language != _language(config)
    )


def _paragraphs(config: Config, text: str) -> list[str]:
    document = Document("", Path(), text, "text", config.source_language)
    return [segment.msgid for segment in segments(document, sources.options(config))]


def _assets(config: Config) -> Iterator[tuple[str, Path]]:
    for path in sorted(config.source_dir.rglob("*")):
        relative = path.relative_to(config.source_dir)
        hidden = any(part.startswith(".") for part in relative.parts)
        generated = config.build_dir in path.parents or config.locale_dir in path.parents
        if path.suffix.lower() in ASSETS and path.is_file() and not hidden and not generated:
            yield relative.as_posix(), path
