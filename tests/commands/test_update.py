"""The verb update: what it says, what it writes, and what it leaves alone."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest

from tests.commands.helpers import Shell

CONFIG = 'languages = ["es"]\n'
PO = "locale/es/LC_MESSAGES/index.po"
BEFORE = """\
Water the plants before nine in the morning.

See [the guide](guide.md) for more.

An old sentence that goes away soon.
"""
AFTER = """\
Water the plants before eight in the morning.

See [the guide](more/guide.md) for more.

Tulips bloom in April.
"""
TRANSLATED = {
    "Water the plants before nine in the morning.": "Riega las plantas antes de las nueve.",
    "See [the guide](guide.md) for more.": "Hay más en [la guía](guide.md).",
    "An old sentence that goes away soon.": "Una frase vieja.",
}


@pytest.fixture
def edited(shell: Shell) -> Shell:
    """Give a project with a catalog that is translated, and sources edited since."""
    shell.write({"transpipe.toml": CONFIG, "docs/index.md": BEFORE})
    shell("extract")
    shell("update")
    text = shell.read(PO)
    for msgid, msgstr in TRANSLATED.items():
        text = text.replace(f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "{msgstr}"')
    shell.write({PO: text, "docs/index.md": AFTER})
    shell("extract")
    return shell


LINE = "1 carried, 1 edited (fuzzy), 1 new, 1 obsolete\n"
CARRIED = "    carried (link): index: See [the guide]({+more/+}guide.md) for more.\n"
EDITED = "    edited: index: Water the plants before [-nine-]{+eight+} in the morning.\n"


def test_what_was_carried_is_named_and_made_in_the_translation(edited: Shell) -> None:
    result = edited("update")
    assert (result.code, result.out) == (0, f"es: 1 catalog, 1 written: {LINE}{CARRIED}")
    assert 'msgstr "Hay más en [la guía](more/guide.md)."' in edited.read(PO)
    assert "#. changed" not in edited.read(PO)
    assert edited("update").out == "es: 1 catalog, 0 written: 3 kept\n"


def test_a_dry_run_writes_nothing_and_tells_everything(edited: Shell) -> None:
    before = edited.files()
    result = edited("update", "--dry-run")
    assert (result.code, result.out) == (
        0,
        f"es: 1 catalog, 1 to write: {LINE}{CARRIED}{EDITED}    {PO}\n",
    )
    assert edited.files() == before


def test_check_writes_nothing_and_exits_with_1(edited: Shell) -> None:
    before = edited.files()
    assert edited("update", "--check").code == 1
    assert edited.files() == before
    edited("update")
    assert edited("update", "--check").code == 0


def test_verbose_shows_what_was_edited(edited: Shell) -> None:
    assert EDITED in edited("update", "-v").out


def test_quiet_says_nothing(edited: Shell) -> None:
    assert edited("update", "-q", "--dry-run").out == ""


def test_a_language_of_sources_alone_is_named_on_request(shell: Shell) -> None:
    config = 'languages = ["en", "es"]\n'
    shell.write({"transpipe.toml": config, "docs/index.md": BEFORE})
    shell("extract")
    assert shell("update").out == "es: 1 catalog, 1 written: 3 new\n"
    assert shell("update", "-v").out.startswith("en: 0 catalogs, 0 written: no messages\n")
    assert shell("update", "-l", "en").out == "en: 0 catalogs, 0 written: no messages\n"


def test_the_catalog_says_what_changed_on_request(edited: Shell) -> None:
    edited("update", "--diff-comments")
    comment = "#. changed: Water the plants before [-nine-]{+eight+} in the morning.\n"
    assert comment in edited.read(PO)
    assert edited("update", "--diff-comments", "--check").code == 0
    # Whoever reviews the message takes the mark away; the next update takes the comment.
    reviewed = [
        line for line in edited.read(PO).splitlines(True) if not line.startswith(("#|", "#, fuzzy"))
    ]
    edited.write({PO: "".join(reviewed)})
    edited("update", "--diff-comments")
    assert "#. changed" not in edited.read(PO)


def test_the_configuration_may_ask_for_it(edited: Shell) -> None:
    edited.write({"transpipe.toml": CONFIG + "diff_comments = true\n"})
    edited("update")
    assert "#. changed: Water" in edited.read(PO)
    assert edited("update", "--check").code == 0
    assert edited("update", "--no-diff-comments", "--check").code == 1


def test_obsolete_messages_stay_until_they_are_pruned(edited: Shell) -> None:
    edited("update")
    assert '#~ msgstr "Una frase vieja."' in edited.read(PO)
    assert edited("update", "--prune").out == "es: 1 catalog, 1 written: 3 kept, 1 removed\n"
    assert "#~" not in edited.read(PO)
    assert edited("update", "--prune").out == "es: 1 catalog, 0 written: 3 kept\n"


def test_line_numbers_are_kept_on_request_only(edited: Shell) -> None:
    edited("extract", "--line-numbers")
    edited("update")
    assert "#: docs/index.md\n" in edited.read(PO)
    edited.write({"docs/index.md": "\n\n" + AFTER})
    edited("extract", "--line-numbers")
    assert edited("update", "--check").code == 0
    edited("update", "--line-numbers")
    assert "#: docs/index.md:3\n" in edited.read(PO)


def test_only_some_of_many_are_named(shell: Shell) -> None:
    page = "\n\n".join(f"Page {n * 7} is [here](page.md)." for n in range(1, 15))
    shell.write({"transpipe.toml": CONFIG, "docs/index.md": page})
    shell("extract")
    shell("update")
    text = shell.read(PO).replace('\nmsgstr ""\n\n', '\nmsgstr "[Aquí](page.md)"\n\n')
    shell.write({PO: text, "docs/index.md": page.replace("page.md", "other.md")})
    shell("extract")
    out = shell("update", "--check").out
    assert out.count("    carried (link)") == 10
    assert "more carried: -v names them" in out
    assert shell("update", "-v", "--check").out.count("    carried (link)") == 13


def test_text_of_documents_is_printed_safely(edited: Shell) -> None:
    edited.write({"docs/index.md": AFTER.replace("eight", "eight\x1b[31m")})
    edited("extract")
    out = edited("update", "-v").out
    assert "\x1b" not in out
    assert "\\x1b[31m" in out


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_is_shown_a_table(edited: Shell) -> None:
    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100", "NO_COLOR": "1"}
    subprocess.run(
        [sys.executable, "-m", "transpipe", "update"], stdout=theirs, check=True, env=environment
    )
    os.close(theirs)
    shown = os.read(ours, 65536).decode().replace("\r\n", "\n")
    os.close(ours)
    head, row = shown.splitlines()[-2:]
    assert " ".join(head.split()) == (
        "catalogs written kept moved carried edited (fuzzy) new obsolete"
    )
    assert " ".join(row.split()) == "español (es) 1 of 1 0 0 1 1 1 1"
    assert "\x1b" not in shown
