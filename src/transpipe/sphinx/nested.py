"""Blocks that stand in a paragraph, as some directives put them there.

``Locale`` replaces all that a paragraph holds by its translation, and the blocks with it.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import extract_messages

from transpipe.sphinx.pagecatalog import PageCatalog


class FreeNestedBlocks(SphinxTransform):
    """Put blocks after the translated paragraph that they stand in, before ``Locale``."""

    default_priority = 18

    def apply(self, **_: Any) -> None:
        """Free the blocks of one page."""
        crowded = [each for each in self.document.findall(nodes.paragraph) if _blocks(each)]
        if not crowded:
            return
        catalog = PageCatalog.of(self.env, self.env.docname)
        for paragraph, msgid in list(extract_messages(self.document)):
            if paragraph in crowded and catalog.translation(msgid).strip():
                _free(paragraph)


def _blocks(paragraph: nodes.Element) -> list[nodes.Node]:
    return [
        child
        for child in paragraph.children
        if isinstance(child, nodes.Body) and not isinstance(child, nodes.Inline | nodes.Invisible)
    ]


def _free(paragraph: nodes.Element) -> None:
    parent = paragraph.parent
    if parent is None:
        return
    blocks = _blocks(paragraph)
    for block in blocks:
        paragraph.remove(block)
    place = parent.index(paragraph) + 1
    parent[place:place] = blocks
