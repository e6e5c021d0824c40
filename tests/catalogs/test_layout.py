"""Where catalogs are, and reading all of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel import Locale

from transpipe.catalogs.layout import LocaleFolder
from transpipe.errors import CatalogError
from transpipe.model import Finding, Severity

ES, PT, PT_BR = Locale("es"), Locale("pt"), Locale("pt", "BR")


def put(path: Path, text: str = 'msgid "a"\nmsgstr "b"\n') -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_paths_of_new_files(tmp_path: Path) -> None:
    folder = LocaleFolder(tmp_path)
    assert folder.template_path("a/b.c") == tmp_path / "pot" / "a" / "b.c.pot"
    assert folder.catalog_path(PT_BR, "a/b.c") == (
        tmp_path / "pt_BR" / "LC_MESSAGES" / "a" / "b.c.po"
    )
    elsewhere = LocaleFolder(tmp_path, tmp_path / "_build" / "gettext")
    assert elsewhere.template_path("a") == tmp_path / "_build" / "gettext" / "a.pot"


def test_nothing_on_disk(tmp_path: Path) -> None:
    folder = LocaleFolder(tmp_path / "locale")
    assert folder.locales() == folder.template_domains() == folder.domains(ES) == ()
    assert folder.read_templates() == folder.read_catalogs(ES) == {}


@pytest.mark.parametrize("spelling", ["pt_BR", "pt-BR", "pt-br", "pt_br"])
def test_a_folder_keeps_its_spelling(spelling: str, tmp_path: Path) -> None:
    path = tmp_path / spelling / "LC_MESSAGES" / "index.po"
    put(path)
    folder = LocaleFolder(tmp_path)
    assert folder.locales() == (PT_BR,)
    assert folder.catalog_path(PT_BR, "index") == path
    assert folder.catalog_path(PT, "index") == tmp_path / "pt" / "LC_MESSAGES" / "index.po"
    assert folder.read_catalogs(PT_BR)["index"].catalog.locale == PT_BR


def test_two_folders_of_one_language_are_an_error(tmp_path: Path) -> None:
    for name in ("pt-br", "pt_BR", "es"):
        put(tmp_path / name / "LC_MESSAGES" / "index.po")
    folder = LocaleFolder(tmp_path)
    assert folder.locales() == (ES, PT_BR)
    assert list(folder.read_catalogs(ES)) == ["index"]
    told = r"pt-br: pt_BR is a folder of the same language: merge them into one|pt_BR: pt-br is"
    for asked in (folder.domains, folder.read_catalogs, folder.read_readable_catalogs):
        with pytest.raises(CatalogError, match=told):
            asked(PT_BR)
    with pytest.raises(CatalogError, match=told):
        folder.catalog_path(PT_BR, "index")


def test_a_link_to_a_folder_is_that_folder(tmp_path: Path) -> None:
    put(tmp_path / "pt_BR" / "LC_MESSAGES" / "index.po")
    (tmp_path / "pt-br").symlink_to(tmp_path / "pt_BR")
    folder = LocaleFolder(tmp_path)
    assert folder.locales() == (PT_BR,)
    assert list(folder.read_catalogs(PT_BR)) == ["index"]


def test_what_is_no_language_is_no_language(tmp_path: Path) -> None:
    for name in ("es/LC_MESSAGES/a.po", "scripts/LC_MESSAGES/a.po", "fr/a.po", "pot/a.pot"):
        put(tmp_path / name)
    put(tmp_path / "es/LC_MESSAGES/b/c.po")
    put(tmp_path / "es/LC_MESSAGES/.b.po.1234.tmp")
    put(tmp_path / "es/LC_MESSAGES/.hidden.po")
    folder = LocaleFolder(tmp_path)
    assert folder.locales() == (ES,)
    assert folder.domains(ES) == ("a", "b/c")
    assert folder.template_domains() == ("a",)
    assert list(folder.read_templates()) == ["a"]


def test_a_broken_catalog_is_an_error_or_a_finding(tmp_path: Path) -> None:
    put(tmp_path / "es" / "LC_MESSAGES" / "good.po")
    broken = tmp_path / "es" / "LC_MESSAGES" / "broken.po"
    put(broken, 'msgid "a"\nmsgstr * (b)\n')
    folder = LocaleFolder(tmp_path)
    with pytest.raises(CatalogError, match=r"broken\.po:2: unexpected character"):
        folder.read_catalogs(ES)
    found = folder.read_readable_catalogs(ES)
    assert list(found.files) == ["good"]
    text = "unexpected character '*': text belongs between double quotes, comments behind #"
    assert found.findings == (Finding(broken, 2, "syntax", Severity.ERROR, text, ES),)
