"""One run of Sphinx, in this process: ``python -m transpipe.sphinx.run REQUEST ANSWER``.

Both are JSON files, so that whatever conf.py and its extensions print cannot be taken for an
answer. :mod:`transpipe.sphinx.runs` writes the one and reads the other.
"""

from __future__ import annotations

import gc
import json
import re
import sys
import traceback
from collections.abc import Sequence, Set
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from sphinx.application import Sphinx
from sphinx.errors import ConfigError, ExtensionError, SphinxError, ThemeError
from sphinx.util.console import nocolor

from transpipe.errors import TranspipeError
from transpipe.sphinx.freshness import Freshness, MoreToRead, NothingChanged, other_places
from transpipe.sphinx.mixedmessages import MixedMessages
from transpipe.sphinx.progress import Progress
from transpipe.sphinx.remembered import RememberedWarnings

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


TEMPLATES_DOMAIN = "sphinx"
"""What the messages of a project's page templates belong to."""


class Request(TypedDict):
    """What to run."""

    source_dir: str
    conf_dir: str
    output_dir: str
    doctree_dir: str
    builder: str
    locale_dir: str | None
    """Catalogs to translate from; None to translate nothing."""
    replaced_locale_dir: str | None
    """Where these are from: of the project's own folders of catalogs, the one to leave out."""
    overrides: dict[str, Any]
    progress: int | None
    """The pipe to tell each step to, if anyone listens."""


class Obstacle(TypedDict):
    """Why there is no site, in the parts of a :class:`~transpipe.errors.SiteError`."""

    problem: str
    remedy: str
    path: str | None
    line: int | None


class Answer(TypedDict):
    """What came of it."""

    obstacle: Obstacle | None
    documents: list[str]
    """Those of the site; for templates, the domains that hold messages."""
    warnings: list[str]
    is_bad: bool
    """Whether the builder itself found something bad: a broken link."""
    note: str
    """Why what was kept of an earlier run was of no use, if it was not."""
    again: bool
    """Whether the run stopped because it is to begin anew."""
    figures: dict[str, Any]
    """What it took, as :meth:`~transpipe.sphinx.progress.Progress.figures` gives it."""


class WarningStream(StringIO):
    """Keeps warnings apart, however many lines each has: Sphinx writes each at once."""

    def __init__(self) -> None:
        """Begin without warnings."""
        super().__init__()
        self.warnings: list[str] = []
        self._begun = ""

    def write(self, text: str) -> int:
        """Take a warning, or a part of a line."""
        self._begun += text
        if self._begun.endswith("\n"):
            if self._begun.strip():
                self.warnings.append(self._begun.rstrip())
            self._begun = ""
        return len(text)


class Application(Sphinx):
    """Sphinx with our extension, for projects whose conf.py does not know of it."""

    def __init__(
        self, request: Request, warnings: StringIO, freshness: Freshness, progress: Progress
    ) -> None:
        """Read conf.py and set everything up, as a request asks.

        :raises NothingChanged: if that is all there is to do.
        """
        self.request = request
        self.freshness, self.progress = freshness, progress
        super().__init__(
            request["source_dir"],
            request["conf_dir"],
            request["output_dir"],
            request["doctree_dir"],
            request["builder"],
            confoverrides=request["overrides"],
            status=None,
            warning=warnings,
        )

    def preload_builder(self, name: str) -> None:
        """Load our extension: after the project's own, before anyone reads a value."""
        self.setup_extension("transpipe.sphinx")
        replaced, folder = self.request["replaced_locale_dir"], self.request["locale_dir"]
        own = [
            path
            for path in self.config.locale_dirs
            if replaced is None or (Path(self.srcdir) / path).resolve() != Path(replaced)
        ]
        self.config.locale_dirs = [] if folder is None else [folder, *own]
        self.progress.connect(self, self.freshness.planned_pages)
        self.freshness.connect(self)
        self.remembered = RememberedWarnings(self)
        self.mixed = MixedMessages(self) if name == "gettext" else None
        self.connect("env-updated", self._read_together, priority=4000)
        super().preload_builder(name)

    def _read_together(self, _app: Sphinx, _env: BuildEnvironment) -> None:
        """Of documents that define the same, the last to be read would win, whichever it is."""
        groups = _together(self)
        reading = self.freshness.reading
        self.freshness.require({other for name in reading for other in groups.get(name, ())})


