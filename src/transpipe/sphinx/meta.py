"""What a page tells programs about itself: only what people read of it is translated."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

KEPT = "transpipe_content"
READ_BY_PEOPLE = ("abstract", "alt", "author", "description", "keywords", "subject", "title")
"""How the name of an element ends whose content is text: ``description``, ``og:title``."""


class KeepMetaElements(SphinxTransform):
    """Note what ``<meta>`` elements say to programs, before ``Locale`` translates them all."""

    default_priority = 18

    def apply(self, **_: Any) -> None:
        """Note the elements of one page."""
        for meta in self.document.findall(nodes.meta):
            if not _is_text(meta):
                meta[KEPT] = meta["content"]


class RestoreMetaElements(SphinxTransform):
    """Give ``<meta>`` elements back what they say to programs: a redirection, say."""

    default_priority = 21

    def apply(self, **_: Any) -> None:
        """Restore the elements of one page."""
        for meta in self.document.findall(nodes.meta):
            if KEPT in meta:
                meta["content"] = meta.attributes.pop(KEPT)


def _is_text(meta: nodes.Element) -> bool:
    name = str(meta.get("name") or meta.get("property") or "").lower()
    return "http-equiv" not in meta and name.endswith(READ_BY_PEOPLE)
