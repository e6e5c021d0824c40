"""Reading commits and the files of any revision through the ``git`` program."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from transpipe.errors import TranspipeError
from transpipe.model import Revision

_FIELDS = "%H%x1f%cI%x1f%aN%x1f%s"
_NO_BLOB = "0" * 40


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit, and the files it changed."""

    revision: Revision
    blobs: Mapping[str, str | None]
    """The name of what each path holds since then; None for a path that is gone. Paths are as
    seen from the top of the repository, with ``/``."""


@dataclass(frozen=True, slots=True)
class Repository:
    """The git repository around a folder."""

    top: Path

    @classmethod
    def around(cls, folder: Path) -> Repository:
        """Find the repository that a folder is in.

        :raises TranspipeError: if it is in none, or git is not installed.
        """
        start = folder if folder.is_dir() else folder.parent
        result = _git(start, "rev-parse", "--show-toplevel")
        if result.returncode:
            raise TranspipeError(
                "is not in a git repository", "run 'git init' and commit first", path=folder
            )
        return cls(Path(os.fsdecode(result.stdout.removesuffix(b"\n"))))

    def name_of(self, path: Path) -> str:
        """Give a path as git names it, from the top of the repository.

        :raises TranspipeError: if it is not in the repository.
        """
        try:
            return path.resolve().relative_to(self.top.resolve()).as_posix()
        except ValueError as problem:
            raise TranspipeError(
                f"is not in the git repository {self.top}", "give a path in it", path=path
            ) from problem

    def revision(self, name: str) -> Revision:
        """Find a commit by its name, or by a branch or tag.

        :raises TranspipeError: if there is no such commit.
        """
        # A name may not be an option, and not a range of commits.
        result = _git(self.top, "rev-parse", "--verify", "--quiet", "--end-of-options",
                      f"{name}^{{commit}}")  # fmt: skip
        if result.returncode:
            raise TranspipeError(
                f"unknown revision {name!r}",
                "give a commit, branch or tag that is here: 'git fetch' may bring it",
            )
        commit = result.stdout.decode().strip()
        return next(self._commits("-1", commit, paths=())).revision

    def files(self, revision: Revision, folder: Path, suffix: str) -> Mapping[str, str]:
        """Give the files below a folder as they were, each by its path from there.

        :returns: what names the content of each: see :meth:`contents`.
        """
        name = self.name_of(folder)
        prefix = "" if name == "." else f"{name}/"
        listing = self._output(
            "ls-tree",
            "-r",
            "-z",
            "--full-tree",
            revision.commit,
            *(("--", prefix) if prefix else ()),
        )
        found = {}
        for entry in listing.decode("utf-8", "surrogateescape").split("\0")[:-1]:
            kind, path = entry.split("\t", 1)
            mode, _, blob = kind.split(" ")[:3]
            # A symbolic link holds no catalog.
            if path.startswith(prefix) and path.endswith(suffix) and mode.startswith("100"):
                found[path.removeprefix(prefix)] = blob
        return found

    def contents(self, blobs: Iterable[str]) -> Iterator[bytes]:
        """Read what blobs hold, in their order, in one run of git.

        :raises TranspipeError: if one is not there, as in a partial clone.
        """
        wanted = list(blobs)
        if not wanted:
            return
        result = _git(self.top, "cat-file", "--batch", input_="\n".join(wanted).encode() + b"\n")
        data, position = result.stdout, 0
        for blob in wanted:
            end = data.find(b"\n", position)
            header = data[position:end].split(b" ")
            if len(header) != 3:
                raise TranspipeError(f"git cannot read {blob}", "run 'git fetch --refetch'")
            size = int(header[2])
            yield data[end + 1 : end + 1 + size]
            position = end + 1 + size + 1

    def log(self, paths: Sequence[Path], limit: int | None = None) -> Iterator[Commit]:
        """Give the commits that changed what is at or below paths, the newest first.

        Of a merge, only the commits that it brought are given.
        """
        count = () if limit is None else (f"-{limit}",)
        yield from self._commits(*count, "HEAD", paths=paths)

    def _commits(self, *arguments: str, paths: Sequence[Path]) -> Iterator[Commit]:
        names = [self.name_of(path) for path in paths]
        output = self._output(
            "log", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-show-signature",
            "--no-color", f"--format=%x1e{_FIELDS}", *arguments, "--", *names,
        )  # fmt: skip
        for record in output.decode("utf-8", "surrogateescape").split("\x1e")[1:]:
            head, _, changes = record.partition("\0")
            commit, date, author, subject = head.strip("\n").split("\x1f", 3)
            yield Commit(
                Revision(commit, datetime.fromisoformat(date), author, subject),
                dict(_changes(changes)),
            )

    def _output(self, *arguments: str) -> bytes:
        result = _git(self.top, *arguments)
        if result.returncode:
            lines = result.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason"]
            # A repository without a commit has no past, which is no failure.
            if "does not have any commits" in lines[-1] or "bad revision 'HEAD'" in lines[-1]:
                return b""
            raise TranspipeError(
                f"git failed ({lines[-1]})", f"try 'git {arguments[0]}' by hand", path=self.top
            )
        return result.stdout


def _changes(text: str) -> Iterator[tuple[str, str | None]]:
    parts = iter(text.lstrip("\n\0").split("\0"))
    for part in parts:
        if part.startswith(":"):
            blob = part.split(" ")[3]
            yield next(parts), None if blob == _NO_BLOB or set(blob) == {"0"} else blob


def _git(
    folder: Path, *arguments: str, input_: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - the arguments are ours, and git has no shell
            ["git", "--literal-pathspecs", "-c", "core.quotePath=false", *arguments],  # noqa: S607
            cwd=folder,
            input=input_,
            stdin=None if input_ is not None else subprocess.DEVNULL,
            capture_output=True,
            check=False,
            env={**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
        )
    except FileNotFoundError as problem:
        raise TranspipeError(
            "git is not installed", "install it, or leave out the option"
        ) from problem
    except OSError as problem:
        raise TranspipeError(
            f"cannot be entered ({(problem.strerror or str(problem)).lower()})",
            "check the path", path=folder,
        ) from problem  # fmt: skip
