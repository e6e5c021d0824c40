"""Measure the taking apart and writing back of documents, side by side with other programs.

    python tools/bench_documents.py [CORPORA] [--mdpo PYTHON] [--runs NUMBER]

The folder defaults to $TRANSPIPE_CORPORA, else to ../shared/corpora beside the project. mdpo is
measured by the Python that has it (default: $MDPO_PYTHON), po4a where it is installed. Every
program takes the same documents in the same run, in one process; times are processor seconds, the
start of the program included, of the best of some runs. Before them it runs once on one document,
so that Python programs are compiled.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import read_po, write_po

PROJECT = Path(__file__).parent.parent
DOCUMENTS = "comprehensive-rust/new/src"
SUFFIX = " zz"

OURS = """
import sys
from pathlib import Path
from babel import Locale
from transpipe.documents.discover import discover
from transpipe.documents.formats import FORMATS, Options
from transpipe.documents.reading import read_document
from transpipe.documents.translate import translate
folder, what = Path(sys.argv[1]), sys.argv[2]
count = 0
for file in discover(folder, ("**/*.md",), ()):
    document = read_document(file, Locale("en"))
    if what == "extract":
        count += len(FORMATS["markdown"].segments(document, Options()))
    else:
        count += len(translate(document, Options(), lambda s: s.msgid + " zz").text)
print(count)
"""

MDPO = """
import sys
from pathlib import Path
from mdpo.md2po import markdown_to_pofile
from mdpo.po2md import pofile_to_markdown
folder, what = Path(sys.argv[1]), sys.argv[2]
count = 0
for path in sorted(folder.rglob("*.md")):
    catalog = path.with_suffix(".po")
    if what == "extract":
        found = markdown_to_pofile(str(path), location=False)
        for entry in found:
            entry.msgstr = entry.msgid + " zz"
        found.save(str(catalog))
        count += len(found)
    elif catalog.exists():
        count += len(pofile_to_markdown(str(path), str(catalog)))
print(count)
"""


def cpu_seconds(work: Callable[[], object]) -> float:
    """Give the processor time of the programs that some work starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def environment() -> dict[str, str]:
    """Give an environment in which Python keeps what it compiled, as it does by default."""
    return {
        **{key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"},
        "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir(), "bench-documents-pycache")),
    }


def run(command: list[str], folder: Path | None = None) -> None:
    """Run a program; what it says is shown where it fails."""
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=environment()
    )
    if done.returncode:
        print(f"  {command[0]} failed: {done.stderr.strip()[-300:]}")


def scripted(python: str, script: str, folder: Path) -> dict[str, float]:
    """Time a script of the two steps."""
    return {
        what: cpu_seconds(lambda what=what: run([python, "-c", script, str(folder), what]))  # type: ignore[misc]  # bound at once
        for what in ("extract", "write")
    }


def with_po4a(folder: Path) -> dict[str, float]:
    """Time po4a: one run extracts, the next one writes all documents."""
    names = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.md"))]
    lines = ["[po4a_langs] xx", "[po4a_paths] po/$master.pot xx:po/$master.xx.po"]
    lines += [f"[type: text] {name} xx:out/{name}" for name in names]
    (folder / "po4a.cfg").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "po").mkdir()
    command = ["po4a", "-o", "markdown", "-k", "0", "-M", "UTF-8", "-L", "UTF-8", "po4a.cfg"]
    extract = cpu_seconds(lambda: run([*command, "--no-translations"], folder))
    for path in folder.glob("po/**/*.po"):
        catalog = read_po(BytesIO(path.read_bytes()))
        for message in catalog:
            if message.id:
                words = str(message.id).rstrip("\n")
                message.string = words + SUFFIX + str(message.id)[len(words) :]
        with path.open("wb") as file:
            write_po(file, catalog)
    return {
        "extract": extract,
        "write": cpu_seconds(lambda: run([*command, "--no-update"], folder)),
    }


