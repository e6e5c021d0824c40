"""Measure the reading of catalogs, and compare their layout with that of msgcat.

    python tools/bench_catalogs.py [CORPORA] [--only loading|layout]

The folder defaults to $TRANSPIPE_CORPORA, else to ../shared/corpora beside the project.
"""

from __future__ import annotations

import argparse
import io
import os
import resource
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import polib
from babel.messages.pofile import read_po as babel_read

from transpipe.catalogs._writer import format_message
from transpipe.catalogs.pofile import parse_po, read_po

PROJECT = Path(__file__).parent.parent


# ------------------------------------------------------------------------------- reading


def cpu_seconds(work: Callable[[], object]) -> float:
    """Give the processor time of some work, that of the programs it starts included."""

    def spent() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + children.ru_utime + children.ru_stime

    start = spent()
    work()
    return spent() - start


def read_with_babel(path: Path) -> None:
    """Read a catalog with Babel."""
    babel_read(io.BytesIO(path.read_bytes()))


def compile_with_msgfmt(path: Path) -> None:
    """Check and compile a catalog with msgfmt."""
    subprocess.run(["msgfmt", "-o", os.devnull, path], check=True, capture_output=True)


def loading(folder: Path) -> list[tuple[str, float]]:
    """Give the time each reader takes for all catalogs of a folder: the best of two runs."""
    paths = sorted(folder.rglob("*.po"))
    readers: dict[str, Callable[[Path], object]] = {
        "transpipe": lambda path: read_po(path, path.stem),
        "polib": lambda path: polib.pofile(str(path)),
        "Babel": read_with_babel,
        "msgfmt, a process a file": compile_with_msgfmt,
    }

    def run(reader: Callable[[Path], object]) -> float:
        return cpu_seconds(lambda: [reader(path) for path in paths])

    return [(name, min(run(reader), run(reader))) for name, reader in readers.items()]


# -------------------------------------------------------------------------------- layout


def agreement(paths: Iterable[Path], width: int) -> tuple[int, int]:
    """Count the entries that we lay out as msgcat does, and all entries.

    :param width: 0 for lines that are not wrapped.
    """
    option = f"--width={width}" if width else "--no-wrap"
    same = total = 0
    for path in paths:
        text = subprocess.run(
            ["msgcat", option, path], check=True, capture_output=True, text=True
        ).stdout
        theirs = parse_po(text, path, path.stem)
        places = zip(theirs.catalog.messages, theirs.reading.slices, strict=True)
        for message, (start, end) in places:
            total += 1
            same += format_message(message, width) == text[start:end].strip("\n") + "\n"
    return same, total


def print_layout(corpora: Path) -> None:
    """Print how many entries are laid out as msgcat does, at several widths."""
    every = sorted((corpora / "cpython-docs" / "locale").rglob("*.po"))
    every += sorted((corpora / "comprehensive-rust").rglob("*.po"))
    rows = []
    for width, paths in ((79, every), (60, every[::10]), (100, every[::10]), (0, every[::10])):
        same, total = agreement(paths, width)
        rows.append((str(width or "none"), str(total), str(same), f"{100 * same / total:.3f} %"))
    print_table(("width", "entries", "as msgcat writes them", "share"), rows)


# ---------------------------------------------------------------------------------- main


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table in Markdown."""
    print("|", " | ".join(head), "|")
    print("|", " | ".join("---" for _ in head), "|")
    for row in rows:
        print("|", " | ".join(row), "|")
    print()


def print_loading(corpora: Path) -> None:
    """Print the times of reading."""
    folder = corpora / "cpython-docs" / "locale" / "es"
    results = loading(folder)
    ours = results[0][1]
    print(f"Reading {len(list(folder.rglob('*.po')))} catalogs\n")
    print_table(
        ("reader", "CPU s", "of ours"),
        [(name, f"{seconds:.2f}", f"{seconds / ours:.1f}") for name, seconds in results],
    )


def main() -> None:
    """Run what was asked for."""
    default = os.environ.get("TRANSPIPE_CORPORA", PROJECT.parent / "shared" / "corpora")
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpora", nargs="?", type=Path, default=Path(default))
    parser.add_argument("--only", choices=("loading", "layout"))
    arguments = parser.parse_args()
    if not arguments.corpora.is_dir():
        parser.error(f"no such folder: {arguments.corpora}")
    if arguments.only != "layout":
        print_loading(arguments.corpora)
    if arguments.only != "loading":
        print_layout(arguments.corpora)


if __name__ == "__main__":
    main()
