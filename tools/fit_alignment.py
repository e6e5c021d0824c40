"""Fit how much each piece of evidence tells about two units of text being a pair.

Logistic regression (Newton's method) on the pages of ``bench_alignment.py``: units that belong
together against units taken at random from the same page, both kinds weighing the same. Each group
of pages is also judged by the weights fitted on the other groups.

Run with ``python tools/fit_alignment.py``; the weights of ``documents/likeness.py`` are those of
the last row, with the weights of structure about halved (they are fitted on pages of the same
structure, where they look surer than they are on others) and the bias adapted to that.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import exp

from bench_alignment import SEED, Group, hugo_site, rust_course

from transpipe.documents.likeness import Evidence, evidence

Sample = tuple[tuple[float, ...], bool]
"""The evidence with a 1.0 for the bias, and whether the two are a pair."""
ROUNDS = 12
RIDGE = 1.0


def samples(group: Group) -> list[Sample]:
    """Give every pair of a group, and for each up to three that are none."""
    rng = random.Random(f"{SEED} {group.name}")
    found: list[Sample] = []
    for page in group.pages:
        for index, ours in enumerate(page.sources):
            others = rng.sample(range(len(page.targets)), min(3, len(page.targets)))
            for other in (index, *(each for each in others if each != index)):
                theirs = page.targets[other]
                if other == index or theirs.text != page.targets[index].text:
                    words = group.vocabulary.agreement(ours.text, theirs.text, page.name)
                    found.append(((*evidence(ours, theirs, words), 1.0), other == index))
    return found


def fit(rows: Sequence[Sample]) -> list[float]:
    """Give the weights, the bias last."""
    size = len(rows[0][0])
    pairs = sum(right for _, right in rows)
    shares = {True: len(rows) / 2 / pairs, False: len(rows) / 2 / (len(rows) - pairs)}
    weights = [0.0] * size
    for _ in range(ROUNDS):
        gradient = [-RIDGE * weight for weight in weights]
        hessian = [[RIDGE * (row == column) for column in range(size)] for row in range(size)]
        for values, right in rows:
            chance = chance_of(weights, values)
            share = shares[right]
            error, slope = share * (right - chance), share * chance * (1 - chance)
            for row, value in enumerate(values):
                gradient[row] += error * value
                for column in range(row, size):
                    hessian[row][column] += slope * value * values[column]
        for row in range(size):
            for column in range(row):
                hessian[row][column] = hessian[column][row]
        weights = [old + step for old, step in zip(weights, solve(hessian, gradient), strict=True)]
    return weights


def chance_of(weights: Sequence[float], values: Sequence[float]) -> float:
    """Give the chance that evidence is that of a pair."""
    odds = sum(weight * value for weight, value in zip(weights, values, strict=True))
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve linear equations by elimination."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for index in range(len(rows)):
        best = max(range(index, len(rows)), key=lambda row: abs(rows[row][index]))
        rows[index], rows[best] = rows[best], rows[index]
        rows[index] = [value / rows[index][index] for value in rows[index]]
        for other in range(len(rows)):
            if other != index:
                factor = rows[other][index]
                rows[other] = [
                    value - factor * pivot
                    for value, pivot in zip(rows[other], rows[index], strict=True)
                ]
    return [row[-1] for row in rows]


def main() -> None:
    """Print weights as a table in Markdown."""
    names = (*Evidence._fields, "bias", "pairs missed", "others taken")
    print(f"| judged on | {' | '.join(names)} |\n| --- |{' --: |' * len(names)}")
    groups = [hugo_site("en"), hugo_site("pt"), rust_course("es"), rust_course("pt-BR")]
    found = {group.name: samples(group) for group in groups}
    for name, rows in found.items():
        weights = fit([row for other, each in found.items() if other != name for row in each])
        print(f"| {name} | {shown(weights)} | {judged(weights, rows)} |")
    weights = fit([row for rows in found.values() for row in rows])
    print(f"| fitted on all | {shown(weights)} | | |")


def shown(weights: Sequence[float]) -> str:
    """Write weights as cells."""
    return " | ".join(f"{weight:.1f}" for weight in weights)


def judged(weights: Sequence[float], rows: Sequence[Sample]) -> str:
    """Write the shares of what is told wrong as cells."""
    cells = []
    for kind in (True, False):
        chances = [chance_of(weights, values) for values, right in rows if right is kind]
        wrong = sum((chance >= 0.5) is not kind for chance in chances)
        cells.append(f"{wrong / len(chances):.1%}")
    return " | ".join(cells)


if __name__ == "__main__":
    main()
