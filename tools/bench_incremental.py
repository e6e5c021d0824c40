"""Measure builds of what changed, side by side with cold builds and with stock Sphinx.

    python tools/bench_incremental.py [CORPUS] [--documents N] [--no-stock]

CORPUS is a copy of the CPython documentation with its catalogs: the folder ``cpython-docs`` of the
corpora. It is copied, never written to. Figures are seconds of the processor, of all processes.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from babel import Locale

from transpipe.catalogs.pofile import read_po, write_po
from transpipe.model import Message

LANGUAGE = "es"
PARTS = ("Doc", "Grammar", "Include", "Parser", f"locale/{LANGUAGE}")
CONFIG = f"""\
source_language = "en"
languages = ["{LANGUAGE}"]
source_dir = "Doc"
exclude = ["README.rst", "tools/**", "venv/**", "_*/**", "includes/**"]
"""
START = """\
import sys
from sphinx.application import Sphinx
Sphinx(*sys.argv[1:5], "gettext", status=None)
"""


@dataclass(frozen=True)
class Row:
    """A run that was measured."""

    what: str
    seconds: float
    said: str = ""


def main() -> int:
    """Run everything and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    root = os.environ.get("TRANSPIPE_CORPORA", "../shared/corpora")
    parser.add_argument("corpus", nargs="?", type=Path, default=Path(root) / "cpython-docs")
    parser.add_argument("--documents", type=int, help="only so many of the documents")
    parser.add_argument("--no-stock", action="store_true", help="do not run stock Sphinx")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-incremental-") as folder:
        project = Path(folder) / "project"
        count = prepare(options.corpus, project, options.documents)
        parts = [sites(project), templates(project)]
        if not options.no_stock:
            parts.insert(0, stock(project, Path(folder) / "stock"))
        rows = []
        for row in chain.from_iterable(parts):
            print(f"{row.what}: {row.seconds:.1f} s {row.said}", file=sys.stderr, flush=True)
            rows.append(row)
    show(rows, count)
    return 0 if all("DIFFERS" not in row.said for row in rows) else 1


