"""An extension that makes Sphinx faster and changes nothing that it writes.

It stands by itself: ``extensions = ["transpipe.sphinx.speed"]`` gives what Sphinx alone gives.
What it connects to is public, except for :func:`replacements`: functions of Sphinx and docutils
that have no hook. Each is replaced only where its source is one that was tested, while a build
runs; elsewhere it stays as it is, and the log says so. ``transpipe_speed = False`` leaves all
as it is.
"""

from __future__ import annotations

import functools
import gc
import logging as standard_logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from types import MethodType
from typing import TYPE_CHECKING, Any

import docutils
import sphinx
from docutils import nodes
from sphinx.parsers import RSTParser
from sphinx.util import logging
from sphinx.util.nodes import NodeMatcher

from transpipe import __version__
from transpipe.sphinx.knowncode import find, unknown
from transpipe.sphinx.quickparse import SWITCH, QuickRSTParser, strange_code

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)

REST = "restructuredtext"
SELDOM = (100_000, 50, 100)
"""After how many more objects, and collections of younger ones, to look for cycles."""
STEMS = 1 << 16
"""How many words are kept with their stems: a few megabytes."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect to Sphinx, which calls this for each name in ``extensions``."""
    app.add_config_value(SWITCH, True, "", frozenset({bool}))
    # After those that bring a parser of their own, which stays.
    app.connect("config-inited", _connect_parser, priority=950)
    speed = Speed(app)
    app.connect("env-get-outdated", speed.begin)
    app.connect("build-finished", speed.end, priority=999)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def _connect_parser(app: Sphinx, config: Config) -> None:
    if not config[SWITCH]:
        return
    if strange_code():
        _tell_unknown(strange_code())
    elif app.registry.get_source_parsers().get(REST) is RSTParser:
        app.add_source_parser(QuickRSTParser, override=True)


def _tell_unknown(places: Sequence[str]) -> None:
    logger.info(
        "transpipe: %s of Sphinx %s and docutils %s is not known, and is used as it is",
        places[0], sphinx.__version__, docutils.__version__,
    )  # fmt: skip


class Speed:
    """What is in effect while a build runs, and taken back when it ends."""

    def __init__(self, app: Sphinx) -> None:
        """Take the application that is going to build."""
        self._app = app
        self._undo: list[Callable[[], None]] = []

    def begin(
        self,
        app: Sphinx,
        _env: BuildEnvironment,
        _added: set[str],
        _changed: set[str],
        _removed: set[str],
    ) -> tuple[str, ...]:
        """Begin with what Sphinx reads (``env-get-outdated``)."""
        if app.config[SWITCH] and not self._undo:
            self._undo += replace(replacements())
            self._undo.append(self._collect_seldom())
            self._undo.append(_log_less(app.verbosity))
            self._undo.append(self._remember_stems())
        return ()

    def end(self, _app: Sphinx, _exception: Exception | None) -> None:
        """Take everything back (``build-finished``)."""
        while self._undo:
            self._undo.pop()()

    def _collect_seldom(self) -> Callable[[], None]:
        """Look for reference cycles less often, and never twice among what stays.

        Python looks after each 700 objects that were added, and a page adds many thousands. What
        is left of a page when the next one is read lives as long as the build.
        """
        before = gc.get_threshold()
        if not hasattr(gc, "freeze") or gc.get_freeze_count():  # of another Python; in other hands
            return lambda: None
        gc.set_threshold(*SELDOM)
        gc.freeze()

        def freeze(*_: Any) -> None:
            gc.collect()
            gc.freeze()

        listener = self._app.connect("env-purge-doc", freeze)

        def undo() -> None:
            self._app.disconnect(listener)
            gc.unfreeze()
            gc.set_threshold(*before)

        return undo

    def _remember_stems(self) -> Callable[[], None]:
        """Keep the stems of words from page to page; Sphinx forgets them after each."""

        def remember(app: Sphinx, *_: Any) -> None:
            language = getattr(getattr(app.builder, "indexer", None), "lang", None)
            if language is not None and "stem" not in vars(language):
                language.stem = functools.lru_cache(STEMS)(language.stem)

        listener = self._app.connect("doctree-resolved", remember)
        return lambda: self._app.disconnect(listener)


def _log_less(verbosity: int) -> Callable[[], None]:
    """Leave out debugging records that nobody sees, of which each node of a page makes one."""
    quiet = standard_logging.getLogger(f"{logging.NAMESPACE}.sphinx.util.nodes")
    before = quiet.level
    if verbosity < 2:
        quiet.setLevel(standard_logging.INFO)
    return lambda: quiet.setLevel(before)


