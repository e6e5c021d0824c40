"""Sphinx translates from the catalogs as they are now, and writes nothing beside them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from babel import Locale

from tests.sphinx.conftest import catalogs_of, files_of, page, write_catalog, write_files
from transpipe.errors import SiteError
from transpipe.sphinx import SiteResult, SphinxProject, build_site

FILES = {
    "conf.py": "locale_dirs = ['../locale', '../more']\n",
    "index.rst": "Title\n=====\n\nText.\n\n.. toctree::\n\n   sub/b\n",
    "sub/b.rst": "B\n=\n\nOther.\n",
}


def build(root: Path, language: str = "es", spelling: str | None = None) -> SiteResult:
    source = write_files(root / "src", FILES)
    return build_site(
        SphinxProject(source, source, root / "work", Locale("en")),
        Locale.parse(language),
        root / language,
        catalogs_of(root / "locale", spelling or language),
        [],
        locale_dir=root / "locale",
    )


def test_an_edit_is_seen_whatever_the_clock_says(tmp_path: Path) -> None:
    for text in ("Uno.", "Dos."):
        path = write_catalog(tmp_path / "locale", "es", "sub/b", {"Other.": text})
        os.utime(path, (1, 1))
        build(tmp_path)
        assert text in page(tmp_path / "es", "sub/b")


def test_a_catalog_that_is_gone_has_no_effect(tmp_path: Path) -> None:
    path = write_catalog(tmp_path / "locale", "es", "sub/b", {"Other.": "Otro."})
    write_catalog(tmp_path / "locale", "es", "index", {"Text.": "Texto."})
    build(tmp_path)
    path.unlink()
    build(tmp_path)
    assert "Otro." not in page(tmp_path / "es", "sub/b")
    assert "Texto." in page(tmp_path / "es", "index")


def test_what_somebody_compiled_beside_them_has_no_effect(tmp_path: Path) -> None:
    write_catalog(tmp_path / "elsewhere", "es", "sub/b", {"Other.": "Viejo."})
    build_site_of_elsewhere(tmp_path)
    [compiled] = (tmp_path / "aside").rglob("b.mo")
    stale = tmp_path / "locale" / "es" / "LC_MESSAGES" / "sub" / "b.mo"
    stale.parent.mkdir(parents=True)
    stale.write_bytes(compiled.read_bytes())
    build(tmp_path)
    assert "Viejo." not in page(tmp_path / "es", "sub/b")


def build_site_of_elsewhere(root: Path) -> None:
    source = write_files(root / "src", FILES)
    project = SphinxProject(source, source, root / "aside", Locale("en"))
    catalogs = catalogs_of(root / "elsewhere", "es")
    build_site(project, Locale("es"), root / "other", catalogs, [])
    assert "Viejo." in page(root / "other", "sub/b")


def test_the_folder_of_catalogs_is_not_written_to(tmp_path: Path) -> None:
    write_catalog(tmp_path / "locale", "es", "index", {"Text.": "Texto."})
    before = files_of(tmp_path / "locale")
    build(tmp_path)
    assert files_of(tmp_path / "locale") == before


def test_other_folders_of_the_project_come_after(tmp_path: Path) -> None:
    write_catalog(tmp_path / "more", "es", "index", {"Text.": "No.", "Title": "Título"})
    write_catalog(tmp_path / "locale", "es", "index", {"Text.": "Texto."})
    build(tmp_path)
    html = page(tmp_path / "es", "index")
    assert "Texto." in html
    assert "Título" in html


def test_a_language_folder_of_another_spelling(tmp_path: Path) -> None:
    write_catalog(tmp_path / "made", "pt_BR", "index", {"Text.": "Texto."})
    (tmp_path / "locale").mkdir()
    (tmp_path / "made" / "pt_BR").rename(tmp_path / "locale" / "pt-br")
    build(tmp_path, "pt_BR", "pt-br")
    assert "Texto." in page(tmp_path / "pt_BR", "index")


def test_a_second_build_writes_nothing(tmp_path: Path) -> None:
    write_catalog(tmp_path / "locale", "es", "index", {"Text.": "Texto."})

    def times() -> dict[Path, int]:
        folders = (tmp_path / "es", *tmp_path.glob("work/*/locale"))
        return {p: p.stat().st_mtime_ns for f in folders for p in f.rglob("*") if p.is_file()}

    build(tmp_path)
    before = times()
    assert {path.suffix for path in before} >= {".html", ".po", ".mo"}
    build(tmp_path)
    assert times() == before


def test_a_catalog_that_cannot_be_read(tmp_path: Path) -> None:
    source = write_files(tmp_path / "src", FILES)
    project = SphinxProject(source, source, tmp_path / "work", Locale("en"))
    gone = {"index": tmp_path / "gone.po"}
    with pytest.raises(SiteError, match=r"gone\.po: cannot be copied for Sphinx \(no such file"):
        build_site(project, Locale("es"), tmp_path / "es", gone, [])
