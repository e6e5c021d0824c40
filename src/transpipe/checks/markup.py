"""Checks of the Markdown inside a text: compared as multisets, because word order is free."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from transpipe.checks.inlines import Inlines, fence_infos, inline_pair
from transpipe.checks.registry import MARKDOWN, Context, Fault, check
from transpipe.checks.roles import role_difference
from transpipe.checks.targets import difference, hosts, new_hosts
from transpipe.checks.words import changed, lost_code, quoted
from transpipe.model import Message, Severity

_TEXT_ROLES = frozenset({"abbr", "guilabel", "kbd", "menuselection", "sub", "sup"})


def _pair(message: Message, context: Context) -> tuple[Inlines, Inlines]:
    return inline_pair(message.msgid, message.msgstr, context.labels, context.dialect)


def _target_difference(
    message: Message, context: Context, kind: str
) -> tuple[list[str], list[str]]:
    source, translation = _pair(message, context)
    missing, added = difference(getattr(source, kind), getattr(translation, kind), context.locale)
    # `[text][label]` may stand for `[label]`, and the other way round.
    missing = [target for target in missing if not _may_be_in(translation, target)]
    added = [target for target in added if not _may_be_in(source, target)]
    # A new host is a finding of its own, that says which: one fault is told once.
    told = frozenset(new_hosts(message.msgid, message.msgstr, context.locale))
    new = [target for target in added if hosts(f"({target}") & told]
    kept = [target for target in added if target not in new]
    return missing[len(new) :], kept


def _may_be_in(inlines: Inlines, target: str) -> bool:
    return target.startswith("[") and target[1:-1] in inlines.possible


@check(severity=Severity.ERROR, syntaxes=MARKDOWN)
def link_target(message: Message, context: Context) -> Iterator[str]:
    """Keep where every link goes.

    The same page in the language of the translation is right: ``/en/`` may become ``/es/``.

    Bad::

        msgid "See [the guide](guide.md)."
        msgstr "Consulta [la guía](guia.md)."

        msgid "See [the guide](guide.md)."
        msgstr "Consulta la guía."

        msgid "See [the guide](guide.md#start)."
        msgstr "Consulta [la guía](guide.md#inicio)."

        msgid "See [the guide][guide]."
        msgstr "Consulta [la guía][guia]."

    Good::

        msgid "See [the guide](guide.md) and [the map](map.md)."
        msgstr "Consulta [el mapa](map.md) y [la guía](guide.md)."

        msgid "From [Wikipedia](https://en.wikipedia.org/wiki/Unicode)."
        msgstr "De [Wikipedia](https://es.wikipedia.org/wiki/Unicode)."

        msgid "See [guide] for more."
        msgstr "Consulta [la guía][guide] para saber más."
    """
    sentence = changed("links", *_target_difference(message, context, "links"))
    if sentence:
        yield sentence.followed_by(". Link to where the source links.")


@check(severity=Severity.ERROR, syntaxes=MARKDOWN)
def image_target(message: Message, context: Context) -> Iterator[str]:
    """Keep the file of every image.

    Bad::

        msgid "![A map](map.png)"
        msgstr "![Un mapa](mapa.png)"

        msgid "![A map](map.png)"
        msgstr "[Un mapa](map.png)"

    Good::

        msgid "![A map](img/en/map.png)"
        msgstr "![Un mapa](img/es/map.png)"
    """
    sentence = changed("images", *_target_difference(message, context, "images"))
    if sentence:
        yield sentence.followed_by(". Show the image that the source shows.")


def _role_keys(inlines: Inlines) -> Counter[str]:
    keys: Counter[str] = Counter()
    for name, content in inlines.roles:
        explicit = re.search(r"<([^<>]+)>\s*\Z", content)
        target = explicit[1] if explicit else "" if name in _TEXT_ROLES else content
        if name == "term":
            target = " ".join(target.lower().split())
        keys[f"{{{name}}}`{target}`" if target else f"{{{name}}}"] += 1
    return keys


@check(severity=Severity.ERROR, syntaxes=MARKDOWN)
def role_target(message: Message, context: Context) -> Iterator[str]:
    """Keep every role and its target.

    A term may be called what the catalog of the glossary calls it.

    Bad::

        msgid "See {doc}`guide`."
        msgstr "Consulta {doc}`guía`."

        msgid "See {doc}`guide`."
        msgstr "Consulta {documento}`guide`."

    Good::

        msgid "See {ref}`start`."
        msgstr "Consulta {ref}`el comienzo <start>`."

        msgid "Press {kbd}`Shift`."
        msgstr "Presiona {kbd}`Mayús`."
    """
    source, translation = (_role_keys(inlines) for inlines in _pair(message, context))
    sentence = changed("roles", *role_difference(source, translation, context.terms, "{term}"))
    if sentence:
        yield sentence.followed_by(". Keep the name of the role and its target.")


@check(severity=Severity.ERROR, syntaxes=MARKDOWN)
def footnote_reference(message: Message, context: Context) -> Iterator[str]:
    """Keep every reference to a footnote.

    Bad::

        msgid "It is so.[^note]"
        msgstr "Así es.[^nota]"

    Good::

        msgid "It is so[^note], they say."
        msgstr "Dicen que así es.[^note]"
    """
    source, translation = (
        Counter(f"[^{label}]" for label in inlines.footnotes) for inlines in _pair(message, context)
    )
    sentence = changed(
        "footnote references",
        list((source - translation).elements()),
        list((translation - source).elements()),
    )
    if sentence:
        yield sentence.followed_by(". Keep the label of the footnote.")


@check(severity=Severity.WARNING, syntaxes=MARKDOWN)
def code_span(message: Message, context: Context) -> Iterator[str]:
    """Keep code as it is: each piece of the source's is in the translation, however often.

    Bad::

        msgid "Run `make html`."
        msgstr "Ejecute `hacer html`."

        msgid "Run `make html`."
        msgstr "Ejecute make html."

        msgid "`None` is `None`."
        msgstr "`None` es `Nada`."

    Good::

        msgid "Run `make html` after `make gettext`."
        msgstr "Tras `make gettext`, ejecute `make html`."

        msgid "An `if` here is like an `if` there."
        msgstr "Un `if` es aquí como allí."

        msgid "Loops"
        msgstr "Bucles `for`"
    """
    source, translation = (inlines.code for inlines in _pair(message, context))
    missing, added = lost_code(source, translation)
    sentence = changed("pieces of code", missing, added) if missing else None
    if sentence:
        yield sentence.followed_by(". Write code as the source has it.")


@check(severity=Severity.ERROR, syntaxes=MARKDOWN)
def fence_info(message: Message, context: Context) -> Iterator[str]:
    r"""Keep every fenced block of code, and what stands behind its fence: the code's language.

    Bad::

        msgid "```python\nrun() # now\n```"
        msgstr "```pitón\nrun() # ya\n```"

        msgid "```python\nrun() # now\n```"
        msgstr "run(), ya"

    Good::

        msgid "```python\nrun() # now\n```"
        msgstr "~~~ python\nrun() # ya\n~~~"

        msgid "```js title=\"The list\"\nrun() // now\n```"
        msgstr "```js title=\"La lista\"\nrun() // ya\n```"
    """
    source = fence_infos(message.msgid)
    if not source:
        return
    translation = Counter(fence_infos(message.msgstr))
    sentence = changed(
        "fences",
        [f"```{info}" for info in (Counter(source) - translation).elements()],
        [f"```{info}" for info in (translation - Counter(source)).elements()],
    )
    if sentence:
        yield sentence.followed_by(". Keep what stands behind a fence.")


@check(severity=Severity.ERROR, syntaxes=MARKDOWN)
def math(message: Message, context: Context) -> Iterator[str]:
    r"""Keep every formula between dollars.

    Its words, as in `\text{if}`, may be translated, and a decimal point may become a comma. Prices
    are no formulas. In a Sphinx project, formulas are those that `conf.py` turns on.

    Bad::

        msgid "The area is $a = b^2$."
        msgstr "El área es $a = b^3$."

        msgid "The area is $a = b^2$."
        msgstr "El área es a = b^2."

        msgid "The area:\n$$a = b^2$$"
        msgstr "El área:\n$a = b^2$"

    Good::

        msgid "If $b > 0.5$, the area is $a_1 = b^2 \\text{ at most}$."
        msgstr "El área es $a_1 = b^2 \\text{ como máximo}$ si $b>0,5$."

        msgid "From $5 to $10"
        msgstr "De 5 a 10 $"
    """
    if "$" not in message.msgid and "$" not in message.msgstr:
        return
    source, translation = (Counter(inlines.math) for inlines in _pair(message, context))
    sentence = changed(
        "formulas",
        list((source - translation).elements()),
        list((translation - source).elements()),
    )
    if sentence:
        yield sentence.followed_by(". Write formulas as the source has them.")


@check(severity=Severity.ERROR, syntaxes=MARKDOWN)
def attribute_list(message: Message, context: Context) -> Iterator[str]:
    r"""Keep every list of attributes, and where it stands: right behind what it is of.

    Bad::

        msgid "![A map](map.png){width=50%}"
        msgstr "![Un mapa](map.png){ancho=50%}"

        msgid "![A map](map.png){width=50%}"
        msgstr "![Un mapa](map.png) {width=50%}"

        msgid "The beginning {#start .wide}"
        msgstr "El comienzo"

    Good::

        msgid "![A map](map.png){width=50% title=\"A map\"}"
        msgstr "![Un mapa](map.png){ title=\"Un mapa\" width=\"50%\" }"
    """
    if "{" not in message.msgid and "{" not in message.msgstr:
        return
    source, translation = (Counter(inlines.attributes) for inlines in _pair(message, context))
    sentence = changed(
        "lists of attributes",
        list((source - translation).elements()),
        list((translation - source).elements()),
    )
    if sentence:
        yield sentence.followed_by(". Keep them, and where they stand.")


_WITHOUT_END = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track"}
    | {"wbr"}
)


def _is_nested(tags: Iterable[str]) -> bool:
    """Whether each end tag closes what was opened last, and nothing is left open."""
    opened: list[str] = []
    for tag in tags:
        name = tag.partition(" ")[0]
        if name.startswith("/"):
            if not opened or opened.pop() != name[1:]:
                return False
        elif name not in _WITHOUT_END and not name.startswith(("!", "?")):
            opened.append(name)
    return not opened


@check(severity=Severity.ERROR, syntaxes=MARKDOWN)
def html_tag(message: Message, context: Context) -> Iterator[str]:
    r"""Keep every HTML tag, and those of its attributes that no reader reads.

    Bad::

        msgid "Press <kbd>Ctrl</kbd>."
        msgstr "Presiona <kbd>Ctrl<kbd>."

        msgid "A plain sentence."
        msgstr "Una oración <script>alert(1)</script> sencilla."

    Good::

        msgid "<b>Now</b> press <kbd title=\"Control\">Ctrl</kbd>."
        msgstr "Presiona <kbd title=\"Control, en español\">Ctrl</kbd> <b>ya</b>."
    """
    source, translation = _pair(message, context)
    missing, added = difference(source.tags, translation.tags, context.locale)
    sentence = changed("HTML tags", [f"<{tag}>" for tag in missing], [f"<{tag}>" for tag in added])
    if sentence:
        yield sentence.followed_by(". Keep the tags of the source.")
    elif _is_nested(source.tags) and not _is_nested(translation.tags):
        yield "HTML tags are not in order: open a tag before its end tag, and let no two cross"


_LEFTOVER = re.compile(r"\*\*|~~|`+|\]\(")


def _leftovers(inlines: Inlines) -> Counter[str]:
    return Counter(
        "`" if mark.startswith("`") else mark
        for text in inlines.literal
        for mark in _LEFTOVER.findall(text)
    )


_SINGLE = re.compile(r"(?<!\*)[*_](?!\*)")
_OPENS = re.compile(r"""(?<![^\s\0("'\[{«“‘¿¡—–-])[*_](?=[\w\0])""")
"""Where an emphasis begins: before a word, and not inside one."""


def _single_marks(inlines: Inlines, marks: re.Pattern[str]) -> Counter[str]:
    return Counter(marks.findall(inlines.text))


@check(severity=Severity.ERROR, syntaxes=MARKDOWN)
def leftover_markup(message: Message, context: Context) -> Iterator[str]:
    r"""Close what you open: markup that is not whole is shown to the reader as it stands.

    Bad::

        msgid "**Important:** read this."
        msgstr "**Importante: lea esto."

        msgid "Run `make`."
        msgstr "Ejecute `make."

        msgid "See [the guide](guide.md)."
        msgstr "Consulta [la guía](guide md)."

    Good::

        msgid "**Important:** read this."
        msgstr "**Importante:** lea esto."

        msgid "Two ** for bold."
        msgstr "Dos ** para negrita."

        msgid "Two \\*\\* for bold."
        msgstr "Para negrita, \\*\\* dos veces."
    """
    source, translation = _pair(message, context)
    extra = _leftovers(translation) - _leftovers(source)
    extra |= _single_marks(translation, _OPENS) - _single_marks(source, _OPENS)
    # Any other mark by itself is text, but where an emphasis of the source is missing.
    if translation.emphases < source.emphases:
        extra |= _single_marks(translation, _SINGLE) - _single_marks(source, _SINGLE)
    if extra:
        marks = ", ".join(quoted(mark) for mark in extra)
        yield Fault(
            f"{marks} is shown to the reader: close it, take out a space beside it,"
            " or put a backslash before it",
            next(iter(extra)),
        )
