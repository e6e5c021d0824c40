"""Three versions of a catalog -> one, entry by entry: a base, and what two sides made of it.

An entry is known by its msgctxt and msgid. What a translator wrote stays with the source text
that it was written for, or is marked fuzzy with that text beside it. Dates, references and the
wrapping of lines are never a conflict. Two different translations of one message are: both are
kept, marked fuzzy, in the form that msgcat gives them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from transpipe.catalogs.carry import carry_near, holds_text, make_obsolete
from transpipe.catalogs.header import CREATED
from transpipe.catalogs.pofile import PoFile, format_merged
from transpipe.model import Catalog, Message, MessageKey, Previous

OURS, THEIRS = "ours", "theirs"


@dataclass(frozen=True, slots=True)
class MergedText:
    """The text of a merged file."""

    text: str
    conflicts: tuple[MessageKey, ...]
    """As in :class:`Merge`."""


def merge_files(base: PoFile, ours: PoFile, theirs: PoFile) -> MergedText:
    """Merge two files that come from one, and keep every character that can be kept.

    A side that did not change leaves the other side's file as it is. Else the file is ours, with
    what came from theirs laid out at our width.
    """
    if base.text == theirs.text or ours.text == theirs.text:
        return MergedText(ours.text, ())
    if base.text == ours.text:
        return MergedText(theirs.text, ())
    merge = merge_catalogs(base.catalog, ours.catalog, theirs.catalog)
    text = _with_last_comments(format_merged(merge.catalog, ours, theirs), base, ours, theirs)
    return MergedText(text, merge.conflicts)


def _with_last_comments(text: str, base: PoFile, ours: PoFile, theirs: PoFile) -> str:
    """Merge the comments behind the last entry, which belong to none."""
    before, here, there = (_tail(file).split("\n") for file in (base, ours, theirs))
    wanted = _merge_set(before, here, there)
    new = [line for line in wanted if line and line not in here]
    newline = "\r\n" if "\r\n" in text else "\n"
    gap = newline if new and not text.endswith("\n") else ""
    return text + gap + "".join(f"{line}{newline}" for line in new)


def _tail(file: PoFile) -> str:
    reading = file.reading
    header = [reading.header_slice] if reading.header_slice else []
    end = max((end for _, end in (*reading.slices, *header)), default=0)
    return file.text[end:].replace("\r\n", "\n")


@dataclass(frozen=True, slots=True)
class Merge:
    """What came of a merge."""

    catalog: Catalog
    conflicts: tuple[MessageKey, ...]
    """The messages that a translator must look at, in the order of the catalog; the header's key
    is (None, "")."""


def merge_catalogs(base: Catalog, ours: Catalog, theirs: Catalog) -> Merge:
    """Merge two catalogs that come from one.

    A change on one side is taken. A translation of a message that the other side removed is
    given to the message that took its place there, as a fuzzy one, or is kept as obsolete.

    :param base: the catalog both come from; an empty one where there is none.
    """
    return _Merging(base, ours, theirs).result()


def conflict_text(variants: Iterable[tuple[str, str]]) -> str:
    """Put variants of a text, each with a label, into one, as msgcat does for two files."""
    parts = [(f"#-#-#-#-#  {label}  #-#-#-#-#\n", text) for label, text in variants]
    apart = [mark + text + "\n" * (bool(text) and text[-1] != "\n") for mark, text in parts[:-1]]
    return "".join((*apart, *parts[-1]))


_MARK = re.compile(r"^#-#-#-#-#  (.+?)  #-#-#-#-#\n", re.MULTILINE)


def variants_of(text: str, label: str) -> list[tuple[str, str]]:
    """Take a text apart that may be a conflict nobody has resolved; else it is one variant."""
    if not _MARK.match(text):
        return [(label, text)]
    parts = _MARK.split(text)
    *texts, last = parts[2::2]
    return list(zip(parts[1::2], (*(one.removesuffix("\n") for one in texts), last), strict=True))


class _Outcome(NamedTuple):
    """A merged entry, and whether a translator must look at it."""

    message: Message
    conflict: bool = False


Messages = Mapping[MessageKey, Message]


class _Merging:
    """One merge."""

    def __init__(self, base: Catalog, ours: Catalog, theirs: Catalog) -> None:
        self._catalogs = base, ours, theirs
        self._base: Messages = _by_key(base)
        self._ours: Messages = _by_key(ours)
        self._theirs: Messages = _by_key(theirs)
        self._guesses = {_wording(message) for message in base.messages}
        self._aside: list[MessageKey] = []

    def result(self) -> Merge:
        """Merge every entry, then put them in order."""
        base, ours, theirs = self._catalogs
        entries = dict(self._entries())
        order = _in_order(list(self._base), list(self._ours), list(self._theirs))
        aside = set(self._aside)
        keys = [key for key in order if key in entries and key not in aside]
        messages = tuple(entries[key].message for key in (*keys, *self._aside))
        header = _merge_header(base.header, ours.header, theirs.header)
        conflicts = [message.key for message in messages if entries[message.key].conflict]
        if header.conflict:
            conflicts.insert(0, header.message.key)
        return Merge(
            replace(ours, header=header.message, messages=messages),
            tuple(conflicts),
        )

    def _entries(self) -> Iterator[tuple[MessageKey, _Outcome]]:
        handed_to_ours = dict(self._handed_over(self._ours, self._theirs))
        handed_to_theirs = dict(self._handed_over(self._theirs, self._ours))
        handed_over = {old.key for old in (*handed_to_ours.values(), *handed_to_theirs.values())}
        for key in dict.fromkeys((*self._ours, *self._theirs)):
            here, there = self._ours.get(key), self._theirs.get(key)
            if here is not None and there is not None:
                yield key, self._both(self._base.get(key), here, there)
            elif here is not None:
                yield from self._one_side(here, handed_to_ours, handed_over)
            elif there is not None:
                yield from self._one_side(there, handed_to_theirs, handed_over)

    def _handed_over(
        self, renamed: Messages, kept: Messages
    ) -> Iterator[tuple[MessageKey, Message]]:
        """Find messages that one side edited the source of, and the other the translation.

        Gives the key after the edit, and the message with the other side's translation.
        """
        for key, new in renamed.items():
            if key in self._base or key in kept or not new.is_fuzzy or new.previous is None:
                continue
            old_key = (new.previous.msgctxt, new.previous.msgid or "")
            before, other = self._base.get(old_key), kept.get(old_key)
            if before is None or other is None or old_key in renamed or not holds_text(other):
                continue
            if _wording(new) == _wording(before) != _wording(other):
                yield key, other

    def _one_side(
        self, message: Message, handed: Mapping[MessageKey, Message], handed_over: set[MessageKey]
    ) -> Iterator[tuple[MessageKey, _Outcome]]:
        """Merge an entry that the other side does not have."""
        before = self._base.get(message.key)
        if before is None:
            source = handed.get(message.key)
            if source is not None:
                forms = len(message.msgstr_plural) or 1
                message = replace(carry_near(message, source, forms), comments=message.comments)
            yield message.key, _Outcome(message)
            return
        # The other side removed it: what was written since must not be lost.
        changed = _translation(message) != _translation(before)
        if changed and holds_text(message) and message.key not in handed_over:
            if not message.obsolete:
                message = make_obsolete(message)
            self._aside.append(message.key)
            yield message.key, _Outcome(message)

    # ------------------------------------------------------------------------ one entry

    def _both(self, base: Message | None, ours: Message, theirs: Message) -> _Outcome:
        """Merge an entry that both sides have."""
        if ours == theirs or base == theirs:
            return _Outcome(ours)
        if base == ours:
            return _Outcome(theirs)
        written = self._merge_translations(base, ours, theirs)
        before = base.obsolete if base else None
        obsolete = _pick(before, ours.obsolete, theirs.obsolete, lambda one, other: one and other)
        merged = replace(
            written.message,
            flags=_merge_flags(base, ours, theirs, fuzzy=written.message.is_fuzzy),
            references=_merge_references(base, ours, theirs),
            comments=_merge_lines(base, ours, theirs, lambda message: message.comments),
            extracted_comments=_merge_lines(
                base, ours, theirs, lambda message: message.extracted_comments
            ),
            obsolete=obsolete,
        )
        if obsolete and ours.obsolete != theirs.obsolete:
            merged = make_obsolete(merged)
        return _Outcome(merged, written.conflict)

    def _merge_translations(self, base: Message | None, ours: Message, theirs: Message) -> _Outcome:
        """Settle the translation: everything else of the message is that of our side."""
        if ours.msgid_plural != theirs.msgid_plural:
            before = base.msgid_plural if base else None
            plural = _pick(before, ours.msgid_plural, theirs.msgid_plural, _first)
            ours, theirs = _with_plural(ours, theirs, plural), _with_plural(theirs, ours, plural)
        chosen = self._chosen(base, ours, theirs)
        if chosen is not None:
            return _Outcome(chosen)
        forms = _merge_forms(base, ours, theirs)
        if forms is not None:
            return _Outcome(replace(ours, msgstr_plural=forms))
        return _Outcome(_conflicting(ours, theirs), conflict=True)

    def _chosen(self, base: Message | None, ours: Message, theirs: Message) -> Message | None:
        """Say whose translation stands; none where a translator must choose."""
        before = _translation(base) if base else None
        if before == _translation(theirs):
            return ours
        if before == _translation(ours):
            return theirs
        if _wording(ours) == _wording(theirs):
            return min(ours, theirs, key=_sureness)
        # Of what is left, a wording that nobody wrote on purpose yields.
        unwritten = [not self._is_written(base, message) for message in (ours, theirs)]
        if unwritten == [True, True]:
            return min(ours, theirs, key=_sureness)
        if True in unwritten:
            return theirs if unwritten[0] else ours
        return None

    def _is_written(self, base: Message | None, message: Message) -> bool:
        """Whether a translator wrote this wording since the base: it is no guess of a tool's."""
        if not holds_text(message) or (base and _wording(base) == _wording(message)):
            return False
        guess = message.previous is not None or _wording(message) in self._guesses
        return not (message.is_fuzzy and guess)


