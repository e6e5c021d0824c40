"""What changed is built again, whatever the times of files, and the site is that of a new build."""

from __future__ import annotations

import functools
import os
import random
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from babel import Locale

from tests.sphinx.conftest import catalogs_of, files_of, write_catalog, write_files
from transpipe.errors import SiteError
from transpipe.sphinx import SphinxProject, build_site, extract_templates
from transpipe.sphinx.output import MANIFEST
from transpipe.sphinx.project import SiteResult, Step
from transpipe.sphinx.record import FILE as RECORD

CONF = """
import os, signal, sys
from pathlib import Path
here = Path(__file__).parent
extensions = ["sphinx.ext.todo"]
todo_include_todos = True
html_theme = "alabaster"
html_static_path = ["static"]
templates_path = ["templates"]
exclude_patterns = ["*.txt"]

def die(moment):
    if (here / "die.txt").exists() and (here / "die.txt").read_text() == moment:
        os.kill(os.getpid(), signal.SIGKILL)

def setup(app):
    # What an extension reads and does not tell Sphinx of.
    app.connect("builder-inited", lambda app: (here / "quiet.txt").read_text())
    app.connect("source-read", lambda app, name, text: die("read " + name))
    app.connect("source-read", add_hidden)
    app.connect("env-check-consistency", lambda app, env: die("between"))
    app.connect("html-page-context", lambda app, name, *rest: die("write " + name))

def add_hidden(app, name, text):
    if name == "b":
        text[0] += "\\n\\n" + (here / "hidden.txt").read_text()
"""
SOURCES = {
    "conf.py": CONF,
    "quiet.txt": "1",
    "hidden.txt": "Hidden one.\n",
    "inc.txt": "Included one.\n",
    "index.rst": "Home\n====\n\n.. toctree::\n\n   a\n   b\n   c\n\n.. todolist::\n",
    "a.rst": "Apple\n=====\n\nSee :doc:`b` and :ref:`twice`.\n\n.. include:: inc.txt\n",
    "b.rst": ".. _twice:\n\nBread\n=====\n\nText.\n\n.. todo:: Bake.\n",
    "c.rst": "Cake\n====\n\nMore, to the end.\n\n.. literalinclude:: gone.py\n",
    "static/own.css": "a { color: red }\n",
    "templates/about.html": "{{ _('About us') }}\n",
}
TWICE = ".. _twice:\n\nCake\n====\n\n{}\n"
SPANISH = {
    "a": {"Apple": "Manzana", "Included one.": "Incluido."},
    "b": {"Bread": "Pan", "Text.": "Texto."},
    "c": {"Cake": "Torta", "More, to the end.": "Más, hasta el final."},
}
ENGLISH_AND_SPANISH = (Locale("en"), Locale("es"))


@dataclass
class Project:
    """A project, and its site as it is kept."""

    root: Path
    read: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    @property
    def source(self) -> Path:
        return self.root / "docs"

    @property
    def work(self) -> Path:
        return self.root / "work"

    @property
    def site(self) -> Path:
        return self.root / "site"

    def described(self, work: str = "work") -> SphinxProject:
        return SphinxProject(self.source, self.source, self.root / work, Locale("en"))

    def build(self, work: str = "work", site: str = "site") -> SiteResult:
        """Build the site in Spanish, and note which documents were read and written."""
        steps: list[Step] = []
        result = build_site(
            self.described(work),
            Locale("es"),
            self.root / site,
            catalogs_of(self.root / "locale", "es"),
            ENGLISH_AND_SPANISH,
            locale_dir=self.root / "locale",
            tell=steps.append,
        )
        self.read, self.written = (
            [step.document for step in steps if step.phase == phase and step.document]
            for phase in ("reading", "writing")
        )
        return result

    def fresh(self) -> tuple[dict[str, bytes], list[str]]:
        """Build anew, beside what is kept; give the site and the warnings."""
        for name in ("new-work", "new-site"):
            shutil.rmtree(self.root / name, ignore_errors=True)
        result = self.build("new-work", "new-site")
        return files_of(self.root / "new-site"), sorted(result.warnings)

    def check_out_anew(self) -> None:
        """Give all files other times, in no order."""
        paths = [path for path in self.source.rglob("*") if path.is_file()]
        for path in [*paths, *(self.root / "locale").rglob("*.po")]:
            moment = random.Random(str(path)).randrange(10**9, 2 * 10**9)
            os.utime(path, (moment, moment))

    def write(self, files: Mapping[str, str]) -> None:
        write_files(self.source, files)

    def move(self, name: str, to: str) -> None:
        (self.source / f"{name}.rst").rename(self.source / f"{to}.rst")
        self.write({"index.rst": SOURCES["index.rst"].replace(f"   {name}\n", f"   {to}\n")})

    def translate(self, name: str, messages: Mapping[str, str]) -> None:
        write_catalog(self.root / "locale", "es", name, {**SPANISH.get(name, {}), **messages})


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.write(SOURCES)
    for name in SPANISH:
        project.translate(name, {})
    return project


