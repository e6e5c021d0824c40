"""Starting Sphinx in a process of its own, and putting a finished site in place."""

from __future__ import annotations

import fcntl
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

from babel import Locale

from transpipe.errors import SiteError
from transpipe.locales import path_code
from transpipe.sphinx.output import complete, mirror
from transpipe.sphinx.privatecatalogs import copy_catalogs
from transpipe.sphinx.project import Figures, SiteResult, SphinxProject, Step
from transpipe.sphinx.record import read_record

DOCTREES = "doctrees"
MEMORY = 100_000_000
MEMORY_OF_DOCUMENT = 2_000_000
"""What Sphinx takes, in bytes, as measured on the documentation of CPython."""


def extract_templates(project: SphinxProject, output_dir: Path) -> tuple[tuple[str, Path], ...]:
    """Write a template for every document that holds messages, with Sphinx's gettext builder.

    Nothing but ``gettext_compact`` and ``gettext_uuid`` is decided here; which other text is
    taken (``gettext_additional_targets``) is the project's own setting.

    :param output_dir: the folder for templates; only these are written to it.
    :returns: documents and their templates, in the order of names; with them ``sphinx``, if the
        templates of the project's pages (``templates_path``) hold messages.
    :raises SiteError: if Sphinx cannot read the project.
    """
    output_dir.mkdir(parents=True, exist_ok=True)
    answer = _run(
        project,
        {"gettext_compact": False, "gettext_uuid": False},
        builder="gettext",
        language=project.source_language,
        locale_dir=None,
        output_dir=output_dir,
        doctree_dir=project.doctree_dir / "gettext",
    )
    for name in project.generated:
        (output_dir / f"{name}.pot").unlink(missing_ok=True)
    return tuple(
        (name, output_dir / f"{name}.pot")
        for name in answer["documents"]
        if name not in project.generated
    )


def build_site(
    project: SphinxProject,
    locale: Locale,
    output_dir: Path,
    catalogs: Mapping[str, Path],
    languages: Sequence[Locale],
    *,
    locale_dir: Path | None = None,
    builder: str = "html",
    language_url: str | None = None,
    tell: Callable[[Step], None] | None = None,
) -> SiteResult:
    """Build the site of one language.

    Sphinx builds into a folder of its own, which it keeps. Only when it has succeeded does the
    output folder become the same, file by file; a file that did not change is not touched, nor
    is one that we did not write.

    :param catalogs: the language's catalogs by their domains. They are read before those of the
        project's own ``locale_dirs``, and nothing is written beside them.
    :param locale_dir: the folder they are from; where the project's ``locale_dirs`` names it, it
        is left out, with whatever was compiled there.
    :param languages: every language the site is built in, for links between them.
    :param language_url: where a language's site is, as seen from the top of this one; None for
        what conf.py says, or side by side.
    :param tell: called with each step, by another thread.
    :raises SiteError: if Sphinx cannot build it, or a file that is not ours is in its way; the
        output folder is as it was.
    """
    work = _work(project, builder, locale)
    with _putting_in_place(output_dir):
        complete(output_dir)
    copied = copy_catalogs(catalogs, work / "locale", path_code(locale))
    answer = _run(
        project,
        {
            "gettext_compact": project.gettext_compact,
            "transpipe_languages": [path_code(language) for language in languages],
            **({} if language_url is None else {"transpipe_language_url": language_url}),
        },
        builder=builder,
        language=locale,
        locale_dir=work / "locale",
        replaced_locale_dir=locale_dir,
        output_dir=work / "site",
        doctree_dir=work / DOCTREES,
        tell=tell,
    )
    with _putting_in_place(output_dir):
        mirror(work / "site", output_dir)
    pages = len(answer["documents"])
    originals = (*project.originals, *copied)
    warnings = tuple(_as_named(answer["warnings"], originals))
    figures = answer["figures"]
    return SiteResult(
        locale,
        output_dir,
        pages,
        warnings,
        answer["note"],
        Figures(
            tuple(figures["phases"].items()),
            tuple((name, seconds) for name, seconds in figures["slowest"]),
            figures["read"],
            figures["peak"],
        ),
        answer["is_bad"],
    )


@contextmanager
def _putting_in_place(output_dir: Path) -> Iterator[None]:
    """Say of a file that cannot be put in place what to do."""
    try:
        yield
    except OSError as problem:
        raise SiteError(
            f"the site cannot be put in place ({(problem.strerror or str(problem)).lower()})",
            "check that the folder is writable and the disk is not full",
            path=problem.filename or output_dir,
        ) from problem


def expected_memory(
    project: SphinxProject, locale: Locale, documents: int, *, builder: str = "html"
) -> int:
    """Say how much memory the site of a language will take, in bytes.

    :param documents: how many there are, for a project that was not built before.
    """
    record = read_record(_work(project, builder, locale) / DOCTREES)
    return record.peak if record and record.peak else MEMORY + documents * MEMORY_OF_DOCUMENT


