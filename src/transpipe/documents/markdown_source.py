"""A Markdown document taken apart: its front matter, its lines, its tokens."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from transpipe.documents import frontmatter
from transpipe.documents.hosts import Flavour, flavour_of, hide
from transpipe.documents.lines import Line, body_start, split_lines
from transpipe.documents.markdown_parser import Parsed, parse
from transpipe.documents.masks import Masked
from transpipe.documents.options import Options
from transpipe.errors import DocumentError
from transpipe.model import Document

_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Scope:
    """Lines that the parser has read as one text: those of a document, or of a directive in it."""

    lines: Sequence[Line]
    """As the parser saw them, with what is hidden; they lie where those of the document lie."""
    numbers: Sequence[int]
    """The number of each in the document, counted from 1; one more for the end."""
    starts: Sequence[int]
    """Where each begins in the text that the parser saw."""
    parsed: Parsed
    source: Source
    depth: int = 0
    """How many directives it stands in."""

    def part(self, lines: Sequence[tuple[int, Line]]) -> Scope:
        """Read the lines of a directive, each with its number in the document counted from 0.

        :raises DocumentError: if the parser fails, or text would be lost.
        """
        if self.depth >= _DEEPEST:
            raise DocumentError(
                "directives are nested too deeply here",
                "nest them less deeply",
                path=self.source.document.path,
                line=lines[0][0] + 1 if lines else None,
            )
        return self.source.scope(lines, self.depth + 1)

    def place(self, position: int) -> int:
        """Give the place in the document of a position in the text that the parser saw."""
        line = bisect_right(self.starts, position) - 1
        return self.lines[line].start + position - self.starts[line]

    def reveal(self, text: str) -> str:
        """Give a text of the parser as it is written in the document."""
        return self.source.masked.reveal(text)

    def inside(self, first: int, content: str) -> tuple[tuple[int, Line], ...] | None:
        """Give the lines of a block's content, numbered in the document from 0.

        :param first: the line of this scope that the content begins on.
        :returns: None where they are not the ends of lines of the document.
        """
        found = []
        for index, text in enumerate(content.removesuffix("\n").split("\n"), first):
            line = self.lines[index] if index < len(self.lines) else Line(0, "", "")
            if not line.text.endswith(text):
                return None
            number = self.numbers[index] - 1
            found.append((number, Line(line.end - len(text), text, line.ending)))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Source:
    """A document taken apart."""

    document: Document
    options: Options
    flavour: Flavour
    front_matter: frontmatter.FrontMatter | None
    masked: Masked
    """The text that the parser saw; NUL is another character in it."""
    lines: Sequence[Line]
    """The lines of that text, which lie where those of the document lie."""

    def scope(self, lines: Sequence[tuple[int, Line]], depth: int) -> Scope:
        """Read lines of the document as one text, each with its number counted from 0.

        :param depth: how many directives they stand in.
        :raises DocumentError: if the parser fails, or text would be lost.
        """
        text = "".join([line.text + "\n" for _, line in lines])
        numbers = [number + 1 for number, _ in lines]
        last = numbers[-1] + 1 if numbers else 1
        masked = Masked(text, self.masked.pieces)
        return self._scope([line for _, line in lines], [*numbers, last], masked, depth)

    def whole(self) -> Scope:
        """Read the document as one text.

        :raises DocumentError: as :meth:`scope` does.
        """
        return self._scope(self.lines, range(1, len(self.lines) + 2), self.masked, 0)

    def _scope(
        self, lines: Sequence[Line], numbers: Sequence[int], masked: Masked, depth: int
    ) -> Scope:
        starts = list(accumulate([len(line.text) + 1 for line in lines], initial=0))
        return Scope(lines, numbers, starts, self._parsed(masked, numbers), self, depth)

    def _parsed(self, masked: Masked, numbers: Sequence[int]) -> Parsed:
        path = self.document.path
        try:
            parsed = parse(masked, self.options.markdown, self.flavour)
        except Exception as problem:  # any failure of the parser is the same obstacle to the user
            raise DocumentError(
                f"the Markdown parser failed on it ({type(problem).__name__}: {problem})",
                "leave the document out and tell the developers of transpipe",
                path=path,
            ) from problem
        if parsed.too_deep is not None:
            raise DocumentError(
                "lists or quotes are nested too deeply here, text would be lost",
                "nest them less deeply",
                path=path,
                line=numbers[parsed.too_deep],
            )
        return parsed


# Segments and outline of a document are asked for one after the other.
@lru_cache(maxsize=2)
def read_source(document: Document, options: Options) -> tuple[Source, Scope]:
    """Take a document apart.

    :raises DocumentError: if its front matter is not valid, or the parser fails on it.
    """
    found = _front_matter(document, options)
    start = body_start(document.text) if found is None else found.end
    # A line of front matter is an empty line to the parser, so that lines keep their numbers.
    lines = split_lines(document.text)
    if start:
        lines = tuple(
            line
            if line.start >= start
            else Line(start, line.text[start - line.start :], line.ending)
            for line in lines
        )
    flavour = flavour_of(document)
    # A trailing line break saves plug-ins that look one character too far.
    if start or "\r" in document.text:
        text = "".join([line.text + "\n" for line in lines])
    else:
        text = document.text + ("\n" if lines and not lines[-1].ending else "")
    masked = hide(text.replace("\0", "\ufffd"), flavour)
    if masked.text != text:
        shown = masked.text.split("\n")
        lines = tuple(line._replace(text=shown[index]) for index, line in enumerate(lines))
    source = Source(document, options, flavour, found, masked, lines)
    return source, source.whole()


def _front_matter(document: Document, options: Options) -> frontmatter.FrontMatter | None:
    try:
        return frontmatter.front_matter(document.text, document.path)
    except DocumentError:
        # In MyST, "+++" is a block break too.
        if options.markdown == "myst" and not document.text.lstrip("\ufeff").startswith("-"):
            return None
        raise
