"""A site is put in place, and nothing that is not ours is lost."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sphinx.conftest import files_of, write_files
from transpipe.errors import SiteError
from transpipe.sphinx.output import MANIFEST, PLAN, STAGED, complete, mirror, require_separate


def published(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in files_of(folder).items() if name != MANIFEST}


def test_what_we_wrote_becomes_the_other_folder(tmp_path: Path) -> None:
    first = write_files(tmp_path / "a", {"x.html": "1", "old/er/z.html": "9", "d/y.html": "8"})
    then = write_files(tmp_path / "b", {"x.html": "1", "d/y.html": "2", ".doctrees/z": "3"})
    target = tmp_path / "site"
    mirror(first, target)
    kept = (target / "x.html").stat()
    mirror(then, target)
    assert published(target) == {"x.html": b"1", "d/y.html": b"2"}
    assert not (target / "old").exists()
    assert (target / "x.html").stat() == kept
    manifest = (target / MANIFEST).stat()
    mirror(then, target)
    assert (target / MANIFEST).stat() == manifest


def test_files_that_are_not_ours_stay(tmp_path: Path) -> None:
    site = write_files(tmp_path / "a", {"x.html": "1", "same": "s", "d/y.html": "2"})
    mine = {"notes.txt": "n", "d/mine": "m", "same": "s", "es/LC_MESSAGES/x.po": "p"}
    target = write_files(tmp_path / "b", mine)
    (target / "empty").mkdir()
    mirror(site, target)
    (tmp_path / "none").mkdir()
    mirror(tmp_path / "none", target)
    assert published(target) == {name: text.encode() for name, text in mine.items()}
    assert (target / "empty").is_dir()


def test_a_file_in_the_way_is_refused_and_nothing_written(tmp_path: Path) -> None:
    site = write_files(tmp_path / "a", {"a.html": "1", "x.html": "1"})
    target = write_files(tmp_path / "b", {"x.html": "mine"})
    with pytest.raises(SiteError) as caught:
        mirror(site, target)
    assert str(caught.value) == (
        f"{target}/x.html: is in the way of the site, and is not ours to replace: "
        "move it away, or give another --output"
    )
    assert files_of(target) == {"x.html": b"mine"}


@pytest.mark.parametrize("manifest", ["", "{}", "nonsense", "\x00", '[1, null, "../keep", ""]'])
def test_a_manifest_that_is_none_of_ours_gives_no_leave(tmp_path: Path, manifest: str) -> None:
    write_files(tmp_path, {"keep": "k", "b/keep": "k", f"b/{MANIFEST}": manifest})
    site = write_files(tmp_path / "a", {"x.html": "1"})
    mirror(site, tmp_path / "b")
    assert (tmp_path / "keep").is_file()
    assert published(tmp_path / "b") == {"keep": b"k", "x.html": b"1"}


def test_nothing_behind_a_link_is_removed(tmp_path: Path) -> None:
    write_files(tmp_path, {"elsewhere/keep": "k", f"b/{MANIFEST}": json.dumps(["d/keep"])})
    (tmp_path / "b" / "d").symlink_to(tmp_path / "elsewhere")
    mirror(write_files(tmp_path / "a", {"x.html": "1"}), tmp_path / "b")
    assert (tmp_path / "elsewhere" / "keep").is_file()


KILLED_AT = """
import os, signal, sys
from pathlib import Path
from transpipe.sphinx.output import mirror

left = int(sys.argv[3])
CHANGES = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.copyfile"}

def count(event, arguments):
    global left
    if event in CHANGES and any(sys.argv[2] in str(argument) for argument in arguments):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(count)
