"""MyST's parser, made to know the page when it parses one translated message of it.

Stock Sphinx parses each msgstr as a document of its own, where the page's reference definitions
and substitutions are unknown and a sentence that begins with ``1.`` is a list.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import (
    MdParserConfig,
    TopmatterReadError,
    merge_file_level,
    read_topmatter,
)
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.parsers.sphinx_ import MystParser
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.nodes import LITERAL_TYPE_NODES

from transpipe.sphinx import frontmatter
from transpipe.sphinx.guard import deeds_of, deeds_of_html
from transpipe.sphinx.languages import is_readable_as, source_language
from transpipe.sphinx.messages import PageMessages
from transpipe.sphinx.parts import FRONT_MATTER
from transpipe.sphinx.translated import (
    Form,
    TranslatedText,
    is_translated_message,
    put,
    refuse,
    undecorate,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

PAGE = "transpipe_page"
"""The key of the page being read, in the environment's data of one read."""
KEPT_FRAGMENT = "transpipe_reftargetid"


@dataclass
class Page:
    """What a translated message needs to know of the page it stands on."""

    messages: PageMessages
    text: str
    front_matter: Mapping[str, Any]

    @cached_property
    def config(self) -> MdParserConfig:
        """MyST's configuration with what the front matter sets; problems were reported."""
        config: MdParserConfig = self.messages.env.myst_config  # type: ignore[attr-defined] # set by MyST
        if self.front_matter:
            config = merge_file_level(config, dict(self.front_matter), lambda *_: None)
        return config

    @cached_property
    def blocks(self) -> tuple[list[Token], Mapping[str, Any]]:
        """The block tokens of the page and its reference definitions."""
        parser = create_md_parser(self.config, RendererHTML)
        # Inline text was parsed when the page was; only block structure is wanted here.
        parser.core.ruler.enableOnly(["normalize", "block"])
        environment: dict[str, Any] = {}
        tokens = parser.parse(self.text, environment)
        return tokens, environment.get("references", {})

    def environment(self) -> dict[str, Any]:
        """Give what markdown-it knows before it parses a message of the page."""
        return {"references": dict(self.blocks[1])}

    @cached_property
    def parser(self) -> MarkdownIt:
        """A parser that renders to docutils nodes."""
        return create_md_parser(self.config, SphinxRenderer)

    @cached_property
    def renderer(self) -> SphinxRenderer:
        """Its renderer. Set up once a page: MyST makes a whole document each time it does."""
        renderer = self.parser.renderer
        assert isinstance(renderer, SphinxRenderer)  # noqa: S101 - tells mypy; true above
        options = {**self.parser.options, "document": self.messages.document}
        renderer.setup_render(options, self.environment())
        return renderer

    def inline(self, text: str) -> list[Token]:
        """Parse a text that is one paragraph, whatever block it seems to open."""
        return self.parser.parseInline(text.strip(), self.environment())


class TranslatedMarkdown(MystParser):
    """Goes before a Markdown parser of a project: MyST's own or one derived from it."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Add the nodes of a page, or of one translated message of it, to a document."""
        env: BuildEnvironment = document.settings.env
        page: Page | None = env.temp_data.get(PAGE)
        if is_translated_message(document):
            if page is None or page.messages.docname != env.docname:
                super().parse(inputstring, document)
            else:
                _parse_message(undecorate(inputstring), document, page)
        elif Path(document["source"]) == Path(env.doc2path(env.docname)):
            text = _without_toml(inputstring, env.docname)
            page = Page(PageMessages(env.docname, document, env), text, _front_matter(text))
            env.temp_data[PAGE] = page
            env.temp_data[FRONT_MATTER] = page.front_matter
            super().parse(text, document)
            if page.front_matter:
                _apply_front_matter(page)
        else:
            super().parse(inputstring, document)


class RestoreFragments(SphinxTransform):
    """Give each link its own fragment back, after ``Locale``.

    ``Locale`` takes the attributes of a link from a link of the source to the same page; where
    two links lead to different places of that page, both would lead to the second.
    """

    default_priority = 21

    def apply(self, **_: Any) -> None:
        """Restore what the parser kept."""
        for link in self.document.findall(addnodes.pending_xref):
            if KEPT_FRAGMENT in link:
                link["reftargetid"] = link.attributes.pop(KEPT_FRAGMENT)


def wrap_markdown_parsers(app: Sphinx, _config: Config) -> None:
    """Put ours before every Markdown parser of the project, where MyST is as we know it."""
    if not is_known_myst():
        logger.info("transpipe: this version of MyST-Parser is not known; its parser is used as is")
        return
    for base in dict.fromkeys(app.registry.get_source_parsers().values()):
        if issubclass(base, MystParser) and not issubclass(base, TranslatedMarkdown):
            wrapped = type(f"Translated{base.__name__}", (TranslatedMarkdown, base), {})
            app.add_source_parser(wrapped, override=True)


