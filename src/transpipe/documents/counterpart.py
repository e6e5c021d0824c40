"""A document and the same page in another language, made by hand -> what translates what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from transpipe.documents.align import OTHER_STRUCTURE, SAME_STRUCTURE, Link, align
from transpipe.documents.formats import format_named
from transpipe.documents.likeness import Unit, Vocabulary, evidence, likelihood, words
from transpipe.documents.options import Options
from transpipe.model import Alignment, Document, Doubt, Pair, Placement, Segment, SegmentKind

SURE = 0.98
"""The confidence from which a pair is taken for a translation that nobody has to look at."""
SENTENCE = 6
"""How many words are no name."""
_BY_KEY = 1.0


@dataclass(frozen=True, slots=True)
class Page:
    """A document taken apart, to be compared with another."""

    document: Document
    segments: tuple[Segment, ...]
    blocks: tuple[int, ...]
    """Which segments are blocks of the body: not front matter, not inside other text."""
    units: tuple[Unit, ...]
    """The blocks as they are compared."""

    def structure(self) -> tuple[SegmentKind, ...]:
        """Give the kinds of the blocks in their order."""
        return tuple(unit.kind for unit in self.units)


def _as_it_is(segment: Segment) -> Segment:
    return segment


def take_apart(
    document: Document, options: Options, own: Callable[[Segment], Segment | None] = _as_it_is
) -> Page:
    """Prepare a document for :func:`find_counterparts`.

    :param own: gives a segment as the page's author wrote it, None where nobody did.

    :raises DocumentError: if it cannot be taken apart.
    """
    found = format_named(document.format, document.path).segments(document, options)
    segments = tuple(each for segment in found if (each := own(segment)) is not None)
    blocks = tuple(
        index
        for index, each in enumerate(segments)
        if each.msgctxt is None and each.placement is not Placement.INSIDE
    )
    units = tuple(_units(document, [segments[index] for index in blocks]))
    return Page(document, segments, blocks, units)


def _units(document: Document, blocks: Iterable[Segment]) -> Iterator[Unit]:
    end = 0
    for block in blocks:
        if block.spans:
            before = document.text[end : block.spans[0].start] if end else ""
            end = block.spans[-1].end
            yield Unit(block.msgid, block.kind, before)
        else:
            yield Unit(block.msgid, block.kind)


def learn(pages: Iterable[tuple[Page, Page]]) -> Vocabulary:
    """Learn the words of a site from its pages that have the same structure in two languages."""
    return Vocabulary(
        {
            source.document.name: [
                (ours.text, theirs.text)
                for ours, theirs in zip(source.units, target.units, strict=True)
            ]
            for source, target in pages
            if source.structure() == target.structure()
        }
    )


def find_counterparts(
    source: Page, target: Page, vocabulary: Vocabulary, sentence: int = SENTENCE
) -> Alignment:
    """Say what on one page translates what on the other.

    The values of the front matter belong together by their keys, blocks by :func:`.align.align`,
    and alternative texts of images by the blocks they stand in.

    :param sentence: how many words make a text a sentence, which is not translated where it is
        the same on both pages; a shorter one may be a name.
    """
    same = source.structure() == target.structure()
    links = align(
        source.units,
        target.units,
        partial(_likelihood, vocabulary, source.document.name),
        SAME_STRUCTURE if same else OTHER_STRUCTURE,
    )
    rows = sorted(
        (
            *_keyed(source, target),
            *_linked(source, target, links),
            *_insides(source, target, links),
        ),
        key=lambda row: row.sources,
    )
    is_copied = partial(_is_copied, source, target, _least_sentence(source, target, rows, sentence))
    met_sources = {index for row in rows for index in row.sources}
    met_targets = {index for row in rows for index in row.targets}
    return Alignment(
        tuple(_pairs(source, target, [row for row in rows if not is_copied(row)])),
        same,
        tuple(source.segments[row.sources[0]] for row in rows if is_copied(row)),
        _others(source, met_sources),
        _others(target, met_targets),
    )


def _likelihood(vocabulary: Vocabulary, name: str, ours: Unit, theirs: Unit) -> float:
    return likelihood(evidence(ours, theirs, vocabulary.agreement(ours.text, theirs.text, name)))


# --------------------------------------------------------------------------------- rows


@dataclass(frozen=True, slots=True)
class _Row:
    """Segments of both pages, by index, that belong together."""

    sources: tuple[int, ...]
    targets: tuple[int, ...]
    confidence: float
    is_moved: bool = False


def _keyed(source: Page, target: Page) -> Iterator[_Row]:
    """Link the values of the front matter: a list of other length is another list."""
    ours, theirs = _by_key(source), _by_key(target)
    for key, indexes in ours.items():
        if len(indexes) == len(theirs.get(key, ())):
            for one, other in zip(indexes, theirs[key], strict=True):
                yield _Row((one,), (other,), _BY_KEY)


def _by_key(page: Page) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = {}
    for index, segment in enumerate(page.segments):
        if segment.msgctxt is not None:
            found.setdefault(segment.msgctxt, []).append(index)
    return found


def _linked(source: Page, target: Page, links: Iterable[Link]) -> Iterator[_Row]:
    furthest = -1
    for link in links:
        yield _Row(
            tuple(source.blocks[index] for index in link.sources),
            tuple(target.blocks[index] for index in link.targets),
            link.confidence,
            is_moved=link.targets[0] < furthest,
        )
        furthest = max(furthest, link.targets[-1])


def _insides(source: Page, target: Page, links: Iterable[Link]) -> Iterator[_Row]:
    """Link what stands inside of linked blocks, one by one, where it is as much."""
    for link in links:
        ours = [each for index in link.sources for each in _inside(source, index)]
        theirs = [each for index in link.targets for each in _inside(target, index)]
        if len(ours) == len(theirs):
            for one, other in zip(ours, theirs, strict=True):
                yield _Row((one,), (other,), link.confidence)


def _inside(page: Page, block: int) -> Iterator[int]:
    for index in range(page.blocks[block] + 1, len(page.segments)):
        if page.segments[index].placement is not Placement.INSIDE:
            return
        yield index


def _others(page: Page, met: set[int]) -> tuple[Segment, ...]:
    return tuple(each for index, each in enumerate(page.segments) if index not in met)


# -------------------------------------------------------------------------------- pairs


def _is_copied(source: Page, target: Page, least: int, row: _Row) -> bool:
    """Tell whether a sentence stands on both pages alike: a name may, a sentence should not."""
    ours, theirs = source.segments[row.sources[0]], target.segments[row.targets[0]]
    return ours.msgid == theirs.msgid and len(words(ours.msgid)) >= least


def _least_sentence(source: Page, target: Page, rows: Iterable[_Row], sentence: int) -> int:
    """Give how many words make a text a sentence; on a page that is a copy, any do."""
    texts = [
        (ours, target.segments[row.targets[0]].msgid)
        for row in rows
        if words(ours := source.segments[row.sources[0]].msgid)
    ]
    alike = sum(ours == theirs for ours, theirs in texts)
    return 1 if 2 * alike > len(texts) else sentence


def _pairs(source: Page, target: Page, rows: Sequence[_Row]) -> Iterator[Pair]:
    msgstrs: dict[tuple[str | None, str], str] = {}
    known = {
        (source.segments[row.sources[0]].msgid, target.segments[row.targets[0]].msgid)
        for row in rows
        if row.confidence == _BY_KEY
    }
    for row in rows:
        segment = source.segments[row.sources[0]]
        found = [target.segments[index] for index in row.targets]
        msgstr = " ".join(_written(target.document, each) for each in found)
        first = msgstrs.setdefault((segment.msgctxt, segment.msgid), msgstr)
        doubt = _doubt(row) if msgstr == first else Doubt.AMBIGUOUS
        if doubt is Doubt.UNLIKE and (segment.msgid, msgstr) in known:
            doubt = None  # the heading that the front matter has for a title
        yield Pair(segment, msgstr, found[0].line, row.confidence, doubt)


def _doubt(row: _Row) -> Doubt | None:
    if len(row.sources) > 1:
        return Doubt.MERGED
    if len(row.targets) > 1:
        return Doubt.SPLIT
    if row.confidence >= SURE:
        return None
    return Doubt.MOVED if row.is_moved else Doubt.UNLIKE


def _written(document: Document, segment: Segment) -> str:
    """Give the text of a segment with the line breaks it has on its page."""
    if len(segment.spans) < 2:
        return segment.msgid
    return "\n".join(document.text[span.start : span.end] for span in segment.spans)
