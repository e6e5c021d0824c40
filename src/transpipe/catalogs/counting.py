"""Counting the messages of a PO file without reading them one by one.

A file laid out as the gettext programs write it is checked as a whole, and its messages are
counted in bulk, on bytes. For any other file there is the strict reader: :func:`count_catalog`.
Both give the same counts, and know a message by the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
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

    @property
    def tally(self) -> Tally:
        """The counts in messages, and in words of the msgids."""
        return tally_of(self.keys, self.fuzzy, self.untranslated)


def tally_of(keys: Collection[Key], fuzzy: Collection[Key], untranslated: Collection[Key]) -> Tally:
    """Count messages; one that is neither fuzzy nor untranslated is translated."""
    parts = (len(fuzzy), len(untranslated))
    words = (_words(fuzzy), _words(untranslated))
    return Tally(Counts(len(keys) - sum(parts), *parts), Counts(_words(keys) - sum(words), *words))


def _words(keys: Collection[Key]) -> int:
    if not keys:
        return 0
    if max(keys) >= _WITH_CONTEXT:
        keys = [key.rpartition(SEPARATOR)[2] for key in keys]
    return count_words_in_all(keys)


def count_po(path: Path, data: bytes | None = None) -> CountedCatalog:
    """Count the messages of a PO file, much faster than it can be read.

    :param path: of the file; named in errors.
    :param data: what the file holds, if that is not to be read from the disk.
    :raises CatalogError: as :func:`transpipe.catalogs.pofile.read_po` does.
    """
    if data is None:
        data = files.read_bytes(path, CatalogError)
    counted = count_text(data)
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


def _word(mark: bytes, word: bytes, group: bytes = b"(") -> bytes:
    """Make a pattern of a word and its string."""
    return mark + word + b" " + group + rb'".*"\n(?:' + mark + rb'".*"\n)*+)'


def _previous(mark: bytes) -> bytes:
    msgctxt, msgid, plural = (
        _word(mark, name, b"(?:") for name in (b"msgctxt", b"msgid", b"msgid_plural")
    )
    return b"(?:(?:" + msgctxt + b")?+" + msgid + b"(?:" + plural + b")?+)?+"


_COMMENTS = rb"(?:\n|\#(?![~|]).*\n)*+"
_PLURAL_FORMS = 6
"""No language has more. What has goes to the strict reader."""


def _entry(mark: bytes, previous_mark: bytes) -> re.Pattern[bytes]:
    forms = (_word(mark, rb"msgstr\[%d\]" % number, b"(?:") for number in range(1, _PLURAL_FORMS))
    return re.compile(
        _COMMENTS
        + _previous(previous_mark)
        + b"(?:" + _word(mark, b"msgctxt") + b")?+"
        + _word(mark, b"msgid")
        + b"(?:" + _word(mark, b"msgstr")
        + b"|" + _word(mark, b"msgid_plural", b"(?:") + _word(mark, rb"msgstr\[0\]")
        + b"".join(b"(?:" + form for form in forms) + b")?+" * (_PLURAL_FORMS - 1)
        + b")"
    )  # fmt: skip


@cache
def _active() -> re.Pattern[bytes]:
    return _entry(b"", rb"\#\| ")


@cache
def _obsolete() -> re.Pattern[bytes]:
    return _entry(rb"\#~ ", rb"\#~\| ")


def _run(mark: bytes, previous_mark: bytes) -> re.Pattern[bytes]:
    entry = _word(mark, b"msgid", b"(?:") + _word(mark, b"msgstr", b"(?:")
    return re.compile(b"(?:" + _COMMENTS + _previous(previous_mark) + entry + b")++")


_RUN = _run(b"", rb"\#\| ")
"""Entries with neither context nor plural: nearly all, in nearly every file."""


@cache
def _obsolete_run() -> re.Pattern[bytes]:
    return _run(rb"\#~ ", rb"\#~\| ")


_END = re.compile(_COMMENTS)
_HEADER = re.compile(_COMMENTS + rb'msgid ""\nmsgstr ((?:".*"\n)++)')
_MSGID = re.compile(rb'\nmsgid ((?:".*"\n)++(?:msgstr ""(?=\n(?!")))?+)')
_OBSOLETE_MSGID = re.compile(rb'\n\#~ msgid (".*"\n(?:\#~ ".*"\n)*+)')
_EMPTY = b'msgstr ""'


@cache
def _flagged() -> re.Pattern[bytes]:
    return re.compile(
        rb"(?:\n|\#(?!~).*\n)*+(?:" + _word(b"", b"msgctxt") + b")?+" + _word(b"", b"msgid")
    )


_FUZZY = re.compile(rb"\#[,!](?:.*[ \t,])?fuzzy(?=[\s,])")


@dataclass(slots=True)
class _Found:
    """What was found up to some place of a file."""

    keys: list[Key] = field(default_factory=list)
    untranslated: list[Key] = field(default_factory=list)
    obsolete: list[Key] = field(default_factory=list)


def count_text(data: bytes) -> CountedCatalog | None:
    """Count the messages of a PO file; None where its layout asks for the strict reader.

    :param data: the whole file.
    """
    header = _HEADER.match(data)
    language = _source_language(header[1]) if header and _is_regular(data) else None
    if header is None or language is None:
        return None
    found = _Found()
    position = header.end()
    while position < len(data):
        end = _add_run(found, data, position) or _add_entry(found, data, position)
        if end is None:
            return None
        position = end
    known = {*found.keys, *found.obsolete}
    if len(known) < len(found.keys) + len(found.obsolete) or _QUOTED % b"" in known:
        return None
    untranslated = frozenset(found.untranslated)
    fuzzy = frozenset(_fuzzy(data, header.end())) - untranslated
    return CountedCatalog(tuple(found.keys), fuzzy, untranslated, language or None)


def _add_run(found: _Found, data: bytes, start: int) -> int | None:
    """Add the plain entries from a place on; give where they end, None if there are none."""
    run = _RUN.match(data, start)
    if run is None:
        obsolete = _obsolete_run().match(data, start)
        if obsolete is None:
            return None
        blocks = _OBSOLETE_MSGID.findall(data, start - 1, obsolete.end())
        found.obsolete += SEPARATOR.join(blocks).replace(_OLD_JOINT, b"").split(SEPARATOR)
        return obsolete.end()
    blocks = _MSGID.findall(data, start - 1, run.end())
    joined = SEPARATOR.join(blocks).replace(_JOINT, b"")
    keys = joined.split(SEPARATOR)
    if _EMPTY + SEPARATOR in joined or joined.endswith(_EMPTY):
        empty = [key for key in keys if key.endswith(_EMPTY)]
        found.untranslated += [key.removesuffix(_EMPTY) for key in empty]
        keys = [key.removesuffix(_EMPTY) for key in keys]
    found.keys += keys
    return run.end()


def _add_entry(found: _Found, data: bytes, start: int) -> int | None:
    """Add the entry at a place, or skip the comments at the end of the file."""
    match = _active().match(data, start)
    obsolete = None if match else _obsolete().match(data, start)
    if match:
        msgctxt, msgid, msgstr, form = match.groups()
        key = _key(msgctxt, msgid, _JOINT)
        found.keys.append(key)
        if (msgstr or form).replace(_JOINT, b"") == _QUOTED % b"":
            found.untranslated.append(key)
        return match.end()
    if obsolete:
        found.obsolete.append(_key(obsolete[1], obsolete[2], _OLD_JOINT))
        return obsolete.end()
    end = _END.match(data, start)
    return len(data) if end and end.end() == len(data) else None


_JOINT, _OLD_JOINT = b'"\n"', b'"\n#~ "'
"""What stands between two strings that follow each other."""


def _key(msgctxt: bytes | None, msgid: bytes, joint: bytes) -> Key:
    msgid = msgid.replace(joint, b"")
    return msgid if msgctxt is None else _with_context(msgctxt.replace(joint, b""), msgid)


def _fuzzy(data: bytes, start: int) -> Iterator[Key]:
    """Find the messages with the flag, whether they have a translation or not."""
    at = data.find(b"fuzzy", start)
    while at >= 0:
        line, end = data.rfind(b"\n", 0, at) + 1, data.find(b"\n", at)
        # A flag stands on its own line before the entry; elsewhere the word is only a word.
        if data[line : line + 2] in (b"#,", b"#!") and _FUZZY.match(data, line):
            match = _flagged().match(data, end)
            if match:
                yield _key(match[1], match[2], _JOINT)
        at = data.find(b"fuzzy", end)


# ------------------------------------------------------------------------ what is regular

_ESCAPE = re.compile(rb"\\(?:\"\n|(?s:.))")
_IN_ESCAPES = b"nrtabfv"
_ESCAPES = frozenset((rb"\"", rb"\\", *(b"\\%c" % letter for letter in _IN_ESCAPES)))
"""Any other is resolved by the strict reader."""
_CONTROLS = bytes((*range(32), 127))
"""Characters that have two spellings: a file that holds one itself goes to the strict reader."""


@cache
def _not_in_skeleton(letters: bytes) -> bytes:
    """Give all bytes but quotation marks, controls, and what escapes are made of."""
    return bytes(set(range(256)) - set(letters + b'"\\' + _CONTROLS))


def _is_regular(data: bytes) -> bool:
    """Whether a file is UTF-8, and each string in it is what it seems to be at first sight."""
    if SEPARATOR in data or not _is_utf8(data):
        return False
    # Comments may hold quotes and backslashes of their own; seldom do they.
    return _has_regular_strings(data) or _has_regular_strings(_COMMENT.sub(b"", data))


_COMMENT = re.compile(rb"^\#(?![~|]).*\n", re.MULTILINE)


def _has_regular_strings(data: bytes) -> bool:
    """Whether each line has no quotation marks or two, at its ends, and all escapes are simple."""
    escapes = set(_ESCAPE.findall(data, 0, data.rfind(b"\\") + 2))
    if not escapes <= _ESCAPES:
        return False
    letters = bytes(sorted({escape[-1] for escape in escapes} - set(b'"\\')))
    skeleton = data.translate(None, _not_in_skeleton(letters))
    if b"\\" in skeleton:
        skeleton = _ESCAPE.sub(b"", skeleton)
    # Of lines with two quotation marks, nothing is left but their ends.
    return not skeleton.translate(None, letters).replace(b'""\n', b"").strip(b"\n")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


_USUAL = b"content-type: text/plain; charset=utf-8\\n"
_MANY_FORMS = re.compile(rb"nplurals\s*=\s*[0-9]{3}")
_LANGUAGE = re.compile(rb"X-Source-Language:([^\\]*)\\n")


def _source_language(header: bytes) -> str | None:
    """Give a header's source language, ``""`` without one; None for an unusual header."""
    text = header.replace(_JOINT, b"")
    lower = text.lower()
    if _USUAL not in lower or lower.count(b"charset") > 1 or _MANY_FORMS.search(text):
        return None
    if b"source-language" not in lower:
        return ""
    match = _LANGUAGE.search(text)
    return match[1].decode().strip() if match else None
