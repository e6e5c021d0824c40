"""What a text does, other than being read: a translation can say things, it cannot do things.

A deed is what a renderer, a site generator or a browser acts on instead of showing it: raw HTML, a
template tag or shortcode, a role or directive, an address that runs code or opens a file, a
control character. Here is what is known of them in any syntax; who reads a document, a built page
or a catalog finds the deeds of a text in its own tokens.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser
from urllib.parse import unquote

from transpipe.entities import short_references, unescape


class DeedKind(StrEnum):
    """What is done, as a phrase."""

    ADDRESS = "the address"
    """A link or picture whose address runs what it holds, or opens the reader's own files."""
    ATTRIBUTES = "the attributes"
    """Attributes that a Markdown extension puts on an element."""
    CONTROL_CHARACTER = "the control character"
    DIRECTIVE = "the directive"
    ELEMENT = "the element"
    """A part of a page that is neither text nor markup of it."""
    FILE = "the file"
    """A link that takes a file into the site."""
    HTML = "the HTML tag"
    IMAGE = "the image"
    RAW = "the raw text"
    """What goes into the output of a format as it stands."""
    ROLE = "the role"
    SUBSTITUTION = "the substitution"
    TEMPLATE = "the template tag"
    TEX = "the TeX command"


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that a text does."""

    kind: DeedKind
    what: str
    """What it is done with, as it is shown: ``<b>``, ``javascript:a()``, the name of a role."""
    content: str | None = None
    """What a role reads or writes raw; None for roles that only link or mark up text."""

    def __str__(self) -> str:
        """Put it into words: ``the HTML tag <b>``."""
        if self.kind is DeedKind.ROLE:
            content = "" if self.content is None else f"`{self.content}`"
            return f"{self.kind} {{{self.what}}}{content}"
        return f"{self.kind} {self.what}"


# -------------------------------------------------------------------------------- roles

READING_ROLES = frozenset({"download"})
"""Roles of Sphinx that take a file into the site: which one is part of the deed."""

MARKUP_ROLES = frozenset(
    """abbr any code command cve cwe dfn emphasis file guilabel index kbd literal mailheader
    makevar manpage math menuselection mimetype newsgroup pep pep-reference program regexp rfc
    rfc-reference samp strong sub subscript sup superscript t title title-reference
    """.split()  # noqa: SIM905 - forty lines otherwise
)
"""Roles of docutils and Sphinx, outside its domains, that only mark up text or link."""

REFERENCE_ROLES = frozenset(
    """cite confval doc envvar eq keyword numref option ref term token
    """.split()  # noqa: SIM905 - as above
)
"""Roles of Sphinx's standard domains: their targets are looked up among what a project defines."""


def is_saying_role(name: str) -> bool:
    """Whether a role shows its content, or links to what the project defines, by its name alone.

    >>> is_saying_role("py:func"), is_saying_role("Term"), is_saying_role("raw")
    (True, True, False)
    """
    return ":" in name or name.lower() in MARKUP_ROLES | REFERENCE_ROLES


# ---------------------------------------------------------------------------- addresses

ACTING_SCHEMES = frozenset({"blob", "data", "file", "javascript", "vbscript"})
"""Schemes of addresses that run what they hold, or open what the reader's own machine has."""

REMOTE_SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp", "inv", "project"})
"""Schemes of links that read no file."""

_IGNORED_IN_ADDRESSES = re.compile(r"[\0-\x20\x7f-\x9f]+")
_ACTING = re.compile(rf"(?:{'|'.join(sorted(ACTING_SCHEMES))}):", re.IGNORECASE)
_BEGINNINGS = tuple(f"{scheme}:" for scheme in sorted(ACTING_SCHEMES))
_ACTING_IN_TEXT = re.compile(
    r"\b(?:(?:javascript|vbscript):(?=\S)|data:(?=[\w.+-]+/[\w.+-]+[;,])|(?:file|blob):(?=/))",
    re.IGNORECASE,
)
# Browsers pass over these inside the name of a scheme.
_PASSED_OVER = re.compile(r"[\t\r\n\0]")
_UNPLAIN = re.compile(r"[\t\r\n\0&]")


def as_browsers_read(address: str) -> str:
    """Give an address as a browser reads it: blanks and control characters mean nothing."""
    return _IGNORED_IN_ADDRESSES.sub("", unescape(unquote(address)))


def acts(address: str) -> bool:
    r"""Whether following an address does more than lead to a page.

    >>> acts("Java\tscript&colon;alert(1)"), acts("https://example.org/data:")
    (True, False)
    """
    return _ACTING.match(as_browsers_read(address)) is not None


def may_hold_acting_address(text: str) -> bool:
    r"""Whether an address that acts may be part of a text, as far as it is written as it is read.

    >>> may_hold_acting_address("[a](<java script:b>)"), may_hold_acting_address("a [file](b:c)")
    (True, False)
    """
    if text.isascii() and text.isprintable():
        plain = text.replace(" ", "").lower()
        return any(beginning in plain for beginning in _BEGINNINGS)
    return _ACTING.search(_IGNORED_IN_ADDRESSES.sub("", text)) is not None