# --------------------------------------------------------------------- replaced functions


@dataclass(frozen=True, slots=True)
class Replacement:
    """A function of Sphinx or docutils that has no hook, and ours in its place."""

    place: str
    """The module, and after a colon what in it is replaced: a function, or one of a class."""
    make: Callable[[Any], Any]
    """Takes the function and gives the one to put in its place."""
    known: Mapping[str, str]
    """The functions that were looked at, by their places, and their digests; a space between."""


def replace(replacements: tuple[Replacement, ...]) -> Iterator[Callable[[], None]]:
    """Put functions in the place of those that are known; give what takes each back."""
    strange = [unknown(each.known) for each in replacements]  # before any is replaced
    for replacement, places in zip(replacements, strange, strict=True):
        if places:
            _tell_unknown(places)
            continue
        owner, name, value = find(replacement.place)
        setattr(owner, name, replacement.make(value))
        yield functools.partial(setattr, owner, name, value)


@dataclass(frozen=True, slots=True)
class LazyText:
    """A text that is made when it is shown."""

    make: Callable[[], str]

    def __str__(self) -> str:
        return self.make()


def _lazy_repr(function: Callable[..., str]) -> Callable[..., LazyText]:
    def repr_domxml(node: nodes.Node, length: int = 80) -> LazyText:
        return LazyText(lambda: function(node, length))

    return repr_domxml


REPR_DOMXML = Replacement(
    "sphinx.util.nodes:repr_domxml",
    _lazy_repr,
    {"sphinx.util.nodes:repr_domxml": "fa8342088555"},
)
"""Makes XML of each node that is not translated, for records of debugging that are not shown.

Sphinx #4918 brought it; Sphinx #7224 is the same fault elsewhere, mended.
"""


@dataclass
class TargetsOfPage:
    """The targets of one page that name another, found once and not for each of its titles."""

    document: nodes.document | None = None
    targets: list[nodes.target] = field(default_factory=list)

    def named(self, document: nodes.document, name: str) -> Iterator[nodes.target]:
        """Give the targets that refer to a name."""
        if self.document is not document:
            self.document = document
            self.targets = [node for node in document.findall(nodes.target) if "refname" in node]
        return (node for node in self.targets if node["refname"] == name)

    def forget(self) -> None:
        """Look anew next time."""
        self.document, self.targets = None, []


TITLES: Mapping[str, str] = {
    "sphinx.transforms.i18n:_NodeUpdater.update_title_mapping": "f1f27f8dc689",
    "sphinx.transforms.i18n:_NodeUpdater.update_leaves": "2faecb238b9e",
    "sphinx.util.nodes:NodeMatcher": "0a9ee91a18bd 8c2c1b82cc8f 0aac9c134788",
}


def title_replacements() -> tuple[Replacement, ...]:
    """Replace what looks through the whole page for each translated title.

    Together with it goes what moves targets into a page. No issue is known upstream.
    """
    targets = TargetsOfPage()

    class IndexedMatcher(NodeMatcher[nodes.Node]):
        def findall(self, node: nodes.Node) -> Iterator[nodes.Node]:
            name = self.attrs.get("refname")
            if (
                isinstance(node, nodes.document)
                and self.classes == (nodes.target,)
                and len(self.attrs) == 1
                and isinstance(name, str)
            ):
                return targets.named(node, name)
            return super().findall(node)

    def forgetful(function: Callable[[Any], None]) -> Callable[[Any], None]:
        def update_leaves(self: Any) -> None:
            moved = (*self.node.findall(nodes.target), *self.patch.findall(nodes.target))
            if any("refname" in target for target in moved):
                targets.forget()
            function(self)

        return update_leaves

    return (
        Replacement("sphinx.transforms.i18n:NodeMatcher", lambda _: IndexedMatcher, TITLES),
        Replacement("sphinx.transforms.i18n:_NodeUpdater.update_leaves", forgetful, TITLES),
    )


def _remembering_transitions(function: Callable[[Any], None]) -> Callable[[Any], None]:
    known: dict[type, list[tuple[str, Any, Callable[..., Any], str]]] = {}

    def add_initial_transitions(self: Any) -> None:
        template = known.get(type(self))
        if template is not None and not {"patterns", "initial_transitions"} & vars(self).keys():
            self.transition_order[:] = [name for name, *_ in template]
            self.transitions.update(
                (name, (pattern, MethodType(method, self), state))
                for name, pattern, method, state in template
            )
            return
        function(self)
        if "patterns" not in vars(self) and all(
            isinstance(method, MethodType) and method.__self__ is self
            for _, method, _ in self.transitions.values()
        ):
            known[type(self)] = [
                (name, pattern, method.__func__, state)
                for name, (pattern, method, state) in (
                    (name, self.transitions[name]) for name in self.transition_order
                )
            ]

    return add_initial_transitions


