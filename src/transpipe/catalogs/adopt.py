"""A catalog x what a page made by hand says -> the catalog with the page's translations."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from transpipe.model import Catalog, Doubt, Message, MessageKey, Pair

COMMENT = "Adopted: "
"""How the translator comment of an unsure pair begins."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """A catalog and what became of the pairs."""

    catalog: Catalog
    kept: tuple[Pair, ...]
    """Pairs that were not taken: the catalog holds another translation that somebody wrote."""
    digests: frozenset[str]
    """Of what the page says now; the next adoption asks for them."""


def adopt(catalog: Catalog, pairs: Iterable[Pair], earlier: Collection[str]) -> Adopted:
    """Put what a page says into its catalog.

    A message without a translation takes that of the page; an unsure one is fuzzy, with a comment
    that says why. A translation that an earlier adoption put there and nobody changed since
    follows the page; any other one stays.

    :param earlier: the digests that the last adoption gave.
    """
    wanted: dict[MessageKey, Pair] = {}
    for pair in pairs:
        if pair.doubt is not Doubt.AMBIGUOUS:
            wanted.setdefault((pair.segment.msgctxt, pair.segment.msgid), pair)
    messages: list[Message] = []
    kept: list[Pair] = []
    digests: set[str] = set()
    for message in catalog.messages:
        found = None if message.obsolete else wanted.get(message.key)
        is_ours = not message.msgstr or _digest(message) in earlier
        if found is None or message.msgid_plural is not None:
            messages.append(message)
        elif is_ours:
            messages.append(_taken(message, found))
            digests.add(_digest(messages[-1]))
        else:
            messages.append(message)
            if message.msgstr != found.msgstr:
                kept.append(found)
    return Adopted(replace(catalog, messages=tuple(messages)), tuple(kept), frozenset(digests))


def _taken(message: Message, pair: Pair) -> Message:
    comments = tuple(each for each in message.comments if not each.startswith(COMMENT))
    flags = tuple(flag for flag in message.flags if flag != "fuzzy")
    if pair.doubt is not None:
        comments = (*comments, COMMENT + pair.doubt.reason)
        flags = ("fuzzy", *flags)
    return replace(message, msgstr=pair.msgstr, comments=comments, flags=flags, previous=None)


def _digest(message: Message) -> str:
    """Give a short digest of a message and its translation, fuzzy or not."""
    parts = (message.msgctxt or "", message.msgid, message.msgstr, str(message.is_fuzzy))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
