"""Checks of what a translation may do, in any syntax: it can say things, not do things."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from transpipe.checks.prose import script
from transpipe.checks.registry import Context, Fault, check
from transpipe.checks.targets import may_hold_address, new_hosts
from transpipe.checks.words import listed, quoted
from transpipe.deeds import acting_schemes
from transpipe.model import Message, Severity


@check(severity=Severity.ERROR)
def link_scheme(message: Message, context: Context) -> Iterator[str]:
    r"""Add no address that runs or reads something.

    Bad::

        msgid "See [the guide](guide.md)."
        msgstr "Consulta [la guía](javascript:alert(1))."

        msgid "See [the guide](guide.md)."
        msgstr "Consulta [la guía](JAVA&#x53;CRIPT:alert(1))."

        msgid "See the guide."
        msgstr "Consulta <data:text/html;base64,PHNjcmlwdD4=>."

    Good::

        msgid "About JavaScript: an introduction"
        msgstr "Sobre JavaScript: una introducción"

        msgid "[Bookmark](javascript:void(0))"
        msgstr "[Marcador](javascript:void(0))"

        msgid "The data: all of it"
        msgstr "Los data: todos"
    """
    found = list(acting_schemes(message.msgstr))
    if not found:
        return
    added = Counter(found) - Counter(acting_schemes(message.msgid))
    if added:
        yield f"an address that the source does not have, with {listed(added)}: take it out"


_ADDRESS = re.compile(r"(?:https?:)?//[^\s<>()\[\]\"'`]+|\bwww\.[^\s<>()\[\]\"'`]+", re.IGNORECASE)


def _is_disguised(address: str) -> bool:
    """Whether an address mixes letters that look like those of another script."""
    host = re.sub(r"^(?:https?:)?//|/.*", "", address, flags=re.IGNORECASE | re.DOTALL)
    if any(part.startswith("xn--") for part in host.lower().split(".")):
        return True
    # A whole word in another script is how its language names a page.
    return any(
        len({script(letter) for letter in piece if letter.isalpha()} & _ALIKE) > 1
        for piece in re.split(r"[\W_\d]+", address)
    )


_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "FULLWIDTH"})


@check(severity=Severity.ERROR)
def lookalike_address(message: Message, context: Context) -> Iterator[str]:
    r"""Write addresses in one script: a letter of another one looks the same and leads elsewhere.

    Bad::

        msgid "See https://example.org/page."
        msgstr "Consulta https://ex\u0430mple.org/page."

        msgid "See https://example.org/page."
        msgstr "Consulta https://example.org/p\u0430ge."

        msgid "See the page."
        msgstr "Consulta https://xn--exmple-4nf.org/."

    Good::

        msgid "See https://en.example.org/page."
        msgstr "Consulta https://es.example.org/página."
    """
    # In ASCII all letters are Latin.
    if message.msgstr.isascii() and "xn--" not in message.msgstr.lower():
        return
    if not may_hold_address(message.msgstr):
        return
    for match in _ADDRESS.finditer(message.msgstr):
        if match[0] not in message.msgid and _is_disguised(match[0]):
            spelled = match[0].encode("ascii", "backslashreplace").decode()
            yield Fault(
                f"an address with letters that look like others: {quoted(spelled)}."
                " Copy the address of the source.",
                match[0],
            )
            return


@check(severity=Severity.ERROR)
def new_link_host(message: Message, context: Context) -> Iterator[str]:
    """Link to no site that the source does not link to.

    The same site in the language of the translation is right. Where another site is meant, mute
    the check for this message with a comment that gives the reason.

    Bad::

        msgid "Get it from <https://example.org>."
        msgstr "Descárguelo de <https://example.net>."

        msgid "Get it from [us](https://example.org/get)."
        msgstr "Descárguelo de [aquí](https://example.org@example.net/get)."

        msgid "Get it from us."
        msgstr "Descárguelo de www.example.net."

    Good::

        msgid "See https://en.example.org/a and https://example.com/."
        msgstr "Consulta https://example.com/ y https://es.example.org/a."
    """
    new = new_hosts(message.msgid, message.msgstr, context.locale)
    if new:
        yield (
            f"an address on a site that the source does not link to: {listed(new)}."
            " Take it out, or mute this check with a comment that says why."
        )
