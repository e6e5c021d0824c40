"""One message of reStructuredText, parsed as docutils does, without its machinery of blocks.

``Locale`` has each msgstr parsed as a document of its own. Nearly all are one line that opens no
block: of these, docutils' inline parser makes the very nodes that a whole parse makes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import docutils.parsers.rst.languages as rst_languages
from docutils import nodes
from docutils.parsers.rst.states import Body, Inliner
from sphinx import addnodes
from sphinx.parsers import RSTParser
from sphinx.roles import XRefRole

from transpipe.sphinx.knowncode import unknown
from transpipe.sphinx.translated import DUMMY_LITERAL, is_translated_message

if TYPE_CHECKING:
    from docutils.frontend import Values
    from docutils.statemachine import StringList
    from sphinx.config import Config
    from sphinx.domains import Domain
    from sphinx.environment import BuildEnvironment

SWITCH = "transpipe_speed"
"""The configuration value that switches all that makes Sphinx faster on or off."""
KEY = "transpipe_quick"
"""The key of what is kept for the page being read, in the environment's data of one read."""

KNOWN: Mapping[str, str] = {
    "docutils.parsers.rst.states:Body.text": "e7f2dabb9691",
    "docutils.parsers.rst.states:Inliner.init_customizations": "c6253e7fac8c",
    "docutils.parsers.rst.states:Inliner.interpreted": "e1dc32e33409",
    "docutils.parsers.rst.states:Inliner.parse": "4904d83d1df4 c48f17b327d4",
    "docutils.parsers.rst.states:RSTState.inline_text": "d50128b4eb4b",
    "docutils.parsers.rst.states:RSTState.paragraph": "7fe5847e6504",
    "docutils.parsers.rst.states:Text.blank": "c3268b5c7e14",
    "docutils.parsers.rst.states:Text.eof": "6153dc762cf6",
    "docutils.statemachine:string2lines": "e578f510caf1",
    "sphinx.parsers:RSTParser.parse": "6dbcb4cf76ff",
}
"""What a message goes through elsewhere, with the digests of code that comes to the same."""

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


LITERAL_FOLLOWS = re.compile(r"(?<!\\)(\\\\)*::\Z")
"""How docutils knows that a literal block follows a paragraph."""


def _block_patterns() -> tuple[re.Pattern[str], ...]:
    """Give what the first line of every block but a paragraph matches."""
    compiled = (
        pattern if isinstance(pattern := Body.patterns[name], re.Pattern) else re.compile(pattern)
        for name in Body.initial_transitions
        if name != "text"
    )
    return tuple(compiled)


