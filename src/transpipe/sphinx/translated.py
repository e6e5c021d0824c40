"""The text that Sphinx's ``Locale`` transform hands a parser for one translated message.

``Locale`` decorates a msgstr as reStructuredText would need it. These decorations are Sphinx's
(``sphinx.transforms.i18n``); here they are undone, for parsers that are not reStructuredText.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from docutils import nodes

MARK = ":<translated>"
"""How the source of a document ends that holds one translated message."""
DUMMY_LITERAL = "\n\n   dummy literal"
"""Appended to a msgstr that ends in ``::``."""
LITERAL = re.compile(r"::\n\n(?=(?:[^\S\n]*\n)*   )")
"""Put before the indented lines of a literal block."""
TITLE = re.compile(r"(?P<text>.*)\n(?P<line>=+)", re.DOTALL)
"""A title is underlined with twice its length."""


class Form(Enum):
    """What the message is to be parsed as."""

    PARAGRAPH = auto()
    TITLE = auto()
    LITERAL = auto()


@dataclass(frozen=True, slots=True)
class TranslatedText:
    """A msgstr as the catalog has it, and what ``Locale`` wants made of it."""

    text: str
    form: Form


def is_translated_message(document: nodes.document) -> bool:
    """Tell whether a document holds one translated message, rather than a page."""
    return str(document.get("source") or "").endswith(MARK)


def undecorate(text: str) -> TranslatedText:
    """Take the decorations of reStructuredText off a message."""
    title = TITLE.fullmatch(text)
    if title and len(title["line"]) == 2 * len(title["text"]):
        return TranslatedText(title["text"].removesuffix(DUMMY_LITERAL), Form.TITLE)
    literal = LITERAL.match(text)
    if literal and text != "::" + DUMMY_LITERAL:
        lines = text[literal.end() :].split("\n")
        # textwrap.indent, which Sphinx uses, leaves blank lines alone.
        plain = "\n".join(line.removeprefix("   ") if line.strip() else line for line in lines)
        return TranslatedText(plain.removesuffix(DUMMY_LITERAL), Form.LITERAL)
    return TranslatedText(text.removesuffix(DUMMY_LITERAL), Form.PARAGRAPH)


def put(document: nodes.document, paragraph: nodes.paragraph, form: Form) -> None:
    """Add what ``Locale`` expects for a parsed message: a paragraph, or a section's title."""
    # First, because Locale looks at the first node and warnings may have been added already.
    if form is not Form.TITLE:
        document.insert(0, paragraph)
        return
    # Not a heading of the parser's: that would claim an id, and overwrite the page's slugs.
    title = nodes.title(paragraph.rawsource)
    title.extend(paragraph.children)
    document.insert(0, nodes.section("", title))


def refuse(document: nodes.document) -> None:
    """Add what makes ``Locale`` leave the source text where it is."""
    document.insert(0, nodes.comment())
