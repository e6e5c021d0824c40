"""Checks of the block that a translation makes."""

from __future__ import annotations

from collections.abc import Iterator

from transpipe.checks.inlines import block_kinds
from transpipe.checks.registry import MARKDOWN, Context, check
from transpipe.model import Message, Severity

_NAMES = {
    "blockquote": "a quote",
    "bullet_list": "a list",
    "code_block": "an indented code block",
    "fence": "a fenced code block",
    "heading": "a heading",
    "hr": "a thematic break",
    "html_block": "a block of HTML",
    "ordered_list": "a numbered list",
    "table": "a table",
}


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
    blocks = block_kinds(message.msgstr)
    if blocks in (("paragraph",), block_kinds(message.msgid)):
        return
    if not blocks:
        if message.msgstr.strip():
            yield "the translation is a link definition, and shows nothing: write it as text"
        return
    opened = [kind for kind in blocks if kind != "paragraph"]
    if opened:
        name = _NAMES.get(opened[0], opened[0])
        yield f"the translation opens {name}: put a backslash before the character that opens it"
    else:
        yield f"the translation is {len(blocks)} paragraphs: take out the blank line"