def _by_key(catalog: Catalog) -> Messages:
    return {message.key: message for message in catalog.messages}


def _wording(message: Message) -> tuple[str, ...]:
    return message.msgstr_plural if message.msgid_plural is not None else (message.msgstr,)


def _translation(message: Message) -> tuple[object, ...]:
    """Give what is never parted: a translation, what it was written for, and how sure it is."""
    previous = message.previous if message.is_fuzzy else None
    return message.msgid_plural, _wording(message), message.is_fuzzy, previous


def _sureness(message: Message) -> tuple[object, ...]:
    """Order translations by how sure they are; the rest only makes both sides choose alike."""
    previous = message.previous or Previous()
    return (
        not holds_text(message),
        message.is_fuzzy,
        message.previous is None,
        previous.msgid or "",
        previous.msgctxt or "",
        previous.msgid_plural or "",
        _wording(message),
    )


def _with_plural(message: Message, other: Message, plural: str | None) -> Message:
    """Give a message the plural that was settled: another source text, so a fuzzy one."""
    if message.msgid_plural == plural:
        return message
    if not holds_text(message):
        return replace(other, flags=message.flags)
    forms = max(len(message.msgstr_plural), len(other.msgstr_plural), 1)
    return carry_near(replace(message, msgid_plural=plural), message, forms)


