"""The how-to about adopting a site, typed line by line."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess

from tests.commands.helpers import Shell
from tests.conftest import PROJECT

BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
STEP = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def test_every_command_says_what_the_page_shows(shell: Shell) -> None:
    shutil.copytree(PROJECT / "docs/examples/community-garden", shell.folder, dirs_exist_ok=True)
    page = (PROJECT / "docs/howto/adopt.md").read_text(encoding="utf-8")
    steps = [step for block in BLOCK.findall(page) for step in STEP.findall(block)]
    assert len(steps) >= 10
    for command, shown in steps:
        program, *arguments = shlex.split(command)
        if program != "transpipe":
            subprocess.run([program, *arguments], cwd=shell.folder, check=True)
            continue
        outcome = shell(*arguments)
        assert outcome.code in (0, 1)
        if shown:
            assert outcome.err + outcome.out == shown, command