def run(request: Request) -> Answer:
    """Run Sphinx once. Whatever stops it becomes an obstacle, never an exception."""
    nocolor()
    stream = WarningStream()
    progress = Progress(request["progress"])
    app: Application | None = None
    try:
        freshness = Freshness(
            request["builder"], Path(request["output_dir"]), Path(request["doctree_dir"])
        )
        app = Application(request, stream, freshness, progress)
        complete = _build(app)
    except NothingChanged:
        last = freshness.last
        warnings = list(dict.fromkeys([*stream.warnings, *last.warnings]))
        return Answer(
            obstacle=None,
            documents=last.names,
            warnings=warnings,
            is_bad=False,
            note="",
            again=False,
            figures=progress.figures(),
        )
    except MoreToRead:
        return _again(progress)
    except Exception as problem:  # conf.py and extensions can raise anything
        document = _document_being_read(app)
        return Answer(
            obstacle=obstacle_of(problem, Path(request["conf_dir"]) / "conf.py", document),
            documents=[],
            warnings=stream.warnings,
            is_bad=True,
            note="",
            again=False,
            figures=progress.figures(),
        )
    warnings = list(dict.fromkeys([*stream.warnings, *app.remembered.still_valid()]))
    names = _names(app)
    obstacle = _unreadable(warnings, app)
    if obstacle is None and freshness.must_write_all(app):
        return _again(progress)
    figures = progress.figures()
    if obstacle is None:
        freshness.record.peak = max(freshness.last.peak, figures["peak"])
        freshness.finish(names, warnings, _together(app), complete=complete)
    return Answer(
        obstacle=obstacle,
        documents=names,
        warnings=warnings,
        is_bad=bool(app.statuscode),
        note=freshness.note,
        again=False,
        figures=figures,
    )


def _again(progress: Progress) -> Answer:
    return Answer(
        obstacle=None,
        documents=[],
        warnings=[],
        is_bad=False,
        note="",
        again=True,
        figures=progress.figures(),
    )


def _build(app: Application) -> bool:
    """Read what changed and write what is to be written; tell whether that was everything."""
    planned = app.freshness.planned_templates(app.env) if app.mixed else None
    if planned is None:
        app.build()
    else:
        app.build(filenames=_files_of(app.env, planned))
        # An extension may have had more of them read.
        more = app.freshness.record.documents.keys() & app.freshness.reading - planned
        if more:
            app.build(filenames=_files_of(app.env, more))
    if app.mixed:
        record = app.freshness.record
        record.mixed = sorted({*record.mixed, *app.mixed.names} & app.env.found_docs)
    return planned is None


def _files_of(env: BuildEnvironment, names: Set[str]) -> list[Path]:
    return [Path(env.doc2path(name)) for name in sorted(names)]


def _names(app: Application) -> list[str]:
    """Give the documents of a site, or the domains with messages of all templates."""
    catalogs = getattr(app.builder, "catalogs", None)
    if catalogs is None:
        return sorted(app.env.found_docs)
    kept = {name for name in app.freshness.last.names if name in app.freshness.record.documents}
    domains = (app.env.found_docs | {TEMPLATES_DOMAIN}) & set(catalogs)
    return sorted(kept | domains)


def _together(app: Application) -> dict[str, set[str]]:
    """Give the documents that define the same names, by what Sphinx warned of."""
    groups: dict[str, set[str]] = {}
    for name, texts in app.remembered.of_documents().items():
        for place in other_places(texts):
            other = place if place in app.env.found_docs else app.env.path2doc(place)
            if other and other != name and other in app.env.found_docs:
                groups.setdefault(name, set()).add(other)
                groups.setdefault(other, set()).add(name)
    return groups


def _document_being_read(app: Application | None) -> Path | None:
    try:
        return None if app is None else Path(app.env.doc2path(app.env.docname))
    except (AttributeError, KeyError):
        return None


