"""The merge driver, in real repositories."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.commands.helpers import Shell

HEADER = (
    'msgid ""\nmsgstr ""\n"POT-Creation-Date: {date}\\n"\n"PO-Revision-Date: {date}\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n'
)


def catalog(*entries: tuple[str, str], date: str = "2026-01-01 00:00+0000", line: int = 1) -> str:
    parts = [HEADER.format(date=date)]
    parts += [
        f'#: a.md:{line + number}\nmsgid "{msgid}"\nmsgstr "{msgstr}"\n'
        for number, (msgid, msgstr) in enumerate(entries)
    ]
    return "\n".join(parts)


BASE = catalog(("One", "Uno"), ("Two", ""), ("Three", ""))
OURS = catalog(("One", "UNO"), ("Two", "Dos"), ("Three", ""), date="2026-02-02 00:00+0000", line=9)
THEIRS = catalog(("One", "Uno"), ("Two", ""), ("Three", "Tres"), date="2026-03-03 00:00+0000")
OTHERWISE = catalog(("One", "Un"), ("Two", ""), ("Three", "Tres"))
BROKEN = BASE.replace('msgstr "Uno"', "msgstr * Uno")


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True)


def merge(shell: Shell, base: str, ours: str, theirs: str) -> subprocess.CompletedProcess[str]:
    """Put three versions in branches of a repository with the driver, and merge them."""
    git(shell.folder, "init", "-q", "-b", "main")
    assert shell("init", "--merge-driver").code == 0
    shell.write({"a b.po": base})
    git(shell.folder, "add", ".")
    git(shell.folder, "commit", "-qm", "base")
    git(shell.folder, "checkout", "-qb", "theirs")
    shell.write({"a b.po": theirs})
    git(shell.folder, "commit", "-qam", "theirs")
    git(shell.folder, "checkout", "-q", "main")
    shell.write({"a b.po": ours})
    git(shell.folder, "commit", "-qam", "ours")
    return git(shell.folder, "merge", "--no-edit", "theirs")


def test_git_merges_entry_by_entry(shell: Shell) -> None:
    result = merge(shell, BASE, OURS, THEIRS)
    assert result.returncode == 0, result.stderr
    entries = (("One", "UNO"), ("Two", "Dos"), ("Three", "Tres"))
    assert shell.read("a b.po") == catalog(*entries, date="2026-03-03 00:00+0000", line=9)
    assert git(shell.folder, "status", "--short").stdout == ""


def test_git_shows_a_conflict_that_a_translator_can_resolve(shell: Shell) -> None:
    result = merge(shell, BASE, OURS, OTHERWISE)
    assert result.returncode == 1
    assert git(shell.folder, "status", "--short").stdout == 'UU "a b.po"\n'
    assert "a b.po:9: two translations of 'One': keep one and remove" in result.stderr
    assert "a b.po: 1 conflict: choose in a PO editor, then 'git add'" in result.stderr
    assert (
        '#: a.md:9\n#, fuzzy\nmsgid "One"\nmsgstr ""\n"#-#-#-#-#  ours  #-#-#-#-#\\n"\n"UNO\\n"\n'
        '"#-#-#-#-#  theirs  #-#-#-#-#\\n"\n"Un"\n'
    ) in shell.read("a b.po")
    assert 'msgstr "Tres"' in shell.read("a b.po")


@pytest.mark.parametrize("broken", ["base", "ours", "theirs"])
def test_a_broken_version_is_a_conflict_with_the_marks_of_git(shell: Shell, broken: str) -> None:
    sides = {"base": BASE, "ours": OURS, "theirs": THEIRS}
    sides[broken] = sides[broken].replace('msgstr "U', "msgstr * U")
    result = merge(shell, **sides)
    assert result.returncode == 1
    assert git(shell.folder, "status", "--short").stdout == 'UU "a b.po"\n'
    words = {"base": "their common base", "ours": "our version", "theirs": "their version"}
    assert f"in {words[broken]}, unexpected character '*'" in result.stderr
    assert "a b.po:" in result.stderr
    assert ".merge_file" not in result.stderr
    assert "<<<<<<< ours\n" in shell.read("a b.po")


def test_added_on_both_sides(shell: Shell) -> None:
    shell.write({"base.po": "", "ours.po": OURS, "theirs.po": THEIRS})
    result = shell("merge-po", "base.po", "ours.po", "theirs.po", "--output", "new.po")
    assert (result.code, shell.read("ours.po")) == (1, OURS)
    assert result.err.startswith("new.po:9: two translations of 'One'")
    assert shell.read("new.po").count("msgid ") == 4
    assert 'msgstr "Tres"' in shell.read("new.po")


def test_by_hand_a_broken_file_changes_nothing(shell: Shell) -> None:
    shell.write({"base.po": BASE, "ours.po": OURS, "theirs.po": BROKEN})
    before = shell.files()
    result = shell("merge-po", "base.po", "ours.po", "theirs.po")
    assert (result.code, shell.files()) == (2, before)
    assert result.err.startswith("theirs.po:9: unexpected character '*'")


def test_the_driver_is_installed_once(shell: Shell) -> None:
    git(shell.folder, "init", "-q")
    shell.write({".gitattributes": "*.png binary"})
    first, second = shell("init", "--merge-driver"), shell("init", "--merge-driver")
    assert (first.code, second.code) == (0, 0)
    wanted = "*.png binary\n*.po merge=transpipe\n*.pot merge=transpipe\n"
    assert shell.read(".gitattributes") == wanted
    assert first.out.startswith("wrote .gitattributes")
    assert second.out.startswith("kept .gitattributes")
    drivers = git(shell.folder, "config", "--get-all", "merge.transpipe.driver").stdout
    assert drivers.count("\n") == 1
    assert sorted(path.name for path in shell.folder.iterdir()) == [".git", ".gitattributes"]


def test_another_driver_is_left_alone(shell: Shell) -> None:
    git(shell.folder, "init", "-q")
    shell.write({".gitattributes": "# ours\n*.po merge=union\n"})
    result = shell("init", "--merge-driver")
    assert result.code == 2
    assert result.err == (
        ".gitattributes: names another merge driver: *.po merge=union: "
        "remove that line, and run this again\n"
    )
    assert shell.read(".gitattributes") == "# ours\n*.po merge=union\n"
    assert git(shell.folder, "config", "--get", "merge.transpipe.driver").stdout == ""


def test_the_driver_needs_a_repository(shell: Shell) -> None:
    result = shell("init", "--merge-driver")
    assert result.code == 2
    assert "run this in a git repository" in result.err
    assert shell.files() == {}
