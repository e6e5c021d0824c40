"""What stops one language is named and stops no other, and a good site stays."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.helpers import Shell, pseudo, translate
from transpipe.cli import run

CONF = """
import os, time
html_theme, html_sidebars = "basic", {"**": []}
BAD = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bad")


def stop(app, exception):
    if os.path.exists(BAD) and app.config.language == "es":
        raise RuntimeError("no Spanish today")


def wait(app, exception):
    while os.path.exists(BAD):
        time.sleep(0.05)


def setup(app):
    app.connect("build-finished", WHAT)
"""
PROJECT = {
    "transpipe.toml": 'source_language = "en"\nlanguages = ["en", "es", "pt"]\n',
    "docs/conf.py": CONF.replace("WHAT", "stop"),
    "docs/index.rst": "Welcome\n=======\n\nHello.\n",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a good site in three languages."""
    root = tmp_path_factory.mktemp("failing")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        for name, text in PROJECT.items():
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text(text)
        assert run(["extract"]) == run(["update"]) == 0
        translate(root / "locale", "es", pseudo)
        assert run(["build"]) == 0
    return root


@pytest.fixture
def shell(
    built: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Shell:
    """The project, to be spoilt; what Sphinx has read is left behind."""
    shell = Shell(tmp_path, capsys)
    for name in ("build/html", "docs", "locale"):
        shutil.copytree(built / name, tmp_path / name)
    shell.write({"transpipe.toml": PROJECT["transpipe.toml"]})
    monkeypatch.chdir(tmp_path)
    return shell


def spoil_catalog(shell: Shell) -> None:
    path = "locale/es/LC_MESSAGES/index.po"
    shell.write({path: shell.read(path) + '\nmsgid "Hello"\nmsgstr "never ends\n'})


ONE_LANGUAGE: dict[str, tuple[Callable[[Shell], None], str]] = {
    "catalog": (spoil_catalog, "locale/es/LC_MESSAGES/index.po:"),
    "extension": (
        lambda shell: shell.write({"docs/bad": ""}),
        "docs/conf.py:9: raises RuntimeError",
    ),
}


@pytest.mark.parametrize("case", ONE_LANGUAGE)
def test_one_language_fails_and_the_others_are_built(shell: Shell, case: str) -> None:
    spoil, said = ONE_LANGUAGE[case]
    spanish = shell.files("build/html/es")
    spoil(shell)
    shell.write({"docs/index.rst": "Welcome\n=======\n\nHello again.\n"})
    result = shell("build")
    assert result.code == 2
    assert said in result.err
    assert "(building es)" in result.err
    assert result.err.count("\n") == 1
    assert shell.files("build/html/es") == spanish
    for language in ("en", "pt"):
        assert f"{language}: 1 page in build/html/{language}" in result.out
        assert "Hello again." in shell.read(f"build/html/{language}/index.html")


EVERY_LANGUAGE = {
    "raises": ("docs/conf.py", b"x = 1\nraise ValueError('no')\n",
               "docs/conf.py:2: raises ValueError: no (building en, es, pt): mend it\n"),
    "extension": ("docs/conf.py", b"extensions = ['no_such_extension']\n",
                  "docs/conf.py:1: Could not import extension no_such_extension"),
    "theme": ("docs/conf.py", b"html_theme = 'no_such_theme'\n",
              "docs/conf.py:1: no theme named 'no_such_theme'"),
    "document": ("docs/index.rst", b"Welcome\n=======\n\nA\xf1o\n",
                 "docs/index.rst:4: is not UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize("case", EVERY_LANGUAGE)
def test_no_half_built_site_replaces_a_good_one(shell: Shell, case: str) -> None:
    name, data, said = EVERY_LANGUAGE[case]
    sites = shell.files("build/html")
    (shell.folder / name).write_bytes(data)
    result = shell("build", *(() if case == "raises" else ("-l", "es")))
    assert result.code == 2
    assert said in result.err
    assert result.err.count("\n") == 1
    assert result.out == ""
    assert shell.files("build/html") == sites


def test_a_build_that_is_killed_leaves_the_good_site(shell: Shell) -> None:
    sites = shell.files("build/html")
    shell.write(
        {
            "docs/conf.py": CONF.replace("WHAT", "wait"),
            "docs/bad": "",
            "docs/index.rst": "Welcome\n=======\n\nHello again.\n",
        }
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "transpipe", "build", "-l", "es"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    written = shell.folder / "build/transpipe/sphinx/html-es/site/index.html"
    deadline = time.monotonic() + 60
    while not written.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    process.kill()
    process.wait()
    assert written.exists()
    assert shell.files("build/html") == sites
    (shell.folder / "docs/bad").unlink()  # the run of Sphinx that it left ends, too
    assert shell("build", "-l", "es").code == 0
    assert "Hello again." in shell.read("build/html/es/index.html")


def test_a_builder_that_is_not_there(shell: Shell) -> None:
    result = shell("build", "-b", "nonsense", "-l", "es")
    assert result.code == 2
    assert result.err == (
        "Builder name nonsense not registered or available through entry point (building es): "
        "use one of Sphinx or of an extension in conf.py, such as html, epub or text\n"
    )
    assert not (shell.folder / "build/nonsense").exists()
