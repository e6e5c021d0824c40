"""The warnings of a site, also those of pages that Sphinx does not read again.

Sphinx warns of a page when it reads it, and forgets. A second run of an unchanged project has no
warnings, whatever is wrong, so nothing could be said of the site as a whole.
"""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util.build_phase import BuildPhase
from sphinx.util.logging import NAMESPACE, WarningLogRecordTranslator, is_suppressed_warning

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

FILE = "transpipe-warnings.json"
"""In Sphinx's folder of doctrees: the warnings of the last run that wrote pages."""
ATTRIBUTE = "transpipe_warnings"
"""Of the environment, which Sphinx keeps: the warnings of each page when it was last read."""
TAKEN = "transpipe_taken"
"""Of a record of a warning: that it is known."""
OF_NO_PAGE = ""
"""The place of warnings that are not of writing one page."""


class RememberedWarnings(logging.Handler):
    """Collects the warnings of a run, and gives those of earlier runs that still hold."""

    def __init__(self, app: Sphinx) -> None:
        """Connect to Sphinx, before it reads anything."""
        super().__init__(logging.WARNING)
        self._app = app
        self._translate = WarningLogRecordTranslator(app)
        self._later: dict[str, list[str]] = {}
        self._read: set[str] = set()
        self._writes = False
        self._resolved: set[str] = set()
        self._being_written = OF_NO_PAGE
        self._of_last_writing: dict[str, list[str]] = {}
        logging.getLogger(NAMESPACE).addHandler(self)
        app.connect("env-purge-doc", self._forget)
        app.connect("env-merge-info", self._merge)
        app.connect("env-before-read-docs", self._note_reading)
        app.connect("env-updated", self._write_missing)
        app.connect("env-check-consistency", self._note_writing)
        app.connect("doctree-resolved", self._note_page, priority=1)
        app.connect("html-collect-pages", self._note_end_of_pages, priority=1)
        app.connect("build-finished", self._save)

    def emit(self, record: logging.LogRecord) -> None:
        """Take a warning; Sphinx shows it."""
        # Sphinx hands most warnings on a second time, when all pages are done.
        if getattr(record, TAKEN, False):
            return
        setattr(record, TAKEN, True)
        phase = _phase(self._app)
        if phase is BuildPhase.INITIALIZATION or self._is_suppressed(record):
            return  # of conf.py and the like: said in every run
        copied = copy.copy(record)
        self._translate.filter(copied)  # type: ignore[arg-type] # makes it Sphinx's own class
        text = copied.getMessage().rstrip()
        docname = self._app.env.temp_data.get("docname")
        if phase is not BuildPhase.READING:
            self._later.setdefault(docname or self._being_written, []).append(text)
        elif docname:
            _warnings_of(self._app.env).setdefault(docname, []).append(text)

    def still_valid(self) -> tuple[str, ...]:
        """Give the warnings of earlier runs on what this one did not read or write again."""
        kept = _warnings_of(self._app.env)
        pages = sorted(self._app.env.found_docs - self._read)
        of_reading = [text for docname in pages for text in kept.get(docname, ())]
        of_writing = [text for texts in self._still_of_writing().values() for text in texts]
        return tuple(of_reading + of_writing)

    def of_documents(self) -> dict[str, list[str]]:
        """Give the warnings of each document when it was last read."""
        return _warnings_of(self._app.env)

    @property
    def _path(self) -> Path:
        return Path(self._app.doctreedir) / FILE

    def _is_suppressed(self, record: logging.LogRecord) -> bool:
        kinds = (getattr(record, "type", ""), getattr(record, "subtype", ""))
        return is_suppressed_warning(*kinds, self._app.config.suppress_warnings)

    def _forget(self, _app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        _warnings_of(env).pop(docname, None)

    def _merge(
        self, _app: Sphinx, env: BuildEnvironment, docnames: Sequence[str], other: BuildEnvironment
    ) -> None:
        for docname in docnames:
            if docname in _warnings_of(other):
                _warnings_of(env)[docname] = _warnings_of(other)[docname]

    def _note_reading(self, _app: Sphinx, _env: BuildEnvironment, docnames: list[str]) -> None:
        self._read = set(docnames)
        self._of_last_writing = _read_lists(self._path)
        if self._read:
            # Until this run has ended, nothing is known of what it writes.
            self._path.unlink(missing_ok=True)

    def _write_missing(self, _app: Sphinx, env: BuildEnvironment) -> Sequence[str]:
        """Have all pages written where it is not known what there is to warn of."""
        return () if self._read or self._path.exists() else sorted(env.found_docs)

    def _note_writing(self, _app: Sphinx, _env: BuildEnvironment) -> None:
        self._writes = True

    def _note_page(self, _app: Sphinx, _doctree: nodes.document, docname: str) -> None:
        self._resolved.add(docname)
        self._being_written = docname

    def _note_end_of_pages(self, _app: Sphinx) -> list[Any]:
        self._being_written = OF_NO_PAGE
        return []

    def _still_of_writing(self) -> dict[str, list[str]]:
        """Give the earlier warnings of pages that were not written again, by their documents.

        What is of no page is said in every run that writes.
        """
        gone = self._resolved | ({OF_NO_PAGE} if self._writes else set())
        valid = (self._app.env.found_docs | {OF_NO_PAGE}) - gone
        return {name: texts for name, texts in self._of_last_writing.items() if name in valid}

    def _save(self, _app: Sphinx, exception: Exception | None) -> None:
        if exception is None:
            earlier, later = self._still_of_writing(), self._later
            texts = {
                name: list(dict.fromkeys([*earlier.get(name, ()), *later.get(name, ())]))
                for name in (*earlier, *later)
            }
            self._path.write_text(json.dumps(texts), "utf-8")


def _phase(app: Sphinx) -> BuildPhase:
    # The builder knows it, which is not there at first; before Sphinx 9, the application does.
    builder = getattr(app, "builder", None)
    holder = builder if hasattr(builder, "phase") else app
    phase: BuildPhase = getattr(holder, "phase", BuildPhase.INITIALIZATION)
    return phase


def _warnings_of(env: BuildEnvironment) -> dict[str, list[str]]:
    warnings: dict[str, list[str]] | None = getattr(env, ATTRIBUTE, None)
    if warnings is None:
        warnings = {}
        setattr(env, ATTRIBUTE, warnings)
    return warnings


def _read_lists(path: Path) -> dict[str, list[str]]:
    try:
        known = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(known, dict):
        return {}
    return {
        name: [text for text in texts if isinstance(text, str)]
        for name, texts in known.items()
        if isinstance(texts, list)
    }
