"""Putting the values of a finding into its sentence."""

from __future__ import annotations

from collections.abc import Iterable

_LENGTH = 72


def quoted(value: str) -> str:
    """Give a value between quotation marks, shortened in the middle if it is long."""
    if len(value) > _LENGTH:
        half = _LENGTH // 2
        value = f"{value[:half]}…{value[-half:]}"
    return f"“{value}”"


def listed(values: Iterable[str]) -> str:
    """Give values in a row, each once: ``“a”, “b”``."""
    return ", ".join(quoted(value) for value in dict.fromkeys(values))


def changed(what: str, missing: list[str], added: list[str]) -> str | None:
    """Say what a translation has changed; None where it has changed nothing.

    :param what: what was compared, in the plural: ``links``.
    """
    if missing and added:
        return f"{what} differ from the source: {listed(added)} in place of {listed(missing)}"
    if missing:
        return f"{what} of the source are missing: {listed(missing)}"
    if added:
        return f"{what} that the source does not have: {listed(added)}"
    return None
