"""The rules of a block parser, asked only about lines that they may take.

Most rules of markdown-it look at the first character of a line and give up. Whoever asks them all
about each line calls ten functions to learn that it is a line of a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock

from transpipe.documents.host_blocks import Rule

_FIRST: Mapping[str, frozenset[str]] = {
    name: frozenset(characters)
    for name, characters in (
        ("fence", "`~"),
        ("colon_fence", ":"),
        ("blockquote", ">"),
        ("hr", "*-_"),
        ("list", "*+-0123456789"),
        ("reference", "["),
        ("footnote_def", "["),
        ("html_block", "<"),
        ("heading", "#"),
    )
}
"""What a line of each rule begins with behind its indent; a rule not named here takes any."""
_FIRST_OF_AN_END: Mapping[str, frozenset[str]] = {**_FIRST, "deflist": frozenset(":~")}
"""The same of lines that are only asked whether they end a block."""
_OF_SEVERAL_LINES = frozenset({"table", "lheading"})
"""The rules that take no line without text on the next one."""
_OF_THE_NEXT_LINE = frozenset({"table", "deflist"})
"""The rules that look at what the next line begins with, if it holds text."""
_DELIMITERS = frozenset("|-:~")
"""What that is."""
_UNDERLINES = "-="
_CODE_INDENT = 4
_FAR = 20
"""How many lines are looked at for an underline: what ends a block may stand in each of them."""
_LABEL = re.compile(r"\[(?:[^\[\]\\]|\\.){0,1000}+", re.DOTALL)


class RulesByCharacter(Ruler[Rule]):
    """A ruler whose chains are of one rule, which asks those that may take a line, in order."""

    @classmethod
    def of(cls, ruler: Ruler[Rule]) -> RulesByCharacter:
        """Take over the rules of another ruler as they are now."""
        made = cls()
        made.__rules__ = ruler.__rules__
        return made

    def __compile__(self) -> None:
        """Build the chains; the parser asks for that whenever its rules have changed."""
        super().__compile__()
        cache = self.__cache__ or {}
        names = {id(rule.fn): rule.name for rule in self.__rules__}
        self.__cache__ = {
            chain: [_asking([(rule, names[id(rule)]) for rule in rules], is_main=not chain)]
            for chain, rules in cache.items()
            if rules
        }


_Row = tuple[Rule, str]
_Chosen = tuple[Mapping[str, tuple[Rule, ...]], tuple[Rule, ...]]
"""The rules for a line by the character it begins with, and those for any other."""


def _asking(rules: list[_Row], *, is_main: bool) -> Rule:
    """Make one rule of a chain.

    :param is_main: whether it is the chain that takes lines, not one that ends a block.
    """
    first = _FIRST if is_main else _FIRST_OF_AN_END
    of_code = _by_character(rules, first)
    if is_main:
        rules = [row for row in rules if row[1] != "code"]
    of_delimiters = _by_character(rules, first)
    of_several = _by_character(rules, first, _OF_THE_NEXT_LINE if is_main else {"table"})
    of_one = _by_character(rules, first, _OF_SEVERAL_LINES)

    def ask(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        text, starts, shifts = state.src, state.bMarks, state.tShift
        following = starts[line + 1] + shifts[line + 1]
        if is_main and state.sCount[line] - state.blkIndent >= _CODE_INDENT:
            chosen, others = of_code
        elif line + 1 >= end or following >= state.eMarks[line + 1]:
            chosen, others = of_one
        elif text[following] in _DELIMITERS:
            chosen, others = of_delimiters
        else:
            chosen, others = of_several
        start = starts[line] + shifts[line]
        for rule in chosen.get(text[start : start + 1], others):
            if rule(state, line, end, silent):
                return True
        return False

    return ask


def _by_character(
    rules: list[_Row], first: Mapping[str, frozenset[str]], without: Collection[str] = ()
) -> _Chosen:
    rules = [row for row in rules if row[1] not in without]
    characters = frozenset().union(*(first.get(name, ()) for _, name in rules))
    return (
        {
            character: tuple(
                rule for rule, name in rules if character in first.get(name, (character,))
            )
            for character in characters
        },
        tuple(rule for rule, name in rules if name not in first),
    )


def if_underlined(rule: Rule) -> Rule:
    """Ask the rule of underlined headings only where a line below looks like an underline.

    It asks all others about each line of a paragraph, which is asked about them again.
    """

    def ask(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        stop = min(end, line + _FAR)
        for following in range(line + 1, stop):
            start = state.bMarks[following] + state.tShift[following]
            if start >= state.eMarks[following]:
                return False
            if state.src[start] in _UNDERLINES:
                break
        else:
            if stop == end:
                return False
        return rule(state, line, end, silent)

    return ask


def if_labelled(rule: Rule) -> Rule:
    """Ask the rule of link reference definitions only where a colon stands behind the label.

    It reads the label character by character; most of them are those of links.
    """

    def ask(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        label = _LABEL.match(state.src, state.bMarks[line] + state.tShift[line])
        if label is not None:
            behind = state.src[label.end() : label.end() + 2]
            if behind.startswith("[") or (behind.startswith("]") and behind != "]:"):
                return False
        return rule(state, line, end, silent)

    return ask
