"""Checks of reStructuredText, as docutils reads it: compared as multisets, like Markdown."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator

from transpipe.checks.plainrest import read_plainly
from transpipe.checks.registry import REST, Context, Fault, check
from transpipe.checks.roles import role_difference
from transpipe.checks.targets import difference, hosts, new_hosts
from transpipe.checks.words import changed, listed, lost_code, quoted
from transpipe.markup import ReadRest, RestMarkup
from transpipe.model import Message, Severity

_NOTHING = RestMarkup()
_FREE_ROLES = frozenset(
    {"", "abbr", "dfn", "emphasis", "guilabel", "index", "kbd", "menuselection", "strong"}
    | {"sub", "subscript", "sup", "superscript", "t", "title", "title-reference"}
)
"""Roles whose content is said to the reader, and translated."""
_TITLE = "`…`"
"""Stands for text with the default role."""
_VARIABLE = re.compile(r"(?<=\{)[^{}]*(?=\})")
_EXPLICIT = re.compile(r"<([^<>]+)>\s*\Z")


@functools.lru_cache(maxsize=1024)
def _read(text: str, read: ReadRest) -> RestMarkup:
    return read_plainly(text) or read(text)


def _pair(message: Message, context: Context) -> tuple[RestMarkup, RestMarkup]:
    if context.read_rest is None:
        return _NOTHING, _NOTHING
    return _read(message.msgid, context.read_rest), _read(message.msgstr, context.read_rest)


def _changed(what: str, source: Counter[str], translation: Counter[str]) -> Fault | None:
    return changed(
        what, list((source - translation).elements()), list((translation - source).elements())
    )


_BLOCKS = {
    "block_quote": "a quote", "bullet_list": "a list", "comment": "a comment",
    "definition_list": "a definition list", "doctest_block": "a doctest",
    "enumerated_list": "a numbered list", "field_list": "a field list",
    "footnote": "the text of a footnote", "line_block": "a line block",
    "literal_block": "a literal block", "option_list": "an option list", "section": "a heading",
    "substitution_definition": "a substitution", "table": "a table", "target": "a link target",
    "transition": "a transition",
}  # fmt: skip


@check(severity=Severity.ERROR, syntaxes=REST)
def rest_block_structure(message: Message, context: Context) -> Iterator[str]:
    r"""Keep a translation one block of reStructuredText.

    Sphinx shows the source where a translation opens another block, and of two paragraphs the
    first. What the source does too is right.

    Bad::

        msgid "The year 1986 was a good one."
        msgstr "1986. Un buen año."

        msgid "Number one"
        msgstr "- uno"

        msgid "One paragraph."
        msgstr "Un párrafo.\n\nOtro párrafo."

        msgid "For example:"
        msgstr "Por ejemplo::"

    Good::

        msgid "The year 1986 was a good one."
        msgstr "1986\\. Un buen año."

        msgid "For example::"
        msgstr "Por ejemplo::"

        msgid "As follows::"
        msgstr "Como sigue:"
    """
    if context.read_rest is None:
        return
    source, translation = _pair(message, context)
    # Sphinx puts the block of code behind a translation that ends with ":" alone.
    if message.msgstr.endswith("::") and not message.msgid.endswith("::"):
        yield "only the translation ends with “::”, which opens a block of code: write one colon"
    elif translation.blocks not in (("paragraph",), source.blocks):
        opened = [kind for kind in translation.blocks if kind != "paragraph"]
        if opened:
            name = _BLOCKS.get(opened[0], opened[0].replace("_", " "))
            yield f"the translation opens {name}: put a backslash before what opens it"
        elif translation.blocks:
            count = len(translation.blocks)
            yield f"the translation is {count} paragraphs: take out the blank line"
        else:
            yield "the translation shows nothing: write it as text"


def _role_keys(markup: RestMarkup) -> Counter[str]:
    keys: Counter[str] = Counter()
    for name, content in markup.roles:
        explicit = _EXPLICIT.search(content)
        target = explicit[1] if explicit else "" if name in _FREE_ROLES else content.lstrip("!~.")
        shown = " ".join(target.split())
        if name == "term":
            shown = shown.lower()
        elif name in ("file", "samp"):
            # What stands between braces is to be filled in by the reader, and may be translated.
            shown = _VARIABLE.sub("…", shown)
        # Python's is the domain that need not be named.
        role = f":{name.removeprefix('py:')}:" if name else _TITLE
        keys[f"{role}`{shown}`" if target else role] += 1
    return keys


@check(severity=Severity.ERROR, syntaxes=REST)
def rest_role(message: Message, context: Context) -> Iterator[str]:
    """Keep every role and its target.

    A term may be called what the catalog of the glossary calls it.

    Bad::

        msgid "See :doc:`guide`."
        msgstr "Consulta :doc:`guía`."

        msgid "See :func:`len`."
        msgstr "Consulta :función:`len`."

        msgid "See :ref:`start`."
        msgstr "Consulta el comienzo."

        msgid "The :func:`len` function"
        msgstr "La función:func:`len`"

    Good::

        msgid "See :ref:`start`."
        msgstr "Consulta :ref:`el comienzo <start>`."

        msgid "Press :kbd:`Shift`."
        msgstr "Presiona :kbd:`Mayús`."
    """
    source, translation = _pair(message, context)
    if source.roles == translation.roles:
        return
    missing, added = role_difference(
        _role_keys(source), _role_keys(translation), context.terms, ":term:"
    )
    # Text between single backticks is shown as a title: to add one harms nothing.
    if not missing and set(added) == {_TITLE}:
        return
    sentence = changed("roles", missing, added)
    if sentence:
        yield sentence.followed_by(". Keep the name of the role and its target.")


def _link_targets(markup: RestMarkup) -> list[str]:
    # Sphinx gives a translated `name`_ the target of the source's, by its place in the text.
    return ["a link by name, `…`_" if link.endswith("_") else link for link in markup.links]


@check(severity=Severity.ERROR, syntaxes=REST)
def rest_link(message: Message, context: Context) -> Iterator[str]:
    """Keep where every link goes.

    The same page in the language of the translation is right: ``/en/`` may become ``/es/``. The
    name of a target may be translated, because Sphinx goes by its place in the message.

    Bad::

        msgid "See `the guide <https://example.org/guide>`_."
        msgstr "Consulta `la guía <https://example.org/guia>`_."

        msgid "See `the guide`_."
        msgstr "Consulta la guía."

    Good::

        msgid "See `the guide <https://example.org/en/guide>`_."
        msgstr "Consulta `la guía <https://example.org/es/guide>`__."

        msgid "See `the guide`_."
        msgstr "Consulta `la guía <the guide_>`_."
    """
    source, translation = _pair(message, context)
    if source.links == translation.links:
        return
    missing, added = difference(_link_targets(source), _link_targets(translation), context.locale)
    told = frozenset(new_hosts(message.msgid, message.msgstr, context.locale))
    new = [target for target in added if hosts(f"({target}") & told]
    kept = [target for target in added if target not in new]
    sentence = changed("links", missing[len(new) :], kept)
    if sentence:
        yield sentence.followed_by(". Link to where the source links.")


@check(severity=Severity.ERROR, syntaxes=REST)
def rest_reference(message: Message, context: Context) -> Iterator[str]:
    """Keep every footnote, citation and substitution.

    Bad::

        msgid "It is so [1]_ in |version|."
        msgstr "Así es en |versión| [2]_."

    Good::

        msgid "It is so [1]_ in |version|."
        msgstr "En |version| así es [1]_."
    """
    before, after = (
        (*markup.footnotes, *markup.substitutions) for markup in _pair(message, context)
    )
    if before == after:
        return
    source, translation = Counter(before), Counter(after)
    sentence = _changed("references", source, translation)
    if sentence:
        yield sentence.followed_by(". Keep them as they are.")


@check(severity=Severity.WARNING, syntaxes=REST)
def rest_literal(message: Message, context: Context) -> Iterator[str]:
    """Keep code as it is: each literal of the source's is in the translation, however often.

    Bad::

        msgid "Run ``make html``."
        msgstr "Ejecute ``hacer html``."

    Good::

        msgid "Run ``make html``."
        msgstr "Ejecute ``make html``."
    """
    source, translation = (markup.literals for markup in _pair(message, context))
    if source == translation:
        return
    lost, added = lost_code(source, translation)
    # A role that shows code is as good.
    missing = [code for code in lost if code in translation or f"`{code}`" not in message.msgstr]
    sentence = changed("literals", missing, added) if missing else None
    if sentence:
        yield sentence.followed_by(". Write code as the source has it.")


@check(severity=Severity.ERROR, syntaxes=REST)
def rest_leftover_markup(message: Message, context: Context) -> Iterator[str]:
    """Close what you open: markup that is not whole is shown to the reader as it stands.

    In reStructuredText markup needs a space, a mark of punctuation or a backslash and a space on
    both sides.

    Bad::

        msgid "**Important:** read this."
        msgstr "**Importante: lea esto."

        msgid "Run ``make``."
        msgstr "Ejecute ``make`."

    Good::

        msgid "**Important:** read this."
        msgstr "**Importante:** lea esto."
    """
    before, after = (
        (*markup.problems, *(each for each in markup.literals if "``" in each))
        for markup in _pair(message, context)
    )
    extra = Counter(after) - Counter(before) if after else None
    if extra:
        marks = ", ".join(quoted(mark) for mark in extra)
        yield Fault(
            f"{marks} is shown to the reader: close it, put a space beside it,"
            " or put a backslash before it",
            next(iter(extra)),
        )


_LINTED = re.compile(r"[`*|]|::|\.\.|_\b|\bhttps?:")
_LINTED_IN_PLAIN = re.compile(r":\w[^`\s]*:[^`:\s]|`[!~]{2}")


@check(severity=Severity.WARNING, syntaxes=REST)
def rest_lint(message: Message, context: Context) -> Iterator[str]:
    """Write reStructuredText that sphinx-lint finds no fault in, unless the source has it too.

    Bad::

        msgid "The :func:`len` function"
        msgstr "La función func:`len`"

    Good::

        msgid "The :func:`len` function"
        msgstr "La función :func:`len`"
    """
    if context.lint_rest is None or not _LINTED.search(message.msgstr):
        return
    # Constructs that stand apart are what sphinx-lint asks for, but for these.
    if not _LINTED_IN_PLAIN.search(message.msgstr) and read_plainly(message.msgstr) is not None:
        return
    found = context.lint_rest(message.msgstr)
    if found:
        known = context.lint_rest(message.msgid)
        new = [problem for problem in found if problem not in known]
        if new:
            yield f"sphinx-lint says: {listed(new)}"
