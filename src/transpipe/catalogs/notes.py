"""What is put in a catalog, or taken out of it, only where someone asks for it."""

from __future__ import annotations

from dataclasses import replace

from transpipe.catalogs.worddiff import as_line, shortened, word_diff
from transpipe.escape import visible
from transpipe.model import Catalog, Message

CHANGED = "changed: "
"""How the author's comment begins that says what an edit of the source changed."""


def with_changes(catalog: Catalog) -> Catalog:
    """Say in a comment of each fuzzy message what changed since its translation was written.

    The comment is of the message as it is: the next update leaves it as it stands, and takes it
    away once the message is fuzzy no more.
    """
    return replace(catalog, messages=tuple(map(_with_change, catalog.messages)))


def _with_change(message: Message) -> Message:
    before = message.previous.msgid if message.previous else None
    if message.obsolete or not message.is_fuzzy or before in (None, "", message.msgid):
        return message
    line = as_line(shortened(word_diff(before or "", message.msgid)))
    others = (one for one in message.extracted_comments if not one.startswith(CHANGED))
    return replace(message, extracted_comments=(*others, CHANGED + visible(line)))


def without_obsolete(catalog: Catalog) -> Catalog:
    """Take the obsolete messages out of a catalog, for good."""
    messages = tuple(message for message in catalog.messages if not message.obsolete)
    return catalog if messages == catalog.messages else replace(catalog, messages=messages)


def count_obsolete(catalog: Catalog) -> int:
    """Say how many obsolete messages a catalog holds."""
    return sum(message.obsolete for message in catalog.messages)
