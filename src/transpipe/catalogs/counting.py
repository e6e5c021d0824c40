"""Counting the messages of a PO file without reading them one by one.

A file laid out as the gettext programs write it is checked as a whole, and its messages are
counted in bulk, on bytes. For any other file there is the strict reader: :func:`count_catalog`.
Both give the same counts, and know a message by the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import compress
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

# Characters with two spellings are left out, and so are escapes of more than one letter: a file
# that holds one goes to the strict reader.
_PLAIN = rb"[ !#-\[\]-~\x80-\xff]*+"
_JOINT, _OLD_JOINT = b'"\n"', b'"\n#~ "'
"""What stands between two strings that follow each other."""


def _word(mark: bytes, word: bytes, group: bytes = b"(?:") -> bytes:
    """Make a pattern of a word and its string, on one line or more."""
    joint_or_escape = rb'(?:"\n' + mark + rb'"|\\["\\nrtabfv])'
    string = b'"' + _PLAIN + b"(?:" + joint_or_escape + _PLAIN + b')*+"\n'
    return mark + word + b" " + group + string + b")"


def _previous(mark: bytes) -> bytes:
    msgctxt, msgid, plural = (_word(mark, name) for name in (b"msgctxt", b"msgid", b"msgid_plural"))
    return b"(?:(?:" + msgctxt + b")?+" + msgid + b"(?:" + plural + b")?+)?+"


_COMMENTS = rb"(?:\n|\#(?![~|]).*\n)*+"
_NO_FLAGS = rb"(?:\n|\#(?![~|,!]).*\n)*+"
_EMPTY = rb'(?:""\n)++(?!")'
_ENTRY = re.compile(
    # Flags and what stands below them,
    _NO_FLAGS + rb"((?:\#[,!].*\n" + _COMMENTS + b")?+)(?:"
    # an entry: msgctxt, msgid, an empty msgstr, the forms of a plural,
    + _previous(rb"\#\| ")
    + b"(?:" + _word(b"", b"msgctxt", b"(") + b")?+"
    + _word(b"", b"msgid", b"(")
    + b"(?:msgstr (" + _EMPTY + b")|" + _word(b"", b"msgstr")
    + b"|" + _word(b"", b"msgid_plural") + b"((?:" + _word(b"", rb"msgstr\[[0-5]\]") + b")++))"
    # or an obsolete one: msgctxt, msgid;
    + b"|" + _previous(rb"\#~\| ")
    + b"(?:" + _word(rb"\#~ ", b"msgctxt", b"(") + b")?+"
    + _word(rb"\#~ ", b"msgid", b"(")
    + _word(rb"\#~ ", b"msgstr")
    # else all the rest.
    + b")|((?s:.++))"
)  # fmt: skip
_HEADER = re.compile(_COMMENTS + rb'(?=msgid ""\nmsgstr)msgid ""\n' + _word(b"", b"msgstr", b"("))
_END = re.compile(_COMMENTS)
_FUZZY = re.compile(rb"^\#[,!](?:.*[ \t,])?fuzzy(?=[\s,])", re.MULTILINE)
_FORM = re.compile(rb"^msgstr\[([0-9])\]", re.MULTILINE)
_FIRST_EMPTY = re.compile(rb"msgstr\[0\] " + _EMPTY)


def count_text(data: bytes) -> CountedCatalog | None:
    """Count the messages of a PO file; None where its layout asks for the strict reader.

    :param data: the whole file.
    """
    header = _HEADER.match(data)
    language = _source_language(header[1]) if header and _is_utf8(data) else None
    if header is None or language is None:
        return None
    entries: list[tuple[bytes, ...]] = _ENTRY.findall(data, header.end())
    active = [entry for entry in entries if entry[2]]
    obsolete = [entry for entry in entries if entry[6]]
    if len(active) + len(obsolete) < len(entries) and not _END.fullmatch(entries[-1][7]):
        return None
    flags, contexts, msgids, empty, forms = tuple(zip(*active, strict=True))[:5] or ((),) * 5
    if any(forms):
        if not all(map(_are_in_order, forms)):
            return None
        empty = tuple(
            one or _FIRST_EMPTY.match(form) for one, form in zip(empty, forms, strict=True)
        )
    keys = _keys(contexts, msgids, _JOINT)
    old_keys = _keys([entry[5] for entry in obsolete], [entry[6] for entry in obsolete], _OLD_JOINT)
    known = {*keys, *old_keys}
    if len(known) < len(keys) + len(old_keys) or _QUOTED % b"" in known:
        return None
    untranslated = frozenset(compress(keys, empty))
    fuzzy = frozenset(
        key for key, flag in compress(zip(keys, flags, strict=True), flags) if _FUZZY.search(flag)
    )
    return CountedCatalog(tuple(keys), fuzzy - untranslated, untranslated, language or None)


def _keys(contexts: Sequence[bytes], msgids: Sequence[bytes], joint: bytes) -> list[Key]:
    if not msgids:
        return []
    keys = SEPARATOR.join(msgids).replace(joint, b"").split(SEPARATOR)
    if any(contexts):
        pairs = zip(contexts, keys, strict=True)
        return [_with_context(one.replace(joint, b""), key) if one else key for one, key in pairs]
    return keys


def _are_in_order(forms: bytes) -> bool:
    """Whether the forms of a plural, if there are any, are numbered from 0 on."""
    return b"012345".startswith(b"".join(_FORM.findall(forms)))


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
    if _USUAL not in lower or lower.count(b"charset=") > 1 or _MANY_FORMS.search(text):
        return None
    if b"source-language" not in lower:
        return ""
    match = _LANGUAGE.search(text)
    return match[1].decode().strip() if match else None
