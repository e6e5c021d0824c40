"""What pages can show of one another is compared by what it is, however it came to be there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from docutils import nodes
from sphinx import addnodes

from transpipe.sphinx.acrosspages import digest_across_pages


class Change(NamedTuple):
    """As Sphinx notes what is new in a version."""

    kind: str
    docname: str
    line: int


class Symbol:
    """As the C domain keeps names: each knows what it is in, and what is in it."""

    def __init__(self, name: str, parent: Symbol | None = None) -> None:
        self.name, self.parent, self.children = name, parent, list[Symbol]()
        if parent is not None:
            parent.children.append(self)


class Environment(SimpleNamespace):
    """What is asked of Sphinx's environment."""

    def get_doctree(self, _name: str) -> nodes.document:
        return self.root  # type: ignore[no-any-return] # set below

    def get_domain(self, _name: str) -> Any:
        return SimpleNamespace(get_objects=lambda: self.objects)


def environment() -> Environment:
    root = nodes.section()
    root += addnodes.toctree(entries=[(None, "a"), (None, "b")], hidden=True)
    symbols = Symbol("root")
    Symbol("puts", symbols)
    return Environment(
        found_docs={"a", "b"},
        config=SimpleNamespace(root_doc="a"),
        root=root,
        all_docs={"a": 1, "b": 2},
        titles={"a": nodes.title("", "", nodes.Text("A")), "b": nodes.title("", "B")},
        tocs={"a": nodes.bullet_list("", nodes.list_item("", nodes.Text("A")))},
        numbered={"b", "a"},
        metadata={"a": {"wordcount": {"words": 3}, "tocdepth": 2}},
        noted=defaultdict(list, {"open": [("a", "id1"), ("b", "id2")], "exec": [("b", "id3")]}),
        domaindata={
            "std": {"labels": {"x": ("a", "id1", "X"), "y": ("b", "id2", "Y")}},
            "changeset": {"changes": {"1.0": [Change("new", "a", 1), Change("new", "b", 3)]}},
            "c": {"root": symbols, "version": 3},
        },
        objects=[("puts", "puts", "function", "a", "c.puts", 1)],
    )


def noted_again(env: Environment) -> None:
    """As if b were read again: last, and twice where an extension does not forget."""
    env.all_docs["b"] = 9
    env.noted["open"] = [("a", "id1"), ("b", "id2"), ("b", "id2")]
    env.noted["exec"] = env.noted.pop("exec")
    env.domaindata["changeset"]["changes"]["1.0"].reverse()


SAME: dict[str, Callable[[Environment], None]] = {
    "nothing": lambda env: None,
    "read again": noted_again,
    "another reading": lambda env: vars(env).update(_pickled_doctree_cache={"a": b"1"}),
    "number of words": lambda env: env.metadata["a"].update(wordcount={"words": 4}),
    "no symbol": lambda env: env.domaindata["c"].update(root=Symbol("root")),
}
OTHER: dict[str, Callable[[Environment], None]] = {
    "title": lambda env: env.titles.update(a=nodes.title("", "", nodes.Text("Another"))),
    "place in the contents": lambda env: env.tocs["a"][0].append(nodes.Text("more")),
    "label": lambda env: env.domaindata["std"]["labels"].update(x=("a", "id9", "X")),
    "order of labels": lambda env: env.domaindata["std"].update(
        labels=dict(reversed(env.domaindata["std"]["labels"].items()))
    ),
    "what is noted": lambda env: env.noted["open"].append(("a", "id4")),
    "object": lambda env: vars(env).update(objects=[("gets", "gets", "function", "a", "x", 1)]),
    "order of the contents": lambda env: env.root[0].attributes.update(
        entries=[(None, "b"), (None, "a")]
    ),
    "attribute of an extension": lambda env: vars(env).update(of_extension=Symbol("it")),
    "metadata": lambda env: env.metadata["a"].update(tocdepth=1),
    "document": lambda env: env.titles.pop("b"),
}


@pytest.mark.parametrize("change", SAME)
def test_the_same_is_the_same(change: str) -> None:
    env = environment()
    before = digest_across_pages(env)  # type: ignore[arg-type] # what is asked of it
    SAME[change](env)
    assert digest_across_pages(env) == before != ""  # type: ignore[arg-type] # as above


@pytest.mark.parametrize("change", OTHER)
def test_what_another_page_can_show_is_seen(change: str) -> None:
    env = environment()
    before = digest_across_pages(env)  # type: ignore[arg-type] # what is asked of it
    OTHER[change](env)
    assert digest_across_pages(env) not in (before, "")  # type: ignore[arg-type] # as above


def test_what_cannot_be_compared_is_not() -> None:
    env = environment()
    env.of_extension = (each for each in "ab")  # as nothing that Sphinx could keep
    assert digest_across_pages(env) == ""  # type: ignore[arg-type] # what is asked of it
