"""The extension: what it adds to Sphinx, and where it connects."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import docutils.languages
import docutils.parsers.rst.languages
from sphinx.util import logging

from transpipe import __version__
from transpipe.sphinx.interface import guard_interface
from transpipe.sphinx.languages import configured_language
from transpipe.sphinx.markup import MARKDOWN, REST, ReaderFactory
from transpipe.sphinx.meta import KeepMetaElements, RestoreMetaElements
from transpipe.sphinx.nested import FreeNestedBlocks
from transpipe.sphinx.pages import UI_DOMAIN, add_style_sheet, add_templates, complete_page
from transpipe.sphinx.parts import LanguageOfParts, NoteMessages
from transpipe.sphinx.rendering import complete_templates
from transpipe.sphinx.rst import RestReader, wrap_rest_parser
from transpipe.sphinx.textparser import FILETYPE, PlainTextParser
from transpipe.sphinx.versions import check_pattern

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

FRONT_MATTER_KEYS = ("title", "description", "summary")
"""The keys of the front matter whose texts are messages, unless a project says otherwise."""
LOCALE_DIR = Path(__file__).parent.parent / "locale"
logger = logging.getLogger(__name__)


def connect(app: Sphinx) -> ExtensionMetadata:
    """Add configuration values, parsers, transforms and event handlers."""
    app.setup_extension("transpipe.sphinx.speed")
    text, texts = frozenset({str}), frozenset({list, tuple})
    app.add_config_value("transpipe_source_language", configured_language, "env", text)
    app.add_config_value("transpipe_source_languages", {}, "env", frozenset({dict}))
    app.add_config_value("transpipe_languages", [], "html", texts)
    app.add_config_value("transpipe_language_url", "../{language}/", "html", text)
    app.add_config_value("transpipe_languages_on_top", True, "html", frozenset({bool}))
    app.add_config_value("transpipe_front_matter", FRONT_MATTER_KEYS, "env", texts)
    app.add_config_value("transpipe_generated", (), "env", texts)
    app.add_message_catalog(UI_DOMAIN, str(LOCALE_DIR))
    app.add_source_parser(PlainTextParser)
    app.add_transform(NoteMessages)
    app.add_transform(LanguageOfParts)
    app.add_transform(FreeNestedBlocks)
    app.add_transform(KeepMetaElements)
    app.add_transform(RestoreMetaElements)
    # Late: after the extensions that bring a Markdown parser of their own.
    app.connect("config-inited", _connect_parsers, priority=900)
    app.connect("config-inited", _accept_language)
    app.connect("config-inited", lambda app, _config: guard_interface(app))
    app.connect("config-inited", check_pattern)
    app.connect("config-inited", add_templates)
    app.connect("config-inited", complete_templates)
    app.connect("builder-inited", add_style_sheet)
    app.connect("html-page-context", complete_page)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def _accept_language(app: Sphinx, config: Config) -> None:
    """Let docutils fall back to English for its few words without a warning on a page.

    docutils does not know every language that Sphinx does (``pt``), and it warns at the first
    page that asks; asked before, without a reporter, it remembers.
    """
    for importer in (docutils.languages.get_language, docutils.parsers.rst.languages.get_language):
        importer(config.language or "en")


def _connect_parsers(app: Sphinx, config: Config) -> None:
    readers: dict[str, ReaderFactory] = {REST: RestReader.of}
    if "myst_parser" in app.extensions or "myst_nb" in app.extensions:
        _connect_markdown(app, readers)
    wrap_rest_parser(app, readers)
    _take_over_warnings(app, config)


def _connect_markdown(app: Sphinx, readers: dict[str, ReaderFactory]) -> None:
    try:
        from transpipe.sphinx import markdown
    except ImportError as problem:
        logger.info("transpipe: MyST-Parser is not as it is known, and is used as is (%s)", problem)
        return
    if not markdown.is_known_myst():
        logger.info("transpipe: this version of MyST-Parser is not known; its parser is used as is")
        return
    readers[MARKDOWN] = markdown.MarkdownReader.of
    app.add_transform(markdown.RestoreFragments)
    markdown.wrap_markdown_parsers(app, readers)


def _take_over_warnings(app: Sphinx, config: Config) -> None:
    """Replace Sphinx's warnings of references by ours, where all pages are ours to read.

    Sphinx compares how references are written, and warns of those that are only written anew.
    """
    parsers = app.registry.get_source_parsers()
    known = {name for name, parser in parsers.items() if hasattr(parser, "readers")}
    known.add(FILETYPE)
    if set(config.source_suffix.values()) <= known:
        config.suppress_warnings = [*config.suppress_warnings, "i18n.inconsistent_references"]
