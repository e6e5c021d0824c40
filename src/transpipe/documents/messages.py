"""From the source text of a block to the msgid that Sphinx gives it."""

from __future__ import annotations

import re

_REST_OF_LINE = re.compile(r"[ \t]*\s?$")


def clean(text: str) -> str:
    r"""Give the msgid of a block's source text, as Sphinx's gettext builder does.

    A backslash at the end of a line (a hard break) goes, line breaks become spaces, the ends are
    stripped.

    >>> clean("one\\\ntwo")
    'one two'
    """
    if "\\" in text:
        # str.splitlines breaks at more than CommonMark does; so does Sphinx.
        text = "".join(map(_without_backslash, text.splitlines(keepends=True)))
    return text.replace("\n", " ").strip()


def _without_backslash(line: str) -> str:
    head, found, tail = line.rpartition("\\")
    if found and _REST_OF_LINE.match(tail):
        return head.rstrip(" \t") + tail.lstrip(" \t")
    return line


def makes(text: str, msgid: str) -> bool:
    """Tell whether a text makes a msgid, cleaned or as it is; the length of a blank is nothing."""
    return msgid.split() in (clean(text).split(), text.split())