def times(folder: Path) -> dict[str, int]:
    return {name: (folder / name).stat().st_mtime_ns for name in files_of(folder)}


def test_whatever_changes_the_site_is_that_of_a_new_build(project: Project) -> None:
    """One change after another, each on what the last one left, each in a new checkout."""
    project.build()
    assert project.read == ["a", "b", "c", "index"]
    changes: list[tuple[Callable[[], object], list[str]]] = [
        (lambda: None, []),
        # A title, which shows on all other pages.
        (lambda: project.translate("b", {"Bread": "Pan de maíz"}), ["b"]),
        (lambda: project.write({"inc.txt": "Included two.\n"}), ["a"]),
        (lambda: project.write({"hidden.txt": "Hidden two.\n"}), ["b"]),
        # A file that was missing, and before was missing still.
        (lambda: project.write({"gone.py": "print()\n"}), ["c"]),
        # No document: a style sheet, and one more file in its folder.
        (lambda: project.write({"static/own.css": "a { color: blue }\n", "static/n.js": ""}), []),
        # The first catalog of a page, and the last of another.
        (lambda: project.translate("index", {"Home": "Inicio"}), ["index"]),
        ((project.root / "locale/es/LC_MESSAGES/c.po").unlink, ["c"]),
        # The words around pages are in every page.
        (lambda: project.translate("sphinx", {"Search": "Búscalo"}), ["a", "b", "c", "index"]),
        (lambda: project.write({"quiet.txt": "2"}), ["a", "b", "c", "index"]),
        (lambda: project.move("c", "aa"), ["aa", "index"]),
    ]
    follow(project, changes)


@pytest.mark.parametrize(
    "listener", ["", 'app.connect("env-updated", lambda app, env: [])'], ids=["none", "own"]
)
def test_nothing_is_written_where_nothing_changed(project: Project, listener: str) -> None:
    """Nor by Sphinx itself, which is asked where an extension could have pages written."""
    project.write({"conf.py": f"{CONF}\nsetup_before = setup\ndef setup(app):\n"
                   f"    setup_before(app)\n    {listener}\n"})  # fmt: skip
    # Files have whatever times they were given, also ones that are still to come.
    os.utime(project.source / "inc.txt", (2**32, 2**32))
    project.build()
    assert set(project.written) == {"a", "b", "c", "index"}
    before = times(project.site)
    project.check_out_anew()
    project.build()
    assert (project.read, project.written) == ([], [])
    assert times(project.site) == before


def test_documents_that_define_the_same_are_read_together(project: Project) -> None:
    """The later one wins, whichever changed: a run that finds it out begins anew."""
    project.build()
    follow(
        project,
        [
            (lambda: project.write({"a.rst": TWICE.format("New.")}), ["a", "a", "b"]),
            (lambda: project.write({"a.rst": TWICE.format("Newer.")}), ["a", "b"]),
            (lambda: project.write({"a.rst": SOURCES["a.rst"]}), ["a", "b"]),
        ],
    )


