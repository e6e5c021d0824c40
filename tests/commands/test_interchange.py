"""Projects that use sphinx-intl, Weblate, Transifex or Poedit go on as before."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.commands.helpers import Shell, pseudo, translate
from transpipe.catalogs.layout import LocaleFolder
from transpipe.catalogs.pofile import read_po, write_po
from transpipe.locales import parse_locale
from transpipe.model import Catalog, Message, MessageKey, State

SPHINX_INTL = Path(sys.executable).with_name("sphinx-intl")


def sphinx_intl(folder: Path, *arguments: str, path: str = "") -> str:
    """Run sphinx-intl; with programs of a folder on its path."""
    environment = {**os.environ, "PATH": f"{path}:{os.environ['PATH']}"}
    result = subprocess.run(
        [SPHINX_INTL, *arguments], cwd=folder, capture_output=True, text=True, env=environment
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


# ------------------------------------------------------------------------------ sphinx-intl


def edited(catalog: Catalog, seed: int) -> Catalog:
    """Make the template of sources that were edited since: some messages anew, gone or added."""
    chance = random.Random(seed)
    messages: list[Message] = []
    for message in catalog.messages:
        if message.obsolete:
            continue
        plain = Message(message.msgid, msgctxt=message.msgctxt, references=message.references)
        match chance.choice(["same"] * 12 + ["edit", "drop", "add"]):
            case "same":
                messages.append(plain)
            case "edit":
                messages.append(replace(plain, msgid=f"{message.msgid} And more."))
            case "add":
                messages += [plain, Message(f"Added behind: {message.msgid[:30]}")]
    unique = {message.key: message for message in messages}
    header = Message("", "Content-Type: text/plain; charset=UTF-8\n")
    return Catalog(catalog.domain, None, header, tuple(unique.values()))


@pytest.mark.corpus
def test_what_sphinx_intl_keeps_is_kept(corpora: Path, shell: Shell) -> None:
    source = corpora / "cpython-docs" / "locale" / "es" / "LC_MESSAGES"
    paths = [path for path in sorted(source.rglob("*.po")) if path.stat().st_size < 60_000][::40]
    assert len(paths) > 8
    for number, path in enumerate(paths):
        name = path.relative_to(source).with_suffix("").as_posix()
        template = edited(read_po(path, name).catalog, number)
        for folder in ("ours", "theirs"):
            write_po(shell.folder / folder / "pot" / f"{name}.pot", template)
            target = shell.folder / folder / "es" / "LC_MESSAGES" / f"{name}.po"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    assert shell("update", "-p", "ours/pot", "-d", "ours", "-l", "es").code == 0
    sphinx_intl(shell.folder, "update", "-p", "theirs/pot", "-d", "theirs", "-l", "es", "-j", "1")
    ours, theirs = (read(shell.folder / folder) for folder in ("ours", "theirs"))
    assert ours.keys() == theirs.keys()
    wordings = {message.msgstr for message in ours.values()}
    kept = {place: message for place, message in theirs.items() if message.has_translation}
    assert len(kept) > 300
    for place, message in kept.items():
        if message.state is State.TRANSLATED:
            assert (ours[place].msgstr, ours[place].state) == (message.msgstr, message.state)
        assert message.msgstr in wordings


def read(locale_dir: Path) -> Mapping[tuple[str, MessageKey], Message]:
    """Give every Spanish message by its domain and key."""
    catalogs = LocaleFolder(locale_dir).read_catalogs(parse_locale("es"))
    return {
        (domain, message.key): message
        for domain, file in catalogs.items()
        for message in file.catalog.messages
    }


@pytest.mark.parametrize("spelling", ["pt_BR", "pt_br"])
def test_a_folder_that_sphinx_intl_made_goes_on(spelling: str, shell: Shell) -> None:
    shell.write(
        {
            "transpipe.toml": 'languages = ["pt_BR"]\nsource_dir = "docs"\n',
            "docs/conf.py": 'project = "x"\n',
            "docs/index.rst": "Title\n=====\n\nText.\n",
        }
    )
    shell("extract")
    sphinx_intl(shell.folder, "update", "-p", "locale/pot", "-d", "locale", "-l", spelling)
    before = shell.files("locale")
    assert shell("update").code == 0
    assert shell.files("locale") == before


# -------------------------------------------------------- Weblate, Poedit and the others

HEADERS = """# Translators:
# Ana <ana@example.org>, 2024
#
#, fuzzy
msgid ""
msgstr ""
"Project-Id-Version: garden 1.0\\n"
"Report-Msgid-Bugs-To: \\n"
"POT-Creation-Date: 2024-01-01 00:00+0000\\n"
"PO-Revision-Date: 2024-02-02 00:00+0000\\n"
"Last-Translator: Ana <ana@example.org>\\n"
"Language-Team: Spanish <https://hosted.weblate.org/projects/garden/es/>\\n"
"Language: es\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=n != 1;\\n"
"X-Generator: Weblate 5.14\\n"
"X-Poedit-Bookmarks: -1,304\\n"
"Generated-By: Babel 2.18.0\\n"