TRANSITIONS = Replacement(
    "docutils.statemachine:StateWS.add_initial_transitions",
    _remembering_transitions,
    {
        "docutils.statemachine:State.__init__": "63a32dccea47",
        "docutils.statemachine:State.add_initial_transitions": "a5faaffb0e22",
        "docutils.statemachine:State.add_transitions": "52c75d9e5f1b",
        "docutils.statemachine:State.make_transition": "273705519eab",
        "docutils.statemachine:State.make_transitions": "c3544a1b3737",
        "docutils.statemachine:StateWS.__init__": "79b13a4e8002",
        "docutils.statemachine:StateWS.add_initial_transitions": "572d7d21e311",
    },
)
"""Builds what a state does anew for each state of each piece of text, and it is always the same.

Issue 17 of docutils' mirror (docutils-mirror/docutils) asks for a part of this.
"""

# These go down a tree with a list in the place of a generator for each node. What is iterated is
# looked up as late as docutils does it, as transforms change the tree meanwhile.


def _instances(top: nodes.Node, kind: type) -> Iterator[nodes.Node]:
    if isinstance(top, kind):
        yield top
    is_text_sought = issubclass(nodes.Text, kind)
    here, above = iter(top.children), list[Iterator[nodes.Node]]()
    while True:
        for child in here:
            if isinstance(child, kind):
                yield child
            children = child.children
            # Most of what holds anything holds one text.
            if children and (
                is_text_sought or len(children) > 1 or children[0].__class__ is not nodes.Text
            ):
                above.append(here)
                here = iter(children)
                break
        else:
            if not above:
                return
            here = above.pop()


def _matching(top: nodes.Node, condition: Callable[[nodes.Node], bool]) -> Iterator[nodes.Node]:
    if condition(top):
        yield top
    below: list[tuple[nodes.Node, Iterator[int]]] = [(top, count())]
    while below:
        node, places = below[-1]
        for place in places:
            if place >= len(node.children):
                below.pop()
                break
            child = node.children[place]
            if condition(child):
                yield child
            if child.children:
                below.append((child, count()))
                break


def _findall(function: Callable[..., Iterator[nodes.Node]]) -> Callable[..., Iterator[nodes.Node]]:
    def findall(
        self: nodes.Node,
        condition: Any = None,
        include_self: bool = True,
        descend: bool = True,
        siblings: bool = False,
        ascend: bool = False,
    ) -> Iterator[nodes.Node]:
        if not include_self or not descend or siblings or ascend:
            return function(self, condition, include_self, descend, siblings, ascend)
        if condition is None:
            return _instances(self, nodes.Node)
        if isinstance(condition, type):
            return _instances(self, condition)
        return _matching(self, condition)

    return findall


WALKS: Mapping[str, str] = {
    "docutils.nodes:Node._fast_findall": "09576e521594",
    "docutils.nodes:Node._superfast_findall": "5d41c9e92612",
    "docutils.nodes:Node.findall": "4471ed8ebc2d",
    "docutils.nodes:Element.__getitem__": "fa8de1d7d52e",
}
FINDALL = Replacement("docutils.nodes:Node.findall", _findall, WALKS)
"""Dozens of transforms walk each page; docutils resumes a chain of generators for each node.

No issue is known upstream.
"""


def _asking_once(_: Callable[..., None]) -> Callable[..., None]:
    def setup_child(self: nodes.Node, child: nodes.Node) -> None:
        child.parent = self
        node: Any = self
        try:
            while (document := node._document) is None:
                node = node.parent
        except AttributeError:
            return
        child.document = document
        if child.source is None:
            child.source = document.current_source
        if child.line is None:
            child.line = document.current_line

    return setup_child


CHILDREN = Replacement(
    "docutils.nodes:Node.setup_child",
    _asking_once,
    {
        "docutils.nodes:Node.document": "81ca9bc599c1",
        "docutils.nodes:Node.setup_child": "a2e8e17a275c",
    },
)
"""Asks all that is above a node for its document, four times for each node that is put there.

No issue is known upstream.
"""


def replacements() -> tuple[Replacement, ...]:
    """Give all that is replaced, for one build."""
    return (REPR_DOMXML, *title_replacements(), TRANSITIONS, FINDALL, CHILDREN)
