"""Checks of the numbers that a reader reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from transpipe.checks.prose import prose
from transpipe.checks.registry import Context, Fault, check
from transpipe.checks.words import listed
from transpipe.model import Message, Severity

_NUMBER = re.compile(r"\d(?<![\w.]\d)\d*(?:[.,'’\u00a0\u202f ]\d+)*(?:\s?[aApP]\.?\s?[mM]\b)?")
_SEPARATORS = re.compile(r"[.,'’\u00a0\u202f ]")
_HALF_DAY = re.compile(r"(\d+)[^\d]*([ap])\.?\s?m", re.IGNORECASE)
_DIGITS = {code: str(code & 0xF) for code in (*range(0x660, 0x66A), *range(0x6F0, 0x6FA))}
_DIGIT = re.compile(r"\d")
_EASTERN = re.compile("[\u0660-\u0669\u06f0-\u06f9]")
_SMALL = 12
# A last comma may be that of a decimal, any other one and a space part thousands only.
_APART = re.compile(r",(?!\d{3}(?!\d))(?!\d+\Z)|[ \u00a0\u202f](?!\d{3}(?!\d))")


def _numbers(text: str) -> Counter[str]:
    """Give the numbers of a text by their digits: ``1,000``, ``1.000`` and ``1 000`` are one."""
    found: Counter[str] = Counter()
    if _EASTERN.search(text):
        text = text.translate(_DIGITS)
    for match in _NUMBER.finditer(text):
        half = _HALF_DAY.fullmatch(match[0])
        if half:
            found[half[1].lstrip("0") or "0"] += 1
            continue
        whole = match[0].rstrip()
        for piece in _APART.split(whole):
            digits = _SEPARATORS.sub("", piece)
            if digits.isdigit():
                found[digits.lstrip("0") or "0"] += 1
    return found


def _same(one: str, other: str) -> bool:
    """Whether two numbers may be one: ``3 pm`` and ``15``."""
    hours = sorted((int(one[:9]), int(other[:9])))
    return hours[1] - hours[0] == 12 and hours[1] <= 24


@check(severity=Severity.WARNING)
def number(message: Message, context: Context) -> Iterator[str]:
    """Keep every number, written as the language writes it.

    A small number may be a word.

    Bad::

        msgid "About 1,500 plants in 2024."
        msgstr "Unas 1.600 plantas en 2024."

        msgid "Wait 30 minutes."
        msgstr "Espera 20 minutos."

        msgid "From 64 to 64 plants"
        msgstr "De 64 a 46 plantas"

    Good::

        msgid "About 1,500 plants, 3.5 metres high."
        msgstr "Unas 1.500 plantas de 3,5 metros de alto."

        msgid "Version 2.10 has 131,922 words."
        msgstr "La versión 2,10 tiene 131 922 palabras."

        msgid "On January 5, 2024 at 3 pm we planted 4 trees."
        msgstr "El 5 de enero de 2024 a las 15 plantamos cuatro árboles."
    """
    if not _DIGIT.search(message.msgid) and not _DIGIT.search(message.msgstr):
        return
    source = _numbers(prose(message.msgid, context.syntax))
    translation = _numbers(prose(message.msgstr, context.syntax))
    if not source and not translation:
        return
    missing = [each for each in source if each not in translation]
    added = [each for each in translation if each not in source]
    for each in list(missing):
        twin = next((other for other in added if _same(each, other)), None)
        if twin is not None:
            missing.remove(each)
            added.remove(twin)
    # Words stand for small numbers in either direction.
    big = [each for each in missing if int(each[:9]) > _SMALL]
    new = [each for each in added if int(each[:9]) > _SMALL]
    # Of a number that stands there twice, one may have been changed.
    fewer = missing or [each for each in source if translation[each] < source[each]]
    if (big and added) or (new and fewer) or (missing and added):
        yield Fault(
            f"numbers differ from the source: {listed(added)} in place of {listed(fewer)}."
            " Write the numbers of the source.",
            added[0],
        )
    elif big:
        yield f"numbers of the source are missing: {listed(big)}. Write them."
