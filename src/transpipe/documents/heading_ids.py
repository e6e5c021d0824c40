"""Heading ids as site generators make them, and the sources' ids pinned in translations.

A generator makes the id of a heading from its text, so that a translation has another one, and a
link with a fragment breaks. Where the generator has a syntax for ids, the source's id is written
behind the translated heading; tests compare the algorithms with the generators themselves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from markdown_it.token import Token

from transpipe.documents.formats import format_named
from transpipe.documents.markdown_parser import parser
from transpipe.documents.options import Options
from transpipe.model import Document, Segment, SegmentKind

_NAMED = re.compile(r"(?:\A|(?<=[\s:]))#([^\s{}]+)")
_EXPRESSION = re.compile(r"[{}]")
_UNDERLINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)[ \t]*=+[ \t]*(?:[\r\n]|\Z)")
_LINE_END = re.compile(r"[\r\n]")


@dataclass(frozen=True, slots=True)
class Host:
    """How a site generator makes ids."""

    text: Callable[[str], str]
    """From the source of a heading to the text its id is made of."""
    slug: Callable[[str], str]
    """From that text to the id, before it is made the only one of its kind."""
    number: Callable[[str, Mapping[str, int]], str]
    """From an id that is taken to one that is not."""
    pin: Callable[[str, str], str]
    """From a heading and an id to the heading with this id."""
    first_level: bool = True
    """Whether headings of the first level have ids."""


def pinned(document: Document, text: str, options: Options, host: str) -> str:
    """Give a translated text with the heading ids of its source.

    Headings that have an id of their own keep it. Where nothing differs nothing is written.

    :param document: the source.
    :param text: its translation, of the same block structure.
    :param host: a name of :data:`HOSTS`.
    """
    if document.format != "markdown" or text == document.text:
        return text
    before = _headings(document, options)
    after = _headings(replace(document, text=text), options)
    if len(before) != len(after):
        return text
    rules = HOSTS[host]
    ids, groups = source_ids([heading.source for heading in before], host)
    changed = {
        group
        for old, new, group in zip(before, after, groups, strict=True)
        if old.source != new.source
    }
    for index in reversed(range(len(after))):
        new, identifier = after[index], ids[index]
        if new.has_id or new.start is None or (new.is_first_level and not rules.first_level):
            continue
        if identifier and groups[index] in changed:
            heading = rules.pin(text[new.start : new.end], identifier)
            text = text[: new.start] + heading + text[new.end :]
    return text


def source_ids(headings: Sequence[str], host: str) -> tuple[list[str | None], list[str]]:
    """Give the id of each heading of a page, and what it shares with others that were like it.

    The id is None where only the generator knows: of headings with shortcodes or expressions.
    """
    rules = HOSTS[host]
    taken: dict[str, int] = {}
    ids: list[str | None] = []
    groups = []
    for heading in headings:
        explicit = _explicit(heading)
        if explicit:
            taken.setdefault(explicit, 0)
            ids.append(explicit)
            groups.append(explicit)
            continue
        if _EXPRESSION.search(heading):
            ids.append(None)
            groups.append(heading)
            continue
        slug = rules.slug(rules.text(heading))
        unique = rules.number(slug, taken) if slug in taken or not slug else slug
        _count(taken, slug, unique)
        ids.append(unique)
        groups.append(slug)
    return ids, groups


def _count(taken: dict[str, int], slug: str, unique: str) -> None:
    match = re.fullmatch(rf"{re.escape(slug)}[-_](\d+)", unique)
    if match:
        taken[slug] = int(match[1])
    taken[unique] = 0


def _explicit(heading: str) -> str | None:
    """Give the id that is written behind a heading: ``{#id}``, ``{: .class #id }``."""
    source = heading.rstrip()
    if not source.endswith("}"):
        return None
    match = _NAMED.search(source[source.rfind("{") + 1 : -1])
    return match[1] if match else None


# ------------------------------------------------------------------------------ reading


@dataclass(frozen=True, slots=True)
class _Heading:
    source: str
    start: int | None
    end: int
    has_id: bool
    is_first_level: bool = False


def _headings(document: Document, options: Options) -> list[_Heading]:
    found = format_named(document.format).segments(document, options)
    return [_heading(document.text, each) for each in found if each.kind is SegmentKind.HEADING]


def _heading(text: str, segment: Segment) -> _Heading:
    if not segment.spans:
        return _Heading(segment.msgid, None, 0, has_id=False)
    start, end = segment.spans[0].start, segment.spans[-1].end
    stop = _LINE_END.search(text, end)
    rest = text[end : stop.start() if stop else len(text)].rstrip(" \t#")
    explicit = _explicit(text[start:end] + rest)
    source = text[start:end] + (rest if explicit else "")
    before = text[max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1 : start]
    is_first = before.strip() == "#" or _UNDERLINE.match(text, end) is not None
    return _Heading(source, start, end, explicit is not None, is_first)


# ---------------------------------------------------------------------------- algorithms


def _inline_text(source: str, *, alternatives: bool) -> str:
    def parts(tokens: Iterable[Token]) -> Iterable[str]:
        for token in tokens:
            if token.type in ("text", "text_special", "code_inline"):
                yield token.content
            elif token.type in ("softbreak", "hardbreak"):
                yield "\n"
            elif token.type == "image" and alternatives:
                yield from parts(token.children or ())

    return "".join(
        text for token in parser("gfm").parseInline(source) for text in parts(token.children or ())
    )


def _last_line(source: str) -> str:
    """Give what Hugo makes an id of: the source of the last line, markup included."""
    return re.split(r"\r\n|\r|\n", source)[-1].strip()


def _hugo_slug(text: str) -> str:
    """Make an id as Hugo does by default (``autoHeadingIDType = "github"``)."""
    kept = (
        "-" if character in "- " else character.lower()
        for character in text
        if character in "-_ "
        or unicodedata.category(character)[0] == "L"
        or unicodedata.category(character) == "Nd"
    )
    return "".join(kept) or "heading"


def _github_slug(text: str) -> str:
    """Make an id as github-slugger does, which Docusaurus and Astro use."""
    kept = (character for character in text.lower() if _is_word(character))
    return "".join(kept).replace(" ", "-")


def _is_word(character: str) -> bool:
    category = unicodedata.category(character)
    return character in "- " or category[0] in "LM" or category in ("Nd", "Nl", "Pc")


def _astro_text(source: str) -> str:
    # Astro makes a dash of two hyphens first, and of no other number.
    return re.sub(r"(?<!-)--(?!-)", "—", _inline_text(source, alternatives=False)).replace(
        "\n", " "
    )


def _mkdocs_slug(text: str) -> str:
    """Make an id as the toc extension of Python-Markdown does."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_text).strip().lower())


def _with_next_hyphen(slug: str, taken: Mapping[str, int]) -> str:
    number = taken.get(slug, 0) + 1 if slug in taken else 0
    if not number:
        return slug
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"


def _with_underscore(slug: str, taken: Mapping[str, int]) -> str:
    match = re.fullmatch(r"(.*)_(\d+)", slug)
    base, number = (match[1], int(match[2]) + 1) if match else (slug, taken.get(slug, 0) + 1)
    while f"{base}_{number}" in taken:
        number += 1
    return f"{base}_{number}"


def _attribute(heading: str, identifier: str) -> str:
    return f"{heading} {{#{identifier}}}"


def _anchor(heading: str, identifier: str) -> str:
    # Astro's Markdown has no syntax for ids: an empty anchor takes the fragment.
    return f'<a id="{escape(identifier)}"></a>{heading}'


HOSTS: Mapping[str, Host] = {
    "hugo": Host(_last_line, _hugo_slug, _with_next_hyphen, _attribute),
    "docusaurus": Host(
        lambda source: _inline_text(source, alternatives=True).replace("\n", " "),
        _github_slug,
        _with_next_hyphen,
        _attribute,
        first_level=False,
    ),
    "mkdocs": Host(
        lambda source: _inline_text(source, alternatives=False),
        _mkdocs_slug,
        _with_underscore,
        _attribute,
    ),
    "starlight": Host(_astro_text, _github_slug, _with_next_hyphen, _anchor),
}
"""The site generators whose ids are known."""
