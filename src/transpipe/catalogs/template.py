"""From the segments of a document to its template."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from babel import Locale

from transpipe.catalogs.header import CREATED, template_header, with_field
from transpipe.model import Catalog, Message, MessageKey, Segment


def segment_messages(segments: Iterable[Segment], reference: str) -> tuple[Message, ...]:
    """Make messages of the segments of a document, in their order.

    :param reference: where they come from: the document's path, without a line number, so that
        text that only shifts changes no catalog.
    """
    return tuple(
        Message(
            segment.msgid,
            msgctxt=segment.msgctxt,
            references=(reference,),
            extracted_comments=tuple(segment.comment.splitlines()),
        )
        for segment in segments
        if segment.msgid
    )


def with_references(
    messages: Iterable[Message], relocate: Callable[[str], str]
) -> tuple[Message, ...]:
    """Rewrite the references of messages, each once.

    :param relocate: takes a reference as written, such as ``../../docs/index.md:12``.
    """
    return tuple(_relocated(message, relocate) for message in messages)


def _relocated(message: Message, relocate: Callable[[str], str]) -> Message:
    references = _once(map(relocate, message.references))
    return message if references == message.references else replace(message, references=references)


def without_line(reference: str) -> str:
    """Take the line number off a reference.

    >>> without_line("docs/index.md:12")
    'docs/index.md'
    """
    return re.sub(r":\d+$", "", reference)


def without_lines(catalog: Catalog) -> Catalog:
    """Take the line numbers off every reference, so that text that only shifts changes nothing."""
    return replace(catalog, messages=with_references(catalog.messages, without_line))


def make_template(
    domain: str, messages: Iterable[Message], source_language: Locale | None, created: datetime
) -> Catalog:
    """Make a template of a document's messages.

    Of messages with the same msgctxt and msgid one is left, where the first stood, with the
    references, author's comments and flags of all.

    :param source_language: None where it is not known: the header does not speak of it then.
    :param created: a moment with its time zone, for the field POT-Creation-Date.
    """
    merged: dict[MessageKey, Message] = {}
    for message in messages:
        first = merged.get(message.key)
        merged[message.key] = message if first is None else _merge(first, message)
    header = template_header(domain, source_language, created)
    return Catalog(domain, None, header, tuple(merged.values()))


def refresh(new: Catalog, old: Catalog | None) -> Catalog:
    """Keep the date of the template before where nothing but the date is new."""
    date = old.header_field(CREATED) if old else None
    if old is None or date is None:
        return new
    dated = replace(new, header=with_field(new.header, CREATED, date))
    same = dated.header.msgstr == old.header.msgstr and dated.messages == old.messages
    return dated if same else new


def _merge(first: Message, second: Message) -> Message:
    return replace(
        first,
        msgid_plural=first.msgid_plural or second.msgid_plural,
        references=_once((*first.references, *second.references)),
        extracted_comments=_once((*first.extracted_comments, *second.extracted_comments)),
        flags=_once((*first.flags, *second.flags)),
    )


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
