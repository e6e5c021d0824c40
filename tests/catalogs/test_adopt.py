"""What a page says goes into a catalog, and nobody's work goes out of it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from transpipe.catalogs.adopt import adopt
from transpipe.model import Catalog, Doubt, Message, Pair, Segment, SegmentKind


def pair(msgid: str, msgstr: str, doubt: Doubt | None = None) -> Pair:
    return Pair(Segment(msgid, SegmentKind.PARAGRAPH, 1), msgstr, 1, 0.5 if doubt else 1.0, doubt)


def catalog(*messages: Message) -> Catalog:
    return Catalog("page", None, Message(""), messages)


def test_a_sure_pair_is_a_translation() -> None:
    result = adopt(catalog(Message("uno")), [pair("uno", "one")], ())
    assert result.catalog.messages == (Message("uno", "one"),)


def test_an_unsure_pair_is_fuzzy_and_says_why() -> None:
    result = adopt(catalog(Message("uno")), [pair("uno", "one", Doubt.SPLIT)], ())
    (message,) = result.catalog.messages
    assert message.flags == ("fuzzy",)
    assert message.comments == (
        "Adopted: the page has several paragraphs where the source has one",
    )


def test_a_translation_that_somebody_wrote_stays_and_is_named() -> None:
    mine = catalog(Message("uno", "1"))
    result = adopt(mine, [pair("uno", "one")], ())
    assert result.catalog == mine
    assert [each.msgstr for each in result.kept] == ["one"]


def test_what_was_adopted_follows_the_page() -> None:
    first = adopt(catalog(Message("uno")), [pair("uno", "one")], ())
    second = adopt(first.catalog, [pair("uno", "One!")], first.digests)
    assert second.catalog.messages == (Message("uno", "One!"),)


def test_what_was_edited_since_does_not_follow_the_page() -> None:
    first = adopt(catalog(Message("uno")), [pair("uno", "one")], ())
    edited = replace(first.catalog, messages=(Message("uno", "number one"),))
    second = adopt(edited, [pair("uno", "One!")], first.digests)
    assert second.catalog == edited
    assert len(second.kept) == 1


def test_an_unsure_pair_that_a_translator_confirmed_stays_confirmed() -> None:
    first = adopt(catalog(Message("uno")), [pair("uno", "one", Doubt.UNLIKE)], ())
    (message,) = first.catalog.messages
    confirmed = replace(first.catalog, messages=(replace(message, flags=()),))
    second = adopt(confirmed, [pair("uno", "one", Doubt.UNLIKE)], first.digests)
    assert second.catalog == confirmed
    third = adopt(confirmed, [pair("uno", "other", Doubt.UNLIKE)], second.digests)
    assert third.catalog == confirmed


def test_obsolete_and_plural_messages_are_left_alone() -> None:
    messages = (Message("uno", obsolete=True), Message("dos", msgid_plural="doses"))
    result = adopt(catalog(*messages), [pair("uno", "one"), pair("dos", "two")], ())
    assert result.catalog.messages == messages


TEXTS = st.sampled_from(["uno", "dos", "tres"])
MESSAGES = st.lists(
    st.builds(Message, TEXTS, st.sampled_from(["", "x", "y"])),
    unique_by=lambda message: message.msgid,
)
PAIRS = st.lists(
    st.builds(pair, TEXTS, st.sampled_from(["x", "y", "z"]), st.none() | st.sampled_from(Doubt))
)


@given(MESSAGES, PAIRS)
def test_no_translation_is_lost(messages: list[Message], pairs: list[Pair]) -> None:
    result = adopt(catalog(*messages), pairs, ())
    for before, after in zip(messages, result.catalog.messages, strict=True):
        assert not before.msgstr or after == before


@given(MESSAGES, PAIRS)
def test_adopting_twice_is_adopting_once(messages: list[Message], pairs: list[Pair]) -> None:
    first = adopt(catalog(*messages), pairs, ())
    second = adopt(first.catalog, pairs, first.digests)
    assert second.catalog == first.catalog
    assert second.digests == first.digests
