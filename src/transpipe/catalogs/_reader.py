"""From the text of a PO file to a catalog, and where in the text each entry stands.

Nearly every entry is laid out as the gettext programs write it: one regular expression reads
such an entry at once. Any other goes through the whole grammar, which also words the errors.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, cast

from babel import Locale

from transpipe.catalogs._strings import unescape_simple
from transpipe.catalogs._syntax import Entry, EntryReader
from transpipe.errors import CatalogError
from transpipe.model import Catalog, Message, MessageKey, Previous

Words = tuple[str, ...]
Slice = tuple[int, int]
"""Where an entry stands in the text, with the blank lines and comments before it."""

BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Reading:
    """What is in a text."""

    catalog: Catalog
    slices: tuple[Slice, ...]
    """One for each message of the catalog."""
    header_slice: Slice | None
    """None where the text has no header."""
    header_index: int
    """How many messages stand before the header."""


def read_text(text: str, path: Path, domain: str, locale: Locale | None) -> Reading:
    """Read a catalog.

    :raises CatalogError: with path and line, for what is no PO file.
    """
    with _without_collection():
        messages, slices = _entries(text, path)
    _check_unique(messages, path)
    header, header_slice, header_index = Message(""), None, 0
    for index, message in enumerate(messages):
        if not message.msgid and message.msgctxt is None:
            header, header_slice, header_index = message, slices[index], index
            del messages[index], slices[index]
            break
    catalog = Catalog(domain, locale, header, tuple(messages))
    _check_charset(catalog, text, path)
    _check_plural_count(catalog, path)
    return Reading(catalog, tuple(slices), header_slice, header_index)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Let Python not look for garbage: what is made here, by the ten thousands, is none."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _check_unique(messages: Sequence[Message], path: Path) -> None:
    if len({(message.msgctxt, message.msgid) for message in messages}) == len(messages):
        return
    lines: dict[MessageKey, int | None] = {}
    for message in messages:
        if message.key in lines:
            header = not message.msgid and message.msgctxt is None
            raise CatalogError(
                f"{'the header' if header else 'this msgid'} is already defined on line "
                f"{lines[message.key]}",
                "keep one of the two entries",
                path=path,
                line=message.line,
            )
        lines[message.key] = message.line


def _check_charset(catalog: Catalog, text: str, path: Path) -> None:
    match = re.search(r"charset=([^\s;]+)", catalog.header_field("Content-Type") or "")
    charset = match[1].upper() if match else "UTF-8"
    if charset in ("UTF-8", "UTF8", "CHARSET"):
        return
    line = catalog.header.line
    if charset not in ("ASCII", "US-ASCII", "ANSI_X3.4-1968"):
        raise CatalogError(
            f"the header says charset={match[1] if match else ''}",
            "convert the file with 'msgconv --to-code=UTF-8'",
            path=path,
            line=line,
        )
    if not text.isascii():
        raise CatalogError(
            "the header says charset=ASCII, but there are other characters",
            "write charset=UTF-8 in the header",
            path=path,
            line=line,
        )


def _check_plural_count(catalog: Catalog, path: Path) -> None:
    match = re.search(r"nplurals\s*=\s*([0-9]{3,})", catalog.header_field("Plural-Forms") or "")
    if match:
        raise CatalogError(
            f"the header says nplurals={match[1][:9]}{'…' * (len(match[1]) > 9)}",
            "write how many plural forms the language has",
            path=path,
            line=catalog.header.line,
        )


# ------------------------------------------------------------------------------ entries


def _string(mark: str) -> str:
    # What stands between the quotes is looked at when it is taken out: that is faster by far.
    quoted = '".*"' + r"\n"
    return f"({quoted}(?:{mark}{quoted})*+)"


def _entry_pattern(mark: str, previous_mark: str) -> re.Pattern[str]:
    string, old = _string(mark), _string(previous_mark)
    return re.compile(
        r"\n*+((?:\#(?![~|]).*\n)*+)"
        f"(?:(?:{previous_mark}msgctxt {old})?{previous_mark}msgid {old}"
        f"(?:{previous_mark}msgid_plural {old})?)?"
        f"(?:{mark}msgctxt {string})?{mark}msgid {string}"
        f"(?:{mark}msgstr {string}"
        f"|{mark}msgid_plural {string}((?:{mark}" + r"msgstr\[[0-9]\] " + f"{string})++))"
        # What follows must not belong to this entry in a layout of its own.
        r'(?!\s*+(?:\#~\s*+)*+(?:"|msgstr))'
    )


_ACTIVE = _entry_pattern("", r"\#\| ")
_OBSOLETE = _entry_pattern(r"\#~ ", r"\#~\| ")
_FORM = re.compile(r"^(?:\#~ )?msgstr\[([0-9])\] ", re.MULTILINE)
_MSGID = 6


class _IrregularError(Exception):
    """The layout was not what it looked like at first sight."""


def _entries(text: str, path: Path) -> tuple[list[Message], list[Slice]]:
    """Give every entry, and where each stands."""
    messages: list[Message] = []
    slices: list[Slice] = []
    reader = EntryReader(text, path)
    position = len(BOM) if text.startswith(BOM) else 0
    size = len(text)
    # The context separator and what ends a string in C are refused: the grammar says where.
    regular = "\x04" not in text and "\0" not in text
    line, counted = 1, 0
    active, obsolete = _ACTIVE.match, _OBSOLETE.match
    while position < size:
        match = (active(text, position) or obsolete(text, position)) if regular else None
        message = None
        if match is not None:
            at, end = match.start(_MSGID), match.end()
            line += text.count("\n", counted, at)
            try:
                message = _regular_message(match, line)
            except _IrregularError:  # only the grammar can read it, or say what is wrong
                line -= text.count("\n", counted, at)
        if message is None:
            entry = reader.read(position)
            if entry is None:
                break
            at, end = entry.at, entry.end
            line += text.count("\n", counted, at)
            message = _from_entry(entry, line)
        messages.append(message)
        slices.append((position, end))
        counted, position = at, end
    return messages, slices


def _regular_message(match: re.Match[str], line: int) -> Message:
    comments, old_ctxt, old_id, old_plural, ctxt, msgid, msgstr, plural, forms, _ = match.groups()
    references, flags, translator, extracted = read_comments(comments)
    obsolete = match.re is _OBSOLETE
    joint = _OBSOLETE_JOINT if obsolete else _JOINT
    previous = None
    if old_id is not None:
        old = _OBSOLETE_PREVIOUS_JOINT if obsolete else _PREVIOUS_JOINT
        previous = Previous(_text(old_id, old), _some(old_ctxt, old), _some(old_plural, old))
    return _message(
        _text(msgid, joint),
        _text(msgstr, joint) if msgstr else "",
        None if ctxt is None else _text(ctxt, joint),
        None if plural is None else _text(plural, joint),
        () if forms is None else _forms(forms, joint),
        flags,
        references,
        translator,
        extracted,
        previous,
        obsolete,
        line,
    )


class _Draft:
    """A message that can be filled in: half of the time of reading is making frozen ones."""

    __slots__ = tuple(item.name for item in fields(Message))

    def __init__(
        self,
        msgid: str,
        msgstr: str,
        msgctxt: str | None,
        msgid_plural: str | None,
        msgstr_plural: Words,
        flags: Words,
        references: Words,
        comments: Words,
        extracted_comments: Words,
        previous: Previous | None,
        obsolete: bool,
        line: int,
    ) -> None:
        self.msgid, self.msgstr, self.msgctxt = msgid, msgstr, msgctxt
        self.msgid_plural, self.msgstr_plural = msgid_plural, msgstr_plural
        self.flags, self.references, self.comments = flags, references, comments
        self.extracted_comments, self.previous = extracted_comments, previous
        self.obsolete, self.line = obsolete, line


def _message(*values: Any) -> Message:
    """Make a message of the values of its fields, in their order.

    A draft has the same slots: it becomes a message by its class alone.
    """
    draft: Any = _Draft(*values)
    draft.__class__ = Message
    return cast(Message, draft)


# What stands between two strings that follow each other.
_JOINT, _OBSOLETE_JOINT = '"\n"', '"\n#~ "'
_PREVIOUS_JOINT, _OBSOLETE_PREVIOUS_JOINT = '"\n#| "', '"\n#~| "'


def _text(block: str, joint: str) -> str:
    """Give the text of string lines, each with its quotes and its line end."""
    text = block[1:-2].replace(joint, "")
    if "\\" in text or '"' in text:
        # A backslash before a closing quote may be the end of an escape or escape the quote.
        if not _VALID(text) or '\\"\n' in block:
            raise _IrregularError
        return unescape_simple(text)
    return text


_VALID = re.compile(r'(?:[^"\\]++|\\[abfnrtv"\\])*+').fullmatch


def _some(block: str | None, joint: str) -> str | None:
    return None if block is None else _text(block, joint)


def _forms(lines: str, joint: str) -> tuple[str, ...]:
    parts = _FORM.split(lines)
    if parts[1::2] != [str(index) for index in range(len(parts) // 2)]:
        raise _IrregularError
    return tuple(_text(block, joint) for block in parts[2::2])


def _from_entry(entry: Entry, line: int) -> Message:
    references, flags, translator, extracted = read_comments(entry.comments)
    return Message(
        entry.msgid,
        entry.msgstr,
        entry.msgctxt,
        entry.msgid_plural,
        entry.msgstr_plural,
        flags,
        references,
        translator,
        extracted,
        entry.previous,
        entry.obsolete,
        line,
    )


# ----------------------------------------------------------------------------- comments

# A name with white space stands between two marks, its line number behind them.
_REFERENCE = re.compile("\u2068([^\u2068\u2069]*+)\u2069((?::[0-9]++)?+)|(\\S+)")
_MARKS = re.compile("[\u2068\u2069]")
_FLAG = re.compile(r"range:\s*\d+\.\.\d+|[^\s,]+", re.ASCII)  # as gettext parts them


def read_comments(block: str) -> tuple[Words, Words, Words, Words]:
    """Sort comment lines: references, flags, translator comments, extracted comments.

    A comment line that does not begin with ``#`` and a space is kept whole, with its ``#``, and
    so is one whose text begins with ``#``: thus what begins with ``#`` is always a whole line.
    """
    if block.startswith("#: ") and block.count("\n") == 1 and "\u2068" not in block:
        return tuple(block[3:].split()), (), (), ()
    references: list[str] = []
    flags: list[str] = []
    translator: list[str] = []
    extracted: list[str] = []
    for line in block.split("\n")[:-1]:
        kind = line[1:2]
        if kind == ":":
            words = (_MARKS.sub("", "".join(found)) for found in _REFERENCE.findall(line[2:]))
            references.extend(filter(None, words))
        elif kind in (",", "!"):
            flags.extend(_FLAG.findall(line[2:]))
        elif kind == ".":
            extracted.append(line[2:].removeprefix(" "))
        elif line == "#":
            translator.append("")
        else:
            plain = line.startswith("# ") and not line.startswith("# #")
            translator.append(line[2:] if plain else line)
    return tuple(references), tuple(flags), tuple(translator), tuple(extracted)
