"""Titles in navigation, which say their language where it is not that of the site."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def mark_titles(
    env: BuildEnvironment,
    document: nodes.document,
    untranslated: Iterable[nodes.Element],
    mark: str,
) -> None:
    """Mark the untranslated titles of a page wherever other pages show them.

    To be called when Sphinx has collected the titles and tables of contents of the page.

    :param mark: the class to mark them with.
    """
    titles = {id(node) for node in untranslated if isinstance(node, nodes.title)}
    sections = list(document.findall(nodes.section))
    marked = [section for section in sections if id(section[0]) in titles]
    if not marked:
        return
    docname = env.docname
    if marked[0] is sections[0] and docname in env.titles:
        _wrap(env.titles[docname], mark)
    # The first section of a page is known by the page itself, the others by their ids.
    anchors = {
        "" if section is sections[0] else f"#{section['ids'][0]}"
        for section in marked
        if section["ids"]
    }
    for link in env.tocs[docname].findall(nodes.reference):
        if link.get("refuri") == docname and link.get("anchorname") in anchors:
            _wrap(link, mark)


def _wrap(node: nodes.Element, mark: str) -> None:
    inline = nodes.inline("", "", *node.children, classes=[mark])
    node[:] = [inline]
