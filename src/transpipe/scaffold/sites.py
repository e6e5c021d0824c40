"""The kinds of site, each known by its files and by what its configuration says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from transpipe.scaffold import hints
from transpipe.scaffold.found import ProjectKind
from transpipe.scaffold.hints import Hints
from transpipe.scaffold.tree import MADE, MARKDOWN, TEXT, children, join, text_of, walk

_SPHINX_FOLDERS = ("docs", "doc", "docs/source", "doc/source", "source", "Doc", "Docs", ".")
_PLAIN_FOLDERS = ("docs", "doc", "documentation", "content", "blog", "posts")
_FORMATS = ("toml", "yaml", "yml", "json")
_SCRIPTS = ("mjs", "js", "ts", "mts", "cjs")


@dataclass(frozen=True, slots=True)
class Site:
    """A site's kind, the folder of its documents, and what its configuration says."""

    kind: ProjectKind
    source_dir: str
    hints: Hints


def sites(root: Path) -> Iterator[Site]:
    """Give the sites in a folder, the surest first."""
    yield from _sphinx(root, _SPHINX_FOLDERS)
    for folder in (".", *children(root)):
        yield from _hosts(root, folder)
    deep = (
        path.removesuffix("/conf.py") for path in walk(root, ("/conf.py",), depth=3, skipped=MADE)
    )
    yield from _sphinx(root, tuple(folder for folder in deep if folder not in _SPHINX_FOLDERS))


def _sphinx(root: Path, folders: tuple[str, ...]) -> Iterator[Site]:
    for folder in folders:
        path = root / folder / "conf.py"
        text = text_of(path)
        if path.is_file() and (hints.is_sphinx(text) or _has_index(root / folder)):
            yield Site(ProjectKind.SPHINX, folder, hints.sphinx_hints(text))


def _has_index(folder: Path) -> bool:
    return any((folder / f"index.{suffix}").is_file() for suffix in ("rst", "md", "txt"))


def _hosts(root: Path, folder: str) -> Iterator[Site]:
    for look in (_hugo, _astro, _gatsby):
        site = look(root, folder)
        if site:
            yield site


def _hugo(root: Path, folder: str) -> Site | None:
    base = root / folder
    named = [base / f"{stem}.{suffix}" for stem in ("hugo", "config") for suffix in _FORMATS]
    split = [
        base / "config" / "_default" / f"{stem}.{suffix}"
        for stem in ("hugo", "config", "languages")
        for suffix in _FORMATS
    ]
    files = [path for path in (*named, *split) if path.is_file()]
    if not files:
        return None
    said = hints.hugo_hints({path.relative_to(root).as_posix(): text_of(path) for path in files})
    content = join(folder, said.source_dir or "content")
    sure = any(path.stem == "hugo" for path in files)
    return Site(ProjectKind.HUGO, content, said) if sure or (root / content).is_dir() else None


def _astro(root: Path, folder: str) -> Site | None:
    config = _script(root / folder, "astro.config")
    if not config:
        return None
    content = join(folder, "src/content")
    docs = f"{content}/docs"
    where = docs if (root / docs).is_dir() else content
    return Site(ProjectKind.ASTRO, where, hints.javascript_hints(text_of(config)))


def _gatsby(root: Path, folder: str) -> Site | None:
    if not _script(root / folder, "gatsby-config"):
        return None
    places = (join(folder, name) for name in ("content", "blog", "posts", "src/pages", "docs"))
    where = next((place for place in places if _any_document(root / place)), folder)
    return Site(ProjectKind.GATSBY, where, Hints())


def _script(folder: Path, stem: str) -> Path | None:
    paths = (folder / f"{stem}.{suffix}" for suffix in _SCRIPTS)
    return next((path for path in paths if path.is_file()), None)


_BOOKS: Mapping[str, Callable[[str], Hints]] = {
    "mkdocs.yml": hints.mkdocs_hints,
    "mkdocs.yaml": hints.mkdocs_hints,
    "book.toml": hints.mdbook_hints,
    "docusaurus.config.js": hints.javascript_hints,
    "docusaurus.config.ts": hints.javascript_hints,
}


def plain(root: Path) -> Site:
    """Give the folder of documents of a repository that holds no site we know."""
    for name, read in _BOOKS.items():
        if (root / name).is_file():
            said = read(text_of(root / name))
            where = join(said.source_dir or "docs")
            if (root / where).is_dir():
                return Site(ProjectKind.PLAIN, where, said)
    places = (name for name in _PLAIN_FOLDERS if _any_document(root / name))
    return Site(ProjectKind.PLAIN, next(places, "."), Hints())


def _any_document(folder: Path) -> bool:
    return next(walk(folder, (*MARKDOWN, *TEXT)), None) is not None
