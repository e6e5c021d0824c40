"""The command line: the only place that turns an error into text and an exit code.

Exit codes: 0 the answer is good; 1 the answer is bad (findings, below the threshold, out of
date); 2 there is no answer (usage, configuration, an unreadable file, Sphinx failed).
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, cast

import click

from transpipe import __version__
from transpipe.errors import TranspipeError
from transpipe.escape import visible
from transpipe.files import relative_to

VERBS = (
    "init",
    "audit",
    "adopt",
    "extract",
    "update",
    "normalize",
    "merge-po",
    "render",
    "build",
    "report",
    "check",
)
"""In the order of a document's way."""


class Verbs(click.Group):
    """The verbs, each imported when it is asked for: a report need not wait for Sphinx."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the verbs in the order of a document's way."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one verb."""
        if cmd_name not in VERBS:
            return None
        name = cmd_name.replace("-", "_")
        module = importlib.import_module(f"transpipe.commands.{name}")
        return cast(click.Command, getattr(module, name))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="transpipe")
def cli() -> None:
    """Documentation in every language of its readers.

    Source documents become gettext catalogs, catalogs become translated documents and Sphinx
    sites, and a report tells how complete each language is.
    """


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and give its exit code; errors are printed on standard error."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal or a pipe in another encoding shows what it cannot write as an escape.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        result = cli.main(args=arguments, prog_name="transpipe", standalone_mode=False)
        sys.stdout.flush()
    except (Exception, KeyboardInterrupt) as error:
        return _told(error)
    return result if isinstance(result, int) else 0


def _told(error: BaseException) -> int:
    """Tell an error in a line, and give the exit code."""
    match error:
        case click.exceptions.Exit():
            return error.exit_code
        case click.Abort() | KeyboardInterrupt():
            return _fail("interrupted: no file is half-written: run it again")
        case click.ClickException():
            error.show()
            return 2
        case BrokenPipeError():
            # The reader of our output went away: not an error of ours, and no one to tell it to.
            sys.stdout = None
            return 2
        case TranspipeError():
            if error.path is not None:
                error.path = relative_to(Path(error.path), Path.cwd())
            return _fail(str(error))
        case OSError():
            place = f"{error.filename}: " if error.filename else ""
            return _fail(f"{place}{(error.strerror or str(error)).lower()}: check the disk")
        case ExceptionGroup() if error.split(TranspipeError)[1] is None:
            return max(_told(each) for each in error.exceptions)
    if os.environ.get("TRANSPIPE_DEBUG"):
        raise error
    return _fail(
        f"internal error ({type(error).__name__}: {error}): please report it with what "
        "TRANSPIPE_DEBUG=1 shows"
    )


def _fail(text: str) -> int:
    with contextlib.suppress(OSError):
        click.echo(visible(" ".join(text.split("\n"))), err=True)
    return 2


def main() -> NoReturn:
    """Run as a program."""
    # Most of what a verb makes lives to its end: looking for garbage often finds none.
    gc.set_threshold(100_000)
    code = run()
    gc.freeze()  # nor need the interpreter look once more before it ends
    sys.exit(code)
