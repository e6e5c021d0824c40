"""Counting the words of source text as its reader would, one text at a time or very many at once.

Both ways count the same: a test compares them.
"""

from __future__ import annotations

import re
from functools import cache

from transpipe.catalogs._strings import unescape

SEPARATOR = b"\x04"
"""Stands between texts that are counted together: no string of a PO file holds it."""

# No two matches that are tried share more than a bounded run of characters, so that the time is
# that of the length of the text, whatever it holds. None goes beyond the end of a message.
_REST_TARGET = r"<(?<=[\s]<)[^<>\s\x04]++>(?=`)"
_AUTOLINK = r"<((?:[A-Za-z][A-Za-z0-9+.-]+:|[\w.+-]+@)[^<>\s\x04]*)>"
_TAG = r"</?[A-Za-z][^<>\x04]*+>"
_LINK_TARGET = r"\]\([^()\s\x04]*+(?:\s++%s)?+\)"
_IMAGE = r"!\[[^\[\]\x04]*+" + _LINK_TARGET
_PATTERNS = (_REST_TARGET, _AUTOLINK, _TAG, _IMAGE, _LINK_TARGET)
_TITLE = r'"[^"\x04]*+"'
_TITLE_IN_BYTES = r'\\"(?:[^"\\\x04]++|\\(?!"))*+\\"'
"""Where a quotation mark has a backslash before it."""


@cache
def _in_text() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern.replace("%s", _TITLE)) for pattern in _PATTERNS)


@cache
def _in_bytes() -> tuple[re.Pattern[bytes], ...]:
    return tuple(
        re.compile(pattern.replace("%s", _TITLE_IN_BYTES).encode()) for pattern in _PATTERNS
    )


_PERHAPS_IDEOGRAPH = re.compile("[\u3040-\uffff]")


@cache
def _ideograph() -> re.Pattern[str]:
    return re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


_WORD = re.compile(r"[^\W_]\S*")  # from its first letter or digit to its end: one match a word


def count_words(text: str) -> int:
    """Count the words of a text as a reader would.

    A word is what stands between blanks and holds a letter or a digit: a dash, ``**`` or ``|``
    alone is none, ``don't``, ``state-of-the-art`` and a whole URL are one each. Of markup only
    what is read counts: not HTML tags and comments, not link targets, and not the text of an image
    in it, which is a message of its own. The name of a role is part of the word behind it. An
    ideograph or a kana counts as a word, as such text has no blanks.

    >>> count_words("See [the *full* guide](https://example.org/a/b), **now** – please!")
    6
    >>> count_words("Read :doc:`the guide <intro>` at https://example.org/a/b.")
    5
    """
    rest_target, autolink, tag, image, link_target = _in_text()
    if "<" in text:
        text = tag.sub("", autolink.sub(r"\1", rest_target.sub("", _without_comments(text))))
    if "](" in text:
        text = link_target.sub("]", image.sub("", text))
    ideographs = 0
    if not text.isascii() and _PERHAPS_IDEOGRAPH.search(text):
        text, ideographs = _ideograph().subn(" ", text)
    return ideographs + len(_WORD.findall(text))


def _without_comments(text: str) -> str:
    """Take out HTML comments; what is not closed is none."""
    kept = []
    position = 0
    while (start := text.find("<!--", position)) >= 0:
        end = text.find("-->", start + len("<!--"))
        if end < 0:
            break
        kept.append(text[position:start])
        position = end + len("-->")
    return "".join((*kept, text[position:]))


# --------------------------------------------------------------------- very many at once

_LETTERS = bytes(byte for byte in range(128) if chr(byte).isalnum())
_BLANKS = bytes(byte for byte in range(128) if chr(byte).isspace()) + SEPARATOR
_SHAPE = bytes(ord("1") if byte in _LETTERS else ord("0") for byte in range(256))
_NO_SHAPE = bytes(set(range(256)) - set(_BLANKS) - set(_LETTERS))


def count_words_in_all(joined: bytes) -> int:
    """Count the words of many texts, each as it stands between the quotes of a PO file, in UTF-8.

    The escapes in them are of one letter.

    :param joined: the texts, with a separator between them.
    """
    words = _count_usual(joined)
    if joined.isascii() and not _COMMENT.search(joined):
        return words
    # Few texts hold other letters, or comments: these are counted anew, with care.
    texts = joined.split(SEPARATOR)
    others = [text for text in texts if not text.isascii() or (_LESS in text and b"<!--" in text)]
    counts = (count_words(unescape(text.decode())) for text in others)
    return words - _count_usual(SEPARATOR.join(others)) + sum(counts)


_LESS = ord("<")


def _count_usual(text: bytes) -> int:
    """Count words as if there were no letters but those of English, and no HTML comments."""
    # Backslashes are no part of what makes a word, so that of escapes only those matter that may
    # be a blank. Of what is to be a link, more is asked.
    has_links = _LINK.search(text) is not None
    if has_links or _LETTER_ESCAPE.search(text):
        text = _ESCAPE.sub(_meaning, text)
    rest_target, autolink, tag, image, link_target = _in_bytes()
    if b"<" in text:
        text = rest_target.sub(b"", text)
    if b"<" in text:
        text = tag.sub(b"", autolink.sub(rb"\1", text))
    if has_links:
        text = link_target.sub(b"]", image.sub(b"", text))
    return _count_runs(text)


# A pattern of one character and a look ahead is found faster than its characters together.
_LINK = re.compile(rb"\](?=\()")
_COMMENT = re.compile(rb"<(?=!--)")
_ESCAPE = re.compile(rb"\\(.)")
_LETTER_ESCAPE = re.compile(rb"\\(?=[a-z])")


def _meaning(match: re.Match[bytes]) -> bytes:
    """Give the meaning of an escape; a quotation mark keeps its backslash."""
    return match[0] if match[1] == b'"' else unescape(match[0].decode()).encode()


def _count_runs(text: bytes) -> int:
    """Count what holds a letter or a digit between blanks."""
    # What is neither a letter nor a blank goes. A bit is left of each character, set for a letter:
    # a word begins with each that is set behind one that is not, and they are counted all at once.
    letters = int(text.translate(_SHAPE, _NO_SHAPE) or b"0", 2)
    return (letters & ~(letters >> 1)).bit_count()
