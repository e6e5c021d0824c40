"""The language of parts: what is not translated says in which language it is (WCAG 3.1.2)."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util.nodes import LITERAL_TYPE_NODES, extract_messages

from transpipe.sphinx.languages import is_readable_as, source_language, tag

LANGUAGE_ATTRIBUTE = "transpipe_language"
"""Of a document: the language it was written in."""
PROGRESS_ATTRIBUTE = "transpipe_progress"
"""Of a document: a :class:`Progress`."""

NOT_READ_AS_TEXT = (addnodes.translatable, nodes.meta, nodes.image, *LITERAL_TYPE_NODES)
"""Messages that are no text in the page's body, or in no language."""


class Progress(StrEnum):
    """How much of a page is in the language of its reader."""

    ALL = "all"
    SOME = "some"
    NONE = "none"


class LanguageOfParts(SphinxTransform):
    """Mark what was left untranslated, and note how much of the page was."""

    default_priority = 940  # after everything that translates, before Sphinx's classes (950)

    def apply(self, **_: Any) -> None:
        """Mark the nodes of one page."""
        wanted = self.config.language
        written = self._written_language(wanted)
        self.document[LANGUAGE_ATTRIBUTE] = written
        self.document[PROGRESS_ATTRIBUTE] = Progress.ALL.value
        if is_readable_as(wanted, written):
            return
        parts = [node for node in self.document.findall(nodes.Element) if _is_part(node)]
        missing = [node for node in parts if not node["translated"]]
        if not parts or len(missing) == len(parts):
            if parts or self._has_text():
                self.document[PROGRESS_ATTRIBUTE] = Progress.NONE.value
            return
        if missing:
            self.document[PROGRESS_ATTRIBUTE] = Progress.SOME.value
        for node in missing:
            # docutils writes this class as the attribute ``lang``.
            node["classes"].append(f"language-{tag(written)}")

    def _written_language(self, wanted: str) -> str:
        docname = self.env.docname
        if docname in self.config.transpipe_generated:
            return str(wanted)
        paths = (docname, str(self.env.doc2path(docname, False)))
        # Sphinx has collected the metadata by now (at 880), from front matter and docinfo alike.
        return source_language(self.config, paths, self.env.metadata[docname].get("lang"))

    def _has_text(self) -> bool:
        return any(
            not isinstance(node, NOT_READ_AS_TEXT) for node, _ in extract_messages(self.document)
        )


def _is_part(node: nodes.Element) -> bool:
    return "translated" in node and not isinstance(node, NOT_READ_AS_TEXT)
