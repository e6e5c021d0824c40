"""Measure the update of catalogs: whose translation an edited message keeps, and what it costs.

    python tools/bench_update.py [CORPORA] [--truth FILE ...] [--cross-validate] [--misses]

The folder defaults to $TRANSPIPE_CORPORA, else to ../shared/corpora beside the project.
``--truth`` adds files of another history, made by tools/matching_truth.py. ``--cross-validate``
says how well thresholds do on documents that they were not chosen on.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import random
import resource
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from babel import Locale

from transpipe.catalogs.match import THRESHOLDS, Thresholds, near_matches
from transpipe.catalogs.pofile import format_po, parse_po
from transpipe.catalogs.update import update_language
from transpipe.model import Catalog, Message

PROJECT = Path(__file__).parent.parent
SPANISH = Locale("es")
WANTED_RECALL = 0.985
"""A lost translation costs a translator more than a wrong proposal, which the diff shows."""
Row = Mapping[str, Any]


def cpu_seconds(work: Callable[[], object]) -> float:
    """Give the processor time of some work, that of the programs it starts included."""

    def spent() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + children.ru_utime + children.ru_stime

    start = spent()
    work()
    return spent() - start


# ------------------------------------------------------------------------------- matching


@dataclass(frozen=True)
class Score:
    """How well an updater did on some documents."""

    edited: int = 0
    right: int = 0
    proposed: int = 0
    exact: int = 0
    kept: int = 0
    moved: int = 0
    moved_kept: int = 0

    @property
    def recall(self) -> float:
        """The share of edited messages that were given their own translation."""
        return self.right / max(1, self.edited)

    @property
    def precision(self) -> float:
        """The share of what was given that was right."""
        return self.right / max(1, self.proposed)

    @property
    def worth(self) -> float:
        """The harmonic mean of recall and precision, less where recall is below what is wanted."""
        mean = 2 * self.recall * self.precision / max(1e-9, self.recall + self.precision)
        return mean - 4 * max(0.0, WANTED_RECALL - self.recall)

    def __add__(self, other: Score) -> Score:
        pairs = zip(asdict(self).values(), asdict(other).values(), strict=True)
        return Score(*(one + two for one, two in pairs))


@dataclass(frozen=True)
class Epoch:
    """A project at one commit, its catalogs at an earlier one, and what is true of them."""

    name: str
    templates: Mapping[str, Catalog]
    catalogs: Mapping[str, Catalog]
    rows: Sequence[Row]


def catalog_of(domain: str, locale: Locale | None, messages: Iterable[Message]) -> Catalog:
    """Make a catalog; of equal messages the first stays."""
    unique: dict[object, Message] = {}
    for message in messages:
        unique.setdefault(message.key, message)
    return Catalog(domain, locale, Message("", "Language: es\n"), tuple(unique.values()))


def read_epoch(path: Path) -> Epoch:
    """Read an epoch. Each old message has a translation that says where it is from."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    old = {
        row["file"]: catalog_of(
            row["file"],
            SPANISH,
            (
                Message(text, msgstr=f"{row['file']}#{number}")
                for number, text in enumerate(row["segs"])
            ),
        )
        for row in rows
        if row["kind"] == "oldfile"
    }
    scored = [row for row in rows if row["kind"] in ("edited", "new", "exact", "ambiguous")]
    files: dict[str, list[Row]] = defaultdict(list)
    for row in scored:
        files[row["file"]].append(row)
    templates = {
        name: catalog_of(
            name,
            None,
            (Message(row["new"]) for row in sorted(of_file, key=lambda row: int(row["index"]))),
        )
        for name, of_file in files.items()
    }
    return Epoch(path.stem, templates, old, scored)


def score(
    epoch: Epoch, thresholds: Thresholds = THRESHOLDS, misses: list[str] | None = None
) -> Mapping[str, Score]:
    """Update the catalogs of an epoch and score every row of it, by document.

    A translation that was carried without the fuzzy mark is a proposal like any other: by the
    text of the translation it is known where it is from.
    """
    near = partial(near_matches, thresholds=thresholds)
    update = update_language(
        epoch.templates, epoch.catalogs, SPANISH, datetime.now(UTC), near
    ).catalogs
    origins = {m.msgstr: m.msgid for one in epoch.catalogs.values() for m in one.messages}
    found = {(d, m.msgid): m for d, one in update.items() for m in one.messages if not m.obsolete}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in epoch.rows:
        message = found[row["file"], row["new"]]
        score_row(row, message, origins.get(message.msgstr), counts[row["file"]], misses)
    return {file: Score(**count) for file, count in counts.items()}


