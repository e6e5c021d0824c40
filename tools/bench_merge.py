"""Replay generated three-way merges of real catalogs, with several tools side by side.

    python tools/bench_merge.py [CORPORA] [--merges N]

Two branches come from one catalog. On each, translators translate and correct messages, and
sources are edited, added and removed, as an update then leaves them. The folder defaults to
$TRANSPIPE_CORPORA, else to ../shared/corpora beside the project.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from transpipe.catalogs.carry import carry_near, make_obsolete
from transpipe.catalogs.header import CREATED, with_field
from transpipe.catalogs.merge3 import merge_files
from transpipe.catalogs.pofile import PoFile, format_po, parse_po
from transpipe.errors import CatalogError
from transpipe.model import Catalog, Message

PROJECT = Path(__file__).parent.parent
NAME = Path("page.po")


# ---------------------------------------------------------------------------- two branches


class Branch:
    """What one branch does to a catalog."""

    def __init__(self, base: PoFile, name: str, seed: int) -> None:
        """Begin from the base; the seed decides on everything."""
        self.base, self.name = base, name
        self.random = random.Random(seed)
        self.messages = list(base.catalog.messages)
        self.header = base.catalog.header

    def worked_on(self) -> PoFile:
        """Translate, or update from edited sources, or both."""
        kind = self.random.choice(("translate", "translate", "update", "both"))
        if kind != "translate":
            self._update()
        if kind != "update":
            self._translate()
        catalog = replace(self.base.catalog, header=self.header, messages=tuple(self.messages))
        return parse_po(format_po(catalog, self.base), NAME, "page")

    def _some(self, most: int) -> list[int]:
        active = [index for index, one in enumerate(self.messages) if not one.obsolete]
        # Work comes in runs: a translator does a page, an author a section.
        count = min(len(active), self.random.randint(1, most))
        start = self.random.randrange(len(active) - count + 1)
        return [index for index in active[start : start + 2 * count] if self.random.random() < 0.6]

    def _translate(self) -> None:
        for index in self._some(8):
            message = self.messages[index]
            if message.msgid_plural is None:
                text = f"{message.msgstr or message.msgid} [{self.name} {message.msgid[:20]!r}]"
                flags = tuple(flag for flag in message.flags if flag != "fuzzy")
                new = replace(message, msgstr=text, flags=flags, previous=None)
                self.messages[index] = new
        self._date("PO-Revision-Date")

    def _update(self) -> None:
        for index in reversed(self._some(8)):
            message = self.messages[index]
            match self.random.choice(("edit", "edit", "edit", "remove", "add")):
                case "edit":
                    text = f"{message.msgid} ({self.random.choice('xyz')})"
                    edited = Message(text, references=message.references)
                    self.messages[index] = (
                        carry_near(edited, message, 2) if message.msgstr else edited
                    )
                case "remove":
                    del self.messages[index]
                    if message.msgstr:
                        self.messages.append(make_obsolete(message))
                case "add":
                    text = f"New in {self.name}: {message.msgid[:40]}"
                    self.messages.insert(index, Message(text, references=message.references))
        first = {message.key: message for message in reversed(self.messages)}
        self.messages = [
            replace(message, references=tuple(map(self._shift, message.references)))
            for message in self.messages
            if first[message.key] is message
        ]
        self._date(CREATED)

    def _shift(self, reference: str) -> str:
        path, colon, line = reference.rpartition(":")
        return f"{path}:{int(line) + 3}" if colon and line.isdigit() else reference

    def _date(self, name: str) -> None:
        day = self.random.randint(1, 28)
        self.header = with_field(self.header, name, f"2027-01-{day:02} 00:00+0000")


# ------------------------------------------------------------------------------- the tools


@dataclass(frozen=True)
class Result:
    """What a tool makes of a merge."""

    text: str
    conflicts: int
    resolved: str | None = None
    """The text with our side of each conflict, where the text itself is no catalog."""


def by_git(base: PoFile, ours: PoFile, theirs: PoFile) -> Result:
    """Merge lines, as git does without a driver."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for path, file in zip(paths, (ours, base, theirs), strict=True):
            path.write_text(file.text, encoding="utf-8", newline="")
        done, ours_first = (
            subprocess.run(["git", "merge-file", "-p", *more, *paths], capture_output=True)
            for more in ((), ("--ours",))
        )
    return Result(done.stdout.decode(), done.returncode, ours_first.stdout.decode())


