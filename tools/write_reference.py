"""Write the generated pages of docs/reference from the code, or check that they are current."""

from __future__ import annotations

import argparse
import ast
import inspect
import itertools
import json
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from transpipe.catalogs.pofile import format_po
from transpipe.checks import CHECKS
from transpipe.checks.registry import MARKDOWN, REST, Check, Example
from transpipe.cli import VERBS, cli
from transpipe.config import json_schema, keys
from transpipe.documents.formats import DATA, ELSEWHERE, FORMATS
from transpipe.documents.source_language import Rule
from transpipe.files import read_text, write_text
from transpipe.model import Catalog, Message, SegmentKind, Severity

REFERENCE = Path(__file__).parent.parent / "docs" / "reference"
HINT = "<!-- Written by tools/write_reference.py from the code: change it there. -->"


def command_line() -> Iterator[str]:
    """Write the page of the command line from the commands' own help."""
    yield "# Command line"
    yield (
        "Every verb works on the configured project. The verbs that take PATHS, or folders as "
        "options, work on bare files too and need no configuration."
    )
    yield _table(
        ("Exit code", "Meaning"),
        (
            ("`0`", "The answer is good."),
            ("`1`", "The answer is bad: findings, below the threshold, or out of date."),
            (
                "`2`",
                "No answer: wrong usage or configuration, an unreadable file, or a failed build.",
            ),
        ),
    )
    yield (
        "An error is one line: `path:line: what is wrong: what to do`. The environment variable "
        "`NO_COLOR` turns colours off; they are off in pipes too."
    )
    context = click.Context(cli, info_name="transpipe")
    for verb in VERBS:
        command = cli.get_command(context, verb)
        if command is None:
            raise SystemExit(f"no command {verb}")
        yield from _verb(verb, command, context)


def _verb(verb: str, command: click.Command, parent: click.Context) -> Iterator[str]:
    context = click.Context(command, info_name=verb, parent=parent)
    yield f"## {verb}"
    yield f"```text\n{command.get_usage(context).removeprefix('Usage: ')}\n```"
    yield from _paragraphs(command.help or "")
    options = [option for option in command.params if isinstance(option, click.Option)]
    rows = [record for option in options if (record := option.get_help_record(context))]
    yield _table(("Option", "Meaning"), ((f"`{option}`", text) for option, text in rows))


def configuration() -> Iterator[str]:
    """Write the page of the configuration from its dataclass."""
    yield "# Configuration"
    yield (
        "The configuration is the table `[tool.transpipe]` of `pyproject.toml`, or the file "
        "`transpipe.toml` with the same keys at its top. It is looked for in the working "
        "directory, then in the folders above it. The command line goes before the file, and the "
        "file before the defaults. An unknown key is an error."
    )
    for key in keys():
        yield f"## {key.name}"
        yield key.doc
        yield f"Type: {key.type}. Default: `{_toml(key.default)}`."
    yield "## JSON schema"
    yield (
        "Editors that read JSON schemas can complete and check `transpipe.toml` with this one "
        "({download}`transpipe.schema.json`)."
    )


def formats() -> Iterator[str]:
    """Write the page of the formats from their table."""
    yield "# Formats"
    yield (
        "A format gives the segments of a document and the place of each. It has no writer: "
        "translated text goes into the places, and every other character stays."
    )
    yield _table(
        ("Format", "Suffixes", "Read by"),
        (
            *((f"`{row.name}`", _code(row.suffixes), "transpipe") for row in FORMATS.values()),
            *(
                (f"`{row.name}`", _code(row.suffixes), "transpipe, as `data` says")
                for row in DATA.values()
            ),
            *((f"`{row.name}`", _code(row.suffixes), "Sphinx") for row in ELSEWHERE.values()),
        ),
    )
    for row in (*FORMATS.values(), *DATA.values()):
        yield f"## {row.name}"
        yield from _paragraphs(row.about)
    yield "## Kinds of segments"
    yield _table(
        ("Kind", "What it is"), ((f"`{kind}`", doc) for kind, doc in _members(SegmentKind))
    )
    yield "## The language of a document"
    yield "The first rule that speaks decides."
    yield _table(("Rule", "What decides"), _members(Rule))


def checks() -> Iterator[str]:
    """Write the page of the checks from their docstrings."""
    yield "# Checks"
    yield (
        "`transpipe check` runs these on every translated message. An error makes the exit code "
        "1, a warning does not. [Check translations](../howto/checks.md) tells how to choose, "
        "mute and mend. A comment of an author in an example says what is unusual there."
    )
    for heading, severity in (("errors", Severity.ERROR), ("warnings", Severity.WARNING)):
        names = [f"[{one.name}](#{one.name})" for one in CHECKS if one.severity is severity]
        yield f"Findings of these are {heading}: {', '.join(names)}."
    for check in CHECKS:
        yield from _check(check)


def _check(check: Check) -> Iterator[str]:
    yield f"## {check.name}"
    yield from _paragraphs(check.summary)
    of = {MARKDOWN: "Markdown", REST: "reST"}.get(check.syntaxes or frozenset(), "every syntax")
    said = f"Severity: {check.severity}. For: {of}."
    if not check.on:
        said += " Off by default."
    if check.fix:
        said += " `--fix` mends it."
    yield said
    for title, bad in (("Bad:", True), ("Good:", False)):
        examples = [_example(example) for example in check.examples if example.bad is bad]
        if examples:
            yield title
            yield "```po\n" + "\n\n".join(examples) + "\n```"


def _example(example: Example) -> str:
    catalog = Catalog("", None, Message(""), (example.message,))
    return format_po(catalog).partition('msgid ""\nmsgstr ""\n')[2].strip()


# ------------------------------------------------------------------------------- pieces


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        yield " ".join(paragraph.replace("``", "`").split())


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def _code(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _toml(value: object) -> str:
    return "{}" if value == {} else json.dumps(value, ensure_ascii=False)


def _members(enum: type) -> Iterator[tuple[str, str]]:
    """Give each value of an enum that is documented, with the string below it in the source."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(enum)))
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else []
    for statement, following in itertools.pairwise(body):
        if isinstance(statement, ast.Assign) and isinstance(following, ast.Expr):
            value, doc = ast.literal_eval(statement.value), ast.literal_eval(following.value)
            yield value, " ".join(re.sub(r"``", "`", inspect.cleandoc(doc)).split())


PAGES = {
    "cli.md": command_line,
    "configuration.md": configuration,
    "formats.md": formats,
    "checks.md": checks,
}


def files() -> dict[Path, str]:
    """Give every generated file with its text."""
    pages = {REFERENCE / name: "\n\n".join([*page(), HINT]) + "\n" for name, page in PAGES.items()}
    schema = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    return {**pages, REFERENCE / "transpipe.schema.json": schema}


def main() -> int:
    """Write the pages, or with --check tell which are out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if out of date")
    check = parser.parse_args().check
    for path, text in files().items():
        if check and (not path.exists() or read_text(path) != text):
            print(f"{path}: is out of date: run 'make reference'", file=sys.stderr)
            return 1
        if not check:
            write_text(path, text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
