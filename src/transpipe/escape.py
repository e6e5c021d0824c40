"""Showing text that others wrote: what a terminal would obey or a reader not see is spelled out."""

from __future__ import annotations

import re
from typing import Any

_UNSAFE = re.compile(
    "[\0-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029"  # controls, no characters, line separators
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of text
    "\u00ad\u180e\u200b\u2060-\u2064\ufeff\U000e0000-\U000e007f]"  # what nobody sees
)
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def is_unsafe(character: str) -> bool:
    """Whether a character is a control, turns the direction of text, or is not seen or none."""
    return _UNSAFE.match(character) is not None


def visible(text: str) -> str:
    r"""Spell out every unsafe character, line breaks included: the result is one line.

    >>> visible("a\x1b[31mb\nc")
    'a\\x1b[31mb\\nc'
    """
    return _UNSAFE.sub(_spelled, text)


def _spelled(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if code > 0xFFFF:
        return f"\\U{code:08x}"
    return _SHORT.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def json_text(value: Any) -> str:
    """Write JSON that is read by people too: letters as they are, unsafe characters escaped.

    What a program reads back is the value, unchanged.
    """
    import json  # late: little of what is shown is JSON

    text = json.dumps(value, ensure_ascii=False, indent=2)
    # Line breaks between the values are ours: those inside are escaped already.
    lines = (_UNSAFE.sub(lambda m: json.dumps(m[0])[1:-1], line) for line in text.split("\n"))
    return "\n".join(lines) + "\n"


def markdown_code(text: str) -> str:
    """Write text as code in GitHub's Markdown, inside a table too, with no markup read in it."""
    return f"<code>{markdown_text(text)}</code>"


def markdown_text(text: str) -> str:
    """Write text in GitHub's Markdown with no markup, mention or address read in it."""
    return re.sub(r"[^\w\s/.,()%?!;:-]|_|:(?=\S)|(?<=www)\.", _entity, visible(text))


def _entity(match: re.Match[str]) -> str:
    character = match[0]
    return f"&#{ord(character)};" if character.isascii() else character
