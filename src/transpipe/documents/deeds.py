"""What a msgstr would do in its document that its msgid does not: see :mod:`transpipe.deeds`.

What a msgid has may stand in its msgstr, in any order; ordinary links are no deeds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from transpipe.deeds import (
    Deed,
    DeedKind,
    Tag,
    acts,
    as_browsers_read,
    html_tags,
    is_control,
    is_saying_role,
    may_hold_acting_address,
    template_tags,
)
from transpipe.documents.markdown_parser import make_parser, may_hold_tags
from transpipe.documents.messages import clean
from transpipe.documents.options import Options
from transpipe.model import Segment, SegmentKind
from transpipe.shortcodes import parameters_of_text, without_texts

_LINK_ATTRIBUTES = frozenset({("a", "href"), ("area", "href"), ("img", "src")})
_ANY_TAG = re.compile(r"</?[A-Za-z][^>]*>?|<[!?][^>]*>?")
_HANDLER = re.compile(r"\{[^{}]*?\bon[a-z]+\s*=[^{}]*\}", re.IGNORECASE)
_TARGET = re.compile(r".*<([^<>]*)>\s*", re.DOTALL)
_ROLE_NAME_ENDS = "}`"
_ADDRESS_BEGINS = "]("
_SPELT_OTHERWISE = ("\\", "&", "%")
"""What an address may hide its scheme with."""
_BLANKS_OF_LINES = re.compile(r"(?:\r\n|\r|\n)[ \t]*")
_LONGEST = 60


def added_by_markdown(segment: Segment, msgstr: str, options: Options) -> str | None:
    """Say what a msgstr would do in a Markdown document and its msgid does not.

    :returns: the end of a sentence about the msgstr, or None where it only says something.
    """
    if segment.kind is SegmentKind.FRONT_MATTER:
        return added_by_value(segment, msgstr, options)
    if _says_only(msgstr):
        return None
    # A paragraph is written line by line, the other blocks are folded.
    lines = _BLANKS_OF_LINES.sub("\n", msgstr.strip())
    folded = clean(msgstr)
    names = _parameters_of_text(segment.msgid, options.shortcodes)
    after = tuple(_in_markdown(lines, options.markdown, names))
    also = tuple(_in_markdown(folded, options.markdown, names)) if folded != lines else ()
    if not after and not also:
        return None
    before = tuple(_in_markdown(segment.msgid, options.markdown, names))
    return _added(before, after) or _added(before, also)


def added_by_value(segment: Segment, msgstr: str, options: Options) -> str | None:
    """Say what a msgstr would do in a data file and its msgid does not.

    :returns: the end of a sentence about the msgstr, or None where it only says something.
    """
    return _added(_in_value(segment.msgid), _in_value(msgstr))


def added_by_text(segment: Segment, msgstr: str, options: Options) -> str | None:
    """Say what a msgstr would do in a plain text and its msgid does not: control characters.

    :returns: the end of a sentence about the msgstr, or None where it only says something.
    """
    return _added(_control_characters(segment.msgid), _control_characters(msgstr))


def _added(before: Iterable[Deed], after: Iterable[Deed]) -> str | None:
    known = Counter(before)
    found = Counter(after)
    for deed in found:
        # One HTML tag too many can close what the page has opened around the text.
        if deed not in known or (deed.kind is DeedKind.HTML and found[deed] > known[deed]):
            said = str(deed)
            longest = len(deed.kind) + 1 + _LONGEST
            shown = said if len(said) <= longest else said[: longest - 1] + "…"
            return f"it adds {shown}, which the source does not have"
    return None


def _in_value(text: str) -> Iterator[Deed]:
    """Give the deeds of a value of front matter or data, which a theme may print as it stands."""
    yield from _control_characters(text)
    yield from _templates(text)
    yield from (_tag(match[0]) for match in _ANY_TAG.finditer(text))


def _in_markdown(text: str, flavour: str, names: Collection[str]) -> Iterator[Deed]:
    yield from _control_characters(text)
    # Template languages are read before Markdown is, in code as well.
    yield from _templates(text, names)
    if "{" in text:
        for match in _HANDLER.finditer(text):
            yield Deed(DeedKind.ATTRIBUTES, _folded(match[0]))
    if _may_do(text):
        for token in _reader(flavour).parseInline(text):
            yield from _of_tokens(token.children or ())


def _says_only(text: str) -> bool:
    """Tell of most texts of one line that nothing is done in them."""
    return text.isprintable() and "{" not in text and "8<" not in text and not _may_do(text)


def _may_do(text: str) -> bool:
    """Tell whether the inline markup of a text may do anything: most texts need no parser."""
    return (
        may_hold_tags(text)
        or _ROLE_NAME_ENDS in text
        or (_ADDRESS_BEGINS in text and _may_act(text))
    )


def _may_act(text: str) -> bool:
    """Tell whether an address in a text may act: some of it reads as one that does, or is spelt."""
    return any(sign in text for sign in _SPELT_OTHERWISE) or may_hold_acting_address(text)


def _of_tokens(tokens: Iterable[Token]) -> Iterator[Deed]:
    for token in tokens:
        if token.type == "html_inline":
            yield _tag(token.content)
        elif token.type == "myst_role":
            yield _role(str(token.meta["name"]), token.content)
        for name in ("href", "src"):
            address = str(token.attrs.get(name, ""))
            if acts(address):
                yield Deed(DeedKind.ADDRESS, as_browsers_read(address))
        yield from _of_tokens(token.children or ())


def _control_characters(text: str) -> Iterator[Deed]:
    for character in "" if text.isprintable() else text:
        if is_control(character):
            yield Deed(DeedKind.CONTROL_CHARACTER, f"U+{ord(character):04X}")


def _templates(text: str, names: Collection[str] = ()) -> Iterator[Deed]:
    """Give the template tags of a text, without texts in parameters with these names."""
    return (Deed(DeedKind.TEMPLATE, without_texts(tag, names)) for tag in template_tags(text))


def _parameters_of_text(msgid: str, chosen: Collection[str]) -> frozenset[str]:
    tags = tuple(template_tags(msgid)) if "{{" in msgid else ()
    return parameters_of_text(tags, chosen) if tags else frozenset()


def _tag(source: str) -> Deed:
    """Give a tag without what may be translated in it; as it stands if it is not a whole one."""
    tags = html_tags(source)
    if len(tags) != 1:
        return Deed(DeedKind.HTML, _folded(source))
    (tag,) = tags
    attributes = tuple(
        (name, _folded(value) if value and not _is_link(tag, name, value) else value and "…")
        for name, value in tag.attributes
    )
    return Deed(DeedKind.HTML, _folded(str(Tag(tag.name, attributes))))


def _is_link(tag: Tag, attribute: str, value: str) -> bool:
    return (tag.name, attribute) in _LINK_ATTRIBUTES and not acts(value)


def _role(name: str, content: str) -> Deed:
    """Give a role, with what it reads where it may read a file or write raw text."""
    if is_saying_role(name):
        return Deed(DeedKind.ROLE, name)
    target = _TARGET.fullmatch(content) if name == "download" else None
    return Deed(DeedKind.ROLE, name, _folded(target[1] if target else content))


def _folded(text: str) -> str:
    return " ".join(text.split())


class _Reader(MarkdownIt):
    """The parser that takes every address for one; others do that too."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser calls it so
        """Let every address through."""
        return True


@cache
def _reader(flavour: str) -> MarkdownIt:
    return make_parser(flavour, _Reader)
