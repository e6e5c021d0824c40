"""The language of parts: what is not translated says in which language it is (WCAG 3.1.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import docutils.languages
from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util.index_entries import split_index_msg
from sphinx.util.nodes import LITERAL_TYPE_NODES, extract_messages, traverse_translatable_index

from transpipe.model import MessageKey
from transpipe.sphinx.frontmatter import TRANSLATED_BY_SPHINX
from transpipe.sphinx.interface import words_of_sphinx
from transpipe.sphinx.languages import is_readable_as, source_language, tag
from transpipe.sphinx.markup import Page
from transpipe.sphinx.navigation import mark_titles
from transpipe.sphinx.pagecatalog import PageCatalog

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

LANGUAGE_ATTRIBUTE = "transpipe_language"
"""Of a document: the language it was written in."""
PROGRESS_ATTRIBUTE = "transpipe_progress"
"""Of a document: a :class:`Progress`."""
COUNTS_ATTRIBUTE = "transpipe_counts"
"""Of a document: how many of its messages are translated, and how many there are."""
FRONT_MATTER = "transpipe_front_matter"
"""The key of a page's front matter, in the environment's data of one read."""
NOTED = "transpipe_noted"
"""The key of a page's :class:`NotedMessage` values, in the environment's data of one read."""

NOT_READ_AS_TEXT = (addnodes.translatable, nodes.meta, nodes.image, *LITERAL_TYPE_NODES)
"""Messages that are no text in the page's body, or in no language."""


class Progress(StrEnum):
    """How much of a page is in the language of its reader."""

    ALL = "all"
    SOME = "some"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class NotedMessage:
    """A message of a page as its template has it, and whether it has a translation."""

    key: MessageKey
    node: nodes.Element | None
    """Where it stands; nothing in the body where it is of the front matter or an index."""
    is_translated: bool
    is_same: bool
    """Whether the translation is the text itself, as that of a name may be."""

    @property
    def is_shown_untranslated(self) -> bool:
        """Whether the reader sees the source text here: also where a translation was refused."""
        node = self.node
        if not self.is_translated or node is None:
            return not self.is_translated
        is_refused = "translated" in node and not node["translated"]
        return is_refused and not self.is_same and not isinstance(node, NOT_READ_AS_TEXT)

    @property
    def is_part(self) -> bool:
        """Whether a reader sees it in the page's body, in the language it was written in."""
        if isinstance(self.node, nodes.image):
            return bool(self.node.get("alt") == self.key[1])
        return self.node is not None and not isinstance(self.node, NOT_READ_AS_TEXT)


class NoteMessages(SphinxTransform):
    """Note the messages of a page with their nodes, before ``Locale`` changes them."""

    default_priority = 19

    def apply(self, **_: Any) -> None:
        """Note them for :class:`LanguageOfParts`, and for who reads their translations."""
        if self._is_surely_readable():
            return
        catalog = PageCatalog.of(self.env, self.env.docname)
        self.env.temp_data[NOTED] = [
            NotedMessage((context, msgid), node, bool(msgstr.strip()), msgstr == msgid)
            for context, msgid, node in self._messages()
            for msgstr in (catalog.translation(msgid, context),)
        ]

    def _is_surely_readable(self) -> bool:
        """Tell whether the page was written in the reader's language, and says no other itself."""
        written = written_language(self.env, self.config.language, declared=None)
        fields = _first_fields(self.document)
        own = any(field[0].astext().lower() == "lang" for field in fields.findall(nodes.field))
        return is_readable_as(self.config.language, written) and not own

    def _extracted(self) -> list[tuple[nodes.Element, str]]:
        found = list(extract_messages(self.document))
        page = Page.current(self.env)
        if page is not None and page.messages.document is self.document:
            page.messages.extracted = found
        return found

    def _messages(self) -> Iterator[tuple[str | None, str, nodes.Element | None]]:
        front_matter = self.env.temp_data.get(FRONT_MATTER) or {}
        for context, text in front_matter_messages(
            front_matter, self.config.transpipe_front_matter
        ):
            yield context, text, None
        metadata = _metadata(self.document)
        language, source = self.config.language, self.config.transpipe_source_language
        words = words_of_sphinx(language, source)
        for node, msgid in self._extracted():
            if _is_docutils_label(node, msgid, language):
                # In the reader's language already; in the template, in that of the project.
                yield None, _contents_label(source), None
            elif msgid in words and _can_be_sphinxs(node):
                yield None, words[msgid], None  # the same
            elif not _is_below(node, nodes.substitution_definition) and node not in metadata:
                # The text of a substitution belongs to the messages it is put into.
                yield None, msgid, node
        if "index" in self.config.gettext_additional_targets:
            for _node, entries in traverse_translatable_index(self.document):
                for kind, value, *_rest in entries:
                    yield from ((None, msgid, None) for msgid in split_index_msg(kind, value))


