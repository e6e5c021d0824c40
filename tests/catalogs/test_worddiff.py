"""What an edit changed, word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transpipe.catalogs.worddiff import Change, as_line, shortened, word_diff

texts = st.lists(st.sampled_from(["a", "not", "ten", " ", "\n", ".", "é", "`x`", "word"])).map(
    "".join
)


@given(texts, texts)
def test_the_pieces_are_the_two_texts(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(one.text for one in pieces if one.change is not Change.ADDED) == old
    assert "".join(one.text for one in pieces if one.change is not Change.GONE) == new


@given(texts)
def test_equal_texts_have_no_change(text: str) -> None:
    assert all(piece.change is Change.SAME for piece in word_diff(text, text))


def test_a_line_shows_words_and_a_little_beside_them() -> None:
    old = "The library opens at nine in the morning, all days of the week, and closes at six."
    new = old.replace("nine", "half past ten").replace("six", "eight")
    assert as_line(shortened(word_diff(old, new))) == (
        "The library opens at [-nine-]{+half past ten+} in the morning, all … week, and closes at "
        "[-six-]{+eight+}."
    )


def test_a_line_is_one_line() -> None:
    assert as_line(word_diff("a\nb", "a\n\u2028c")) == "a[- b-]{+ c+}"


def test_a_text_of_many_thousand_words_is_shown_whole() -> None:
    old = "a " * 20_000
    assert [piece.change for piece in word_diff(old, old + "b")] == [Change.GONE, Change.ADDED]
