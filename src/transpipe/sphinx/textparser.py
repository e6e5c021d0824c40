"""Plain text: a paragraph between blank lines, and nothing in it is markup."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.parsers import Parser

from transpipe.sphinx.translated import Form, is_translated_message, put, undecorate

FILETYPE = "plaintext"
"""What ``source_suffix`` calls it: ``{".txt": "plaintext"}``."""


class PlainTextParser(Parser):
    """Reads a document of paragraphs that blank lines part; each one is a message."""

    supported = (FILETYPE,)

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Add the paragraphs of a text, or the one of a translated message, to a document."""
        if is_translated_message(document):
            message = undecorate(inputstring)
            if message.form is not Form.LITERAL:  # there are none in plain text
                put(document, _paragraph(message.text), message.form)
            return
        self.setup_parse(inputstring, document)
        for match in re.finditer(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", inputstring):
            paragraph = _paragraph(match[0])
            paragraph.source = document["source"]
            paragraph.line = inputstring.count("\n", 0, match.start()) + 1
            document += paragraph
        self.finish_parse()


def _paragraph(text: str) -> nodes.paragraph:
    shown = " ".join(text.split("\n")).strip()
    return nodes.paragraph(text, "", nodes.Text(shown))
