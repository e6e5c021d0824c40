"""Sites of every generator in three languages, built by the generator itself."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.hosts.crawl import SITE, Page
from tests.hosts.site import MARKS, Built, call, need, read, render

pytestmark = pytest.mark.host


def assert_whole(site: Built, names: Iterable[str], prefixes: dict[str, str]) -> None:
    """Hold what is asked of every site.

    :param names: of the pages, as in the addresses of the language without a prefix.
    :param prefixes: what the addresses of each language begin with.
    """
    assert not site.wrong()
    for name in names:
        versions = {code: site.pages[prefix + name] for code, prefix in prefixes.items()}
        assert [page.language for page in versions.values()] == list(versions)
        assert_same_ids(name, versions)
        translated = [code for code, page in versions.items() if MARKS[code] in page.text]
        assert len(translated) == len(versions) - 1, f"{name}: {translated}"
        for code, page in versions.items():
            assert (MARKS[code] in page.title) == (code in translated), (name, code, page.title)
            assert (MARKS[code] in page.description) == (code in translated), (name, code)
            for link in page.main_links:
                assert_in_language(unquote(link), code, prefixes)


def assert_same_ids(name: str, versions: dict[str, Page]) -> None:
    ids = {tuple(page.headings) for page in versions.values()}
    assert len(ids) == 1, f"{name}: {ids}"
    assert ids != {()}


def assert_in_language(link: str, code: str, prefixes: dict[str, str]) -> None:
    if not link.startswith(SITE):
        return
    path = link.removeprefix(SITE)
    longest = max((each for each in prefixes.values() if path.startswith(each)), key=len)
    assert prefixes[code] == longest, f"a link on a page in {code} leads to {link}"


def test_hugo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hugo = need("hugo")
    place = render("hugo", tmp_path, monkeypatch)
    call([hugo, "--quiet", "--destination", "public", "--panicOnWarning"], place)
    site = read(place / "public")
    prefixes = {"es": "/", "pt": "/pt/", "en": "/en/"}
    assert_whole(site, ["", "guia/", "avanzado/", "build/"], prefixes)
    assert site.pages["/pt/guia/"].headings == [
        "la-guía",
        "instalación-y-más",
        "opciones",
        "opciones-1",
        "qué-hacer-con-código-y-enlaceshttpsexampleorg",
        "un-título-de-dos-líneas",
    ]
    for code, prefix in prefixes.items():
        home = (place / "public" / prefix.strip("/") / "index.html").read_text()
        mark = "" if code == "es" else f" {MARKS[code]}"
        assert '<aside class="nota">' in home
        assert f"<footer>Leer más{mark}</footer>" in home
        assert f'<p class="hero">Bienvenida{mark}</p>' in home
