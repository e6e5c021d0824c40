"""Find in a git history which segment of a Markdown document succeeds which older one.

    python tools/matching_truth.py REPOSITORY FOLDER OLD NEW > PROJECT_OLD_NEW.jsonl

The documents below FOLDER are followed from commit OLD to commit NEW along first parents, so an
edit is known by where it happened. In one commit, a run of changed segments that keeps its
length, each like the one before, is a sure edit; what else looks alike is ambiguous. Only half of
the documents is written, by a hash of their path, unless ``--half`` says otherwise: what is used
to choose weights must not be used to judge them. The form is that of tools/bench_update.py.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Literal

from rapidfuzz import fuzz

from transpipe.documents.formats import Options, segments
from transpipe.errors import TranspipeError
from transpipe.model import Document

SURE = 50.0
"""How alike a segment must be to the one it replaces in place, of 100."""
CERTAIN = 85.0
"""How alike it must be if the run it stands in did not keep its length."""
MAYBE = 40.0
"""From here on it may be a successor: not sure, and not new either."""


@dataclass(frozen=True)
class Origin:
    """A segment at OLD."""

    file: str
    index: int
    msgid: str


@dataclass(frozen=True)
class Track:
    """A segment on its way through the history."""

    text: str
    origin: Origin | None
    sure: bool = True


Tree = dict[str, list[Track]]
Half = Literal["first", "second", "both"]


@dataclass(frozen=True)
class Change:
    """What a commit did to one file; a path is empty where there is none."""

    before: str
    after: str
    blob: str


class Repository:
    """Reads commits and blobs with git."""

    def __init__(self, path: Path, folder: str) -> None:
        self._path, self._folder = path, folder.strip("/") + "/"
        self._texts: dict[str, tuple[str, ...]] = {}

    def _git(self, *arguments: str) -> str:
        run = subprocess.run(["git", "-C", self._path, *arguments], capture_output=True, check=True)
        return run.stdout.decode("utf-8", "replace")

    def commits(self, old: str, new: str) -> list[str]:
        """Give the commits after OLD up to NEW, the oldest first."""
        return self._git("rev-list", "--first-parent", "--reverse", f"{old}..{new}").split()

    def files(self, commit: str) -> Iterator[Change]:
        """Give every document of a commit."""
        for line in self._git("ls-tree", "-r", commit, self._folder).splitlines():
            head, _, path = line.partition("\t")
            if path.endswith(".md"):
                yield Change("", path, head.split()[2])

    def changes(self, commit: str) -> Iterator[Change]:
        """Give what a commit did to documents, against its first parent."""
        raw = self._git("diff-tree", "-r", "-M", "-z", f"{commit}^1", commit, "--", self._folder)
        fields = iter(raw.split("\0"))
        for head in fields:
            if not head:
                return
            status, blob = head.split()[4], head.split()[3]
            path = next(fields)
            after = next(fields) if status[0] in "RC" else path
            if after.endswith(".md"):
                yield Change(
                    "" if status[0] in "AC" else path, "" if status[0] == "D" else after, blob
                )

    def texts(self, blob: str) -> tuple[str, ...]:
        """Give the msgids of a document; of one that cannot be read, none."""
        if blob not in self._texts:
            text = self._git("cat-file", "blob", blob)
            document = Document("x", Path("x.md"), text, "markdown", None)
            try:
                found = segments(document, Options())
            except TranspipeError:
                found = ()
            self._texts[blob] = tuple(one.msgid for one in found if one.msgid)
        return self._texts[blob]


def begin(repository: Repository, commit: str) -> Tree:
    """Give the segments at OLD, each its own origin."""
    return {
        change.after: [
            Track(text, Origin(change.after, index, text))
            for index, text in enumerate(repository.texts(change.blob))
        ]
        for change in repository.files(commit)
    }


def follow(tree: Tree, changes: Iterable[Change], repository: Repository) -> None:
    """Bring the tree from a commit's parent to the commit."""
    gone: list[Track] = []
    added: list[tuple[str, int]] = []
    for change in list(changes):
        before = tree.pop(change.before, []) if change.before else []
        after = repository.texts(change.blob) if change.after else ()
        tracks, lost, fresh = successors(before, after)
        gone += lost
        if change.after:
            tree[change.after] = tracks
            added += [(change.after, index) for index in fresh]
    by_text: dict[str, list[Track]] = defaultdict(list)
    for track in gone:
        by_text[track.text].append(track)
    for file, index in added:
        track = tree[file][index]
        if by_text[track.text]:
            tree[file][index] = by_text[track.text].pop()
        elif any(fuzz.ratio(track.text, one.text, score_cutoff=MAYBE + 10) for one in gone):
            tree[file][index] = replace(track, sure=False)


