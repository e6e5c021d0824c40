"""From messages to the text of a PO file: new entries laid out as msgcat lays them out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from transpipe.catalogs._reader import BOM, Reading, Slice
from transpipe.catalogs._strings import escape
from transpipe.catalogs._wrapping import DEFAULT_WIDTH, columns, width_of, wrap
from transpipe.errors import CatalogError
from transpipe.model import Catalog, Message, MessageKey, Previous

# ------------------------------------------------------------------------------ entries


def format_message(message: Message, width: int = DEFAULT_WIDTH) -> str:
    """Lay out an entry, without a blank line before it.

    :param width: how many columns a line may take; 0 for lines of any length.
    """
    return "".join(line for part in _parts(message, width).values() for line in part)


def _parts(message: Message, width: int) -> dict[str, list[str]]:
    """Lay out an entry, the lines of each of its parts by the part's name."""
    mark = "#~ " if message.obsolete else ""
    if "no-wrap" in message.flags:
        width = 0
    sticky = [line for line in _comment_lines(message) if line.startswith("#=")]
    parts = {
        "comments": [line for line in _comment_lines(message) if not line.startswith("#=")],
        "extracted": [_line("#. ", line) for line in _split(message.extracted_comments)],
        "references": _reference_lines(message.references, width or DEFAULT_WIDTH),
        "flags": [f"#, {', '.join(message.flags)}\n"] if message.flags else [],
        "sticky": sticky,
        "previous": _previous_lines(message.previous, mark, width),
        "msgctxt": _optional("msgctxt", message.msgctxt, mark, width),
        "msgid": _string_lines("msgid", message.msgid, mark, width),
        "msgid_plural": _optional("msgid_plural", message.msgid_plural, mark, width),
    }
    if message.msgid_plural is None:
        parts["msgstr"] = _string_lines("msgstr", message.msgstr, mark, width)
    else:
        parts["msgstr"] = [
            line
            for index, form in enumerate(message.msgstr_plural or ("",))
            for line in _string_lines(f"msgstr[{index}]", form, mark, width)
        ]
    return parts


def _split(comments: tuple[str, ...]) -> list[str]:
    return [line for comment in comments for line in comment.split("\n")]


def _line(mark: str, text: str) -> str:
    return (mark + text).rstrip(" ") + "\n" if not text.strip() else mark + text + "\n"


def _comment_lines(message: Message) -> list[str]:
    lines = []
    for text in _split(message.comments):
        # A text that begins with "#" is a whole line, unless that line would mean something else.
        whole = text.startswith("#") and text[1:2] not in (".", ":", ",", "!", "|", "~")
        lines.append(text + "\n" if whole else _line("# ", text))
    return lines


def _reference_lines(references: tuple[str, ...], width: int) -> list[str]:
    lines: list[str] = []
    line = "#:"
    for word in map(_reference_word, references):
        if line != "#:" and columns(line) + 1 + columns(word) > width:
            lines.append(line + "\n")
            line = "#:"
        line += f" {word}"
    return [*lines, line + "\n"] if references else []


_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2068\u2069]")


def _reference_word(reference: str) -> str:
    """Write a reference as one word: with white space in it, between U+2068 and U+2069.

    :raises CatalogError: if it would not be read as it was written.
    """
    if _UNWRITABLE.search(reference):
        raise CatalogError(
            f"the name of a source file holds a control character: {reference!a}",
            "rename the file",
        )
    if not re.search(r"\s", reference):
        return reference
    path = re.sub(r":[0-9]+\Z", "", reference)
    return f"\u2068{path}\u2069{reference.removeprefix(path)}"


def _previous_lines(previous: Previous | None, mark: str, width: int) -> list[str]:
    if previous is None:
        return []
    old = "#~| " if mark else "#| "
    return [
        *_optional("msgctxt", previous.msgctxt, old, width),
        *_string_lines("msgid", previous.msgid or "", old, width),
        *_optional("msgid_plural", previous.msgid_plural, old, width),
    ]


def _optional(word: str, text: str | None, mark: str, width: int) -> list[str]:
    return [] if text is None else _string_lines(word, text, mark, width)


def _string_lines(word: str, text: str, mark: str, width: int) -> list[str]:
    """Lay out a word and its string: on one line if it fits, else from the next line on."""
    lines = [escape(line) for line in re.findall(r"[^\n]*\n|[^\n]+", text)] or [""]
    first = f'{mark}{word} "{lines[0]}"\n'
    if len(lines) == 1 and (not width or columns(first) - 1 <= width):
        return [first]
    room = max(1, width - len(mark) - 2)
    wrapped = [part for line in lines for part in (wrap(line, room) if width else [line])]
    return [f'{mark}{word} ""\n', *(f'{mark}"{part}"\n' for part in wrapped)]


# -------------------------------------------------------------------------------- files


def format_catalog(
    catalog: Catalog,
    text: str,
    reading: Reading | None,
    donor: tuple[str, Reading] | None = None,
) -> str:
    """Lay out a catalog; what is as it was in the text before keeps its very characters.

    :param text: what was read before.
    :param reading: what was found in it; None for a new file.
    :param donor: another text, and what was found in it, whose entries keep their characters
        too, if it is wrapped at the same width.
    """
    if reading is None:
        entries = [catalog.header, *catalog.messages]
        return "\n".join(format_message(entry) for entry in entries)
    before = reading.catalog
    if (catalog.header, catalog.messages) == (before.header, before.messages):
        return text
    return _Rewriting(text, reading, donor).format(catalog)


