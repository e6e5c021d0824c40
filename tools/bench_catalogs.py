"""Measure reading of catalogs and matching of edited messages, side by side.

    python tools/bench_catalogs.py [CORPORA]

The folder defaults to $TRANSPIPE_CORPORA, else to ../shared/corpora beside the project.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polib
from babel import Locale
from babel.messages.pofile import read_po as babel_read

from transpipe.catalogs.pofile import read_po
from transpipe.catalogs.update import update_language
from transpipe.model import Catalog, Message

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


# ------------------------------------------------------------------------------ matching


@dataclass(frozen=True)
class Score:
    """How well an updater did on one epoch, or on several added up."""

    edited: int = 0
    right: int = 0
    proposed: int = 0
    exact: int = 0
    kept: int = 0
    moved: int = 0
    moved_kept: int = 0

    def __add__(self, other: Score) -> Score:
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return Score(*(one + two for one, two in pairs))


Row = Mapping[str, Any]


def catalog_of(domain: str, locale: Locale | None, messages: Iterable[Message]) -> Catalog:
    """Make a catalog; of equal messages the first stays."""
    unique: dict[object, Message] = {}
    for message in messages:
        unique.setdefault(message.key, message)
    return Catalog(domain, locale, Message("", "Language: es\n"), tuple(unique.values()))


def epoch(path: Path) -> tuple[dict[str, Catalog], dict[str, Catalog], list[Row]]:
    """Give an epoch's templates, its old catalogs, and the rows that are scored."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    spanish = Locale("es")
    old = {
        row["file"]: catalog_of(
            row["file"],
            spanish,
            (
                Message(text, msgstr=f"{row['file']}#{number}")
                for number, text in enumerate(row["segs"])
            ),
        )
        for row in rows
        if row["kind"] == "oldfile"
    }
    scored = [row for row in rows if row["kind"] in ("edited", "new", "exact", "ambiguous")]
    files: dict[str, list[Row]] = {}
    for row in scored:
        files.setdefault(row["file"], []).append(row)
    templates = {
        name: catalog_of(
            name,
            None,
            (Message(row["new"]) for row in sorted(of_file, key=lambda row: int(row["index"]))),
        )
        for name, of_file in files.items()
    }
    return templates, old, scored


def score_epoch(path: Path, misses: list[str] | None = None) -> Score:
    """Update the catalogs of an epoch and score every row of it."""
    templates, old, rows = epoch(path)
    update = update_language(templates, old, Locale("es"), datetime.now(UTC))
    count: Counter[str] = Counter()
    for row in rows:
        message = next(m for m in update.catalogs[row["file"]].messages if m.msgid == row["new"])
        score_row(row, message, count, misses)
    return Score(**{name: count[name] for name in Score.__dataclass_fields__})


def score_row(
    row: Row, message: Message, count: Counter[str], misses: list[str] | None = None
) -> None:
    """Add one row to the counts, by the rule of corpora/matching/README.md."""
    kind = row["kind"]
    if kind == "exact":
        kept = bool(message.msgstr) and not message.is_fuzzy
        count["exact"] += 1
        count["kept"] += kept
        count["moved"] += row["moved"]
        count["moved_kept"] += row["moved"] and kept
    elif kind in ("edited", "new"):
        source = message.previous.msgid if message.previous and message.is_fuzzy else None
        right = source in {pred["msgid"] for pred in row.get("preds", ())}
        count["edited"] += kind == "edited"
        count["right"] += right
        count["proposed"] += source is not None
        if misses is not None and not right and (source is not None or kind == "edited"):
            truth = [pred["msgid"] for pred in row.get("preds", ())]
            misses.append(
                f"{kind} {row['file']}\n  {row['new']}\n  got   {source}\n  truth {truth}"
            )


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


def print_matching(corpora: Path, misses: list[str] | None) -> None:
    """Print the quality of matching."""
    total = Score()
    rows = []
    for path in sorted((corpora / "matching").glob("crust_*_*.jsonl")):
        start = time.process_time()
        score = score_epoch(path, misses)
        seconds = time.process_time() - start
        rows.append((path.stem, score, seconds))
        total += score
    rows.append(("all", total, sum(seconds for *_, seconds in rows)))
    print_table(
        ("epoch", "edited", "recall", "precision", "exact kept", "moved kept", "CPU s"),
        [
            (
                name,
                str(score.edited),
                f"{score.right / score.edited:.3f}",
                f"{score.right / score.proposed:.3f}",
                f"{score.kept} of {score.exact}",
                f"{score.moved_kept} of {score.moved}",
                f"{seconds:.2f}",
            )
            for name, score, seconds in rows
        ],
    )


def main() -> None:
    """Run what was asked for."""
    default = os.environ.get("TRANSPIPE_CORPORA", PROJECT.parent / "shared" / "corpora")
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpora", nargs="?", type=Path, default=Path(default))
    parser.add_argument("--only", choices=("loading", "matching"))
    parser.add_argument("--misses", action="store_true", help="print every row that went wrong")
    arguments = parser.parse_args()
    if not arguments.corpora.is_dir():
        parser.error(f"no such folder: {arguments.corpora}")
    if arguments.only != "matching":
        print_loading(arguments.corpora)
    if arguments.only != "loading":
        misses: list[str] | None = [] if arguments.misses else None
        print_matching(arguments.corpora, misses)
        for miss in misses or ():
            print(miss)


if __name__ == "__main__":
    main()
