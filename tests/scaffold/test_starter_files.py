"""The starter files, and what they leave alone."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from transpipe.config import Settings, keys, load_config
from transpipe.scaffold.files import (
    CONFIG,
    IGNORED,
    MAKE_PART,
    MAKEFILE,
    MAKEFILE_NAMES,
    PYPROJECT,
    WORKFLOW,
    KeptFile,
    Project,
    StarterFile,
    starter_files,
)
from transpipe.scaffold.templates import TARGETS

SETTINGS = Settings(languages=("es", "pt_BR"), include=("**/*.md",))
TREE = Project(settings=SETTINGS, sphinx=False)
SPHINX = Project(settings=SETTINGS, sphinx=True, requirements="docs/requirements.txt")


def written(project: Project, existing: dict[str, str]) -> dict[str, StarterFile]:
    return {file.path: file for file in starter_files(project, existing).files}


def test_an_empty_folder_gets_all() -> None:
    assert list(written(TREE, {})) == [CONFIG, MAKEFILE, WORKFLOW, IGNORED]


@pytest.mark.parametrize("project", [TREE, SPHINX])
def test_each_key_stands_below_what_it_does(project: Project) -> None:
    text = written(project, {})[CONFIG].text
    docs = {key.name: key.doc for key in keys()}
    paragraphs = text.split("\n\n")[1:]
    for paragraph in paragraphs:
        comment = [line for line in paragraph.splitlines() if line.startswith("# ")]
        name = paragraph.splitlines()[len(comment)].split(" = ")[0]
        assert " ".join(line.removeprefix("# ") for line in comment) == docs[name]
    assert len(paragraphs) == len(tomllib.loads(text))
    assert max(map(len, text.splitlines())) <= 96


def test_the_keys_of_a_sphinx_project_are_fewer() -> None:
    names = ["source_language", "languages", "source_dir", "locale_dir", "fail_under"]
    assert list(tomllib.loads(written(SPHINX, {})[CONFIG].text)) == names


PATHS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(PATHS, PATHS, st.lists(PATHS).map(tuple), st.lists(PATHS, min_size=1).map(tuple))
def test_what_is_written_reads_back(
    source: str, locale: str, exclude: tuple[str, ...], include: tuple[str, ...]
) -> None:
    settings = Settings(
        languages=("es",),
        source_dir=source,
        locale_dir=locale,
        include=include,
        exclude=exclude,
        output=f"{source}{{language}}",
    )
    text = written(Project(settings=settings, sphinx=False), {})[CONFIG].text
    read = tomllib.loads(text)
    read = {key: tuple(value) if isinstance(value, list) else value for key, value in read.items()}
    assert Settings(**read) == settings


PYPROJECTS = {
    "plain": '[project]\nname = "x"\n',
    "no final newline": '[project]\nname = "x"',
    "CRLF": '[project]\r\nname = "x"\r\n',
    "CRLF, no final newline": '[project]\r\nname = "x"',
    "BOM": '\ufeff[project]\nname = "x"\n',
    "empty": "",
    "BOM alone": "\ufeff",
    "a comment": "# nothing yet",
    "other tools": '[tool.other]\nx = [\n  1,\n]\n\n[[tool.others]]\ny = "[tool.transpipe]"\n',
}


@pytest.mark.parametrize("before", PYPROJECTS.values(), ids=PYPROJECTS.keys())
def test_a_pyproject_is_added_to_after_its_last_byte(tmp_path: Path, before: str) -> None:
    file = written(TREE, {PYPROJECT: before})[PYPROJECT]
    assert file.appended
    assert file.text.startswith(before)
    added = file.text.removeprefix(before)
    assert added.count("\n") == added.count("\r\n") or "\r\n" not in added
    assert ("\r\n" in added) == ("\r\n" in before)
    assert file.text.endswith("\n")
    path = tmp_path / PYPROJECT
    path.write_bytes(file.text.encode())
    assert load_config(path).settings == SETTINGS


def test_a_pyproject_whose_tools_are_closed_is_left_alone() -> None:
    starter = starter_files(TREE, {PYPROJECT: "tool = { x = { y = 1 } }\n"})
    assert [file.path for file in starter.files] == [CONFIG, MAKEFILE, WORKFLOW, IGNORED]
    assert starter.notes == (
        (
            "pyproject.toml takes no [tool.transpipe] table after its end: the settings are in "
            "transpipe.toml"
        ),
    )


@pytest.mark.parametrize(
    ("name", "reason"), [(CONFIG, "it exists"), (PYPROJECT, "it has a [tool.transpipe] table")]
)
def test_a_configuration_is_kept(name: str, reason: str) -> None:
    starter = starter_files(
        Project(settings=None, config_file=name, sphinx=True), {name: "anything"}
    )
    assert [file.path for file in starter.files] == [MAKEFILE, WORKFLOW, IGNORED]
    assert starter.kept == (KeptFile(name, reason),)


@pytest.mark.parametrize("name", MAKEFILE_NAMES)
def test_a_makefile_is_kept_and_told_what_to_include(name: str) -> None:
    starter = starter_files(TREE, {name: "all:\n\techo x\n"})
    assert [file.path for file in starter.files] == [CONFIG, MAKE_PART, WORKFLOW, IGNORED]
    assert starter.kept == (KeptFile(name, "it exists"),)
    assert starter.notes == (f"add this line at the end of {name}: include transpipe.mk",)


def test_a_makefile_that_includes_the_part_needs_nothing() -> None:
    starter = starter_files(TREE, {MAKEFILE: "all:\n\ninclude transpipe.mk\n", MAKE_PART: ""})
    assert [file.path for file in starter.files] == [CONFIG, WORKFLOW, IGNORED]
    assert [kept.path for kept in starter.kept] == [MAKEFILE, MAKE_PART]
    assert starter.notes == ()


def test_targets_of_the_same_name_are_told() -> None:
    starter = starter_files(TREE, {MAKEFILE: "html: x\n\nhtml-es:\nreport := 1\ngettext:\n"})
    assert starter.notes[1] == (
        "Makefile has targets of the same name: gettext, html: rename one or the other, or make "
        "takes the last"
    )


@pytest.mark.parametrize("project", [TREE, SPHINX])
def test_what_was_written_is_kept_the_next_time(project: Project) -> None:
    for first in ({}, {MAKEFILE: "all:\n"}, {PYPROJECT: "", MAKE_PART: "x"}):
        there = first | {path: file.text for path, file in written(project, first).items()}
        name = PYPROJECT if PYPROJECT in there else CONFIG
        again = Project(settings=None, config_file=name, sphinx=project.sphinx)
        assert starter_files(again, there).files == ()


CATCH_ALL = """
help:
\t@echo all

