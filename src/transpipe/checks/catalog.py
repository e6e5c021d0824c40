"""Checks of a catalog as a whole: its header, and what a message owes to it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from babel import Locale

from transpipe.checks.registry import IGNORE, Context, Fault, Scope, check
from transpipe.checks.words import quoted
from transpipe.errors import TranspipeError
from transpipe.locales import parse_locale, path_code, plural_rule
from transpipe.model import Catalog, Message, Severity


@check(severity=Severity.WARNING, scope=Scope.HEADER)
def header_language(message: Message, context: Context) -> Iterator[str]:
    r"""Name in the header the language of the catalog's folder, or a country's form of it.

    Bad::

        msgid ""
        msgstr "Language: pt_BR\n"

        msgid ""
        msgstr "Language: Spanish\n"

    Good::

        msgid ""
        msgstr "Language: es\nContent-Type: text/plain; charset=UTF-8\n"

        msgid ""
        msgstr "Language: es_AR\nContent-Type: text/plain; charset=UTF-8\n"

        msgid ""
        msgstr "Content-Type: text/plain; charset=UTF-8\n"
    """
    written = Catalog("", None, message, ()).header_field("Language")
    if written and context.locale is not None and not _agrees(written, context.locale):
        code = path_code(context.locale)
        yield f"the header says Language: {quoted(written)}: write {code}, or move the catalog"


def _agrees(written: str, locale: Locale) -> bool:
    try:
        named = parse_locale(written)
    except TranspipeError:
        return False
    # Editors write the translator's own country: es_AR is no fault in a folder that says es.
    return named == locale or (locale.territory is None and named.language == locale.language)


@check(severity=Severity.WARNING, scope=Scope.HEADER)
def header_charset(message: Message, context: Context) -> Iterator[str]:
    r"""Name in the header the charset of the catalog.

    Bad::

        msgid ""
        msgstr "Language: es\n"

    Good::

        msgid ""
        msgstr "Language: es\nContent-Type: text/plain; charset=UTF-8\n"
    """
    written = Catalog("", None, message, ()).header_field("Content-Type") or ""
    if message.msgstr and "charset=" not in written.lower():
        yield "the header names no charset: write Content-Type: text/plain; charset=UTF-8"


@check(severity=Severity.WARNING, scope=Scope.HEADER)
def header_plural_forms(message: Message, context: Context) -> Iterator[str]:
    r"""Give the header as many plural forms as the language has, or more.

    Bad::

        msgid ""
        msgstr "Plural-Forms: nplurals=1; plural=0;\n"

    Good::

        msgid ""
        msgstr "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n>1;\n"
    """
    written = Catalog("", None, message, ()).header_field("Plural-Forms") or ""
    found = re.search(r"nplurals\s*=\s*([0-9]{1,2})(?![0-9])", written)
    if context.locale is None or found is None:
        return
    count = int(found[1])
    # More forms are no fault, but where there is one only.
    fewest, forms = plural_rule(context.locale)
    if count < fewest or fewest == 1 < count:
        yield (
            f"the header says nplurals={count}, and {path_code(context.locale)} has {fewest}:"
            f" write Plural-Forms: {forms}"
        )


@check(severity=Severity.WARNING, scope=Scope.ANY_STATE, on=False)
def fuzzy_left(message: Message, context: Context) -> Iterator[str]:
    """Review every fuzzy message before a release: its reader sees the source.

    Off by default, because a fuzzy message is work to do and no fault.

    Bad::

        #, fuzzy
        msgid "Water the plants."
        msgstr "Riega las plantas."

    Good::

        msgid "Water the plants."
        msgstr "Riega las plantas."
    """
    if message.is_fuzzy and not message.obsolete:
        yield "the message is fuzzy: review it, and take the flag away"


@check(severity=Severity.WARNING, scope=Scope.ANY_STATE, on=False)
def obsolete_left(message: Message, context: Context) -> Iterator[str]:
    """Take out obsolete messages that nobody needs any more.

    Off by default, because they keep the translation of a text that may come back.

    Bad::

        #~ msgid "Water the plants."
        #~ msgstr "Riega las plantas."

    Good::

        msgid "Water the plants."
        msgstr "Riega las plantas."
    """
    if message.obsolete:
        yield "the message is obsolete: take it out, if its text does not come back"


@check(severity=Severity.WARNING, scope=Scope.ANY_STATE)
def mute_comment(message: Message, context: Context) -> Iterator[str]:
    """Give a reason where a comment mutes a check, and name a check that there is.

    Bad::

        # transpipe: ignore[link-target]
        msgid "See [it](a.md)."
        msgstr "Vea [eso](b.md)."

        # transpipe: ignore[lnik-target] the page has another name
        msgid "See the page."
        msgstr "Vea la página."

    Good::

        # transpipe: ignore[link-target] the page has another name
        msgid "See the page."
        msgstr "Vea la página."
    """
    for comment in message.comments:
        match = IGNORE.match(comment)
        if match is None:
            continue
        named = [name for name in re.split(r"[\s,]+", match[1].strip()) if name]
        for name in named:
            if context.names and name not in context.names:
                near = difflib.get_close_matches(name, context.names, n=1)
                hint = f"did you mean {near[0]}?" if near else "see the list of checks"
                yield f"the comment mutes {quoted(name)}, which is no check: {hint}"
        if not comment[match.end() :].strip():
            yield "the comment that mutes a check gives no reason: write it behind the bracket"


@check(severity=Severity.ERROR, scope=Scope.MESSAGE)
def plural_forms(message: Message, context: Context) -> Iterator[str]:
    """Give as many plural forms as the header says that the language has.

    Bad::

        msgid "a page"
        msgid_plural "many pages"
        msgstr[0] "páginas"

        msgid "a page"
        msgid_plural "many pages"
        msgstr[0] "una página"
        msgstr[1] ""

    Good::

        msgid "a page"
        msgid_plural "many pages"
        msgstr[0] "una página"
        msgstr[1] "muchas páginas"

        msgid "a page"
        msgstr "una página"
    """
    if message.msgid_plural is None:
        return
    forms = len(message.msgstr_plural)
    if context.nplurals is None:
        yield "the header has no Plural-Forms that can be used: write the field, with nplurals"
    elif forms != context.nplurals:
        yield (
            f"there are {forms} forms, and the header says nplurals={context.nplurals}:"
            " give one msgstr for each"
        )
    elif not all(message.msgstr_plural):
        empty = message.msgstr_plural.index("")
        yield f"msgstr[{empty}] is empty: translate every form"


@check(severity=Severity.ERROR)
def merge_conflict(message: Message, context: Context) -> Iterator[str]:
    r"""Decide between the translations that a merge left for you, and delete the marks.

    Bad::

        msgid "The garden"
        msgstr "#-#-#-#-#  ours  #-#-#-#-#\nEl jardín\n#-#-#-#-#  theirs  #-#-#-#-#\nEl huerto"

    Good::

        msgid "The garden"
        msgstr "El huerto"
    """
    if "#-#-#-#-#" in message.msgstr and "#-#-#-#-#" not in message.msgid:
        yield Fault(
            "a merge left several translations here: keep one of them, and delete the marks",
            "#-#-#-#-#",
        )
