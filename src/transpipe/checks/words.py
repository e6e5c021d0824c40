"""Putting the values of a finding into its sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from transpipe.checks.registry import Fault

_LENGTH = 72


def quoted(value: str) -> str:
    """Give a value between quotation marks, shortened in the middle if it is long."""
    if len(value) > _LENGTH:
        half = _LENGTH // 2
        value = f"{value[:half]}…{value[-half:]}"
    return f"“{value}”"


_LOOSE = re.compile(r"(?<![\w\\\s])\s+|(?<![\\\s])\s+(?!\w)")


def lost_code(source: Sequence[str], translation: Sequence[str]) -> tuple[list[str], list[str]]:
    """Give the pieces of code that a translation lacks, and those that it adds.

    How often one stands there is free, and so are blanks that part nothing: ``f (a)`` is ``f(a)``.
    But where one stands there less often and a new one instead, it was changed.
    """
    before = {_LOOSE.sub("", code): code for code in source}
    after = {_LOOSE.sub("", code): code for code in translation}
    missing = [code for bare, code in before.items() if bare not in after]
    added = [code for bare, code in after.items() if bare not in before]
    if added and not missing and len(before) < len(source):
        left = Counter(_LOOSE.sub("", code) for code in source)
        left.subtract(_LOOSE.sub("", code) for code in translation)
        missing = [before[bare] for bare, count in left.items() if count > 0]
    return missing, added


def listed(values: Iterable[str]) -> str:
    """Give values in a row, each once: ``“a”, “b”``."""
    return ", ".join(quoted(value) for value in dict.fromkeys(values))


def changed(what: str, missing: list[str], added: list[str]) -> Fault | None:
    """Say what a translation has changed; None where it has changed nothing.

    :param what: what was compared, in the plural: ``links``.
    """
    if missing and added:
        said = f"{what} differ from the source: {listed(added)} in place of {listed(missing)}"
        return Fault(said, added[0])
    if missing:
        return Fault(f"{what} of the source are missing: {listed(missing)}", "")
    if added:
        return Fault(f"{what} that the source does not have: {listed(added)}", added[0])
    return None
