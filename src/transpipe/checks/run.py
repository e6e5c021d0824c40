"""Running the checks over a catalog."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from transpipe.checks import catalog as catalog_checks
from transpipe.checks import characters, links, markup, placeholders, structure
from transpipe.checks.registry import Check, Context, Scope
from transpipe.model import Catalog, Finding, Message, State

CHECKS: tuple[Check, ...] = tuple(
    value
    for module in (structure, markup, links, placeholders, characters, catalog_checks)
    for value in vars(module).values()
    if isinstance(value, Check)
)
"""Every check, in the order their findings are given."""

_IGNORE = re.compile(r"\s*transpipe:\s*ignore\[([^\]]*)\]")
_SPHINX_NOQA = re.compile(r"(?<!\\)#\s*noqa\s*\Z")


def run_checks(
    catalog: Catalog, path: Path, syntax: str, labels: Collection[str] = ()
) -> tuple[Finding, ...]:
    """Run every check that fits on the translated messages of a catalog.

    A message is muted for one check by a translator comment
    ``# transpipe: ignore[check-name] the reason``, and for all checks of markup by the flag
    ``noqa`` or, as Sphinx has it, a translation that ends in ``#noqa``.

    :param path: the catalog's file, for the findings.
    :param syntax: what its text is written in: ``markdown``, ``rest`` or ``text``.
    :param labels: labels of the link definitions in the document, where they are known: without
        them ``[text]`` alone cannot be told from text in brackets.
    :returns: the findings in the order of the file. Fuzzy, untranslated and obsolete messages
        have none.
    """
    context = Context(catalog.locale, syntax, _nplurals(catalog), frozenset(labels))
    checks = [check for check in CHECKS if check.applies_to(syntax)]
    translated = (message for message in catalog.messages if message.state is State.TRANSLATED)
    return tuple(
        Finding(
            path=path,
            line=message.line,
            check=check.name,
            severity=check.severity,
            text=sentence,
            locale=catalog.locale,
            msgid=message.msgid,
        )
        for message in (catalog.header, *translated)
        for check in checks
        if (check.scope is Scope.HEADER) == (message is catalog.header)
        and not _is_muted(message, check)
        for sentence in sentences(check, message, context)
    )


def sentences(check: Check, message: Message, context: Context) -> Iterator[str]:
    """Give what a check says of a message, whatever its state.

    Each form of a plural message may follow the singular or the plural of the source: a fault is
    one only beside both.
    """
    if check.scope is not Scope.TEXT or message.msgid_plural is None:
        yield from check.function(_without_noqa(message), context)
        return
    # An empty form has no text to read: plural-forms says that it is missing.
    for form in dict.fromkeys(filter(None, message.msgstr_plural)):
        singular = dataclasses.replace(message, msgstr=form, msgid_plural=None, msgstr_plural=())
        plural = dataclasses.replace(singular, msgid=message.msgid_plural)
        if any(check.function(singular, context)):
            yield from check.function(plural, context)


def _without_noqa(message: Message) -> Message:
    text = _SPHINX_NOQA.sub("", message.msgstr)
    return message if text == message.msgstr else dataclasses.replace(message, msgstr=text.rstrip())


def _is_muted(message: Message, check: Check) -> bool:
    if check.is_markup and ("noqa" in message.flags or _SPHINX_NOQA.search(message.msgstr)):
        return True
    return any(
        check.name in re.split(r"[\s,]+", match[1].strip())
        for match in map(_IGNORE.match, message.comments)
        if match
    )


def _nplurals(catalog: Catalog) -> int | None:
    # A number of more digits is of no language.
    field = catalog.header_field("Plural-Forms") or ""
    match = re.match(r"\s*nplurals\s*=\s*([0-9]{1,2})(?![0-9])", field)
    return int(match[1]) if match else None
