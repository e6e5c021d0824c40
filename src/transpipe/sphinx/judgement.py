"""One translated message into the document that ``Locale`` takes it from, or why it is left out.

A broken msgstr never breaks a page, and one that does what its source does not never reaches it:
the source text stays, and a warning names the catalog's line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from docutils import nodes
from sphinx.util.images import guess_mimetype
from sphinx.util.logging import is_suppressed_warning, suppress_logging
from sphinx.util.nodes import LITERAL_TYPE_NODES

from transpipe.deeds import Deed
from transpipe.sphinx.guard import (
    Deeds,
    added,
    deeds_of_nodes,
    deeds_of_tex,
    deeds_of_text,
    is_unbalanced,
    is_unbalanced_tex,
)
from transpipe.sphinx.messages import PageMessages, Source
from transpipe.sphinx.quickparse import is_repeatable, is_unused
from transpipe.sphinx.references import (
    has_as_many_anonymous,
    lost_and_added,
    pair_names,
    pair_targets,
    unknown_names,
)
from transpipe.sphinx.translated import Form, TranslatedText, put, refuse

IMAGE = re.compile(r"\s*\.\. image:: (?P<uri>\S+)\s*")
"""How Sphinx writes a picture as a message (``gettext_additional_targets``)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text became."""

    node: nodes.Element | None
    """A paragraph; None where it is none."""
    problems: tuple[str, ...] = ()
    """What is wrong with its markup, as its parser says it."""
    deeds: Deeds = field(default_factory=Deeds)
    """What it would have done, where that can only be told, or kept from happening, before."""
    doubts: tuple[str, ...] = ()
    """What seems to be wrong, and may be meant: ``noqa`` lets it pass."""
    is_plain: bool = False
    """Whether it has no markup and no character that does anything."""
    is_repeatable: bool = False
    """Whether to read it again would give the same, and do nothing else."""


class Reader(Protocol):
    """One markup."""

    def read(self, text: str, form: Form, source: Source) -> Reading:
        """Parse a text that is the translation of a message, or the message itself."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a translation is left out."""

    text: str
    subtype: str


UNBALANCED_TEX = Fault("a formula in it has a brace too many or too few", "broken")


def put_translation(
    document: nodes.document,
    message: TranslatedText,
    page: PageMessages,
    reader_of: Callable[[Source], Reader],
) -> None:
    """Add what ``Locale`` expects for a message to a document that holds nothing yet.

    :param reader_of: gives what reads the markup of a message.
    """
    sources = page.sources(message.text, _line(document))
    node: nodes.Element | None
    if message.form is Form.LITERAL:
        fault, node = _literal(message.text, sources)
    elif isinstance(sources[0].node, nodes.image):
        fault, node = _image(message.text, sources[0], page)
    else:
        fault, node = _paragraph(message, sources, page, reader_of(sources[0]))
    if fault or node is None:
        if fault:
            page.report(
                sources[0], f"the translation is left out because {fault.text}", fault.subtype
            )
        refuse(document)
    elif isinstance(node, nodes.paragraph):
        put(document, node, message.form)
    else:
        document.insert(0, node)


@contextmanager
def problems_of(page: PageMessages) -> Iterator[list[str]]:
    """Collect the warnings that come up inside, in the place of showing them."""
    problems: list[str] = []
    with suppress_logging() as kept:
        try:
            yield problems
        finally:
            ignored = page.env.config.suppress_warnings
            for record in kept.buffer:
                kinds = (getattr(record, "type", ""), getattr(record, "subtype", ""))
                if record.levelname in ("WARNING", "ERROR", "CRITICAL", "SEVERE") and not (
                    is_suppressed_warning(*kinds, ignored)
                ):
                    problems.append(" ".join(record.getMessage().split()))


def _line(document: nodes.document) -> int | None:
    found = re.search(r":(\d+):<translated>$", str(document["source"]))
    return int(found[1]) if found else None


# --------------------------------------------------------------------------- paragraphs


def _paragraph(
    message: TranslatedText, sources: Sequence[Source], page: PageMessages, reader: Reader
) -> tuple[Fault | None, nodes.paragraph | None]:
    muted = False
    first = sources[0]
    # Locale asks for most messages twice, and takes what the second time gives.
    known = page.settled.pop((id(first.node), message), None)
    if known is not None and is_unused(known):
        return None, known
    reading = reader.read(message.text, message.form, first)
    if reading.is_plain and all(_is_plain(source.node) for source in sources):
        assert isinstance(reading.node, nodes.paragraph)  # noqa: S101 - tells mypy
        reading.node.source, reading.node.line = first.node.source, first.node.line
        return None, reading.node
    if reading.doubts:
        muted = page.is_muted(sources[0])
    for source in sources:
        fault = _doing(_new_deeds(message, reading, source, reader)) or _broken(
            message, reading, source, reader, muted=muted
        )
        if fault:
            return fault, None
    node = reading.node
    assert isinstance(node, nodes.paragraph)  # noqa: S101 - tells mypy; else it was broken
    is_alone = reading.is_repeatable and len(sources) == 1 and is_repeatable(first.node)
    fault = None if is_alone else _placed(first, node, page)
    if fault:
        return fault, None
    _compare(first, node, page)
    for part in node.findall(nodes.Element):
        part.source, part.line = first.node.source, first.node.line
    if is_alone:
        page.settled[id(first.node), message] = node
    return None, node


