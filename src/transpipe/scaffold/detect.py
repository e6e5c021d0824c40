"""What is there in somebody's repository: looked at, never run and never changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from babel import Locale

from transpipe.errors import TranspipeError
from transpipe.scaffold.found import Found, Layout, ProjectKind
from transpipe.scaffold.hints import Hints, sphinx_hints
from transpipe.scaffold.names import folder_parts, language_of, pages, sibling_parts, split_name
from transpipe.scaffold.sites import Site, plain, sites
from transpipe.scaffold.tree import (
    INSTALLED,
    MADE,
    MARKDOWN,
    NOT_DOCUMENTS,
    TEXT,
    catalogs,
    domains,
    equal,
    join,
    text_of,
    walk,
)

_REQUIREMENTS = ("requirements.txt", "requirements-docs.txt")


def detect(root: Path, source_dir: str | None = None, locale_dir: str | None = None) -> Found:
    """Find out what a repository holds.

    :param source_dir: the folder of documents, where the user names it, below ``root``.
    :param locale_dir: the folder of catalogs, the same way; it need not be there.
    :raises TranspipeError: if the folder of documents is not there.
    """
    if source_dir is None:
        return _found(root, next(sites(root), None) or plain(root), locale_dir)
    where = join(source_dir)
    if not (root / where).is_dir():
        raise TranspipeError("is no folder", "give the folder of documents", path=where)
    return _in_folder(root, where, locale_dir)


def _in_folder(root: Path, where: str, locale_dir: str | None) -> Found:
    """Look at one folder of documents, with what the site around it says."""
    around = next((site for site in sites(root) if _holds(site, where)), None)
    if around is None and (root / where / "conf.py").is_file():
        said = sphinx_hints(text_of(root / where / "conf.py"))
        around = Site(ProjectKind.SPHINX, where, said)
    site = around or Site(ProjectKind.PLAIN, where, Hints())
    parent, _, last = where.rpartition("/")
    language = language_of(last)
    if language and site.kind is not ProjectKind.SPHINX:
        # One language's folder among others: they are one tree.
        found = _found(root, replace(site, source_dir=parent or "."), locale_dir)
        if found.layout is Layout.FOLDERS and last in found.language_parts:
            return replace(found, source_language=language)
    return _found(root, replace(site, source_dir=where), locale_dir)


def _holds(site: Site, where: str) -> bool:
    if site.kind is ProjectKind.SPHINX:
        return site.source_dir == where
    return site.source_dir == "." or f"{where}/".startswith(f"{site.source_dir}/")


# ---- what a site's folder holds


def _found(root: Path, site: Site, locale_dir: str | None) -> Found:
    if site.kind is ProjectKind.SPHINX:
        return _sphinx_found(root, site, locale_dir)
    whole = site.source_dir == "."
    skipped = MADE if whole else INSTALLED
    markdown = tuple(walk(root / site.source_dir, MARKDOWN, skipped=skipped))
    texts = tuple(walk(root / site.source_dir, TEXT, skipped=skipped))
    documents = markdown or texts
    tree = _Tree.of(documents, site.hints.languages)
    names = {split_name(path)[0][0] for path in documents}
    if tree.folders:  # catalogs know a page without its language's folder
        names |= {name.partition("/")[2] for name in names}
    held = catalogs(root, site.source_dir, locale_dir, frozenset(names))
    source = site.hints.source_language or _likely_source(root / site.source_dir, tree)
    seen = (*held.languages, *tree.languages, *site.hints.languages)
    flavour = _flavour(root, site)
    return Found(
        kind=site.kind,
        source_dir=site.source_dir,
        documents=documents,
        source_language=source,
        languages=tuple(dict.fromkeys(seen)),
        locale_dir=held.folder,
        layout=_layout(root, site, tree, flavour),
        language_parts=tree.siblings or tree.folders,
        exclude=tuple(_exclude(root, site, texts=not markdown)),
        flavour=flavour,
        heading_ids=_heading_ids(root, site, flavour),
        data=tuple(_data(root, site)),
        notes=_notes(root, site, markdown, texts),
    )


_FLAVOUR_OF_KIND = {ProjectKind.HUGO: "hugo", ProjectKind.ASTRO: "astro"}
_FLAVOUR_OF_FILE = {
    "mkdocs.yml": "mkdocs",
    "mkdocs.yaml": "mkdocs",
    "docusaurus.config.js": "docusaurus",
    "docusaurus.config.mjs": "docusaurus",
    "docusaurus.config.ts": "docusaurus",
    "_config.yml": "jekyll",
    ".eleventy.js": "jinja",
    "eleventy.config.js": "jinja",
    "eleventy.config.mjs": "jinja",
    "pelicanconf.py": "jinja",
}


def _flavour(root: Path, site: Site) -> str:
    """Guess whose syntax is in the documents: by the site, or a configuration above them."""
    if site.kind in _FLAVOUR_OF_KIND:
        return _FLAVOUR_OF_KIND[site.kind]
    folder = root / site.source_dir
    places = [
        place for place in (folder, *folder.parents) if place == root or root in place.parents
    ]
    for place in places:
        for name, flavour in _FLAVOUR_OF_FILE.items():
            if (place / name).is_file():
                return flavour
    return "none"


def _exclude(root: Path, site: Site, *, texts: bool) -> Iterator[str]:
    folder = root / site.source_dir
    if site.source_dir == ".":
        yield from (f"{name}/**" for name in sorted(MADE - INSTALLED) if (root / name).is_dir())
    if texts:
        there = (name for name in sorted(NOT_DOCUMENTS) if any(folder.rglob(name)))
        yield from (f"**/{name}" for name in there)


@dataclass(frozen=True, slots=True)
class _Tree:
    """Documents, and the languages in their paths: in names or in folders, not both."""

    documents: tuple[str, ...]
    siblings: tuple[str, ...]
    folders: tuple[str, ...]

    @classmethod
    def of(cls, documents: tuple[str, ...], declared: tuple[Locale, ...]) -> _Tree:
        siblings = sibling_parts(documents, declared)
        return cls(documents, siblings, () if siblings else folder_parts(documents, declared))

    @property
    def languages(self) -> tuple[Locale, ...]:
        read = (language_of(part) for part in self.siblings or self.folders)
        return tuple(locale for locale in read if locale)

    @property
    def has_unmarked(self) -> bool:
        """Whether there are documents whose path names no language."""
        if self.siblings:
            return any(split_name(path)[1] not in self.siblings for path in self.documents)
        return any(path.partition("/")[0] not in self.folders for path in self.documents)


def _sphinx_found(root: Path, site: Site, locale_dir: str | None) -> Found:
    documents = (path for path in walk(root / site.source_dir, (".rst", *MARKDOWN, *TEXT)))
    names = {path.rpartition(".")[0] for path in documents}
    said = site.hints.locale_dir
    declared = join(site.source_dir, said) if said and not said.startswith("/") else None
    # Catalogs may be one a folder: that is what ``gettext_compact`` makes.
    compact = {name.partition("/")[0] for name in names}
    if isinstance(site.hints.gettext_compact, str):
        compact.add(site.hints.gettext_compact)
    held = catalogs(root, site.source_dir, locale_dir or declared, frozenset(names | compact))
    return Found(
        kind=site.kind,
        source_dir=site.source_dir,
        source_language=site.hints.source_language,
        languages=held.languages,
        locale_dir=held.folder,
        gettext_compact=_compaction(root / held.folder, names, site.hints.gettext_compact),
        requirements=requirements(root, site.source_dir),
    )


def _compaction(folder: Path, names: Iterable[str], said: bool | str | None) -> bool | str:
    """Tell how documents share the catalogs that are there: as conf.py says, if it is true.

    Where there are none yet, each document has its own.
    """
    held = frozenset(domains(folder)) if folder.is_dir() else frozenset()
    if isinstance(said, str):
        return said if said in held else False
    nested = frozenset(name for name in names if "/" in name)
    shared = frozenset(name.partition("/")[0] for name in nested)
    return bool(said and held & shared and not held & nested)


def requirements(root: Path, source_dir: str) -> str | None:
    """Give the file beside the documents, or above, that names what they need to be built."""
    above = join(source_dir, "..")
    bases = (source_dir, *(() if above.startswith("..") else (above,)))
    paths = dict.fromkeys(join(base, name) for base in bases for name in _REQUIREMENTS)
    return next((path for path in paths if (root / path).is_file()), None)


def _layout(root: Path, site: Site, tree: _Tree, flavour: str) -> Layout:
    if tree.siblings:
        return Layout.SIBLINGS
    if tree.folders:
        return Layout.FOLDERS
    if site.kind is ProjectKind.HUGO:
        return Layout.SIBLINGS
    if flavour == "docusaurus":
        return Layout.DOCUSAURUS
    plugin = _mkdocs(root, site) if flavour == "mkdocs" else ""
    if re.search(r"^\s*-\s*i18n\b", plugin, re.MULTILINE):
        in_folders = re.search(r"\bdocs_structure\s*:\s*[\"']?folder\b", plugin)
        return Layout.FOLDERS if in_folders else Layout.SIBLINGS
    return Layout.FOLDERS if _is_starlight(site) else Layout.APART


def _is_starlight(site: Site) -> bool:
    return site.kind is ProjectKind.ASTRO and "/src/content/docs/" in f"/{site.source_dir}/"


def _mkdocs(root: Path, site: Site) -> str:
    """Give the text of the configuration above the documents."""
    names = ("mkdocs.yml", "mkdocs.yaml")
    places = (root / folder / name for folder in _above(site) for name in names)
    return next((text_of(place) for place in places if place.is_file()), "")


def _above(site: Site) -> tuple[str, ...]:
    """Give the folder of documents and those above it, up to the repository's."""
    parts = [] if site.source_dir == "." else site.source_dir.split("/")
    return tuple("/".join(parts[:count]) or "." for count in range(len(parts), -1, -1))


