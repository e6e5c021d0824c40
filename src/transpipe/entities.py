"""HTML's character references, of any length."""

from __future__ import annotations

import html
import re

_ZEROS = re.compile(r"(&#)0++(?=[0-9])|(&#[xX])0++(?=[0-9a-fA-F])")
_TOO_LONG = re.compile(r"&#(?:[0-9]{8,}+|[xX][0-9a-fA-F]{8,}+);?")


def short_references(text: str) -> str:
    """Write numeric references as short as they can be, and those beyond Unicode as U+FFFD.

    Python refuses to read numbers of thousands of digits.

    >>> short_references("&#0000000000058; &#99999999;")
    '&#58; \ufffd'
    """
    if "&#" not in text:
        return text
    text = _ZEROS.sub(lambda match: match[1] or match[2], text)
    return _TOO_LONG.sub("\ufffd", text)


def unescape(text: str) -> str:
    """Put characters for HTML's references to them.

    >>> unescape("a &lt; b&#x3a;")
    'a < b:'
    """
    return html.unescape(short_references(text))