def _width_of_text(text: str) -> int:
    return width_of(line.removesuffix("\r") for line in text.split("\n"))


class _Rewriting:
    """A catalog laid out anew over the text it was read from."""

    def __init__(
        self, text: str, reading: Reading, donor: tuple[str, Reading] | None = None
    ) -> None:
        self._text = text
        self._donor = donor
        self._crlf = text.find("\r\n") != -1 and text.find("\r\n") == text.find("\n") - 1
        self._old = reading
        self._header_first = reading.header_slice is None or reading.header_index == 0
        self._slices: Mapping[tuple[bool, MessageKey], list[tuple[Message, Slice]]]
        self._slices = defaultdict(list)
        for message, place in zip(reading.catalog.messages, reading.slices, strict=True):
            self._slices[message.obsolete, message.key].append((message, place))

    @cached_property
    def _width(self) -> int:
        return _width_of_text(self._text)

    @cached_property
    def _donated(self) -> Mapping[Message, str]:
        """The entries of the other text, as they stand there."""
        if self._donor is None:
            return {}
        text, reading = self._donor
        if _width_of_text(text) != self._width:
            return {}
        return {
            message: text[start:end].replace("\r\n", "\n").strip("\n") + "\n"
            for message, (start, end) in zip(reading.catalog.messages, reading.slices, strict=True)
        }

    def format(self, catalog: Catalog) -> str:
        """Lay out the catalog, with what stood before and behind all entries."""
        places = [*self._old.slices, *([self._old.header_slice] if self._old.header_slice else [])]
        tail = self._text[max((end for _, end in places), default=0) :]
        bom = BOM if self._text.startswith(BOM) else ""
        if not places:
            tail = tail.removeprefix(bom)
        out: list[str] = []
        before_end: int | None = len(bom)
        for entry, place in self._sequence(catalog):
            if place is None or place[0] != before_end:
                entry = self._gap(out) + entry.lstrip("\r\n")
            out.append(entry)
            before_end = place[1] if place else None
        if tail and out and not out[-1].endswith("\n") and not tail.startswith("\n"):
            out.append(self._eol("\n"))
        return "".join((bom, *out, tail))

    def _gap(self, out: list[str]) -> str:
        """Give what sets an entry off from those before it, if it does not stand where it did."""
        if not out:
            return ""
        return self._eol("\n" if out[-1].endswith("\n") else "\n\n")

    def _sequence(self, catalog: Catalog) -> Iterator[tuple[str, Slice | None]]:
        """Give each entry's text, and where it stood if it is as it was."""
        header: list[tuple[str, Slice | None]] = []
        place = self._old.header_slice
        if place is not None or catalog.header != Message(""):
            header = [self._entry(catalog.header, self._old.catalog.header, place)]
        count = 0 if self._header_first else self._old.header_index
        for index, message in enumerate(catalog.messages):
            if index == count:
                yield from header
            candidates = self._slices.get((message.obsolete, message.key), [])
            old, found = candidates.pop(0) if candidates else (None, None)
            yield self._entry(message, old, found)
        if count >= len(catalog.messages):
            yield from header

    def _entry(
        self, message: Message, old: Message | None, place: Slice | None
    ) -> tuple[str, Slice | None]:
        if old is not None and place is not None and message == old:
            return self._text[place[0] : place[1]], place
        if message in self._donated:
            return self._eol(self._donated[message]), None
        if old is None or place is None:
            return self._eol(format_message(message, self._width)), None
        raw = self._text[place[0] : place[1]]
        return self._eol(self._changed(message, old, raw.replace("\r\n", "\n"))), None

    def _changed(self, message: Message, old: Message, raw: str) -> str:
        """Lay out the parts of an entry that changed, and keep the lines of the others."""
        lines = _lines_by_part(raw)
        new, was = _parts(message, self._width), _parts(old, self._width)
        if lines is None or any(bool(lines.get(part)) != bool(was[part]) for part in was):
            return format_message(message, self._width)
        return "".join(
            line for part in new for line in (lines[part] if new[part] == was[part] else new[part])
        )

    def _eol(self, text: str) -> str:
        return text.replace("\n", "\r\n") if self._crlf else text


_KINDS = {":": "references", ".": "extracted", ",": "flags", "!": "flags", "=": "sticky"}
_WORD = re.compile(r"(?:#~ )?(msgctxt|msgid_plural|msgid|msgstr)(?:\[\d+\])? ")
_MORE = re.compile(r'(?:#~ )?"')


def _lines_by_part(raw: str) -> dict[str, list[str]] | None:
    """Sort the lines of an entry by part, or give none where a line holds more than one."""
    lines: dict[str, list[str]] = defaultdict(list)
    part = ""
    for line in raw.strip("\n").split("\n"):
        word = _WORD.match(line)
        if word:
            part = word[1]
        elif line.startswith(("#|", "#~|")):
            part = "previous"
        elif line.startswith("#") and not line.startswith("#~"):
            part = _KINDS.get(line[1:2], "comments")
        elif not _MORE.match(line) or not part.startswith("msg"):
            return None
        lines[part].append(line + "\n")
    return lines
