"""The table of formats: what can be taken apart here, and what is taken apart elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from transpipe.documents import data, markdown, text
from transpipe.documents.deeds import added_by_markdown, added_by_text, added_by_value
from transpipe.documents.frontmatter import opens_with_front_matter
from transpipe.documents.globs import first_match
from transpipe.documents.inert import keeps_blocks
from transpipe.documents.names import split_suffix
from transpipe.documents.options import Options
from transpipe.documents.splice import Encoder
from transpipe.errors import DocumentError
from transpipe.model import Document, Segment

__all__ = [
    "DATA",
    "ELSEWHERE",
    "FORMATS",
    "SUFFIXES",
    "Format",
    "Options",
    "data_format",
    "format_named",
    "format_of",
]


@dataclass(frozen=True, slots=True)
class Format:
    """All there is to know about a format. It has no writer: see :mod:`.splice`."""

    name: str
    suffixes: tuple[str, ...]
    segments: Callable[[Document, Options], tuple[Segment, ...]]
    """Gives the segments in the order of the document."""
    encode: Encoder
    """Gives what stands in the document for a segment with this msgstr."""
    outline: Callable[[Document, Options], object]
    """Gives the block structure and all that is not translated, to be compared with ``==``."""
    alone: Callable[[Document, Segment], str | None]
    """Gives a text in which a segment stands alone, None where that would not tell anything."""
    added: Callable[[Segment, str, Options], str | None]
    """Says what a msgstr would do that its msgid does not, as the end of a sentence about it."""
    about: str
    """What becomes a segment, in Markdown, for the reference page."""
    broken: Callable[[Document, Segment, str, Options], str | None] = lambda *_: None
    """Says which tag of its host a msgstr breaks, as the end of a sentence about it."""
    filled: Callable[[Document, Segment, Sequence[tuple[Segment, str]]], str | None] = lambda *_: (
        None
    )
    """Gives the source text of a segment with the translations of what is inside it."""
    harmless: Callable[[Document, Segment, str, Options], bool] = lambda *_: False
    """Tells of a msgstr that it surely leaves the block structure and is read back as it was."""


FORMATS: Mapping[str, Format] = {
    row.name: row
    for row in (
        Format(
            "markdown",
            (".md", ".markdown", ".mdx"),
            markdown.segments,
            markdown.encode,
            markdown.outline,
            markdown.alone,
            added_by_markdown,
            about=(
                "Read with markdown-it-py: CommonMark with tables, strikethrough, footnotes and"
                " definition lists (`gfm`), or what MyST-Parser reads without its optional "
                "extensions but `colon_fence` (`myst`), directives included. A message is the "
                "text of a block with its inline markup, as Sphinx has it: line breaks become "
                "spaces, and a comment tells where the source has a hard line break. The "
                "alternative text of an image is a message of its own too: it is written where "
                "the text around the image has no translation.\n\n"
                "Some messages have a context, so that Sphinx ignores them: the text of an HTML "
                "block (`html`), its attributes (`html:alt`, `html:title`), the parameters of "
                "tags on lines of their own (`shortcode:caption`, `jsx:label`), the title of a "
                "link definition (`link-title`), and, with `code_comments`, a comment in a code "
                "block (`code-comment`). All other code is not translated. The `flavour` tells "
                "which syntax of a site is protected.\n\n"
                "Front matter is YAML between lines of `---`, or TOML between lines of `+++`. The "
                "configured keys become messages with the context `front-matter:KEY`, as in "
                "`front-matter:params.hero.title`. Quotes, comments, order and every other value "
                "stay as they are."
            ),
            broken=markdown.broken,
            filled=markdown.filled,
            harmless=keeps_blocks,
        ),
        Format(
            "text",
            (".txt",),
            text.segments,
            text.encode,
            text.outline,
            text.alone,
            added_by_text,
            about=(
                "Each line is a paragraph. Where the lines are wrapped at a common width, a "
                "paragraph ends at a blank line instead, and its translation is wrapped at that "
                "width. A text that opens with front matter is read as Markdown."
            ),
        ),
    )
}
"""The formats that documents are taken apart in here."""


def _data(name: str, suffixes: tuple[str, ...], about: str) -> Format:
    return Format(
        name,
        suffixes,
        data.segments,
        data.encode,
        data.outline,
        data.alone,
        added_by_value,
        about=about,
    )


DATA: Mapping[str, Format] = {
    row.name: row
    for row in (
        _data(
            "yaml",
            (".yaml", ".yml"),
            "The strings that the key paths of `data` choose, each with the context `data:KEY`. A "
            "string with an anchor or a tag, or one that an alias repeats, is extracted, and never "
            "written. A file may hold several YAML documents.",
        ),
        _data("toml", (".toml",), "The strings that the key paths of `data` choose."),
        _data(
            "json",
            (".json",),
            "The strings that the key paths of `data` choose. A file that escapes every "
            "letter beyond ASCII is written so too.",
        ),
    )
}
"""The formats of data files: taken apart where the configuration names them, else no documents."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A known format that is not taken apart here."""

    name: str
    suffixes: tuple[str, ...]
    reason: str
    """Who takes it apart, as the end of a sentence about the document."""


