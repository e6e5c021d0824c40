"""What a check is: a decorated generator function whose docstring says and shows what it finds.

::

    @check(severity=Severity.WARNING)
    def edge_space(message: Message, context: Context) -> Iterator[str]:
        \"\"\"Begin and end a translation with the spaces of its source.

        Bad::

            msgid "One"
            msgstr "Uno "

        Good::

            msgid "One"
            msgstr "Uno"
        \"\"\"
        if …:
            yield "a sentence that says what is wrong and what to do"

Its name is the function's with dashes. The examples are in the syntax of a PO file; they become
the check's page in the documentation, and its test.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from babel import Locale

from transpipe.checks.dialect import ANY, Dialect
from transpipe.checks.termbase import Glossary
from transpipe.markup import ReadRest
from transpipe.model import Message, Severity

MARKDOWN = frozenset({"markdown"})
"""The syntaxes of a check that reads Markdown."""
REST = frozenset({"rest"})
"""The syntaxes of a check that reads reStructuredText."""


class Fault(str):
    """A sentence about a translation that knows which piece of it is at fault."""

    piece: str
    """Empty where it is none: the translation lacks something."""

    def __new__(cls, sentence: str, piece: str) -> Fault:
        """Put the two together."""
        fault = super().__new__(cls, sentence)
        fault.piece = piece
        return fault

    def followed_by(self, remedy: str) -> Fault:
        """Add what to do."""
        return Fault(f"{self}{remedy}", self.piece)

    __slots__ = ("piece",)


LintRest = Callable[[str], tuple[str, ...]]
"""Gives what sphinx-lint says of a piece of reStructuredText."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a check knows beside the message."""

    locale: Locale | None
    """The language of the catalog's folder."""
    syntax: str
    """What the text is written in: ``markdown``, ``rest`` or ``text``."""
    nplurals: int | None = None
    """The number of plural forms by the header; None where it does not say."""
    labels: frozenset[str] = frozenset()
    """Labels of the document's link definitions, where they are known."""
    source: Locale = Locale("en")  # noqa: RUF009 - a locale is a value
    """The language of the msgids."""
    dialect: Dialect = ANY
    """The Markdown of the document."""
    shortcodes: tuple[str, ...] = ()
    """The parameters of shortcodes without a name that hold text, as configured."""
    read_rest: ReadRest | None = None
    """None where there is no reStructuredText to read."""
    lint_rest: LintRest | None = None
    glossary: Glossary | None = None
    """The terms of the project."""
    speller: Speller | None = None
    """Tells right words from wrong ones; None where the check is off."""
    names: frozenset[str] = frozenset()
    """The names of all checks."""
    terms: Mapping[str, frozenset[str]] | None = None
    """How the catalogs translate the terms of Sphinx's glossaries, in small letters; None where
    that is not known, and any translation is right."""
    usual: Mapping[str, str] = field(default_factory=dict)
    """The usual translation of a source text, where it is translated several times."""


Speller = Callable[[str], bool]
"""Whether a word is spelled right."""

IGNORE = re.compile(r"\s*transpipe:\s*ignore\[([^\]]*)\]")
"""How a translator's comment begins that mutes checks for a message; the reason follows."""

CheckFunction = Callable[[Message, Context], Iterator[str]]
"""Takes one message and yields a sentence for each fault."""

Fixer = Callable[[Message, Context], str]
"""Gives the msgstr mended, where that is mechanical; else as it was."""


class Scope(StrEnum):
    """Which messages a check is given."""

    TEXT = "text"
    """A msgid and a msgstr at a time: each form of a plural message is a message of its own."""
    MESSAGE = "message"
    """A whole message, its plural forms included."""
    ANY_STATE = "any state"
    """The same, of messages that are not translated too."""
    HEADER = "header"
    """The header entry of the catalog."""


@dataclass(frozen=True, slots=True)
class Example:
    """A message from a docstring."""

    message: Message
    bad: bool
    """Whether the check finds a fault in it."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check, ready to run and to be described."""

    name: str
    severity: Severity
    scope: Scope
    syntaxes: frozenset[str] | None
    """The syntaxes it runs on; None for all."""
    summary: str
    """What is asked of a translation, in a sentence or a paragraph."""
    examples: tuple[Example, ...]
    function: CheckFunction
    on: bool = True
    """Whether it runs where the configuration does not speak of it."""
    fix: Fixer | None = None
    """What mends its faults, where that is mechanical."""

    @property
    def is_markup(self) -> bool:
        """Whether it reads markup, and is muted by ``noqa``."""
        return self.syntaxes is not None

    def applies_to(self, syntax: str) -> bool:
        """Whether it runs on text of a syntax."""
        return self.syntaxes is None or syntax in self.syntaxes


def check(
    *,
    severity: Severity,
    scope: Scope = Scope.TEXT,
    syntaxes: frozenset[str] | None = None,
    on: bool = True,
    fix: Fixer | None = None,
) -> Callable[[CheckFunction], Check]:
    """Make a check of a generator function.

    :raises ValueError: if the docstring lacks a sentence, a ``Bad::`` or a ``Good::`` example.
    """

    def decorate(function: CheckFunction) -> Check:
        name = function.__name__.replace("_", "-")
        summary, examples = _described(name, inspect.getdoc(function) or "")
        return Check(name, severity, scope, syntaxes, summary, examples, function, on, fix)

    return decorate


def _described(name: str, docstring: str) -> tuple[str, tuple[Example, ...]]:
    summary, *sections = re.split(r"^(Bad|Good)::\n", docstring, flags=re.MULTILINE)
    examples = tuple(
        Example(message, heading == "Bad")
        for heading, body in zip(sections[::2], sections[1::2], strict=True)
        for message in read_examples(body)
    )
    if not summary.strip() or {example.bad for example in examples} != {True, False}:
        raise ValueError(f"{name}: the docstring needs a sentence, a Bad:: and a Good:: example")
    return " ".join(summary.split()), examples


_ENTRY = re.compile(r'\s*(?:#~ )?(msgid|msgid_plural|msgstr|msgstr\[\d\])\s+(".*")\s*')


def read_examples(text: str) -> Iterator[Message]:
    r"""Read the messages of an example: PO entries, a line a field, with JSON's escapes (``\u``).

    :raises ValueError: if a line is not ``msgid``, ``msgid_plural`` or ``msgstr`` and a string,
        a comment or a flag.
    """
    for entry in re.split(r"\n\s*\n", text.strip()):
        fields: dict[str, str] = {}
        marks: dict[str, list[str]] = {"#. ": [], "# ": [], "#, ": []}
        for line in map(str.strip, entry.splitlines()):
            mark = next((mark for mark in marks if line.startswith(mark)), None)
            if mark:
                marks[mark].append(line.removeprefix(mark))
                continue
            match = _ENTRY.fullmatch(line)
            if not match:
                raise ValueError(f"not a line of an example: {line!r}")
            fields[match[1]] = json.loads(match[2])
        yield Message(
            msgid=fields["msgid"],
            extracted_comments=tuple(marks["#. "]),
            comments=tuple(marks["# "]),
            flags=tuple(marks["#, "]),
            obsolete=entry.lstrip().startswith("#~"),
            msgstr=fields.get("msgstr", ""),
            msgid_plural=fields.get("msgid_plural"),
            msgstr_plural=tuple(text for key, text in fields.items() if key.startswith("msgstr[")),
        )
