"""A catalog that is bad, or cannot be written: one line, an exit code, and the file whole."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.helpers import Shell

HEADER = (
    'msgid ""\nmsgstr ""\n"Language: {code}\\n"\n"Content-Type: text/plain; charset={charset}\\n"\n'
)
GOOD = HEADER.format(code="es", charset="UTF-8")
CATALOG = "locale/es/LC_MESSAGES/a.po"
PROJECT = {
    "transpipe.toml": 'languages = ["es"]\nsource_dir = "site"\n',
    "site/a.md": "One\n\nTwo\n",
}

REFUSED = {
    "broken syntax": (GOOD + '\nmsgid "One"\nmsgstr * Uno\n', 7, "unexpected character '*'"),
    "duplicate": (
        GOOD + '\nmsgid "One"\nmsgstr "Uno"\n\nmsgid "One"\nmsgstr "1"\n',
        9,
        "this msgid is already defined on line 6",
    ),
    "NUL": (GOOD + '\nmsgid "One\\0"\nmsgstr "Uno"\n', 6, "the control character NUL"),
    "raw NUL": (GOOD + '\nmsgid "One"\nmsgstr "U\0"\n', 7, "the control character NUL"),
    "charset": (HEADER.format(code="es", charset="ISO-8859-1"), 1, "charset=ISO-8859-1"),
    "marks of git": (
        GOOD + '\n<<<<<<< ours\nmsgid "One"\nmsgstr "U"\n',
        6,
        "a mark of a merge conflict",
    ),
    "nothing of a PO file": ("<html>\n", 1, "unexpected character '<'"),
}


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("verb", ["update", "check", "report", "render"])
def test_a_catalog_that_cannot_be_read(name: str, verb: str, shell: Shell) -> None:
    text, line, words = REFUSED[name]
    shell.write(PROJECT)
    shell("extract")
    shell.write({CATALOG: text})
    before = shell.files()
    result = shell(verb)
    said = result.err + result.out
    assert f"{CATALOG}:{line}: " in said
    assert words in said
    # A check answers: this is a finding. The others have no answer.
    assert result.code == (1 if verb == "check" else 2)
    kept = {name: data for name, data in shell.files().items() if ".transpipe/" not in name}
    assert kept == before


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('msgid ""\nmsgstr "Language: es\\n"\n', 1, "the header names no charset"),
        (
            GOOD.replace('"Language', '"Plural-Forms: nplurals=1; plural=0;\\n"\n"Language'),
            1,
            "the header says nplurals=1, and es has 2",
        ),
        (HEADER.format(code="fr", charset="UTF-8"), 1, "the header says Language: “fr”"),
        (
            GOOD.replace('"Language', '"Plural-Forms: nplurals=2; plural=n != 1;\\n"\n"Language')
            + '\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\n',
            7,
            "there are 1 forms",
        ),
    ],
)
def test_a_catalog_with_a_fault_in_its_header(
    text: str, line: int, words: str, shell: Shell
) -> None:
    shell.write({**PROJECT, CATALOG: text})
    result = shell("check", CATALOG)
    assert f"{CATALOG}:{line}: " in result.out
    assert words in result.out
    # A header alone breaks no page: a warning.
    assert result.code == (1 if "msgid_plural" in text else 0)
    assert shell.read(CATALOG) == text


# ------------------------------------------------------------------------- while writing

LARGE = GOOD + "".join(
    f'\n#: site/a.md\nmsgid "Sentence {number}"\nmsgstr "{"x" * 60}"\n' for number in range(2000)
)


def large_project(shell: Shell) -> None:
    """A catalog of some size, and sources that changed since."""
    text = "".join(f"Sentence {number}\n\n" for number in range(2000))
    shell.write({**PROJECT, "site/a.md": text + "New\n", CATALOG: LARGE})
    shell("extract")


def update(folder: Path, prepare: Callable[[], None] | None = None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "transpipe", "update"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=prepare,
    )


def test_a_disk_that_is_full(shell: Shell) -> None:
    """A limit on the size of files stands for the end of the disk: both fail in the write."""
    large_project(shell)
    before = shell.files("locale")

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    process = update(shell.folder, limit)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err.decode() == (
        f"{CATALOG}: cannot be written (file too large): "
        "check that the folder is writable and the disk is not full\n"
    )
    assert shell.files("locale") == before


def test_a_kill_at_any_moment_leaves_the_old_file_or_the_new_one(shell: Shell) -> None:
    large_project(shell)
    process = update(shell.folder)
    process.communicate(timeout=60)
    new = shell.read(CATALOG)
    assert new != LARGE
    target = shell.folder / CATALOG
    seen = set()
    # Killed as each file system call that could matter is about to happen: none in between.
    for number in range(1, 40):
        target.write_text(LARGE, encoding="utf-8")
        code = subprocess.run(
            [sys.executable, "-c", KILLED_AT_CALL, str(number), str(target)],
            cwd=shell.folder,
            capture_output=True,
            check=False,
        ).returncode
        text = target.read_text(encoding="utf-8")
        assert text in (LARGE, LARGE + "# new\n")
        seen.add(text)
        for left in target.parent.glob(".*.tmp"):
            left.unlink()
        if code == 0:
            break
    assert code == 0
    assert len(seen) == 2
    for moment in (0.2, 0.35, 0.5):
        target.write_text(LARGE, encoding="utf-8")
        process = update(shell.folder)
        try:
            process.wait(timeout=moment)
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
        assert target.read_text(encoding="utf-8") in (LARGE, new)


KILLED_AT_CALL = """
import os, signal, sys
from pathlib import Path
from transpipe.files import write_text
left, target = int(sys.argv[1]), Path(sys.argv[2])
WATCHED = {"open", "os.rename", "os.remove", "os.mkdir", "os.chmod", "os.listdir", "os.truncate"}
text = target.read_text(encoding="utf-8") + "# new\\n"
def hook(event, arguments):
    global left
    if event in WATCHED:
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
real = os.fsync
def fsync(number):
    hook("open", ())
    real(number)
    hook("open", ())
os.fsync = fsync
write_text(target, text)
"""