def _heading_ids(root: Path, site: Site, flavour: str) -> str:
    if flavour == "mkdocs":
        # Without this extension, an id behind a heading is shown to the reader.
        return "mkdocs" if re.search(r"\battr_list\b", _mkdocs(root, site)) else ""
    if _is_starlight(site):
        return "starlight"
    return flavour if flavour in ("hugo", "docusaurus") else ""


def _data(root: Path, site: Site) -> Iterator[str]:
    """Give the files of texts of a Hugo site that name a language."""
    if site.kind is not ProjectKind.HUGO:
        return
    for folder in _above(site)[1:]:
        for place, stem in (("i18n", r""), ("config/_default", r"menus?\.")):
            where = join(folder, place)
            for path in sorted((root / where).glob("*")):
                match = re.fullmatch(rf"{stem}([\w-]+)\.(?:yaml|yml|toml|json)", path.name)
                if match and language_of(match[1]):
                    yield f"{where}/{path.name}"


def _likely_source(folder: Path, tree: _Tree) -> Locale | None:
    """Guess from a tree with translations: the version that unmarked documents are copies of.

    Else English, where either a part of the tree is marked English or a part is not marked at
    all. Where both are, nothing tells what language the unmarked documents are in.
    """
    if not tree.languages:
        return None
    copies = _copies(folder, tree)
    best = max(copies, key=lambda part: copies[part], default=None)
    if best and copies[best]:
        return language_of(best)
    english = Locale("en")
    return english if (english in tree.languages) != tree.has_unmarked else None


def _copies(folder: Path, tree: _Tree) -> dict[str, int]:
    """Count the unmarked documents that equal, byte for byte, their sibling in a language."""
    copies = dict.fromkeys(tree.siblings, 0)
    for versions in pages(tree.documents).values():
        if "" in versions:
            for part in versions.keys() & copies.keys():
                copies[part] += equal(folder / versions[""], folder / versions[part])
    return copies


def _notes(
    root: Path, site: Site, markdown: tuple[str, ...], texts: tuple[str, ...]
) -> tuple[str, ...]:
    notes = []
    if not markdown and not texts:
        notes.append(f"no Markdown or text files in {site.source_dir} yet")
    if markdown and texts:
        notes.append(f"{len(texts)} .txt files are left out: add '**/*.txt' to 'include'")
    return tuple(notes)
