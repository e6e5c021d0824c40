"""The catalogs of a project in its git history, for a report: staleness, changes and progress."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from babel import Locale

from transpipe.catalogs.comparison import Pair, compare
from transpipe.catalogs.completeness import Documents, completeness, documents_in
from transpipe.catalogs.counting import CountedCatalog, count_catalog, count_po, key_of
from transpipe.catalogs.layout import MESSAGES_FOLDER, LocaleFolder
from transpipe.catalogs.pofile import parse_po
from transpipe.catalogs.staleness import Version, staleness, with_commits
from transpipe.errors import CatalogError
from transpipe.files import decoded
from transpipe.history.git import Commit, Repository
from transpipe.locales import find_locale, path_code
from transpipe.model import (
    Completeness,
    LanguageChange,
    LanguageCompleteness,
    Revision,
    Snapshot,
    State,
)
from transpipe.project.completeness import Counted, Wanted, adjusted, count


@dataclass(frozen=True, slots=True)
class Catalogs:
    """What there was at a revision."""

    templates: Mapping[str, CountedCatalog]
    """By domain."""
    of: Mapping[Locale, Mapping[str, CountedCatalog]]
    """The catalogs of each language, by domain."""
    unreadable: Mapping[Locale, frozenset[str]]
    """The domains whose catalog was broken."""


SNAPSHOTS = 40
"""At how many commits a history is looked at, at most."""


# -------------------------------------------------------------------------------- against


def changes(
    folder: LocaleFolder, languages: tuple[Locale, ...], wanted: Wanted, name: str
) -> tuple[LanguageChange, ...]:
    """Say what changed in each language since a revision, which is not checked out.

    Only what can be counted alike then and now is looked at: checks are of now alone.

    :raises TranspipeError: if there is no git repository or no such revision.
    """
    repository = Repository.around(folder.root)
    revision = repository.revision(name)
    then = _catalogs_at(repository, revision, folder, {})
    alike = Wanted(names=wanted.names)
    counted = count(folder, languages, alike)
    before = {
        locale: adjusted(locale, documents, alike)[1]
        for locale, documents in documents_in(languages, then.templates, then.of).items()
    }
    # What cannot be read has neither fallen nor risen: that of now is named elsewhere.
    unreadable = {
        locale: {*counted.catalogs[locale].findings, *then.unreadable.get(locale, ())}
        for locale in languages
    }
    return tuple(
        replace(
            compare(
                locale,
                (
                    Pair(before[locale].get(document), counted.documents[locale].get(document))
                    for document in {**before[locale], **counted.documents[locale]}
                    if document not in unreadable[locale]
                ),
            ),
            partial=bool(unreadable[locale]),
        )
        for locale in languages
    )


def _catalogs_at(
    repository: Repository,
    revision: Revision,
    folder: LocaleFolder,
    known: dict[str, CountedCatalog | None],
) -> Catalogs:
    """Count the templates and catalogs of a revision.

    :param known: what blobs hold that were counted before; filled in.
    """
    pots = repository.files(revision, folder.templates, ".pot")
    pos = repository.files(revision, folder.root, ".po")
    new = [blob for blob in dict.fromkeys((*pots.values(), *pos.values())) if blob not in known]
    for blob, data in zip(new, repository.contents(new), strict=True):
        known[blob] = _counted(data)
    templates = {
        path.removesuffix(".pot"): found for path, blob in pots.items() if (found := known[blob])
    }
    catalogs: dict[Locale, dict[str, CountedCatalog]] = {}
    unreadable: dict[Locale, frozenset[str]] = {}
    for path, blob in pos.items():
        code, middle, name = (*path.split("/", 2), "", "")[:3]
        locale = find_locale(code) if middle == MESSAGES_FOLDER else None
        if locale is None:
            continue
        domain, found = name.removesuffix(".po"), known[blob]
        if found is None:
            unreadable[locale] = unreadable.get(locale, frozenset()) | {domain}
        else:
            catalogs.setdefault(locale, {})[domain] = found
    return Catalogs(templates, catalogs, unreadable)


def _counted(data: bytes) -> CountedCatalog | None:
    try:
        return count_po(Path(), data)
    except CatalogError:
        return None


# -------------------------------------------------------------------------------- history


def history(folder: LocaleFolder, languages: tuple[Locale, ...]) -> tuple[Snapshot, ...]:
    """Say how complete languages were at the commits that changed catalogs, the oldest first.

    Of many commits, some are taken, evenly, the first and the last among them.

    :raises TranspipeError: if there is no git repository.
    """
    repository = Repository.around(folder.root)
    paths = [path for path in (folder.root, folder.templates) if path.is_dir()]
    commits = list(repository.log(paths))[::-1]
    if len(commits) > SNAPSHOTS:
        last = len(commits) - 1
        commits = [commits[number * last // (SNAPSHOTS - 1)] for number in range(SNAPSHOTS)]
    known: dict[str, CountedCatalog | None] = {}
    return tuple(_snapshots(repository, commits, folder, languages, known))


def _snapshots(
    repository: Repository,
    commits: list[Commit],
    folder: LocaleFolder,
    languages: tuple[Locale, ...],
    known: dict[str, CountedCatalog | None],
) -> Iterator[Snapshot]:
    for commit in commits:
        then = _catalogs_at(repository, commit.revision, folder, known)
        # With a broken catalog, nobody knows how complete a language was.
        known_languages = [locale for locale in languages if locale not in then.unreadable]
        result = completeness(documents_in(known_languages, then.templates, then.of))
        if any(language.tally.messages.total for language in result.languages):
            yield Snapshot(
                commit.revision.date,
                {path_code(one.locale): one.tally for one in result.languages},
            )


# -------------------------------------------------------------------------------- staleness


def with_staleness(
    result: Completeness, counted: Counted, sources: Mapping[str, Path]
) -> Completeness:
    """Add to each document that is not complete how long it has been so.

    :param sources: the files of the documents, by name.
    :raises TranspipeError: if there is no git repository.
    """
    repository = Repository.around(counted.folder.root)
    return replace(
        result,
        languages=tuple(
            _with_staleness(language, counted, repository, sources) for language in result.languages
        ),
    )


def _with_staleness(
    language: LanguageCompleteness,
    counted: Counted,
    repository: Repository,
    sources: Mapping[str, Path],
) -> LanguageCompleteness:
    states: Documents = counted.documents[language.locale]
    paths = {
        one.document: counted.folder.catalog_path(language.locale, one.document)
        for one in language.documents
        if not one.authored and one.tally.messages.translated < one.tally.messages.total
    }
    if not paths:
        return language
    folder = counted.folder.catalog_path(language.locale, "x").parent
    commits = list(repository.log([folder])) if folder.is_dir() else []
    tracked = [path for name in paths if (path := sources.get(name)) is not None]
    changed = list(repository.log(tracked)) if tracked else []
    found = []
    for document in language.documents:
        now = states[document.document] if document.document in paths else None
        if now is None:
            found.append(document)
            continue
        path = paths[document.document]
        stale = staleness(now, _versions(repository, commits, path))
        source = sources.get(document.document)
        if source is not None:
            name = repository.name_of(source)
            stale = with_commits(stale, (one.revision for one in changed if name in one.blobs))
        found.append(replace(document, staleness=stale))
    return replace(language, documents=tuple(found))


def _versions(repository: Repository, commits: list[Commit], path: Path) -> Iterator[Version]:
    """Read the versions of a catalog, the newest first; one that was broken is passed over."""
    name = repository.name_of(path)
    for commit in commits:
        blob = commit.blobs.get(name)
        if blob is None:
            continue
        (data,) = repository.contents([blob])
        try:
            catalog = parse_po(decoded(data, path, CatalogError), path, "").catalog
        except CatalogError:
            continue
        yield Version(
            commit.revision,
            count_catalog(catalog),
            frozenset(
                (key_of(message), "\0".join((message.msgstr, *message.msgstr_plural)).encode())
                for message in catalog.messages
                if message.state is State.TRANSLATED
            ),
        )


def now() -> datetime:
    """Give the time of this report: that of the build where one is set, as for Sphinx."""
    import os
    from datetime import UTC

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
