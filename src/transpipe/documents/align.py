"""Two documents' units of text -> which is the translation of which, with a confidence.

The method is that of Gale and Church ("A Program for Aligning Sentences in Bilingual Corpora",
1993) with other evidence than length alone: what two units have in common (see :mod:`.likeness`)
is their likelihood of being a pair, and the chance of a pair is taken over all alignments of the
two documents, by the forward-backward algorithm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp, inf, log
from typing import NamedTuple

from transpipe.documents.likeness import Unit
from transpipe.model import SegmentKind

Likelihood = Callable[[Unit, Unit], float]
"""Gives the logarithm of how much likelier what two units have in common is for a pair of source
and translation than for two units taken at random."""

_MOVES = (
    # Units of the source, units of the translation, whether they cross, how often that is.
    (1, 1, False, log(0.947)),
    (1, 0, False, log(0.0125)),
    (0, 1, False, log(0.0125)),
    (2, 1, False, log(0.01)),
    (1, 2, False, log(0.01)),
    (3, 1, False, log(0.001)),
    (1, 3, False, log(0.001)),
    (4, 1, False, log(0.0005)),
    (1, 4, False, log(0.0005)),
    (2, 2, True, log(0.005)),
)
_BAND = 8
"""How many units from the diagonal, at the least, are looked at on either side."""
_UNLIKE, _LIKE = -8.0, 0.0
"""Likelihoods from which parts are tried as a split or merged unit, and as a crossed pair."""
_LARGE = 500.0
"""Odds of which no exponential overflows."""
_LEAST_CONFIDENCE = 0.5
"""Below it, what stands in one place is no link."""
_MOVED, _MOVED_CONFIDENCE = 4.0, 0.75
"""The likelihood that far units need for a link, and its confidence: never sure."""
_MOST_MOVED = 100
"""How many units without a counterpart are compared with all others, to bound the time."""

SAME_STRUCTURE = 9.0
"""Of documents with the same blocks in the same order; see :func:`align`."""
OTHER_STRUCTURE = 3.0
"""Of all others."""


@dataclass(frozen=True, slots=True)
class Link:
    """Units that belong together; several on one side are one that was split or merged."""

    sources: tuple[int, ...]
    targets: tuple[int, ...]
    confidence: float
    """The chance that they do belong together, from 0.0 to 1.0."""


def align(
    sources: Sequence[Unit], targets: Sequence[Unit], likelihood: Likelihood, trust: float
) -> tuple[Link, ...]:
    """Link the units of two documents, in the order of the source.

    Each unit is in one link at most; in none if it has no counterpart. Time grows with the
    length of the longer document, and with how much longer than the other it is.

    :param trust: the logarithm of how much likelier than not two units in one place are a pair,
        before they are looked at: :data:`SAME_STRUCTURE` or :data:`OTHER_STRUCTURE`.
    """
    grid = _Grid(sources, targets, likelihood)
    links = [
        replace(link, confidence=min(link.confidence, _chance(grid.likelihood_of(link) + trust)))
        for link in grid.best()
    ]
    links = [link for link in links if link.confidence >= _LEAST_CONFIDENCE]
    links += _moved(grid, links)
    return tuple(sorted(links, key=lambda link: link.sources))


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-odds)) if odds > -_LARGE else 0.0


def _moved(grid: _Grid, links: Iterable[Link]) -> Iterator[Link]:
    """Link units far from their place that have no other counterpart and much in common."""
    linked = [(set(link.sources), set(link.targets)) for link in links]
    sources = sorted(set(range(len(grid.sources))).difference(*(each for each, _ in linked)))
    targets = set(range(len(grid.targets))).difference(*(each for _, each in linked))
    for row in sources[:_MOST_MOVED]:
        likelihoods = {column: grid.pair(row, row + 1, column, column + 1) for column in targets}
        column = max(likelihoods, key=likelihoods.__getitem__, default=None)
        if column is not None and likelihoods[column] > _MOVED:
            targets.remove(column)
            yield Link((row,), (column,), _MOVED_CONFIDENCE)


class _Move(NamedTuple):
    """A step of an alignment: the units from one point of the grid to another."""

    start: tuple[int, int]
    end: tuple[int, int]
    is_crossed: bool
    weight: float


class _Grid:
    """All alignments of two documents: paths from no unit read to all units read."""

    def __init__(
        self, sources: Sequence[Unit], targets: Sequence[Unit], likelihood: Likelihood
    ) -> None:
        self.sources = sources
        self.targets = targets
        self.likelihood = likelihood
        self.end = (len(sources), len(targets))
        self.known: dict[tuple[int, int, int, int], float] = {}
        self.moves = {point: tuple(self._moves_to(point)) for point in self._points()}

    def best(self) -> Iterator[Link]:
        """Give the links of the likeliest path."""
        forward, backward = self._forward(), self._backward()
        total = forward[self.end]
        chances = {
            move: exp(min(0.0, forward[move.start] + move.weight + backward[move.end] - total))
            for moves in self.moves.values()
            for move in moves
        }
        best: dict[tuple[int, int], tuple[float, _Move | None]] = {(0, 0): (0.0, None)}
        for point in self._points():
            for move in self.moves[point]:
                # The path with the most units linked right, not the likeliest as a whole.
                gain = chances[move] * (move.end[0] - move.start[0]) * (move.end[1] > move.start[1])
                score = best[move.start][0] + gain
                if point not in best or score > best[point][0]:
                    best[point] = (score, move)
        links: list[Link] = []
        step = best[self.end][1]
        while step is not None:
            links += _links(step, chances[step])
            step = best[step.start][1]
        return iter(links)

    def _points(self) -> Iterator[tuple[int, int]]:
        for row in range(self.end[0] + 1):
            for column in self._columns(row):
                yield (row, column)

    def _moves_to(self, point: tuple[int, int]) -> Iterator[_Move]:
        row, column = point
        for down, right, is_crossed, prior in _MOVES:
            start = (row - down, column - right)
            if min(start) >= 0 and self._is_near(start) and self._is_thinkable(start, point):
                likelihood = self._likelihood(start, point, is_crossed)
                yield _Move(start, point, is_crossed, prior + likelihood)

    def _is_thinkable(self, start: tuple[int, int], end: tuple[int, int]) -> bool:
        """Leave out what needs no closer look: parts that are nothing like the whole."""
        (row, column), (to_row, to_column) = start, end
        match to_row - row, to_column - column:
            case 2, 2:
                crossed = (
                    self.pair(row, row + 1, column + 1, to_column),
                    self.pair(row + 1, to_row, column, column + 1),
                )
                return min(crossed) > _LIKE
            case down, 1 if down > 1:
                return _may_join(self.sources[row:to_row]) and any(
                    self.pair(each, each + 1, column, to_column) > _UNLIKE
                    for each in range(row, to_row)
                )
            case 1, right if right > 1:
                return _may_join(self.targets[column:to_column]) and any(
                    self.pair(row, to_row, each, each + 1) > _UNLIKE
                    for each in range(column, to_column)
                )
        return True

    def _is_near(self, point: tuple[int, int]) -> bool:
        return point[1] in self._columns(point[0])

    def _columns(self, row: int) -> range:
        """Give the part of a row that is looked at: some columns around the diagonal."""
        rows, columns = self.end
        middle = round(row * columns / rows) if rows else 0
        width = _BAND + abs(rows - columns)
        return range(max(0, middle - width), min(columns, middle + width) + 1)

    def _likelihood(self, start: tuple[int, int], end: tuple[int, int], is_crossed: bool) -> float:
        (row, column), (to_row, to_column) = start, end
        if row == to_row or column == to_column:
            return 0.0
        if is_crossed:
            return self.pair(row, row + 1, column + 1, to_column) + self.pair(
                row + 1, to_row, column, column + 1
            )
        return self.pair(row, to_row, column, to_column)

    def pair(self, row: int, to_row: int, column: int, to_column: int) -> float:
        key = (row, to_row, column, to_column)
        if key not in self.known:
            self.known[key] = self.likelihood(
                _joined(self.sources[row:to_row]), _joined(self.targets[column:to_column])
            )
        return self.known[key]

    def likelihood_of(self, link: Link) -> float:
        """Give the likelihood of a link by itself."""
        (row, *_), (column, *_) = link.sources, link.targets
        return self.pair(row, link.sources[-1] + 1, column, link.targets[-1] + 1)

    def _forward(self) -> dict[tuple[int, int], float]:
        sums = {(0, 0): 0.0}
        for point in self._points():
            if point != (0, 0):
                sums[point] = _log_sum(
                    [sums[move.start] + move.weight for move in self.moves[point]]
                )
        return sums

    def _backward(self) -> dict[tuple[int, int], float]:
        sums = dict.fromkeys(self.moves, -inf)
        sums[self.end] = 0.0
        for point in reversed(list(self._points())):
            for move in self.moves[point]:
                sums[move.start] = _log_sum([sums[move.start], sums[point] + move.weight])
        return sums


def _links(move: _Move, chance: float) -> list[Link]:
    (row, column), (to_row, to_column) = move.start, move.end
    if row == to_row or column == to_column:
        return []
    if move.is_crossed:
        return [
            Link((row,), (column + 1,), chance),
            Link((row + 1,), (column,), chance),
        ]
    return [Link(tuple(range(row, to_row)), tuple(range(column, to_column)), chance)]


def _may_join(units: Sequence[Unit]) -> bool:
    """Tell whether units could be one: paragraphs can, headings and cells cannot."""
    return all(unit.kind is SegmentKind.PARAGRAPH for unit in units)


def _joined(units: Sequence[Unit]) -> Unit:
    first = units[0]
    return first if len(units) == 1 else replace(first, text=" ".join(unit.text for unit in units))


def _log_sum(values: Sequence[float]) -> float:
    top = max(values, default=-inf)
    if top == -inf:
        return -inf
    return top + log(sum(exp(value - top) for value in values))
