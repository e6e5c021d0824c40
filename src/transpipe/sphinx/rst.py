"""reStructuredText's parser, made to judge the translations that it is handed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar

import docutils.utils
from docutils import nodes
from docutils.parsers.rst.states import Inliner
from docutils.statemachine import StringList
from docutils.utils import Reporter
from sphinx.parsers import RSTParser
from sphinx.util.docutils import CustomReSTDispatcher, LoggingReporter

from transpipe.deeds import READING_ROLES, Deed, DeedKind
from transpipe.sphinx.frontmatter import shield_metadata
from transpipe.sphinx.guard import Deeds, saying_roles
from transpipe.sphinx.judgement import Reading, problems_of
from transpipe.sphinx.markup import REST, Page, ReaderFactory, translate
from transpipe.sphinx.messages import PageMessages, Source
from transpipe.sphinx.quickparse import OneLine, QuickParser, is_on
from transpipe.sphinx.translated import DUMMY_LITERAL, Form, is_translated_message

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROLE = re.compile(
    r"(?<!\\):(?P<before>[\w.+-]+(?::[\w.+-]+)*):`|`:(?P<after>[\w.+-]+(?::[\w.+-]+)*):"
)
ROLE_APART = re.compile(r":[\w.+-]+(?::[\w.+-]+)*:\s*\Z")
INDENTATION = re.compile(r"\n[ \t]+(?=\S)")
LITERAL = re.compile(r"``[^`].*?``", re.S)
LISTS = (
    nodes.block_quote,
    nodes.bullet_list,
    nodes.enumerated_list,
    nodes.line_block,
    nodes.option_list,
)
"""What a sentence can be taken for that begins as one of their items does."""


class TranslatedReStructuredText(RSTParser):
    """Goes before Sphinx's parser of reStructuredText."""

    readers: ClassVar[Mapping[str, ReaderFactory]] = {}

    def parse(self, inputstring: str | StringList, document: nodes.document) -> None:
        """Add the nodes of a page, or of one translated message of it, to a document."""
        if not is_translated_message(document):
            env = document.settings.env
            messages = PageMessages(env.docname, document, env)
            Page(messages, REST, str(inputstring), {}, self.readers).begin()
            super().parse(inputstring, document)
            shield_metadata(document)
        elif not isinstance(inputstring, str) or not translate(inputstring, document):
            super().parse(inputstring, document)


@dataclass
class RestReader:
    """Reads messages of reStructuredText."""

    page: PageMessages

    @classmethod
    def of(cls, page: Page, _file: str) -> RestReader:
        """Give what reads the messages of a page."""
        return cls(page.messages)

    def read(self, text: str, form: Form, source: Source) -> Reading:
        """Parse a text as docutils does, with no directive and none but known roles."""
        if self._quick is not None:
            line = OneLine.of(text, is_title=form is Form.TITLE)
            if line is not None:
                return self._read_quickly(line, source, self._quick)
        reading = self._read(_decorated(text, form), source)
        if isinstance(reading.node, LISTS) and not reading.deeds and "\n" not in text.strip():
            # In the source the sentence stands in a paragraph; here it may begin as an item does.
            return self._read("\\ " + _decorated(text.strip(), Form.PARAGRAPH), source)
        if isinstance(reading.node, nodes.definition_list) and not reading.deeds:
            # The lines of a msgstr mean nothing, nor does what the second is indented by.
            return self._read(_decorated(INDENTATION.sub("\n", text), form), source)
        return reading

    def _read_quickly(self, line: OneLine, source: Source, parser: QuickParser) -> Reading:
        if parser.is_plain(line.shown):
            plain = nodes.paragraph(line.data, "", nodes.Text(line.shown))
            # A formula can stand between signs that are no markup.
            return Reading(plain, is_plain=line.data.isprintable() and "$$" not in line.data)
        roles = OnlyRoles(self._saying_roles | roles_of(source.msgid))
        with problems_of(self.page) as problems, roles:
            found = parser.read(line, self._document())
        doubts = tuple(_doubts(found.paragraph))
        return Reading(
            found.paragraph,
            tuple(problems),
            Deeds(roles.refused),
            doubts,
            is_repeatable=found.is_repeatable and not (problems or roles.refused or doubts),
        )

    @cached_property
    def _quick(self) -> QuickParser | None:
        env = self.page.env
        return QuickParser.of(env, self.page.document.settings) if is_on(env.config) else None

    def _document(self) -> nodes.document:
        page = self.page.document
        document = docutils.utils.new_document(page["source"], page.settings)
        document.reporter = LoggingReporter.from_reporter(document.reporter)
        return document

    def _read(self, text: str, source: Source) -> Reading:
        page = self.page
        document = self._document()
        roles = OnlyRoles(self._saying_roles | roles_of(source.msgid))
        with problems_of(page) as problems, roles:
            _MessageParser().parse(text, document)
        children = [
            child for child in document.children if not isinstance(child, nodes.system_message)
        ]
        if text.endswith(DUMMY_LITERAL) and isinstance(children[-1], nodes.literal_block):
            children.pop()
        doubts = tuple(_doubts(document))
        return Reading(_only(children), tuple(problems), Deeds(roles.refused), doubts)

    @cached_property
    def _saying_roles(self) -> frozenset[str]:
        return saying_roles(self.page.env.domains.values())


