"""Counting the messages of a PO file without reading them one by one.

A file laid out as the gettext programs write it is checked as a whole, and its messages are
counted in bulk, on bytes. For any other file there is the strict reader: :func:`count_catalog`.
Both give the same counts, and know a message by the same bytes.
"""

from __future__ import annotations

import re
from codecs import utf_8_decode
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import compress
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from transpipe import files
from transpipe.catalogs._strings import escape, unescape
from transpipe.catalogs.words import SEPARATOR, count_words_in_all
from transpipe.errors import CatalogError
from transpipe.model import Counts, Tally

if TYPE_CHECKING:
    from transpipe.model import Catalog, Message

Key = bytes
"""A msgid as a PO file has it on one line; before it its context, if any, and a separator."""


@dataclass(frozen=True, slots=True)
class CountedCatalog:
    """The messages of a catalog by state, obsolete ones and the header left out."""

    keys: tuple[Key, ...]
    """Every message, in the order of the file."""
    fuzzy: frozenset[Key]
    untranslated: frozenset[Key]
    source_language: str | None
    """What the header says, as it is written there."""
    words: int | None = field(default=None, compare=False)
    """Of all messages; None where they have not been counted yet."""

    @property
    def tally(self) -> Tally:
        """The counts in messages, and in words of the msgids."""
        return tally_of(self.keys, self.fuzzy, self.untranslated, self.words)


def tally_of(
    keys: Collection[Key],
    fuzzy: Collection[Key],
    untranslated: Collection[Key],
    words_of_all: int | None = None,
) -> Tally:
    """Count messages; one that is neither fuzzy nor untranslated is translated.

    :param words_of_all: if they have been counted.
    """
    parts = (len(fuzzy), len(untranslated))
    total = _words(keys) if words_of_all is None else words_of_all
    words = [_words(part) if len(part) < len(keys) else total for part in (fuzzy, untranslated)]
    return Tally(Counts(len(keys) - sum(parts), *parts), Counts(total - sum(words), *words))


def _words(keys: Collection[Key]) -> int:
    if not keys:
        return 0
    if _WITH_CONTEXT[0] in map(itemgetter(0), keys):
        keys = [key.rpartition(SEPARATOR)[2] for key in keys]
    return count_words_in_all(SEPARATOR.join(keys))


def count_po(path: Path, data: bytes | None = None, *, words: bool = False) -> CountedCatalog:
    """Count the messages of a PO file, much faster than it can be read.

    :param path: of the file; named in errors.
    :param data: what the file holds, if that is not to be read from the disk.
    :param words: whether to count words at once, while all is at hand: sooner than later on.
    :raises CatalogError: as :func:`transpipe.catalogs.pofile.read_po` does.
    """
    if data is None:
        data = files.read_bytes(path, CatalogError)
    counted = count_text(data, words=words)
    if counted is not None:
        return counted
    # Imported late, because most files need no more than what is here.
    from transpipe.catalogs.pofile import parse_po

    return count_catalog(parse_po(files.decoded(data, path, CatalogError), path, "").catalog)


# ------------------------------------------------------------------------- by the strict reader


def count_catalog(catalog: Catalog) -> CountedCatalog:
    """Count the messages of a catalog that was read."""
    active = [message for message in catalog.messages if not message.obsolete]
    untranslated = frozenset(key_of(one) for one in active if not one.has_translation)
    return CountedCatalog(
        tuple(map(key_of, active)),
        frozenset(key_of(one) for one in active if one.is_fuzzy) - untranslated,
        untranslated,
        catalog.header_field("X-Source-Language"),
    )


def key_of(message: Message) -> Key:
    """Give the bytes that a message is known by."""
    msgid = _QUOTED % escape(message.msgid).encode()
    if message.msgctxt is None:
        return msgid
    return _with_context(_QUOTED % escape(message.msgctxt).encode(), msgid)


def msgid_of(key: Key) -> str:
    """Give the msgid that a message is known by."""
    return unescape(key.rpartition(SEPARATOR)[2][1:-2].decode())


_QUOTED = b'"%s"\n'
_WITH_CONTEXT = b"msgctxt "


def _with_context(msgctxt: bytes, msgid: bytes) -> Key:
    return _WITH_CONTEXT + msgctxt + SEPARATOR + msgid


# ------------------------------------------------------------------------------- by its bytes