def _work(project: SphinxProject, builder: str, locale: Locale) -> Path:
    """Give the folder for all that is kept of the site of a language."""
    return project.doctree_dir / f"{builder}-{path_code(locale)}"


def _as_named(warnings: Iterable[str], originals: Iterable[tuple[Path, Path]]) -> Iterator[str]:
    """Name a staged document or a copied catalog in each warning as the reader knows it."""
    # There can be thousands of the ones and hundreds of the others.
    names = {str(staged.resolve()): original for staged, original in originals}
    for warning in warnings:
        ends = (match.start() for match in re.finditer(":", warning))
        place = next((warning[:end] for end in ends if warning[:end] in names), None)
        yield warning if place is None else f"{names[place]}{warning.removeprefix(place)}"


def _run(
    project: SphinxProject,
    overrides: dict[str, Any],
    *,
    builder: str,
    language: Locale,
    locale_dir: Path | None,
    replaced_locale_dir: Path | None = None,
    output_dir: Path,
    doctree_dir: Path,
    tell: Callable[[Step], None] | None = None,
) -> dict[str, Any]:
    values: dict[str, Any] = {
        **overrides,
        "language": path_code(language),
        "transpipe_source_language": path_code(project.source_language),
        "transpipe_source_languages": {
            glob: path_code(locale) for glob, locale in project.source_languages
        },
        "transpipe_front_matter": list(project.front_matter),
        "transpipe_generated": list(project.generated),
    }
    if project.title is not None:
        values |= {"project": project.title, "html_title": project.title}
    request = {
        "source_dir": str(project.source_dir.resolve()),
        "conf_dir": str(project.conf_dir.resolve()),
        "output_dir": str(output_dir.resolve()),
        "doctree_dir": str(doctree_dir.resolve()),
        "builder": builder,
        "locale_dir": _resolved(locale_dir),
        "replaced_locale_dir": _resolved(replaced_locale_dir),
        "overrides": values,
    }
    for needed, what in ((project.source_dir, "source folder"), (project.conf_dir, "conf.py")):
        if not needed.is_dir():
            raise SiteError(f"there is no {what} here", "check the configuration", path=needed)
    with _alone(doctree_dir), tempfile.TemporaryDirectory(prefix="transpipe-") as folder:
        answer = _answer(request, Path(folder), project, tell)
        while answer["again"]:
            answer = _answer(request, Path(folder), project, tell)
        return answer


def _listen(pipe: int, tell: Callable[[Step], None] | None) -> None:
    with os.fdopen(pipe, encoding="utf-8") as lines:
        for line in lines:
            if tell is not None:
                tell(Step(*json.loads(line)))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other run uses what is kept in a folder.

    :raises SiteError: if the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w")
    except OSError as problem:
        raise SiteError(
            f"cannot be written to ({(problem.strerror or str(problem)).lower()})",
            "check the permissions of the folder of builds",
            path=folder,
        ) from problem
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _resolved(path: Path | None) -> str | None:
    return None if path is None else str(path.resolve())


def _answer(
    request: dict[str, Any],
    folder: Path,
    project: SphinxProject,
    tell: Callable[[Step], None] | None,
) -> dict[str, Any]:
    asked, answered = folder / "request.json", folder / "answer.json"
    # English, because reasons are read from it; a fixed hash seed, because the order of sets
    # reaches Sphinx's output.
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en", "PYTHONHASHSEED": "0"}
    listening, telling = os.pipe()
    listener = Thread(target=_listen, args=(listening, tell), daemon=True)
    listener.start()
    try:
        asked.write_text(json.dumps({**request, "progress": telling}), "utf-8")
        process = subprocess.Popen(  # noqa: S603 - our own module, by this very interpreter
            # -P: the working folder is no place to import from, as it is none for sphinx-build.
            [sys.executable, "-P", "-m", "transpipe.sphinx.run", str(asked), str(answered)],
            env=environment,
            stdin=subprocess.DEVNULL,  # a conf.py that asks would wait for ever
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            pass_fds=[telling],
        )
    finally:
        os.close(telling)
    with process:
        errors = process.communicate()[1]
    listener.join(1)  # a program that Sphinx started may hold the pipe open
    if not answered.is_file():
        said = errors.decode("utf-8", "replace").strip().splitlines()
        reason = f" ({said[-1]})" if said else ""
        raise SiteError(
            f"Sphinx ended with exit code {process.returncode}{reason}",
            "run sphinx-build on the project to see why",
            path=project.conf_dir / "conf.py",
        )
    answer: dict[str, Any] = json.loads(answered.read_text("utf-8"))
    obstacle = answer["obstacle"]
    if obstacle is not None:
        raise SiteError(
            obstacle["problem"], obstacle["remedy"], path=obstacle["path"], line=obstacle["line"]
        )
    return answer
