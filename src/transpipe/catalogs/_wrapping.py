"""Where a long string may be broken into lines: the part of Unicode's UAX #14 that PO files meet.

The gettext programs break the lines of a string by that standard, on the text as it stands
between the quotes, escapes and all. A file's own width is found from the breaks it holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

DEFAULT_WIDTH = 79

_CLASSES = {
    " ": "SP",
    "\\": "PR",
    **dict.fromkeys("([{¡¿„‚", "OP"),
    **dict.fromkeys("「『（【《〈［｛〔", "WO"),  # wide ones, before which a line may begin
    **dict.fromkeys(")]", "CP"),
    **dict.fromkeys("}、。」』）】》〉〕，．］｝", "CL"),
    **dict.fromkeys("!?", "EX"),
    **dict.fromkeys("！？؛؟۔", "EX"),
    **dict.fromkeys(",.:;،", "IS"),
    **dict.fromkeys("：；・〜々〻゛゜ゝゞヽヾ‼⁇⁈⁉", "NS"),
    **dict.fromkeys("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー", "NS"),
    "/": "SY",
    **dict.fromkeys("\"'«»“”‘’‹›", "QU"),
    "-": "HY",
    **dict.fromkeys("|\t\u00ad\u0964\u0965\u2010\u2012\u2013", "BA"),
    "\u2014": "B2",
    **dict.fromkeys("\u00a0\u05be\u202f\u2011\u2060", "GL"),
    "\u200b": "ZW",
    "…": "IN",
    **dict.fromkeys("%¢°‰′″％￠٪", "PO"),
    **dict.fromkeys("$+£¤¥±€№￥＄￡", "PR"),
    **dict.fromkeys("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "NU"),
    "❤": "ID",
    "\u200d": "ZWJ",
    **dict.fromkeys(map(chr, range(0x1F3FB, 0x1F400)), "EM"),
}
_RUN = re.compile("[A-Za-z]+|.", re.DOTALL)
"""Letters, between which no line ends, or one other character."""
_MARKS = frozenset({"Mn", "Mc", "Me", "Cf"})
_WITHOUT_WIDTH = frozenset({"Mn", "Me", "Cf"})
_ALONE = {"CM": "AL", "EM": "ID"}
_OPENING = frozenset({"OP", "WO"})
_NEVER_BEFORE = frozenset({"CL", "CP", "EX", "IS", "SY", "ZW"})
_JOINED = frozenset(
    {
        *(("AL", name) for name in ("AL", "NU", "OP", "PR", "PO")),
        *(("NU", name) for name in ("AL", "NU", "OP", "PO", "PR")),
        *((name, "AL") for name in ("CP", "PR", "PO")),
        *((name, "NU") for name in ("HY", "IS", "SY", "CP", "PR", "PO")),
        *((name, opening) for name in ("PR", "PO") for opening in ("OP", "WO")),
        *(("ZWJ", name) for name in ("ID", "EM")),
        *(("ID", "EM"), ("PR", "EM")),
        *((name, "PO") for name in ("CP", "CL", "ID")),
        *((name, "PR") for name in ("CP", "CL")),
        ("PR", "ID"),
        ("B2", "B2"),
    }
)


def _class(character: str) -> str:
    known = _CLASSES.get(character)
    if known:
        return known
    if character < "\u0300":
        return "AL"
    if unicodedata.category(character) in _MARKS:
        return "CM"
    return "ID" if unicodedata.east_asian_width(character) in "WF" else "AL"


def _breaks_between(before: str, after: str, spaces: int) -> bool:
    """Whether a line may end between two classes, the spaces being on the first one's side."""
    if after in _NEVER_BEFORE or before in _OPENING or (before == "QU" and after in _OPENING):
        return False
    if after == "NS" and before in ("CL", "CP"):
        return False
    if spaces:
        return (before, after) != ("B2", "B2")
    if "GL" in (before, after) or "QU" in (before, after):
        return False
    if after in ("HY", "BA", "NS", "IN"):
        return False
    return (before, after) not in _JOINED


def pieces(text: str) -> Iterator[str]:
    """Cut a text, as it stands between the quotes, wherever a line may end."""
    start, spaces = 0, 0
    before = "SP"
    escaped = False
    for run in _RUN.finditer(text):
        index, name = run.start(), _class(run[0][0])
        if escaped:  # one escape sequence is one character, of the class of its last
            before, escaped = name, False
            continue
        escaped = run[0] == "\\"
        if escaped and text.endswith("n", index + 1) and index + 2 == len(text):
            name = "EX"  # no line ends before the \n that ends a line of the text
        if name == "SP":
            spaces += 1
            continue
        if name in ("CM", "ZWJ") and not spaces:
            before = name if name == "ZWJ" else before
            continue
        if index > start and before != "SP" and _breaks_between(before, name, spaces):
            yield text[start:index]
            start = index
        before, spaces = _ALONE.get(name, name), 0
    yield text[start:]


def columns(text: str) -> int:
    """Count the columns a text takes on a terminal: two for wide characters."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if character != "\u00ad" and unicodedata.category(character) in _WITHOUT_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, room: int) -> list[str]:
    """Break a text into lines of at most so many columns, as far as it can be broken."""
    lines: list[str] = []
    line, used = "", 0
    for piece in pieces(text):
        size = columns(piece)
        if line and used + size > room:
            lines.append(line)
            line, used = "", 0
        line += piece
        used += size
    lines.append(line)
    return lines


# ------------------------------------------------------------------------ a file's width

_WIDEST = 400
_USUAL = (79, 76, 77, 78, 80)


def width_of(lines: Iterable[str]) -> int:
    """Find the width that the lines of a PO file were wrapped at; 0 for lines never wrapped.

    Every break between two lines of a string says that the first is no longer than the width
    and that the first piece of the second did not fit any more. The width is the one that agrees
    with most breaks, a usual one where several do; 79 where nothing was wrapped or long.
    """
    votes = [0] * (_WIDEST + 2)
    breaks = unbroken = 0
    before = ""
    for line in lines:
        if line.startswith('"') and _wrapped(before):
            least = columns(before)
            most = least + columns(next(pieces(line[1:-1]))) - 1
            if least <= _WIDEST:
                votes[least] += 1
                votes[min(most, _WIDEST) + 1] -= 1
                breaks += 1
        elif len(line) > 2 * DEFAULT_WIDTH and line.startswith("msg"):
            unbroken += 1
        before = line
    if unbroken > breaks:
        return 0
    if not breaks:
        return DEFAULT_WIDTH
    return _most_agreed(votes)


def _wrapped(line: str) -> bool:
    return (
        line.startswith('"') and line.endswith('"') and not line.endswith('\\n"') and line != '""'
    )


def _most_agreed(votes: list[int]) -> int:
    agreement: list[int] = []
    total = 0
    for vote in votes[: _WIDEST + 1]:
        total += vote
        agreement.append(total)
    best = max(agreement)
    return next((width for width in _USUAL if agreement[width] == best), agreement.index(best))