# Characters with two spellings are left out, and so are escapes of more than one letter: a file
# that holds one goes to the strict reader.
_PLAIN = rb"[ !#-\[\]-~\x80-\xff]*+"
_JOINT = b'"\n%b"'
"""What stands between two strings that follow each other, with the mark of the lines in it."""
_OBSOLETE = b"#~ "


def _word(mark: bytes, word: bytes, group: bytes = b"(?:") -> bytes:
    """Make a pattern of a word and its string, on one line or more."""
    joint_or_escape = rb"(?:" + _JOINT % mark + rb'|\\["\\nrtabfv])'
    string = b'"' + _PLAIN + b"(?:" + joint_or_escape + _PLAIN + b')*+"\n'
    return mark + word + b" " + group + string + b")"


_COMMENTS = rb"(?:\n|\#(?![~|]).*\n)*+"
# Comments that hold no flags; then, to be kept, flags and what stands below them.
_FLAGS = rb"(?:\n|\#(?![~|,!]).*\n)*+((?:\#[,!].*\n" + _COMMENTS + b")?+)"
_EMPTY = b'""\n(?:%b""\n)*+(?!%b")'
_REST = rb"|((?s:.++))"


def _entries_with(mark: bytes) -> re.Pattern[bytes]:
    """Make a pattern of the usual entries: flags, msgctxt, msgid, an empty msgstr; or the rest."""
    return re.compile(
        _FLAGS
        + b"(?:" + _word(mark, b"msgctxt", b"(") + b")?+" + _word(mark, b"msgid", b"(")
        + b"(?:" + mark + b"msgstr (" + _EMPTY % (mark, mark) + b")|"
        + _word(mark, b"msgstr") + b")"
        + _REST
    )  # fmt: skip


def _previous(mark: bytes) -> bytes:
    msgctxt, msgid, plural = (_word(mark, name) for name in (b"msgctxt", b"msgid", b"msgid_plural"))
    return b"(?:(?:" + msgctxt + b")?+" + msgid + b"(?:" + plural + b")?+)?+"


_USUAL_ENTRIES = _entries_with(b"")


@cache
def _usual_obsolete_entries() -> re.Pattern[bytes]:
    return _entries_with(_OBSOLETE)


@cache
def _all_entries() -> re.Pattern[bytes]:
    """Make a pattern of every entry: as above, and with what stood there before, and plurals."""
    return re.compile(
        _FLAGS + b"(?:"
        # an entry: msgctxt, msgid, an empty msgstr, the forms of a plural,
        + _previous(rb"\#\| ")
        + b"(?:" + _word(b"", b"msgctxt", b"(") + b")?+"
        + _word(b"", b"msgid", b"(")
        + b"(?:msgstr (" + _EMPTY % (b"", b"") + b")|" + _word(b"", b"msgstr")
        + b"|" + _word(b"", b"msgid_plural") + b"((?:" + _word(b"", rb"msgstr\[[0-5]\]") + b")++))"
        # or an obsolete one: msgctxt, msgid;
        + b"|" + _previous(rb"\#~\| ")
        + b"(?:" + _word(_OBSOLETE, b"msgctxt", b"(") + b")?+"
        + _word(_OBSOLETE, b"msgid", b"(")
        + _word(_OBSOLETE, b"msgstr")
        # else all the rest.
        + b")" + _REST
    )  # fmt: skip


_HEADER = re.compile(_COMMENTS + rb'(?=msgid ""\nmsgstr)msgid ""\n' + _word(b"", b"msgstr", b"("))
_END = re.compile(_COMMENTS)
_FUZZY = re.compile(rb"^\#[,!](?:.*[ \t\r\f\v,])?fuzzy(?=[\s,])", re.MULTILINE)
_FORM = re.compile(rb"^msgstr\[([0-9])\]", re.MULTILINE)
_FIRST_EMPTY = re.compile(rb"msgstr\[0\] " + _EMPTY % (b"", b""))


@dataclass(slots=True)
class _Entries:
    """What is known of the entries of a file, in columns."""

    keys: list[Key]
    flags: list[bytes]
    empty: list[bytes]
    """Not empty where the msgstr is."""
    obsolete: list[Key]
    texts: list[bytes]
    """The msgids, joined."""


