"""Make docs/images/report.svg: what ``transpipe report`` shows on a terminal.

    python tools/make_readme_image.py [FOLDER]

The report is that of the project in FOLDER, by default transpipe's own documentation. It needs
templates and catalogs there: run ``make update-po`` first.
"""

from __future__ import annotations

import argparse
import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

PROJECT = Path(__file__).parent.parent
IMAGE = PROJECT / "docs" / "images" / "report.svg"
COMMAND = ("report", "-l", "es", "--fail-under", "0")
WIDTH = 90

FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
"""The fonts that rich fetches from elsewhere; an image in a README may fetch nothing."""


def on_a_terminal(command: list[str], folder: Path) -> str:
    """Run a command as on a terminal, and give what it writes there, colors included.

    :raises CalledProcessError: if the command fails.
    """
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(WIDTH), "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen(command, stdout=theirs, cwd=folder, env=environment)
    os.close(theirs)
    written = bytearray()
    while part := _read(ours):
        written += part
    os.close(ours)
    if process.wait():
        raise subprocess.CalledProcessError(process.returncode, command)
    return written.decode().replace("\r\n", "\n")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other side is closed
        return b""


def picture(text: str) -> str:
    """Draw a terminal with some text as an SVG image."""
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text.from_ansi(text))
    return FONT.sub("", console.export_svg(title="transpipe report", unique_id="transpipe"))


def main() -> None:
    """Write the image."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", nargs="?", type=Path, default=PROJECT)
    folder = parser.parse_args().folder
    text = on_a_terminal([sys.executable, "-m", "transpipe", *COMMAND], folder)
    IMAGE.parent.mkdir(parents=True, exist_ok=True)
    IMAGE.write_text(picture(text), "utf-8")


if __name__ == "__main__":
    main()
