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
from typing import TYPE_CHECKING

from sphinx.util.build_phase import BuildPhase
from sphinx.util.logging import NAMESPACE, WarningLogRecordTranslator, is_suppressed_warning

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

FILE = "transpipe-warnings.json"
"""In Sphinx's folder of doctrees: the warnings of the last run that wrote pages."""
ATTRIBUTE = "transpipe_warnings"
"""Of the environment, which Sphinx keeps: the warnings of each page when it was last read."""


class RememberedWarnings(logging.Handler):
    """Collects the warnings of a run, and gives those of earlier runs that still hold."""

    def __init__(self, app: Sphinx) -> None:
        """Connect to Sphinx, before it reads anything."""
        super().__init__(logging.WARNING)
        self._app = app
        self._translate = WarningLogRecordTranslator(app)
        self._later: list[str] = []
        self._read: set[str] = set()
        self._of_last_writing: list[str] = []
        logging.getLogger(NAMESPACE).addHandler(self)
        app.connect("env-purge-doc", self._forget)
        app.connect("env-merge-info", self._merge)
        app.connect("env-before-read-docs", self._note_reading)
        app.connect("env-updated", self._write_missing)
        app.connect("env-check-consistency", self._note_writing)
        app.connect("build-finished", self._save)

    def emit(self, record: logging.LogRecord) -> None:
        """Take a warning; Sphinx shows it."""
        phase = _phase(self._app)
        if phase is BuildPhase.INITIALIZATION or self._is_suppressed(record):
            return  # of conf.py and the like: said in every run
        copied = copy.copy(record)
        self._translate.filter(copied)  # type: ignore[arg-type] # makes it Sphinx's own class
        text = copied.getMessage().rstrip()
        if phase is not BuildPhase.READING:
            self._later.append(text)
            return
        docname = self._app.env.temp_data.get("docname")
        if docname:
            _warnings_of(self._app.env).setdefault(docname, []).append(text)

    def still_valid(self) -> tuple[str, ...]:
        """Give the warnings of earlier runs on what this one did not read or write again."""
        kept = _warnings_of(self._app.env)
        pages = sorted(self._app.env.found_docs - self._read)
        of_pages = [text for docname in pages for text in kept.get(docname, ())]
        return tuple(of_pages if self._read else of_pages + self._of_last_writing)

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
        self._of_last_writing = _read_list(self._path)
        if self._read:
            # Until this run has ended, nothing is known of what it writes.
            self._path.unlink(missing_ok=True)

    def _write_missing(self, _app: Sphinx, env: BuildEnvironment) -> Sequence[str]:
        """Have all pages written where it is not known what there is to warn of."""
        return () if self._read or self._path.exists() else sorted(env.found_docs)

    def _note_writing(self, _app: Sphinx, _env: BuildEnvironment) -> None:
        """All pages are written, and warned of again."""
        self._of_last_writing = []

    def _save(self, _app: Sphinx, exception: Exception | None) -> None:
        if exception is None:
            earlier = [] if self._read else self._of_last_writing
            texts = list(dict.fromkeys([*earlier, *self._later]))
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


def _read_list(path: Path) -> list[str]:
    try:
        texts = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return [text for text in texts if isinstance(text, str)] if isinstance(texts, list) else []
