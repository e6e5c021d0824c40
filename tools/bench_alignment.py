"""Measure how well pages translated by hand are aligned, and how far the confidence can be trusted.

The truth is made: real pages and their translations, of which one side is then damaged. Paragraphs
are deleted, inserted, replaced by those of another page, split, merged and swapped at random. A
link counts as right if it is one of the truth, or joins the same two texts.

Run with ``make bench-alignment``; needs the corpora, at ../shared/corpora or TRANSPIPE_CORPORA.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from transpipe.catalogs.pofile import read_po
from transpipe.documents.align import OTHER_STRUCTURE, SAME_STRUCTURE, Link, align
from transpipe.documents.counterpart import SURE, take_apart
from transpipe.documents.discover import DocumentFile
from transpipe.documents.likeness import Unit, Vocabulary, evidence, likelihood
from transpipe.documents.options import Options
from transpipe.documents.reading import read_document
from transpipe.model import SegmentKind, State

CORPORA = Path(os.environ.get("TRANSPIPE_CORPORA", "../shared/corpora"))
OPTIONS = Options()
SEED = 20261123
PAGES = 40
DAMAGE = (0.05, 0.1, 0.2, 0.3)
SENTENCE = re.compile(r"(?<=[.!?:])\s+")
BINS = (0.999, 0.99, SURE, 0.95, 0.9, 0.8, 0.5)

Truth = set[tuple[tuple[int, ...], tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class Translated:
    """A page whose units are known to belong together one by one."""

    name: str
    sources: tuple[Unit, ...]
    targets: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The pages of a site in two languages, and the words learnt from them."""

    name: str
    pages: tuple[Translated, ...]
    vocabulary: Vocabulary


def units(path: Path, root: Path) -> tuple[Unit, ...]:
    """Take a page apart as `adopt` does."""
    file = DocumentFile(path.relative_to(root).as_posix(), path)
    return take_apart(read_document(file, None), OPTIONS).units


def hugo_site(language: str) -> Group:
    """Pages kept by hand, of those with the same structure."""
    root = CORPORA / "community/osslat-site/content"
    pages = []
    for path in sorted(root.rglob(f"*.{language}.md")):
        stem = path.name.removesuffix(f".{language}.md")
        named = path.with_name(f"{stem}.es.md")
        source = named if named.exists() else path.with_name(f"{stem}.md")
        ours, theirs = units(source, root), units(path, root)
        if [unit.kind for unit in ours] == [unit.kind for unit in theirs] and ours:
            pages.append(Translated(path.relative_to(root).as_posix(), ours, theirs))
    return group(f"OSS LATAM, es to {language}", pages)


def rust_course(language: str) -> Group:
    """Pages and the texts that a catalog has for them, those without one left out."""
    root = CORPORA / "comprehensive-rust/new"
    catalog = read_po(root / "po" / f"{language}.po", "course").catalog
    msgstrs = {
        " ".join(message.msgid.split("\n")): " ".join(message.msgstr.split("\n"))
        for message in catalog.messages
        if message.state is State.TRANSLATED
    }
    pages = []
    for path in sorted((root / "src").rglob("*.md")):
        ours = tuple(unit for unit in units(path, root) if unit.text in msgstrs)
        if len(ours) > 3:
            theirs = tuple(replace(unit, text=msgstrs[unit.text]) for unit in ours)
            pages.append(Translated(path.relative_to(root).as_posix(), ours, theirs))
    return group(f"Comprehensive Rust, en to {language}", pages)


def group(name: str, pages: Sequence[Translated]) -> Group:
    """Learn from pages as `adopt` does."""
    learnt = {
        page.name: [(a.text, b.text) for a, b in zip(page.sources, page.targets, strict=True)]
        for page in pages
    }
    return Group(name, tuple(pages), Vocabulary(learnt))


Row = tuple[Unit, tuple[int, ...]]
"""A unit of the damaged page, and the units of the source that it translates."""


def damaged(
    rng: random.Random, page: Translated, strange: Sequence[Unit], share: float
) -> list[Row]:
    """Damage one side of a page."""
    rows: list[Row] = [(unit, (index,)) for index, unit in enumerate(page.targets)]
    for _ in range(max(1, round(len(rows) * share))):
        if rows:
            damage(rng, rows, rng.randrange(len(rows)), rng.choice(strange))
    return rows


def damage(rng: random.Random, rows: list[Row], at: int, stranger: Unit) -> None:
    """Do one thing to a page, in place."""
    unit, sources = rows[at]
    match rng.choice(["delete", "insert", "replace", "split", "merge", "swap"]):
        case "delete":
            del rows[at]
        case "insert":
            rows.insert(at, (stranger, ()))
        case "replace":
            rows[at] = (replace(stranger, before=unit.before), ())
        case "split" if len(sources) == 1 and unit.kind is SegmentKind.PARAGRAPH:
            parts = SENTENCE.split(unit.text)
            if len(parts) > 1:
                cut = rng.randrange(1, len(parts))
                halves = (" ".join(parts[:cut]), " ".join(parts[cut:]))
                rows[at : at + 1] = [(replace(unit, text=half), sources) for half in halves]
        case "merge" if at + 1 < len(rows):
            other, more = rows[at + 1]
            kinds = {unit.kind, other.kind}
            if kinds == {SegmentKind.PARAGRAPH} and len({sources, more, ()}) == 3:
                text = f"{unit.text} {other.text}"
                rows[at : at + 2] = [(replace(unit, text=text), tuple(sorted((*sources, *more))))]
        case "swap":
            other_at = min(len(rows) - 1, at + rng.choice([1, 1, 2, 3]))
            rows[at], rows[other_at] = rows[other_at], rows[at]