mirror(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def test_killed_at_any_moment_it_leaves_a_whole_site_or_completes_it(tmp_path: Path) -> None:
    """A process is killed before its every access to the folder, one after another."""
    sites = {
        "old": {"a.html": "1", "d/b.html": "1", "e/c.html": "1", "same": "s"},
        "new": {"a.html": "2", "d/b.html": "2", "f/g/c.html": "2", "same": "s"},
        "third": {"a.html": "3", "same": "s"},
    }
    folders = {name: write_files(tmp_path / name, files) for name, files in sites.items()}
    mine = {"mine": b"m", "d/mine": b"m"}
    states = {
        name: mine | {path: text.encode() for path, text in files.items()}
        for name, files in sites.items()
    }
    seen = set()
    for moment in range(200):
        target = write_files(tmp_path / str(moment), {"mine": "m", "d/mine": "m"})
        mirror(folders["old"], target)
        kept = (target / "same").stat()
        then = ("old", "new", "third")[moment % 3]
        command = [sys.executable, "-c", KILLED_AT, str(folders["new"]), str(target), str(moment)]
        ended = subprocess.run(command, check=False).returncode
        is_planned = (target / PLAN).exists()
        left = {name: data for name, data in published(target).items() if name[:10] != ".transpipe"}
        seen.add((is_planned, ended == 0))
        if not is_planned:
            assert left in (states["old"], states["new"])
        else:
            complete(target)
            assert published(target) == states["new"]
        mirror(folders[then], target)
        assert published(target) == states[then]
        assert (target / "same").stat().st_ino == kept.st_ino
        assert (target / "same").stat().st_mtime_ns == kept.st_mtime_ns
        if ended == 0:
            break
    assert seen == {(False, False), (True, False), (False, True)}


def test_a_full_disk_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = write_files(tmp_path / "a", {"a.html": "1", "b.html": "1"})
    target = tmp_path / "b"
    mirror(site, target)
    before = files_of(target)
    write_files(site, {"a.html": "2", "b.html": "2"})
    copy = shutil.copyfile

    def full(source: Path, copied: Path) -> None:
        if source.name == "b.html":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(copied))
        copy(source, copied)

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", full)
        with pytest.raises(OSError, match="No space"):
            mirror(site, target)
    assert files_of(target) == before


@pytest.mark.parametrize("plan", ["", "[]", '{"put": ["../x"], "remove": [], "ours": []}', "1"])
def test_a_plan_that_is_none_of_ours_is_not_followed(tmp_path: Path, plan: str) -> None:
    target = write_files(tmp_path / "b", {PLAN: plan, f"{STAGED}/0": "evil", "keep": "k"})
    mirror(write_files(tmp_path / "a", {"x.html": "1"}), target)
    assert not (tmp_path / "x").exists()
    assert published(target) == {"keep": b"k", "x.html": b"1"}


NAMES = st.dictionaries(st.sampled_from(["a", "b/c", "b/d", "e/f/g"]), st.sampled_from("12"))


@given(mine=NAMES, sites=st.lists(NAMES, max_size=4))
def test_whatever_is_built_our_files_change_and_no_others(
    tmp_path_factory: pytest.TempPathFactory, mine: dict[str, str], sites: list[dict[str, str]]
) -> None:
    root = tmp_path_factory.mktemp("mirror")
    target = write_files(root / "site", mine)
    target.mkdir(exist_ok=True)
    for number, files in enumerate(sites):
        source = write_files(root / str(number), files)
        source.mkdir(exist_ok=True)
        before = published(target)
        if any(name in mine and mine[name] != text for name, text in files.items()):
            with pytest.raises(SiteError):
                mirror(source, target)
            assert published(target) == before
        else:
            mirror(source, target)
            expected = {name: text.encode() for name, text in {**mine, **files}.items()}
            assert published(target) == expected


@pytest.mark.parametrize(
    ("output", "relation"),
    [
        ("docs", "is the source folder"),
        (".", "contains the source folder"),
        ("docs/es", "lies inside the source folder"),
        ("build/html/../../docs/x", "lies inside the source folder"),
        ("locale/es", "lies inside the locale folder"),
        ("build/transpipe/x", "lies inside the working folder"),
    ],
)
def test_folders_that_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, relation: str
) -> None:
    monkeypatch.chdir(tmp_path)
    folders = {
        "source folder": tmp_path / "docs",
        "locale folder": tmp_path / "locale",
        "working folder": tmp_path / "build" / "transpipe",
    }
    with pytest.raises(SiteError, match=relation):
        require_separate(Path(output), folders, tmp_path / "build")
    require_separate(Path("build/html/es"), folders, tmp_path / "build")
    require_separate(Path("docs-site"), folders, tmp_path / "build")


def test_builds_within_a_source_folder_that_is_the_whole_project(tmp_path: Path) -> None:
    folders = {"source folder": tmp_path, "locale folder": tmp_path / "locale"}
    require_separate(tmp_path / "build" / "html" / "es", folders, tmp_path / "build")
    with pytest.raises(SiteError, match="lies inside the source folder"):
        require_separate(tmp_path / "site" / "es", folders, tmp_path / "build")
