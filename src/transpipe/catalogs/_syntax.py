"""The whole grammar of PO files, one entry at a time, with an error for what it refuses.

The grammar is that of the GNU gettext programs: words and strings in any layout, comments only
before an entry, ``#~`` and ``#|`` in force up to the end of their line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from transpipe.catalogs._strings import EscapeError, unescape
from transpipe.errors import CatalogError
from transpipe.model import Previous


class Kind(Enum):
    """What a token is."""

    COMMENT = "a comment"
    WORD = "a word"
    STRING = "a string"
    INDEX = "an index"
    END = "the end of the file"


@dataclass(frozen=True, slots=True)
class Token:
    """One token and its place."""

    kind: Kind
    value: str
    start: int
    end: int
    obsolete: bool = False
    previous: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it stands in the file, strings resolved."""

    comments: str
    """The comment lines, each with its line end."""
    previous: Previous | None
    msgctxt: str | None
    msgid: str
    msgid_plural: str | None
    msgstr: str
    msgstr_plural: tuple[str, ...]
    obsolete: bool
    at: int
    """Where the word ``msgid`` begins."""
    end: int
    """Where the entry ends: behind the end of its last line."""


_TOKEN = re.compile(
    r"(?P<blank>[ \t\r\f\v]+)|(?P<newline>\n)|(?P<mark>\#(?:~\|?|\|))|(?P<comment>\#[^\n]*)"
    r'|(?P<string>"(?:[^"\\\n]++|\\(?s:.))*+")|(?P<word>[A-Za-z_][A-Za-z0-9_$]*)'
    r"|(?P<index>\[\s*[0-9]+\s*\])"
)
_INDEX_AHEAD = re.compile(r"[ \t\r\f\v\n]*+\[")
_REST_OF_LINE = re.compile(r"[ \t\r\f\v]*\n?")
_CONFLICT = re.compile(r"^(?:<{7,}|\|{7,}|={7,}|>{7,})(?=\s|\Z)", re.MULTILINE)
"""A line that git writes around two versions of text that it could not merge."""


