"""Measure translated builds side by side with Sphinx alone, and compare what they write.

    python tools/bench_sphinx.py [CORPUS] [--documents N] [-l LANGUAGE]… [--growth N,N…] [--only …]

CORPUS is a Sphinx project with catalogs: a folder that holds Doc and locale. It defaults to
cpython-docs in $TRANSPIPE_CORPORA, else in ../shared/corpora beside the project. Nothing is
written to it. Three builds of each language are made, each cold and in a process of its own:

    stock      sphinx-build
    speed      sphinx-build with transpipe.sphinx.speed in conf.py and nothing else of ours
    transpipe  transpipe build, with all that the extension changes

Times are processor seconds. What speed writes has to be what stock writes, byte for byte: where
it is not, stock builds once more, to tell what differs from one run of it to the next. The exit
code is 1 where a file differs for another reason.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

PROJECT = Path(__file__).parent.parent
CONF = """
if os.environ.get("BENCH_EXTENSION"):
    extensions = [*extensions, os.environ["BENCH_EXTENSION"]]
if os.environ.get("BENCH_DOCUMENTS"):
    include_patterns = os.environ["BENCH_DOCUMENTS"].split(",")
"""
CONFIGURATION = """
source_language = "en"
languages = ["en", "es", "pt_BR"]
source_dir = "Doc"
locale_dir = "locale"
build_dir = "build"
"""
BUILDS = ("stock", "speed", "transpipe")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a build took."""

    seconds: float
    """Of the processor, in this process and those it started."""
    megabytes: float
    """At most in one process."""


class Bench:
    """A copy of the corpus, and builds of it."""

    def __init__(self, corpus: Path, folder: Path) -> None:
        """Copy what is built, as extensions and Sphinx write beside their sources."""
        self.folder = folder
        for path in corpus.iterdir():
            shutil.copytree(path, folder / path.name)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(path.stat().st_mode | 0o200)
        conf = folder / "Doc" / "conf.py"
        conf.write_text(conf.read_text("utf-8") + CONF, "utf-8")
        (folder / "transpipe.toml").write_text(CONFIGURATION, "utf-8")

    def documents(self, count: int | None) -> tuple[str, ...]:
        """Give some documents, the same in each run; nothing for all."""
        if count is None:
            return ()
        top = self.folder / "Doc"
        master = "contents.rst"
        names = sorted(path.relative_to(top).as_posix() for path in top.rglob("*.rst"))
        others = [name for name in names if name != master]
        random.Random(7).shuffle(others)  # a choice, no secret
        return (master, *others[: count - 1])

    def output(self, build: str, language: str) -> Path:
        """Give the folder of a site."""
        if build == "transpipe":
            return self.folder / "build" / "html" / language
        return self.folder / f"out-{build}-{language}"

    def build(self, build: str, language: str, documents: Sequence[str]) -> Cost:
        """Build one site with nothing that an earlier build left."""
        output = self.output(build, language)
        for path in (output, self.folder / "doctrees", self.folder / "build"):
            shutil.rmtree(path, ignore_errors=True)
        for compiled in (self.folder / "locale").rglob("*.mo"):
            compiled.unlink()
        if build == "transpipe":
            command = ["-m", "transpipe", "build", "-l", language, "-q"]
        else:
            command = ["-m", "sphinx", "-Q", "-b", "html", "-D", f"language={language}"]
            command += ["-d", "doctrees", "Doc", str(output)]
        environment = {
            "BENCH_DOCUMENTS": ",".join(documents),
            "BENCH_EXTENSION": "transpipe.sphinx.speed" if build == "speed" else "",
        }
        return _run([sys.executable, *command], self.folder, environment)


