"""How far a run of Sphinx is, told through a pipe by its events, and where the time went."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Set
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

SHOWN = 10
"""How many of the documents that took longest are told."""


class Progress:
    """Follows a run from its start. Times are those of the processor, in seconds."""

    def __init__(self, pipe: int | None) -> None:
        """Begin to count.

        :param pipe: where to tell each step, as a line of JSON: phase, document, total.
        """
        self._pipe = pipe
        if pipe is not None:
            os.set_inheritable(pipe, False)
        self._phase = "starting Python"
        self._since = 0.0
        self._phases: dict[str, float] = defaultdict(float)
        self._documents: dict[str, float] = defaultdict(float)
        self._document = ""
        self._document_since = 0.0
        self.documents_read = 0
        self._enter("conf.py and extensions")

    def connect(self, app: Sphinx, planned: Callable[[BuildEnvironment], Set[str]]) -> None:
        """Connect to Sphinx.

        :param planned: which documents are to be written, once they were read.
        """
        self._planned = planned
        app.connect("config-inited", lambda *_: self._enter("what was kept"), priority=9000)
        app.connect("builder-inited", lambda _: self._enter("what changed"), priority=9000)
        app.connect("env-before-read-docs", self._begin_reading, priority=9000)
        app.connect("env-purge-doc", self._read, priority=1)
        app.connect("env-updated", lambda *_: self._enter("what was kept"), priority=1)
        app.connect("env-check-consistency", self._begin_writing, priority=9000)
        app.connect("doctree-resolved", self._write, priority=1)
        app.connect("html-collect-pages", self._finish_pages, priority=1)
        app.connect("build-finished", lambda *_: self._enter("the rest"), priority=1)

    def figures(self) -> dict[str, Any]:
        """Give what the run took, when it has ended."""
        self._enter("")
        unit = 1 if sys.platform == "darwin" else 1024
        slowest = sorted(self._documents.items(), key=lambda item: -item[1])[:SHOWN]
        return {
            "phases": dict(self._phases),
            "slowest": slowest,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit,
            "read": self.documents_read,
        }

    def _enter(self, phase: str) -> None:
        self._end_document()
        now = time.process_time()
        self._phases[self._phase] += now - self._since
        self._phase, self._since = phase, now

    def _begin_reading(self, _app: Sphinx, _env: BuildEnvironment, docnames: list[str]) -> None:
        self._enter("reading")
        self.documents_read = len(docnames)
        if docnames:
            self._tell("reading", "", len(docnames))

    def _read(self, _app: Sphinx, _env: BuildEnvironment, docname: str) -> None:
        if self._phase == "reading":
            self._begin_document(docname)

    def _begin_writing(self, _app: Sphinx, env: BuildEnvironment) -> None:
        self._enter("writing")
        self._tell("writing", "", len(self._planned(env)))

    def _write(self, _app: Sphinx, _doctree: nodes.document, docname: str) -> None:
        if self._phase == "writing":
            self._begin_document(docname)

    def _finish_pages(self, _app: Sphinx) -> list[Any]:
        self._enter("indices and files")
        return []

    def _begin_document(self, docname: str) -> None:
        self._end_document()
        self._document, self._document_since = docname, time.process_time()
        self._tell(self._phase, docname, 0)

    def _end_document(self) -> None:
        if self._document:
            self._documents[self._document] += time.process_time() - self._document_since
            self._document = ""

    def _tell(self, phase: str, document: str, total: int) -> None:
        if self._pipe is None:
            return
        line = json.dumps([phase, document, total]) + "\n"
        try:
            os.write(self._pipe, line.encode())
        except BrokenPipeError:
            # Who started this is gone, and another may have been started since.
            sys.exit("nobody waits for the site any more")
