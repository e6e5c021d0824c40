"""The starter files of a project: what to write, what to leave as it is. Pure."""

from __future__ import annotations

import json
import re
import textwrap
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from transpipe.config import TABLE, Settings, keys
from transpipe.scaffold import templates

CONFIG = "transpipe.toml"
PYPROJECT = "pyproject.toml"
MAKEFILE = "Makefile"
MAKEFILE_NAMES = ("GNUmakefile", "makefile", MAKEFILE)
MAKE_PART = "transpipe.mk"
WORKFLOW = ".github/workflows/transpipe.yml"
IGNORED = ".gitignore"

EXAMINED = (CONFIG, PYPROJECT, *MAKEFILE_NAMES, MAKE_PART, WORKFLOW, IGNORED)
"""The files whose text decides what is written."""


@dataclass(frozen=True, slots=True)
class StarterFile:
    """A file to write whole."""

    path: str
    text: str
    appended: bool = False
    """Whether the text is that of the file that is there, and more after it."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file to leave as it is, byte for byte."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Starter:
    """What to write, what is kept, and what is left for the user to do."""

    files: tuple[StarterFile, ...]
    kept: tuple[KeptFile, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What the files depend on."""

    settings: Settings | None
    """The settings to write; None where the project is configured."""
    config_file: str | None = None
    """The file that configures the project already."""
    sphinx: bool
    requirements: str | None = None


_Answer = StarterFile | KeptFile


def starter_files(project: Project, existing: Mapping[str, str]) -> Starter:
    """Settle which files to write.

    :param existing: the text of those of :data:`EXAMINED` that are there.
    """
    answers: tuple[_Answer, ...] = (
        _configuration(project, existing),
        *_make(project, existing),
        _workflow(project, existing),
        *_ignored(existing),
    )
    return Starter(
        tuple(answer for answer in answers if isinstance(answer, StarterFile)),
        tuple(answer for answer in answers if isinstance(answer, KeptFile)),
        tuple(_notes(answers, existing)),
    )


# ---- the configuration


def _configuration(project: Project, existing: Mapping[str, str]) -> _Answer:
    if project.settings is None:
        name = project.config_file or CONFIG
        reason = f"it has a [{TABLE}] table" if name == PYPROJECT else "it exists"
        return KeptFile(name, reason)
    lines = tuple(_lines(project.settings, sphinx=project.sphinx))
    there = existing.get(PYPROJECT)
    if there is not None:
        text = _appended(there, (f"[{TABLE}]", *lines))
        if _is_toml(text):
            return StarterFile(PYPROJECT, text, appended=True)
    return StarterFile(CONFIG, "\n".join(("# The configuration of transpipe.", "", *lines, "")))


def _appended(text: str, lines: tuple[str, ...]) -> str:
    """Put lines after a text's last byte, with its own line endings."""
    newline = "\r\n" if "\r\n" in text else "\n"
    empty = not text.strip("\ufeff \t\r\n")
    ends = text.endswith("\n") or not text or text == "\ufeff"
    gap = ("" if ends else newline) + ("" if empty else newline)
    return text + gap + newline.join((*lines, ""))


def _is_toml(text: str) -> bool:
    """Say whether a table could be added: not below ``tool = {...}``, which is closed."""
    try:
        tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError:
        return False
    return True


_ALWAYS = ("source_language", "languages", "source_dir", "locale_dir")
_TREE = ("include", "exclude", "flavour", "output", "heading_ids", "data", "data_outputs")
_WHERE_SET = ("exclude", "gettext_compact", "heading_ids", "data", "data_outputs")


def _lines(settings: Settings, *, sphinx: bool) -> Iterator[str]:
    """Write the keys that a project starts with, each below what it does."""
    wanted = (
        (*_ALWAYS, "gettext_compact", "fail_under") if sphinx else (*_ALWAYS, *_TREE, "fail_under")
    )
    first = True
    for key in keys():
        value = getattr(settings, key.name)
        is_unset = not value or (key.name, value) == ("flavour", "none")
        if key.name not in wanted or (key.name in (*_WHERE_SET, "flavour") and is_unset):
            continue
        if not first:
            yield ""
        first = False
        yield from textwrap.wrap(
            key.doc, 96, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False
        )
        yield from _assignment(key.name, value)


