"""Real documents, there and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel import Locale

from transpipe.documents.discover import discover
from transpipe.documents.formats import Options, segments
from transpipe.documents.reading import read_document
from transpipe.model import Document, Placement, Segment, SegmentKind

from .make import assert_laws, assert_spans_hold_segments

pytestmark = pytest.mark.corpus
OPTIONS = Options(front_matter=("title", "description", "summary", "tags"))


def documents(folder: Path, step: int = 1) -> list[Document]:
    found = discover(folder, ("**",), ())[::step]
    return [read_document(file, Locale("es")) for file in found]


def start(segment: Segment) -> str:
    # A mark in front of "[ ]" or an HTML tag would be another block.
    return f"«{segment.msgid}"


@pytest.mark.slow
@pytest.mark.parametrize("flavour", ["gfm", "myst"])
@pytest.mark.parametrize(
    ("folder", "step", "count"),
    [
        ("community/osslat-site", 2, 78),
        ("community/mxlos-blog", 1, 6),
        ("comprehensive-rust/new/src", 5, 115),
    ],
)
def test_nothing_is_lost_and_nothing_is_damaged(
    corpora: Path, folder: str, step: int, count: int, flavour: str
) -> None:
    options = Options(OPTIONS.front_matter, markdown=flavour)
    found = documents(corpora / folder, step)
    assert len(found) == count
    for page in found:
        assert_spans_hold_segments(page, options)
        for lookup in (start, lambda segment: segment.msgid + " ⟧"):
            assert not assert_laws(page, options, lookup).refused
        assert all(each.placement is not Placement.UNLOCATED for each in segments(page, options))


def test_the_three_first_documents(corpora: Path) -> None:
    toml, yaml, plain = documents(corpora / "community" / "seeds")
    assert [toml.format, yaml.format, plain.format] == ["markdown", "markdown", "text"]
    for page in (toml, yaml):
        found = segments(page, Options())
        front = [each.msgctxt for each in found if each.kind is SegmentKind.FRONT_MATTER]
        assert front == ["front-matter:title", "front-matter:description"]
        assert not any("description" in each.msgid for each in found)
    lines = [line for line in plain.text.split("\n") if line]
    assert [each.msgid for each in segments(plain, Options())] == [line.strip() for line in lines]
    for page in (toml, yaml, plain):
        assert not assert_laws(page, Options(), start).refused
