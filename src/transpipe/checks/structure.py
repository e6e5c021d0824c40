"""Checks of the block that a translation makes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transpipe.checks.inlines import block_kinds
from transpipe.checks.registry import MARKDOWN, Context, check
from transpipe.model import HARD_BREAK_SEPARATOR, HARD_BREAKS, Message, Severity

_NAMES = {
    "blockquote": "a quote",
    "bullet_list": "a list",
    "code_block": "an indented code block",
    "dl": "a definition list",
    "fence": "a fenced code block",
    "footnote_reference": "the text of a footnote",
    "heading": "a heading",
    "hr": "a thematic break",
    "html_block": "a block of HTML",
    "ordered_list": "a numbered list",
    "table": "a table",
}


_LINE_END = re.compile(r"\r\n|\r|\n")


def _as_written(text: str) -> str:
    """Put a text as it stands in a document: without the white space its lines begin with."""
    return "\n".join(line.lstrip(" \t") for line in _LINE_END.split(text.strip()))


def _takes_in_what_follows(text: str) -> bool:
    """Whether a text leaves a fence, a comment or the like open."""
    if not {"fence", "html_block"} & set(block_kinds(text)):
        return False
    return block_kinds(f"{text}\n\nx")[-1] != "paragraph"


@check(severity=Severity.ERROR, syntaxes=MARKDOWN)
def block_structure(message: Message, context: Context) -> Iterator[str]:
    r"""Keep a translation one block.

    A text that begins like a heading, a list, a quote or a fence opens that block in the document,
    and of two paragraphs Sphinx shows the first. What the source does too is right.

    Bad::

        msgid "The year 1986 was a good one."
        msgstr "1986. Un buen año."

        msgid "Number one"
        msgstr "# uno"

        msgid "One paragraph."
        msgstr "Un párrafo.\n\nOtro párrafo."

        msgid "A title"
        msgstr "Un título\n---"

    Good::

        msgid "The year 1986 was a good one."
        msgstr "1986\\. Un buen año."

        msgid "1. Install"
        msgstr "1. Instalar"

        msgid "1. Install"
        msgstr "Primero, instalar"
    """
    text, source = _as_written(message.msgstr), _as_written(message.msgid)
    if text == "\\" != source:
        yield "a backslash alone cannot be written: write two of them, or the text"
        return
    blocks = block_kinds(text)
    if blocks in (("paragraph",), block_kinds(source)):
        if _takes_in_what_follows(text) and not _takes_in_what_follows(source):
            yield "a block has no end, and takes in what follows it: close it as the source does"
        return
    if not blocks:
        if text:
            yield "the translation is a link definition, and shows nothing: write it as text"
        return
    opened = [kind for kind in blocks if kind != "paragraph"]
    if opened:
        name = _NAMES.get(opened[0], opened[0])
        yield f"the translation opens {name}: put a backslash before the character that opens it"
    else:
        yield f"the translation is {len(blocks)} paragraphs: take out the blank line"


# Of two backslashes the first makes the second text.
_HARD_BREAK = re.compile(r"(?:(?<!\\)(?:\\\\)*+\\|  )\n")


@check(severity=Severity.WARNING, syntaxes=MARKDOWN)
def hard_line_break(message: Message, context: Context) -> Iterator[str]:
    r"""Keep the line breaks that the author's comment tells of.

    A msgid does not hold them. Where a line of the translation should end, write a backslash and
    begin a new line.

    Bad::

        #. Hard line break after: 12 Main Street
        msgid "12 Main Street Springfield"
        msgstr "Calle Mayor 12 Springfield"

    Good::

        #. Hard line break after: 12 Main Street
        msgid "12 Main Street Springfield"
        msgstr "Calle Mayor 12\\\nSpringfield"
    """
    wanted = sum(
        len(comment.removeprefix(HARD_BREAKS).split(HARD_BREAK_SEPARATOR))
        for comment in message.extracted_comments
        if comment.startswith(HARD_BREAKS)
    )
    found = len(_HARD_BREAK.findall(message.msgstr))
    if found < wanted:
        breaks = "a line break" if wanted == 1 else f"{wanted} line breaks"
        yield (
            f"the source has {breaks}, the translation {found or 'none'}: end the line with a "
            "backslash and begin a new one"
        )
