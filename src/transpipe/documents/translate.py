"""A document and a lookup -> the translated text, checked before it is handed out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from transpipe.documents.formats import Format, format_named
from transpipe.documents.messages import makes
from transpipe.documents.options import Options
from transpipe.documents.splice import splice
from transpipe.errors import DocumentError
from transpipe.model import Document, Placement, Segment, SegmentKind

Lookup = Callable[[Segment], str | None]
"""Gives the msgstr of a segment, or None."""

NOT_LOCATED = "the text could not be located exactly in the document"
OTHER_BLOCKS = "it would change the block structure of the document"
OTHER_TEXT = "it would not be read back as it was written"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A msgstr that was not written; the source text stays in its place."""

    segment: Segment
    msgstr: str
    reason: str
    """Why, as the end of a sentence about the msgstr."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A translated document."""

    text: str
    refused: tuple[Refusal, ...]
    """In the order of the document."""
    segments: tuple[Segment, ...]
    """Those of the source."""


def translate(document: Document, options: Options, lookup: Lookup) -> Translation:
    """Write the translations a document has, and refuse those that would damage it.

    A msgstr that does what its msgid does not is refused; :mod:`.deeds` tells more. What is
    written is taken apart again: its outline has to be that of the source, and its segments have
    to be what went in. If they are not, the msgstrs go that damage a document of one block, theirs;
    of what is then left, halves are tried until those at fault are found.

    :raises DocumentError: if the document itself cannot be taken apart.
    """
    form = format_named(document.format, document.path)
    check = Check(document, options, form, form.segments(document, options))
    wanted = check.wanted(lookup)
    candidates, refused = _sifted(wanted, lambda row: _refused_unseen(form, document, options, row))
    if check.fault(candidates):
        candidates, alone = _sifted(candidates, check.fault_alone)
        candidates, together = check.accept([], candidates)
        refused += [*alone, *together]
    if refused:
        order = {segment: number for number, segment in enumerate(check.segments)}
        refused.sort(key=lambda refusal: order[refusal.segment])
    return Translation(check.splice(candidates), tuple(refused), check.segments)


_Row = tuple[Segment, str]


def _with_inside(segments: Iterable[Segment]) -> Iterator[tuple[Segment, list[Segment]]]:
    """Give each segment that is written itself, with those inside it, which come behind it."""
    holder: Segment | None = None
    inside: list[Segment] = []
    for segment in segments:
        if segment.placement is Placement.INSIDE:
            inside.append(segment)
            continue
        if holder is not None:
            yield holder, inside
        holder, inside = segment, []
    if holder is not None:
        yield holder, inside


def _sifted(
    rows: Sequence[_Row], reason_against: Callable[[_Row], str | None]
) -> tuple[list[_Row], list[Refusal]]:
    left, refused = [], []
    for row in rows:
        reason = reason_against(row)
        if reason is None:
            left.append(row)
        else:
            refused.append(Refusal(*row, reason))
    return left, refused


