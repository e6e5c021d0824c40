"""Which documents there are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from transpipe.documents.discover import DocumentFile, discover, from_paths
from transpipe.documents.globs import matches
from transpipe.errors import DocumentError


def tree(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("uno\n")
    return folder


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("**", "a/b.md", True),
        ("comunidad/**", "comunidad/a/b.md", True),
        ("comunidad/**", "comunidad/b.md", True),
        ("comunidad/", "comunidad/a/b.md", True),
        ("comunidad/**", "otra/b.md", False),
        ("*.txt", "a.txt", True),
        ("*.txt", "b/a.txt", False),
        ("**/*.txt", "a.txt", True),
        ("**/*.txt", "b/c/a.txt", True),
        ("**/c/*", "b/c/a.txt", True),
        ("b/**/a.md", "b/a.md", True),
        ("b/**/a.md", "bx/a.md", False),
        ("a?.md", "ab.md", True),
        ("a?c", "a/c", False),
        ("[a].md", "[a].md", True),
        ("a.md", "axmd", False),
        ("**.md", "x/y.md", True),
    ],
)
def test_globs(glob: str, path: str, expected: bool) -> None:
    assert matches(glob, path) is expected


def test_names_are_sorted_and_lose_only_the_last_suffix(tmp_path: Path) -> None:
    tree(
        tmp_path, "b.txt", "about/index.es.md", "about/index.md", "a.rst", "A.MD", "x.py", "LICENSE"
    )
    found = discover(tmp_path, ("**",), ())
    assert [file.name for file in found] == ["A", "a", "about/index", "about/index.es", "b"]
    assert found[3] == DocumentFile("about/index.es", tmp_path / "about/index.es.md")
    assert found[3].relative == "about/index.es.md"


def test_include_exclude_and_configured_formats(tmp_path: Path) -> None:
    tree(tmp_path, "a/x.md", "b/x.md", "b/y.md", "b/z.mdx", "b/LICENSE")
    found = discover(tmp_path, ("b/**",), ("**/y.*",), ("**/*.mdx", "**/LICENSE"))
    assert [file.relative for file in found] == ["b/LICENSE", "b/x.md", "b/z.mdx"]


def test_hidden_and_built_files_are_left_out(tmp_path: Path) -> None:
    tree(
        tmp_path, ".git/a.md", ".b.md", "_build/c.md", "node_modules/d/e.md", "_index.md", "v/f.md"
    )
    assert [file.name for file in discover(tmp_path, ("**",), ())] == ["_index", "v/f"]


def test_links_out_of_the_folder_are_left_out(tmp_path: Path) -> None:
    tree(tmp_path, "out/a.md", "in/b.md")
    (tmp_path / "in/c.md").symlink_to(tmp_path / "out/a.md")
    (tmp_path / "in/d").symlink_to(tmp_path / "out")
    (tmp_path / "in/e.md").symlink_to(tmp_path / "in/b.md")
    (tmp_path / "in/f.md").symlink_to(tmp_path / "nowhere")
    assert [file.name for file in discover(tmp_path / "in", ("**",), ())] == ["b", "e"]


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        discover(tmp_path / "no", ("**",), ())
    assert str(caught.value) == f"{tmp_path / 'no'}: is no folder: check 'source_dir'"


def test_two_files_of_one_name(tmp_path: Path) -> None:
    tree(tmp_path, "a.md", "a.txt")
    with pytest.raises(DocumentError) as caught:
        discover(tmp_path, ("**",), ())
    assert str(caught.value) == (
        f"{tmp_path / 'a.txt'}: and {tmp_path / 'a.md'} are both the document 'a': "
        "rename or exclude one of them"
    )
    assert len(discover(tmp_path, ("**",), ("*.txt",))) == 1


def test_bare_files_and_folders(tmp_path: Path) -> None:
    tree(tmp_path, "x/a.es.md", "y/z/b.md", "y/c.txt")
    found = from_paths([tmp_path / "x/a.es.md", tmp_path / "y", tmp_path / "y/c.txt"])
    assert [file.name for file in found] == ["a.es", "c", "z/b"]
    with pytest.raises(DocumentError, match="is not there"):
        from_paths([tmp_path / "no.md"])
    tree(tmp_path, "w/a.es.md")
    with pytest.raises(DocumentError, match=r"are both the document 'a\.es'"):
        from_paths([tmp_path / "x/a.es.md", tmp_path / "w/a.es.md"])


@pytest.mark.parametrize(
    ("name", "shown", "what"),
    [
        (b"nl\nx.md", r"nl\nx.md", "a control character"),
        (b"\x1b[31mx.md", r"\x1b[31mx.md", "a control character"),
        (b"d\x07/x.md", r"d\x07/x.md", "a control character"),
        (b"\xff.md", r"\udcff.md", "bytes that are not UTF-8"),
        ("\u2028.md".encode(), r"\u2028.md", "a control character"),
    ],
)
def test_names_that_nothing_can_hold(tmp_path: Path, name: bytes, shown: str, what: str) -> None:
    path = tmp_path / os.fsdecode(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text("uno\n")
    with pytest.raises(DocumentError) as found:
        discover(tmp_path, ("**",), ())
    with pytest.raises(DocumentError) as named:
        from_paths([path])
    message = f"'{tmp_path}/{shown}': has {what} in its name: rename it"
    assert [str(found.value), str(named.value)] == [message, message]
    assert discover(tmp_path, ("**",), ("**/*.md", "*.md")) == ()
