"""The past of a repository, read without a checkout."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from transpipe.errors import TranspipeError
from transpipe.history.git import Repository

Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """A repository with three commits; gives git in it."""

    def run(*arguments: str, date: str = "2026-01-01T00:00:00+00:00") -> str:
        who = {"NAME": "Ana Ñ", "EMAIL": "a@example.org", "DATE": date}
        names = {
            f"GIT_{role}_{key}": value
            for role in ("AUTHOR", "COMMITTER")
            for key, value in who.items()
        }
        return subprocess.run(
            ["git", *arguments],
            cwd=tmp_path,
            env={**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    run("init", "-q", "-b", "main")
    (tmp_path / "a b").mkdir()
    (tmp_path / "a b" / "é.po").write_bytes(b"one\n\0two")
    (tmp_path / "x.po").write_text("x")
    run("add", "-A")
    run("commit", "-qm", "First: “one”")
    (tmp_path / "a b" / "é.po").write_text("second")
    run("commit", "-qam", "Second", date="2026-02-01T00:00:00+02:00")
    (tmp_path / "x.po").unlink()
    run("commit", "-qam", "Third", date="2026-03-01T00:00:00+00:00")
    return run


def test_files_of_a_revision(git: Git, tmp_path: Path) -> None:
    repository = Repository.around(tmp_path / "a b")
    first = repository.revision("HEAD~2")
    assert (first.author, first.subject) == ("Ana Ñ", "First: “one”")
    assert first.date.isoformat() == "2026-01-01T00:00:00+00:00"
    every = repository.files(first, tmp_path, ".po")
    assert sorted(every) == ["a b/é.po", "x.po"]
    below = repository.files(first, tmp_path / "a b", ".po")
    assert list(below) == ["é.po"]
    assert list(repository.contents([every["x.po"], below["é.po"]])) == [b"x", b"one\n\0two"]
    assert list(repository.contents([])) == []
    assert list(repository.files(repository.revision("main"), tmp_path, ".po")) == ["a b/é.po"]
    assert repository.files(first, tmp_path / "nothing", ".po") == {}


def test_log_names_what_each_commit_changed(git: Git, tmp_path: Path) -> None:
    commits = list(Repository.around(tmp_path).log([tmp_path]))
    assert [commit.revision.subject for commit in commits] == ["Third", "Second", "First: “one”"]
    assert commits[0].blobs == {"x.po": None}
    assert list(commits[1].blobs) == ["a b/é.po"]
    only = Repository.around(tmp_path).log([tmp_path / "x.po"], limit=1)
    assert [commit.revision.subject for commit in only] == ["Third"]


@pytest.mark.parametrize("name", ["nope", "", "--all", "main..main", "HEAD^{tree}", "a\nb"])
def test_a_revision_that_is_none(git: Git, tmp_path: Path, name: str) -> None:
    with pytest.raises(TranspipeError, match="unknown revision"):
        Repository.around(tmp_path).revision(name)


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(TranspipeError, match="is not in a git repository"):
        Repository.around(tmp_path)


def test_a_repository_without_a_commit(git: Git, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.mkdir()
    subprocess.run(["git", "init", "-q", new], check=True)
    assert list(Repository.around(new).log([new])) == []
    with pytest.raises(TranspipeError, match="unknown revision 'HEAD'"):
        Repository.around(new).revision("HEAD")


def test_a_path_outside(git: Git, tmp_path: Path) -> None:
    with pytest.raises(TranspipeError, match="is not in the git repository"):
        Repository.around(tmp_path).name_of(tmp_path.parent)


def test_no_git(git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(TranspipeError, match="git is not installed: install it"):
        Repository.around(tmp_path)


def test_nothing_of_the_repository_changes(git: Git, tmp_path: Path) -> None:
    before = sorted((path, path.stat().st_mtime_ns) for path in tmp_path.rglob("*"))
    repository = Repository.around(tmp_path)
    files = repository.files(repository.revision("HEAD~1"), tmp_path, ".po")
    list(repository.contents(files.values()))
    assert sorted((path, path.stat().st_mtime_ns) for path in tmp_path.rglob("*")) == before