def _merge_forms(base: Message | None, ours: Message, theirs: Message) -> tuple[str, ...] | None:
    """Merge plural forms one by one; none where one of them was changed on both sides."""
    if base is None or base.msgid_plural is None or base.msgid_plural != ours.msgid_plural:
        return None
    if ours.is_fuzzy or theirs.is_fuzzy:
        return None
    sides = (base.msgstr_plural, ours.msgstr_plural, theirs.msgstr_plural)
    if len({len(forms) for forms in sides}) != 1:
        return None
    merged = []
    for before, here, there in zip(*sides, strict=True):
        if before not in (here, there) and here != there:
            return None
        merged.append(there if before == here else here)
    return tuple(merged)


def _conflicting(ours: Message, theirs: Message) -> Message:
    """Keep both translations of a message in one fuzzy entry."""
    if ours.msgid_plural is None:
        text, plural = _both_texts(ours.msgstr, theirs.msgstr), ours.msgstr_plural
    else:
        count = max(len(ours.msgstr_plural), len(theirs.msgstr_plural))
        padded = [(*side.msgstr_plural, *[""] * count)[:count] for side in (ours, theirs)]
        text, plural = "", tuple(_both_texts(*pair) for pair in zip(*padded, strict=True))
    return replace(
        ours,
        msgstr=text,
        msgstr_plural=plural,
        flags=("fuzzy", *ours.flags),
        previous=ours.previous or theirs.previous,
    )


