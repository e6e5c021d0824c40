"""Files are read strictly and replaced whole."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from transpipe.errors import CatalogError, TranspipeError
from transpipe.files import read_text, relative_to, write_text, write_texts


def test_every_character_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n\t\xc3\xb1")
    assert read_text(path) == "\ufeffa\r\nb\rc\n\tñ"


def test_what_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(b"a\nb\nc\xe9\n")
    with pytest.raises(CatalogError) as caught:
        read_text(path, CatalogError)
    assert str(caught.value) == (
        f"{path}:3: is not UTF-8 (byte 0xe9 at offset 5): save it as UTF-8"
    )


def test_a_file_that_holds_the_text_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "a"
    assert write_text(path, "ñ\r\n")
    os.utime(path, (1, 1))
    assert not write_text(path, "ñ\r\n")
    assert path.stat().st_mtime == 1
    assert write_text(path, "n")
    assert path.read_bytes() == b"n"


def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("a")
    path.chmod(0o640)
    link = tmp_path / "link"
    link.symlink_to(path)
    assert write_text(link, "b")
    assert link.is_symlink()
    assert path.read_text() == "b"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_write_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_text("whole")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    # A disk cannot be filled up here; this is the last call that a full one fails in.
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(TranspipeError, match=r"cannot be written \(no space left on device\)"):
        write_text(path, "new")
    assert path.read_text() == "whole"
    assert list(tmp_path.iterdir()) == [path]


def test_several_files_all_or_none(tmp_path: Path) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    a.write_text("old")
    (tmp_path / "c").write_text("no folder")
    with pytest.raises(TranspipeError, match=r"c/d: cannot be written \("):
        write_texts([(a, "new"), (b, "new"), (tmp_path / "c" / "d", "new")])
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "a": "old",
        "c": "no folder",
    }
    assert write_texts([(a, "old"), (b, "new")]) == (b,)
    assert b.read_text() == "new"


def test_a_loop_of_links_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.symlink_to(path)
    with pytest.raises(TranspipeError, match="cannot be written"):
        write_text(path, "x")


def test_relative_to(tmp_path: Path) -> None:
    assert relative_to(tmp_path / "a" / "b", tmp_path) == Path("a/b")
    assert relative_to(Path("/elsewhere/b"), tmp_path) == Path("/elsewhere/b")
