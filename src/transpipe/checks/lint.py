"""The only door to sphinx-lint."""

from __future__ import annotations

import functools
import re

from transpipe.checks.registry import LintRest

# They are about files and lines, which a message is not; or read numbers and comments wrong.
_OF_FILES = frozenset(
    {"missing-final-newline", "trailing-whitespace", "horizontal-tab", "carriage-return"}
    | {"line-too-long", "bad-dedent", "python-syntax", "dangling-hyphen", "leaked-markup"}
    | {"directive-with-three-dots", "unnecessary-parentheses"}
)


@functools.cache
def rest_linter() -> LintRest:
    """Give what lints a piece of reStructuredText."""
    from sphinxlint.checkers import all_checkers
    from sphinxlint.sphinxlint import CheckersOptions

    checkers = [
        one
        for name, one in all_checkers.items()
        if ".rst" in one.suffixes and one.enabled and name not in _OF_FILES
    ]
    options = CheckersOptions()

    def lint(text: str) -> tuple[str, ...]:
        lines = tuple(f"{text}\n".splitlines(keepends=True))
        found = []
        for one in checkers:
            for _, said in one("message.rst", lines, options):
                # What is quoted differs between a source and its translation.
                found.append(re.sub(r"\s*\(?[`'\"].*", "", said, flags=re.DOTALL).rstrip(": "))
        return tuple(dict.fromkeys(found))

    return lint