ELSEWHERE: Mapping[str, Elsewhere] = {
    "rest": Elsewhere("rest", (".rst",), "is reStructuredText, which is extracted by Sphinx"),
}
"""The formats that something else takes apart."""

SUFFIXES: Mapping[str, str] = {
    suffix: name
    for table in (FORMATS, ELSEWHERE)
    for name, row in table.items()
    for suffix in row.suffixes
}
"""The format of each suffix, in small letters."""


def format_of(
    relative: str, content: str, formats: Iterable[tuple[str, str]], path: Path | None = None
) -> str:
    """Tell a document's format.

    A configured glob decides; then a plain text, or a file without a suffix, that opens with front
    matter is Markdown; then the suffix decides, and a file without one is plain text.

    :param relative: the path below the source folder, with the suffix.
    :param content: the whole text.
    :param formats: pairs of glob and format name.
    :param path: the path for messages.
    :raises DocumentError: if the suffix says nothing, or a configured format does not exist.
    """
    place = path or Path(relative)
    configured = first_match(formats, relative)
    if configured is not None:
        if configured not in FORMATS and configured not in ELSEWHERE:
            known = ", ".join((*FORMATS, *ELSEWHERE))
            raise DocumentError(
                f"has the unknown format {configured!r} by 'formats'",
                f"use {known}",
                path=place,
            )
        return configured
    suffix = split_suffix(relative)[1].lower()
    by_suffix = SUFFIXES.get(suffix) if suffix else "text"
    if by_suffix is None:
        raise DocumentError(
            f"has no known format for {suffix!r}",
            "give it one with 'formats'",
            path=place,
        )
    return "markdown" if by_suffix == "text" and opens_with_front_matter(content) else by_suffix


def data_format(path: Path) -> str:
    """Tell the format of a data file by its suffix.

    :raises DocumentError: if it is none of those.
    """
    for name, row in DATA.items():
        if path.suffix.lower() in row.suffixes:
            return name
    known = ", ".join(suffix for row in DATA.values() for suffix in row.suffixes)
    raise DocumentError("is no data file", f"here are read: {known}", path=path)


def format_named(name: str, path: Path | None = None) -> Format:
    """Give a row of the table.

    :param path: the document's, for the message.
    :raises DocumentError: if documents of this format are not taken apart here.
    """
    row = FORMATS.get(name) or DATA.get(name)
    if row is not None:
        return row
    reason = ELSEWHERE[name].reason if name in ELSEWHERE else f"has the unknown format {name!r}"
    raise DocumentError(reason, f"here are read: {', '.join(FORMATS)}", path=path)


def segments(document: Document, options: Options) -> tuple[Segment, ...]:
    """Give a document's segments in its order.

    :raises DocumentError: if its front matter is not valid, or its format is not read here.
    """
    return format_named(document.format, document.path).segments(document, options)
