"""Three versions of a catalog -> one: a merge driver for git."""

from __future__ import annotations

import contextlib
import subprocess
from pathlib import Path

import click

from transpipe.catalogs.merge3 import MergedText, merge_files
from transpipe.catalogs.pofile import PoFile, parse_po, read_po
from transpipe.commands.options import PATH, verbosity_options
from transpipe.commands.wording import counted
from transpipe.errors import CatalogError
from transpipe.escape import visible
from transpipe.files import write_text
from transpipe.model import Message


@click.command("merge-po")
@click.argument("base", type=PATH)
@click.argument("ours", type=PATH)
@click.argument("theirs", type=PATH)
@click.option(
    "--output", type=PATH, metavar="FILE", help="Where to write the result. Default: OURS."
)
@click.option(
    "--path", type=PATH, metavar="FILE", help="The name of the catalog, for messages: git's %P."
)
@verbosity_options
def merge_po(
    base: Path, ours: Path, theirs: Path, output: Path | None, path: Path | None, verbosity: int
) -> int:
    """Merge two versions of a catalog, entry by entry: a merge driver for git.

    BASE is the version that OURS and THEIRS come from. A translation stays with the msgid that
    it was written for. Two different translations of one message are both kept, marked fuzzy,
    and the exit code is 1. 'transpipe init --merge-driver' makes git use this command.
    """
    name = path or output or ours
    try:
        merged = merge_files(
            *(
                _read(file, label, path)
                for label, file in zip(_SIDES, (base, ours, theirs), strict=True)
            )
        )
        result = parse_po(merged.text, name, name.stem)
    except CatalogError:
        if path is not None:
            _merge_lines(base, ours, theirs)
        raise
    write_text(output or ours, merged.text, CatalogError)
    if verbosity >= 0:
        _tell(merged, result, name)
    return 1 if merged.conflicts else 0


_SIDES = ("their common base", "our version", "their version")


def _read(file: Path, side: str, path: Path | None) -> PoFile:
    """Read one version. For git, errors name the catalog and the side, not git's own file."""
    try:
        return read_po(file, file.stem)
    except CatalogError as problem:
        if path is None:
            raise
        text = f"in {side}, {problem.problem}"
        raise CatalogError(text, problem.remedy, path=path, line=problem.line) from problem


def _tell(merged: MergedText, result: PoFile, name: Path) -> None:
    """Name each conflict with its line, as ``path:line: …``."""
    entries = {message.key: message for message in result.catalog.messages}
    for key in merged.conflicts:
        message = entries.get(key, result.catalog.header)
        click.echo(visible(f"{name}:{message.line}: {_conflict(message)}"), err=True)
    if merged.conflicts:
        count = counted(len(merged.conflicts), "conflict")
        click.echo(visible(f"{name}: {count}: choose in a PO editor, then 'git add'"), err=True)


def _conflict(message: Message) -> str:
    if not message.msgid and message.msgctxt is None:
        return "the headers differ: choose one of the values in the comment"
    short = message.msgid if len(message.msgid) <= 60 else message.msgid[:57] + "..."
    return f"two translations of {short!r}: keep one and remove the fuzzy mark"


def _merge_lines(base: Path, ours: Path, theirs: Path) -> None:
    """Leave in our file what git would: a merge of lines, with marks, for a person to look at."""
    with contextlib.suppress(OSError):
        subprocess.run(  # noqa: S603 - git itself, and the files it gave us
            ["git", "merge-file", "-L", "ours", "-L", "base", "-L", "theirs", ours, base, theirs],  # noqa: S607 - found on the path, as by git's own hooks
            capture_output=True,
            check=False,
        )
