"""Running the checks over a catalog."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from transpipe.checks import catalog as catalog_checks
from transpipe.checks import (
    characters,
    links,
    markup,
    numbers,
    placeholders,
    punctuation,
    rest,
    structure,
    terms,
    wording,
)
from transpipe.checks.registry import IGNORE, Check, Context, Fault, Scope
from transpipe.model import Catalog, Finding, Message, Severity, State

CHECKS: tuple[Check, ...] = tuple(
    value
    for module in (
        structure, markup, rest, links, placeholders, numbers, characters, punctuation,
        wording, terms, catalog_checks,
    )
    for value in vars(module).values()
    if isinstance(value, Check)
)  # fmt: skip
"""Every check, in the order their findings are given."""
NAMES = frozenset(check.name for check in CHECKS)

Severities = Mapping[str, Severity | None]
"""How bad the findings of each check are; None where it does not run."""

DEFAULTS: Severities = {check.name: check.severity if check.on else None for check in CHECKS}
_SPHINX_NOQA = re.compile(r"(?<!\\)#\s*noqa\s*\Z")


def run_checks(
    catalog: Catalog,
    path: Path,
    syntax: str,
    labels: Collection[str] = (),
    *,
    context: Context | None = None,
    severities: Severities = DEFAULTS,
) -> tuple[Finding, ...]:
    """Run every check that fits on the messages of a catalog.

    A message is muted for one check by a translator comment
    ``# transpipe: ignore[check-name] the reason``, and for all checks of markup by the flag
    ``noqa`` or, as Sphinx has it, a translation that ends in ``#noqa``.

    :param path: the catalog's file, for the findings.
    :param syntax: what its text is written in: ``markdown``, ``rest`` or ``text``.
    :param labels: labels of the link definitions in the document, where they are known: without
        them ``[text]`` alone cannot be told from text in brackets.
    :param context: what else the checks know; the language, the syntax and the plural forms are
        those of the catalog.
    :param severities: which checks run, and how bad what they find is.
    :returns: the findings in the order of the file. Fuzzy, untranslated and obsolete messages
        have none, but for the checks that are about them.
    """
    context = context_of(catalog, syntax, labels, context)
    checks = [check for check in CHECKS if severities.get(check.name) and check.applies_to(syntax)]
    by_kind = {
        kind: tuple(check for check in checks if check.scope in scopes)
        for kind, scopes in _SCOPES.items()
    }
    return tuple(
        _finding(path, catalog, message, check, severities[check.name] or check.severity, said)
        for message in (catalog.header, *catalog.messages)
        for check, said in _said(
            message, by_kind[_kind(message, message is catalog.header)], context
        )
    )


def _said(
    message: Message, checks: Sequence[Check], context: Context
) -> Iterator[tuple[Check, str]]:
    checks = _unmuted(message, checks)
    if message.msgid_plural is not None:
        yield from (
            (check, said) for check in checks for said in sentences(check, message, context)
        )
        return
    bare = _without_noqa(message)
    for check in checks:
        for said in check.function(bare, context):
            yield check, said


_SCOPES: Mapping[str, frozenset[Scope]] = {
    "header": frozenset({Scope.HEADER}),
    "translated": frozenset({Scope.TEXT, Scope.MESSAGE, Scope.ANY_STATE}),
    "other": frozenset({Scope.ANY_STATE}),
}


def _kind(message: Message, is_header: bool) -> str:
    if is_header:
        return "header"
    return "translated" if message.state is State.TRANSLATED else "other"


def _unmuted(message: Message, checks: Sequence[Check]) -> Sequence[Check]:
    # Most messages have nothing that could mute a check.
    if not message.comments and not message.flags and "noqa" not in message.msgstr:
        return checks
    return [check for check in checks if not is_muted(message, check)]


def context_of(
    catalog: Catalog, syntax: str, labels: Collection[str] = (), context: Context | None = None
) -> Context:
    """Say what the checks know of a catalog, beside what they know already."""
    return dataclasses.replace(
        context or Context(catalog.locale, syntax),
        locale=catalog.locale,
        syntax=syntax,
        nplurals=_nplurals(catalog),
        labels=frozenset(labels),
        names=NAMES,
    )


def _finding(
    path: Path, catalog: Catalog, message: Message, check: Check, severity: Severity, said: str
) -> Finding:
    fault = said.piece or None if isinstance(said, Fault) else None
    texts = message.msgstr_plural if message.msgid_plural is not None else (message.msgstr,)
    msgstr = next((text for text in texts if fault and fault in text), texts[0] if texts else "")
    return Finding(
        path=path,
        line=message.line,
        check=check.name,
        severity=severity,
        text=str(said),
        locale=catalog.locale,
        msgid=message.msgid,
        msgstr=None if check.scope is Scope.HEADER else msgstr,
        fault=fault,
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
    if "noqa" not in message.msgstr:
        return message
    text = _SPHINX_NOQA.sub("", message.msgstr)
    return message if text == message.msgstr else dataclasses.replace(message, msgstr=text.rstrip())


def is_muted(message: Message, check: Check) -> bool:
    """Whether a comment, or a mark of Sphinx, mutes a check for a message."""
    if check.is_markup and ("noqa" in message.flags or _SPHINX_NOQA.search(message.msgstr)):
        return True
    return any(
        check.name in re.split(r"[\s,]+", match[1].strip())
        for match in map(IGNORE.match, message.comments)
        if match
    )


def _nplurals(catalog: Catalog) -> int | None:
    # A number of more digits is of no language.
    field = catalog.header_field("Plural-Forms") or ""
    match = re.match(r"\s*nplurals\s*=\s*([0-9]{1,2})(?![0-9])", field)
    return int(match[1]) if match else None
