"""Which msgstrs leave the blocks of a Markdown document as they are: told without a parser.

Most translations begin with a letter and stand on one line. A line of a paragraph that begins so
is read by no rule of the block parser but that of paragraphs (:mod:`.block_rules` has the
characters that the others look for), so one takes the place of another and nothing else changes.
What is not known here to be so is proved by taking the translated document apart; a test holds
this page against that proof.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from transpipe.documents.hosts import NO_HOST, Flavour, flavour_of
from transpipe.documents.options import Options
from transpipe.model import Document, Placement, Segment, SegmentKind

_KINDS = frozenset({SegmentKind.PARAGRAPH, SegmentKind.HEADING, SegmentKind.CELL, SegmentKind.TERM})
_PLAIN = re.compile(
    r"[A-Za-z\"'&$@,;{\\]"
    # Beyond ASCII only a dash says something: whose a quotation is.
    r"|[^\x00-\x7f‐-―]"
    r"|\d+(?![\d.)])"
    # A list has a blank behind its marker, a rule nothing else.
    r"|\*{1,3}[^\s*]|_{1,3}[^\s_]"
    r"|`(?!`)"
    r"|!?\[(?!\^)(?!.*\]:)"
    r"|\((?!.*\)=)"
)
"""What a line begins with that no rule but that of paragraphs takes."""
_ACTIVE_AT_HOSTS = re.compile(r"[{}<>`\\]|(?:import|export)\b")
"""What the constructs of every host hold."""
_MAY_BE_DEFINED = re.compile(r"[\r\n][^\w\r\n]*[:~][ \t]")


def keeps_blocks(document: Document, segment: Segment, msgstr: str, options: Options) -> bool:
    """Tell whether a msgstr surely leaves all blocks, and comes back as it was written."""
    text = msgstr.strip(" ")
    if segment.kind not in _KINDS or segment.placement is not Placement.EXACT:
        return False
    # A line break or a tab is not printable. A pipe makes cells, # may close a heading.
    if not text.isprintable() or "|" in text or text[-1:] in ("\\", "#") or not _PLAIN.match(text):
        return False
    # What begins with another character may have ended the block above.
    if not _PLAIN.match(segment.msgid):
        return False
    if len(segment.spans) > 1 and (
        _holds_others(document, segment)
        # The last line of a paragraph would become a term if it were the only one.
        or _holds_definitions(document.text, options.markdown)
    ):
        return False
    flavour = flavour_of(document)
    if flavour is NO_HOST:
        return True
    source = document.text[segment.spans[0].start : segment.spans[-1].end]
    return _is_none_of_the_host(source, text, flavour)


def _is_none_of_the_host(source: str, text: str, flavour: Flavour) -> bool:
    # "key: value" may be an option of a block.
    if flavour.pymdown and ":" in text:
        return False
    return flavour.scan is None or not any(map(_ACTIVE_AT_HOSTS.search, (source, text)))


def _holds_others(document: Document, segment: Segment) -> bool:
    """Tell whether other lines stand among those of a segment, as options of a directive do."""
    text = document.text[segment.spans[0].start : segment.spans[-1].end]
    if text.count("\n") == len(segment.spans) - 1 and "\r" not in text:
        return False
    return any(
        document.text[one.end : following.start].strip(" \t\r\n>")
        for one, following in pairwise(segment.spans)
    )


@lru_cache(maxsize=1)
def _holds_definitions(text: str, markdown: str) -> bool:
    return markdown != "myst" and _MAY_BE_DEFINED.search(f"\n{text}") is not None
