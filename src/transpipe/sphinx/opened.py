"""The files that a process opens to read: what else a page is made of than Sphinx is told."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

_COMPILED = (".pyc", ".pyo", ".so", ".pyd")
_SEARCHES = ("<frozen importlib._bootstrap_external>", "metadata/__init__.py", "util/matching.py")
"""Who lists folders to look for modules, packages and documents: these are known by themselves."""
_STANDARD = os.path.realpath(sysconfig.get_paths()["stdlib"]) + os.sep
_THIRD_PARTY = tuple(
    os.path.realpath(sysconfig.get_paths()[name]) + os.sep for name in ("purelib", "platlib")
)


class OpenedFiles:
    """Notes every file that is opened to be read, but for those of Python and of our own making.

    Python tells of each through its audit hooks. Such a hook stays for the life of a process, so
    this is for processes that do one thing.
    """

    def __init__(self, ignored: Iterable[Path]) -> None:
        """Begin to note.

        :param ignored: folders of what is made.
        """
        self._ignored = tuple(os.path.realpath(folder) + os.sep for folder in ignored)
        self._seen: set[str] = set()
        self._is_paused = False
        self.has_asked_others = False
        """Whether a program was started or a host connected to: what came of it is not known."""
        sys.addaudithook(self._note)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Open files unnoted."""
        self._is_paused = True
        try:
            yield
        finally:
            self._is_paused = False

    def take(self) -> set[str]:
        """Give what was opened, or looked for in vain, since this was last called, by full paths.

        A folder whose names were asked for is among them, with a separator at its end.
        """
        seen, self._seen = self._seen, set()
        return {name for path in seen if (name := self._counted(path))}

    def _note(self, event: str, arguments: tuple[object, ...]) -> None:
        if self._is_paused:
            return
        if event == "open":
            path, mode, flags = arguments
            # open() tells a mode, os.open() only flags.
            if isinstance(mode, str):
                reads = "r" in mode or "+" in mode
            else:
                reads = isinstance(flags, int) and flags & os.O_ACCMODE != os.O_WRONLY
            if reads and isinstance(path, str | bytes):
                self._seen.add(_full(path))
        elif event in ("os.listdir", "os.scandir"):
            if isinstance(arguments[0], str | bytes) and not _is_looked_for():
                self._seen.add(_full(arguments[0]))
        elif event in ("subprocess.Popen", "os.system", "socket.connect"):
            self.has_asked_others = True

    def _counted(self, path: str) -> str:
        """Give the full path of what counts, else nothing."""
        path = os.path.realpath(path)
        folder = os.path.isdir(path)  # noqa: PTH112 - text is enough, and faster
        name = path + os.sep if folder else path
        if name.startswith((*self._ignored, "/proc/", "/dev/")) or f"{os.sep}.git{os.sep}" in name:
            return ""
        if name.startswith(_THIRD_PARTY):
            return "" if folder or path.endswith(_COMPILED) else name
        if name.startswith(_STANDARD) or path.endswith(_COMPILED):
            return ""
        # What is not there was looked for, and may be there the next time.
        is_special = os.path.exists(path) and not os.path.isfile(path)  # noqa: PTH110, PTH113 - as above
        return "" if is_special and not folder else name


def _full(path: str | bytes) -> str:
    return os.path.join(os.getcwd(), os.fsdecode(path))  # noqa: PTH109, PTH118 - called often


def _is_looked_for() -> bool:
    """Tell whether a folder is listed by one of those that are known."""
    frame = sys._getframe(2)
    for _ in range(4):
        if frame.f_code.co_filename.endswith(_SEARCHES):
            return True
        if frame.f_back is None:
            return False
        frame = frame.f_back
    return False


def module_files() -> set[str]:
    """Give the files of all modules that are loaded and not of Python itself."""
    files = set()
    folders: dict[str, str] = {}
    for module in list(sys.modules.values()):
        path = getattr(getattr(module, "__spec__", None), "origin", None)
        if not isinstance(path, str) or not os.path.isabs(path):  # noqa: PTH117 - often
            continue
        # Hundreds lie in one folder: where that leads is looked up once.
        folder, name = os.path.split(path)
        if folder not in folders:
            folders[folder] = os.path.realpath(folder)
        real = os.path.join(folders[folder], name)  # noqa: PTH118 - often
        if os.path.islink(real):  # noqa: PTH114 - often
            real = os.path.realpath(real)
        if not real.startswith(_STANDARD) or real.startswith(_THIRD_PARTY):
            files.add(real)
    return files