def is_known_myst() -> bool:
    """Tell whether what is used of MyST-Parser, beyond what it documents, is as it was."""
    try:
        calls: tuple[tuple[Callable[..., Any], int], ...] = (
            (create_md_parser, 2),
            (merge_file_level, 3),
            (read_topmatter, 1),
            (SphinxRenderer.setup_render, 3),
            (SphinxRenderer.current_node_context, 2),
        )
        for function, arguments in calls:
            inspect.signature(function).bind(*range(arguments))
        inspect.signature(SphinxRenderer.nested_render_text).bind(0, "", 0, inline=True)
    except (AttributeError, TypeError):
        return False
    return hasattr(MdParserConfig, "title_to_header")


def _without_toml(text: str, docname: str) -> str:
    try:
        return frontmatter.toml_as_yaml(text)
    except frontmatter.MalformedTomlError as problem:
        logger.warning(
            "the front matter is not TOML (%s): mend it", problem, location=(docname, 1),
            type="transpipe", subtype="front_matter",
        )  # fmt: skip
        return problem.text


def _front_matter(text: str) -> Mapping[str, Any]:
    try:
        return read_topmatter(text) or {}
    except TopmatterReadError:
        return {}  # MyST reports it when it renders the page


def _apply_front_matter(page: Page) -> None:
    messages = page.messages
    document, config = messages.document, messages.env.config
    frontmatter.shield_metadata(document)
    declared = page.front_matter.get("lang")
    paths = (messages.docname, str(messages.env.doc2path(messages.docname, False)))
    written = source_language(config, paths, declared if isinstance(declared, str) else None)
    authored = is_readable_as(config.language, written)

    def value(key: str) -> frontmatter.Translated | None:
        return frontmatter.translated_value(
            page.front_matter, key, messages.catalog, authored=authored
        )

    description = value("description")
    if description:
        document[frontmatter.DESCRIPTION_ATTRIBUTE] = description.text
        language = config.language if description.is_in_reader_language else written
        document[frontmatter.DESCRIPTION_LANGUAGE_ATTRIBUTE] = language
    title = value("title")
    if title is None or page.config.title_to_header:  # MyST makes a heading of it, a message too
        return
    if title.is_in_reader_language:
        document[frontmatter.TITLE_ATTRIBUTE] = title.text
    if not frontmatter.has_own_title(document, _subheading_lines(page)):
        frontmatter.add_title(document, " ".join(page.front_matter["title"].split()), title)


def _subheading_lines(page: Page) -> list[int]:
    headings = (token for token in page.blocks[0] if token.type == "heading_open")
    return [token.map[0] + 1 for token in headings if token.tag != "h1" and token.map]


def _parse_message(message: TranslatedText, document: nodes.document, page: Page) -> None:
    _ = page.messages.by_msgstr  # now: Locale changes the nodes as it goes on
    if message.form is Form.LITERAL:
        _parse_literal(message.text, document, page)
        return
    documents = tuple(page.messages.env.config.source_suffix)
    new = deeds_of(page.inline(message.text), documents)
    if new:
        for msgid, _ in page.messages.sources(message.text):
            new = new - deeds_of(page.inline(msgid), documents)
    if new:
        page.messages.report(message.text, new)
        refuse(document)
        return
    put(document, _rendered(message.text, document, page), message.form)


def _parse_literal(text: str, document: nodes.document, page: Page) -> None:
    sources = page.messages.sources(text)
    literals = [pair for pair in sources if isinstance(pair[1], LITERAL_TYPE_NODES)]
    if any(isinstance(node, nodes.raw) for _, node in literals):
        new = deeds_of_html(text)
        for msgid, _ in literals:
            new = new - deeds_of_html(msgid)
        if new:
            page.messages.report(text, new)
            refuse(document)
            return
    document += nodes.literal_block(text, text)


def _rendered(text: str, document: nodes.document, page: Page) -> nodes.paragraph:
    paragraph = nodes.paragraph(text)
    renderer = page.renderer
    renderer.document, renderer.reporter = document, document.reporter
    renderer.md_env = page.environment()
    with renderer.current_node_context(paragraph):
        renderer.nested_render_text(text.strip(), 0, inline=True)
    for link in paragraph.findall(addnodes.pending_xref):
        if "reftargetid" in link:
            link[KEPT_FRAGMENT] = link["reftargetid"]
    return paragraph
