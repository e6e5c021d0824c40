"""Starting Sphinx in a process of its own, and putting a finished site in place."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from babel import Locale

from transpipe.errors import SiteError
from transpipe.locales import path_code
from transpipe.sphinx.output import mirror
from transpipe.sphinx.privatecatalogs import copy_catalogs
from transpipe.sphinx.project import SiteResult, SphinxProject


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
    :raises SiteError: if Sphinx cannot build it, or a file that is not ours is in its way; the
        output folder is as it was.
    """
    work = project.doctree_dir / f"{builder}-{path_code(locale)}"
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
    originals = (*project.originals, *copied)
    warnings = tuple(_as_named(answer["warnings"], originals))
    return SiteResult(locale, output_dir, pages, warnings, answer["is_bad"])


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
    with tempfile.TemporaryDirectory(prefix="transpipe-") as folder:
        return _answer(request, Path(folder), project)


def _resolved(path: Path | None) -> str | None:
    return None if path is None else str(path.resolve())


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
        stdin=subprocess.DEVNULL,  # a conf.py that asks would wait for ever
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
