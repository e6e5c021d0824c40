"""The Markdown that a document is written in: what it reads beside CommonMark, so far as known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the project says of its Markdown."""

    name: str = "any"
    """``gfm``, ``myst``, or ``any`` where nothing tells: in ``gfm`` there are no roles, in ``myst``
    no ``~~``, and ``any`` has both."""
    extensions: frozenset[str] | None = None
    """The optional extensions of MyST that are on; None where nothing tells."""
    math_spaces: bool = True
    """Whether ``$ x $`` is a formula: MyST's ``dmath_allow_space``."""
    math_digits: bool = True
    """Whether a formula may stand beside a digit: MyST's ``dmath_allow_digits``."""


ANY = Dialect()
"""Where nothing is known."""


@dataclass(frozen=True, slots=True)
class DollarMath:
    """How formulas between dollars are read."""

    spaces: bool
    digits: bool
    apart: bool
    """Whether only a formula that touches no word is one."""


PERHAPS = DollarMath(spaces=False, digits=False, apart=True)
"""How they are read where nothing tells that there are any: as GitHub and Pandoc do, for whom
``$5 and $10`` are prices."""


def dollar_math(dialect: Dialect) -> DollarMath | None:
    """Say how a document reads formulas; None where it reads none."""
    if dialect.extensions is None:
        return PERHAPS
    if "dollarmath" not in dialect.extensions:
        return None
    return DollarMath(dialect.math_spaces, dialect.math_digits, apart=False)
