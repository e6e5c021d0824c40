"""MyST's parser, made to know the page when it parses one translated message of it.

Stock Sphinx parses each msgstr as a document of its own, where the page's reference definitions
and substitutions are unknown and a sentence that begins with ``1.`` is a list.
"""

from __future__ import annotations

import inspect
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import docutils.utils
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
from sphinx.util.docutils import LoggingReporter

from transpipe.deeds import DeedKind
from transpipe.sphinx import frontmatter
from transpipe.sphinx.guard import Deeds, added, deeds_of_tokens, saying_roles
from transpipe.sphinx.judgement import Reading, problems_of
from transpipe.sphinx.languages import is_readable_as, source_language
from transpipe.sphinx.markup import MARKDOWN, Page, ReaderFactory, text_of, translate
from transpipe.sphinx.messages import PageMessages, Source
from transpipe.sphinx.parts import FRONT_MATTER
from transpipe.sphinx.references import KEPT_FRAGMENT
from transpipe.sphinx.translated import Form, is_translated_message

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

FENCES = frozenset({"colon_fence", "fence"})
LEFTOVER = re.compile(r"\*\*|`+|\]\(|\]\[")
"""Markup that a reader sees because it is not whole."""
ROLE_APART = re.compile(r"\{[\w.:+-]+\}\s*$")
CHECKBOX = "task-list-item-checkbox"


