"""Counts never lie."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from hypothesis import given
from hypothesis import strategies as st

from transpipe import model
from transpipe.model import Counts, Message, State, Tally

numbers = st.integers(min_value=0, max_value=10**6)
counts = st.builds(Counts, numbers, numbers, numbers)


@given(counts)
def test_a_percentage_reads_0_or_100_only_if_it_is(count: Counts) -> None:
    assert (count.display_percent == 100) == (count.translated == count.total)
    assert (count.display_percent == 0) == (count.translated == 0 < count.total)


@given(st.lists(st.builds(Tally, counts, counts)))
def test_tallies_add_up(tallies: list[Tally]) -> None:
    total = Tally.sum(tallies)
    assert total.messages.total == sum(tally.messages.total for tally in tallies)
    assert total.words.fuzzy == sum(tally.words.fuzzy for tally in tallies)


@given(
    st.builds(
        Message,
        msgid=st.text(min_size=1),
        msgstr=st.sampled_from(["", "x"]),
        flags=st.sampled_from([(), ("fuzzy",), ("c-format", "fuzzy"), ("python-format",)]),
        obsolete=st.booleans(),
    )
)
def test_a_message_has_one_state(message: Message) -> None:
    if message.obsolete:
        assert message.state is State.OBSOLETE
    elif not message.msgstr:
        assert message.state is State.UNTRANSLATED
    else:
        assert message.state is (State.FUZZY if message.is_fuzzy else State.TRANSLATED)


def test_every_type_can_be_imported_from_the_package() -> None:
    modules = [
        import_module(f"{model.__name__}.{found.name}")
        for found in pkgutil.iter_modules(model.__path__)
    ]
    public = {
        name
        for module in modules
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", "") == module.__name__
    }
    assert public <= set(model.__all__)
    assert all(getattr(model, name) is not None for name in model.__all__)


def test_no_other_name_can_be_imported() -> None:
    assert not hasattr(model, "Tallies")
    assert not hasattr(model, "counts_of")
