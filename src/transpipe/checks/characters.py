"""Checks of the characters of a text, in any syntax."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babel import Locale

from transpipe.checks.registry import Context, Fault, check
from transpipe.deeds import is_control
from transpipe.model import Message, Severity

_OVERRIDES = frozenset("\u202d\u202e")
_SEPARATORS = frozenset("\u2028\u2029")
_BYTE_ORDER_MARK = "\ufeff"
_EMBEDDINGS = frozenset("\u202a\u202b\u202c\u2066\u2067\u2068\u2069")
_PERHAPS_CONTROL = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)


def _is_right_to_left(locale: Locale | None) -> bool:
    return locale is not None and locale.text_direction == "rtl"


def _is_hidden_control(character: str, locale: Locale | None) -> bool:
    if character in _EMBEDDINGS:
        # Text in two directions cannot be written without them.
        return not _is_right_to_left(locale)
    if character in _OVERRIDES:
        return True
    return character == "\r" or is_control(character) or character in _SEPARATORS


@check(severity=Severity.ERROR)
def control_character(message: Message, context: Context) -> Iterator[str]:
    r"""Use no control characters that the source does not use.

    They are not seen, and make a text read, or a terminal do, what is not written.

    Bad::

        msgid "Run this"
        msgstr "Ejecute \u001b[2Jesto"

        msgid "Run this"
        msgstr "Ejecute \u202eotse"

        msgid "Run this"
        msgstr "Ejecute esto\u0000"

    Good::

        msgid "Two\nlines,\ta tab"
        msgstr "Dos\nlíneas,\tun tabulador"
    """
    if not _PERHAPS_CONTROL.search(message.msgstr):
        return
    known = set(message.msgid)
    found = {
        character
        for character in message.msgstr
        if character not in known and _is_hidden_control(character, context.locale)
    }
    # At the beginning of a block a byte order mark is taken for that of a file.
    if message.msgstr.lstrip().startswith(_BYTE_ORDER_MARK) and _BYTE_ORDER_MARK not in known:
        found.add(_BYTE_ORDER_MARK)
    if found:
        names = ", ".join(f"U+{ord(character):04X}" for character in sorted(found))
        yield f"control characters that the source does not have: {names}. Take them out."


_TAGS = range(0xE0000, 0xE0080)
_INVISIBLE = frozenset("\u00ad\u200b\u200e\u200f\u2060\u2061\u2062\u2063\u2064\u180e\u061c")
_PERHAPS_INVISIBLE = re.compile(f"[{''.join(_INVISIBLE)}\U000e0000-\U000e007f]")


@check(severity=Severity.WARNING)
def invisible_character(message: Message, context: Context) -> Iterator[str]:
    r"""Use no characters that nobody sees and the source does not use.

    A reader cannot find, copy or search a word that holds one. Emoji, and languages that join
    letters, need joiners; languages written from right to left need marks of direction.

    Bad::

        msgid "The garden"
        msgstr "El jar\u200bdín"

        msgid "The garden"
        msgstr "El jar\u00addín"

    Good::

        msgid "The garden"
        msgstr "El\u00a0jardín"
    """
    if not _PERHAPS_INVISIBLE.search(message.msgstr):
        return
    hidden = _INVISIBLE - set(message.msgid)
    if _is_right_to_left(context.locale):
        hidden = frozenset()
    found = {character for character in message.msgstr if character in hidden}
    found |= {
        character
        for character in message.msgstr
        if ord(character) in _TAGS and character not in message.msgid
    }
    if found:
        names = ", ".join(f"U+{ord(character):04X}" for character in sorted(found))
        yield Fault(f"characters that nobody sees: {names}. Take them out.", sorted(found)[0])


def _mended_edges(message: Message, context: Context) -> str:
    before, after = _edges(message.msgid)
    text = message.msgstr.strip()
    return f"{before}{text}{after}" if text else message.msgstr


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


@check(severity=Severity.WARNING, fix=_mended_edges)
def edge_space(message: Message, context: Context) -> Iterator[str]:
    r"""Begin and end with the spaces and line breaks of the source.

    Bad::

        msgid "One"
        msgstr "Uno "

        msgid "One\n"
        msgstr "Uno"

    Good::

        msgid " and "
        msgstr " y "
    """
    msgid, msgstr = message.msgid, message.msgstr
    if not any(map(str.isspace, (msgid[:1], msgid[-1:], msgstr[:1], msgstr[-1:]))):
        return
    before, after = _edges(msgid), _edges(msgstr)
    for place, source, translation in zip(("begins", "ends"), before, after, strict=True):
        if source != translation:
            yield (
                f"the translation {place} with {_spaces(translation)}, the source with"
                f" {_spaces(source)}: make them the same"
            )


def _spaces(text: str) -> str:
    if not text:
        return "none"
    if set(text) == {" "}:
        return "a space" if len(text) == 1 else f"{len(text)} spaces"
    return "a line break" if text == "\n" else "white space"
