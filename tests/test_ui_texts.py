"""Transpipe's own texts, which readers see, are in its catalogs and translated there."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po as read_with_babel

from tests.conftest import PROJECT
from tests.reports.samples import EVERYTHING
from transpipe.catalogs.layout import LocaleFolder
from transpipe.locales import parse_locale
from transpipe.model import Catalog, Message, State
from transpipe.reports import html

LOCALES = PROJECT / "src" / "transpipe" / "locale"
LANGUAGES = ("es", "pt")
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w*\}")


def catalog(code: str) -> Catalog:
    return LocaleFolder(LOCALES).catalogs(parse_locale(code))["transpipe"]


def active(code: str) -> list[Message]:
    return [message for message in catalog(code).messages if not message.obsolete]


def test_the_catalogs_have_the_texts_of_the_code() -> None:
    result = subprocess.run(
        [sys.executable, PROJECT / "tools" / "extract_ui_texts.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.stdout, result.returncode) == ("", 0), result.stderr


@pytest.mark.parametrize("code", LANGUAGES)
def test_texts_of_every_kind_of_source_are_found(code: str) -> None:
    found = {(message.msgctxt, message.msgid, message.msgid_plural) for message in active(code)}
    assert found >= {
        (None, "Go to the page in {original}", None),  # marked in Python, translated elsewhere
        (None, "Not enough history yet.", None),
        (None, "Skip to the content", None),
        (None, "%(n)s word left", "%(n)s words left"),
        ("state of a message", "fuzzy", None),
    }


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_text_is_translated_with_the_same_placeholders(code: str) -> None:
    for message in active(code):
        assert message.state is State.TRANSLATED, message.msgid
        if message.msgid_plural is None:
            pairs = [(message.msgid, message.msgstr)]
        else:
            assert len(message.msgstr_plural) == 2, message.msgid
            pairs = [(message.msgid_plural, form) for form in message.msgstr_plural]
        for source, translation in pairs:
            assert translation.strip(), message.msgid
            assert placeholders(translation) == placeholders(source), message.msgid


def placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


def test_the_language_list_is_that_of_the_catalogs() -> None:
    assert sorted(path.name for path in LOCALES.iterdir() if path.is_dir()) == list(LANGUAGES)


@pytest.fixture
def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The catalogs as they are now, compiled; those that are installed may be older."""
    for code in LANGUAGES:
        source = LOCALES / code / "LC_MESSAGES" / "transpipe.po"
        target = tmp_path / code / "LC_MESSAGES" / "transpipe.mo"
        target.parent.mkdir(parents=True)
        with source.open("rb") as before, target.open("wb") as after:
            write_mo(after, read_with_babel(before, locale=code))
    monkeypatch.setattr(html, "_CATALOGS", tmp_path)
    caches = (html._environment, html._translations)
    for cached in caches:
        cached.cache_clear()
    yield tmp_path
    for cached in caches:
        cached.cache_clear()


def test_the_report_shows_them(compiled: Path) -> None:
    files = html.site(EVERYTHING, "https://example.org/edit/{path}")
    english = {message.msgid for message in active("es")} - {"total"}
    for name in ("index.es.html", "es/index.html", "es/documents/about/index.html"):
        words = {
            text.strip()
            for text in re.split(r'<[^<>]*?(?:aria-label|alt)="|<[^<>]*>|"', files[name])
        }
        assert words & english == set(), name
    assert "faltan 30 palabras, 1.200 visitas" in files["index.es.html"]
    assert "faltam 30 palavras" in files["index.pt.html"]
    assert 'src="chart.pt.svg"' in files["index.pt.html"]


def test_the_chart_of_a_page_is_in_its_language(compiled: Path) -> None:
    files = html.site(EVERYTHING)
    charts = {name: text for name, text in files.items() if name.startswith("chart")}
    assert set(charts) == {"chart.svg", "chart.es.svg", "chart.pt.svg"}
    titles = {name: ET.fromstring(text)[0].text or "" for name, text in charts.items()}
    assert titles["chart.svg"].startswith("Translated messages over time: español 84%")
    assert titles["chart.es.svg"].startswith(
        "Mensajes traducidos a lo largo del tiempo: español 84\xa0%"
    )
    assert titles["chart.pt.svg"].startswith("Mensagens traduzidas ao longo do tempo: español 84%")
    assert "4 mar 2026" in charts["chart.es.svg"]
    assert "4 de mar. de 2026" in charts["chart.pt.svg"]