def test_only_pages_that_change_are_written(project: Project) -> None:
    """Those of documents that were read, and those with a table of contents of them."""
    project.write({
        # Its entries in the index of the search, and a warning of its writing.
        "b.rst": f"{SOURCES['b.rst']}\n.. index:: Loaf, ! crumb\n\nSee :ref:`nowhere`.\n",
        "c.rst": f"{SOURCES['c.rst']}\nUniqueword.\n",
    })  # fmt: skip
    project.build()
    changes: list[tuple[Callable[[], object], list[str]]] = [
        (lambda: project.translate("a", {"Included one.": "Uno incluido."}), ["a"]),
        (lambda: project.write({"c.rst": f"{SOURCES['c.rst']}\nAnother.\n"}), ["c"]),
        (lambda: project.translate("b", {"Text.": "Más texto."}), ["b"]),
    ]
    for change, expected in changes:
        follow(project, [(change, expected)])
        assert sorted({*project.written}) == [*expected, "index"]
    # What other pages show: a title, an entry of the index, a list of what is to be done.
    others: list[tuple[Callable[[], object], list[str]]] = [
        (lambda: project.translate("a", {"Apple": "La manzana"}), ["a"]),
        (lambda: project.write({"b.rst": f"{SOURCES['b.rst']}\n.. index:: Crust\n"}), ["b"]),
        (lambda: project.translate("b", {"Bake.": "Hornear."}), ["b"]),
    ]
    for change, expected in others:
        follow(project, [(change, expected)])
        assert sorted({*project.written}) == ["a", "b", "c", "index"]


def test_what_was_missing_or_wrong_is_seen_when_it_is_mended(project: Project) -> None:
    """Also by the pages around what is gone, and without the warnings of before."""
    late = f"{SOURCES['b.rst']}\n.. include:: late.txt\n"
    project.write({"b.rst": late, "z.rst": ":orphan:\n\nZest\n====\n"})
    project.build()
    follow(
        project,
        [
            (lambda: project.write({"late.txt": "Now.\n"}), ["b"]),
            (lambda: project.write({"b.rst": late.replace("twice", "twine")}), ["b"]),
            (lambda: project.write({"a.rst": "Apple\n=====\n\nSee :ref:`twine`.\n"}), ["a"]),
            # Sphinx keeps a copy of the settings of before.
            (lambda: project.write({"conf.py": f"{CONF}\nhtml_title = 'Other'\n"}),
             ["a", "b", "c", "index", "z"]),
            ((project.source / "b.rst").unlink, ["index"]),
        ],
    )  # fmt: skip
    # The table of contents names what is not there.
    project.build()
    assert project.read == ["index"]


OF_ALL_PAGES = {
    "a file": """
def setup(app):
    setup_before(app)
    names = []
    app.connect("html-page-context", lambda app, name, *rest: names.append(name))
    app.connect("build-finished", lambda app, _: (app.outdir / "map.txt").write_text(str(names)))
""",
    "another document": """
def setup(app):
    setup_before(app)
    app.connect("doctree-resolved", show)

def show(app, doctree, name):
    if name == "b":
        doctree.append(nodes.paragraph("", app.env.get_doctree("c").astext()))
""",
}


@pytest.mark.parametrize("what", OF_ALL_PAGES)
def test_all_pages_are_written_where_an_extension_looks_at_all(project: Project, what: str) -> None:
    extension = f"from docutils import nodes\nsetup_before = setup\n{OF_ALL_PAGES[what]}"
    project.write({"conf.py": f"{CONF}\n{extension}"})
    project.build()
    for text in ("Más, al final.", "Más, y fin."):
        translated = {"More, to the end.": text}
        follow(project, [(functools.partial(project.translate, "c", translated), ["c"])])
        assert sorted({*project.written}) == ["a", "b", "c", "index"]