class OnlyRoles(CustomReSTDispatcher):
    """While entered, lets reStructuredText run no directive, and no role but those given."""

    def __init__(self, allowed: frozenset[str]) -> None:
        """Take the names of roles, in small letters."""
        super().__init__()
        self._allowed = allowed
        self.refused: list[Deed] = []

    def directive(
        self, directive_name: str, language_module: ModuleType, document: nodes.document
    ) -> tuple[Any, list[nodes.system_message]]:
        """Find none."""
        self.refused.append(Deed(DeedKind.DIRECTIVE, directive_name.lower()))
        return None, []

    def role(
        self, role_name: str, language_module: ModuleType, lineno: int, reporter: Reporter
    ) -> tuple[Any, list[nodes.system_message]]:
        """Find a role that may be run; another does nothing."""
        if role_name and role_name.lower() not in self._allowed:
            return self._refuse, []
        return super().role(role_name, language_module, lineno, reporter)

    def _refuse(
        self, name: str, _rawtext: str, text: str, _line: int, _inliner: Inliner, **_: Any
    ) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        content = text if name.lower() in READING_ROLES else None
        self.refused.append(Deed(DeedKind.ROLE, name.lower(), content))
        return [], []


class _MessageParser(RSTParser):
    def decorate(self, content: StringList) -> None:
        """Leave a message without what conf.py puts before and after each page."""


def roles_of(text: str) -> frozenset[str]:
    """Give the names of the roles in a text; none that only stand in a literal."""
    found = ROLE.finditer(LITERAL.sub("", text))
    return frozenset((match["before"] or match["after"]).lower() for match in found)


def _doubts(document: nodes.Element) -> Iterator[str]:
    """Give the roles that stand apart from their content, which is shown as it stands."""
    for reference in document.findall(nodes.title_reference):
        before = reference.previous_sibling()
        role = ROLE_APART.search(before.astext()) if isinstance(before, nodes.Text) else None
        if role:
            yield f"“{role[0].strip()}” stands apart from its content"


def _decorated(text: str, form: Form) -> str:
    if form is Form.TITLE:
        return f"{text}\n{'=' * len(text) * 2}"
    return text + DUMMY_LITERAL if text.strip().endswith("::") else text


def _only(children: list[nodes.Node]) -> nodes.Element | None:
    """Give the only block, if there is one; a title's as a paragraph."""
    if len(children) != 1 or not isinstance(children[0], nodes.Element):
        return None
    node = children[0]
    if not isinstance(node, nodes.section):
        return node
    title = node.next_node(nodes.title)
    if title is None or len(node.children) != 1:
        return None
    return nodes.paragraph(title.rawsource, "", *title.children)


def wrap_rest_parser(app: Sphinx, readers: Mapping[str, ReaderFactory]) -> None:
    """Put ours before Sphinx's parser, unless the project has brought another."""
    if app.registry.get_source_parsers().get(REST) is RSTParser:
        ours = type("TranslatedRSTParser", (TranslatedReStructuredText,), {"readers": readers})
        app.add_source_parser(ours, override=True)