def _assignment(name: str, value: object) -> Iterator[str]:
    if isinstance(value, dict):
        pairs = (f"{_toml(key)} = {_toml(each)}" for key, each in value.items())
        yield f"{name} = {{ {', '.join(pairs)} }}"
        return
    if not isinstance(value, tuple):
        yield f"{name} = {_toml(value)}"
        return
    line = f"{name} = [{', '.join(_toml(item) for item in value)}]"
    if len(line) <= 96:
        yield line
        return
    yield f"{name} = ["
    yield from (f"  {_toml(item)}," for item in value)
    yield "]"


def _toml(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    # JSON's strings are TOML's, but that TOML wants this one character escaped too.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


# ---- make


def _make(project: Project, existing: Mapping[str, str]) -> tuple[_Answer, ...]:
    """Give the targets in a Makefile of their own, or in a part for the Makefile to include."""
    mark, render = templates.MAKEFILE_MARK, not project.sphinx
    targets = templates.MAKEFILE_TARGETS.format(
        phony=" render" if render else "", render=templates.MAKEFILE_RENDER if render else ""
    )
    name = _makefile(existing)
    part = existing.get(MAKE_PART)
    if name is None:
        own = (StarterFile(MAKEFILE, f"{mark}\n{templates.MAKEFILE_GOAL}{targets}"),)
        return own if part is None else (*own, KeptFile(MAKE_PART, "it exists"))
    if part is not None:
        return (KeptFile(name, "it exists"), KeptFile(MAKE_PART, "it exists"))
    if existing[name].startswith(mark):
        return (KeptFile(name, "it exists"),)
    return (
        KeptFile(name, "it exists"),
        StarterFile(MAKE_PART, f"{mark}\n{targets}{templates.MAKE_PART_RULE}"),
    )


def _makefile(existing: Mapping[str, str]) -> str | None:
    """Give the Makefile that make would read."""
    return next((name for name in MAKEFILE_NAMES if name in existing), None)


def _make_notes(answers: tuple[_Answer, ...], existing: Mapping[str, str]) -> Iterator[str]:
    name = _makefile(existing)
    part = any(answer.path == MAKE_PART for answer in answers)
    if name is None or not part:
        return
    text = existing[name]
    if re.search(rf"^-?s?include\b.*\b{re.escape(MAKE_PART)}\b", text, re.MULTILINE):
        return
    yield f"add this line at the end of {name}: include {MAKE_PART}"
    own = [
        target
        for target in templates.TARGETS
        if re.search(rf"^{re.escape(target)}\s*:(?!=)", text, re.MULTILINE)
    ]
    if re.search(r"^%\s*:", text, re.MULTILINE):
        yield f"{name} makes any target: with that line, html and gettext are transpipe's"
    if own:
        yield (
            f"{name} has targets of the same name: {', '.join(own)}: rename one or the other, "
            "or make takes the last"
        )


# ---- the workflow


def _workflow(project: Project, existing: Mapping[str, str]) -> _Answer:
    if WORKFLOW in existing:
        return KeptFile(WORKFLOW, "it exists")
    more = f" -r {project.requirements}" if project.requirements else ""
    # Sites of a tree of documents are its own generator's to build.
    restore = templates.WORKFLOW_RESTORE if project.sphinx else ""
    build = templates.WORKFLOW_BUILD if project.sphinx else ""
    text = templates.WORKFLOW.replace("{restore}", restore).replace("{build}", build)
    return StarterFile(WORKFLOW, text.format(requirements=more))


# ---- what git leaves out


def _ignored(existing: Mapping[str, str]) -> tuple[_Answer, ...]:
    """Leave out what builds make; a .gitignore that does so already is not worth a word."""
    there = existing.get(IGNORED)
    if there is None:
        return (StarterFile(IGNORED, templates.IGNORED),)
    return () if _ignores_compiled(there) else (KeptFile(IGNORED, "it exists"),)


def _ignores_compiled(text: str) -> bool:
    return re.search(r"^\*\.mo\s*$", text, re.MULTILINE) is not None


def _notes(answers: tuple[_Answer, ...], existing: Mapping[str, str]) -> Iterator[str]:
    written = {answer.path for answer in answers if isinstance(answer, StarterFile)}
    if CONFIG in written and PYPROJECT in existing:
        yield f"{PYPROJECT} takes no [{TABLE}] table after its end: the settings are in {CONFIG}"
    yield from _make_notes(answers, existing)
    if not _ignores_compiled(existing.get(IGNORED, templates.IGNORED)):
        yield f"add these lines to {IGNORED}: {' '.join(templates.IGNORED.split())}"