def obstacle_of(problem: BaseException, conf: Path, document: Path | None = None) -> Obstacle:
    """Put what Sphinx raised into the parts of one line.

    :param document: what was being read at the time.
    """
    cause = problem.__cause__
    if isinstance(problem, TranspipeError):  # of what we ourselves write
        path = None if problem.path is None else Path(problem.path)
        return _obstacle(problem.problem, problem.remedy, path, problem.line)
    if isinstance(problem, UnicodeDecodeError) and document and _first_bad_line(document):
        return _obstacle("is not UTF-8", "save it as UTF-8", document, _first_bad_line(document))
    if isinstance(problem, ConfigError) and cause is not None:
        return _conf_obstacle(cause, conf)
    if isinstance(problem, ExtensionError) and cause is not None and "Handler" in str(problem):
        return _handler_obstacle(cause, problem.modname or "", conf, document)
    text = _one_line(str(problem) or type(problem).__name__)
    if isinstance(problem, ExtensionError):
        name = re.search(r"Could not import extension ([\w.]+)", text)
        if name:
            remedy = "install it, or take it out of 'extensions'"
            return _obstacle(text, remedy, conf, _line_naming(conf, name[1]))
    if isinstance(problem, ThemeError):
        name = re.search(r"'([\w.-]+)'", text)
        remedy = "install the theme, or set another 'html_theme'"
        return _obstacle(text, remedy, conf, _line_naming(conf, name[1]) if name else None)
    if re.match(r"Builder name \S+ not registered", text):
        remedy = "use one of Sphinx or of an extension in conf.py, such as html, epub or text"
        return _obstacle(text, remedy, None, None)
    if isinstance(problem, SphinxError):
        return _obstacle(text, "", conf if isinstance(problem, ConfigError) else None, None)
    place = traceback.extract_tb(problem.__traceback__)
    raiser = f"{Path(place[-1].filename).name}:{place[-1].lineno}" if place else "an extension"
    return _obstacle(
        f"Sphinx stopped with {type(problem).__name__}: {text} (raised in {raiser})",
        "look at the extensions in conf.py",
        document,
        None,
    )


def _conf_obstacle(cause: BaseException, conf: Path) -> Obstacle:
    if isinstance(cause, SyntaxError):
        return _obstacle(f"is not Python ({cause.msg})", "mend it", conf, cause.lineno)
    frames = traceback.extract_tb(cause.__traceback__)
    lines = [frame.lineno for frame in frames if Path(frame.filename) == conf]
    line = lines[-1] if lines else None
    if isinstance(cause, SystemExit):
        return _obstacle("calls sys.exit()", "let it end by itself", conf, line)
    said = _one_line(f"{type(cause).__name__}: {cause}").rstrip(": ")
    remedy = "install it" if isinstance(cause, ModuleNotFoundError) else "mend it"
    return _obstacle(f"raises {said}", remedy, conf, line)


def _handler_obstacle(
    cause: BaseException, module: str, conf: Path, document: Path | None
) -> Obstacle:
    """Say what a function raised that conf.py or an extension connected to Sphinx."""
    said = _one_line(f"{type(cause).__name__}: {cause}").rstrip(": ")
    frames = traceback.extract_tb(cause.__traceback__)
    lines = [frame.lineno for frame in frames if Path(frame.filename) == conf]
    if lines:
        return _obstacle(f"raises {said}", "mend it", conf, lines[-1])
    raiser = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else module
    return _obstacle(
        f"the extension {module} stops with {said} (raised in {raiser})",
        "update it, or take it out of 'extensions' in conf.py",
        document,
        None,
    )


def _unreadable(warnings: Sequence[str], app: Application) -> Obstacle | None:
    """Find a document that Sphinx skipped or read with ``?`` for what it could not decode."""
    for warning in warnings:
        ignored = re.search(r"Ignored unreadable document '(.+)'", warning)
        if ignored:
            path = Path(app.env.doc2path(ignored[1]))
            return _obstacle("cannot be read", "check its permissions", path, None)
        undecodable = re.match(r"(.+?)(?::(\d+))?: WARNING: undecodable source char", warning)
        if undecodable:
            path = Path(undecodable[1])
            return _obstacle("is not UTF-8", "save it as UTF-8", path, _first_bad_line(path))
    return None


def _first_bad_line(path: Path) -> int | None:
    try:
        data = path.read_bytes()
        data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return data.count(b"\n", 0, problem.start) + 1
    except OSError:
        return None
    return None


def _line_naming(conf: Path, name: str) -> int | None:
    try:
        lines = conf.read_text("utf-8").splitlines()
    except (OSError, UnicodeError):
        return None
    quoted = re.compile(rf"""(["']){re.escape(name)}\1""")
    return next((number for number, line in enumerate(lines, 1) if quoted.search(line)), None)


def _obstacle(problem: str, remedy: str, path: Path | None, line: int | None) -> Obstacle:
    return Obstacle(
        problem=problem, remedy=remedy, path=None if path is None else str(path), line=line
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def main(arguments: Sequence[str]) -> int:
    """Read the request, run, write the answer."""
    request, answer = map(Path, arguments)
    result = run(json.loads(request.read_text("utf-8")))
    answer.write_text(json.dumps(result), "utf-8")
    gc.freeze()  # Python would look through everything once more, to forget it
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
