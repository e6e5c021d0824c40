"""Front matter: TOML that MyST does not know, and a page's title and description.

Title and description are messages of the page's own catalog, with the contexts
``front-matter:title`` and ``front-matter:description``. They never become messages of the body,
and Sphinx's ``Locale`` never meets the metadata.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from docutils import nodes

from transpipe.sphinx.pagecatalog import PageCatalog

FENCE = "+++"
TRANSLATED_BY_SPHINX = frozenset({"abstract", "dedication"})
"""The fields that docutils shows on the page, whose text Sphinx takes as messages."""
TITLE_ATTRIBUTE = "title"
"""Of a document: what docutils and Sphinx put into ``<title>``."""
DESCRIPTION_ATTRIBUTE = "transpipe_description"
DESCRIPTION_LANGUAGE_ATTRIBUTE = "transpipe_description_language"


class MalformedTomlError(ValueError):
    """What stands between ``+++`` lines is not TOML."""

    def __init__(self, reason: str, text: str) -> None:
        """Take the reason, and the text of the page without it, line for line."""
        super().__init__(reason)
        self.text = text


def toml_as_yaml(text: str) -> str:
    """Turn TOML front matter into YAML front matter of as many lines; other text stays.

    JSON is YAML on one line: no later line moves, so that warnings name the right ones.

    :raises MalformedTomlError: if it opens and closes as TOML front matter and is not TOML.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        return text
    end = next((n for n, line in enumerate(lines) if n and line.rstrip() == FENCE), None)
    if end is None:
        return text
    blank = [""] * (end + 1)
    try:
        data = tomllib.loads("\n".join(lines[1:end]) + "\n")
    except tomllib.TOMLDecodeError as problem:
        raise MalformedTomlError(str(problem), "\n".join(blank + lines[end + 1 :])) from problem
    if data:
        blank[0] = blank[end] = "---"
        blank[1] = json.dumps(data, ensure_ascii=False, default=str)
    return "\n".join(blank + lines[end + 1 :])


@dataclass(frozen=True, slots=True)
class Translated:
    """A value of the front matter as the reader gets it."""

    text: str
    is_in_reader_language: bool


def translated_value(
    front_matter: Mapping[str, Any], key: str, catalog: PageCatalog, *, authored: bool
) -> Translated | None:
    """Give a value as the reader gets it; None where there is no text under the key.

    :param authored: whether the page was written in the reader's language.
    """
    value = front_matter.get(key)
    if not isinstance(value, str) or not value.strip():
        return None
    context = f"front-matter:{key}"
    folded = " ".join(value.split())
    translation = catalog.translation(value, context) or catalog.translation(folded, context)
    return Translated(translation or folded, authored or bool(translation))


def shield_metadata(document: nodes.document) -> None:
    """Keep ``Locale`` from translating metadata, whose keys and values programs read.

    Metadata is the list of fields that a page begins with.
    """
    rest = (node for node in document.children if not isinstance(node, nodes.PreBibliographic))
    fields = next(rest, None)
    if not isinstance(fields, nodes.field_list):
        return
    for field in fields.findall(nodes.field):
        name, body = field[0], field[1]
        for node in field.findall(nodes.field_name):
            node["translatable"] = False
        if name.astext().lower() not in TRANSLATED_BY_SPHINX:
            for paragraph in body.findall(nodes.paragraph):
                paragraph["translatable"] = False


def has_own_title(document: nodes.document, subheading_lines: Iterable[int]) -> bool:
    """Tell whether the body of a page brings a title: its only heading of the first level.

    :param subheading_lines: the lines of its headings that are below the first level.
    """
    lines = frozenset(subheading_lines)
    sections = (node for node in document.children if isinstance(node, nodes.section))
    return sum(section.line not in lines for section in sections) == 1


def add_title(document: nodes.document, source: str, shown: Translated) -> None:
    """Put the body of a page under a title, so that navigation knows the page by it.

    The sections below keep the ids they have: the title takes one that none of them has, made
    of the source text, hence the same in every language.
    """
    title = nodes.title(source, shown.text, translatable=False)
    title["translated"] = shown.is_in_reader_language
    title.source, title.line = document["source"], 1
    section = nodes.section("", title)
    section.source, section.line = document["source"], 1
    identifier = nodes.make_id(source) or "title"
    while identifier in document.ids:
        identifier += "-title"
    section["ids"].append(identifier)
    document.ids[identifier] = section
    start = _start_of_body(document)
    section.extend(document.children[start:])
    document.children = document.children[:start]
    document += section


def _start_of_body(document: nodes.document) -> int:
    # Only what leads the page stays outside: docutils reads metadata from its beginning.
    unseen = (nodes.field_list, nodes.meta, nodes.pending, nodes.comment, nodes.system_message)
    for index, node in enumerate(document.children):
        if not isinstance(node, unseen):
            return index
    return len(document.children)
