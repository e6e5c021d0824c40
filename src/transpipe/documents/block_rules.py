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
            chain: [_asking([(rule, _FIRST.get(names[id(rule)])) for rule in rules])]
            for chain, rules in cache.items()
            if rules
        }


def _asking(rules: list[tuple[Rule, frozenset[str] | None]]) -> Rule:
    others = tuple(rule for rule, first in rules if first is None)
    by_character = {
        character: tuple(rule for rule, first in rules if first is None or character in first)
        for character in frozenset().union(*(first for _, first in rules if first))
    }

    def ask(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        start = state.bMarks[line] + state.tShift[line]
        asked = by_character.get(state.src[start : start + 1], others)
        for rule in asked:  # noqa: SIM110 - any() costs as much as the rules themselves
            if rule(state, line, end, silent):
                return True
        return False

    return ask