def acting_schemes(text: str) -> Iterator[str]:
    """Find the beginnings of addresses that act, in a text of any syntax, in small letters.

    >>> list(acting_schemes("About JavaScript: see <JAVA&#x53;CRIPT:alert(1)>"))
    ['javascript:']
    """
    plain = _PASSED_OVER.sub("", unescape(text)) if _UNPLAIN.search(text) else text
    # Most texts hold none of these, which is told much faster.
    lower = plain.casefold()
    if "script:" in lower or "data:" in lower or "file:/" in lower or "blob:/" in lower:
        for match in _ACTING_IN_TEXT.finditer(plain):
            yield match[0].lower()


# --------------------------------------------------------------------------------- HTML

READABLE_ATTRIBUTES = frozenset(
    {"abbr", "alt", "aria-description", "aria-label", "dir", "hreflang", "label", "lang"}
    | {"placeholder", "summary", "title"}
)
"""HTML attributes whose value is read, or says in what language: free to translate."""


@dataclass(frozen=True, slots=True)
class Tag:
    """An HTML tag, without what may be translated in it."""

    name: str
    """In small letters; ``/b`` of an end tag, ``!…`` of a declaration, ``?…`` of an instruction,
    ``!--…--`` of a comment."""
    attributes: tuple[tuple[str, str | None], ...] = ()
    """Sorted; what the reader reads is left out."""

    @property
    def is_comment(self) -> bool:
        """Whether it is a comment, which browsers pass over and some servers obey."""
        return self.name.startswith("!--")

    def __str__(self) -> str:
        """Write it as HTML."""
        words = (name if value is None else f'{name}="{value}"' for name, value in self.attributes)
        return f"<{' '.join((self.name, *words))}>"


def html_tags(html: str) -> tuple[Tag, ...]:
    """Give the tags of a piece of HTML, comments included."""
    reader = _TagReader()
    reader.feed(short_references(html))
    reader.close()
    return tuple(reader.tags)


class _TagReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[Tag] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        kept = {(name, value) for name, value in attrs if name not in READABLE_ATTRIBUTES}
        attributes = sorted(kept, key=lambda pair: (pair[0], pair[1] or ""))
        self.tags.append(Tag(tag, tuple(attributes)))

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        # To a browser, ``<b/>`` opens and does not close.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(Tag(f"/{tag}"))

    def handle_decl(self, decl: str) -> None:
        self.tags.append(Tag(f"!{decl}"))

    def unknown_decl(self, data: str) -> None:
        self.tags.append(Tag(f"![{data}"))

    def handle_pi(self, data: str) -> None:
        self.tags.append(Tag(f"?{data}"))

    def handle_comment(self, data: str) -> None:
        self.tags.append(Tag(f"!--{data}--"))


# ---------------------------------------------------------------------------- templates

_TEMPLATE_OPENING = re.compile(r"\{\{|\{%|(?m:^[ \t]*-+8<-+[^\n]*)")
_TEMPLATE_CLOSINGS = {"{{": "}}", "{%": "%}"}
_READABLE_PARAMETER = re.compile(
    r"(?<=\s)(alt|attr|caption|description|label|subtitle|summary|text|title)(\s*=\s*)"
    r"""(?:"(?:[^"\\]++|\\.)*+"|'[^']*+'|`[^`]*+`)"""
)


def readable_parameters_replaced(tag: str, mark: str) -> str:
    """Put a mark for the value of each parameter of a template tag that a reader reads.

    >>> readable_parameters_replaced('{{< figure src="a.png" alt="A map" >}}', "…")
    '{{< figure src="a.png" alt=… >}}'
    """
    return _READABLE_PARAMETER.sub(lambda match: match[1] + match[2].strip() + mark, tag)


def template_tags(text: str) -> Iterator[str]:
    """Find template tags, shortcodes and snippets, without parameters that a reader reads."""
    if "{" not in text and "8<" not in text:
        return
    # What is looked for in vain once is not looked for behind each opening.
    last = {opening: text.rfind(closing) for opening, closing in _TEMPLATE_CLOSINGS.items()}
    position = 0
    while opening := _TEMPLATE_OPENING.search(text, position):
        start, position = opening.span()
        if last.get(opening[0], -1) >= position:
            position = text.index(_TEMPLATE_CLOSINGS[opening[0]], position) + 2
        yield " ".join(_READABLE_PARAMETER.sub("", text[start:position]).split())


# --------------------------------------------------------------------------- characters


def is_control(character: str) -> bool:
    """Whether a character is a control, other than a line break or tab, or no character at all."""
    return character not in "\t\n\r" and unicodedata.category(character) in ("Cc", "Cs")
