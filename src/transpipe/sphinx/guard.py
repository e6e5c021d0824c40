"""A translation can say things, it cannot do things.

What a text does, other than being read, is taken from its tokens as a set of *deeds*: raw HTML,
roles, substitutions (which Jinja evaluates), pictures it loads, files it shows or hands out,
links that run something. A translation may
have the deeds of its source and no others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser
from urllib.parse import urlsplit

from markdown_it.token import Token

Deed = tuple[str, ...]
"""Its kind, and what it is done with: ``("role", "download", "data.csv")``."""

READABLE_ATTRIBUTES = frozenset({"alt", "title", "aria-label", "placeholder", "lang", "dir"})
"""HTML attributes whose value is read, or says in what language: free to translate."""

READING_ROLES = frozenset({"download"})
"""Roles that take a file into the site: which one is part of the deed."""

MARKUP_ROLES = frozenset(
    """abbr any code command cve cwe dfn emphasis file guilabel index kbd literal mailheader
    makevar manpage math menuselection mimetype newsgroup pep pep-reference program regexp rfc
    rfc-reference samp strong sub subscript sup superscript t title title-reference
    """.split()  # noqa: SIM905 - forty lines otherwise
)
"""Roles of docutils and Sphinx, outside its domains, that only mark up text or link."""

REMOTE_SCHEMES = frozenset({"http", "https", "mailto", "tel", "ftp", "inv", "project"})
"""Schemes of links that read no file."""


ACTING_SCHEMES = frozenset({"data", "file", "javascript", "vbscript"})
"""Schemes of links that run what they hold, or open what the reader's own machine has."""


def deeds_of(tokens: Iterable[Token], documents: tuple[str, ...]) -> frozenset[Deed]:
    """Give what inline Markdown tokens do.

    :param documents: suffixes of source documents, with the dot; a link to one reads no file.
    """
    return frozenset(_deeds(tokens, documents))


def deeds_of_html(text: str) -> frozenset[Deed]:
    """Give what a piece of raw HTML does."""
    reader = _TagReader()
    reader.feed(text)
    reader.close()
    return frozenset(reader.deeds)


def describe(deed: Deed) -> str:
    """Put a deed into words for a warning."""
    kind, *what = deed
    names = {
        "html": "raw HTML <{}>",
        "directive": "the directive {}",
        "role": "the role {{{}}}",
        "substitution": "the substitution {{{{{}}}}}",
        "image": "the image {}",
        "file": "the file {}",
        "link": "the link {}",
    }
    return names[kind].format(" ".join(what))


def _deeds(tokens: Iterable[Token], documents: tuple[str, ...]) -> Iterator[Deed]:
    for token in tokens:
        if token.type == "html_inline":
            yield from deeds_of_html(token.content)
        elif token.type == "myst_role":
            name = str(token.meta.get("name", ""))
            yield ("role", name, token.content) if name in READING_ROLES else ("role", name)
        elif token.type.startswith("substitution"):
            yield "substitution", token.content.strip()
        elif token.type == "image":
            # Wherever it is from: one of another host tells that host who reads the page.
            yield "image", str(token.attrGet("src") or "")
        elif token.type == "link_open":
            address = str(token.attrGet("href") or "")
            yield from link_deeds(address) or _file_deeds(address, documents)
        yield from _deeds(token.children or (), documents)


def link_deeds(address: str) -> tuple[Deed, ...]:
    """Give what following a link does, other than to lead to a page."""
    # Browsers pass over these characters, and over case.
    scheme, colon, _ = re.sub(r"[\x00-\x20]", "", address).partition(":")
    return (("link", address),) if colon and scheme.lower() in ACTING_SCHEMES else ()


def _file_deeds(address: str, documents: tuple[str, ...]) -> tuple[Deed, ...]:
    try:
        parts = urlsplit(address)
    except ValueError:  # no address at all
        return (("file", address),)
    if parts.scheme in REMOTE_SCHEMES or (not parts.scheme and parts.netloc) or not parts.path:
        return ()
    if documents and parts.path.endswith(documents):
        return ()
    return (("file", address),)


class _TagReader(HTMLParser):
    """Collects tags with the attributes that are not there to be read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.deeds: list[Deed] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        fixed = sorted((name, value) for name, value in attrs if name not in READABLE_ATTRIBUTES)
        words = (name if value is None else f'{name}="{value}"' for name, value in fixed)
        self.deeds.append(("html", tag, *words))

    def handle_endtag(self, tag: str) -> None:
        self.deeds.append(("html", f"/{tag}"))

    def handle_decl(self, decl: str) -> None:
        self.deeds.append(("html", f"!{decl}"))

    def unknown_decl(self, data: str) -> None:
        self.deeds.append(("html", f"![{data}"))

    def handle_pi(self, data: str) -> None:
        self.deeds.append(("html", f"?{data}"))
