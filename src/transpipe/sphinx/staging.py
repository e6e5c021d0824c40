"""A tree of documents without conf.py, laid out so that Sphinx can build it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel import Locale

from transpipe.errors import SiteError
from transpipe.files import write_text
from transpipe.sphinx.copying import copy_whole, is_copy
from transpipe.sphinx.project import SphinxProject

CONF_DIR = Path(__file__).parent / "site"
INDEX = "index"
SUFFIXES: Mapping[str, str] = {"markdown": ".md", "rest": ".rst", "text": ".txt"}
"""By format: what a document is called in the staged tree, whatever it was called before."""
TOCTREE = re.compile(r"^\s*(?:[`:]{3,}\s*\{toctree\}|\.\. toctree::)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class StagedDocument:
    """A document to build: what is needed of a :class:`transpipe.model.Document`."""

    name: str
    path: Path
    format: str
    text: str


def blank_line_paragraphs(text: str) -> Iterable[str]:
    """Part a text at its blank lines."""
    return re.split(r"\n(?:[^\S\n]*\n)+", text.strip("\n"))


def stage(
    documents: Iterable[StagedDocument],
    folder: Path,
    *,
    title: str,
    source_language: Locale,
    source_languages: tuple[tuple[str, Locale], ...] = (),
    front_matter: tuple[str, ...] = ("title", "description", "summary"),
    assets: Iterable[tuple[str, Path]] = (),
    paragraphs: Callable[[str], Iterable[str]] = blank_line_paragraphs,
) -> SphinxProject:
    """Lay out documents as a project that Sphinx builds with the packaged conf.py.

    A document keeps its name, hence its catalog and its address, and takes the suffix of its
    format. Where no document is the index, one is written that lists them all. Files that hold
    what they should are not touched; what is left from documents that are gone is removed.

    :param folder: ours alone: the tree goes to its ``source``, Sphinx's memory to ``sphinx``.
    :param title: the name of the site.
    :param front_matter: the keys of the front matter whose texts are messages.
    :param assets: images and other files that pages refer to, by their path in the tree.
    :param paragraphs: parts a plain text into its paragraphs, each of which is a message.
    :raises SiteError: if two documents have one name, a format is unknown, or a file cannot be
        read or written.
    """
    source = folder / "source"
    staged: dict[str, StagedDocument] = {}
    for document in documents:
        _check(document, staged)
        staged[document.name] = document
    texts = {
        document.name + SUFFIXES[document.format]: _text(document, paragraphs)
        for document in staged.values()
    }
    generated = _add_index(texts, staged, title)
    wanted = {source / name for name in texts}
    for name, text in texts.items():
        write_text(source / name, text, SiteError)
    for name, path in assets:
        _copy(path, source / name)
        wanted.add(source / name)
    for path in [path for path in source.rglob("*") if path.is_file() and path not in wanted]:
        path.unlink()
    return SphinxProject(
        source_dir=source,
        conf_dir=CONF_DIR,
        doctree_dir=folder / "sphinx",
        source_language=source_language,
        source_languages=source_languages,
        front_matter=front_matter,
        title=title,
        generated=generated,
        originals=tuple(
            (source / (document.name + SUFFIXES[document.format]), document.path)
            for document in staged.values()
        ),
    )


def _check(document: StagedDocument, staged: Mapping[str, StagedDocument]) -> None:
    if document.format not in SUFFIXES:
        known = ", ".join(sorted(SUFFIXES))
        raise SiteError(
            f"no site can be made of the format {document.format!r}",
            f"leave it out, or give it one of {known}",
            path=document.path,
        )
    if document.name in staged:
        raise SiteError(
            f"has the name of {staged[document.name].path} but for the suffix",
            "rename one of them",
            path=document.path,
        )


def _text(document: StagedDocument, paragraphs: Callable[[str], Iterable[str]]) -> str:
    text = document.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if document.format == "text":
        return "\n\n".join(part.strip("\n") for part in paragraphs(text)) + "\n"
    return text


def _add_index(
    texts: dict[str, str], staged: Mapping[str, StagedDocument], title: str
) -> tuple[str, ...]:
    others = sorted(name for name in staged if name != INDEX)
    index = staged.get(INDEX)
    if index is None:
        heading = re.sub(r"([\\`*_{}\[\]()<>#!|~])", r"\\\1", " ".join(title.split()))
        texts[f"{INDEX}.md"] = f"# {heading}\n\n{_toctree(others, ':caption: Documents')}"
        return (INDEX,)
    if index.format == "markdown" and others and not TOCTREE.search(index.text):
        # Out of sight, as the document has its own words: for navigation and next/previous.
        texts[f"{INDEX}.md"] += f"\n\n{_toctree(others, ':hidden:')}"
    return ()


def _toctree(names: Iterable[str], option: str) -> str:
    entries = "\n".join(map(_entry, names))
    return f"```{{toctree}}\n{option}\n:glob:\n:maxdepth: 1\n\n{entries}\n```\n"


def _entry(name: str) -> str:
    """Give the glob that matches one name, where the name itself would be read differently.

    Sphinx takes ``title <name>`` apart, and a suffix off, of what is no glob.
    """
    special = {"*": "[*]", "?": "[?]", "[": "[[]"}
    entry = "".join(special.get(char, char) for char in name)
    if name.endswith((">", " ", *SUFFIXES.values())):
        entry = f"{entry[:-1]}[{name[-1]}]"
    # What no line can hold matches as any character.
    return "/" + re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", "?", entry)


def _copy(path: Path, target: Path) -> None:
    try:
        if not is_copy(target, path):
            copy_whole(path, target)
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise SiteError(
            f"cannot be copied ({reason})", "check the path and its permissions", path=path
        ) from problem
