"""Documents whose messages hold text of other documents: a list of all that is to be done, say.

The template of any other document follows from that document alone, so that it need not be made
again where another changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import extract_messages

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ATTRIBUTE = "transpipe_messages"
"""Of a document on its way through the post-transforms: its messages before them."""
PLAIN = ("docutils.", "sphinx.addnodes", "transpipe.")
"""Modules of nodes that hold only what their own document says."""


class NoteMessagesBefore(SphinxPostTransform):
    """Notes the messages of a document before anything of other documents is put into it."""

    default_priority = 0

    def run(self, **_kwargs: Any) -> None:
        """Note them on the document."""
        setattr(self.document, ATTRIBUTE, _messages(self.document))


class MixedMessages:
    """Collects the documents that are written in a run and are not of themselves alone."""

    def __init__(self, app: Sphinx) -> None:
        """Connect to Sphinx."""
        self.names: set[str] = set()
        app.add_post_transform(NoteMessagesBefore)
        app.connect("doctree-resolved", self._compare, priority=5000)

    def _compare(self, _app: Sphinx, doctree: nodes.document, docname: str) -> None:
        if getattr(doctree, ATTRIBUTE, None) != _messages(doctree):
            self.names.add(docname)


def _messages(doctree: nodes.document) -> list[tuple[str, ...]]:
    """Give the messages of a document, and the nodes that another document may fill."""
    strange = (
        ("", type(node).__qualname__)
        for node in doctree.findall(nodes.Element)
        if not type(node).__module__.startswith(PLAIN)
    )
    return [*((message,) for _, message in extract_messages(doctree)), *strange]