def truth(rows: Sequence[Row]) -> Truth:
    """Give the links that a damaged page has."""
    found: Truth = set()
    halves: dict[tuple[int, ...], list[int]] = {}
    for index, (_, sources) in enumerate(rows):
        if len(sources) > 1:
            found.add((sources, (index,)))
        elif sources:
            halves.setdefault(sources, []).append(index)
    return found | {(sources, tuple(indexes)) for sources, indexes in halves.items()}


def likeness(vocabulary: Vocabulary, name: str, ours: Unit, theirs: Unit) -> float:
    """Compare two units as `adopt` does."""
    return likelihood(evidence(ours, theirs, vocabulary.agreement(ours.text, theirs.text, name)))


@dataclass(frozen=True, slots=True)
class Judged:
    """Links of one run, each with whether it is right, and how many there should be."""

    links: tuple[tuple[float, bool], ...]
    found: int
    wanted: int


def judge(page: Translated, rows: Sequence[Row], links: Sequence[Link]) -> Judged:
    """Compare links with the truth."""
    wanted = truth(rows)
    texts = {
        (page.sources[a[0]].text, rows[b[0]][0].text) for a, b in wanted if len(a) == len(b) == 1
    }
    judged = []
    for link in links:
        ends = (page.sources[link.sources[0]].text, rows[link.targets[0]][0].text)
        one_to_one = len(link.sources) == len(link.targets) == 1
        right = (link.sources, link.targets) in wanted or (one_to_one and ends in texts)
        judged.append((link.confidence, right))
    found = sum((link.sources, link.targets) in wanted for link in links)
    return Judged(tuple(judged), found, len(wanted))


def runs(group: Group, share: float) -> Iterator[Judged]:
    """Damage and align pages of a group."""
    rng = random.Random(f"{SEED} {group.name} {share}")
    for page in rng.sample(group.pages, min(PAGES, len(group.pages))):
        others = [other for other in rng.sample(group.pages, 3) if other is not page]
        strange = [unit for other in others for unit in other.targets]
        rows = damaged(rng, page, strange, share)
        compare = partial(likeness, group.vocabulary, page.name)
        links = align(page.sources, [unit for unit, _ in rows], compare, OTHER_STRUCTURE)
        yield judge(page, rows, links)


def undamaged(group: Group) -> tuple[int, int, int]:
    """Align pages as they are; give how many units there are, linked wrong, and not sure."""
    total = wrong = unsure = 0
    for page in group.pages:
        compare = partial(likeness, group.vocabulary, page.name)
        links = align(page.sources, page.targets, compare, SAME_STRUCTURE)
        total += len(page.sources)
        wrong += sum(link.sources != link.targets for link in links)
        unsure += sum(link.confidence < SURE for link in links)
        unsure += len(page.sources) - sum(len(link.sources) for link in links)
    return total, wrong, unsure


def main() -> None:
    """Print tables in Markdown."""
    groups = [hugo_site("en"), hugo_site("pt"), rust_course("es"), rust_course("pt-BR")]
    print("| pages as they are | units | linked wrong | not sure |\n| --- | --: | --: | --: |")
    start = time.process_time()
    for each in groups:
        print(f"| {each.name}, {len(each.pages)} pages | {' | '.join(map(str, undamaged(each)))} |")
    print(f"\n{time.process_time() - start:.1f} s of CPU\n")
    print("| damaged | links | precision | recall | sure | of them right |")
    print("| --: | --: | --: | --: | --: | --: |")
    every: list[tuple[float, bool]] = []
    for share in DAMAGE:
        judged = [run for each in groups for run in runs(each, share)]
        links = [link for run in judged for link in run.links]
        every += links
        sure = [right for confidence, right in links if confidence >= SURE]
        recall = sum(run.found for run in judged) / sum(run.wanted for run in judged)
        print(
            f"| {share:.0%} | {len(links)} | {sum(r for _, r in links) / len(links):.3f} | "
            f"{recall:.3f} | {len(sure)} | {sum(sure) / len(sure):.4f} |"
        )
    print("\n| confidence from | links | right |\n| --: | --: | --: |")
    upper = 1.1
    for lower in BINS:
        inside = [right for confidence, right in every if lower <= confidence < upper]
        if inside:
            print(f"| {lower} | {len(inside)} | {sum(inside) / len(inside):.3f} |")
        upper = lower


if __name__ == "__main__":
    main()
