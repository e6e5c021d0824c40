"""The wheel and the source distribution build, and work in an empty environment."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.conftest import PROJECT


def run(*command: str | Path, cwd: Path) -> str:
    result = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr[-2000:]
    return result.stdout


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Build the source distribution, and the wheel from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, PROJECT, cwd=folder)
    return {path.suffix: path for path in folder.iterdir()}


@pytest.mark.slow
def test_what_they_hold(distributions: dict[str, Path]) -> None:
    wheel = set(zipfile.ZipFile(distributions[".whl"]).namelist())
    package = PROJECT / "src" / "transpipe"
    ours = subprocess.run(
        ["git", "ls-files", "."], cwd=package, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert {f"transpipe/{name}" for name in ours} <= wheel
    assert "transpipe/py.typed" in wheel
    for code in ("es", "pt"):
        assert f"transpipe/locale/{code}/LC_MESSAGES/transpipe.mo" in wheel
    assert not [name for name in wheel if name.startswith(("tests/", "docs/"))]
    with tarfile.open(distributions[".gz"]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"Makefile", "LICENSE", "docs/index.md", "tests/test_packaging.py"} <= names
    assert "locale/es/LC_MESSAGES/index.po" in names
    assert not [name for name in names if name.startswith("locale/") and name.endswith(".mo")]


@pytest.mark.slow
def test_they_work_in_an_empty_environment(distributions: dict[str, Path], tmp_path: Path) -> None:
    # Without pip, which takes seconds to install: ours can. Modules are compiled as they are used.
    run(sys.executable, "-m", "venv", "--without-pip", "env", cwd=tmp_path)
    options = ("--quiet", "--no-compile", "--disable-pip-version-check")
    pip = (sys.executable, "-m", "pip", "--python", tmp_path / "env" / "bin" / "python")
    run(*pip, "install", *options, distributions[".whl"], cwd=tmp_path)
    project = tmp_path / "project"
    (project / "docs").mkdir(parents=True)
    (project / "docs" / "hola.md").write_text("# Hola\n\nUno.\n")
    transpipe = tmp_path / "env" / "bin" / "transpipe"
    run(transpipe, "init", "--yes", "--source-language", "es", "-l", "pt,en", cwd=project)
    run(transpipe, "extract", cwd=project)
    run(transpipe, "update", cwd=project)
    assert "2 pages" in run(transpipe, "build", "-l", "pt", cwd=project)
    page = (project / "build" / "html" / "pt" / "hola.html").read_text()
    assert "Esta página ainda não foi traduzida" in page