#: ../../docs/index.md:1
#, python-format, max-length:80, read-only
msgid "Title"
msgstr "Título"
"""


def test_headers_and_flags_stay_as_they_are(shell: Shell) -> None:
    catalog = "locale/es/LC_MESSAGES/index.po"
    shell.write(
        {
            "transpipe.toml": 'languages = ["es"]\nsource_dir = "docs"\n',
            "docs/index.md": "# Title\n\nNew text.\n",
            catalog: HEADERS,
        }
    )
    shell("extract")
    assert shell("update").code == 0
    head, _, entries = shell.read(catalog).partition("\n\n")
    added = [line for line in head.split("\n") if line not in HEADERS.split("\n")]
    gone = [line for line in HEADERS.split("\n\n")[0].split("\n") if line not in head.split("\n")]
    assert [line[1:22] for line in gone] == ["POT-Creation-Date: 20"]
    assert [line.partition(":")[0] for line in added] == [
        '"POT-Creation-Date', '"X-Source-Language',
    ]  # fmt: skip
    assert entries.startswith("#: docs/index.md\n#, max-length:80, read-only\n")


# ------------------------------------------------------------------------------- Transifex

TX = """#!/bin/sh
case "$1" in
--version) echo "TX Client, version=1.6.17" ;;
*) printf '%s\\n' "$*" >> "$TX_LOG" ;;
esac
"""


def test_sphinx_intl_configures_transifex_for_our_layout(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Transifex client itself is not here: a script notes what sphinx-intl asks of it."""
    shell.write(
        {
            "transpipe.toml": 'languages = ["es", "pt_BR"]\nsource_dir = "docs"\n',
            "docs/index.md": "# Title\n",
            "docs/guide/a.md": "# Guide\n",
            "bin/tx": TX,
        }
    )
    (shell.folder / "bin" / "tx").chmod(0o755)
    monkeypatch.setenv("TX_LOG", str(shell.folder / "log"))
    shell("extract")
    shell("update")
    assert "Create: .tx/config" in sphinx_intl(shell.folder, "create-txconfig")
    sphinx_intl(
        shell.folder, "update-txconfig-resources", "-p", "locale/pot", "-d", "locale",
        "--transifex-organization-name", "org", "--transifex-project-name", "garden",
        path=str(shell.folder / "bin"),
    )  # fmt: skip
    lines = shell.read("log").splitlines()
    assert len(lines) == 2
    for line, domain in zip(lines, ("guide/a", "index"), strict=True):
        words = line.split()
        pattern = words[words.index("--file-filter") + 1]
        for code in ("es", "pt_BR"):
            assert (shell.folder / pattern.replace("<lang>", code)).is_file()
        assert words[-1] == f"locale/pot/{domain}.pot"


# ------------------------------------------------------------------------- gettext_compact

PAGES = {
    "docs/index.rst": "Garden\n======\n\n.. toctree::\n\n   guide/plant\n   guide/water\n",
    "docs/guide/plant.rst": "Plant\n=====\n\nDig a hole.\n",
    "docs/guide/water.rst": "Water\n=====\n\nEvery morning.\n",
}


@pytest.mark.parametrize(
    ("line", "setting", "domains"),
    [
        ("", "true", ["guide", "index"]),
        ("gettext_compact = 'all'", '"all"', ["all"]),
        ("gettext_compact = False", None, ["guide/plant", "guide/water", "index"]),
    ],
)
def test_catalogs_that_documents_share_stay_shared(
    line: str, setting: str | None, domains: list[str], shell: Shell
) -> None:
    """From sphinx-build and sphinx-intl to transpipe: the same files, every translation kept."""
    conf = f"project = 'garden'\nlocale_dirs = ['../locale']\n{line}\n"
    shell.write({**PAGES, "docs/conf.py": conf})
    sphinx_build = SPHINX_INTL.with_name("sphinx-build")
    subprocess.run(
        [sphinx_build, "-q", "-b", "gettext", "docs", "pot"], cwd=shell.folder, check=True
    )
    sphinx_intl(shell.folder, "update", "-p", "pot", "-d", "locale", "-l", "es")
    translate(shell.folder / "locale", "es", pseudo)
    before = read(shell.folder / "locale")
    assert shell("init", "--yes").code == 0
    wanted = [f"gettext_compact = {setting}"] if setting else []
    settings = shell.read("transpipe.toml").splitlines()
    assert [one for one in settings if one.startswith("gettext_compact")] == wanted
    assert shell("extract").code == 0
    assert shell("update").code == 0
    folder = LocaleFolder(shell.folder / "locale")
    assert list(folder.template_domains()) == domains
    assert list(folder.domains(parse_locale("es"))) == domains
    after = read(shell.folder / "locale")
    assert {place: m.msgstr for place, m in after.items()} == {
        place: m.msgstr for place, m in before.items()
    }
    assert shell("report", "--fail-under", "100", "-l", "es").code == 0
    if setting != "true":
        return  # a build for each would take long
    assert shell("build", "-l", "es").code == 0
    assert "Dig a hole. ⟦x⟧" in shell.read("build/html/es/guide/plant.html")


def test_documents_of_two_languages_cannot_share_a_catalog(shell: Shell) -> None:
    config = 'languages = ["pt"]\nsource_dir = "docs"\ngettext_compact = true\n'
    config += 'source_languages = { "guide/water*" = "es" }\n'
    shell.write({**PAGES, "docs/conf.py": "project = 'garden'\n", "transpipe.toml": config})
    result = shell("extract")
    assert result.code == 2
    assert result.err == (
        "transpipe.toml: the documents of the catalog 'guide' are in several languages: "
        "set 'gettext_compact' to false\n"
    )
    assert not (shell.folder / "locale").exists()


def test_a_tree_has_no_shared_catalogs(shell: Shell) -> None:
    config = 'languages = ["pt"]\nsource_dir = "docs"\ngettext_compact = true\n'
    shell.write({"docs/a.md": "A\n", "transpipe.toml": config})
    result = shell("extract")
    assert (result.code, result.err) == (
        2,
        "transpipe.toml: 'gettext_compact' is for Sphinx projects only: remove it\n",
    )
