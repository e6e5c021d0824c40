"""What two units have in common."""

from __future__ import annotations

from transpipe.documents.likeness import Unit, Vocabulary, anchors, evidence, likelihood, words
from transpipe.model import SegmentKind


def unit(text: str, before: str = "\n\n", kind: SegmentKind = SegmentKind.PARAGRAPH) -> Unit:
    return Unit(text, kind, before)


def score(ours: Unit, theirs: Unit) -> float:
    words = Vocabulary({}).agreement(ours.text, theirs.text, "page")
    return likelihood(evidence(ours, theirs, words))


def test_anchors_are_what_a_translation_keeps() -> None:
    text = "Run `make` 1,000 times, see [it](https://a.example/es/x) and {{< ref 3 >}}."
    assert anchors(text) == {"make": 1, "1000": 1, "https://a.example//x": 1}


def test_words_have_no_accents_and_no_code() -> None:
    assert words("La canción: `código` Über") == {"la", "cancion", "uber"}


def test_anchors_kept_speak_for_a_pair_and_anchors_lost_against_it() -> None:
    ours = unit("Ejecute `make html` 3 veces")
    assert score(ours, unit("Run `make html` 3 times")) > score(ours, unit("Run it some times"))
    assert score(ours, unit("Run `make html` 3 times")) > score(ours, unit("Run `tox` 7 times"))


def test_words_of_the_site_speak_for_a_pair() -> None:
    pairs = {
        f"page{n}": [("el perro come", "the dog eats"), ("la casa arde", "the house burns")]
        for n in range(3)
    }
    vocabulary = Vocabulary(pairs)
    right = vocabulary.agreement("el perro", "the dog", "new")
    wrong = vocabulary.agreement("el perro", "the house", "new")
    assert right is not None
    assert wrong is not None
    assert right > wrong


def test_a_document_does_not_agree_with_itself() -> None:
    alone = Vocabulary({"page": [("perro", "dog"), ("perro", "dog")]})
    assert alone.agreement("perro", "dog", "page") == 0.0
    assert alone.agreement("perro", "dog", "other") == 1.0


def test_no_words_tell_nothing() -> None:
    assert Vocabulary({}).agreement("`x`", "`x`", "page") is None


def test_markers_and_what_stands_between_are_compared() -> None:
    item, plain = unit("uno", "\n\n- "), unit("one")
    assert score(item, unit("one", "\n\n* ")) > score(item, plain)
    numbered = evidence(unit("uno", "\n3. "), unit("one", "\n4. "), None)
    assert numbered.same_marker == 1.0
    code = "\n\n```\nmake\n```\n\n"
    assert score(unit("uno", code), unit("one", code)) > score(unit("uno", code), plain)
