"""MDX: where its imports, exports, expressions and JSX tags are (mdxjs.com, "What is MDX?")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from transpipe.documents.masks import Construct, ConstructKind

_MARK = re.compile(r"`+|[{<\n]|\\.")
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})([^\n]*)")
_MODULE = re.compile(
    r"import\s+(?:[\"'{*]|[\w$]+\s*(?:,|from\b))"
    r"|export\s+(?:default|const|let|var|function|async|class|[{*])"
)
_NO_PARAGRAPH = re.compile(r"[ \t]*(?:#{1,6}[ \t].*|\{.*\}|(?:.*\*/|\s*)\}|<[^<>]*/>)?[ \t]*")
"""A line that a module block may follow at once: blank, a heading, an expression, an element."""
_TAG = re.compile(r"</?(?:[A-Za-z][\w.:$-]*)?(?=[\s/>])")
_IN_TAG = re.compile(r"[\"'{<>]")
_OPENING_BRACE = re.compile(r"\{")
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n|\Z)")


def jsx_constructs(text: str) -> Iterator[Construct]:
    r"""Find the constructs of MDX outside code, from the first to the last.

    :param text: with ``\\n`` as its only line ending.
    """
    return _Scanner(text, _braces(text)).constructs()


def _braces(text: str) -> Mapping[int, int]:
    """Give the place of the closing brace of each opening one that has one."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for match in re.finditer(r"\\.|[{}]", text):
        if match[0] == "{":
            opened.append(match.start())
        elif match[0] == "}" and opened:
            pairs[opened.pop()] = match.start()
    return pairs


@dataclass(slots=True)
class _Scanner:
    """One walk over a text; every step moves on."""

    text: str
    braces: Mapping[int, int]

    def constructs(self) -> Iterator[Construct]:
        position = 0
        ticks = _Ticks(self.text)
        position = 0
        if self._is_module(0):
            position = self._module_end(0)
            yield Construct(0, position, ConstructKind.CODE)
        else:
            position = self._fence_end(0)
        while match := _MARK.search(self.text, position):
            start, mark = match.start(), match[0]
            position = match.end()
            if mark == "\n":
                if self._is_module(position):
                    end = self._module_end(position)
                    yield Construct(position, end, ConstructKind.CODE)
                    position = end
                else:
                    position = self._fence_end(position)
            elif mark.startswith("`"):
                position = ticks.end_of_code(start, len(mark))
            elif mark == "{" and start in self.braces:
                position = self.braces[start] + 1
                yield Construct(start, position, ConstructKind.CODE)
            elif mark == "<" and (tag_end := self._tag_end(start)) is not None:
                yield Construct(start, tag_end)
                position = tag_end

    def _is_module(self, line: int) -> bool:
        """Tell whether an import or export begins with this line: no paragraph is above it."""
        if not _MODULE.match(self.text, line):
            return False
        before = self.text[self.text.rfind("\n", 0, max(0, line - 1)) + 1 : line]
        return _NO_PARAGRAPH.fullmatch(before.removesuffix("\n")) is not None

    def _module_end(self, start: int) -> int:
        """Give where a module block ends: at the first blank line outside braces."""
        position = start
        while True:
            blank = _BLANK_LINE.search(self.text, position)
            end = blank.start() if blank else len(self.text)
            opened = (match.start() for match in _OPENING_BRACE.finditer(self.text, position, end))
            closed = max((self.braces.get(place, -1) for place in opened), default=-1)
            if closed < end:
                return end
            position = closed + 1

    def _fence_end(self, line: int) -> int:
        """Give where a fenced code block that this line opens ends, else the line itself."""
        match = _FENCE.match(self.text, line)
        if match is None or (match[1][0] == "`" and "`" in match[2]):
            return line
        fence = re.compile(rf"\n[ \t>]*{match[1][0]}{{{len(match[1])},}}[ \t]*(?=\n|\Z)")
        closing = fence.search(self.text, match.end())
        return closing.end() if closing else len(self.text)

    def _tag_end(self, start: int) -> int | None:
        """Give where a JSX tag ends, None if there is none."""
        match = _TAG.match(self.text, start)
        if match is None:
            return None
        position = match.end()
        while found := _IN_TAG.search(self.text, position):
            mark = found[0]
            if mark == ">":
                return found.end()
            if mark == "<":
                return None
            if mark == "{":
                end = self.braces.get(found.start(), -1)
            else:
                end = self.text.find(mark, found.end())
            if end < 0:
                return None
            position = end + 1
        return None


class _Ticks:
    """Where runs of backticks are, by their length: a code span ends at one as long."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.runs: dict[int, list[int]] = {}
        for match in re.finditer(r"`+", text):
            self.runs.setdefault(len(match[0]), []).append(match.start())
        self.blanks = [match.start() for match in _BLANK_LINE.finditer(text)]

    def end_of_code(self, start: int, length: int) -> int:
        """Give where the code span that opens here ends; behind the opening if none does."""
        runs = self.runs[length]
        number = bisect_right(runs, start)
        if number == len(runs):
            return start + length
        blank = bisect_right(self.blanks, start)
        limit = self.blanks[blank] if blank < len(self.blanks) else len(self.text)
        return runs[number] + length if runs[number] < limit else start + length
