"""The hooks and the action, run as far as one can without their hosts."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from transpipe.cli import VERBS

PROJECT = Path(__file__).parent.parent
CATALOG = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "See [it](a.md)."
msgstr "Vea [eso]({target})."
"""


def loaded(name: str) -> Any:
    return yaml.safe_load((PROJECT / name).read_text("utf-8"))


def bash(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": programs, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def write(folder: Path, target: str) -> str:
    path = folder / "locale/es/LC_MESSAGES/a b.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(CATALOG.format(target=target))
    return path.relative_to(folder).as_posix()


def test_hooks_run_verbs_that_there_are(tmp_path: Path) -> None:
    hooks = {hook["id"]: hook for hook in loaded(".pre-commit-hooks.yaml")}
    assert set(hooks) == {"transpipe-check", "transpipe-update-check"}
    for hook in hooks.values():
        words = hook["entry"].replace("'", " ").split()
        verbs = [words[index + 1] for index, word in enumerate(words) if word == "transpipe"]
        assert verbs and set(verbs) <= set(VERBS)
    for target, code in (("b.md", 1), ("a.md", 0)):
        path = write(tmp_path, target)
        run = bash(f"{hooks['transpipe-check']['entry']} {shlex.quote(path)}", tmp_path)
        assert run.returncode == code, run.stderr


def test_the_hook_of_catalogs_out_of_date(tmp_path: Path) -> None:
    entry = next(h for h in loaded(".pre-commit-hooks.yaml") if h["id"] == "transpipe-update-check")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text("One\n")
    (tmp_path / "transpipe.toml").write_text('languages = ["es"]\n')
    assert bash(entry["entry"], tmp_path).returncode == 1
    assert bash("transpipe extract && transpipe update", tmp_path).returncode == 0
    assert bash(entry["entry"], tmp_path).returncode == 0


@pytest.mark.parametrize(("target", "code"), [("b.md", 1), ("a.md", 0)])
def test_the_action(tmp_path: Path, target: str, code: int) -> None:
    steps = {step.get("name"): step for step in loaded("action.yml")["runs"]["steps"]}
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text("See [it](a.md).\n")
    (tmp_path / "transpipe.toml").write_text('languages = ["es"]\n')
    assert bash("transpipe extract", tmp_path).returncode == 0
    path = write(tmp_path, target)
    check = steps["Check translations"]["run"]
    run = bash(check, tmp_path, PATHS="", FAIL_ON="error")
    assert run.returncode == code
    assert run.stdout.count(f"::error file={path},line=4") == code
    assert bash(check, tmp_path, PATHS="locale", FAIL_ON="never").returncode == 0
    summary = tmp_path / "summary.md"
    report = steps["Report how complete each language is"]["run"]
    variables = {"GITHUB_STEP_SUMMARY": str(summary), "FAIL_UNDER": ""}
    assert bash(report, tmp_path, **variables).returncode == 0
    assert summary.read_text().startswith("## Translation")
