"""Functions of Sphinx and docutils whose code is known.

What depends on how they work, or takes their place, is in use only where they are as they were
looked at. A place is written ``module:name`` or ``module:Class.name``.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
from collections.abc import Mapping
from importlib import import_module
from textwrap import dedent
from typing import Any

UNIMPORTANT = frozenset({"annotation", "ctx", "kind", "returns", "type_comment", "type_params"})
"""Parts of code that do nothing, or are another on some version of Python."""


def unknown(known: Mapping[str, str]) -> tuple[str, ...]:
    """Give the places whose code is another than that which is known.

    :param known: places, each with its digests; a space between two.
    """
    return tuple(place for place, codes in known.items() if digest(place) not in codes.split())


def digest(place: str) -> str:
    """Give a short digest of what a function does; nothing where its source is not known.

    How it is laid out, annotated and documented does not count. Of a property, it is what reads.
    """
    try:
        code = find(place)[2]
        read: Any = code.fget if isinstance(code, property) else code
        tree = ast.parse(dedent(inspect.getsource(read)))
    except (AttributeError, ImportError, OSError, SyntaxError, TypeError):
        return ""
    return hashlib.sha256(_written(tree).encode()).hexdigest()[:12]


def _written(part: object) -> str:
    """Write code down, the same on every version of Python."""
    if isinstance(part, list):
        return f"[{' '.join(_written(each) for each in part if not _is_said(each))}]"
    if isinstance(part, ast.AnnAssign) and part.value is not None:
        part = ast.Assign([part.target], part.value)
    if not isinstance(part, ast.AST):
        return repr(part)
    fields = (
        f"{name}={_written(value)}"
        for name, value in ast.iter_fields(part)
        if name not in UNIMPORTANT and value is not None and value != []
    )
    return f"{type(part).__name__}({' '.join(fields)})"


def _is_said(part: object) -> bool:
    """Tell whether a statement does nothing: documentation, or the type of a name."""
    if isinstance(part, ast.Expr):
        return isinstance(part.value, ast.Constant)
    return isinstance(part, ast.AnnAssign) and part.value is None


def find(place: str) -> tuple[Any, str, Any]:
    """Give what holds a function, its name there, and the function.

    :raises AttributeError: if it is not there.
    :raises ImportError: if its module is not there.
    """
    module, _, names = place.partition(":")
    owner: Any = import_module(module)
    *parents, name = names.split(".")
    for parent in parents:
        owner = getattr(owner, parent)
    return owner, name, getattr(owner, name)