class TranslatedMarkdown(MystParser):
    """Goes before a Markdown parser of a project: MyST's own or one derived from it."""

    readers: ClassVar[Mapping[str, ReaderFactory]] = {}

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Add the nodes of a page, or of one translated message of it, to a document."""
        env: BuildEnvironment = document.settings.env
        if is_translated_message(document):
            if not translate(inputstring, document):
                super().parse(inputstring, document)
        elif Path(document["source"]) == Path(env.doc2path(env.docname)):
            text = _without_toml(inputstring, env.docname)
            messages = PageMessages(env.docname, document, env)
            page = Page(messages, MARKDOWN, text, _front_matter(text), self.readers)
            page.begin()
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


@dataclass
class MarkdownReader:
    """Reads messages of Markdown, of one file of a page."""

    messages: PageMessages
    config: MdParserConfig
    texts: tuple[str, ...]
    """Where links may be defined: the file, and the page that includes it."""

    @classmethod
    def of(cls, page: Page, file: str) -> MarkdownReader:
        """Give what reads the messages of a page that stand in a file."""
        texts = [] if file == page.path else [text_of(file)]
        if page.markup == MARKDOWN:
            texts.append(page.text)
        return cls(page.messages, _config(page), tuple(map(_markdown_of, texts)))

    def read(self, text: str, form: Form, source: Source) -> Reading:
        """Parse a text that is one paragraph, whatever block it seems to open."""
        stripped = text.strip()
        tokens = self._checked.parseInline(stripped, self._environment())
        deeds = self._deeds(tokens)
        if text != source.msgid:
            if added(self._deeds(self._inline(source.msgid)), deeds):
                return Reading(None, deeds=deeds)  # rendering runs roles and substitutions
            if not self._is_one_block(stripped):
                return Reading(None, deeds=deeds)
        with problems_of(self.messages) as problems:
            paragraph = self._rendered(stripped)
        if text != source.msgid:
            _keep_checkbox(source.node, paragraph)
        return Reading(paragraph, tuple(problems), deeds, tuple(_doubts(tokens)))

    def _inline(self, text: str) -> list[Token]:
        return self._checked.parseInline(text.strip(), self._environment())

    def _deeds(self, tokens: list[Token]) -> Deeds:
        harmless = self._saying_roles
        found = deeds_of_tokens(tokens)
        return Counter(
            {
                deed: count
                for deed, count in found.items()
                if deed.kind is not DeedKind.ROLE
                or deed.content is not None
                or deed.what not in harmless
            }
        )

    @cached_property
    def _saying_roles(self) -> frozenset[str]:
        return saying_roles(self.messages.env.domains.values())

    @cached_property
    def _definitions(self) -> dict[str, Any]:
        """The reference definitions of the page, those inside directives with them."""
        parser = _block_parser(self.config)
        found: dict[str, Any] = {}
        waiting = list(reversed(self.texts))
        while waiting:
            environment: dict[str, Any] = {"references": found}
            tokens = parser.parse(waiting.pop(), environment)
            waiting.extend(reversed(list(_directive_texts(tokens))))
        return found

    def _environment(self) -> dict[str, Any]:
        """Give what markdown-it knows before it parses a message of the page."""
        return {"references": dict(self._definitions)}

    @cached_property
    def _checked(self) -> MarkdownIt:
        """A parser that keeps apart what is escaped: it is text on purpose."""
        return create_md_parser(self.config, RendererHTML).disable("text_join", True)

    @cached_property
    def _blocks(self) -> MarkdownIt:
        return _block_parser(self.config)

    @cached_property
    def _renderer(self) -> SphinxRenderer:
        # Set up once a page: MyST makes a whole document each time it does.
        parser = create_md_parser(self.config, SphinxRenderer)
        renderer = parser.renderer
        assert isinstance(renderer, SphinxRenderer)  # noqa: S101 - tells mypy; true above
        options = {**parser.options, "document": self.messages.document}
        renderer.setup_render(options, self._environment())
        return renderer

    def _is_one_block(self, text: str) -> bool:
        """Tell whether a text is one run of text, if it does not stand where a block begins.

        A sentence may begin as an item or a heading does. A fence is none, nor are two blocks.
        """
        tokens = self._blocks.parse(text, {})
        kinds = {token.type for token in tokens}
        if kinds & FENCES:
            return False
        return "\n" not in text or sum(token.type == "inline" for token in tokens) < 2

    def _rendered(self, text: str) -> nodes.paragraph:
        page = self.messages.document
        document = docutils.utils.new_document(page["source"], page.settings)
        document.reporter = LoggingReporter.from_reporter(document.reporter)
        paragraph = nodes.paragraph(text)
        renderer = self._renderer
        renderer.document, renderer.reporter = document, document.reporter
        renderer.md_env = self._environment()
        with renderer.current_node_context(paragraph):
            renderer.nested_render_text(text, 0, inline=True)
        return paragraph


def wrap_markdown_parsers(app: Sphinx, readers: Mapping[str, ReaderFactory]) -> None:
    """Put ours before every Markdown parser of the project."""
    for base in dict.fromkeys(app.registry.get_source_parsers().values()):
        if issubclass(base, MystParser) and not issubclass(base, TranslatedMarkdown):
            bases = (TranslatedMarkdown, base)
            wrapped = type(f"Translated{base.__name__}", bases, {"readers": readers})
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


# ----------------------------------------------------------------------------- messages


def _block_parser(config: MdParserConfig) -> MarkdownIt:
    """Give a parser of blocks alone."""
    parser = create_md_parser(config, RendererHTML)
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _doubts(tokens: list[Token]) -> Iterator[str]:
    """Give the markup in a text that is not whole."""
    for token in tokens:
        children = token.children or []
        for child, following in zip(children, (*children[1:], None), strict=False):
            if child.type != "text":
                continue
            for mark in LEFTOVER.findall(child.content):
                yield f"“{'`' if mark.startswith('`') else mark}” is shown as it stands"
            if following is not None and following.type == "code_inline":
                for role in ROLE_APART.findall(child.content):
                    yield f"“{role.strip()}” stands apart from its content"
        yield from _doubts(children)


def _keep_checkbox(source: nodes.Element, paragraph: nodes.paragraph) -> None:
    """Keep the box of a task, which MyST puts into its text."""
    first = source[0] if len(source) else None
    if isinstance(first, nodes.raw) and CHECKBOX in first.astext():
        paragraph.insert(0, first.deepcopy())


def _directive_texts(tokens: list[Token]) -> Iterator[str]:
    """Give what stands in the directives among some tokens, for a parser of Markdown."""
    for token in tokens:
        name = token.info.strip()
        if token.type in FENCES and name.startswith("{") and not name.startswith("{eval-rst}"):
            yield token.content


def _markdown_of(text: str) -> str:
    """Give the Markdown in a file: all of it, or the cells of a notebook."""
    if not text.lstrip().startswith("{"):
        return text
    try:
        cells = json.loads(text)["cells"]
        return "\n\n".join(
            "".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"
        )
    except (ValueError, KeyError, TypeError):
        return text


# -------------------------------------------------------------------------------- pages


def _config(page: Page) -> MdParserConfig:
    """Give MyST's configuration with what the front matter sets; problems were reported."""
    config: MdParserConfig = page.messages.env.myst_config  # type: ignore[attr-defined] # set by MyST
    if page.front_matter:
        config = merge_file_level(config, dict(page.front_matter), lambda *_: None)
    return config


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
    if title is None or _config(page).title_to_header:  # MyST makes a heading of it, a message too
        return
    if title.is_in_reader_language:
        document[frontmatter.TITLE_ATTRIBUTE] = title.text
    if not frontmatter.has_own_title(document, _subheading_lines(page)):
        frontmatter.add_title(document, " ".join(page.front_matter["title"].split()), title)


def _subheading_lines(page: Page) -> list[int]:
    tokens = _block_parser(_config(page)).parse(page.text)
    headings = (token for token in tokens if token.type == "heading_open")
    return [token.map[0] + 1 for token in headings if token.tag != "h1" and token.map]