def _placed(first: Source, node: nodes.paragraph, page: PageMessages) -> Fault | None:
    """Lead the references of a translation where those of its source lead on the page."""
    pair_names(first.node, node, page.document)
    unknown = unknown_names(first.node, node, page.document)
    if unknown:
        names = ", ".join(f"“{name}”" for name in unknown)
        return Fault(f"it refers to {names}, which is nowhere on the page", "broken")
    pair_targets(first.node, node, page.document)
    return None


def _is_plain(node: nodes.Element) -> bool:
    return all(isinstance(child, nodes.Text) for child in node.children)


def _doing(new: frozenset[Deed]) -> Fault | None:
    if not new:
        return None
    what = ", ".join(sorted(map(str, new)))
    return Fault(f"it adds {what}, which its source does not have", "refused")


def _new_deeds(
    message: TranslatedText, reading: Reading, source: Source, reader: Reader
) -> frozenset[Deed]:
    after = reading.deeds + deeds_of_text(message.text)
    before = Deeds()
    if after:
        before = reader.read(source.msgid, message.form, source).deeds + deeds_of_text(source.msgid)
    new = added(before, after)
    if not new and reading.node is not None:
        rendered = deeds_of_nodes(reading.node)
        new = added(deeds_of_nodes(source.node), rendered) if rendered else new
    return new


def _broken(
    message: TranslatedText, reading: Reading, source: Source, reader: Reader, *, muted: bool
) -> Fault | None:
    problems = [*reading.problems, *(() if muted else reading.doubts)]
    if problems:
        own = reader.read(source.msgid, message.form, source)
        problems = [text for text in problems if text not in (*own.problems, *own.doubts)]
    if problems:
        return Fault(f"its markup is broken: {'; '.join(dict.fromkeys(problems))}", "broken")
    if not isinstance(reading.node, nodes.paragraph):
        return Fault("it is not one paragraph", "broken")
    if reading.is_repeatable and is_repeatable(source.node):
        return None  # neither holds what is looked for below
    if not has_as_many_anonymous(source.node, reading.node):
        return Fault("it has fewer or more anonymous references (`…`__) than its source", "broken")
    if is_unbalanced(_html(source.node), _html(reading.node)):
        return Fault("it leaves an HTML element open, or closes one too many", "broken")
    if _has_open_formula(reading.node) and not _has_open_formula(source.node):
        return UNBALANCED_TEX
    return None


def _has_open_formula(node: nodes.Element) -> bool:
    return any(is_unbalanced_tex(each.astext()) for each in node.findall(nodes.math))


def _html(node: nodes.Element) -> str:
    raw = (each for each in node.findall(nodes.raw) if each.get("format") == "html")
    return "".join(each.astext() for each in raw)


def _compare(source: Source, node: nodes.paragraph, page: PageMessages) -> None:
    lost, new = lost_and_added(source.node, node)
    if not (lost or new) or page.is_muted(source):
        return
    parts = []
    if lost:
        parts.append(f"it lacks {', '.join(lost)}")
    if new:
        parts.append(f"it adds {', '.join(new)}")
    page.report(
        source,
        f"the references of the translation are not those of its source: {'; '.join(parts)}",
        "references",
    )


# ---------------------------------------------------------------------- other messages


def _literal(text: str, sources: Sequence[Source]) -> tuple[Fault | None, nodes.literal_block]:
    block = nodes.literal_block(text, text)
    for source in sources:
        node = source.node
        if not isinstance(node, LITERAL_TYPE_NODES):
            continue
        if isinstance(node, nodes.math_block):
            fault = _doing(added(deeds_of_tex(node.astext()), deeds_of_tex(text)))
            if is_unbalanced_tex(text) and not is_unbalanced_tex(node.astext()):
                fault = fault or UNBALANCED_TEX
        elif isinstance(node, nodes.raw):
            fault = _raw(node, text)
        else:
            fault = None
        if fault:
            return fault, block
    return None, block


def _raw(node: nodes.raw, text: str) -> Fault | None:
    form = str(node.get("format", ""))
    fault = _doing(added(deeds_of_nodes(node), deeds_of_nodes(nodes.raw("", text, format=form))))
    if fault is None and form == "html" and is_unbalanced(node.astext(), text):
        return Fault("it leaves an HTML element open, or closes one too many", "broken")
    return fault


def _image(
    text: str, source: Source, page: PageMessages
) -> tuple[Fault | None, nodes.Element | None]:
    if not source.msgid.startswith(".. image::"):
        return None, nodes.paragraph(text, "", nodes.Text(text))  # its alt, never parsed
    image = IMAGE.fullmatch(text)
    if image is None:
        return Fault("it is not a picture: write “.. image:: ” and its path", "broken"), None
    uri = image["uri"]
    if uri != source.node.get("uri") and not _is_own_picture(uri, page):
        return Fault(f"there is no picture {uri} among the sources", "refused"), None
    return None, nodes.image(text, uri=uri)


def _is_own_picture(uri: str, page: PageMessages) -> bool:
    try:
        parts = urlsplit(uri)
    except ValueError:
        return False
    if parts.scheme or parts.netloc:
        return False
    _, path = page.env.relfn2path(unquote(uri), page.docname)
    inside = Path(page.env.srcdir).resolve() in Path(path).resolve().parents
    kind = guess_mimetype(Path(path)) or ""
    return inside and kind.startswith("image/") and Path(path).is_file()
