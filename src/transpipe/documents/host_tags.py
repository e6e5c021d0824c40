"""Tags of a host, and of HTML, in a msgid and its msgstr: none is added, changed or left open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from transpipe.documents.hosts import Flavour, hide
from transpipe.documents.html_text import attribute_texts, parameter_texts
from transpipe.documents.markdown_parser import may_hold_tags, parser
from transpipe.shortcodes import parameters_of_text, without_texts

_NAME = re.compile(
    r"(?:\{\{[<%-]?|<|\{%[-+]?)\s*(?P<close>/|(?<=%)end|(?<=[%+-]\s)end)?\s*(?P<name>[\w:.-]*)"
)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track"}
    | {"wbr"}
)
_LONGEST = 60


def broken_tag(
    msgid: str, msgstr: str, markdown: str, flavour: Flavour, shortcodes: Collection[str]
) -> str | None:
    """Say which tag a msgstr adds, changes, or leaves open, that its msgid does not.

    :param shortcodes: the parameters without a name that hold text.
    :returns: the end of a sentence about the msgstr, or None.
    """
    has_html = not flavour.mdx and any(map(may_hold_tags, (msgid, msgstr)))
    if flavour.scan is None and not has_html:
        return None
    before, after = _host_tags(msgid, flavour), _host_tags(msgstr, flavour)
    names = frozenset() if flavour.mdx else parameters_of_text(before, shortcodes)
    known = {_bare(tag, flavour, names) for tag in before}
    added = next((tag for tag in after if _bare(tag, flavour, names) not in known), None)
    if added is not None:
        shown = added if len(added) <= _LONGEST else added[: _LONGEST - 1] + "…"
        return f"it adds the tag {shown}, which the source does not have"
    opened = _unequal(before, after, paired=not flavour.mdx)
    if opened is None and has_html:
        html = _html_tags(msgid, markdown), _html_tags(msgstr, markdown)
        opened = _unequal(*html, paired=False)
    if opened is None:
        return None
    return f"it does not open and close the tag {opened or '<>'} as the source does"


def _host_tags(text: str, flavour: Flavour) -> tuple[str, ...]:
    pieces = hide(text, flavour).pieces.values()
    return tuple(" ".join(piece.text.split()) for piece in pieces)


def _bare(tag: str, flavour: Flavour, names: Collection[str]) -> str:
    """Give a tag without what may be translated in it."""
    tag = without_texts(tag, names)
    find = attribute_texts if flavour.mdx else parameter_texts
    parts = []
    end = 0
    for text in find(tag, 0, len(tag)):
        parts.append(tag[end : text.start])
        end = text.end
    return "".join((*parts, tag[end:]))


def _html_tags(text: str, markdown: str) -> tuple[str, ...]:
    return tuple(
        token.content
        for inline in parser(markdown).parseInline(text)
        for token in inline.children or ()
        if token.type == "html_inline"
    )


def _unequal(before: Iterable[str], after: Iterable[str], *, paired: bool) -> str | None:
    """Give the name of a tag that is not opened as often more than closed as before.

    :param paired: whether a tag that nothing closes may be one that needs no closing.
    """
    opened, closed = _counts(before)
    opened_after, closed_after = _counts(after)
    names = {*closed, *closed_after} if paired else {*opened, *closed, *opened_after, *closed_after}
    return next(
        (
            name
            for name in sorted(names)
            if opened[name] - closed[name] != opened_after[name] - closed_after[name]
        ),
        None,
    )


def _counts(tags: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """Count how often each tag is opened and closed."""
    opened: Counter[str] = Counter()
    closed: Counter[str] = Counter()
    for tag in tags:
        match = _NAME.match(tag)
        if match is None or tag.endswith(("/>", "/>}}", "/%}}")):
            continue
        name = match["name"].lower()
        if name not in _VOID:
            (closed if match["close"] else opened)[name] += 1
    return opened, closed
