"""From catalogs to tallies: how complete each document is in each language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from babel import Locale

from transpipe.catalogs.header import source_language
from transpipe.model import (
    Catalog,
    Completeness,
    Counts,
    DocumentCompleteness,
    LanguageCompleteness,
    Message,
    State,
    Tally,
)

# --------------------------------------------------------------------------------- words

# No two matches that are tried share more than a bounded run of characters, so that the time is
# that of the length of the text, whatever it holds.
_NO_TEXT = re.compile(
    r"</?[A-Za-z][^<>]*+>"  # an HTML tag or an autolink, whose address counts below
    r"|(?<=\])\([^()\s]*+(?:\s++\"[^\"]*+\")?+\)"  # the target of a Markdown link or image
    r"|(?<![\w.+:-]):[A-Za-z][\w.+:-]*+(?<=:)(?=`)"  # the name of a reST role
    r"|\{[A-Za-z][\w.+:-]*+\}(?=`)"  # the name of a MyST role
)
_REST_TARGET = re.compile(r"\s<[^<>\s]+>(?=`)")
_AUTOLINK = re.compile(r"<((?:[A-Za-z][A-Za-z0-9+.-]+:|[\w.+-]+@)[^<>\s]*)>")
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
_WORD = re.compile(r"[^\W_]\S*")  # from its first letter or digit to its end: one match a word


def count_words(text: str) -> int:
    """Count the words of a text as a reader would.

    A word is what stands between blanks and holds a letter or a digit: a dash, ``**`` or ``|``
    alone is none, ``don't``, ``state-of-the-art`` and a whole URL are one each. Of markup only
    what is read counts: not HTML tags and comments, not link targets, not the names of roles.
    An ideograph or a kana counts as a word, as such text has no blanks.

    >>> count_words("See [the *full* guide](https://example.org/a/b), **now** – please!")
    6
    >>> count_words("Read :doc:`the guide <intro>` at https://example.org/a/b.")
    5
    """
    if "<" in text or "](" in text or "`" in text:
        text = _AUTOLINK.sub(r"\1", _REST_TARGET.sub("", _without_comments(text)))
        text = _NO_TEXT.sub("", text)
    ideographs = 0
    if not text.isascii():
        text, ideographs = _IDEOGRAPH.subn(" ", text)
    return ideographs + len(_WORD.findall(text))


def _without_comments(text: str) -> str:
    """Take out HTML comments; what is not closed is none."""
    kept = []
    position = 0
    while (start := text.find("<!--", position)) >= 0:
        end = text.find("-->", start + len("<!--"))
        if end < 0:
            break
        kept.append(text[position:start])
        position = end + len("-->")
    return "".join((*kept, text[position:]))


# ------------------------------------------------------------------------------- tallies


def tally(messages: Iterable[Message]) -> Tally:
    """Count messages by state, in messages and in words of the msgid.

    In messages the counts are those of ``msgfmt --statistics``. Obsolete ones do not count, and
    a fuzzy one is not a translated one: the reader sees the source.
    """
    counts = dict.fromkeys(State, 0)
    words = dict.fromkeys(State, 0)
    for message in messages:
        if message.obsolete:
            continue
        state = message.state
        counts[state] += 1
        words[state] += count_words(message.msgid)
    return Tally(_counts(counts), _counts(words))


def _counts(by_state: Mapping[State, int]) -> Counts:
    return Counts(by_state[State.TRANSLATED], by_state[State.FUZZY], by_state[State.UNTRANSLATED])


# -------------------------------------------------------------------------- completeness


def completeness(
    locales: Iterable[Locale],
    templates: Mapping[str, Catalog],
    catalogs: Mapping[Locale, Mapping[str, Catalog]],
) -> Completeness:
    """Say how complete each language is.

    A message of a template that a catalog lacks is untranslated, so is a whole document without
    a catalog; a message that only the catalog still has does not count. A document written in a
    language is authored in it: nothing to translate. Without any template, the documents are
    those of all catalogs, and what one of them lacks is what another one has.

    :param locales: the languages to report, in their order.
    :param templates: all templates, by domain; may be empty.
    :param catalogs: the catalogs of each language, by domain.
    """
    sources = templates or _union(catalogs.values())
    return Completeness(
        tuple(
            LanguageCompleteness(
                locale,
                tuple(
                    _document(source, locale, catalogs.get(locale, {}).get(domain))
                    for domain, source in sorted(sources.items())
                ),
            )
            for locale in locales
        )
    )


def _document(source: Catalog, locale: Locale, catalog: Catalog | None) -> DocumentCompleteness:
    if source_language(source) == locale:
        return DocumentCompleteness(source.domain, Tally(), authored=True)
    known = {
        message.key: message
        for message in (catalog.messages if catalog else ())
        if not message.obsolete
    }
    return DocumentCompleteness(
        source.domain,
        tally(known.get(message.key) or _unanswered(message) for message in source.messages),
    )


def _union(catalogs: Iterable[Mapping[str, Catalog]]) -> Mapping[str, Catalog]:
    """Make templates of what the catalogs of all languages hold, without any translation."""
    found: dict[str, Catalog] = {}
    for language in catalogs:
        for domain, catalog in language.items():
            first = found.get(domain)
            blank = _blank(catalog)
            found[domain] = blank if first is None else _merged(first, blank)
    return found


def _unanswered(message: Message) -> Message:
    return replace(message, msgstr="", msgstr_plural=(), flags=())


def _blank(catalog: Catalog) -> Catalog:
    messages = tuple(_unanswered(message) for message in catalog.messages if not message.obsolete)
    return replace(catalog, locale=None, messages=messages)


def _merged(first: Catalog, second: Catalog) -> Catalog:
    known = {message.key for message in first.messages}
    added = tuple(message for message in second.messages if message.key not in known)
    header = first.header if source_language(first) else second.header
    return replace(first, header=header, messages=(*first.messages, *added))
