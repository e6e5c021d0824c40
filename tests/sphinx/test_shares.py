"""The share that a page's notice gives is the number of `report`."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.commands.helpers import Shell
from transpipe.model import Counts

CONFIG = 'source_language = "en"\nlanguages = ["{}"]\n'
CONF = 'extensions = ["myst_parser"]\nsuppress_warnings = ["ref", "toc", "i18n", "misc"]\n'
PROJECT = {
    "transpipe.toml": CONFIG.format("es"),
    "docs/conf.py": CONF,
    "docs/index.rst": (
        ":tocdepth: 2\n:author: We\n\nWelcome\n=======\n\n.. contents::\n\n"
        "Hello |x|.\n\n.. |x| replace:: you\n\n.. toctree::\n   :caption: Pages\n\n"
        "   page\n   names\n   none\n\n.. image:: pic.png\n   :alt: A picture\n"
    ),
    "docs/page.md": (
        "---\ntitle: The page\nsummary: In short\ndescription:\n  - First.\n  - Second.\n"
        "tags: [one, two]\n---\n\n## Heading\n\nOne.\n\nOne.\n\nTwo.\n\nThree.\n"
    ),
    "docs/names.md": "# Sphinx\n\nMyST\n",
    "docs/none.md": "# None\n\nNothing.\n",
}
TRANSLATIONS = {
    "index": {"Welcome": "Bienvenida", "Contents": "Índice", "Pages": "Páginas"},
    "page": {"The page": "La página", "First.": "Primero.", "One.": "Uno.", "Three.": "Tres."},
    "names": {"Sphinx": "Sphinx", "MyST": "MyST"},
}


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    monkeypatch.chdir(tmp_path)
    return Shell(tmp_path, capsys)


def reported(shell: Shell, language: str) -> dict[str, Counts]:
    """The counts of each document."""
    report = json.loads(shell("report", "--format", "json").out)
    documents = report["languages"][language]["documents"]
    return {
        name: Counts(**{state: document["messages"][state] for state in Counts.__slots__})
        for name, document in documents.items()
    }


def shown(shell: Shell, language: str, name: str) -> int:
    """The share that the reader of a page is told."""
    html = shell.read(f"build/html/{language}/{name}.html")
    found = re.search(r'<div class="transpipe-notice".*?</div>', html, re.DOTALL)
    if found is None:
        return 100
    share = re.search(r"(\d+)\s?%", found[0])
    return int(share[1]) if share else 0


def test_on_documents_of_every_kind(shell: Shell) -> None:
    shell.write(PROJECT)
    (shell.folder / "docs/pic.png").write_bytes(b"")
    assert (shell("extract").code, shell("update").code) == (0, 0)
    for name, messages in TRANSLATIONS.items():
        path = f"locale/es/LC_MESSAGES/{name}.po"
        text = shell.read(path)
        for msgid, msgstr in messages.items():
            old = f'msgid "{msgid}"\nmsgstr ""'
            assert text.count(old) == 1, msgid
            text = text.replace(old, f'msgid "{msgid}"\nmsgstr "{msgstr}"')
        shell.write({path: text})
    path = "locale/es/LC_MESSAGES/page.po"
    fuzzy = shell.read(path).replace('msgid "Three."', '#, fuzzy\nmsgid "Three."')
    shell.write({path: fuzzy})
    assert shell("build").code == 0
    counts = reported(shell, "es")
    assert {name: (count.translated, count.total) for name, count in counts.items()} == {
        "index": (3, 5),
        "names": (2, 2),
        "none": (0, 2),
        "page": (3, 8),
    }
    for name, count in counts.items():
        assert shown(shell, "es", name) == count.display_percent, name


@pytest.mark.corpus
@pytest.mark.slow
def test_on_real_documents(shell: Shell, corpora: Path) -> None:
    names = ("faq/general", "faq/gui", "faq/windows", "tutorial/modules", "tutorial/venv")
    shell.write({"transpipe.toml": CONFIG.format("pt_BR"), "docs/conf.py": CONF})
    for name in names:
        for source, target in (
            (f"Doc/{name}.rst", f"docs/{name}.rst"),
            (f"locale/pt_BR/LC_MESSAGES/{name}.po", f"locale/pt_BR/LC_MESSAGES/{name}.po"),
        ):
            path = shell.folder / target
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(corpora / "cpython-docs" / source, path)
    shell.write({"docs/index.rst": "Top\n===\n\n.. toctree::\n   :glob:\n\n   */*\n"})
    assert shell("extract").code == 0
    built = shell("build")
    assert built.code == 0
    counts = reported(shell, "pt_BR")
    assert sum(0 < counts[name].display_percent < 100 for name in names) >= 3
    for name in names:
        count = counts[name]
        # The report reads catalogs: what the build leaves out of reStructuredText, the build names.
        left_out = len(re.findall(rf"left out because .*\({name}\.rst:", built.err))
        seen = Counts(count.translated - left_out, count.fuzzy, count.untranslated + left_out)
        assert shown(shell, "pt_BR", name) == seen.display_percent, name