class EntryReader:
    """Reads entries of one file strictly."""

    def __init__(self, text: str, path: Path) -> None:
        """Take the text of a file, and its path for error messages."""
        self._text = text
        self._path = path
        self._position = 0
        self._obsolete = False
        self._previous = False
        self._token = Token(Kind.END, "", 0, 0)
        self._line_end = 0

    def read(self, position: int) -> Entry | None:
        """Read the entry that begins there; ``None`` if only comments and blanks are left.

        :raises CatalogError: for what the GNU gettext programs refuse.
        """
        self._position, self._obsolete, self._previous = position, False, False
        self._advance()
        comments = self._comments()
        if self._token.kind is Kind.END:
            return None
        previous, previous_obsolete = self._previous_entry()
        entry = self._message(comments, previous)
        if previous_obsolete not in (None, entry.obsolete):
            raise self.error(*_MIXED, at=entry.at)
        return entry

    def error(self, problem: str, remedy: str, *, at: int) -> CatalogError:
        """Make an error that names the line of a position."""
        line = self._text.count("\n", 0, at) + 1
        return CatalogError(problem, remedy, path=self._path, line=line)

    # ------------------------------------------------------------------------- grammar

    def _comments(self) -> str:
        lines = []
        # Behind "#|", on its line, a previous msgid is due.
        while self._token.kind is Kind.COMMENT and not self._token.previous:
            lines.append(self._token.value + "\n")
            self._advance()
        return "".join(lines)

    def _previous_entry(self) -> tuple[Previous | None, bool | None]:
        if not self._token.previous:
            return None, None
        obsolete = self._token.obsolete
        msgctxt = self._optional("msgctxt", obsolete, previous=True)
        msgid = self._required("msgid", obsolete, previous=True)
        plural = self._optional("msgid_plural", obsolete, previous=True)
        return Previous(msgid, msgctxt, plural), obsolete

    def _message(self, comments: str, previous: Previous | None) -> Entry:
        obsolete = self._token.obsolete
        msgctxt = self._optional("msgctxt", obsolete)
        at = self._token.start
        msgid = self._required("msgid", obsolete)
        plural = self._optional("msgid_plural", obsolete)
        if plural is None:
            if self._peek_index():
                raise self.error(
                    "msgstr[0] without a msgid_plural", "add the msgid_plural line", at=at
                )
            msgstr = self._required("msgstr", obsolete)
            forms: tuple[str, ...] = ()
        else:
            msgstr, forms = "", self._forms(obsolete, at)
        return Entry(
            comments, previous, msgctxt, msgid, plural, msgstr, forms, obsolete, at, self._line_end
        )

    def _forms(self, obsolete: bool, at: int) -> tuple[str, ...]:
        forms: list[str] = []
        while self._is_word("msgstr"):
            self._check_mark(obsolete)
            word = self._token
            self._advance()
            if self._token.kind is not Kind.INDEX:
                raise self.error(
                    "msgid_plural is followed by msgstr without an index",
                    "write msgstr[0], msgstr[1] and so on",
                    at=word.start,
                )
            if self._token.value != str(len(forms)):
                raise self.error(
                    f"msgstr[{self._token.value}] stands where msgstr[{len(forms)}] is due",
                    "put the plural forms in order, from 0",
                    at=word.start,
                )
            self._advance()
            forms.append(self._strings(f"msgstr[{len(forms)}]", obsolete, previous=False))
        if not forms:
            raise self.error("msgid_plural without msgstr[0]", "add the msgstr[0] line", at=at)
        return tuple(forms)

    def _optional(self, word: str, obsolete: bool, *, previous: bool = False) -> str | None:
        if not self._is_word(word) or self._token.previous is not previous:
            return None
        return self._required(word, obsolete, previous=previous)

    def _required(self, word: str, obsolete: bool, *, previous: bool = False) -> str:
        if not self._is_word(word) or self._token.previous is not previous:
            raise self._unexpected(f"#| {word}" if previous else word)
        self._check_mark(obsolete)
        self._advance()
        return self._strings(word, obsolete, previous=previous)

    def _strings(self, word: str, obsolete: bool, *, previous: bool) -> str:
        parts: list[str] = []
        while self._token.kind is Kind.STRING and self._token.previous is previous:
            self._check_mark(obsolete)
            parts.append(self._resolve(self._token))
            self._line_end = self._end_of_line(self._token.end)
            self._advance()
        if not parts:
            raise self._unexpected(f"a string in double quotes after {word}")
        return "".join(parts)

    def _resolve(self, token: Token) -> str:
        try:
            text = unescape(token.value)
        except EscapeError as problem:
            raise self.error(
                str(problem), "write \\\\ for a backslash", at=token.start
            ) from problem
        for character, name in (("\x04", "EOT"), ("\0", "NUL")):
            if character in text:
                raise self.error(
                    f"the control character {name} is in a string", "remove it", at=token.start
                )
        return text

    def _check_mark(self, obsolete: bool) -> None:
        if self._token.obsolete is not obsolete:
            raise self.error(*_MIXED, at=self._token.start)

    def _is_word(self, word: str) -> bool:
        return self._token.kind is Kind.WORD and self._token.value == word

    def _peek_index(self) -> bool:
        if not self._is_word("msgstr"):
            return False
        return _INDEX_AHEAD.match(self._text, self._token.end) is not None

    def _unexpected(self, wanted: str) -> CatalogError:
        token = self._token
        if token.kind is Kind.WORD and token.value == "domain":
            return self.error(
                "a domain line is not supported",
                "split the file with 'msgcat' or by hand, one domain a file",
                at=token.start,
            )
        if token.kind is Kind.WORD and token.value not in _WORDS:
            found = f"the unknown word {token.value!r}"
        elif token.kind is Kind.WORD:
            found = ("#| " if token.previous else "") + token.value
        else:
            found = token.kind.value
        remedy = "remove or complete the entry"
        if token.kind is Kind.COMMENT:
            remedy = "move the comment above the entry"
        return self.error(f"{found} stands where {wanted} is due", remedy, at=token.start)

    # --------------------------------------------------------------------------- lexer

    def _end_of_line(self, position: int) -> int:
        match = _REST_OF_LINE.match(self._text, position)
        end = match.end() if match else position
        return end if end == len(self._text) or self._text[end - 1] == "\n" else position

    def _advance(self) -> None:
        while True:
            match = _TOKEN.match(self._text, self._position)
            if match is None:
                self._token = self._no_token()
                return
            self._position = match.end()
            kind = match.lastgroup
            if kind == "newline":
                self._obsolete = self._previous = False
            elif kind == "mark":
                self._obsolete = self._obsolete or "~" in match[0]
                self._previous = self._previous or "|" in match[0]
            elif kind != "blank":
                self._token = self._make_token(match)
                return

    def _make_token(self, match: re.Match[str]) -> Token:
        value = match[0]
        if match.lastgroup == "string":
            value = value[1:-1]
        elif match.lastgroup == "index":
            value = value[1:-1].strip().lstrip("0") or "0"
        elif match.lastgroup == "comment":
            value = value.removesuffix("\r")
        kind = Kind[(match.lastgroup or "end").upper()]
        return Token(kind, value, match.start(), match.end(), self._obsolete, self._previous)

    def _no_token(self) -> Token:
        at = self._position
        if at == len(self._text):
            return Token(Kind.END, "", at, at)
        if self._text[at] == '"':
            raise self.error(
                "a string has no closing quote on its line",
                'end it with ", and write \\" for a quote inside it',
                at=at,
            )
        if conflict := _CONFLICT.match(self._text, at):
            raise self.error(
                f"{conflict[0]!r} is a mark of a merge conflict",
                "choose between the two versions, and remove the marks; with "
                "'transpipe init --merge-driver', git merges catalogs entry by entry",
                at=at,
            )
        raise self.error(
            f"unexpected character {self._text[at]!r}",
            "text belongs between double quotes, comments behind #",
            at=at,
        )


_WORDS = frozenset({"msgctxt", "msgid", "msgid_plural", "msgstr"})
_MIXED = (
    "lines with and without #~ are mixed in one entry",
    "begin every line of an obsolete entry with #~, or none",
)