def count_text(data: bytes, *, words: bool = False) -> CountedCatalog | None:
    """Count the messages of a PO file; None where its layout asks for the strict reader.

    :param data: the whole file.
    :param words: whether to count words too.
    """
    header = _HEADER.match(data)
    language = _source_language(header[1]) if header and _is_utf8(data) else None
    if header is None or language is None:
        return None
    entries = _entries(data, header.end())
    if entries is None:
        return None
    keys = entries.keys
    if len({*keys, *entries.obsolete, _QUOTED % b""}) <= len(keys) + len(entries.obsolete):
        return None
    untranslated = frozenset(compress(keys, entries.empty))
    flags = entries.flags
    fuzzy = frozenset(
        key for key, flag in compress(zip(keys, flags, strict=True), flags) if _FUZZY.search(flag)
    )
    return CountedCatalog(
        tuple(keys),
        fuzzy - untranslated,
        untranslated,
        language or None,
        sum(map(count_words_in_all, entries.texts)) if words else None,
    )


def _entries(data: bytes, start: int) -> _Entries | None:
    """Take the entries of a file apart: the usual ones fast, what is left with more care."""
    rows, rest = _parted(_USUAL_ENTRIES.findall(data, start))
    flags, contexts, msgids, empty, _ = zip(*rows, strict=True) if rows else ((),) * 5
    text = _on_one_line(msgids, b"")
    result = _Entries(_keys(contexts, text, b""), list(flags), list(empty), [], [text])
    if rest:
        rows, rest = _parted(_usual_obsolete_entries().findall(rest))
        text = _on_one_line([row[2] for row in rows], _OBSOLETE)
        result.obsolete += _keys([row[1] for row in rows], text, _OBSOLETE)
    if _END.fullmatch(rest):
        return result
    rows, rest = _parted(_all_entries().findall(rest))
    active = [row for row in rows if row[2]]
    obsolete = [row for row in rows if row[6]]
    if not _END.fullmatch(rest) or not all(map(_are_in_order, (row[4] for row in active))):
        return None
    text = _on_one_line([row[2] for row in active], b"")
    result.texts.append(text)
    result.keys += _keys([row[1] for row in active], text, b"")
    result.flags += [row[0] for row in active]
    result.empty += [row[3] or _first_empty(row[4]) for row in active]
    text = _on_one_line([row[6] for row in obsolete], _OBSOLETE)
    result.obsolete += _keys([row[5] for row in obsolete], text, _OBSOLETE)
    return result


def _parted(found: list[tuple[bytes, ...]]) -> tuple[list[tuple[bytes, ...]], bytes]:
    """Part the entries that a pattern found from the rest."""
    return (found[:-1], found[-1][-1]) if found and found[-1][-1] else (found, b"")


def _on_one_line(strings: Sequence[bytes], mark: bytes) -> bytes:
    """Join strings, each brought to one line."""
    # Taking apart and joining is faster than replacing with nothing.
    return b"".join(SEPARATOR.join(strings).split(_JOINT % mark))


def _keys(contexts: Sequence[bytes], text: bytes, mark: bytes) -> list[Key]:
    keys = text.split(SEPARATOR) if text else []
    if any(contexts):
        joined = _on_one_line(contexts, mark).split(SEPARATOR)
        pairs = zip(joined, keys, strict=True)
        return [_with_context(one, key) if one else key for one, key in pairs]
    return keys


def _are_in_order(forms: bytes) -> bool:
    """Whether the forms of a plural, if there are any, are numbered from 0 on."""
    return b"012345".startswith(b"".join(_FORM.findall(forms)))


def _first_empty(forms: bytes) -> bytes:
    match = _FIRST_EMPTY.match(forms)
    return match[0] if match else b""


_PIECE = 1 << 15
"""Bytes that are decoded at a time: what is made of more asks the system for memory anew."""


def _is_utf8(data: bytes) -> bool:
    view = memoryview(data)
    start = 0
    try:
        while start < len(data):
            end = start + _PIECE
            start += utf_8_decode(view[start:end], "strict", end >= len(data))[1]
    except UnicodeDecodeError:
        return False
    return True


_USUAL = b"content-type: text/plain; charset=utf-8\\n"
_MANY_FORMS = re.compile(rb"nplurals\s*=\s*[0-9]{3}")
_LANGUAGE = re.compile(rb"X-Source-Language:([^\\]*)\\n")


def _source_language(header: bytes) -> str | None:
    """Give a header's source language, ``""`` without one; None for an unusual header."""
    text = header.replace(_JOINT % b"", b"")
    lower = text.lower()
    if _USUAL not in lower or lower.count(b"charset=") > 1 or _MANY_FORMS.search(text):
        return None
    if b"source-language" not in lower:
        return ""
    match = _LANGUAGE.search(text)
    return match[1].decode().strip() if match else None
