"""Measure the reading of catalogs, side by side.

    python tools/bench_catalogs.py [CORPORA]

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

from transpipe.catalogs.pofile import read_po

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
    arguments = parser.parse_args()
    if not arguments.corpora.is_dir():
        parser.error(f"no such folder: {arguments.corpora}")
    print_loading(arguments.corpora)


if __name__ == "__main__":
    main()
