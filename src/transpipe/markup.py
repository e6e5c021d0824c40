"""What a piece of markup holds, as its own parser reads it: what a station hands to another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RestMarkup:
    """The constructs of a piece of reStructuredText, each kind in the order of the text."""

    blocks: tuple[str, ...] = ("paragraph",)
    """The blocks it makes, by docutils' names: ``paragraph`` mostly, ``bullet_list`` …"""
    roles: tuple[tuple[str, str], ...] = ()
    """Name and content of roles."""
    links: tuple[str, ...] = ()
    """Where links go: an address, or ``name_`` of a target elsewhere in the document."""
    footnotes: tuple[str, ...] = ()
    """References to footnotes and citations: ``[1]_``."""
    substitutions: tuple[str, ...] = ()
    """References to substitutions: ``|name|``."""
    literals: tuple[str, ...] = ()
    """The content of literals."""
    problems: tuple[str, ...] = ()
    """The markup that has no end: ``*``, ``**``, `` ` ``."""


ReadRest = Callable[[str], RestMarkup]
"""Reads a piece of reStructuredText."""
