"""What a translation does in a built page: see :mod:`transpipe.deeds`.

The deeds are taken from the tokens of a text as a set. A translation may have the deeds of its
source and no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from markdown_it.token import Token

from transpipe.deeds import READING_ROLES, REMOTE_SCHEMES, Deed, DeedKind, acts, html_tags


def deeds_of(tokens: Iterable[Token], documents: tuple[str, ...]) -> frozenset[Deed]:
    """Give what inline Markdown tokens do.

    :param documents: suffixes of source documents, with the dot; a link to one reads no file.
    """
    return frozenset(_deeds(tokens, documents))


def deeds_of_html(text: str) -> frozenset[Deed]:
    """Give what a piece of raw HTML does."""
    return frozenset(Deed(DeedKind.HTML, str(tag)) for tag in html_tags(text) if not tag.is_comment)


def _deeds(tokens: Iterable[Token], documents: tuple[str, ...]) -> Iterator[Deed]:
    for token in tokens:
        if token.type == "html_inline":
            yield from deeds_of_html(token.content)
        elif token.type == "myst_role":
            name = str(token.meta.get("name", ""))
            yield Deed(DeedKind.ROLE, name, token.content if name in READING_ROLES else None)
        elif token.type.startswith("substitution"):
            yield Deed(DeedKind.SUBSTITUTION, f"{{{{{token.content.strip()}}}}}")
        elif token.type == "image":
            # Wherever it is from: one of another host tells that host who reads the page.
            yield Deed(DeedKind.IMAGE, str(token.attrGet("src") or ""))
        elif token.type == "link_open":
            address = str(token.attrGet("href") or "")
            yield from link_deeds(address) or _file_deeds(address, documents)
        yield from _deeds(token.children or (), documents)


def link_deeds(address: str) -> tuple[Deed, ...]:
    """Give what following a link does, other than to lead to a page."""
    return (Deed(DeedKind.ADDRESS, address),) if acts(address) else ()


def _file_deeds(address: str, documents: tuple[str, ...]) -> tuple[Deed, ...]:
    try:
        parts = urlsplit(address)
    except ValueError:  # no address at all
        return (Deed(DeedKind.FILE, address),)
    if parts.scheme in REMOTE_SCHEMES or (not parts.scheme and parts.netloc) or not parts.path:
        return ()
    if documents and parts.path.endswith(documents):
        return ()
    return (Deed(DeedKind.FILE, address),)
