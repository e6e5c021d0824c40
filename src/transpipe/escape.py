"""Showing text that others wrote: what a terminal would obey or a reader not see is spelled out."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_BIDIRECTIONAL = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def is_unsafe(character: str) -> bool:
    """Whether a character is a control, a bidirectional control, or no character at all."""
    return character in _BIDIRECTIONAL or unicodedata.category(character) in (
        "Cc",
        "Cs",
        "Zl",
        "Zp",
    )


def visible(text: str) -> str:
    r"""Spell out every unsafe character, line breaks included: the result is one line.

    >>> visible("a\x1b[31mb\nc")
    'a\\x1b[31mb\\nc'
    """
    if text.isprintable():  # as almost every text is: nothing of it is unsafe then
        return text
    return "".join(_spelled(character) if is_unsafe(character) else character for character in text)


def _spelled(character: str) -> str:
    code = ord(character)
    return _SHORT.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def json_text(value: Any) -> str:
    """Write JSON that is read by people too: letters as they are, unsafe characters escaped.

    What a program reads back is the value, unchanged.
    """
    import json  # late: little of what is shown is JSON

    text = json.dumps(value, ensure_ascii=False, indent=2)
    # Line breaks between the values are ours: those inside are escaped already.
    return "\n".join(map(_json_line, text.split("\n"))) + "\n"


def _json_line(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(
        f"\\u{ord(character):04x}" if is_unsafe(character) else character for character in line
    )


def markdown_code(text: str) -> str:
    """Write text as code in GitHub's Markdown, inside a table too, with no markup read in it."""
    return f"<code>{markdown_text(text)}</code>"


def markdown_text(text: str) -> str:
    """Write text in GitHub's Markdown with no markup, mention or address read in it."""
    return re.sub(r"[^\w\s/.,()%?!;:-]|_|:(?=\S)|(?<=www)\.", _entity, visible(text))


def _entity(match: re.Match[str]) -> str:
    character = match[0]
    return f"&#{ord(character)};" if character.isascii() else character
