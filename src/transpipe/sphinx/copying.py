"""Copying files of any kind, each whole and only where it differs."""

from __future__ import annotations

import contextlib
import filecmp
import secrets
import shutil
from pathlib import Path


def is_copy(path: Path, of: Path) -> bool:
    """Tell whether a file is there and holds what another does.

    :raises OSError: if one cannot be read.
    """
    return path.is_file() and filecmp.cmp(of, path, shallow=False)


def copy_whole(source: Path, target: Path) -> None:
    """Put a copy of a file in place whole, or leave what was there: never a part of it.

    :raises OSError: if it cannot be read or written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name[:60]}.{secrets.token_hex(8)}.tmp")
    try:
        with source.open("rb") as given, temporary.open("xb") as written:
            shutil.copyfileobj(given, written)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
