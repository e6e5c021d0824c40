"""The rules of a block parser, asked only about lines that begin with a character of theirs.

Most rules of markdown-it look at the first character of a line and give up. Whoever asks them all
about each line calls ten functions to learn that it is a line of a paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping

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
_OF_SEVERAL_LINES = frozenset({"table", "lheading"})
"""The rules that take no line without text on the next one."""
_DELIMITERS = frozenset("|-:")
"""What the second line of a table begins with."""


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
            chain: [_asking([(rule, names[id(rule)]) for rule in rules])]
            for chain, rules in cache.items()
            if rules
        }


def _asking(rules: list[tuple[Rule, str]]) -> Rule:
    of_table = _by_character(rules)
    of_several = _by_character([(rule, name) for rule, name in rules if name != "table"])
    of_one = _by_character([row for row in rules if row[1] not in _OF_SEVERAL_LINES])

    def ask(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        following = state.bMarks[line + 1] + state.tShift[line + 1]
        if line + 1 >= end or following >= state.eMarks[line + 1]:
            chosen, others = of_one
        elif state.src[following] in _DELIMITERS:
            chosen, others = of_table
        else:
            chosen, others = of_several
        start = state.bMarks[line] + state.tShift[line]
        for rule in chosen.get(state.src[start : start + 1], others):
            if rule(state, line, end, silent):
                return True
        return False

    return ask


def _by_character(
    rules: list[tuple[Rule, str]],
) -> tuple[Mapping[str, tuple[Rule, ...]], tuple[Rule, ...]]:
    """Give the rules for a line by the character it begins with, and those for any other."""
    characters = frozenset().union(*(_FIRST.get(name, ()) for _, name in rules))
    return (
        {
            character: tuple(
                rule for rule, name in rules if character in _FIRST.get(name, (character,))
            )
            for character in characters
        },
        tuple(rule for rule, name in rules if name not in _FIRST),
    )
