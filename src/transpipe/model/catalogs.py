"""Catalogs, and the messages they hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from babel import Locale


class State(StrEnum):
    """The state of a message; exactly one."""

    UNTRANSLATED = "untranslated"
    FUZZY = "fuzzy"
    TRANSLATED = "translated"
    OBSOLETE = "obsolete"


MessageKey = tuple[str | None, str]
"""What identifies a message in a catalog: (msgctxt, msgid)."""


@dataclass(frozen=True, slots=True)
class Previous:
    """The source text a fuzzy translation was written for (``#|`` lines)."""

    msgid: str | None = None
    msgctxt: str | None = None
    msgid_plural: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a PO file, by the GNU gettext manual, "The Format of PO Files"."""

    msgid: str
    msgstr: str = ""
    msgctxt: str | None = None
    msgid_plural: str | None = None
    msgstr_plural: tuple[str, ...] = ()
    """``msgstr[0]``, ``msgstr[1]`` …; empty unless ``msgid_plural`` is set."""
    flags: tuple[str, ...] = ()
    """The words of the ``#,`` lines, in their order."""
    references: tuple[str, ...] = ()
    """The words of the ``#:`` lines: ``path`` or ``path:line``."""
    comments: tuple[str, ...] = ()
    """Translator comments: the lines that begin with ``#`` and a space, without them."""
    extracted_comments: tuple[str, ...] = ()
    """The author's comments: the ``#.`` lines."""
    previous: Previous | None = None
    obsolete: bool = False
    line: int | None = field(default=None, compare=False)
    """The line of ``msgid`` in the file it was read from, counted from 1."""

    @property
    def key(self) -> MessageKey:
        """(msgctxt, msgid)."""
        return (self.msgctxt, self.msgid)

    @property
    def is_fuzzy(self) -> bool:
        """Whether the ``fuzzy`` flag is set."""
        return "fuzzy" in self.flags

    @property
    def has_translation(self) -> bool:
        """Whether the msgstr, or its first plural form, holds text: what msgfmt asks for."""
        if self.msgid_plural is not None:
            return bool(self.msgstr_plural) and bool(self.msgstr_plural[0])
        return bool(self.msgstr)

    @property
    def state(self) -> State:
        """The state, as ``msgfmt --statistics`` counts it."""
        if self.obsolete:
            return State.OBSOLETE
        if not self.has_translation:
            return State.UNTRANSLATED
        return State.FUZZY if self.is_fuzzy else State.TRANSLATED


@dataclass(frozen=True, slots=True)
class Catalog:
    """The messages of one domain in one locale. A template is a catalog without a locale."""

    domain: str
    """The document's name."""
    locale: Locale | None
    header: Message
    """The entry with the empty msgid: its msgstr holds the header fields, a line each."""
    messages: tuple[Message, ...]
    """Every other entry in the order of the file, obsolete ones included."""

    def header_field(self, name: str) -> str | None:
        """Give a header field's value, ``None`` where there is none. Names ignore case."""
        for entry in self.header.msgstr.split("\n"):
            key, colon, value = entry.partition(":")
            if colon and key.strip().lower() == name.lower():
                return value.strip()
        return None