def _refused_unseen(form: Format, document: Document, options: Options, row: _Row) -> str | None:
    segment, msgstr = row
    if segment.placement is not Placement.EXACT:
        return NOT_LOCATED
    return form.added(segment, msgstr, options) or form.broken(document, segment, msgstr, options)


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why a translated document is not right."""

    reason: str
    segment: Segment | None
    """The first that did not come back, if that is known."""


class Check:
    """What a document is compared with after splicing."""

    def __init__(
        self, document: Document, options: Options, form: Format, segments: tuple[Segment, ...]
    ) -> None:
        self.document = document
        self.options = options
        self.form = form
        self.segments = segments
        self._outline: object = None
        self._spliced: tuple[list[_Row], str] = ([], document.text)

    def outline(self) -> object:
        """Give the outline of the source, which most documents are not asked for."""
        if self._outline is None:
            self._outline = self.form.outline(self.document, self.options)
        return self._outline

    def wanted(self, lookup: Lookup) -> list[_Row]:
        """Give the segments that have something to be written, with what that is.

        One without a translation takes those of what is inside it, an image's text.
        """
        rows = []
        for segment, inside in _with_inside(self.segments):
            msgstr = lookup(segment)
            if msgstr is None or not msgstr.strip():
                msgstr = self._filled(segment, [(each, lookup(each) or "") for each in inside])
            if msgstr is not None and msgstr.strip() and msgstr != segment.msgid:
                rows.append((segment, msgstr))
        return rows

    def _filled(self, segment: Segment, inside: Sequence[_Row]) -> str | None:
        if segment.placement is not Placement.EXACT or not any(row[1].strip() for row in inside):
            return None
        return self.form.filled(self.document, segment, inside)

    def splice(self, rows: Sequence[_Row]) -> str:
        """Write rows into the document."""
        # What was found right is written next.
        if self._spliced[0] != rows:
            self._spliced = list(rows), splice(self.document, rows, self.form.encode)
        return self._spliced[1]

    def fault_alone(self, row: _Row) -> str | None:
        """Say what a msgstr damages where its segment is a whole document; None if unknown."""
        segment, msgstr = row
        text = self.form.alone(self.document, segment)
        if text is None:
            return None
        document = replace(self.document, text=text)
        try:
            found = self.form.segments(document, self.options)
            twins = [each for each in found if _is_same(segment, None, each)]
            if len(twins) != 1:
                return None
            fault = Check(document, self.options, self.form, found).fault([(twins[0], msgstr)])
        except DocumentError:
            return None
        return fault.reason if fault else None

    def accept(self, accepted: list[_Row], rows: list[_Row]) -> tuple[list[_Row], list[Refusal]]:
        """Add rows to those accepted, all at once if that is right, else what is right of them."""
        refused: list[Refusal] = []
        while fault := self.fault([*accepted, *rows]):
            if len(rows) == 1:
                return accepted, [*refused, Refusal(*rows[0], fault.reason)]
            suspects = [row for row in rows if row[0] == fault.segment]
            alone = self.fault(suspects)
            if alone is None:
                half = len(rows) // 2
                accepted, first = self.accept(accepted, rows[:half])
                accepted, second = self.accept(accepted, rows[half:])
                return accepted, [*refused, *first, *second]
            refused.append(Refusal(*suspects[0], alone.reason))
            rows = [row for row in rows if row not in suspects]
        return [*accepted, *rows], refused

    def fault(self, rows: Sequence[_Row]) -> _Fault | None:
        """Say what is wrong with the document that these rows make; None if nothing is."""
        harmless = self.form.harmless
        if all(harmless(self.document, *row, self.options) for row in rows):
            return None
        return self.proved_fault(rows)

    def proved_fault(self, rows: Sequence[_Row]) -> _Fault | None:
        """Take the document that these rows make apart, and say what is wrong with it."""
        document = replace(self.document, text=self.splice(rows))
        try:
            is_same_outline = self.form.outline(document, self.options) == self.outline()
            found = self.form.segments(document, self.options)
        except DocumentError as problem:
            return _Fault(f"{OTHER_BLOCKS}: {problem.problem}", None)
        lost = self._first_lost(found, dict(rows))
        if not is_same_outline:
            return _Fault(OTHER_BLOCKS, lost)
        return None if lost is None else _Fault(OTHER_TEXT, lost)

    def _first_lost(self, found: Sequence[Segment], msgstrs: dict[Segment, str]) -> Segment | None:
        """Give the first segment that did not come back; the last one if there are too many."""
        before = [each for each in self.segments if each.placement is not Placement.INSIDE]
        after = [each for each in found if each.placement is not Placement.INSIDE]
        for old, new in zip_longest(before, after):
            if old is None:
                return before[-1]
            if new is None or not _is_same(old, msgstrs.get(old), new):
                return old
        return None


def _is_same(old: Segment, msgstr: str | None, new: Segment) -> bool:
    if (old.kind, old.msgctxt, old.placement) != (new.kind, new.msgctxt, new.placement):
        return False
    if msgstr is None:
        return old.msgid == new.msgid
    if old.kind in (SegmentKind.FRONT_MATTER, SegmentKind.DATA):
        return new.msgid == msgstr
    return makes(msgstr, new.msgid)
