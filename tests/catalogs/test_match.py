"""Who succeeds whom."""

from __future__ import annotations

import importlib.util
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from transpipe.catalogs.match import Place, Slot, near_matches


def slots(*texts: str) -> list[Slot]:
    """Open slots; those whose text ends in ``=`` stay as they are."""
    return [Slot((None, text.rstrip("=")), not text.endswith("=")) for text in texts]


def pairs(new: list[Slot], old: list[Slot]) -> dict[str, str]:
    found = near_matches({"p": new}, {"p": old}, {"p": ("p",)})
    return {after.key[1]: before.key[1] for after, before in found.items()}


def test_twins_keep_their_places() -> None:
    """A mass edit of titles that are alike: the text alone would confuse them."""
    old = slots("Tab 1 (old)", "Tab 2 (old)", "Tab 3 (old)")
    new = slots("Tab 1 (2)", "Tab 2 (3)", "Tab 3 (1)")
    assert pairs(new, old) == {
        "Tab 1 (2)": "Tab 1 (old)",
        "Tab 2 (3)": "Tab 2 (old)",
        "Tab 3 (1)": "Tab 3 (old)",
    }


def test_what_stands_between_other_neighbours_needs_more_likeness() -> None:
    old = slots("a=", "We open at nine.", "b=")
    assert pairs(slots("a=", "We close at eight.", "b="), old)
    assert not pairs(slots("a=", "b=", "Something about cats"), old)


def test_an_edited_text_that_moved_is_found_by_its_words() -> None:
    text = "The library opens at nine in the morning and closes at six."
    old = slots(text, "a=", "b=")
    new = slots("a=", "b=", text.replace("nine", "ten"))
    assert pairs(new, old) == {text.replace("nine", "ten"): text}


def test_short_texts_are_not_matched_by_chance() -> None:
    assert not pairs(slots("a=", "Running the binaries"), slots("Running the Course", "a="))


def test_another_context_is_never_a_match() -> None:
    old = [Slot(("front-matter:title", "About us"), True)]
    assert not near_matches({"p": slots("About us!")}, {"p": old}, {"p": ("p",)})


def test_a_predecessor_without_translation_stands_in_the_way_of_a_worse_one() -> None:
    sentence = "Press the red button to stop the engine at once."
    old = [Slot((None, sentence), True, has_text=False), *slots("a=")]
    twin = [Slot((None, sentence.replace("red", "green")), True)]
    new = {"p": slots(sentence.replace("stop", "halt"), "a="), "q": slots("b=")}
    assert not near_matches(new, {"p": old, "q": twin}, {"p": ("p",), "q": ("q",)})


def test_no_predecessor_is_given_twice() -> None:
    text = "The library opens at nine in the morning and closes at six."
    found = near_matches(
        {"p": slots(text + " Always."), "q": slots(text + " Mostly.")}, {"r": slots(text)}, {}
    )
    assert list(found.values()) == [Place("r", (None, text))]


def test_long_texts_in_one_place_that_share_no_words_are_two() -> None:
    old = slots("a=", "Water the roses in the evening, never at noon.", "b=")
    assert not pairs(slots("a=", "A wheelbarrow holds forty liters of sand.", "b="), old)


@pytest.mark.slow
def test_large_projects_take_seconds_not_minutes() -> None:
    texts = [
        f"Sentence {n} says {n * 7919 % 1000} things about {n * 31} more." for n in range(20000)
    ]
    old = slots(*(text + ("" if n % 20 == 0 else "=") for n, text in enumerate(texts)))
    new = slots(*(f"Now {t}" if n % 20 == 0 else t + "=" for n, t in enumerate(texts)))
    start = time.process_time()
    found = pairs(new, old)
    assert time.process_time() - start < 10
    assert len(found) == 1000
    assert all(after == f"Now {before}" for after, before in found.items())


@pytest.mark.corpus
def test_quality_on_the_history_of_real_documents(corpora: Path) -> None:
    bench = benchmark()
    total = bench.Score()
    for path in sorted((corpora / "matching").glob("crust_*_*.jsonl")):
        total = sum(bench.score(bench.read_epoch(path)).values(), total)
    assert total.edited > 300
    assert total.kept == total.exact
    assert total.recall >= 0.98
    assert total.precision >= 0.92


def benchmark() -> ModuleType:
    """Import the benchmark, which is a script."""
    path = Path(__file__).parents[2] / "tools" / "bench_update.py"
    spec = importlib.util.spec_from_file_location("bench_update", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
