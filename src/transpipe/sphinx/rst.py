"""reStructuredText's parser, made to refuse a translation that does what its source does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.parsers import RSTParser

from transpipe.deeds import READING_ROLES, Deed, DeedKind
from transpipe.sphinx.guard import link_deeds
from transpipe.sphinx.messages import PageMessages
from transpipe.sphinx.translated import is_translated_message, refuse, undecorate

if TYPE_CHECKING:
    from sphinx.application import Sphinx

PAGE = "transpipe_rst_page"
"""The key of the page being read, in the environment's data of one read."""
DIRECTIVE = re.compile(r"^\s*\.\.\s+(?:\|[^|\n]+\|\s+)?(?P<name>[\w.+:-]+?)\s?::(?:\s|$)", re.M)
ROLE_BEFORE = re.compile(r":(?P<name>[\w.+-]+(?::[\w.+-]+)*):`(?P<text>[^`]*)`")
ROLE_AFTER = re.compile(r"`(?P<text>[^`]+)`:(?P<name>[\w.+-]+(?::[\w.+-]+)*):")
LITERAL = re.compile(r"``[^`].*?``", re.S)
RAW_ROLE = re.compile(r"^\s*\.\.\s+role::\s+(?P<name>[\w.+-]+)\s*\(\s*raw\s*\)", re.M)


class TranslatedReStructuredText(RSTParser):
    """Goes before Sphinx's parser of reStructuredText."""

    def parse(self, inputstring: str | StringList, document: nodes.document) -> None:
        """Add the nodes of a page, or of one translated message of it, to a document."""
        env = document.settings.env
        if not is_translated_message(document):
            env.temp_data[PAGE] = (
                PageMessages(env.docname, document, env),
                frozenset(RAW_ROLE.findall(str(inputstring))),
            )
        elif PAGE in env.temp_data and isinstance(inputstring, str):
            page, raw_roles = env.temp_data[PAGE]
            message = undecorate(inputstring).text
            _ = page.by_msgstr  # now: Locale changes the nodes as it goes on
            new = frozenset(deeds_of_rst(message, raw_roles))
            for msgid, _node in page.sources(message) if new else ():
                new -= frozenset(deeds_of_rst(msgid, raw_roles))
            new = page.unsafe(new) if new else new
            if not new:
                super().parse(inputstring, document)
                new = _links(document)
                for _, node in page.sources(message) if new else ():
                    new -= _links(node)
            if new:
                page.report(message, new)
                refuse(document)
            return
        super().parse(inputstring, document)


def _links(node: nodes.Node) -> frozenset[Deed]:
    """Give what links do; of parsed text, because reST has many ways to write one."""
    return frozenset(
        deed
        for link in node.findall(nodes.Element)
        if isinstance(link, nodes.reference | nodes.target)
        for deed in link_deeds(str(link.get("refuri") or ""))
    )


def deeds_of_rst(text: str, raw_roles: frozenset[str] = frozenset()) -> Iterator[Deed]:
    """Give what a piece of reStructuredText does.

    :param raw_roles: the roles that the page defines to put raw text into the output.
    """
    text = LITERAL.sub("", text)
    for match in DIRECTIVE.finditer(text):
        yield Deed(DeedKind.DIRECTIVE, match["name"].lower())
    for pattern in (ROLE_BEFORE, ROLE_AFTER):
        for match in pattern.finditer(text):
            name = match["name"].lower()
            reads = name in READING_ROLES or name in raw_roles
            yield Deed(DeedKind.ROLE, name, match["text"] if reads else None)


def guard_rst_parser(app: Sphinx) -> None:
    """Put ours before Sphinx's parser, unless the project has brought another."""
    if app.registry.get_source_parsers().get("restructuredtext") is RSTParser:
        app.add_source_parser(TranslatedReStructuredText, override=True)
