"""The strings of PO files: what stands between the quotes, and what it means."""

from __future__ import annotations

import re

_ESCAPES = {
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    '"': '"',
    "\\": "\\",
}
_NAMES = {meaning: "\\" + name for name, meaning in _ESCAPES.items()}
_SIMPLE = re.compile(r'\\([abfnrtv"\\])')
_ANY = re.compile(r'\\(?:([abfnrtv"\\])|([0-7]{1,3})|x([0-9a-fA-F]+)|(\n))?')
_TO_ESCAPE = re.compile(r'[\x00-\x1f"\\\x7f]')


class EscapeError(ValueError):
    """A backslash that begins no escape sequence, or bytes that are no text."""


def unescape_simple(text: str) -> str:
    """Resolve one-letter escapes; the text is known to hold no other."""
    return _SIMPLE.sub(_meaning, text)


def _meaning(match: re.Match[str]) -> str:
    return _ESCAPES[match[1]]


def unescape(text: str) -> str:
    r"""Resolve every escape that GNU gettext knows: letters, ``\ooo``, ``\xhh``, a line's end.

    :raises EscapeError: in words, for any other.
    """
    if "\\" not in text:
        return text
    data = bytearray()
    end = 0
    for match in _ANY.finditer(text):
        data += text[end : match.start()].encode("utf-8")
        data += _escaped_bytes(match, text)
        end = match.end()
    data += text[end:].encode("utf-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        reason = f"the escape \\x{data[problem.start]:02x} makes no UTF-8 character"
        raise EscapeError(reason) from problem


def _escaped_bytes(match: re.Match[str], text: str) -> bytes:
    letter, octal, hexadecimal, newline = match.groups()
    if letter:
        return _ESCAPES[letter].encode("ascii")
    if octal:
        return bytes([int(octal, 8) & 0xFF])
    if hexadecimal:
        return bytes([int(hexadecimal, 16) & 0xFF])
    if newline:
        return b""
    reason = f"invalid escape {text[match.start() : match.start() + 2]}"
    raise EscapeError(reason)


def escape(text: str) -> str:
    """Write a text as it stands between the quotes of a PO file."""
    return _TO_ESCAPE.sub(_name, text)


def _name(match: re.Match[str]) -> str:
    character = match[0]
    return _NAMES.get(character) or f"\\{ord(character):03o}"
