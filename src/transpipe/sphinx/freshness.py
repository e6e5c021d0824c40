"""What a run has to read and to write, decided by content.

Sphinx compares times of files, which a new checkout sets anew. Here the digest of everything that
a document was made of is recorded; Sphinx is told of the difference through its events, and its
own comparison of times is put to rest. Nobody's file gets another time.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.project import Project
from sphinx.util.i18n import docname_to_domain, format_date

from transpipe.sphinx.acrosspages import digest_across_pages
from transpipe.sphinx.digests import digest_file, digest_of, names_below, plain
from transpipe.sphinx.opened import OpenedFiles, module_files
from transpipe.sphinx.pagewriting import BUILDERS, PageWriting
from transpipe.sphinx.readingorder import in_reading_order
from transpipe.sphinx.record import FORMAT, Files, Record, read_record, write_record

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

ENVIRONMENT = "environment.pickle"
"""The file in which Sphinx keeps its memory: ``sphinx.application.ENV_PICKLE_FILENAME``."""
UNDATED = frozenset(
    {"dirhtml", "gettext", "html", "json", "pickle", "pseudoxml", "singlehtml", "text", "xml"}
)
"""Builders whose output has no date in it, unless the project asks for one."""
PURE = UNDATED | {"latex", "man", "texinfo"}
"""Builders whose output follows from their input alone. That of linkcheck does not."""
FOREVER = 2**62
"""A time of reading that no file is newer than."""
OLD_SETTINGS = ".buildinfo.bak"
"""What Sphinx makes of the settings of the last site, when they are others: no part of a site."""
NEVER_OLDER = 4102444800
"""A time of a page that no source is newer than, in seconds: the year 2100."""
SETTLED = (
    "env-before-read-docs",
    "env-get-outdated",
    "env-get-updated",
    "env-updated",
)
"""Events by which an extension may have documents read or written that did not change."""
_OTHER_PLACE = re.compile(
    r"duplicate .*?(?:other instance in|also defined at) (\S+?)(?::\d+)?[.,]?(?:\s|$)",
    re.IGNORECASE | re.DOTALL,
)


class NothingChanged(BaseException):
    """Nothing is to be done: no exception of those that Sphinx and extensions handle."""


class MoreToRead(BaseException):
    """What was read shows that other documents must be read with it: the run is to begin anew."""


class Freshness:
    """Follows one run of Sphinx, from before conf.py is read to the end."""

    def __init__(self, builder: str, output_dir: Path, doctree_dir: Path) -> None:
        """Read what the last run left. To be made before anything of the project is read."""
        self._app: Sphinx
        self._builder = builder
        self._output, self._folder = output_dir, doctree_dir
        self._opened = OpenedFiles([output_dir, doctree_dir])
        self._last = read_record(doctree_dir)
        self._now = Record()
        self._known: Files = {}
        self._today = ""
        self._reading: set[str] = set()
        self._removed: set[str] = set()
        self._being_read = ""
        self._reading_began = 0
        self._output_before = _times(output_dir)
        self._catalog_folders: tuple[str, ...] = ()
        self._writing = PageWriting(output_dir)
        self.note = ""
        """Why everything is read again, if what was kept cannot be used; else empty."""
        self._require_own_environment()

    def connect(self, app: Sphinx) -> None:
        """Connect to Sphinx: after the project's extensions."""
        self._app = app
        connect = app.connect
        connect("config-inited", self._compare_early, priority=5000)
        connect("builder-inited", self._compare, priority=5000)
        connect("env-get-outdated", self._outdated)
        connect("env-before-read-docs", self._begin_reading, priority=5000)
        connect("env-purge-doc", self._begin_document)
        connect("env-updated", self._end_reading, priority=5000)
        # Last: sections and figures are numbered there.
        connect("env-get-updated", self._choose_pages, priority=5000)
        connect("env-check-consistency", self._note_environment, priority=5000)
        if self._builder in BUILDERS:
            self._writing.connect(app)

    @property
    def last(self) -> Record:
        """The record of the last run."""
        return self._last or Record()

    @property
    def record(self) -> Record:
        """The record of this run, as far as it got."""
        return self._now

    # ---- before anything is read

    def _require_own_environment(self) -> None:
        """Have Sphinx forget what is not what it kept at the end of a run that was recorded."""
        path = self._folder / ENVIRONMENT
        found = digest_file(path)
        known = self._last.environment if self._last else None
        if known != found:
            self._forget("what was kept of an earlier run is damaged, incomplete or of another")

    def _forget(self, why: str) -> None:
        if (self._folder / ENVIRONMENT).exists() or self._last is not None:
            self.note = f"{why}: everything is read again"
        self._last = None
        (self._folder / ENVIRONMENT).unlink(missing_ok=True)

    def _compare_early(self, app: Sphinx, config: Config) -> None:
        """Settle whether what is kept can be used, and whether anything is to be done."""
        self._today = config.today or format_date(
            config.today_fmt or "%b %d, %Y", language=config.language
        )
        folders = (os.path.realpath(Path(app.srcdir, path)) for path in config.locale_dirs)
        self._catalog_folders = tuple(f"{folder}{os.sep}" for folder in folders)
        self._now = Record(key=self._key(config), configuration=self._configuration(config))
        if self._last is None:
            return
        if self._last.key != self._now.key:
            self._forget("another Python, date or environment, or other settings of transpipe")
            return
        code = module_files()
        if not code <= self._last.everywhere.keys() or not self._same(self._last.everywhere):
            self._forget("conf.py, an extension or a file that they read changed")
            return
        if self._is_known_early(app, config):
            raise NothingChanged

    def _key(self, config: Config) -> str:
        environment = [os.environ.get(name) for name in ("PYTHONHASHSEED", "SOURCE_DATE_EPOCH")]
        place = [str(self._app.srcdir), str(self._app.confdir), str(self._output)]
        parts = [FORMAT, sys.version, environment, place, self._builder, config.language]
        return digest_of(parts)

    def _configuration(self, config: Config) -> str:
        values = {value.name: plain(value.value) for value in config}
        date = "" if self._builder in UNDATED else self._today
        updated = getattr(config, "html_last_updated_fmt", None)
        if updated is not None:
            date += format_date(updated or "%b %d, %Y", language=config.language)
        return digest_of([values, sorted(self._app.tags), date])

    def _is_known_early(self, app: Sphinx, config: Config) -> bool:
        """Tell whether nothing changed, and Sphinx need not even remember."""
        last = self.last
        if self._builder not in PURE or not last.known_early:
            return False
        if self._opened.has_asked_others or self._has_foreign_listeners():
            return False
        project = Project(app.srcdir, config.source_suffix)
        found = project.discover(last.discovery["exclude"], last.discovery["include"])
        return (
            found == last.documents.keys()
            and all(self._same(files) for files in last.documents.values())
            and self._is_finished()
        )

    def _same(self, files: Files) -> bool:
        return all(self._digest(path) == known for path, known in files.items())

    def _digest(self, path: str) -> str | None:
        """Give the digest that a file had when this run first saw it."""
        if path not in self._known:
            with self._opened.paused():
                self._known[path] = digest_file(path, self._today)
        return self._known[path]

    def _has_foreign_listeners(self) -> bool:
        listeners = self._app.events.listeners
        modules = {
            getattr(listener.handler, "__module__", None) or ""
            for event in SETTLED
            for listener in listeners.get(event, ())
        }
        # The module that is run has no name of its own.
        modules.discard(type(self._app).__module__)
        return not all(module.startswith(("sphinx.", "transpipe.")) for module in modules)

    @property
    def reading(self) -> Set[str]:
        """The documents that are read in this run."""
        return self._reading

    # ---- what is to be read

    def planned_templates(self, env: BuildEnvironment) -> Set[str] | None:
        """Give the documents whose templates are to be written; None for all of them.

        To be called when Sphinx is set up.
        """
        last = self.last
        if not last.documents or not self._is_finished():
            return None
        env.find_files(self._app.config, self._app.builder)
        known = env.all_docs.keys()
        changed = {name for name, read in env.all_docs.items() if read == 0}
        changed |= env.found_docs - known | env.reread_always
        if known != env.found_docs:
            changed |= env.glob_toctrees
        for name in changed | (known - env.found_docs):
            changed = changed.union(last.together.get(name, ()))
        planned = (changed | set(last.mixed)) & env.found_docs
        # Sphinx takes none for all.
        return planned or {min(env.found_docs)}

    def _compare(self, app: Sphinx) -> None:
        """Tell Sphinx that what holds the same is as old as ever (``builder-inited``)."""
        env = app.env
        # What was opened so far can have a part in every document.
        files = self._opened.take() | module_files() | {os.path.realpath(app.confdir / "conf.py")}
        files = {path for path in files if not self._is_made_or_catalog(path)}
        files.update(self._catalogs("sphinx"))
        self._now.everywhere = self.last.everywhere | {path: self._digest(path) for path in files}
        # Sphinx is going to write what is older than its source, which it is by a checkout too.
        for name in _times(self._output):
            os.utime(self._output / name, (NEVER_OLDER, NEVER_OLDER))
        self._output_before = _times(self._output)
        for docname in env.all_docs:
            known = self.last.documents.get(docname)
            if known is None or not self._same(known):
                env.all_docs[docname] = 0
                continue
            env.all_docs[docname] = FOREVER
            # What is still missing did not change: Sphinx would read the document again.
            env.dependencies[docname] = {
                path
                for path in env.dependencies.get(docname, ())
                if Path(app.srcdir, path).is_file()
            }

    def _outdated(
        self,
        _app: Sphinx,
        env: BuildEnvironment,
        added: set[str],
        changed: set[str],
        removed: set[str],
    ) -> Sequence[str]:
        """Name the documents that changed, and those that are only read together with them."""
        self._removed = set(removed)
        outdated = {name for name, read in env.all_docs.items() if read == 0}
        for name in added | changed | removed | outdated:
            outdated.update(self.last.together.get(name, ()))
        # What is gone is still in the tables of contents that named it.
        for name in removed:
            outdated.update(env.files_to_rebuild.get(name, ()))
        return sorted(outdated & env.found_docs)

    def _begin_reading(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Record what will no longer hold, before it does not."""
        last, opened = self.last, self._opened.take()
        # All before any, as in a new build: else one would be warned of what another still defines.
        for docname in docnames:
            app.events.emit("env-purge-doc", env, docname)
            env.clear_doc(docname)
        self._reading = set(docnames)
        self._now.discovery = {
            "include": list(app.config.include_patterns),
            "exclude": [
                *app.config.exclude_patterns,
                *app.config.templates_path,
                *app.builder.get_asset_paths(),
            ],
        }
        kept = env.found_docs - self._reading
        self._now.documents = {n: files for n, files in last.documents.items() if n in kept}
        self._now.mixed = [name for name in last.mixed if name in kept]
        self._now.environment = last.environment
        self._now.together, self._now.names, self._now.peak = last.together, last.names, last.peak
        self._now.made_by_reading = last.made_by_reading
        self._now.needs_all_pages = last.needs_all_pages
        if self._builder == "gettext":
            # The messages of page templates are read before documents are.
            opened = {path for path in opened if not path.endswith(os.sep)}
            opened.update(_folders_below(Path(app.srcdir, p) for p in app.config.templates_path))
            self._now.site = {path: self._digest(path) for path in opened}
        elif self._reading >= env.found_docs:
            self._empty_output(made=())
        self._reading_began = time.time_ns()
        if self._reading or self._removed:
            write_record(self._folder, self._now)

    def require(self, docnames: Set[str]) -> None:
        """Have documents read in this run.

        :raises MoreToRead: if they were not; in the next run, they will be.
        """
        if docnames - self._reading:
            for name in docnames:
                self._now.documents.pop(name, None)
            write_record(self._folder, self._now)
            raise MoreToRead

    def _begin_document(self, _app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        self._end_document(env)
        if docname in self._reading:
            self._being_read = docname
            # Before it is read: what changes meanwhile is found to differ the next time.
            for path in self._own_files(env, docname):
                self._digest(path)

    def _end_document(self, env: BuildEnvironment) -> None:
        docname, self._being_read = self._being_read, ""
        opened = self._opened.take()
        if not docname:
            return
        source = Path(self._app.srcdir)
        known = (os.path.realpath(source / path) for path in env.dependencies.get(docname, ()))
        files = {path for path in (*opened, *known) if not self._is_made_or_catalog(path)}
        files |= self._own_files(env, docname)
        self._now.documents[docname] = {path: self._settled(path) for path in sorted(files)}

    def _settled(self, path: str) -> str | None:
        """Give a file's digest, or one that it will not have if it may have changed meanwhile."""
        if path not in self._known:
            with contextlib.suppress(OSError):
                status, now = Path(path).stat(), time.time_ns()
                # A time in the future is no sign of it: files have whatever times they were given.
                moments = (status.st_mtime_ns, status.st_ctime_ns)
                if any(self._reading_began <= moment <= now for moment in moments):
                    return ""
        return self._digest(path)

    def _own_files(self, env: BuildEnvironment, docname: str) -> set[str]:
        """Give a document's own file and its catalogs, whether they are there or not."""
        files = {os.path.realpath(env.doc2path(docname))}
        if self._builder != "gettext":
            domain = docname_to_domain(docname, self._app.config.gettext_compact)
            files.update(self._catalogs(domain))
        return files

    def _catalogs(self, domain: str) -> Iterator[str]:
        """Give the places of the catalogs of a domain."""
        for folder in self._catalog_folders:
            path = f"{folder}{self._app.config.language}/LC_MESSAGES/{domain}"
            # Sphinx compiles the one into the other; without the one, the other is used as it is.
            yield f"{path}.po"
            if not Path(f"{path}.po").exists():
                yield f"{path}.mo"

    def _is_made_or_catalog(self, path: str) -> bool:
        return path.startswith((f"{self._folder.parent}{os.sep}", *self._catalog_folders))

    # ---- what is to be written

    def _end_reading(self, app: Sphinx, env: BuildEnvironment) -> Sequence[str]:
        """Have all pages written, or none: a title shows on other pages too (``env-updated``)."""
        self._end_document(env)
        if self._reading and len(self._reading) < len(env.found_docs):
            in_reading_order(env, self._reading)
        others = "sphinx.ext.intersphinx" in app.extensions and app.config.intersphinx_mapping
        self._now.known_early = not env.reread_always and not others
        if others:
            inventory = plain(getattr(env, "intersphinx_inventory", {}))
            self._now.configuration = digest_of([self._now.configuration, inventory])
        if self._builder == "gettext":
            if not self._reading and not self._removed and self._is_finished():
                raise NothingChanged
            return ()
        is_idle = not self._reading and not self._removed and self._is_finished()
        if is_idle and self._builder in PURE and not self._has_foreign_listeners():
            raise NothingChanged
        return ()

    def _choose_pages(self, app: Sphinx, env: BuildEnvironment) -> Sequence[str]:
        """Have the pages written that were read, or all of them (``env-get-updated``)."""
        if self._builder == "gettext":
            return ()
        (self._output / OLD_SETTINGS).unlink(missing_ok=True)
        times = _times(self._output)
        made = {name for name, time in times.items() if self._output_before.get(name) != time}
        made.update(name for name in self.last.made_by_reading if name in times)
        self._now.made_by_reading = sorted(made)
        self._now.across = digest_across_pages(env) if self._builder in BUILDERS else ""
        if self._is_finished():
            has_index = self._writing.keep_search_index(app.builder)
            if not self._reading and not self._removed:
                return ()
            if has_index and self._can_write_some():
                self._writing.begin_with_some()
                return ()
        self._empty_output(made)
        self._writing.begin_with_all()
        return sorted(env.found_docs)

    def _can_write_some(self) -> bool:
        """Tell whether no page changes but those of the documents that were read."""
        is_same = self._now.across != "" and self._now.across == self.last.across
        return is_same and not self.last.needs_all_pages

    def planned_pages(self, env: BuildEnvironment) -> Set[str]:
        """Give the documents whose pages are to be written, once they were read."""
        return self._reading if self._writing.is_of_some else env.found_docs

    def _is_finished(self) -> bool:
        """Tell whether what was written is all there, and as it would be written now."""
        last = self.last
        return (
            last.output != ""
            and last.configuration == self._now.configuration
            and self._same(last.site)
            and last.output == self._digest_of_output()
        )

    def _empty_output(self, made: Iterable[str]) -> None:
        """Remove what was there before, so that nothing is left of documents that are gone."""
        kept = set(made)
        for name, modified in _times(self._output).items():
            if name not in kept and self._output_before.get(name) == modified:
                (self._output / name).unlink()
        for top, _folders, _files in os.walk(self._output, topdown=False):
            if top != str(self._output):
                with contextlib.suppress(OSError):  # it holds something
                    Path(top).rmdir()

    def must_write_all(self, app: Sphinx) -> bool:
        """Tell, at the end of a run, whether all pages must be written.

        The next run will do so, and so do those after it.
        """
        if not self._writing.needs_all(app.builder):
            return False
        self._now.needs_all_pages = True
        write_record(self._folder, self._now)
        return True

    def _digest_of_output(self) -> str:
        return digest_of(names_below(self._output, sizes=True))

    def _note_environment(self, _app: Sphinx, _env: BuildEnvironment) -> None:
        """Record that Sphinx remembers what was read (``env-check-consistency``)."""
        self._now.environment = digest_file(self._folder / ENVIRONMENT)
        write_record(self._folder, self._now)

    def finish(
        self,
        names: Sequence[str],
        warnings: Sequence[str],
        together: Mapping[str, Iterable[str]],
        *,
        complete: bool,
    ) -> None:
        """Record that a run came to its end.

        :param names: what it gave.
        :param warnings: all that there is to warn of.
        :param together: for documents, those that define the same names.
        :param complete: whether everything was written, not only what changed.
        """
        now = self._now
        of_documents = {path for files in now.documents.values() for path in files}
        opened = {
            path
            for path in self._opened.take() - of_documents
            if not self._is_made_or_catalog(path)
        }
        earlier = {} if complete and not self._writing.is_of_some else self.last.site
        has_drawn = complete and self._writing.has_drawn(self._app.builder)
        now.needs_all_pages |= self._writing.has_crossing or has_drawn
        now.site = earlier | now.site | {path: self._digest(path) for path in opened}
        for path in module_files():
            now.everywhere.setdefault(path, self._digest(path))
        now.together = {name: sorted(others) for name, others in together.items()}
        now.names, now.warnings = list(names), list(warnings)
        now.output = self._digest_of_output()
        write_record(self._folder, now)


def other_places(warnings: Iterable[str]) -> Iterator[str]:
    """Give where else something is defined, from the warnings that it is defined twice."""
    for warning in warnings:
        for match in _OTHER_PLACE.finditer(warning):
            yield match[1]


def _times(folder: Path) -> dict[str, int]:
    """Give when each file below a folder was last written."""
    return {name: (folder / name).lstat().st_mtime_ns for name in names_below(folder)}


def _folders_below(folders: Iterable[Path]) -> Iterator[str]:
    for folder in folders:
        for top, _folders, _files in os.walk(folder):
            yield f"{os.path.realpath(top)}{os.sep}"
