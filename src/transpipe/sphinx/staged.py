"""The part of the extension that only the packaged conf.py loads: for documents of any tree.

Such documents need not have a title, and their index may be one that
:func:`~transpipe.sphinx.staging.stage` wrote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import get_translation
from sphinx.transforms import SphinxTransform

from transpipe import __version__
from transpipe.sphinx.pages import UI_DOMAIN

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

_ = get_translation(UI_DOMAIN)

TITLE_LENGTH = 60
"""How much of a text stands for its title, in characters."""
# Named here for the catalog; the generated index has it in its toctree.
# Translators: The heading of the list of all documents.
CAPTION = _("Documents")


class TranslateGenerated(SphinxTransform):
    """Put the index that was generated into the reader's language."""

    default_priority = 22  # after Locale, which has no catalog for it

    def apply(self, **_kwargs: Any) -> None:
        """Translate the caption of the list of documents."""
        if self.env.docname not in self.config.transpipe_generated:
            return
        for toctree in self.document.findall(addnodes.toctree):
            caption = toctree.get("caption")
            if caption:
                toctree["caption"] = str(_(caption))


def title_untitled(app: Sphinx, doctree: nodes.document) -> None:
    """Let a page without a heading be known in navigation by how it begins (``doctree-read``).

    Sphinx would leave such a page out of every list.
    """
    if next(doctree.findall(nodes.section), None) is not None:
        return
    docname = app.env.docname
    title = str(doctree.get("title") or "") or _beginning(doctree) or docname
    app.env.titles[docname] = nodes.title("", "", nodes.Text(title))
    app.env.longtitles[docname] = nodes.title("", "", nodes.Text(title))
    link = nodes.reference("", "", nodes.Text(title), internal=True, refuri=docname, anchorname="")
    item = nodes.list_item("", addnodes.compact_paragraph("", "", link))
    own = app.env.tocs[docname]
    own.insert(0, item)
    app.env.toc_num_entries[docname] += 1


def _beginning(doctree: nodes.document) -> str:
    paragraph = next(doctree.findall(nodes.paragraph), None)
    text = " ".join(paragraph.astext().split()) if paragraph is not None else ""
    if len(text) <= TITLE_LENGTH:
        return text
    words = text[: TITLE_LENGTH + 1].rsplit(" ", 1)[0][:TITLE_LENGTH]
    return words.rstrip(" ,;:.") + "…"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect to Sphinx."""
    app.add_transform(TranslateGenerated)
    # After Sphinx's collectors of titles and tables of contents.
    app.connect("doctree-read", title_untitled, priority=900)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