def prepare(corpus: Path, project: Path, documents: int | None) -> int:
    """Copy the corpus, or a part of it; give how many documents there are."""
    for part in PARTS:
        shutil.copytree(corpus / part, project / part, copy_function=shutil.copyfile)
    for path in (project, *project.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    (project / "transpipe.toml").write_text(CONFIG)
    pages = sorted(path for path in (project / "Doc").rglob("*.rst") if "tools" not in path.parts)
    pages = [path for path in pages if path.name not in ("README.rst", "contents.rst")]
    pages = [path for path in pages if not {"includes", "data"} & set(path.parts)]
    if documents is not None:
        kept = set(random.Random(1).sample(pages, documents - 1))
        for path in pages:
            if path not in kept:
                path.unlink()
        pages = sorted(kept)
    return len(pages) + 1


def stock(project: Path, output: Path) -> Iterator[Row]:
    """Build with Sphinx alone."""
    common = ["-q", "-N", "-d", str(output / "trees"), "-D", f"language={LANGUAGE}"]
    places = ["-D", "locale_dirs=../locale", "-D", "gettext_compact=0"]
    html = [sys.executable, "-m", "sphinx", "-b", "html", *common, *places]
    yield Row("stock, site, cold", run(project, *html, "Doc", str(output / "html")))
    new_checkout(project)
    seconds = run(project, *html, "Doc", str(output / "html"))
    yield Row("stock, site, nothing changed, new checkout", seconds)
    pot = [sys.executable, "-m", "sphinx", "-b", "gettext", "-q", "-N", "-d", str(output / "pots")]
    pot += ["-D", "gettext_compact=0", "Doc", str(output / "pot")]
    yield Row("stock, templates, cold", run(project, *pot))
    yield Row("stock, templates, nothing changed", run(project, *pot))


def sites(project: Path) -> Iterator[Row]:
    """Build the site cold, and again after changes; each is compared with a cold build."""
    build = [sys.executable, "-m", "transpipe", "build", "-q", "-l", LANGUAGE]
    yield Row("site, cold", run(project, *build))
    before = tree(project)
    new_checkout(project)
    yield Row("site, nothing changed, new checkout", run(project, *build), same(before, project))
    catalog = chosen_catalog(project)
    for what, choose in (("a paragraph", is_paragraph), ("a title", is_first)):
        edit(catalog, choose)
        new_checkout(project)
        seconds = run(project, *build)
        after = tree(project)
        shutil.rmtree(project / "build")
        run(project, *build)
        yield Row(f"site, {what} of one .po edited, new checkout", seconds, same(after, project))


def templates(project: Path) -> Iterator[Row]:
    """Extract cold and again; templates are compared with those of a cold run."""
    extract = [sys.executable, "-m", "transpipe", "extract", "-q"]
    places = ["Doc", "Doc", "start/out", "start/trees"]
    yield Row("Sphinx's start-up alone", run(project, sys.executable, "-c", START, *places))
    shutil.rmtree(project / "build", ignore_errors=True)
    yield Row("templates, cold", run(project, *extract))
    yield Row("templates, nothing changed", run(project, *extract))
    document = next(iter(sorted((project / "Doc" / "library").glob("*.rst"))))
    document.write_text(document.read_text() + "\n\nOne more paragraph.\n")
    seconds = run(project, *extract)
    after = files(project / "locale" / "pot")
    shutil.rmtree(project / "build")
    shutil.rmtree(project / "locale" / "pot")
    run(project, *extract)
    fresh = {name: undated(text) for name, text in files(project / "locale" / "pot").items()}
    equal = fresh == {name: undated(text) for name, text in after.items()}
    yield Row("templates, one document edited", seconds, "same as cold" if equal else "DIFFERS")


def run(folder: Path, *command: str) -> float:
    """Run a program; give the seconds that it and its children took of the processor."""
    before = os.times()
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    subprocess.run(command, cwd=folder, check=True, env=environment, stderr=subprocess.DEVNULL)
    after = os.times()
    return (
        after.children_user + after.children_system - before.children_user - before.children_system
    )


def new_checkout(project: Path) -> None:
    """Give every file of the project another time, in another order; what was built is restored."""
    paths = [path for part in PARTS for path in (project / part).rglob("*") if path.is_file()]
    random.Random(2).shuffle(paths)
    for path in paths:
        os.utime(path)
    # A cache gives back what was built, and no memory of this machine.
    packed = project.parent / "cache.tar"
    if (project / "build").exists():
        subprocess.run(["tar", "-cf", packed, "build"], cwd=project, check=True)
        shutil.rmtree(project / "build")
        subprocess.run(["tar", "-xf", packed], cwd=project, check=True)
        packed.unlink()


def chosen_catalog(project: Path) -> Path:
    """Give a catalog of middling size, with a plain paragraph, of a document that is there."""
    folder = project / "locale" / LANGUAGE / "LC_MESSAGES"
    paths = [
        path
        for path in folder.rglob("*.po")
        if (project / "Doc" / path.relative_to(folder)).with_suffix(".rst").exists()
    ]
    paths.sort(key=lambda path: (path.stat().st_size, path))
    return next(path for path in paths[len(paths) // 2 :] if holds_paragraph(path))


def holds_paragraph(catalog: Path) -> bool:
    """Tell whether a catalog has a plain paragraph."""
    messages = read_po(catalog, catalog.stem, Locale(LANGUAGE)).catalog.messages
    return any(map(is_paragraph, messages))


def edit(catalog: Path, choose: Callable[[Message], bool]) -> None:
    """Add a word to one translation."""
    from dataclasses import replace

    file = read_po(catalog, catalog.stem, Locale(LANGUAGE))
    messages = list(file.catalog.messages)
    index = next(index for index, each in enumerate(messages) if choose(each))
    messages[index] = replace(messages[index], msgstr=f"{messages[index].msgstr} cambiado")
    write_po(catalog, replace(file.catalog, messages=tuple(messages)), file)


def is_first(message: Message) -> bool:
    """Tell a title: the first message of a document."""
    return message.has_translation


def is_paragraph(message: Message) -> bool:
    """Tell a plain paragraph."""
    plain = not re.search(r"[`*_|:<]", message.msgid)
    return message.has_translation and plain and len(message.msgid) > 100


def files(folder: Path) -> dict[str, bytes]:
    """Read a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def tree(project: Path) -> dict[str, bytes]:
    """Read the site."""
    return files(project / "build" / "html" / LANGUAGE)


def same(before: dict[str, bytes], project: Path) -> str:
    """Compare a site with the one that is there."""
    now = tree(project)
    names = before.keys() | now.keys()
    differing = sorted(name for name in names if before.get(name) != now.get(name))
    return f"DIFFERS in {', '.join(differing[:3])}" if differing else "same as cold"


def undated(text: bytes) -> bytes:
    """Leave out when a template was made."""
    return re.sub(rb'"POT-Creation-Date:.*"\n', b"", text)


def show(rows: list[Row], documents: int) -> None:
    """Print the table."""
    seconds = {row.what: row.seconds for row in rows}
    print(f"{documents} documents\n")
    print("| run | CPU s | of cold | of stock | output |")
    print("| --- | --: | --: | --: | --- |")
    for row in rows:
        kind = "templates" if "templates" in row.what else "site"
        shares = [
            f"{row.seconds / seconds[base]:.3f}" if base in seconds else ""
            for base in (f"{kind}, cold", f"stock, {kind}, cold")
        ]
        print(f"| {row.what} | {row.seconds:.1f} | {' | '.join(shares)} | {row.said} |")


if __name__ == "__main__":
    sys.exit(main())
