"""The documents that a verb works on: the configured ones, or those named on the command line."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, cast

from babel import Locale

from transpipe.config import Config
from transpipe.documents.discover import DocumentFile, discover, discover_data, from_paths
from transpipe.documents.formats import ELSEWHERE
from transpipe.documents.keypaths import chooser
from transpipe.documents.options import Options
from transpipe.documents.reading import read_data, read_document
from transpipe.documents.source_language import Rule, source_language
from transpipe.errors import ConfigError, DocumentError
from transpipe.model import Document
from transpipe.project.record import recorded


def options(config: Config) -> Options:
    """Give what the configuration says of segmentation.

    :raises ConfigError: if a path of keys is none.
    """
    markdown = cast(Literal["gfm", "myst"], config.settings.markdown)
    for paths in (config.settings.front_matter, *config.settings.data.values()):
        try:
            chooser(paths)
        except ValueError as problem:
            raise ConfigError(
                f"{str(problem)!r} is no path of keys",
                "write it as in 'title', 'params.hero.title' or 'social[].name'",
                path=config.file,
            ) from problem
    return Options(
        front_matter=config.settings.front_matter,
        data=tuple(config.settings.data.items()),
        code_comments=config.settings.code_comments and not config.is_sphinx_project,
        shortcodes=config.settings.shortcodes,
        markdown="myst" if config.is_sphinx_project else markdown,
    )


def configured_documents(config: Config) -> tuple[Document, ...]:
    """Read the documents of the project.

    :raises DocumentError: if the folder is missing or empty, or a document cannot be read.
    """
    settings = config.settings
    # What is made from documents is no document, where the source folder is the whole project.
    made = tuple(
        f"{folder.relative_to(config.source_dir).as_posix()}/**"
        for folder in (config.build_dir, config.locale_dir)
        if config.source_dir in folder.parents
    )
    is_rendered = recorded(config)
    files = tuple(
        file
        for file in discover(
            config.source_dir, settings.include, (*settings.exclude, *made), tuple(settings.formats)
        )
        if not is_rendered(file.path)
    )
    if not files and not settings.data:
        raise DocumentError(
            "holds no documents",
            "check source_dir, include and exclude in the configuration",
            path=config.source_dir,
        )
    return (*_read(config, files), *_data_files(config, is_rendered))


def _data_files(config: Config, is_rendered: Callable[[Path], bool]) -> Iterator[Document]:
    for file in discover_data(config.root, tuple(config.settings.data)):
        if not is_rendered(file.path):
            yield read_data(
                file,
                config.source_language,
                source_languages=config.source_languages,
                known=_known_languages(config),
            )


def named_documents(config: Config, paths: Sequence[Path]) -> tuple[Document, ...]:
    """Read the documents at paths: files, or folders that names are relative to.

    :raises DocumentError: if a path is missing, all are empty, or a document cannot be read.
    """
    files = from_paths(paths)
    if not files:
        raise DocumentError("holds no documents", "give files or folders of them", path=paths[0])
    return _read(config, files)


def apart(documents: Iterable[Document]) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    """Part the documents that are taken apart here from those that only Sphinx reads.

    :returns: the first, and a sentence about each of the second.
    :raises DocumentError: if there are none of the first.
    """
    here: list[Document] = []
    left_out: list[Document] = []
    for document in documents:
        (left_out if document.format in ELSEWHERE else here).append(document)
    if not here and left_out:
        reason = ELSEWHERE[left_out[0].format].reason
        raise DocumentError(reason, _SPHINX_IT, path=left_out[0].path)
    sentences = (f"{page.path}: {ELSEWHERE[page.format].reason}: left out" for page in left_out)
    return tuple(here), (*sentences, *((_SPHINX_IT.capitalize(),) if left_out else ()))


_SPHINX_IT = "to take it in, make the folder a Sphinx project: give it a conf.py"


def language_rule(config: Config, document: Document) -> Rule:
    """Tell which rule decided the language of a document."""
    _, rule = source_language(
        document.name + document.path.suffix,
        document.text if document.format == "markdown" else "",
        config.source_languages,
        config.source_language,
        document.path,
        _known_languages(config),
    )
    return rule


def _read(config: Config, files: Iterable[DocumentFile]) -> tuple[Document, ...]:
    return tuple(
        read_document(
            file,
            config.source_language,
            formats=tuple(config.settings.formats.items()),
            source_languages=config.source_languages,
            flavours=_flavours(config),
            known=_known_languages(config),
        )
        for file in files
    )


def _flavours(config: Config) -> tuple[tuple[str, str], ...]:
    """Give the flavour of documents by glob; in a Sphinx project there is no other host."""
    if config.is_sphinx_project:
        return ()
    return (*config.settings.flavours.items(), ("**", config.settings.flavour))


def _known_languages(config: Config) -> frozenset[Locale] | None:
    """Give the languages that a file name may tell: ``vue.ts.md`` is seldom in Tsonga."""
    if config.file is None:
        return None
    named = (config.source_language, *(locale for _, locale in config.source_languages))
    return frozenset((*config.languages, *(locale for locale in named if locale)))


def reference(path: Path, root: Path) -> str:
    """Give the path by which catalogs refer to a document: as seen from the project's folder."""
    return Path(os.path.relpath(path, root)).as_posix()
