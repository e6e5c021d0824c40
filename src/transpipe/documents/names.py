"""The names of files, as relative paths with ``/``."""

from __future__ import annotations


def split_suffix(path: str) -> tuple[str, str]:
    """Part the last suffix from a path: it begins with a dot, and is empty where there is none.

    >>> split_suffix("about/index.es.md"), split_suffix("a.b/LICENSE"), split_suffix(".hidden")
    (('about/index.es', '.md'), ('a.b/LICENSE', ''), ('.hidden', ''))
    """
    name = path.rpartition("/")[2]
    dot = name.rfind(".")
    if 0 < dot < len(name) - 1:
        length = len(name) - dot
        return path[:-length], name[dot:]
    return path, ""
