"""Mending what is mechanical: spaces and the mark at the end. Words are never touched."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

from transpipe.checks.registry import Check, Context, Scope
from transpipe.checks.run import CHECKS, DEFAULTS, Severities, context_of, is_muted, sentences
from transpipe.model import Catalog, Message, Severity, State


def fix_catalog(
    catalog: Catalog,
    syntax: str,
    labels: Collection[str] = (),
    *,
    context: Context | None = None,
    severities: Severities = DEFAULTS,
) -> tuple[Catalog, int]:
    """Mend the translated messages of a catalog.

    :returns: the catalog, and how many messages changed. A second time changes none.
    """
    context = context_of(catalog, syntax, labels, context)
    checks = [
        check
        for check in CHECKS
        if check.fix and severities.get(check.name) and check.applies_to(syntax)
    ]
    others = [
        check
        for check in CHECKS
        if (check.severity is Severity.ERROR or severities.get(check.name))
        and check.applies_to(syntax)
        and check.scope is Scope.TEXT
    ]
    messages = tuple(
        _fixed(message, checks, others, context) if message.state is State.TRANSLATED else message
        for message in catalog.messages
    )
    changed = sum(one != other for one, other in zip(messages, catalog.messages, strict=True))
    return dataclasses.replace(catalog, messages=messages), changed


def _fixed(
    message: Message, checks: Collection[Check], others: Collection[Check], context: Context
) -> Message:
    # The forms of a plural follow now the singular, now the plural: a person sees which.
    if message.msgid_plural is not None:
        return message
    for check in checks:
        if check.fix is None or is_muted(message, check):
            continue
        mended = dataclasses.replace(message, msgstr=check.fix(message, context))
        if mended == message or not any(sentences(check, message, context)):
            continue
        same = _said(mended.msgstr) == _said(message.msgstr)
        if same and not _breaks(message, mended, others, context):
            message = mended
    return message


def _said(text: str) -> str:
    """Give what must stay: every letter and number, in its order."""
    return "".join(character for character in text if character.isalnum())


def _breaks(before: Message, after: Message, checks: Collection[Check], context: Context) -> bool:
    """Whether a check finds a fault in a mended message that it did not find before."""
    return any(
        any(sentences(check, after, context)) and not any(sentences(check, before, context))
        for check in checks
    )