.PHONY: help Makefile

%: Makefile
\tfalse $@
"""
"""As Sphinx's own Makefile has it."""


def test_a_makefile_with_a_rule_for_everything_is_told() -> None:
    starter = starter_files(SPHINX, {MAKEFILE: CATCH_ALL})
    assert starter.notes == (
        "add this line at the end of Makefile: include transpipe.mk",
        "Makefile makes any target: with that line, html and gettext are transpipe's",
    )


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
@pytest.mark.parametrize("project", [TREE, SPHINX])
@pytest.mark.parametrize("before", [{}, {MAKEFILE: CATCH_ALL}])
def test_make_runs_each_target(tmp_path: Path, project: Project, before: dict[str, str]) -> None:
    files = before | {path: file.text for path, file in written(project, before).items()}
    if before:
        files[MAKEFILE] += "include transpipe.mk\n"
    for name in (MAKEFILE, MAKE_PART):
        if name in files:
            (tmp_path / name).write_text(files[name])

    def make(*targets: str) -> list[str]:
        ran = subprocess.run(
            ["make", "-n", *targets], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        assert ran.stderr == ""
        return ran.stdout.splitlines()

    prepare = ["transpipe extract", "transpipe update"]
    assert make("gettext") == prepare[:1]
    assert make("update-po") == prepare
    assert make("html") == [*prepare, "transpipe build"]
    assert make("html-pt_BR") == [*prepare, "transpipe build --language pt_BR"]
    assert make("report", "TRANSPIPE=x") == ["x report"]
    assert make("check-po") == ["transpipe check"]
    assert make() == (["echo all"] if before else ["transpipe report"])
    if not project.sphinx:
        assert make("render") == [*prepare, "transpipe render"]
    assert ("\nrender:" in files[MAKE_PART if before else MAKEFILE]) != project.sphinx


def test_the_targets_named_are_those_there() -> None:
    text = written(TREE, {})[MAKEFILE].text
    rules = [line.split(":")[0] for line in text.splitlines() if " ## " in line]
    assert sorted(rules) == sorted(TARGETS)


def steps_of(project: Project) -> list[dict[str, Any]]:
    workflow = yaml.load(written(project, {})[WORKFLOW].text, Loader=yaml.BaseLoader)
    assert workflow["on"] == ["push", "pull_request"]
    assert workflow["permissions"] == {"contents": "read"}
    steps: list[dict[str, Any]] = workflow["jobs"]["translations"]["steps"]
    return steps


def actions(steps: list[dict[str, Any]]) -> list[str]:
    return [step["uses"].split("@")[0] for step in steps if "uses" in step]


def commands(steps: list[dict[str, Any]]) -> list[str]:
    return [line for step in steps for line in step.get("run", "").splitlines()]


CHECKS = [
    "transpipe check",
    "transpipe extract --check",
    "transpipe update --check",
    'transpipe report --format markdown >> "$GITHUB_STEP_SUMMARY"',
]


def test_the_workflow_of_a_tree() -> None:
    steps = steps_of(TREE)
    assert actions(steps) == ["actions/checkout", "actions/setup-python"]
    assert commands(steps) == ["pip install transpipe", *CHECKS]
    assert {step["if"] for step in steps if "if" in step} == {"${{ !cancelled() }}"}


def test_the_workflow_of_a_sphinx_project_keeps_what_a_build_remembers() -> None:
    steps = steps_of(SPHINX)
    install, versions, key, *rest = commands(steps)
    assert install == "pip install transpipe -r docs/requirements.txt"
    assert "pip freeze" in versions and key.endswith('>> "$GITHUB_OUTPUT"')
    assert rest == [*CHECKS, "transpipe build"]
    assert actions(steps) == [
        "actions/checkout",
        "actions/setup-python",
        "actions/cache/restore",
        "actions/cache/save",
        "actions/upload-artifact",
    ]
    by_action = {step["uses"].split("@")[0]: step for step in steps if "uses" in step}
    restore, save = by_action["actions/cache/restore"], by_action["actions/cache/save"]
    assert restore["with"]["path"] == save["with"]["path"] == "build/transpipe"
    assert restore["with"]["key"].startswith(restore["with"]["restore-keys"])
    assert save["with"]["key"] == "${{ steps.built.outputs.cache-primary-key }}"
    # A pull request only reads.
    assert "github.event_name == 'push'" in save["if"]
    assert steps.index(restore) < next(
        number for number, step in enumerate(steps) if "extract" in step.get("run", "")
    )


def test_an_existing_workflow_is_kept() -> None:
    starter = starter_files(TREE, {WORKFLOW: "mine"})
    assert starter.kept == (KeptFile(WORKFLOW, "it exists"),)


@pytest.mark.parametrize(
    ("there", "written_too", "told"),
    [
        (None, True, False),
        ("build/\n*.mo\n", False, False),
        ("*.pyc\n", False, True),
    ],
)
def test_what_git_leaves_out(there: str | None, written_too: bool, told: bool) -> None:
    starter = starter_files(TREE, {} if there is None else {IGNORED: there})
    assert (IGNORED in [file.path for file in starter.files]) is written_too
    assert (KeptFile(IGNORED, "it exists") in starter.kept) is told
    assert ("add these lines to .gitignore: build/ *.mo" in starter.notes) is told