def successors(
    before: Sequence[Track], after: Sequence[str]
) -> tuple[list[Track], list[Track], list[int]]:
    """Give the tracks of a file after a commit, those that ended, and where new ones begin."""
    tracks: list[Track] = []
    lost: list[Track] = []
    fresh: list[int] = []
    matcher = SequenceMatcher(None, [one.text for one in before], list(after), autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        old, new = before[start:end], after[first:last]
        if tag == "equal":
            tracks += old
        elif tag == "replace":
            tracks += replaced(old, new)
            fresh += [first + n for n, one in enumerate(tracks[first:last]) if one.origin is None]
            lost += old
        else:
            lost += old
            fresh += range(first, last)
            tracks += [Track(text, None) for text in new]
    return tracks, lost, fresh


def replaced(old: Sequence[Track], new: Sequence[str]) -> list[Track]:
    """Say what each segment of a changed run was before."""
    if len(old) == len(new):
        scores = [fuzz.ratio(one.text, text) for one, text in zip(old, new, strict=True)]
        if min(scores) >= SURE:
            return [replace(one, text=text) for one, text in zip(old, new, strict=True)]
    found = []
    for text in new:
        score, best = max(((fuzz.ratio(one.text, text), one) for one in old), key=lambda x: x[0])
        if score >= CERTAIN:
            found.append(replace(best, text=text))
        else:
            found.append(Track(text, None, sure=score < MAYBE))
    return found


def rows(
    old: Tree, new: Tree, half: Literal["first", "second", "both"]
) -> Iterator[dict[str, Any]]:
    """Give the rows of the truth."""
    for file, tracks in sorted(old.items()):
        yield {"kind": "oldfile", "file": file, "segs": [one.text for one in tracks]}
    known = {one.text for tracks in old.values() for one in tracks}
    for file, tracks in sorted(new.items()):
        odd = hashlib.sha256(file.encode()).digest()[0] % 2 == 1
        if half != "both" and odd != (half == "second"):
            continue
        for index, track in enumerate(tracks):
            row: dict[str, Any] = {"file": file, "index": index, "new": track.text}
            yield row | kind(track, file, known)


def kind(track: Track, file: str, known: set[str]) -> dict[str, Any]:
    """Say what became of a segment."""
    origin = track.origin
    if origin and origin.msgid == track.text:
        return {"kind": "exact", "moved": origin.file != file}
    if not track.sure or track.text in known:
        return {"kind": "ambiguous"}
    if origin is None:
        return {"kind": "new"}
    pred = {"file": origin.file, "index": origin.index, "msgid": origin.msgid}
    return {"kind": "edited", "preds": [pred], "moved": origin.file != file}


def main() -> None:
    """Write the truth of one epoch."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("repository", type=Path)
    parser.add_argument("folder")
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--half", choices=("first", "second", "both"), default="first")
    arguments = parser.parse_args()
    repository = Repository(arguments.repository, arguments.folder)
    old = begin(repository, arguments.old)
    tree = {file: list(tracks) for file, tracks in old.items()}
    for commit in repository.commits(arguments.old, arguments.new):
        follow(tree, repository.changes(commit), repository)
    for row in rows(old, tree, arguments.half):
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