def _both_texts(ours: str, theirs: str) -> str:
    if ours == theirs:
        return ours
    unique = {
        text: label
        for label, text in reversed([*variants_of(ours, OURS), *variants_of(theirs, THEIRS)])
    }
    return conflict_text((label, text) for text, label in reversed(unique.items()))


# ------------------------------------------------------------------------ parts of entries

T = TypeVar("T")


def _pick(base: T | None, ours: T, theirs: T, settle: Callable[[T, T], T]) -> T:
    """Take the side that changed; where both did, what settles it."""
    if ours == theirs or base == theirs:
        return ours
    return theirs if base == ours else settle(ours, theirs)


def _first(one: str | None, other: str | None) -> str | None:
    """Choose alike, whichever side is ours: a plural rather than none."""
    return max(one or "", other or "") or None


def _merge_set(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """Take what either side added, leave out what either removed; in the order of ours."""
    gone = {word for word in base if word not in ours or word not in theirs}
    return tuple(word for word in dict.fromkeys((*ours, *theirs)) if word not in gone)


def _merge_flags(
    base: Message | None, ours: Message, theirs: Message, *, fuzzy: bool
) -> tuple[str, ...]:
    """Merge flags as a set; fuzzy goes with the translation."""
    sides = [() if side is None else side.flags for side in (base, ours, theirs)]
    others = _merge_set(*([flag for flag in flags if flag != "fuzzy"] for flags in sides))
    merged = ("fuzzy", *others) if fuzzy else others
    return ours.flags if set(ours.flags) == set(merged) else merged


def _merge_references(base: Message | None, ours: Message, theirs: Message) -> tuple[str, ...]:
    """Merge references; those that differ in the line alone are those of our side."""
    if _pathes(ours) == _pathes(theirs):
        return ours.references
    before = base.references if base else ()
    if before == ours.references or before == theirs.references:
        return theirs.references if before == ours.references else ours.references
    here = {_path(word): word for word in theirs.references}
    here.update({_path(word): word for word in ours.references})
    merged = _merge_set([_path(word) for word in before], _pathes(ours), _pathes(theirs))
    return tuple(here[path] for path in merged)


def _path(reference: str) -> str:
    return re.sub(r":[0-9]+\Z", "", reference)


def _pathes(message: Message) -> list[str]:
    return [_path(word) for word in message.references]


def _merge_lines(
    base: Message | None,
    ours: Message,
    theirs: Message,
    lines: Callable[[Message], tuple[str, ...]],
) -> tuple[str, ...]:
    """Merge comments: the side that changed, or, where both did, every line of both."""
    before = lines(base) if base else ()
    return _pick(
        before, lines(ours), lines(theirs), lambda one, other: _merge_set(before, one, other)
    )


# ------------------------------------------------------------------------------ the header

_REVISED = "po-revision-date"
_DATES = (CREATED.lower(), _REVISED)
_MEANT = ("plural-forms", "language", "content-type")
"""The fields that change what a catalog means: two values are a conflict."""


def _merge_header(base: Message, ours: Message, theirs: Message) -> _Outcome:
    """Merge headers field by field: the later date, and who made the later revision."""
    if ours == theirs or base == theirs:
        return _Outcome(ours)
    if base == ours:
        return _Outcome(theirs)
    before, here, there = (_fields(header) for header in (base, ours, theirs))
    later = there if _date(there.get(_REVISED)) > _date(here.get(_REVISED)) else here
    merged, conflicts = ours, []
    for key in dict.fromkeys((*there, *before)):
        sides = before.get(key), here.get(key), there.get(key)
        if key in _MEANT and None not in sides[1:] and len(set(sides)) == 3:
            conflicts += [f"{OURS}: {here[key]}", f"{THEIRS}: {there[key]}"]
        merged = _with_line(merged, key, _settled(key, sides, later.get(key)))
    return _Outcome(
        replace(
            merged,
            comments=(*_merge_lines(base, ours, theirs, lambda entry: entry.comments), *conflicts),
            flags=_merge_set(base.flags, ours.flags, theirs.flags),
        ),
        bool(conflicts),
    )


_Field = str | None
"""A line of a header, or none where it has no such field."""


def _settled(key: str, sides: tuple[_Field, _Field, _Field], later: _Field) -> _Field:
    base, ours, theirs = sides
    if key in _DATES and ours and theirs:
        return max(ours, theirs, key=_date)
    return _pick(base, ours, theirs, lambda one, other: later or one or other)


def _fields(header: Message) -> dict[str, str]:
    """Give the lines of a header by the names of their fields, in lower case."""
    lines = (line for line in header.msgstr.split("\n") if ":" in line)
    return {line.partition(":")[0].strip().lower(): line for line in lines}


def _date(line: _Field) -> str:
    """Give the date in a line; none where nobody filled it in yet."""
    found = re.search(r":\s*([0-9].*)", line or "")
    return found[1] if found else ""


def _with_line(header: Message, key: str, line: _Field) -> Message:
    """Give a header the line of a field where it has one, or at its end; or take it out."""
    lines = header.msgstr.removesuffix("\n").split("\n") if header.msgstr else []
    names = [one.partition(":")[0].strip().lower() if ":" in one else "" for one in lines]
    if key in names:
        index = names.index(key)
        lines[index : index + 1] = [line] if line is not None else []
    elif line is not None:
        lines.append(line)
    return replace(header, msgstr="".join(f"{one}\n" for one in lines))


# ----------------------------------------------------------------------------------- order

Key = TypeVar("Key")


def _in_order(base: Sequence[Key], ours: Sequence[Key], theirs: Sequence[Key]) -> list[Key]:
    """Merge the orders of two sides: that of the side that moved something, else of ours."""
    first, second = ours, theirs
    if _common(ours, base, theirs) == _common(base, ours, theirs) != _common(theirs, base, ours):
        first, second = theirs, ours
    known = set(first)
    behind: dict[Key | None, list[Key]] = {}
    anchor: Key | None = None
    for key in second:
        if key in known:
            anchor = key
        else:
            behind.setdefault(anchor, []).append(key)
    order = list(behind.get(None, ()))
    for key in first:
        order.append(key)
        order.extend(behind.get(key, ()))
    return order


def _common(keys: Sequence[Key], *others: Sequence[Key]) -> list[Key]:
    shared = set(keys).intersection(*others)
    return [key for key in keys if key in shared]
