"""Numbers in sentences."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """Give a number with its noun, in the plural where it takes one.

    >>> counted(1, "catalog"), counted(0, "catalog")
    ('1 catalog', '0 catalogs')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
