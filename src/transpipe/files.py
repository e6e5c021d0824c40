"""Reading and writing files whole: strict UTF-8 in, atomic replacement out."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable
from pathlib import Path

from transpipe.errors import TranspipeError


def read_text(path: Path, error: type[TranspipeError] = TranspipeError) -> str:
    """Read a UTF-8 file with every character kept: byte order mark and carriage returns too.

    :param error: the class of the error raised.
    :raises TranspipeError: if it cannot be read or is not UTF-8; the line is that of the first
        bad byte.
    """
    return decoded(read_bytes(path, error), path, error)


def read_bytes(path: Path, error: type[TranspipeError] = TranspipeError) -> bytes:
    """Read a file whole.

    :raises TranspipeError: if it cannot be read.
    """
    try:
        with path.open("rb", buffering=0) as file:
            return file.read()
    except OSError as problem:
        raise error(
            f"cannot be read ({_reason(problem)})", "check the path and its permissions", path=path
        ) from problem


def decoded(data: bytes, path: Path, error: type[TranspipeError] = TranspipeError) -> str:
    """Give the text that the bytes of a file are in UTF-8.

    :raises TranspipeError: if they are none; the line is that of the first bad byte.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise error(
            f"is not UTF-8 (byte {data[problem.start]:#04x} at offset {problem.start})",
            "save it as UTF-8",
            path=path,
            line=data.count(b"\n", 0, problem.start) + 1,
        ) from problem


def write_text(path: Path, text: str, error: type[TranspipeError] = TranspipeError) -> bool:
    """Put a UTF-8 file in place whole, or leave what was there: never a part of it.

    A file that already holds the text is not touched. A symbolic link is followed, permissions
    are kept.

    :returns: whether the file changed.
    :raises TranspipeError: if it cannot be written.
    """
    return bool(write_texts([(path, text)], error))


def write_texts(
    texts: Iterable[tuple[Path, str]], error: type[TranspipeError] = TranspipeError
) -> tuple[Path, ...]:
    """Put several UTF-8 files in place, all or none of them.

    Every text goes to a temporary file beside its place first. Only when all are on the disk do
    they take their names, in the order given: whatever can fail has failed by then.

    :returns: the paths of the files that changed.
    :raises TranspipeError: if one cannot be written; no file has changed.
    """
    staged: list[tuple[Path, Path, Path]] = []
    path = Path()
    try:
        for path, text in texts:
            target = path.resolve()
            if target.is_symlink():
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
            data = text.encode("utf-8")
            if target.is_file() and target.read_bytes() == data:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            staged.append((path, target, _temporary(target)))
            _stage(staged[-1][2], target, data)
        for given, target, temporary in staged:
            path = given
            temporary.replace(target)
    except (OSError, RuntimeError) as problem:
        # Before Python 3.13, a loop of symbolic links is a RuntimeError of resolve().
        raise error(
            f"cannot be written ({_reason(problem)})",
            "check that the folder is writable and the disk is not full",
            path=path,
        ) from problem
    finally:
        for _, _, temporary in staged:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    return tuple(path for path, _, _ in staged)


def _temporary(target: Path) -> Path:
    return target.with_name(f".{target.name[:200]}.{os.urandom(4).hex()}.tmp")


def _stage(temporary: Path, target: Path, data: bytes) -> None:
    # A read-only file says "do not change me", although its folder would let it be replaced.
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    with temporary.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if target.exists():
        temporary.chmod(target.stat().st_mode & 0o777)


def _reason(problem: OSError | RuntimeError) -> str:
    return (getattr(problem, "strerror", None) or str(problem)).lower()


def relative_to(path: Path, folder: Path) -> Path:
    """Give a path as seen from a folder, for messages; unchanged if it lies elsewhere."""
    try:
        return path.resolve().relative_to(folder.resolve())
    except ValueError:
        return path
