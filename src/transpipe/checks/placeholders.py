"""Checks of what a program fills in."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator

from transpipe.checks.registry import Context, check
from transpipe.checks.words import changed
from transpipe.deeds import readable_parameters_replaced
from transpipe.model import Message, Severity
from transpipe.shortcodes import parameters_of_text, without_texts

# Nothing is read twice: a text of any length takes the time of its length.
_PLACEHOLDER = re.compile(
    r"""
      (?P<shortcode>\{\{[<%](?:[^{}>%]++|(?!\{\{[<%]|[>%]\}\}).)*+[>%]\}\})
    | \{\{(?P<template>[^{}<%]++)\}\}
    | (?P<brace>\{(?:[A-Za-z_][\w.]*+|\d++)(?:![rsa])?+(?::[^\s{}`]*+)?+\})(?!`)
    | (?<![\w%])(?P<printf>%\(\w++\)[-+0#]*+\d*+(?:\.\d++)?+[sdifgrxcu]
        |%(?:\d++\$)?+[-+0#]*+\d*+(?:\.\d++)?+[sdifgrxcu](?!\w))
    """,
    re.VERBOSE | re.DOTALL,
)
# In code a brace is a brace, and what a role holds is the role's.
_BACKTICKS = re.compile(r"`++")
_MARKUP = frozenset({"markdown", "rest"})


def _found(text: str, names: Collection[str]) -> Iterator[str]:
    for match in _PLACEHOLDER.finditer(text):
        if match["template"]:
            yield f"{{{{ {' '.join(match['template'].split())} }}}}"
        elif match["shortcode"]:
            tag = without_texts(match[0], names, "…")
            yield " ".join(readable_parameters_replaced(tag, "…").split())
        else:
            yield match[0]


def _placeholders(text: str, syntax: str, names: Collection[str] = ()) -> Counter[str]:
    """Count the placeholders of a text, texts in parameters with these names left out."""
    return Counter(_found(_without_code(text) if syntax in _MARKUP else text, names))


def _parameters_of_text(msgid: str, chosen: Collection[str]) -> frozenset[str]:
    tags = [match[0] for match in _PLACEHOLDER.finditer(msgid) if match["shortcode"]]
    return parameters_of_text(tags, chosen)


def _without_code(text: str) -> str:
    """Put a blank for all between two equally long runs of backticks; an escaped run opens none."""
    runs = [match.span() for match in _BACKTICKS.finditer(text)]
    ends: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for start, end in reversed(runs):
        ends[end - start].append((start, end))
    kept = []
    position = 0
    for start, end in runs:
        same = ends[end - start]
        same.pop()
        if start < position or text[start - 1 : start] == "\\" or not same:
            continue
        kept.append(text[position:start] + " ")
        position = same[-1][1]
    return "".join((*kept, text[position:]))


@check(severity=Severity.ERROR)
def placeholder(message: Message, context: Context) -> Iterator[str]:
    r"""Keep every placeholder, template expression and shortcode.

    Bad::

        msgid "%(count)s pages by %s"
        msgstr "%(cuenta)s páginas de %s"

        msgid "Hello, {name}!"
        msgstr "¡Hola, {nombre}!"

        msgid "Version {{ version }}"
        msgstr "Versión {{ versión }}"

        msgid "{{< ref \"about\" >}}"
        msgstr "{{< ref \"acerca\" >}}"

    Good::

        msgid "{name} has {count} pages, 100% done."
        msgstr "{count} páginas de {name}, 100 % de ellas."

        msgid "{{< figure src=\"a.png\" caption=\"A map\" >}} in {{version}}"
        msgstr "{{< figure src=\"a.png\" caption=\"Un mapa\" >}} en {{ version }}"

        msgid "A {{< tip \"word with a note\" >}}"
        msgstr "Una {{< tip \"palabra con nota\" >}}"
    """
    # They are in every placeholder.
    if not any(mark in text for text in (message.msgid, message.msgstr) for mark in "{%"):
        return
    names = _parameters_of_text(message.msgid, context.shortcodes)
    source = _placeholders(message.msgid, context.syntax, names)
    translation = _placeholders(message.msgstr, context.syntax, names)
    sentence = changed(
        "placeholders",
        list((source - translation).elements()),
        list((translation - source).elements()),
    )
    if sentence:
        yield sentence.followed_by(". Write them as the source has them.")
