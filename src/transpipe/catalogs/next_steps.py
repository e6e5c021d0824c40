"""From completeness to what to translate next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from transpipe.locales import path_code
from transpipe.model import DocumentCompleteness, LanguageCompleteness, NextStep

_ENTRY_NAMES = frozenset({"index", "_index", "readme"})


def next_steps(
    languages: Iterable[LanguageCompleteness], views: Mapping[str, int] | None = None
) -> tuple[NextStep, ...]:
    """Order the documents that are not complete, of all languages, the largest gain first.

    Where page views are known, the gain is how many of them meet text in the source language.
    Then come pages by which readers enter, those at the top first, and what is soonest done.

    :param views: how often each document is read; one that is not in it is never read.
    """
    return tuple(
        step
        for _, step in sorted(
            (
                ((*_order(document, views), path_code(step.locale)), step)
                for language in languages
                for document, step in _steps(language, views)
            ),
            key=lambda pair: pair[0],
        )
    )


def _steps(
    language: LanguageCompleteness, views: Mapping[str, int] | None
) -> Iterator[tuple[DocumentCompleteness, NextStep]]:
    for document in (*language.documents, *language.hidden):
        messages, words = document.tally.messages, document.tally.words
        if messages.translated < messages.total:
            yield (
                document,
                NextStep(
                    language.locale,
                    document.document,
                    words.total - words.translated,
                    messages.display_percent,
                    _is_entry(document.document),
                    None if views is None else views.get(document.document, 0),
                ),
            )


def _order(
    document: DocumentCompleteness, views: Mapping[str, int] | None
) -> tuple[float, bool, int, int, str]:
    words = document.tally.words
    left = words.total - words.translated
    read = (views or {}).get(document.document, 0)
    name = document.document
    entry = _is_entry(name)
    gain = read * left / words.total if words.total else 0.0
    return (-gain, not entry, name.count("/") if entry else 0, left, name)


def _is_entry(name: str) -> bool:
    """Whether a page stands for the folder it is in; also one with its language in its name."""
    return name.rpartition("/")[2].partition(".")[0].lower() in _ENTRY_NAMES
