"""Starting Sphinx in a process of its own, and putting a finished site in place."""

from __future__ import annotations

import filecmp
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from babel import Locale

from transpipe.errors import SiteError
from transpipe.locales import path_code
from transpipe.sphinx.project import SiteResult, SphinxProject

NOT_PUBLISHED = frozenset({".doctrees"})


def extract_templates(project: SphinxProject, output_dir: Path) -> tuple[tuple[str, Path], ...]:
    """Write a template for every document that holds messages, with Sphinx's gettext builder.

    Nothing but ``gettext_compact`` and ``gettext_uuid`` is decided here; which other text is
    taken (``gettext_additional_targets``) is the project's own setting.

    :param output_dir: the folder for templates; only these are written to it.
    :returns: documents and their templates, in the order of names.
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
    locale_dir: Path,
    languages: Sequence[Locale],
    *,
    builder: str = "html",
    language_url: str = "../{language}/",
) -> SiteResult:
    """Build the site of one language.

    Sphinx builds into a folder of its own, which it keeps. Only when it has succeeded does the
    output folder become the same, file by file; a file that did not change is not touched.

    :param locale_dir: the catalogs, before those of the project's own ``locale_dirs``.
    :param languages: every language the site is built in, for links between them.
    :param language_url: where a language's site is, as seen from the top of this one.
    :raises SiteError: if Sphinx cannot build it; the output folder is as it was.
    """
    work = project.doctree_dir / f"{builder}-{path_code(locale)}"
    answer = _run(
        project,
        {
            "gettext_compact": False,
            "transpipe_languages": [path_code(language) for language in languages],
            "transpipe_language_url": language_url,
        },
        builder=builder,
        language=locale,
        locale_dir=locale_dir,
        output_dir=work / "site",
        doctree_dir=work / "doctrees",
    )
    try:
        mirror(work / "site", output_dir)
    except OSError as problem:
        raise SiteError(
            f"the site cannot be put in place ({(problem.strerror or str(problem)).lower()})",
            "check that the folder is writable and the disk is not full",
            path=problem.filename or output_dir,
        ) from problem
    pages = len(answer["documents"])
    return SiteResult(locale, output_dir, pages, tuple(answer["warnings"]))


def mirror(source: Path, target: Path) -> None:
    """Make a folder's files those of another, each replaced whole; unchanged ones stay.

    :raises OSError: if a file cannot be written; those done so far are whole.
    """
    wanted = frozenset(_files(source))
    for name in sorted(wanted):
        new, old = source / name, target / name
        if old.is_file() and filecmp.cmp(new, old, shallow=False):
            continue
        old.parent.mkdir(parents=True, exist_ok=True)
        temporary = old.with_name(f".{old.name[:200]}.tmp")
        shutil.copyfile(new, temporary)
        temporary.replace(old)
    for name in sorted(set(_files(target)) - wanted):
        (target / name).unlink()
    for folder in sorted((path for path in target.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def _files(folder: Path) -> Iterable[str]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder)
        if path.is_file() and name.parts[0] not in NOT_PUBLISHED:
            yield name.as_posix()


def _run(
    project: SphinxProject,
    overrides: dict[str, Any],
    *,
    builder: str,
    language: Locale,
    locale_dir: Path | None,
    output_dir: Path,
    doctree_dir: Path,
) -> dict[str, Any]:
    values: dict[str, Any] = {
        **overrides,
        "language": path_code(language),
        "transpipe_source_language": path_code(project.source_language),
        "transpipe_source_languages": {
            glob: path_code(locale) for glob, locale in project.source_languages
        },
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
        "locale_dir": None if locale_dir is None else str(locale_dir.resolve()),
        "overrides": values,
    }
    for needed, what in ((project.source_dir, "source folder"), (project.conf_dir, "conf.py")):
        if not needed.is_dir():
            raise SiteError(f"there is no {what} here", "check the configuration", path=needed)
    with tempfile.TemporaryDirectory(prefix="transpipe-") as folder:
        return _answer(request, Path(folder), project)


def _answer(request: dict[str, Any], folder: Path, project: SphinxProject) -> dict[str, Any]:
    asked, answered = folder / "request.json", folder / "answer.json"
    asked.write_text(json.dumps(request), "utf-8")
    # English, because reasons are read from it; a fixed hash seed, because the order of sets
    # reaches Sphinx's output.
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en", "PYTHONHASHSEED": "0"}
    process = subprocess.run(  # noqa: S603 - our own module, by this very interpreter
        # -P: the working folder is no place to import from, as it is none for sphinx-build.
        [sys.executable, "-P", "-m", "transpipe.sphinx.run", str(asked), str(answered)],
        env=environment,
        capture_output=True,
        check=False,
    )
    if not answered.is_file():
        said = process.stderr.decode("utf-8", "replace").strip().splitlines()
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
