"""What an author writes to steer translation: comments that skip, explain, or give a context.

``<!-- transpipe: skip -->``, and the markers of mdbook-i18n-helpers (``i18n:``,
``mdbook-xgettext:``), mdpo (``mdpo-``) and the Translate Toolkit (``translate:off``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from transpipe.model import Placement, Segment

_COMMENTS = (("<!--", "-->"), ("{{</*", "*/>}}"), ("{{%/*", "*/%}}"), ("{/*", "*/}"), ("{#", "#}"))
_OURS = re.compile(
    r"(?:transpipe|i18n|mdbook-xgettext)\s*:\s*"
    r"(?P<verb>skip[\s:-]+start|skip[\s:-]+end|skip|comment|context)(?P<rest>(?:[\s:].*)?)",
    re.DOTALL,
)
_MDPO = re.compile(r"mdpo-(?P<verb>[a-z-]+)(?P<rest>(?:\s.*)?)", re.DOTALL)
_TOOLKIT = re.compile(r"translate:(?P<verb>off|on)")


class Verb(Enum):
    """What a marker asks for."""

    SKIP = auto()
    """Do not translate the next block."""
    OFF = auto()
    """Do not translate what follows."""
    ON = auto()
    """Translate what follows."""
    TAKE = auto()
    """Translate the next block, though it is off."""
    COMMENT = auto()
    """Tell translators something about the next message."""
    CONTEXT = auto()
    """Give the next message a context."""


_VERBS: Mapping[str, Verb] = {
    "skip": Verb.SKIP,
    "skip-start": Verb.OFF,
    "skip-end": Verb.ON,
    "comment": Verb.COMMENT,
    "context": Verb.CONTEXT,
    "disable-next-block": Verb.SKIP,
    "disable-next-line": Verb.SKIP,
    "disable": Verb.OFF,
    "enable": Verb.ON,
    "enable-next-block": Verb.TAKE,
    "enable-next-line": Verb.TAKE,
    "translator": Verb.COMMENT,
    "off": Verb.OFF,
    "on": Verb.ON,
}


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker on its own line, and the block it speaks of."""

    verb: Verb
    text: str
    line: int
    """Its line, counted from 1."""
    block: tuple[int, int] | None = None
    """The first and the last line of the next block; None where there is none."""


def may_hold_markers(text: str) -> bool:
    """Tell whether a text may hold comments; one of the host may be hidden in it."""
    return "<!--" in text or "{" in text or not text.isascii()


def find_markers(text: str) -> Iterator[tuple[Verb, str]]:
    """Find the markers in a text that holds comments: what each asks for, and its words."""
    for words in _comments(text):
        for pattern in (_OURS, _MDPO, _TOOLKIT):
            match = pattern.fullmatch(words)
            if match:
                verb = _VERBS.get("-".join(re.split(r"[\s:-]+", match["verb"])))
                rest = match.groupdict().get("rest") or ""
                if verb is not None:
                    yield verb, " ".join(rest.lstrip(" \t:").split())


def _comments(text: str) -> Iterator[str]:
    """Give what comments say, of any syntax that has them, in their order."""
    found = []
    for opening, closing in _COMMENTS:
        end = 0
        while (start := text.find(opening, end)) >= 0:
            stop = text.find(closing, start + len(opening))
            if stop < 0:
                break
            found.append((start, text[start + len(opening) : stop].strip("- \t\n")))
            end = stop + len(closing)
    yield from (words for _, words in sorted(found))


def obey(segments: Iterable[Segment], markers: Sequence[Marker]) -> Iterator[Segment]:
    """Leave out, comment, and give context to segments as markers ask, in document order."""
    if not markers:
        yield from segments
        return
    waiting = list(reversed(markers))
    state = _State()
    for segment in segments:
        while waiting and waiting[-1].line < segment.line:
            state.take(waiting.pop())
        if not state.is_off(segment.line):
            yield state.marked(segment)


class _State:
    """What the markers up to a place ask for."""

    def __init__(self) -> None:
        self.off = False
        self.block: tuple[int, int] | None = None
        self.block_is_off = False
        self.comments: list[str] = []
        self.context: str | None = None

    def take(self, marker: Marker) -> None:
        match marker.verb:
            case Verb.OFF | Verb.ON:
                self.off = marker.verb is Verb.OFF
            case Verb.SKIP | Verb.TAKE:
                self.block = marker.block
                self.block_is_off = marker.verb is Verb.SKIP
            case Verb.COMMENT:
                self.comments.append(marker.text)
            case Verb.CONTEXT:
                self.context = marker.text

    def is_off(self, line: int) -> bool:
        if self.block and self.block[0] <= line <= self.block[1]:
            return self.block_is_off
        return self.off

    def marked(self, segment: Segment) -> Segment:
        if segment.msgctxt is not None or segment.placement is Placement.INSIDE:
            return segment
        if not self.comments and self.context is None:
            return segment
        comment = "\n".join((*filter(None, self.comments), *filter(None, (segment.comment,))))
        context = self.context or None
        self.comments, self.context = [], None
        return replace(segment, comment=comment, msgctxt=context)
