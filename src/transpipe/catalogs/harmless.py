"""Edits of a source text that cannot alter its meaning, and what its translation becomes.

There are four, alone or together: white space and wrapping; the address of a link; the mark of an
emphasis; a code identifier. Each is made in the translation exactly as it was made in the source,
or the edit does not count as harmless: an address that the translation does not hold as it stood
in the source, say. Words, numbers, punctuation, and values in code are never such an edit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from transpipe.model import Message


class Edit(StrEnum):
    """A kind of edit that cannot alter the meaning."""

    WHITE_SPACE = "white space"
    LINK = "link"
    EMPHASIS = "emphasis"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class HarmlessEdit:
    """What an edit was, and the translation after it."""

    kinds: tuple[Edit, ...]
    msgstr: str


def harmless_edit(old: Message, new: Message) -> HarmlessEdit | None:
    """Say what the translation of an old message is for the new one, if no person need look at it.

    :returns: None where the edit may alter the meaning, where it cannot be made exactly in the
        translation, or where that was not good before: untranslated, or fuzzy.
    """
    if old.is_fuzzy or not old.msgstr or old.msgid_plural or new.msgid_plural:
        return None
    if old.msgid.split() != new.msgid.split() and not _MARKUP.search(old.msgid):
        return None
    before, after = _tokens(old.msgid), _tokens(new.msgid)
    # Where the emphasis goes altogether, its marks are nothing; else each must be at its place.
    mark = "\0mark\0" if any(token.kind == _MARK for token in after) else ""
    if old.msgid == new.msgid or _bare(before, mark) != _bare(after, mark):
        return None
    if _moves_blocks(old.msgid, new.msgid):
        return None
    ours = _tokens(old.msgstr)
    replaced = [_exchange(kind, before, after, ours) for kind in (_LINK, _CODE, _MARK)]
    if any(values is None for values in replaced):
        return None
    exchange = {key: text for values in replaced for key, text in (values or {}).items()}
    kinds = tuple(
        edit
        for edit, kind in ((Edit.LINK, _LINK), (Edit.EMPHASIS, _MARK), (Edit.CODE, _CODE))
        if any(key.kind == kind for key in exchange)
    )
    if _spaces(before) != _spaces(after):
        kinds = (Edit.WHITE_SPACE, *kinds)
    msgstr = "".join(exchange.get(token, token.text) for token in ours)
    return HarmlessEdit(kinds, msgstr) if kinds else None


# -------------------------------------------------------------------------------- tokens

_TEXT, _SPACE, _LINK, _CODE, _MARK = "text", "space", "link", "code", "mark"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


_MARKUP = re.compile(r"[`*_]|\]\(|://")
"""Without any of these, only white space can be edited without harm."""
# A target without a scheme must look like one: "[0](10)" may be code in a format without links.
_RELATIVE = r"(?![A-Za-z][\w+.-]*:)(?=[^\s<>()`\"']*(?:[/\#]|\.[A-Za-z]{2}))"
_ADDRESS = rf"(?:(?:https?|ftp)://|{_RELATIVE})[^\s<>()`\"']+"
# Every alternative is bounded by a character that it cannot hold, so that time is linear.
_PATTERN = re.compile(
    rf"""
    (?P<rest>(?<![`\w])`[^`<>]+\s<(?=[^`<>]*[/.\#])(?P<target>{_ADDRESS})>`)  # `text <address>`
    | (?P<code>(?<!`)(?P<ticks>`+)(?!`)(?P<inner>[^`]+)(?P=ticks)(?!`)(?!_))
    | (?<=\]\()(?P<inline>{_ADDRESS})(?=[\s)])                  # [text](address)
    | (?P<url>\b(?:https?|ftp)://[^\s<>()\[\]|`"'*]*[\w/\#=&%-])
    | (?P<mark>(?<![\w*\\])(?P<stars>\*{{1,3}}|_{{1,3}})(?=[\w`\[("'¿¡])
        (?P<marked>[^*_`]*(?:`[^`]*`[^*_`]*){{0,9}})(?<=[\w`\])"'.,;:!?])(?P=stars)(?![\w*]))
    | (?P<space>[ \t\r\n]+)
    """,
    re.VERBOSE,
)


def _tokens(text: str) -> tuple[_Token, ...]:
    return tuple(_split(text))


def _split(text: str) -> Iterator[_Token]:
    position = 0
    for match in _PATTERN.finditer(text):
        if match.start() > position:
            yield _Token(_TEXT, text[position : match.start()])
        yield from _taken(match)
        position = match.end()
    if position < len(text):
        yield _Token(_TEXT, text[position:])


def _taken(match: re.Match[str]) -> Iterator[_Token]:
    if match["rest"]:
        head, tail = match["rest"].split(match["target"] + ">", 1)
        yield from _split_spaces(head)
        yield _Token(_LINK, match["target"])
        yield _Token(_TEXT, ">" + tail)
    elif match["mark"]:
        yield _Token(_MARK, match["stars"])
        yield from _split(match["marked"])
        yield _Token(_MARK, match["stars"])
    elif match["code"]:
        yield _Token(_CODE, match["code"])
    elif match["space"]:
        yield _Token(_SPACE, match["space"])
    else:
        yield _Token(_LINK, match["inline"] or match["url"])


def _split_spaces(text: str) -> Iterator[_Token]:
    for piece in re.split(r"([ \t\r\n]+)", text):
        if piece:
            yield _Token(_SPACE if piece.isspace() else _TEXT, piece)


def _bare(tokens: Sequence[_Token], mark: str) -> str:
    """Give a text with every harmless thing in it as one sign: what must not change."""
    signs = {_SPACE: " ", _LINK: "\0link\0", _CODE: "\0code\0", _MARK: mark}
    return "".join(signs.get(token.kind, token.text) for token in tokens).strip(" ")


# --------------------------------------------------------------------------- white space

_BLOCK = re.compile(r"\n[ \t]*\n|(?<![ \t])[ \t]{2,}\n|\\\n|\n[ \t]*(?:[-+*#>|:]|\d+[.)])")
_INDENT = 3
"""A line that is indented by more is another block."""


def _spaces(tokens: Sequence[_Token]) -> list[str]:
    return [token.text for token in tokens if token.kind == _SPACE]


def _moves_blocks(old: str, new: str) -> bool:
    """Whether white space that parts lines or blocks for a reader came or went."""
    return (
        _BLOCK.findall(old) != _BLOCK.findall(new)
        or _edge(old, old.lstrip()) != _edge(new, new.lstrip())
        or _edge(old, old.rstrip()) != _edge(new, new.rstrip())
    )


def _edge(text: str, stripped: str) -> tuple[bool, bool]:
    """Say what the white space at one end does: gettext wants line breaks there to stay."""
    space = text.replace(stripped, "", 1) if stripped else text
    return ("\n" in space, len(space.expandtabs(4)) > _INDENT)


# ------------------------------------------------------------------- what is put for what


def _exchange(
    kind: str, before: Sequence[_Token], after: Sequence[_Token], ours: Sequence[_Token]
) -> Mapping[_Token, str] | None:
    """Say what takes the place of each token of a kind in the translation; None: not exactly."""
    first, second, third = (
        [token for token in tokens if token.kind == kind] for tokens in (before, after, ours)
    )
    if first == second:
        return {}
    if not second and kind == _MARK:
        # A mark of underscores may be part of a name: __init__.
        gone = Counter(first) == Counter(third) and all("_" not in token.text for token in first)
        return dict.fromkeys(first, "") if gone else None
    if len(first) != len(second):
        return None
    exchange: dict[_Token, str] = {}
    for one, other in zip(first, second, strict=True):
        if exchange.setdefault(one, other.text) != other.text:
            return None  # the same thing became two things: which is which is not known
        if kind == _CODE and one != other and not _renames(one.text, other.text):
            return None
    changed = {token: text for token, text in exchange.items() if token.text != text}
    counts, present = Counter(first), Counter(third)
    exact = all(counts[token] == present[token] for token in changed)
    return changed if exact else None


_IDENTIFIER = re.compile(r"(?:--?)?[^\W\d][\w.:-]*(?:\(\))?")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_LIMITS = """
    no not non never none null nil nan without un dis in im ir il anti de nor neither except
    exclude ignore skip disable disabled enable enabled true false yes on off all any some only
    allow deny min max minimum maximum first last before after above below up down left right
    less more least most always optional required open close start stop add remove
"""
"""Parts of identifiers that deny or limit."""
_UNITS = """
    bit bits byte bytes kb mb gb tb kib mib gib tib kbps mbps gbps h s ms us ns sec secs second
    seconds minute minutes hour hours day days week weeks month months year years rem em px pt vh
    vw dpi ppi deg rad mol kw kwh hz khz mhz ghz hpa usd eur gbp brl mxn mg kg mm cm km nm inch
    inches foot feet mile miles meter meters metre metres liter gram grams kilo kilos percent
"""
_VALUES = frozenset((_LIMITS + _UNITS).split())
_LEAST_NAME = 3


def _renames(old: str, new: str) -> bool:
    """Whether inline code is an identifier before and after, and says neither more nor less.

    The numbers in it stay, and so do the parts that deny or limit: ``--force`` may become
    ``--overwrite``, but neither ``--no-force`` nor ``--force2``.
    """
    first, second = old.strip("`"), new.strip("`")
    for text in (first, second):
        parts = _parts(text)
        if (
            not _IDENTIFIER.fullmatch(text)
            or len(text) < _LEAST_NAME
            or not parts
            or _VALUES.issuperset(parts)
            or text.lower() in _VALUES
        ):
            return False
    if re.findall(r"\d+", first) != re.findall(r"\d+", second):
        return False
    ours, theirs = (Counter(_parts(text)) for text in (first, second))
    changed = (ours - theirs) + (theirs - ours)
    return not (changed.keys() & _VALUES) and not _opposed(ours, theirs)


def _parts(text: str) -> list[str]:
    return [part.lower() for part in _PART.findall(text)]


def _opposed(first: Mapping[str, int], second: Mapping[str, int]) -> bool:
    """Whether a part of one is a part of the other with a prefix: ``valid``, ``invalid``."""
    return any(
        len(one) != len(other) and (one.endswith(other) or other.endswith(one))
        for one in first
        for other in second
    )
