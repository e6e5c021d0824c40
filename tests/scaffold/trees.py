"""Small trees, made by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def plant(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files below a folder, and give the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    return folder


def pages(*names: str) -> dict[str, str]:
    """Give documents, each with its own text."""
    return {name: f"# {name}\n\nText of {name}.\n" for name in names}


def catalog() -> str:
    """Give the text of a small catalog."""
    return 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