def with_sphinx(folder: Path) -> dict[str, float]:
    """Time the gettext builder."""
    (folder / "conf.py").write_text("extensions = ['myst_parser']\ngettext_compact = False\n")
    if not (folder / "index.md").exists():
        (folder / "index.md").write_text("# index\n")
    command = [sys.executable, "-m", "sphinx", "-Q", "-b", "gettext", ".", "../pot"]
    return {"extract": cpu_seconds(lambda: run(command, folder))}


def side_by_side(source: Path, mdpo: str | None, runs: int) -> None:
    """Print a row for each program, with the least of some runs; they take turns."""
    programs: dict[str, Callable[[Path], dict[str, float]]] = {
        "transpipe": lambda folder: scripted(sys.executable, OURS, folder),
    }
    if mdpo:
        programs["mdpo"] = lambda folder: scripted(mdpo, MDPO, folder)
    slow: dict[str, Callable[[Path], dict[str, float]]] = {"sphinx-build -b gettext": with_sphinx}
    if shutil.which("po4a"):
        slow = {"po4a": with_po4a, **slow}
    for measure in programs.values():
        once(measure, source, only_one=True)
    found: dict[str, list[dict[str, float]]] = {}
    for number in range(runs):
        for name, measure in (programs if number else {**programs, **slow}).items():
            found.setdefault(name, []).append(once(measure, source))
    print(f"{len(list(source.rglob('*.md')))} documents of {DOCUMENTS}, processor seconds\n")
    print(f"  {'':24}{'extract':>9}{'write':>9}")
    for name, times in found.items():
        shown = "".join(
            f"{min(each[what] for each in times):9.2f}" if what in times[0] else f"{'—':>9}"
            for what in ("extract", "write")
        )
        print(f"  {name:24}{shown}", flush=True)


def once(
    measure: Callable[[Path], dict[str, float]], source: Path, *, only_one: bool = False
) -> dict[str, float]:
    """Measure on a copy of the documents, or of one of them."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "src")
        if only_one:
            folder.mkdir()
            (folder / "page.md").write_text("# one\n\ntwo\n", encoding="utf-8")
        else:
            shutil.copytree(source, folder)
        return measure(folder)


def growth(source: Path) -> None:
    """Print what one document costs, at one to eight times its length."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(source.rglob("*.md"))[:60])
    print("\none document, time and memory by its length\n")
    for factor in (1, 2, 4, 8):
        with tempfile.TemporaryDirectory() as place:
            Path(place, "page.md").write_text(text * factor, encoding="utf-8")
            script = OURS + textwrap.dedent("""
                import resource
                print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
            """)
            for what in ("extract", "write"):
                command = [sys.executable, "-c", script, place, what]
                done: list[str] = []
                seconds = cpu_seconds(
                    lambda command=command, done=done: done.append(  # type: ignore[misc]  # at once
                        subprocess.run(
                            command,
                            capture_output=True,
                            text=True,
                            check=True,
                            env=environment(),
                        ).stdout
                    )
                )
                peak = int(done[0].split()[-1]) // 1024
                size = len(text) * factor / 1e6
                print(
                    f"  {size:6.2f} MB  {what:8}{seconds:7.2f} s  {seconds / size:6.2f} s/MB  "
                    f"{peak:5d} MB at most",
                    flush=True,
                )


def main() -> None:
    """Run both measurements."""
    default = os.environ.get("TRANSPIPE_CORPORA", str(PROJECT.parent / "shared" / "corpora"))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, nargs="?", default=Path(default))
    parser.add_argument("--mdpo", default=os.environ.get("MDPO_PYTHON"))
    parser.add_argument("--runs", type=int, default=5, help="of the fast programs")
    arguments = parser.parse_args()
    source = arguments.corpora / DOCUMENTS
    if not source.is_dir():
        sys.exit(f"{source} is not there")
    side_by_side(source, arguments.mdpo, arguments.runs)
    growth(source)


if __name__ == "__main__":
    main()
