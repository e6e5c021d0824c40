"""What stops Sphinx is one line, and a good site stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from babel import Locale

from tests.sphinx.conftest import files_of, write_files
from transpipe.errors import SiteError
from transpipe.sphinx import SphinxProject, build_site, extract_templates

CASES = {
    "raises": ("x = 1\nimport os\n\n\ndef f():\n    raise ValueError('no\\nway')\n\n\nf()\n",
               "conf.py:6: raises ValueError: no way: mend it"),
    "syntax": ("x = 1\ny = (\n", "conf.py:2: is not Python ('(' was never closed): mend it"),
    "exits": ("import sys\nsys.exit(3)\n", "conf.py:2: calls sys.exit(): let it end by itself"),
    "import": ("\nimport no_such_module\n",
               "conf.py:2: raises ModuleNotFoundError: No module named 'no_such_module': install"),
    "extension": ("extensions = [\n    'myst_parser',\n    'no_such_ext',\n]\n",
                  "conf.py:3: Could not import extension no_such_ext"),
    "pattern": ("transpipe_language_url = '/{lang}/'\n",
                "conf.py: transpipe_language_url is '/{lang}/': put {language} where addresses"),
    "theme": ("\nhtml_theme = 'no_such_theme'\n", "conf.py:2: no theme named 'no_such_theme'"),
}  # fmt: skip


def project(root: Path, files: dict[str, str]) -> SphinxProject:
    source = write_files(root / "src", files)
    return SphinxProject(source, source, root / "work", Locale("en"))


def test_a_site_that_cannot_be_built_leaves_the_one_there_was(tmp_path: Path) -> None:
    files = {"conf.py": "", "index.rst": "Title\n=====\n"}
    output = tmp_path / "html"
    build_site(project(tmp_path, files), Locale("en"), output, {}, [])
    before = files_of(output)
    for conf, expected in CASES.values():
        broken = project(tmp_path, {**files, "conf.py": conf})
        with pytest.raises(SiteError) as caught:
            build_site(broken, Locale("en"), output, {}, [])
        assert str(caught.value).startswith(f"{tmp_path}/src/{expected}")
        assert "\n" not in str(caught.value)
        assert files_of(output) == before


def test_a_document_that_is_not_utf_8(tmp_path: Path) -> None:
    broken = project(tmp_path, {"conf.py": "", "index.rst": "Title\n=====\n"})
    (tmp_path / "src" / "bad.rst").write_bytes(b"Bad\n===\n\nA\xf1o\n")
    with pytest.raises(SiteError) as caught:
        extract_templates(broken, tmp_path / "pot")
    assert str(caught.value) == f"{tmp_path}/src/bad.rst:4: is not UTF-8: save it as UTF-8"


def test_no_project(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="there is no source folder here: check the config"):
        build_site(
            SphinxProject(tmp_path / "no", tmp_path, tmp_path / "w", Locale("en")),
            Locale("en"), tmp_path / "html", {}, [],
        )  # fmt: skip


def test_no_conf(tmp_path: Path) -> None:
    empty = project(tmp_path, {"index.rst": "T\n=\n"})
    with pytest.raises(SiteError, match=r"doesn't contain a conf\.py file"):
        build_site(empty, Locale("en"), tmp_path / "html", {}, [])


def test_what_stops_python_itself(tmp_path: Path) -> None:
    broken = project(tmp_path, {"conf.py": "import os\nos._exit(7)\n", "index.rst": "T\n=\n"})
    with pytest.raises(SiteError, match=r"conf\.py: Sphinx ended with exit code 7: run sphinx-"):
        extract_templates(broken, tmp_path / "pot")


def test_an_extension_that_raises_while_building(tmp_path: Path) -> None:
    conf = (
        "def bang(app, doctree):\n    raise RuntimeError('bang')\n\n\n"
        "def setup(app):\n    app.connect('doctree-read', bang)\n"
    )
    broken = project(tmp_path, {"conf.py": conf, "index.rst": "T\n=\n"})
    with pytest.raises(SiteError) as caught:
        build_site(broken, Locale("en"), tmp_path / "html", {}, [])
    conf_py = tmp_path / "src" / "conf.py"
    assert str(caught.value) == f"{conf_py}:2: raises RuntimeError: bang: mend it"
    assert not (tmp_path / "html").exists()


def test_an_extension_of_others_that_raises(tmp_path: Path) -> None:
    conf = "import os, sys\nsys.path.append(os.path.abspath('.'))\nextensions = ['breaks']\n"
    module = (
        "def bang(app, doctree):\n    raise KeyError('bang')\n\n\n"
        "def setup(app):\n    app.connect('doctree-read', bang)\n"
    )
    files = {"conf.py": conf, "index.rst": "T\n=\n", "breaks.py": module}
    with pytest.raises(SiteError) as caught:
        build_site(project(tmp_path, files), Locale("en"), tmp_path / "html", {}, [])
    assert str(caught.value) == (
        f"{tmp_path}/src/index.rst: the extension breaks stops with KeyError: 'bang' "
        "(raised in breaks.py:2): update it, or take it out of 'extensions' in conf.py"
    )


def test_nothing_is_imported_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "alabaster.py").write_text("raise SystemExit(9)\n")
    monkeypatch.chdir(tmp_path)
    whole = project(tmp_path, {"conf.py": "", "index.rst": "T\n=\n"})
    build_site(whole, Locale("en"), tmp_path / "html", {}, [])


def test_a_conf_that_asks_is_not_waited_for(tmp_path: Path) -> None:
    asking = project(tmp_path, {"conf.py": "input()\n", "index.rst": "T\n=\n"})
    kept = os.dup(0)
    reading, writing = os.pipe()
    os.write(writing, b"an answer\n")
    os.close(writing)
    os.dup2(reading, 0)
    try:
        with pytest.raises(SiteError, match=r"conf\.py:1: raises EOFError"):
            build_site(asking, Locale("en"), tmp_path / "html", {}, [])
    finally:
        os.dup2(kept, 0)
        os.close(kept)
        os.close(reading)


def test_a_warning_of_several_lines_is_one(tmp_path: Path) -> None:
    short = project(tmp_path, {"conf.py": "", "index.rst": "Title\n====\n\n:doc:`gone`\n"})
    result = build_site(short, Locale("en"), tmp_path / "html", {}, [])
    place = f"{(tmp_path / 'src').resolve()}/index.rst"
    assert result.warnings == (
        f"{place}:2: WARNING: Title underline too short.\n\nTitle\n==== [docutils]",
        f"{place}:4: WARNING: unknown document: 'gone' [ref.doc]",
    )
