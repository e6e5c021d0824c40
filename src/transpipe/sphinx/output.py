"""The folder that a finished site is put into: what we wrote there is ours, and nothing else is.

A manifest in the folder names the files that were written. Only these are ever replaced or
removed, so that a folder given by mistake loses nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path, PurePosixPath

from transpipe.errors import SiteError
from transpipe.sphinx.copying import is_copy

MANIFEST = ".transpipe-files"
"""The file that names the others, as a JSON list of their paths in the folder."""
PLAN = ".transpipe-plan"
"""The file that says what is still to be put in place, if a run was interrupted."""
STAGED = ".transpipe-staged"
"""The folder of what waits for its place."""
NOT_PUBLISHED = frozenset({".doctrees", MANIFEST, PLAN, STAGED})


def require_separate(output_dir: Path, folders: Mapping[str, Path], build_dir: Path) -> None:
    """Refuse a folder for a site that is, contains or lies inside a folder of somebody's work.

    :param folders: what else there is, each by what it is called.
    :param build_dir: the folder for what is made; a site may be there wherever it lies.
    :raises SiteError: if the folder cannot be taken.
    """
    output, builds = output_dir.resolve(), build_dir.resolve()
    for what, folder in folders.items():
        other = folder.resolve()
        # What is made lies inside the sources where the project itself is the folder of sources.
        among_builds = builds in output.parents and other in (builds, *builds.parents)
        if output == other or output in other.parents:
            relation = "is" if output == other else "contains"
        elif other in output.parents and not among_builds:
            relation = "lies inside"
        else:
            continue
        raise SiteError(
            f"no site can be put here, because it {relation} the {what} {folder}",
            "give another --output",
            path=output_dir,
        )


def mirror(source: Path, target: Path) -> None:
    """Make those of a folder's files that are ours the files of another folder.

    What did not change is not touched. Files that are not ours stay. All that changed is first
    copied into the folder under names of its own, then takes its place at once. A run that is
    interrupted before leaves the old files; one that is interrupted then leaves a list, from which
    :func:`complete` puts the rest in place.

    :raises SiteError: if a file that is not ours is in the way; nothing was written.
    :raises OSError: if a file cannot be written.
    """
    complete(target)
    wanted, ours = frozenset(_files(source)), _read_manifest(target)
    changed = [name for name in sorted(wanted) if not is_copy(target / name, source / name)]
    for name in changed:
        if name not in ours and os.path.lexists(target / name):
            raise SiteError(
                "is in the way of the site, and is not ours to replace",
                "move it away, or give another --output",
                path=target / name,
            )
    # What is there and not ours stays so, even where it happens to hold what the site does.
    owned = {name for name in wanted if name in ours or not os.path.lexists(target / name)}
    if not changed and owned == ours and (target / MANIFEST).exists():
        return
    staged = target / STAGED
    try:
        staged.mkdir(parents=True)
        for number, name in enumerate(changed):
            shutil.copyfile(source / name, staged / str(number))
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    plan = {"put": changed, "remove": sorted(ours - wanted), "ours": sorted(owned)}
    _write_whole(target, PLAN, plan)
    complete(target)


def complete(target: Path) -> None:
    """Put the rest of a site in place, if a run was interrupted while it did so.

    :raises OSError: if a file cannot be written.
    """
    plan = _read_plan(target)
    if plan is not None:
        # Before the files, so that they are known for ours whatever happens.
        _write_manifest(target, {*_read_manifest(target), *plan["ours"]})
        for name in plan["put"]:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
        for number, name in enumerate(plan["put"]):
            with contextlib.suppress(FileNotFoundError):  # it is in its place
                (target / STAGED / str(number)).replace(target / name)
        for name in plan["remove"]:
            _remove(target, name)
        _write_manifest(target, plan["ours"])
        (target / PLAN).unlink()
    if (target / STAGED).is_dir() and not (target / STAGED).is_symlink():
        shutil.rmtree(target / STAGED)


def _read_plan(target: Path) -> dict[str, list[str]] | None:
    """Give what is to be done yet; None where nothing is."""
    try:
        plan = json.loads((target / PLAN).read_text("utf-8"))
        lists = {key: [str(name) for name in plan[key]] for key in ("put", "remove", "ours")}
    except (FileNotFoundError, NotADirectoryError, ValueError, TypeError, KeyError):
        return None
    return lists if all(map(_is_below, chain(*lists.values()))) else None


def _files(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        name = path.relative_to(folder)
        if path.is_file() and name.parts[0] not in NOT_PUBLISHED:
            yield name.as_posix()


def _read_manifest(folder: Path) -> frozenset[str]:
    """Give the files that are ours; none where no manifest of ours can be read."""
    try:
        names = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return frozenset()
    if not isinstance(names, list):
        return frozenset()
    return frozenset(name for name in names if isinstance(name, str) and _is_below(name))


def _is_below(name: str) -> bool:
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def _write_manifest(folder: Path, names: Iterable[str]) -> None:
    _write_whole(folder, MANIFEST, sorted(names))


def _write_whole(folder: Path, name: str, value: object) -> None:
    """Put a list in place whole, from the folder of what waits: nothing else is left of it."""
    waiting = folder / STAGED / name
    waiting.parent.mkdir(parents=True, exist_ok=True)
    with waiting.open("w", encoding="utf-8") as file:
        file.write(json.dumps(value, indent=0) + "\n")
        file.flush()
        os.fsync(file.fileno())
    waiting.replace(folder / name)


def _remove(folder: Path, name: str) -> None:
    """Remove a file and the folders below ours that it leaves empty."""
    path = folder / name
    top = folder.resolve()
    # A link to a folder elsewhere was not put there by us, nor was what is behind it.
    if path.parent.resolve() != top and top not in path.parent.resolve().parents:
        return
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        path.unlink()
    for parent in path.parents:
        if parent == folder or not parent.is_dir() or any(parent.iterdir()):
            return
        parent.rmdir()