@dataclass(frozen=True, slots=True)
class OneLine:
    """A text that docutils makes one paragraph of."""

    data: str
    """As it stands."""
    shown: str
    """What becomes of it: of two colons at its end one, or none."""

    @classmethod
    def of(cls, text: str, *, is_title: bool = False) -> OneLine | None:
        """Take a text that is one line, and opens no block; None where it may be another.

        :param text: without the block behind two colons.
        :param is_title: whether two colons at its end are nothing but that.
        """
        if not text or text[0].isspace() or NOT_ONE_LINE.search(text):
            return None
        data = text.rstrip()
        if not BEGINS_WITH_A_WORD.match(data) and any(
            pattern.match(data) for pattern in _block_patterns()
        ):
            return None
        if is_title or not data.endswith("::"):
            return cls(data, data)
        if not LITERAL_FOLLOWS.search(data) or len(data) == 2:
            return None
        return cls(data, data[:-3].rstrip() if data[-3] == " " else data[:-1])


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
        """Tell whether one line has no markup at all."""
        return not (self._has_implicit_names or INLINE.search(text))

    def read(self, line: OneLine, document: nodes.document) -> QuickReading:
        """Add a paragraph to an empty document, and what its parser has to say."""
        if self.is_plain(line.shown):
            paragraph = nodes.paragraph(line.data, "", nodes.Text(line.shown))
            paragraph.source, paragraph.line = str(document["source"]), 1
            document.append(paragraph)
            return QuickReading(paragraph, True)
        self._ran_impure_role = False
        paragraph = self._parsed_inline(line, document)
        is_alone = len(document.children) == 1 and not self._ran_impure_role
        return QuickReading(paragraph, is_alone and is_repeatable(paragraph))

    def read_once(self, line: OneLine, document: nodes.document) -> None:
        """Do the same; the second time with what the first time gave, if no one has it yet.

        ``Locale`` has most messages parsed twice, and looks only at what the second time gives.
        """
        key = (line.data, str(document["source"]))
        known = self._parsed.pop(key, None)
        if known is not None and is_unused(known):
            document.append(known)
            return
        found = self.read(line, document)
        if found.is_repeatable:
            self._parsed[key] = found.paragraph

    def _parsed_inline(self, line: OneLine, document: nodes.document) -> nodes.paragraph:
        source = str(document["source"])

        def place(number: int | None = None) -> tuple[str | None, int | None]:
            # As a state machine says it that is past the only line of its text.
            return (source, number or 2) if number in (None, 1, 2) else (None, None)

        reporter: Any = document.reporter
        reporter.get_source_and_line = place
        reporter.attach_observer(document.note_parse_message)
        document.current_source = source
        document.current_line = None if line.data == line.shown else 2
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
        found, messages = self._inliner.parse(line.shown, 1, memo, document)
        paragraph = nodes.paragraph(line.data, "", *found)
        paragraph.source, paragraph.line = source, 1
        document.append(paragraph)
        document.extend(messages)
        reporter.detach_observer(document.note_parse_message)
        return paragraph

    def _interpreted(self, rawsource: str, text: str, role: str, lineno: int) -> Any:
        """Run a role as docutils does, and note whether it could do more than give nodes."""
        found = self._own_interpreted(rawsource, text, role, lineno)
        if role not in self._pure_roles:
            self._pure_roles[role] = is_pure(role_of(self.settings.env, role))
        self._ran_impure_role |= not self._pure_roles[role]
        return found


@cache
def strange_code() -> tuple[str, ...]:
    """Give what is not as it was when the short way was made."""
    return unknown(KNOWN)


def is_on(config: Config) -> bool:
    """Tell whether the short way may be taken."""
    return bool(config[SWITCH]) and not strange_code()


def role_of(env: BuildEnvironment, name: str) -> object:
    """Find a role as Sphinx does, in the domains of a project; None where it is of no domain."""
    domain, _, own = name.lower().rpartition(":")
    places = [env.domains[domain]] if domain in env.domains else []
    if not domain:
        default: Domain | None = env.temp_data.get("default_domain")
        places = [*([default] if default else []), env.domains["std"]]
    return next((place.roles[own] for place in places if own in place.roles), None)


def is_pure(role: object) -> bool:
    """Tell whether a role is known to do nothing but to give nodes: Sphinx's own, to link."""
    return isinstance(role, XRefRole) and type(role).__module__.partition(".")[0] == "sphinx"


def is_repeatable(paragraph: nodes.Element) -> bool:
    """Tell whether to parse it again would give the same, and change nothing."""
    return all(
        isinstance(node, REPEATABLE)
        or (isinstance(node, nodes.reference) and "refuri" in node and "anonymous" not in node)
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
        line = _line_of(inputstring, document)
        if line is None:
            super().parse(inputstring, document)
        else:
            QuickParser.of(document.settings.env, document.settings).read_once(line, document)


def _line_of(text: str | StringList, document: nodes.document) -> OneLine | None:
    """Give the one line that a translated message is, where it is one."""
    if not isinstance(text, str) or not is_translated_message(document):
        return None
    if document.settings.env.config.rst_epilog:  # follows each message, and could do anything
        return None
    message = text.removesuffix(DUMMY_LITERAL)
    if message.rstrip().endswith("::") == (message is text):
        return None  # otherwise than Locale writes it
    return OneLine.of(message)
