"""Counting the words of source text as its reader would, one text at a time or very many at once.

Both ways count the same: a test compares them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from transpipe.catalogs._strings import unescape

SEPARATOR = b"\x04"
"""Stands between texts that are counted together: no string of a PO file holds it."""

# No two matches that are tried share more than a bounded run of characters, so that the time is
# that of the length of the text, whatever it holds. None goes beyond the end of a message.
_REST_TARGET = r"<(?<=[\s]<)[^<>\s\x04]++>(?=`)"
_AUTOLINK = r"<((?:[A-Za-z][A-Za-z0-9+.-]+:|[\w.+-]+@)[^<>\s\x04]*)>"
_TAG = r"</?[A-Za-z][^<>\x04]*+>"
_LINK_TARGET = r"\]\([^()\s\x04]*+(?:\s++\"[^\"\x04]*+\")?+\)"
_IMAGE = r"!\[[^\[\]\x04]*+" + _LINK_TARGET
_PATTERNS = (_REST_TARGET, _AUTOLINK, _TAG, _IMAGE, _LINK_TARGET)


@cache
def _in_text() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, _PATTERNS))


@cache
def _in_bytes() -> tuple[re.Pattern[bytes], ...]:
    # A quotation mark has a backslash before it.
    return tuple(re.compile(pattern.replace('\\"', r"\\\"").encode()) for pattern in _PATTERNS)


_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
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
    if not text.isascii():
        text, ideographs = _IDEOGRAPH.subn(" ", text)
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
_SHAPE = bytes(ord("a") if byte in _LETTERS else ord(" ") for byte in range(256))
_NO_SHAPE = bytes(set(range(256)) - set(_BLANKS) - set(_LETTERS))


def count_words_in_all(texts: Collection[bytes]) -> int:
    """Count the words of many texts, each as it stands between the quotes of a PO file, in UTF-8.

    The escapes in them are of one letter.
    """
    joined = SEPARATOR.join(texts)
    words = _count_runs(joined)
    if joined.isascii() and not any(mark in joined for mark in _MARKUP):
        return words
    # Few texts hold more than words: these are counted anew, with care. To look for one byte takes
    # a fraction of the time of looking for a string of one.
    special = [
        text
        for text in texts
        if _LESS in text or _ESCAPE in text or _BRACKET in text or not text.isascii()
    ]
    return words - _count_runs(SEPARATOR.join(special)) + _count_special(special)


_MARKUP = (b"<", b"\\", b"](")
_LESS, _ESCAPE, _BRACKET = b"<\\]"


def _count_runs(text: bytes) -> int:
    """Count what holds a letter or a digit between blanks."""
    # What is neither a letter nor a blank goes; then each letter behind a blank begins a word.
    shape = text.translate(_SHAPE, _NO_SHAPE)
    return shape.count(b" a") + shape.startswith(b"a")


def _count_special(texts: Collection[bytes]) -> int:
    simple = [text for text in texts if text.isascii() and b"<!--" not in text]
    text = _without_markup(_resolved(SEPARATOR.join(simple)))
    words = _count_runs(text)
    if len(simple) < len(texts):
        others = [text for text in texts if not text.isascii() or b"<!--" in text]
        words += sum(count_words(unescape(text.decode())) for text in others)
    return words


# A pattern of one character and a look ahead is found faster than its characters together.
_LINK = re.compile(rb"\](?=\()")
_ANY_ESCAPE = re.compile(rb"\\(.)")
_OTHER_ESCAPE = re.compile(rb"\\[^n\"]")
_BACKSLASH = b"\x01"
"""Stands for a backslash while escapes are resolved: no key holds a control character."""


def _resolved(text: bytes) -> bytes:
    """Resolve escapes as far as it matters: quotation marks keep their backslash."""
    if not _OTHER_ESCAPE.search(text):
        return text.replace(rb"\n", b"\n") if b"\\" in text else text
    simpler = text.replace(rb"\\", _BACKSLASH)
    if _OTHER_ESCAPE.search(simpler):
        return _ANY_ESCAPE.sub(_meaning, text)
    return simpler.replace(rb"\n", b"\n").replace(_BACKSLASH, b"\\")


def _meaning(match: re.Match[bytes]) -> bytes:
    return match[0] if match[1] in b'"' else unescape(match[0].decode()).encode()


def _without_markup(text: bytes) -> bytes:
    rest_target, autolink, tag, image, link_target = _in_bytes()
    if b"<" in text:
        text = rest_target.sub(b"", text)
    if b"<" in text:
        text = tag.sub(b"", autolink.sub(rb"\1", text))
    if _LINK.search(text):
        text = link_target.sub(b"]", image.sub(b"", text))
    return text