def front_matter_messages(
    front_matter: Mapping[str, Any], keys: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Give the messages of a front matter with their contexts: texts, and texts in lists."""
    for key in keys:
        value = front_matter.get(key)
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and text.strip():
                yield f"front-matter:{key}", text


def _is_below(node: nodes.Node | None, kind: type[nodes.Element]) -> bool:
    while node is not None:
        if isinstance(node, kind):
            return True
        node = node.parent
    return False


def _metadata(document: nodes.document) -> frozenset[nodes.Node]:
    """Give what Sphinx takes out of a page as its metadata, and out of templates with it."""
    return frozenset(
        node
        for field in _first_fields(document).findall(nodes.field)
        if field[0].astext().lower() not in TRANSLATED_BY_SPHINX
        for node in field.findall()
    )


def _first_fields(document: nodes.document) -> nodes.field_list:
    """Give the fields that a page begins with, as docutils looks for them; none if it does not.

    See ``docutils.transforms.frontmatter.DocInfo``.
    """
    body = (node for node in document.children if not isinstance(node, nodes.PreBibliographic))
    fields = next(body, None)
    return fields if isinstance(fields, nodes.field_list) else nodes.field_list()


def _is_docutils_label(node: nodes.Node, msgid: str, language: str) -> bool:
    """Tell whether a message is the title that docutils gives a table of contents by itself."""
    parent = node.parent
    is_title = isinstance(node, nodes.title) and isinstance(parent, nodes.topic)
    return is_title and "contents" in parent["classes"] and msgid == _contents_label(language)


def _can_be_sphinxs(node: nodes.Node) -> bool:
    if isinstance(node, nodes.title):
        return not isinstance(node.parent, nodes.section)
    return isinstance(node, nodes.field_name)


def _contents_label(language: str) -> str:
    return str(docutils.languages.get_language(language).labels["contents"])


class LanguageOfParts(SphinxTransform):
    """Mark what was left untranslated, and note how much of the page was."""

    default_priority = 940  # after everything that translates, before Sphinx's classes (950)

    def apply(self, **_: Any) -> None:
        """Mark the nodes of one page."""
        wanted = self.config.language
        # Sphinx has collected the metadata by now (at 880), from front matter and docinfo alike.
        declared = self.env.metadata[self.env.docname].get("lang")
        written = written_language(self.env, wanted, declared)
        noted: list[NotedMessage] = self.env.temp_data.pop(NOTED, None) or []
        document = self.document
        document[LANGUAGE_ATTRIBUTE] = written
        document[PROGRESS_ATTRIBUTE] = Progress.ALL.value
        if is_readable_as(wanted, written):
            return
        missing = [message for message in noted if message.is_shown_untranslated]
        keys = {message.key for message in noted}
        document[COUNTS_ATTRIBUTE] = (len(keys - {each.key for each in missing}), len(keys))
        document[PROGRESS_ATTRIBUTE] = _progress(noted, missing).value
        mark = f"language-{tag(written)}"  # docutils writes this class as the attribute ``lang``
        untranslated = [each.node for each in missing if each.is_part and each.node is not None]
        mark_titles(self.env, document, untranslated, mark)
        if _progress(noted, missing) is Progress.NONE:
            # Each piece by itself would be noise on a page that says it as a whole. A builder of
            # one file for all pages has no such place.
            untranslated = [each for each in document.children if isinstance(each, nodes.section)]
        for node in untranslated:
            node["classes"].append(mark)


def _progress(noted: Iterable[NotedMessage], missing: Iterable[NotedMessage]) -> Progress:
    parts = [message for message in noted if _is_text(message)]
    absent = [message for message in missing if _is_text(message)]
    if parts and len(parts) == len(absent):
        return Progress.NONE
    return Progress.SOME if missing else Progress.ALL


def _is_text(message: NotedMessage) -> bool:
    return message.is_part and not isinstance(message.node, nodes.image)


def written_language(env: BuildEnvironment, wanted: str, declared: str | None) -> str:
    """Give the language that the page which is being read was written in.

    :param declared: what the page says itself.
    """
    docname = env.docname
    if docname in env.config.transpipe_generated:
        return str(wanted)
    paths = (docname, str(env.doc2path(docname, False)))
    return source_language(env.config, paths, declared)
