"""What stops a command: an obstacle, with its place and the way out.

Faults *in the data* are not errors: they are :class:`transpipe.model.Finding` values.
"""

from __future__ import annotations

from pathlib import Path


class TranspipeError(Exception):
    """There is no answer (exit code 2).

    ``str()`` gives the one line a user reads: ``path:line: what is wrong: what to do``.
    """

    def __init__(
        self,
        problem: str,
        remedy: str = "",
        *,
        path: Path | str | None = None,
        line: int | None = None,
    ) -> None:
        """Take the parts of the message.

        :param problem: what is wrong, without a full stop.
        :param remedy: what the reader can do about it.
        :param path: the file or folder concerned.
        :param line: the line in it, counted from 1.
        """
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy
        self.path = path
        self.line = line

    def __str__(self) -> str:
        place = "" if self.path is None else str(self.path)
        if place and self.line is not None:
            place += f":{self.line}"
        return ": ".join(part for part in (place, self.problem, self.remedy) if part)


class ConfigError(TranspipeError):
    """The configuration cannot be used as it stands."""


class DocumentError(TranspipeError):
    """A source document cannot be read or taken apart."""


class CatalogError(TranspipeError):
    """A PO file is not valid by the GNU gettext manual, or cannot be read."""


class SiteError(TranspipeError):
    """Sphinx did not build what it was asked for."""