def score_row(
    row: Row, message: Message, source: str | None, count: Counter[str], misses: list[str] | None
) -> None:
    """Add one row to the counts, by the rule of corpora/matching/README.md."""
    kind = row["kind"]
    if kind == "exact":
        kept = bool(message.msgstr) and not message.is_fuzzy
        count["exact"] += 1
        count["kept"] += kept
        count["moved"] += row["moved"]
        count["moved_kept"] += row["moved"] and kept
    elif kind in ("edited", "new") and source != row["new"]:
        truth = [pred["msgid"] for pred in row.get("preds", ())]
        count["edited"] += kind == "edited"
        count["right"] += source in truth
        count["proposed"] += source is not None
        if misses is not None and source not in truth and (source is not None or truth):
            misses.append(
                f"{kind} {row['file']}\n  {row['new']}\n  got   {source}\n  truth {truth}"
            )


def print_matching(epochs: Sequence[Epoch], misses: list[str] | None) -> None:
    """Print the quality of matching."""
    total, rows, seconds = Score(), [], 0.0
    for epoch in epochs:
        start = time.process_time()
        result = sum(score(epoch, misses=misses).values(), Score())
        spent = time.process_time() - start
        rows.append((epoch.name, result, spent))
        total, seconds = total + result, seconds + spent
    rows.append(("all", total, seconds))
    print_table(
        ("epoch", "edited", "recall", "precision", "exact kept", "moved kept", "CPU s"),
        [
            (
                name,
                str(result.edited),
                f"{result.recall:.3f}",
                f"{result.precision:.3f}",
                f"{result.kept} of {result.exact}",
                f"{result.moved_kept} of {result.moved}",
                f"{spent:.2f}",
            )
            for name, result, spent in rows
        ],
    )


# ----------------------------------------------------------------------- cross-validation

FOLDS = 5
CHOICES: Mapping[str, Sequence[float]] = {
    "alone": (40, 45, 50),
    "alone_short": (45, 50, 55, 60),
    "gap": (45, 50, 55),
    "gap_words": (0, 15, 20, 25, 30),
    "text": (65, 70, 75),
    "text_short": (80, 85, 90, 92),
}


def candidates(number: int) -> Iterator[Thresholds]:
    """Give the thresholds in use, and others by chance, the same in every run."""
    everything = list(itertools.product(*CHOICES.values()))
    yield THRESHOLDS
    for values in random.Random(1).sample(everything, number):
        yield Thresholds(**dict(zip(CHOICES, values, strict=True)))


def fold(file: str) -> int:
    """Say which fold a document belongs to, by its path alone."""
    return hashlib.sha256(file.encode()).digest()[0] % FOLDS


def cross_validate(epochs: Sequence[Epoch], number: int) -> None:
    """Choose thresholds on four fifths of the documents and judge them on the others."""
    tried: list[tuple[Thresholds, list[Score]]] = []
    for thresholds in candidates(number):
        by_fold = [Score()] * FOLDS
        for epoch in epochs:
            for file, one in score(epoch, thresholds).items():
                by_fold[fold(file)] += one
        tried.append((thresholds, by_fold))
    total = Score()
    for left_out in range(FOLDS):

        def learnt(row: tuple[Thresholds, list[Score]], left_out: int = left_out) -> float:
            rest = (one for index, one in enumerate(row[1]) if index != left_out)
            return sum(rest, Score()).worth

        thresholds, by_fold = max(tried, key=learnt)
        total += by_fold[left_out]
        print(f"without fold {left_out}: {asdict(thresholds)}")
    used = sum(tried[0][1], Score())
    print(f"\non what was left out: recall {total.recall:.3f}, precision {total.precision:.3f}")
    print(f"those in use, on all: recall {used.recall:.3f}, precision {used.precision:.3f}\n")


# ----------------------------------------------------------------------------------- cost


def project(size: int) -> Catalog:
    """Make a catalog of as many messages as asked for, in words that texts really share."""
    chance = random.Random(size)
    words = [f"{a}{b}{c}" for a in "bdfglmnprst" for b in "aeiou" for c in ("n", "ra", "sto", "l")]

    def sentence(number: int) -> str:
        text = " ".join(chance.choice(words) for _ in range(chance.randint(4, 30)))
        return f"{text.capitalize()} {number % 97}."

    messages = (Message(text, msgstr=f"<{text}>") for text in map(sentence, range(size)))
    return catalog_of("book", SPANISH, messages)


PO_HEADER = """msgid ""
msgstr "Language: es\\nContent-Type: text/plain; charset=UTF-8\\n"
"""


def po_text(catalog: Catalog) -> str:
    """Write such a catalog, quickly: each text in one line."""
    entries = (f'msgid "{m.msgid}"\nmsgstr "{m.msgstr}"\n' for m in catalog.messages)
    return "\n".join((PO_HEADER, *entries))


def edited(catalog: Catalog, share: float) -> Catalog:
    """Make a template in which a word of some messages is another."""
    step = round(1 / share)
    messages = (
        Message(m.msgid.replace(" ", " truly ", 1) if n % step == 0 else m.msgid)
        for n, m in enumerate(catalog.messages)
    )
    return replace(catalog, locale=None, messages=tuple(messages))


