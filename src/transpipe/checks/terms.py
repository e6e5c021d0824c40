"""Checks against the project's glossary and dictionaries."""

from __future__ import annotations

from collections.abc import Iterator

from transpipe.checks.prose import prose, words
from transpipe.checks.registry import Context, Fault, check
from transpipe.checks.termbase import holds, stems
from transpipe.checks.words import listed, quoted
from transpipe.model import Message, Severity


@check(severity=Severity.WARNING)
def glossary_term(message: Message, context: Context) -> Iterator[str]:
    """Translate a term as the glossary has it, in any of its forms.

    It runs where the configuration names a ``glossary``.

    Bad::

        #. Glossary: branch = rama
        msgid "The branches of the tree"
        msgstr "Los brazos del árbol"

    Good::

        #. Glossary: branch = rama
        msgid "The branches of the tree"
        msgstr "Las ramas del árbol"
    """
    if context.glossary is None:
        return
    source = stems(prose(message.msgid, context.syntax), context.source)
    translation = stems(message.msgstr, context.locale)
    for term in context.glossary.of(context.locale):
        if not term.allowed or not holds(source, stems(term.source, context.source)):
            continue
        if not any(holds(translation, stems(name, context.locale)) for name in term.allowed):
            yield (
                f"the glossary translates {quoted(term.source)} as {listed(term.allowed)}:"
                " use its word"
            )


@check(severity=Severity.WARNING)
def forbidden_term(message: Message, context: Context) -> Iterator[str]:
    """Use no word that the glossary forbids.

    Bad::

        #. Glossary: branch = rama | !brazo
        msgid "The branches"
        msgstr "Los brazos"

    Good::

        #. Glossary: branch = rama | !brazo
        msgid "The branches"
        msgstr "Las ramas"
    """
    if context.glossary is None:
        return
    translation = stems(prose(message.msgstr, context.syntax), context.locale)
    source = stems(prose(message.msgid, context.syntax), context.source)
    for term in context.glossary.of(context.locale):
        for name in term.forbidden:
            if not holds(translation, stems(name, context.locale)):
                continue
            # The word is wrong as a translation of its term, not wherever it stands.
            if holds(source, stems(term.source, context.source)):
                instead = f": write {listed(term.allowed)}" if term.allowed else ""
                yield Fault(f"the glossary forbids {quoted(name)}{instead}", name)


@check(severity=Severity.WARNING, on=False)
def spelling(message: Message, context: Context) -> Iterator[str]:
    """Spell words as the dictionary of the language has them.

    Code, roles, addresses, words of the source, names and the words of the glossary and of
    ``word_list`` are right. Off by default: it needs a dictionary of the language, and
    ``pip install 'transpipe[spelling]'``.

    Bad::

        #. Dictionary: riega las plantas
        msgid "Water the plants."
        msgstr "Rieja las plantas."

    Good::

        #. Dictionary: riega las plantas
        msgid "Water the plants with Sphinx."
        msgstr "Riega las plantas Sphinx."
    """
    if context.speller is None:
        return
    known = {word.lower() for word in words(message.msgid)}
    wrong = [
        word
        for word in words(prose(message.msgstr, context.syntax))
        if len(word) > 2
        and word.lower() not in known
        and not any(letter.isupper() for letter in word[1:])
        and not context.speller(word)
    ]
    if wrong:
        yield Fault(
            f"not in the dictionary: {listed(wrong)}. Correct it, or add it to the word list.",
            wrong[0],
        )
