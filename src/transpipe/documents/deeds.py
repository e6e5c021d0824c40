"""What a msgstr would do that its msgid does not: a translation can say things, not do things.

A deed is what a renderer or a site generator acts on instead of showing it: raw HTML, a template
tag or shortcode, a role, an address that runs code or reads a file, a control character. What a
msgid has may stand in its msgstr, in any order; ordinary links are no deeds.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from transpipe.documents.markdown_parser import make_parser
from transpipe.documents.messages import clean
from transpipe.documents.options import Options
from transpipe.model import Segment, SegmentKind

_TEMPLATE_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{\{|\{%|-+8<-+[^\n]*", re.DOTALL)
# What a reader sees or hears is there to be translated.
_TEXT_PARAMETER = re.compile(
    r"""\s(?:alt|caption|title|label|summary|text)\s*=\s*(?:"[^"]*"|'[^']*'|`[^`]*`)"""
)
_TEXT_ATTRIBUTES = frozenset(
    {"abbr", "alt", "aria-label", "dir", "hreflang", "label", "lang", "placeholder", "title"}
)
_LINK_ATTRIBUTES = frozenset({("a", "href"), ("area", "href"), ("img", "src")})
_ATTRIBUTE = r"""([A-Za-z_:][\w:.-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
_TAG = re.compile(rf"<([A-Za-z][A-Za-z0-9-]*)((?:\s+{_ATTRIBUTE})*)\s*/?>")
_ANY_TAG = re.compile(r"</?[A-Za-z][^>]*>?|<[!?][^>]*>?")
_HANDLER = re.compile(r"\{[^{}]*?\bon[a-z]+\s*=[^{}]*\}", re.IGNORECASE)
_SCHEME = re.compile(r"(?:javascript|data|vbscript|file):", re.IGNORECASE)
_IGNORED_IN_ADDRESSES = re.compile(r"[\0-\x20\x7f-\x9f]+")
_TARGET = re.compile(r".*<([^<>]*)>\s*", re.DOTALL)
# Roles of docutils and Sphinx whose content is shown or looked up among what the project defines.
_SAYING_ROLES = re.compile(
    "abbr|any|cite|code|command|dfn|doc|emphasis|envvar|eq|file|guilabel|kbd|keyword|literal|"
    "mailheader|makevar|manpage|math|menuselection|mimetype|newsgroup|numref|option|pep|program|"
    "ref|regexp|rfc|samp|strong|sub|subscript|sup|superscript|term|token|.*:.*"
)
_BLANKS_OF_LINES = re.compile(r"(?:\r\n|\r|\n)[ \t]*")
_LONGEST = 60

_Deed = tuple[str, str]
"""What kind it is, as a phrase, and what it is."""


def added_by_markdown(segment: Segment, msgstr: str, options: Options) -> str | None:
    """Say what a msgstr would do in a Markdown document and its msgid does not.

    :returns: the end of a sentence about the msgstr, or None where it only says something.
    """
    if segment.kind is SegmentKind.FRONT_MATTER:
        return _added(_in_value(segment.msgid), _in_value(msgstr))
    # A paragraph is written line by line, the other blocks are folded.
    lines = _BLANKS_OF_LINES.sub("\n", msgstr.strip())
    before = tuple(_in_markdown(segment.msgid, options.markdown))
    return _added(before, _in_markdown(lines, options.markdown)) or _added(
        before, _in_markdown(clean(msgstr), options.markdown)
    )


def added_by_text(segment: Segment, msgstr: str, options: Options) -> str | None:
    """Say what a msgstr would do in a plain text and its msgid does not: control characters.

    :returns: the end of a sentence about the msgstr, or None where it only says something.
    """
    return _added(_control_characters(segment.msgid), _control_characters(msgstr))


def _added(before: Iterable[_Deed], after: Iterable[_Deed]) -> str | None:
    known = Counter(before)
    found = Counter(after)
    for deed in found:
        kind, what = deed
        # One HTML tag too many can close what the page has opened around the text.
        if deed not in known or (kind == _HTML and found[deed] > known[deed]):
            shown = what if len(what) <= _LONGEST else what[: _LONGEST - 1] + "…"
            return f"it adds {kind} {shown}, which the source does not have"
    return None


_HTML = "the HTML tag"


def _in_value(text: str) -> Iterator[_Deed]:
    """Give the deeds of a value of the front matter, which a theme may print as it stands."""
    yield from _control_characters(text)
    yield from _template_tags(text)
    yield from ((_HTML, _tag(match[0])) for match in _ANY_TAG.finditer(text))


def _in_markdown(text: str, flavour: str) -> Iterator[_Deed]:
    yield from _control_characters(text)
    # Template languages are read before Markdown is, in code as well.
    yield from _template_tags(text)
    yield from (("the attributes", _folded(match[0])) for match in _HANDLER.finditer(text))
    for token in _reader(flavour).parseInline(text):
        yield from _of_tokens(token.children or ())


def _of_tokens(tokens: Iterable[Token]) -> Iterator[_Deed]:
    for token in tokens:
        if token.type == "html_inline":
            yield _HTML, _tag(token.content)
        elif token.type == "myst_role":
            yield "the role", _role(str(token.meta["name"]), token.content)
        for name in ("href", "src"):
            address = _address(str(token.attrs.get(name, "")))
            if _SCHEME.match(address):
                yield "the address", address
        yield from _of_tokens(token.children or ())


def _control_characters(text: str) -> Iterator[_Deed]:
    for character in text:
        if character not in "\t\n\r" and unicodedata.category(character) in ("Cc", "Cs"):
            yield "the control character", f"U+{ord(character):04X}"


def _template_tags(text: str) -> Iterator[_Deed]:
    for match in _TEMPLATE_TAG.finditer(text):
        yield "the template tag", _folded(_TEXT_PARAMETER.sub("", match[0]))


def _tag(source: str) -> str:
    """Give a tag without what may be translated in it."""
    match = _TAG.fullmatch(source)
    if match is None:
        return _folded(source).lower() if source.startswith("</") else _folded(source)
    name = match[1].lower()
    parts = [name]
    for attribute, value in re.findall(_ATTRIBUTE, match[2]):
        key = attribute.lower()
        if key in _TEXT_ATTRIBUTES:
            continue
        content = _folded(value.strip("\"'"))
        if (name, key) in _LINK_ATTRIBUTES and not _SCHEME.match(_address(content)):
            content = "…"
        parts.append(f'{key}="{content}"' if value else key)
    return f"<{' '.join(parts)}>"


def _role(name: str, content: str) -> str:
    """Give a role, with what it reads where it may read a file or write raw text."""
    if _SAYING_ROLES.fullmatch(name.lower()):
        return f"{{{name}}}"
    target = _TARGET.fullmatch(content) if name == "download" else None
    return f"{{{name}}}`{_folded(target[1] if target else content)}`"


def _address(address: str) -> str:
    """Give an address as a browser reads it: blanks and control characters mean nothing."""
    return _IGNORED_IN_ADDRESSES.sub("", unescape(unquote(address)))


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
