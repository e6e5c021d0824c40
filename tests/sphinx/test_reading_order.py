"""What is read again stands in Sphinx's memory where a new build would put it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from transpipe.sphinx.digests import digest_of, plain
from transpipe.sphinx.readingorder import in_reading_order

DOCUMENTS = ["a", "b", "c", "d", "e"]
NAMES = st.dictionaries(
    st.sampled_from(DOCUMENTS), st.lists(st.sampled_from("uvwxyz"), max_size=4), min_size=1
)


def read(documents: dict[str, list[str]], env: Any, names: list[str]) -> None:
    """Read documents as Sphinx does: forget, then note; of two definitions the last is kept."""
    for name in names:
        env.titles.pop(name, None)
        objects = env.domaindata["py"]["objects"]
        for key in [key for key, (owner, _) in objects.items() if owner == name]:
            del objects[key]
        env.titles[name] = f"title of {name}"
        objects.update({key: (name, f"id-{key}") for key in documents[name]})


def blank(documents: dict[str, list[str]]) -> Any:
    # What is there from the start is of no document.
    domaindata = {"py": {"objects": {"first": ("genindex", "id")}, "version": 1}}
    return SimpleNamespace(titles={}, domaindata=domaindata, found_docs=set(documents), other=3)


@given(NAMES, st.data())
def test_it_is_the_order_of_a_new_build(
    documents: dict[str, list[str]], data: st.DataObject
) -> None:
    # Each name once: documents that define the same are read together, by another rule.
    seen: set[str] = set()
    for name in sorted(documents):
        documents[name] = [key for key in dict.fromkeys(documents[name]) if key not in seen]
        seen.update(documents[name])
    cold, warm = blank(documents), blank(documents)
    read(documents, cold, sorted(documents))
    read(documents, warm, sorted(documents))
    again = data.draw(st.sets(st.sampled_from(sorted(documents))))
    read(documents, warm, sorted(again))
    in_reading_order(warm, again)
    assert list(warm.titles.items()) == list(cold.titles.items())
    after, before = (list(env.domaindata["py"]["objects"].items()) for env in (warm, cold))
    assert after == before


class Thing:
    """An object as configurations hold them."""

    def __init__(self, value: int) -> None:
        self.value = value


def test_a_value_of_the_configuration_is_told_by_what_it_is() -> None:
    def told(value: object) -> str:
        return digest_of(plain(value))

    assert told({"b": {3, 1}, "a": (1, 2)}) == told({"a": [1, 2], "b": {1, 3}})
    assert told(Thing(1)) == told(Thing(1)) != told(Thing(2))
    assert told(len) == told(len) != told(print)
    assert told(object()) == told(object())
    assert told({1: "x"}) != told({"1": "x"})
    assert told(Thing) != told(Thing(1))