def _run(command: Sequence[str], folder: Path, variables: Mapping[str, str]) -> Cost:
    # The order of sets reaches what Sphinx writes.
    environment = {**os.environ, "PYTHONHASHSEED": "0", **variables}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=said, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(command)} failed:\n{said.read().decode()[-2000:]}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def different_files(one: Path, other: Path) -> tuple[str, ...]:
    """Give the files that are not in both folders with the same bytes."""
    contents = [
        {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        for folder in (one, other)
    ]
    return tuple(
        sorted(
            name
            for name in contents[0].keys() | contents[1].keys()
            if contents[0].get(name) != contents[1].get(name)
        )
    )


def side_by_side(
    bench: Bench, languages: Iterable[str], builds: Sequence[str], count: int | None
) -> bool:
    """Print the table of languages; tell whether what has to be equal is."""
    documents = bench.documents(count)
    print("| language |" + "".join(f" {build} s | MB |" for build in builds) + " ratio |")
    print("| --- |" + " ---: | ---: |" * len(builds) + " ---: |", flush=True)
    sums = dict.fromkeys(builds, 0.0)
    is_good = True
    notes: list[str] = []
    for language in languages:
        costs = {}
        for build in builds:
            costs[build] = bench.build(build, language, documents)
            sums[build] += costs[build].seconds
        cells = [f" {cost.seconds:.1f} | {cost.megabytes:.0f} |" for cost in costs.values()]
        ratio = _ratio(costs[builds[-1]].seconds, costs[builds[0]].seconds)
        print(f"| {language} |{''.join(cells)} {ratio} |", flush=True)
        if {"stock", "speed"} <= set(builds):
            is_good &= _compare(bench, language, documents, notes)
    totals = "".join(f" {seconds:.1f} | |" for seconds in sums.values())
    print(f"| sum |{totals} {_ratio(sums[builds[-1]], sums[builds[0]])} |\n")
    print("\n".join(notes), flush=True)
    return is_good


def _ratio(ours: float, theirs: float) -> str:
    return f"{ours / theirs:.2f}"


def _compare(bench: Bench, language: str, documents: Sequence[str], notes: list[str]) -> bool:
    stock, speed = (bench.output(build, language) for build in ("stock", "speed"))
    different = different_files(stock, speed)
    if not different:
        count = sum(path.is_file() for path in stock.rglob("*"))
        notes.append(f"{language}: all {count} files of speed are those of stock, byte for byte.")
        return True
    kept = stock.rename(stock.with_name(f"{stock.name}-first"))
    bench.build("stock", language, documents)
    unstable = set(different_files(kept, stock))
    for name in different:
        reason = "differs from run to run of stock" if name in unstable else "DIFFERS"
        notes.append(f"{language}: {name} {reason}")
    return set(different) <= unstable


def growth(bench: Bench, language: str, counts: Iterable[int]) -> None:
    """Print what more documents cost."""
    print(f"| documents, {language} | stock s | MB | transpipe s | MB | ratio |")
    print("| ---: |" + " ---: |" * 5, flush=True)
    for count in counts:
        documents = bench.documents(count)
        stock, ours = (bench.build(build, language, documents) for build in ("stock", "transpipe"))
        print(
            f"| {count} | {stock.seconds:.1f} | {stock.megabytes:.0f} | {ours.seconds:.1f} "
            f"| {ours.megabytes:.0f} | {_ratio(ours.seconds, stock.seconds)} |",
            flush=True,
        )
    print()


def main() -> None:
    """Run the builds."""
    corpora = Path(os.environ.get("TRANSPIPE_CORPORA", PROJECT.parent / "shared" / "corpora"))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?", default=corpora / "cpython-docs")
    parser.add_argument("--documents", type=int, metavar="N", help="some only; default: all")
    parser.add_argument("-l", "--language", action="append", help="default: en, es and pt_BR")
    parser.add_argument("--growth", metavar="N,N…", default="60,120,250,497", help="0 for none")
    parser.add_argument("--only", metavar="BUILD,BUILD…", default=",".join(BUILDS))
    arguments = parser.parse_args()
    if not (arguments.corpus / "Doc" / "conf.py").is_file():
        sys.exit(f"{arguments.corpus} holds no Doc/conf.py")
    builds = tuple(build for build in BUILDS if build in arguments.only.split(","))
    languages = arguments.language or ["en", "es", "pt_BR"]
    names = ("Sphinx", "docutils", "python-docs-theme")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    print(f"Python {platform.python_version()}, {versions}; {os.cpu_count()} processors")
    print(f"`{' '.join(['tools/bench_sphinx.py', *sys.argv[1:]])}`\n")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(arguments.corpus, Path(folder))
        is_good = side_by_side(bench, languages, builds, arguments.documents)
        counts = [int(count) for count in arguments.growth.split(",") if int(count)]
        if counts:
            growth(bench, "es" if "es" in languages else languages[0], counts)
    sys.exit(0 if is_good else 1)


if __name__ == "__main__":
    main()
