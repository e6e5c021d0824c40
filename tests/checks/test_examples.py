"""Every check is tested by the examples of its own docstring."""

from __future__ import annotations

from dataclasses import replace

import pytest
from babel import Locale

from transpipe.checks import CHECKS, Check, Context, Example, Scope, check, sentences
from transpipe.checks.lint import rest_linter
from transpipe.checks.registry import REST, read_examples
from transpipe.checks.run import NAMES
from transpipe.checks.termbase import Glossary, Term
from transpipe.model import Message, Severity
from transpipe.sphinx.rstcompare import read_rest


def context_of(one: Check, example: Example) -> Context:
    """What a check knows of an example: its comments say what is unusual."""
    said = dict(c.split(": ", 1) for c in example.message.extracted_comments if ": " in c)
    syntax = "rest" if one.syntaxes == REST else "markdown"
    context = Context(Locale(said.get("Language", "es")), syntax, nplurals=2, names=NAMES)
    if syntax == "rest":
        context = replace(context, read_rest=read_rest, lint_rest=rest_linter())
    if "Elsewhere" in said:
        context = replace(context, usual={example.message.msgid: said["Elsewhere"]})
    if "Glossary" in said:
        source, _, names = said["Glossary"].partition(" = ")
        parts = [name.strip() for name in names.split("|")]
        allowed = tuple(name for name in parts if not name.startswith("!"))
        forbidden = tuple(name[1:] for name in parts if name.startswith("!"))
        context = replace(context, glossary=Glossary((Term(source, allowed, forbidden),)))
    if "Dictionary" in said:
        right = said["Dictionary"].split()
        context = replace(context, speller=lambda word: word.lower() in right)
    return context


EXAMPLES = [(one, example) for one in CHECKS for example in one.examples]


def named(value: Check | Example) -> str:
    return value.name if isinstance(value, Check) else value.message.msgstr


@pytest.mark.parametrize(("one", "example"), EXAMPLES, ids=named)
def test_bad_is_found_and_good_is_not(one: Check, example: Example) -> None:
    found = list(sentences(one, example.message, context_of(one, example)))
    assert bool(found) == example.bad, found


GOOD = [(one, example) for one, example in EXAMPLES if not example.bad]


@pytest.mark.parametrize(("one", "example"), GOOD, ids=named)
def test_good_examples_are_good_to_every_check(one: Check, example: Example) -> None:
    context = context_of(one, example)
    assert {
        other.name: list(sentences(other, example.message, context))
        for other in CHECKS
        if (other.scope is Scope.HEADER) == (one.scope is Scope.HEADER)
        and other.applies_to(context.syntax)
        and list(sentences(other, example.message, context))
    } == {}


def test_the_checks_there_are() -> None:
    assert len(CHECKS) == len(NAMES)
    assert {"block-structure", "rest-role", "number", "spelling", "link-scheme"} <= NAMES
    off = {one.name for one in CHECKS if not one.on}
    assert off == {"inconsistent-translation", "spelling", "fuzzy-left", "obsolete-left"}


@pytest.mark.parametrize("one", CHECKS, ids=lambda one: one.name)
def test_each_says_what_it_asks(one: Check) -> None:
    assert one.summary.endswith((".", ":"))
    assert one.summary[0].isupper()


def test_a_check_without_examples_is_refused() -> None:
    def lonely(message, context):  # type: ignore[no-untyped-def]  # never called
        """Say something.

        Good::

            msgid "a"
            msgstr "b"
        """

    with pytest.raises(ValueError, match="lonely: the docstring needs"):
        check(severity=Severity.ERROR)(lonely)


def test_examples_are_po_entries_with_json_escapes() -> None:
    text = 'msgid "a \\"b\\""\nmsgid_plural "c"\nmsgstr[0] "\\u202e"\nmsgstr[1] "\\n"\n\nmsgid "d"'
    assert list(read_examples(text)) == [
        Message('a "b"', msgid_plural="c", msgstr_plural=("\u202e", "\n")),
        Message("d"),
    ]


def test_an_example_may_have_an_author_s_comments() -> None:
    text = '#. Said once\n#. and twice\nmsgid "a"\nmsgstr "b"'
    assert list(read_examples(text)) == [
        Message("a", "b", extracted_comments=("Said once", "and twice"))
    ]


def test_an_example_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="not a line of an example: 'msgid a'"):
        list(read_examples("msgid a"))
