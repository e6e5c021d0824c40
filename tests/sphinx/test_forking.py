"""A run that was forked for a test does what a process of its own does."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from babel import Locale

from tests.sphinx.conftest import files_of, write_files
from transpipe.errors import SiteError
from transpipe.sphinx import SphinxProject, build_site, runs

CONFS = {
    "builds": "import os, time\nproject = f'{os.getcwd()} {os.environ[\"MINE\"]} {time.tzname}'\n",
    "exits": "import os\nos._exit(3)\n",
    "is killed": "import os\nos.kill(os.getpid(), 9)\n",
    "says why": "import os\nos.write(2, b'a reason')\nos._exit(1)\n",
}


def outcome(root: Path, conf: str) -> object:
    """All that comes of a build."""
    source = write_files(root / "src", {"conf.py": conf, "index.rst": "Title\n====\n\nText.\n"})
    project = SphinxProject(source, source, root / "work", Locale("en"))
    try:
        result = build_site(project, Locale("es"), root / "es", {}, [])
    except SiteError as problem:
        return str(problem)
    return result.warnings, files_of(root / "es")


@pytest.mark.parametrize("case", CONFS)
def test_a_fork_is_as_a_process_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    root = tmp_path / "root"
    monkeypatch.setenv("MINE", "yours")
    monkeypatch.setenv("TZ", "America/Bogota")
    forked = outcome(root, CONFS[case])
    shutil.rmtree(root)
    monkeypatch.setattr(runs, "subprocess", subprocess)
    assert forked == outcome(root, CONFS[case])