def grown(catalog: Catalog, share: float) -> Catalog:
    """Make a template that has new messages besides, all through it."""
    fresh = project(round(len(catalog.messages) * share) + 7).messages
    step = round(1 / share)
    messages: list[Message] = []
    for number, message in enumerate(catalog.messages):
        messages.append(Message(message.msgid))
        if number % step == 0 and number // step < len(fresh):
            messages.append(Message("Brand new: " + fresh[number // step].msgid))
    return catalog_of("book", None, messages)


def with_msgmerge(template: Catalog, old: Catalog, limit: float) -> float | None:
    """Give the time msgmerge takes for the same, None if it was stopped."""
    with tempfile.TemporaryDirectory() as folder:
        po, pot = Path(folder, "book.po"), Path(folder, "book.pot")
        for path, catalog in ((po, old), (pot, template)):
            path.write_text(po_text(catalog), "utf-8")
        command = ["msgmerge", "--quiet", "--previous", "-o", os.devnull, str(po), str(pot)]
        try:
            return cpu_seconds(lambda: subprocess.run(command, check=True, timeout=limit))
        except subprocess.TimeoutExpired:
            return None


def whole_update(template: Catalog, old_text: str) -> None:
    """Read a catalog, update it, and write it anew: what the command does, without the disk."""
    file = parse_po(old_text, Path("book.po"), "book", SPANISH)
    result = update_language({"book": template}, {"book": file.catalog}, SPANISH, datetime.now(UTC))
    format_po(result.catalogs["book"], file)


def print_cost(limit: float) -> None:
    """Print what updates cost, by the size of the catalog."""
    cases: list[tuple[str, int, Callable[[Catalog], Catalog]]] = [
        ("5 % edited", 5_000, partial(edited, share=0.05)),
        ("5 % edited", 20_000, partial(edited, share=0.05)),
        ("5 % edited", 50_000, partial(edited, share=0.05)),
        ("5 % brand-new", 5_000, partial(grown, share=0.05)),
        ("5 % brand-new", 20_000, partial(grown, share=0.05)),
        ("nothing to do", 50_000, lambda old: catalog_of("book", None, map(bare, old.messages))),
    ]
    rows = []
    for name, size, change in cases:
        old = project(size)
        template, text = change(old), po_text(old)
        ours = cpu_seconds(partial(whole_update, template, text))
        catalogs = ({"book": template}, {"book": old})
        matched = cpu_seconds(partial(update_language, *catalogs, SPANISH, datetime.now(UTC)))
        theirs = with_msgmerge(template, old, limit) if limit else None
        spent = f"> {limit:.0f}" if theirs is None else f"{theirs:.2f}"
        rows.append((f"{size:,}, {name}", f"{ours:.2f}", f"{matched:.2f}", spent if limit else ""))
    print_table(("messages", "CPU s", "of these matching", "msgmerge"), rows)


def bare(message: Message) -> Message:
    """Give a message as it is in a template."""
    return Message(message.msgid)


# ---------------------------------------------------------------------------------- main


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table in Markdown."""
    print("|", " | ".join(head), "|")
    print("|", " | ".join("---" for _ in head), "|")
    for row in rows:
        print("|", " | ".join(row), "|")
    print()


def main() -> None:
    """Run what was asked for."""
    default = os.environ.get("TRANSPIPE_CORPORA", PROJECT.parent / "shared" / "corpora")
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpora", nargs="?", type=Path, default=Path(default))
    parser.add_argument("--truth", nargs="+", type=Path, default=[], metavar="FILE")
    parser.add_argument("--only", choices=("cost", "matching"))
    parser.add_argument("--misses", action="store_true", help="print every row that went wrong")
    parser.add_argument(
        "--cross-validate",
        nargs="?",
        type=int,
        const=60,
        metavar="N",
        help="try N thresholds (60) by cross-validation over documents, and nothing else",
    )
    parser.add_argument(
        "--msgmerge",
        type=float,
        default=10,
        metavar="SECONDS",
        help="stop msgmerge after this (10); 0 leaves it out",
    )
    arguments = parser.parse_args()
    if not arguments.corpora.is_dir():
        parser.error(f"no such folder: {arguments.corpora}")
    paths = sorted((arguments.corpora / "matching").glob("crust_*_*.jsonl"))
    epochs = [read_epoch(path) for path in (*paths, *arguments.truth)]
    if arguments.cross_validate:
        cross_validate(epochs, arguments.cross_validate)
        return
    if arguments.only != "cost":
        misses: list[str] | None = [] if arguments.misses else None
        print_matching(epochs, misses)
        for miss in misses or ():
            print(miss)
    if arguments.only != "matching":
        print_cost(arguments.msgmerge)


if __name__ == "__main__":
    main()
