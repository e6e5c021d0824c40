"""How a translation goes from an old message to a new one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from transpipe.model import Message, Previous


def holds_text(message: Message) -> bool:
    """Whether a translator wrote anything, be it one plural form of several."""
    return bool(message.msgstr) or any(message.msgstr_plural)


def untranslated(message: Message, forms: int) -> Message:
    """Make the entry of a message without a translation.

    :param forms: how many plural forms the language has.
    """
    return replace(
        message,
        msgstr="",
        msgstr_plural=() if message.msgid_plural is None else ("",) * forms,
        flags=_without_fuzzy(message.flags),
    )


def carry_whole(message: Message, old: Message, forms: int) -> Message:
    """Give a message of a template the translation of the same message, in the state it has.

    References, the author's comments and format flags are the template's, all else the old one's.
    A message that gained, lost or changed its plural is another text: it becomes fuzzy.

    :param forms: how many plural forms the language has.
    """
    if _says_the_same(message, old):
        return old
    if message.msgid_plural != old.msgid_plural:
        if holds_text(old):
            return carry_near(message, old, forms)
        old = replace(untranslated(message, forms), flags=old.flags, comments=old.comments)
    return replace(
        message,
        msgstr=old.msgstr,
        msgstr_plural=old.msgstr_plural,
        flags=_flags(message, old),
        comments=old.comments,
        previous=old.previous,
    )


def _says_the_same(message: Message, old: Message) -> bool:
    """Whether nothing that comes from a template changes: so it is with most messages."""
    return (
        not (old.obsolete or old.flags or message.flags)
        and message.references == old.references
        and message.extracted_comments == old.extracted_comments
        and message.msgid_plural == old.msgid_plural
        and message.key == old.key
    )


def carry_near(message: Message, old: Message, forms: int) -> Message:
    """Give a message the translation of another as a fuzzy one, with the msgid that was for.

    A translation that was fuzzy already keeps the earliest msgid known.

    :param forms: how many plural forms the language has.
    """
    previous = old.previous if old.is_fuzzy else None
    msgstr, plural, lost = _reshaped(message, old, forms)
    return replace(
        message,
        msgstr=msgstr,
        msgstr_plural=plural,
        flags=("fuzzy", *_without_fuzzy(_flags(message, old))),
        comments=(*old.comments, *lost),
        previous=previous or Previous(old.msgid, old.msgctxt, old.msgid_plural),
    )


def carry_edited(message: Message, old: Message, msgstr: str) -> Message:
    """Give a message the translation of another that says the same, in which the edit was made.

    :param msgstr: that of the old message with the edit, as :func:`harmless_edit` has it.
    """
    return replace(message, msgstr=msgstr, flags=_flags(message, old), comments=old.comments)


def make_obsolete(message: Message) -> Message:
    """Set a message aside: what the template gave it goes, what the translator wrote stays."""
    return replace(message, obsolete=True, references=(), extracted_comments=())


def with_comments(message: Message, comments: Iterable[str]) -> Message:
    """Put translator comments first, each once."""
    return replace(message, comments=tuple(dict.fromkeys((*comments, *message.comments))))


def _reshaped(
    message: Message, old: Message, forms: int
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Fit a msgstr to a message with or without plural; what finds no place is a comment."""
    if message.msgid_plural is None and old.msgid_plural is None:
        return old.msgstr, (), ()
    if message.msgid_plural is None:
        first, *others = (text for text in old.msgstr_plural if text)
        return first, (), tuple(text for other in others for text in other.split("\n"))
    if old.msgid_plural is None:
        return "", (old.msgstr,) * forms, ()
    return "", old.msgstr_plural, ()


def _flags(message: Message, old: Message) -> tuple[str, ...]:
    """Keep the old flags; those that tell a format are the template's."""
    kept = (flag for flag in old.flags if not _is_format(flag) or flag in message.flags)
    return tuple(dict.fromkeys((*kept, *_without_fuzzy(message.flags))))


def _is_format(flag: str) -> bool:
    return flag.endswith("-format") or flag.startswith("range:")


def _without_fuzzy(flags: Iterable[str]) -> tuple[str, ...]:
    return tuple(flag for flag in flags if flag != "fuzzy")
