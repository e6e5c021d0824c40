"""The folder of catalogs that Sphinx gets: a copy by content, which it may compile into.

Sphinx looks for one spelling of a language only, puts each compiled catalog beside its source,
and tells by times whether it is up to date; one whose source is gone stays in effect.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from transpipe.errors import SiteError
from transpipe.sphinx.copying import copy_whole, is_copy

MESSAGES_FOLDER = "LC_MESSAGES"


def copy_catalogs(
    catalogs: Mapping[str, Path], folder: Path, language: str
) -> tuple[tuple[Path, Path], ...]:
    """Make a folder hold the catalogs of one language, and nothing that was compiled before.

    What holds the right text, and what Sphinx compiled from it, is not touched.

    :param catalogs: the catalogs by their domains.
    :param folder: ours alone.
    :param language: as Sphinx spells it.
    :returns: the copies, each with the catalog it was made of.
    :raises SiteError: if a catalog cannot be read or copied.
    """
    messages = folder / language / MESSAGES_FOLDER
    kept: set[Path] = set()
    copies: list[tuple[Path, Path]] = []
    for domain, path in catalogs.items():
        copied, compiled = messages / f"{domain}.po", messages / f"{domain}.mo"
        kept |= {copied, compiled}
        copies.append((copied, path))
        try:
            if not is_copy(copied, path):
                # First, so that an interrupted run leaves none that is out of date.
                compiled.unlink(missing_ok=True)
                copy_whole(path, copied)
        except OSError as problem:
            raise SiteError(
                f"cannot be copied for Sphinx ({(problem.strerror or str(problem)).lower()})",
                "check its permissions and those of the folder of builds",
                path=path,
            ) from problem
    for path in [path for path in folder.rglob("*") if path.is_file() and path not in kept]:
        path.unlink()
    return tuple(copies)
