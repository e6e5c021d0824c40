"""The messages of the page that is being read, for whom is to judge a translation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util import logging
from sphinx.util.nodes import extract_messages

from transpipe.deeds import MARKUP_ROLES, Deed, DeedKind
from transpipe.sphinx.pagecatalog import PageCatalog

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)


@dataclass
class PageMessages:
    """The messages of one page, by their translations."""

    docname: str
    document: nodes.document
    env: BuildEnvironment
    reported: set[str] = field(default_factory=set)

    @cached_property
    def catalog(self) -> PageCatalog:
        """The compiled catalogs of the page."""
        return PageCatalog.of(self.env, self.docname)

    @cached_property
    def by_msgstr(self) -> Mapping[str, list[tuple[str, nodes.Element]]]:
        """The msgids, with their nodes, that a msgstr is the translation of.

        To be asked for before ``Locale`` changes the nodes.
        """
        found: dict[str, list[tuple[str, nodes.Element]]] = {}
        for node, msgid in extract_messages(self.document):
            msgstr = self.catalog.translation(msgid).strip()
            if msgstr:
                found.setdefault(msgstr, []).append((msgid, node))
        return found

    def sources(self, msgstr: str) -> list[tuple[str, nodes.Element]]:
        """Give the msgids, with their nodes, that a text is the translation of."""
        return self.by_msgstr.get(msgstr.strip(), [])

    def unsafe(self, deeds: Iterable[Deed]) -> frozenset[Deed]:
        """Give the deeds that matter: a role that only links or marks up text does not."""
        domains = list(self.env.domains.values())
        safe = {name for domain in domains for name in domain.roles}
        safe |= {f"{domain.name}:{name}" for domain in domains for name in domain.roles}
        return frozenset(
            deed
            for deed in deeds
            if deed.kind is not DeedKind.ROLE
            or deed.content is not None
            or deed.what not in safe | MARKUP_ROLES
        )

    def report(self, msgstr: str, new: frozenset[Deed]) -> None:
        """Warn, once, that a translation is left out because of what it does."""
        if msgstr in self.reported:  # Locale parses a message more than once
            return
        self.reported.add(msgstr)
        line = next((node.line for _, node in self.sources(msgstr) if node.line), None)
        logger.warning(
            "a translation into %s is left out because it adds %s, "
            "which its source does not have: %r",
            self.env.config.language,
            ", ".join(sorted(map(str, new))),
            msgstr if len(msgstr) < 80 else msgstr[:77] + "...",
            location=(self.docname, line),
            type="transpipe",
            subtype="refused",
        )