def follow(project: Project, changes: list[tuple[Callable[[], object], list[str]]]) -> None:
    for number, (change, expected) in enumerate(changes):
        before = times(project.site)
        change()
        project.check_out_anew()
        result = project.build()
        assert project.read == expected, number
        written = project.written
        site, warnings = project.fresh()
        project.written = written
        assert files_of(project.site) == site, number
        assert sorted(result.warnings) == warnings, number
        if not expected and not number:
            assert times(project.site) == before
        assert result.note == "" or "conf.py, an extension or a file" in result.note


def test_a_run_that_is_killed_leaves_the_site_and_nothing_stale(project: Project) -> None:
    project.build()
    good = files_of(project.site)
    # The edits that were read when the run died are taken back: they must not be in what is kept.
    for moment in ("read b", "between", "write b"):
        project.translate("a", {"Apple": f"Manzana {moment}"})
        project.translate("b", {"Bread": f"Pan {moment}"})
        project.write({"die.txt": moment})
        with pytest.raises(SiteError, match="exit code -9"):
            project.build()
        assert files_of(project.site) == good
        project.translate("a", {})
        project.translate("b", {})
        (project.source / "die.txt").unlink()
        project.build()
        assert files_of(project.site) == good


def test_what_is_kept_and_of_no_use_costs_time_and_nothing_else(project: Project) -> None:
    project.build()
    good = files_of(project.site)
    kept = project.root / "kept"
    shutil.copytree(project.work, kept)

    def damage(name: str, text: str | None) -> None:
        path = next(project.work.rglob(name))
        path.write_text(text) if text is not None else path.unlink()

    again = "everything is read again"
    for name, text, said in (
        (RECORD, '{"format": 0}', again),
        (RECORD, None, again),
        (RECORD, '{"format": 1, "documents": 3}', again),
        ("environment.pickle", "cos\nsystem\n(S'false'\ntR.", again),
        ("environment.pickle", None, again),
        ("a.doctree", None, ""),
    ):
        shutil.rmtree(project.work)
        shutil.copytree(kept, project.work)
        damage(name, text)
        # Of the site too, that it must be made again.
        next(project.work.rglob("a.html")).unlink()
        result = project.build()
        assert result.note.endswith(said) and bool(result.note) == bool(said), (name, text)
        assert files_of(project.site) == good


def test_only_templates_of_what_changed_are_written(project: Project) -> None:
    pots = project.root / "pot"

    def extract(work: str = "work", folder: Path = pots) -> list[str]:
        return [name for name, _ in extract_templates(project.described(work), folder)]

    def fresh() -> dict[str, str]:
        shutil.rmtree(project.root / "new-work", ignore_errors=True)
        shutil.rmtree(project.root / "new-pot", ignore_errors=True)
        names = extract("new-work", project.root / "new-pot")
        return {name: undated(project.root / "new-pot" / f"{name}.pot") for name in names}

    def undated(path: Path) -> str:
        lines = path.read_text("utf-8").splitlines()
        return "\n".join(line for line in lines if "Creation-Date" not in line)

    assert extract() == ["a", "b", "c", "index", "sphinx"]
    changes: list[tuple[Callable[[], object], set[str]]] = [
        (lambda: None, set()),
        # index lists what is to be done in other documents.
        (lambda: project.write({"b.rst": f"{SOURCES['b.rst']}\n.. todo:: Eat.\n"}), {"b", "index"}),
        (lambda: project.write({"inc.txt": "Included two.\n"}), {"a"}),
        (lambda: project.write({"templates/about.html": "{{ _('Of us') }}\n"}), {"sphinx"}),
        (lambda: project.move("c", "d"), {"d", "index"}),
    ]
    for change, expected in changes:
        change()
        project.check_out_anew()
        before = {path.stem: path.read_bytes() for path in pots.glob("*.pot")}
        names = extract()
        after = {name: (pots / f"{name}.pot").read_bytes() for name in names}
        assert {name for name in names if before.get(name) != after[name]} <= expected
        assert {name: undated(pots / f"{name}.pot") for name in names} == fresh()


def test_the_manifest_is_the_only_file_of_ours_in_a_site(project: Project) -> None:
    project.build()
    ours = {name for name in files_of(project.site) if name.startswith(".transpipe")}
    assert ours == {MANIFEST}
