"""Every check is tested by the examples of its own docstring."""

from __future__ import annotations

import pytest
from babel import Locale

from transpipe.checks import CHECKS, Check, Context, Example, Scope, check, sentences
from transpipe.checks.registry import read_examples
from transpipe.model import Message, Severity

CONTEXT = Context(Locale("es"), "markdown", nplurals=2)
EXAMPLES = [(one, example) for one in CHECKS for example in one.examples]


def named(value: Check | Example) -> str:
    return value.name if isinstance(value, Check) else value.message.msgstr


@pytest.mark.parametrize(("one", "example"), EXAMPLES, ids=named)
def test_bad_is_found_and_good_is_not(one: Check, example: Example) -> None:
    found = list(sentences(one, example.message, CONTEXT))
    assert bool(found) == example.bad, found


GOOD = [(one, example) for one, example in EXAMPLES if not example.bad]


@pytest.mark.parametrize(("one", "example"), GOOD, ids=named)
def test_good_examples_are_good_to_every_check(one: Check, example: Example) -> None:
    assert {
        other.name: list(sentences(other, example.message, CONTEXT))
        for other in CHECKS
        if (other.scope is Scope.HEADER) == (one.scope is Scope.HEADER)
        and list(sentences(other, example.message, CONTEXT))
    } == {}


def test_the_checks_there_are() -> None:
    assert [one.name for one in CHECKS] == [
        "block-structure",
        "hard-line-break",
        "link-target",
        "image-target",
        "role-target",
        "footnote-reference",
        "code-span",
        "html-tag",
        "leftover-markup",
        "link-scheme",
        "new-link-host",
        "placeholder",
        "control-character",
        "edge-space",
        "header-language",
        "header-charset",
        "header-plural-forms",
        "plural-forms",
    ]


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
