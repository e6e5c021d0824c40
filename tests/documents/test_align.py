"""Alignment: each unit once, identical documents in full, and what was deleted, merged or moved."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transpipe.documents.align import OTHER_STRUCTURE, SAME_STRUCTURE, Link, align
from transpipe.documents.likeness import Unit, Vocabulary, evidence, likelihood
from transpipe.model import SegmentKind

KINDS = st.sampled_from([SegmentKind.PARAGRAPH, SegmentKind.HEADING, SegmentKind.CELL])
UNITS = st.lists(
    st.builds(
        Unit,
        st.text("abcde 1`.", min_size=1, max_size=30),
        KINDS,
        st.sampled_from(["", "\n\n", "\n\n- ", "\n\n```\nx\n```\n\n"]),
    ),
    max_size=12,
)


def likeness(ours: Unit, theirs: Unit) -> float:
    words = Vocabulary({}).agreement(ours.text, theirs.text, "page")
    return likelihood(evidence(ours, theirs, words))


def links(sources: list[Unit], targets: list[Unit], trust: float = OTHER_STRUCTURE) -> list[Link]:
    return list(align(sources, targets, likeness, trust))


def paragraphs(*texts: str) -> list[Unit]:
    return [Unit(text, SegmentKind.PARAGRAPH, "\n\n") for text in texts]


@given(UNITS, UNITS)
def test_each_unit_is_in_one_link_at_most(sources: list[Unit], targets: list[Unit]) -> None:
    found = links(sources, targets)
    ours = [index for link in found for index in link.sources]
    theirs = [index for link in found for index in link.targets]
    assert len(ours) == len(set(ours))
    assert len(theirs) == len(set(theirs))
    assert all(0 <= index < len(sources) for index in ours)
    assert all(0 <= index < len(targets) for index in theirs)
    assert all(0.5 <= link.confidence <= 1.0 for link in found)
    assert found == sorted(found, key=lambda link: link.sources)


@given(UNITS)
def test_a_document_is_its_own_translation(units: list[Unit]) -> None:
    found = links(units, units, SAME_STRUCTURE)
    texts = [
        (units[a].text, units[b].text) for link in found for a in link.sources for b in link.targets
    ]
    assert all(ours == theirs for ours, theirs in texts)
    assert len(texts) == len(units)


SPANISH = paragraphs(
    "El huerto abre los lunes a las 9.",
    "Traiga guantes y una botella de agua.",
    "La biblioteca presta 3 libros por persona.",
    "Escriba a `hola@huerto.example` o llame al 5550134 para participar.",
    "El mercado de semillas es en abril de 2024.",
)
ENGLISH = paragraphs(
    "The garden opens on Mondays at 9.",
    "Bring gloves and a bottle of water.",
    "The library lends 3 books per person.",
    "Write to `hola@huerto.example` or call 5550134 to participate.",
    "The seed market is in April 2024.",
)


def pairs(found: list[Link]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(link.sources, link.targets) for link in found]


def test_what_is_missing_has_no_counterpart() -> None:
    assert pairs(links(SPANISH, ENGLISH[:2] + ENGLISH[3:])) == [
        ((0,), (0,)),
        ((1,), (1,)),
        ((3,), (2,)),
        ((4,), (3,)),
    ]


def test_what_was_merged_is_linked_to_both() -> None:
    merged = paragraphs(f"{ENGLISH[2].text} {ENGLISH[3].text}")
    assert ((2, 3), (2,)) in pairs(links(SPANISH, [*ENGLISH[:2], *merged, ENGLISH[4]]))


def test_what_was_swapped_is_found() -> None:
    swapped = [*ENGLISH[:2], ENGLISH[3], ENGLISH[2], ENGLISH[4]]
    found = pairs(links(SPANISH, swapped))
    assert ((2,), (3,)) in found
    assert ((3,), (2,)) in found


def test_what_was_moved_far_is_found_and_not_sure() -> None:
    moved = [ENGLISH[3], *ENGLISH[:3], ENGLISH[4]]
    found = {link.sources: link for link in links(SPANISH, moved)}
    assert found[(3,)].targets == (0,)
    assert found[(3,)].confidence < 0.98


def test_another_kind_of_block_is_never_sure() -> None:
    heading = Unit("The garden opens on Mondays at 9.", SegmentKind.HEADING, "\n\n## ")
    found = {link.sources: link for link in links(SPANISH, [heading, *ENGLISH[1:]])}
    assert (0,) not in found or found[(0,)].confidence < 0.98


def test_an_empty_side_gives_no_links() -> None:
    assert links([], []) == []
    assert links(SPANISH, []) == []
    assert links([], ENGLISH) == []
