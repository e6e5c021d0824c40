"""The messages of the page that is being read, for whom is to judge a translation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.domains.std import split_term_classifiers
from sphinx.transforms.i18n import parse_noqa
from sphinx.util import logging
from sphinx.util.nodes import LITERAL_TYPE_NODES, extract_messages

from transpipe.escape import visible
from transpipe.sphinx.pagecatalog import PageCatalog
from transpipe.sphinx.translated import TranslatedText

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

LONGEST = 80
"""How much of a msgid a warning shows, in characters."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a translation was made of."""

    msgid: str
    node: nodes.Element
    msgstr: str
    """As the catalog has it."""


@dataclass
class PageMessages:
    """The messages of one page, by their translations."""

    docname: str
    document: nodes.document
    env: BuildEnvironment
    reported: set[tuple[str, str]] = field(default_factory=set)
    settled: dict[tuple[int, TranslatedText], nodes.paragraph] = field(default_factory=dict)
    """What became of translations that do not depend on the rest of the page, until it is used."""

    extracted: Sequence[tuple[nodes.Element, str]] | None = None
    """The messages with their nodes, if they were looked for already."""

    @cached_property
    def catalog(self) -> PageCatalog:
        """The compiled catalogs of the page."""
        return PageCatalog.of(self.env, self.docname)

    @cached_property
    def by_msgstr(self) -> Mapping[str, list[Source]]:
        """What each text that ``Locale`` hands a parser is the translation of.

        To be asked for before ``Locale`` changes the nodes.
        """
        found: dict[str, list[Source]] = {}
        for node, msgid in self.extracted or extract_messages(self.document):
            msgstr = self.catalog.translation(msgid)
            if not msgstr.strip():
                continue
            source = Source(msgid, node, msgstr)
            for text in _texts(msgstr, node):
                found.setdefault(text.strip(), []).append(source)
        return found

    def sources(self, text: str, line: int | None) -> tuple[Source, ...]:
        """Give what a text is the translation of: the nearest are those that begin on a line.

        More than one is left only where two messages of one line have one translation.
        """
        found = self.by_msgstr.get(text.strip())
        if not found:  # unheard of; nothing is known that it may do
            return (Source("", nodes.paragraph(), text),)
        here = [source for source in found if source.node.line == line] or found
        waiting = [source for source in here if source.node.get("translated") is not True] or here
        first = waiting[:1]
        return tuple(first + [other for other in waiting if other.msgid != first[0].msgid])

    def is_muted(self, source: Source) -> bool:
        """Tell whether a message is not to be warned of: ``# noqa`` at its end, or ``#, noqa``."""
        if not isinstance(source.node, LITERAL_TYPE_NODES) and parse_noqa(source.msgstr)[1]:
            return True
        entry = self.catalog.entry(source.msgid)
        return entry is not None and entry.is_muted

    def report(self, source: Source, what: str, subtype: str) -> None:
        """Warn of a translation, once, at its place in the catalog.

        :param what: what is wrong, and what came of it.
        :param subtype: what it can be muted by, with ``transpipe.`` before it.
        """
        if (source.msgstr, what) in self.reported:  # Locale parses a message more than once
            return
        self.reported.add((source.msgstr, what))
        entry = self.catalog.entry(source.msgid)
        if entry is None:
            place: str | tuple[str, int | None] = (self.docname, source.node.line)
        else:
            place = f"{entry.path}:{entry.line}"
        page = self.env.doc2path(self.docname, False)
        shown = source.msgid if len(source.msgid) < LONGEST else source.msgid[:LONGEST] + "…"
        logger.warning(
            "%s: %s (%s%s)",
            visible(what),
            visible(f"“{shown}”"),
            page,
            f":{source.node.line}" if source.node.line else "",
            location=place,
            type="transpipe",
            subtype=subtype,
        )


def _texts(msgstr: str, node: nodes.Element) -> tuple[str, ...]:
    """Give what ``Locale`` hands a parser of a msgstr: all of it, or without its ending."""
    if isinstance(node, LITERAL_TYPE_NODES):
        return (msgstr,)
    text = parse_noqa(msgstr)[0]
    if isinstance(node, nodes.term):
        term = split_term_classifiers(text)[0]
        return (text, term) if term and term.strip() != text.strip() else (text,)
    return (text,)
