"""Telling which messages ask for no translation: names, numbers and code, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Each alternative begins where no other match of it could have begun before, or stops at the
# character it begins with, so that the time is that of the length of the text.
_CODE = re.compile(
    r"(?<![\w.+:-]):[A-Za-z][\w.+:-]*+(?<=:)(?=`)"  # the name of a reST role
    r"|\{[A-Za-z][\w.+:-]*+\}(?=`)"  # that of a MyST role
    r"|`{1,2}+[^`]++`{1,2}+(?!_)"  # code in Markdown and reST
    r"|\{\{[^{}]*+\}\}|\{%[^{}%]*+%\}"  # shortcodes and templates
    r"|</?[A-Za-z][^<>]*+>"  # tags and addresses
    r"|(?<=\])\([^()\s]*+\)"  # the target of a link
    r"|(?<![\w+.-])[A-Za-z][A-Za-z0-9+.-]*+://\S+|(?<![\w.+-])[\w.+-]++@[\w-]+\.[\w.-]+"
    r"|%\(\w+\)[a-z]|%[a-z]\b|\{\w*+\}|\$\{?\w++\}?|\|[\w ]++\|"  # placeholders
    r"|&\w++;"
)
_NAME = re.compile(
    r"(?<![\w-])(?:"
    r"--?[A-Za-z][\w-]*+"  # an option: --output
    r"|(?<!\.)[\w.]*+(?<=\w)\(\)"  # a call: open()
    r"|(?=[^\W_]*+_)\w++"  # an identifier with an underscore: max_size, __init__
    r"|[A-Za-z][a-z0-9]+(?:[A-Z][a-z0-9]*)+"  # GitHub, readLine
    r"|[\w-]++(?:[./][\w-]++)++/?"  # os.path, README.md, docs/conf.py
    r"|v?\d[\w.,:/-]*+"  # 3.11, 2026-01-31, v2, 10kB
    r")(?![\w-])"
)
_LETTER = re.compile(r"[^\W\d_]")


def asks_for_no_translation(msgid: str, names: Iterable[str] = ()) -> bool:
    """Tell whether a text holds only names, numbers, code, addresses and punctuation.

    :param names: what else is a name: of a product, of a person.

    >>> [asks_for_no_translation(text) for text in ("``open()``", "3.11.2", "README.md", "Open")]
    [True, True, True, False]
    >>> asks_for_no_translation("Python 3.11", ["Python"])
    True
    """
    text = _NAME.sub(" ", _CODE.sub(" ", msgid))
    if _LETTER.search(text):
        for name in sorted(names, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text)
    return not _LETTER.search(text)
