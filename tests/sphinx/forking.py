"""Runs of Sphinx that begin where all that every run imports has been imported.

A run takes half a second, half of which goes into imports, and the tests have hundreds. Here a
process imports once, and forks for each run; what follows is the program itself, from its first
line. It is started as :mod:`transpipe.sphinx.runs` starts a run: by the same interpreter, with the
same options and environment. The tests of commands and of the wheel have processes of their own,
and so has every test where ``TRANSPIPE_PROCESSES`` is set.
"""

from __future__ import annotations

import atexit
import fcntl
import gc
import json
import os
import runpy
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

MODULE = "transpipe.sphinx.run"


class Forks:
    """Starts runs, from a process that the first of them starts."""

    def __init__(self) -> None:
        """Begin without a process."""
        self._started: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def popen(self, command: Sequence[str], **options: Any) -> Any:
        """Start a run as :class:`subprocess.Popen` does; what is none, or differs, by that."""
        *beginning, asked, answered = command
        if beginning != [sys.executable, "-P", "-m", MODULE]:
            return subprocess.Popen(command, **options)
        environment = options["env"]
        with self._lock:
            if self._started is None:
                self._start(environment)
            if of_interpreter(environment) != self._environment:
                return subprocess.Popen(command, **options)
            return Run(self._socket, [asked, answered], environment, options["pass_fds"])

    def _start(self, environment: Mapping[str, str]) -> None:
        self._socket, theirs = socket.socketpair()
        self._environment = of_interpreter(environment)
        with theirs:
            self._started = subprocess.Popen(
                [sys.executable, "-P", __file__, str(theirs.fileno())],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )

    def end(self) -> None:
        """End the process."""
        if self._started is not None:
            self._socket.close()
            self._started.wait()


def of_interpreter(environment: Mapping[str, str]) -> dict[str, str]:
    """Give what an interpreter reads when it starts, and that is too late for thereafter."""
    return {
        name: value
        for name, value in environment.items()
        if name.startswith(("PYTHON", "LC_", "LANG"))
    }


class Run:
    """A run that was asked for."""

    def __init__(
        self,
        asking: socket.socket,
        arguments: list[str],
        environment: Mapping[str, str],
        passed: Sequence[int],
    ) -> None:
        """Ask for a run."""
        said, saying = os.pipe()
        ended, ending = os.pipe()
        request = {
            "arguments": arguments,
            "environment": dict(environment),
            "folder": str(Path.cwd()),
            "umask": umask(),
            "passed": list(passed),
        }
        message = json.dumps(request).encode()
        socket.send_fds(asking, [len(message).to_bytes(8, "big")], [saying, ending, *passed])
        asking.sendall(message)
        os.close(saying)
        os.close(ending)
        self._said, self._ended = os.fdopen(said, "rb"), os.fdopen(ended, "rb")
        self.returncode: int | None = None

    def __enter__(self) -> Run:
        """Begin to wait."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wait for the end."""
        self.wait()

    def communicate(self) -> tuple[None, bytes]:
        """Give what was written to standard error, when it has ended."""
        with self._said:
            errors = self._said.read()
        self.wait()
        return None, errors

    def wait(self) -> None:
        """Wait for the end."""
        if self.returncode is None:
            with self._ended:
                self.returncode = os.waitstatus_to_exitcode(int(self._ended.read()))


def umask() -> int:
    """Give the mask of new files."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


@contextmanager
def forking() -> Iterator[Any]:
    """Give what stands for the module ``subprocess`` where runs are started."""
    forks = Forks()

    class Module:
        Popen = staticmethod(forks.popen)
        DEVNULL, PIPE = subprocess.DEVNULL, subprocess.PIPE

    try:
        yield Module
    finally:
        forks.end()


# ------------------------------------------------------------------------- the process that forks


def serve(asked: socket.socket) -> None:
    """Fork for each run that is asked for."""
    from sphinx.application import builtin_extensions

    # What a run imports before it reads conf.py, and what Sphinx loads whatever stands there.
    for name in ("freshness", "mixedmessages", "progress", "remembered", "extension"):
        import_module(f"transpipe.sphinx.{name}")
    for name in builtin_extensions:
        import_module(name)
    gc.freeze()  # or each process would copy what it never changes
    while True:
        length, descriptors, _, _ = socket.recv_fds(asked, 8, 16)
        if not length:
            reap(0)
            return
        request = json.loads(exactly(asked, int.from_bytes(length, "big")))
        if not os.fork():
            asked.close()
            wait_for_run(request, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        reap(os.WNOHANG)


def exactly(asked: socket.socket, length: int) -> bytes:
    """Read so many bytes."""
    data = b""
    while len(data) < length:
        part = asked.recv(length - len(data))
        if not part:
            sys.exit("nobody asks any more")
        data += part
    return data


def reap(options: int) -> None:
    """Take note of the ends of children."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, options)[0]:
            pass


def wait_for_run(request: dict[str, Any], descriptors: Sequence[int]) -> None:
    """Fork once more for the run itself; in its parent wait, and tell how it ended."""
    errors, ending, *passed = descriptors
    run = os.fork()
    if not run:
        os.close(ending)
        become(request, errors, passed)
        runpy.run_module(MODULE, run_name="__main__", alter_sys=True)
        sys.exit(0)
    for descriptor in (errors, *passed):
        os.close(descriptor)
    os.write(ending, str(os.waitpid(run, 0)[1]).encode())
    os._exit(0)


def become(request: dict[str, Any], errors: int, passed: Sequence[int]) -> None:
    """Make this process what the request asks for."""
    gc.unfreeze()
    atexit.register(gc.freeze)  # what ends need not be looked through, and so copied
    os.dup2(errors, 2)
    os.close(errors)
    # Out of the way first: a number that is asked for may be that of another.
    moved = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 200) for descriptor in passed]
    for old, new, number in zip(passed, moved, request["passed"], strict=True):
        os.close(old)
        os.dup2(new, number)
        os.close(new)
    os.chdir(request["folder"])
    os.umask(request["umask"])
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    sys.argv = [MODULE, *request["arguments"]]


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
