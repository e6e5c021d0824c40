"""A notice at the top of a translated document, behind its front matter and its title."""

from __future__ import annotations

import re

from transpipe.documents.frontmatter import front_matter
from transpipe.documents.lines import body_start
from transpipe.errors import DocumentError
from transpipe.model import Document

_END = re.compile(r"\r\n|\r|\n")
# What MDX and authors put above a title: imports, exports, comments, blank lines.
_ABOVE = re.compile(
    r"(?:(?:import|export)\b[^\r\n]*(?:\r\n|\r|\n)|[ \t]*(?:\r\n|\r|\n)|<!--[^\r\n]*?-->)*"
)
_LINE = r"(?:\r\n|\r|\n|\Z)"
_TITLE = re.compile(rf"#[ \t][^\r\n]*{_LINE}|[^\s#>`~*+\-<{{][^\r\n]*(?:\r\n|\r|\n)=+[ \t]*{_LINE}")


def with_notice(document: Document, text: str, notice: str) -> str:
    """Put a notice into a translated text; blank lines part it from what is around it.

    A format without paragraphs of text, as a data file, takes none.
    """
    if document.format not in ("markdown", "text") or not notice.strip():
        return text
    ending = _END.search(text)
    newline = ending[0] if ending else "\n"
    place = _place(document, text)
    block = newline.join(notice.strip().splitlines())
    head, body = text[:place], text[place:]
    gap = "" if not head.strip("\ufeff \t\r\n") and place == body_start(text) else newline
    if head and head[-1] not in "\r\n\ufeff":
        gap = newline * 2
    rest = body.lstrip("\r\n") if body.strip() else ""
    return f"{head}{gap}{block}{newline}" + (newline + rest if rest else "")


def _place(document: Document, text: str) -> int:
    start = body_start(text)
    if document.format != "markdown":
        return start
    try:
        found = front_matter(text, document.path)
    except DocumentError:
        found = None
    start = found.end if found else start
    above = _ABOVE.match(text, start)
    place = above.end() if above else start
    title = _TITLE.match(text, place)
    if title:
        return title.end()
    has_code = above is not None and re.search(r"^(?:import|export)\b", above[0], re.MULTILINE)
    return place if has_code else start
