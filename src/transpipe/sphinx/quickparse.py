"""One message of reStructuredText, parsed as docutils does, without its machinery of blocks.

``Locale`` has each msgstr parsed as a document of its own. Nearly all are one line that opens no
block: of these, docutils' inline parser makes the very nodes that a whole parse makes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import docutils.parsers.rst.languages as rst_languages
from docutils import nodes
from docutils.parsers.rst import roles
from docutils.parsers.rst.states import Body, Inliner
from sphinx import addnodes
from sphinx.parsers import RSTParser
from sphinx.roles import XRefRole

from transpipe.sphinx.translated import is_translated_message

if TYPE_CHECKING:
    from docutils.frontend import Values
    from docutils.statemachine import StringList
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

SWITCH = "transpipe_speed"
"""The configuration value that switches all that makes Sphinx faster on or off."""
KEY = "transpipe_quick"
"""The key of what is kept for the page being read, in the environment's data of one read."""

NOT_ONE_LINE = re.compile("[\t\n\r\x00\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""What docutils takes for the end of a line, or for room to indent by; and its own mark."""
INLINE = re.compile(r"[\\`*_|@]|:(?!\s|$)")
"""What every construct within a line holds: also an address, which needs no markup."""
BEGINS_WITH_A_WORD = re.compile(r"[^\W\d_]+[ ,]")
"""A beginning that no block has: an enumerator ends in a dot or a parenthesis."""

REPEATABLE = (
    nodes.Text,
    nodes.abbreviation,
    nodes.emphasis,
    nodes.inline,
    nodes.literal,
    nodes.math,
    nodes.strong,
    nodes.subscript,
    nodes.superscript,
    nodes.title_reference,
    addnodes.literal_emphasis,
    addnodes.literal_strong,
    addnodes.manpage,
    addnodes.pending_xref,
)
"""What is the same however often, and wherever on a page, a message is parsed."""


def _block_patterns() -> tuple[re.Pattern[str], ...]:
    """Give what the first line of every block but a paragraph matches."""
    compiled = (
        pattern if isinstance(pattern := Body.patterns[name], re.Pattern) else re.compile(pattern)
        for name in Body.initial_transitions
        if name != "text"
    )
    return tuple(compiled)


def opens_no_block(text: str) -> bool:
    """Tell whether a text is one line that docutils takes for a paragraph, nothing after it."""
    if not text or text[0].isspace() or NOT_ONE_LINE.search(text) or text.rstrip()[-2:] == "::":
        return False
    return bool(BEGINS_WITH_A_WORD.match(text)) or not any(
        pattern.match(text.rstrip()) for pattern in _block_patterns()
    )


@dataclass(frozen=True, slots=True)
class QuickReading:
    """What a text became."""

    paragraph: nodes.paragraph
    is_repeatable: bool
    """Whether to parse it again would give the same, and do nothing else."""


@dataclass
class QuickParser:
    """Parses messages of one page."""

    settings: Values
    _parsed: dict[tuple[str, str], nodes.paragraph] = field(default_factory=dict)
    _pure_roles: dict[str, bool] = field(default_factory=dict)
    _ran_impure_role: bool = False

    def __post_init__(self) -> None:
        """Set up the inline parser once a page: docutils does so for each message."""
        inliner: Any = Inliner()
        inliner.init_customizations(self.settings)
        self._own_interpreted = inliner.interpreted
        inliner.interpreted = self._interpreted
        self._inliner = cast(Inliner, inliner)
        self._has_implicit_names = bool(
            getattr(self.settings, "pep_references", None)
            or getattr(self.settings, "rfc_references", None)
        )

    @classmethod
    def of(cls, env: BuildEnvironment, settings: Values) -> QuickParser:
        """Give that of the page that is being read."""
        parser = env.temp_data.get(KEY)
        if not isinstance(parser, cls) or parser.settings is not settings:
            parser = env.temp_data[KEY] = cls(settings)
        return parser

    def is_plain(self, text: str) -> bool:
        """Tell whether a text has no markup at all. It opens no block."""
        return not (self._has_implicit_names or INLINE.search(text))

    def read(self, text: str, document: nodes.document) -> QuickReading:
        """Add a paragraph to an empty document, and what its parser has to say.

        :param text: what :func:`opens_no_block` accepts.
        """
        data, source = text.rstrip(), str(document["source"])
        if self.is_plain(text):
            paragraph = nodes.paragraph(data, "", nodes.Text(data))
            paragraph.source, paragraph.line = source, 1
            document.append(paragraph)
            return QuickReading(paragraph, True)
        self._ran_impure_role = False
        paragraph = self._parsed_inline(data, source, document)
        is_alone = len(document.children) == 1 and not self._ran_impure_role
        return QuickReading(paragraph, is_alone and is_repeatable(paragraph))

    def read_once(self, text: str, document: nodes.document) -> None:
        """Do the same; the second time with what the first time gave, if no one has it yet.

        ``Locale`` has most messages parsed twice, and looks only at what the second time gives.
        """
        key = (text, str(document["source"]))
        known = self._parsed.pop(key, None)
        if known is not None and is_unused(known):
            document.append(known)
            return
        found = self.read(text, document)
        if found.is_repeatable:
            self._parsed[key] = found.paragraph

    def _parsed_inline(self, data: str, source: str, document: nodes.document) -> nodes.paragraph:
        def place(line: int | None = None) -> tuple[str | None, int | None]:
            # As a state machine says it that is past the only line of its text.
            return (source, line or 2) if line in (None, 1, 2) else (None, None)

        reporter: Any = document.reporter
        reporter.get_source_and_line = place
        reporter.attach_observer(document.note_parse_message)
        document.current_source, document.current_line = source, None
        language = rst_languages.get_language(self.settings.language_code, reporter)
        memo: Any = SimpleNamespace(
            document=document,
            reporter=reporter,
            language=language,
            title_styles=[],
            section_level=0,
            section_bubble_up_kludge=False,
            inliner=self._inliner,
        )
        found, messages = self._inliner.parse(data, 1, memo, document)
        paragraph = nodes.paragraph(data, "", *found)
        paragraph.source, paragraph.line = source, 1
        document.append(paragraph)
        document.extend(messages)
        reporter.detach_observer(document.note_parse_message)
        return paragraph

    def _interpreted(self, rawsource: str, text: str, role: str, lineno: int) -> Any:
        """Run a role as docutils does, and note whether it could do more than give nodes."""
        found = self._own_interpreted(rawsource, text, role, lineno)
        if role not in self._pure_roles:
            inliner: Any = self._inliner
            function, _ = roles.role(role, inliner.language, lineno, inliner.reporter)
            self._pure_roles[role] = is_pure(function)
        self._ran_impure_role |= not self._pure_roles[role]
        return found


def is_on(config: Config) -> bool:
    """Tell whether the short ways may be taken."""
    return bool(config[SWITCH])


def is_pure(role: Any) -> bool:
    """Tell whether a role is known to do nothing but to give nodes: Sphinx's own, to link."""
    return isinstance(role, XRefRole) and type(role).__module__.partition(".")[0] == "sphinx"


def is_repeatable(paragraph: nodes.Element) -> bool:
    """Tell whether to parse it again would give the same, and change nothing."""
    return all(
        isinstance(node, REPEATABLE) or (isinstance(node, nodes.reference) and "refuri" in node)
        for child in paragraph.children
        for node in child.findall()
    )


def is_unused(paragraph: nodes.Element) -> bool:
    """Tell whether the children of a paragraph are still its own: ``Locale`` moves them."""
    return all(child.parent is paragraph for child in paragraph.children)


class QuickRSTParser(RSTParser):
    """Sphinx's own parser of reStructuredText, with a short way for translated messages."""

    def parse(self, inputstring: str | StringList, document: nodes.document) -> None:
        """Add the nodes of a page, or of one translated message of it, to a document."""
        env = document.settings.env
        if (
            isinstance(inputstring, str)
            and is_translated_message(document)
            and not env.config.rst_epilog  # it follows each message, and could do anything
            and opens_no_block(inputstring)
        ):
            QuickParser.of(env, document.settings).read_once(inputstring, document)
        else:
            super().parse(inputstring, document)