def by_msgcat(base: PoFile, ours: PoFile, theirs: PoFile, *options: str) -> Result:
    """Join both sides; a base is unknown to it."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("ours.po", "theirs.po")]
        for path, file in zip(paths, (ours, theirs), strict=True):
            path.write_text(file.text, encoding="utf-8", newline="")
        done = subprocess.run(["msgcat", *options, *paths], capture_output=True)
    text = done.stdout.decode()
    return Result(text, sum('"#-#-#-#-#  ours.po' in entry for entry in text.split("\n\n")))


def by_msgcat_first(base: PoFile, ours: PoFile, theirs: PoFile) -> Result:
    """Join both sides; of two translations, the first stays."""
    return by_msgcat(base, ours, theirs, "--use-first")


def by_transpipe(base: PoFile, ours: PoFile, theirs: PoFile) -> Result:
    """Merge entry by entry."""
    merged = merge_files(base, ours, theirs)
    return Result(merged.text, len(merged.conflicts))


TOOLS = {
    "git": by_git,
    "msgcat": by_msgcat,
    "msgcat --use-first": by_msgcat_first,
    "transpipe merge-po": by_transpipe,
}


# ---------------------------------------------------------------------------- the judgement


def confirmed(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Give each msgid with its translation, where that is one without doubt."""
    for message in catalog.messages:
        if message.msgstr and not message.is_fuzzy:
            yield message.msgid, message.msgstr


def judge(result: Result, base: PoFile, ours: PoFile, theirs: PoFile) -> Counter[str]:
    """Count what went wrong in one merge."""
    count = Counter(merges=1, conflicts=result.conflicts, conflicting=bool(result.conflicts))
    try:
        catalog = parse_po(result.resolved or result.text, NAME, "page").catalog
    except CatalogError:
        count["broken"] += 1
        return count
    truth = {pair for side in (base, ours, theirs) for pair in confirmed(side.catalog)}
    count["wrong"] += sum(pair not in truth for pair in confirmed(catalog))
    if result.resolved is None or not result.conflicts:
        old = {msgstr for _, msgstr in confirmed(base.catalog)}
        text = "\n".join(message.msgstr for message in catalog.messages)
        for side in (ours, theirs):
            new = (msgstr for _, msgstr in confirmed(side.catalog) if msgstr not in old)
            count["lost"] += sum(msgstr not in text for msgstr in new)
    return count


def real_conflicts(base: PoFile, ours: PoFile, theirs: PoFile) -> int:
    """Count the messages that both sides translated, each in another way."""
    before, here, there = (dict(confirmed(side.catalog)) for side in (base, ours, theirs))
    both = here.keys() & there.keys()
    return sum(len({before.get(key), here[key], there[key]}) == 3 for key in both)


def replay(paths: list[Path], merges: int) -> dict[str, Counter[str]]:
    """Run every tool over so many merges of the catalogs."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*TOOLS, "real")}
    for number in range(merges):
        path = paths[number % len(paths)]
        base = parse_po(path.read_text(encoding="utf-8"), NAME, "page")
        if not any(not message.obsolete for message in base.catalog.messages):
            continue
        sides = [
            Branch(base, name, 2 * number + side).worked_on() for side, name in enumerate("AB")
        ]
        counts["real"]["conflicts"] += real_conflicts(base, *sides)
        for name, tool in TOOLS.items():
            counts[name] += judge(tool(base, *sides), base, *sides)
    return counts


def main() -> None:
    """Print the counts of every tool."""
    default = os.environ.get("TRANSPIPE_CORPORA", PROJECT.parent / "shared" / "corpora")
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpora", nargs="?", type=Path, default=Path(default))
    parser.add_argument("--merges", type=int, default=500)
    arguments = parser.parse_args()
    paths = sorted((arguments.corpora / "cpython-docs" / "locale").rglob("*.po"))
    paths = [path for path in paths if 4_000 < path.stat().st_size < 200_000]
    paths += sorted(arguments.corpora.glob("comprehensive-rust/*/po/*.po"))
    if not paths:
        parser.error(f"no catalogs in {arguments.corpora}")
    random.Random(1).shuffle(paths)
    counts = replay(paths, arguments.merges)
    print("| tool | merges with a conflict | conflicts | wrong pairings | lost | not a catalog |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name in TOOLS:
        one = counts[name]
        print(
            f"| {name} | {one['conflicting']} of {one['merges']} | {one['conflicts']} "
            f"| {one['wrong']} | {one['lost']} | {one['broken']} |"
        )
    print("\nFor git, wrong pairings are what is left where our side of each conflict is taken.")
    print(f"{counts['real']['conflicts']} messages were translated in two ways.")


if __name__ == "__main__":
    main()
