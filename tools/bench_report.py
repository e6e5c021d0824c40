"""Measure reports of how complete a large tree is, side by side with the neighbours.

    python tools/bench_report.py [FOLDER]

FOLDER holds catalogs, LANGUAGE/LC_MESSAGES/*.po; it defaults to the Spanish catalogs of the CPython
documentation in $TRANSPIPE_CORPORA, else in ../shared/corpora beside the project. The neighbours
are installed in build/bench-report for it: translate-toolkit (pocount) and potodo are GPL programs,
run as such. Times are processor time, that of the programs they start included; all Python programs
have their bytecode, as pip leaves it. Nothing else is kept from one run to the next.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path

PROJECT = Path(__file__).parent.parent
NEIGHBOURS = ("translate-toolkit", "potodo")
RUNS = 9
_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


def cpu_seconds(command: Sequence[str | Path], folder: Path) -> float:
    """Give the processor time of a program, in seconds."""
    environment = {key: value for key, value in os.environ.items() if key != _NO_BYTECODE}

    def spent() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    start = spent()
    subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return spent() - start


def neighbours() -> Path | None:
    """Give the folder of the neighbours' programs; None where they cannot be installed."""
    home = PROJECT / "build" / "bench-report"
    if not (home / "bin" / "potodo").exists():
        venv.create(home, with_pip=True, clear=True)
        pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", *NEIGHBOURS]
        if subprocess.run(pip, check=False).returncode:
            return None
    return home / "bin"


def commands(tree: Path, language: str) -> Mapping[str, Sequence[str | Path]]:
    """Give what is measured, by name."""
    here = Path(sys.executable).parent
    catalogs = tree / language / "LC_MESSAGES"
    found: dict[str, Sequence[str | Path]] = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "transpipe --version": [here / "transpipe", "--version"],
        "transpipe report": [here / "transpipe", "report", "-d", tree],
        "transpipe report --format json": [
            here / "transpipe", "report", "-d", tree, "--format", "json",
        ],
        "msgfmt --statistics, a process a file": [
            "sh", "-c",
            "find . -name '*.po' -exec sh -c 'msgfmt --statistics -o /dev/null \"$0\"' {} \\;",
        ],
        "sphinx-intl stat": [here / "sphinx-intl", "stat", "-d", tree, "-l", language],
    }  # fmt: skip
    programs = neighbours()
    if programs:
        found["pocount"] = [programs / "pocount", "--csv", catalogs]
        found["potodo"] = [programs / "potodo", "-p", catalogs]
    return found


def main() -> None:
    """Measure in rounds, so that all meet the same noise, and print the best of each."""
    corpora = Path(os.environ.get("TRANSPIPE_CORPORA", PROJECT.parent / "shared" / "corpora"))
    default = corpora / "cpython-docs" / "locale" / "es"
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=default)
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    if not folder.is_dir():
        parser.error(f"no such folder: {folder}")
    with tempfile.TemporaryDirectory() as temporary:
        # A copy of its own: programs may write beside the catalogs.
        tree = Path(temporary) / "locale"
        shutil.copytree(folder, tree / folder.name)
        files = list(tree.rglob("*.po"))
        size = sum(path.stat().st_size for path in files)
        print(f"{len(files)} catalogs, {size / 1e6:.1f} MB, best of {RUNS} runs in turn\n")
        print_table(tree, folder.name)


def print_table(tree: Path, language: str) -> None:
    """Print a table in Markdown: seconds, and how often the time of our report."""
    best: dict[str, float] = {}
    for number in range(RUNS):
        for name, command in commands(tree, language).items():
            # The slow ones take part in the first round alone.
            if number == 0 or best[name] < 2:
                seconds = cpu_seconds(command, tree / language)
                best[name] = min(seconds, best.get(name, seconds))
    start = best["python -c pass"]
    ours = best["transpipe report"] - start
    print("| program | CPU s beyond the start of Python | times transpipe |")
    print("| --- | --: | --: |")
    for name, seconds in best.items():
        beyond = seconds if name.startswith("msgfmt") else seconds - start
        print(f"| {name} | {beyond:.3f} | {beyond / ours:.1f} |")


if __name__ == "__main__":
    main()
