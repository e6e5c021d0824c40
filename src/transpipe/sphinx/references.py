"""The references of a translated message, led where those of its source lead.

``Locale`` gives a translated reference of reStructuredText the name of any of the source's that
is missing, forgets the targets that stand in the source text, and compares references by how they
are written. Here they are paired and compared by where they lead, before ``Locale`` sees them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from docutils import nodes
from sphinx import addnodes

KEPT_FRAGMENT = "transpipe_reftargetid"
"""Of a link: the place on its page, for :class:`transpipe.sphinx.markdown.RestoreFragments`."""


def pair_targets(source: nodes.Element, translation: nodes.Element, page: nodes.document) -> None:
    """Keep the targets that stand in a text, and add none: references elsewhere name them.

    A target that only a translation has could take the references of other paragraphs.

    :param source: the node of the page that the translation is for, not yet translated.
    :param translation: what its msgstr was parsed to, after :func:`pair_names`.
    :param page: the document the node stands in.
    """
    _pair_targets(source, translation, page)
    for link in translation.findall(addnodes.pending_xref):
        if "reftargetid" in link:
            link[KEPT_FRAGMENT] = link["reftargetid"]


def unknown_names(
    source: nodes.Element, translation: nodes.Element, page: nodes.document
) -> tuple[str, ...]:
    """Give the names that a translation refers to and neither its source nor the page knows."""
    known = {link.get("refname") for link in source.findall(nodes.Element)}
    named = (
        str(link["refname"])
        for link in translation.findall(nodes.Element)
        if isinstance(link, nodes.reference | nodes.footnote_reference)
        and "refname" in link
        and not link.get("auto")  # Locale takes these away where the source has none
    )
    return tuple(name for name in named if name not in known and not page.has_name(name))


def lost_and_added(
    source: nodes.Element, translation: nodes.Element
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Compare where references lead, after they were paired.

    :returns: what the source has and the translation does not, and the other way round; each as
        a reader of the catalog would look for it. Order and repetition do not matter.
    """
    before, after = dict(_places(source)), dict(_places(translation))
    lost = tuple(shown for place, shown in before.items() if place not in after)
    added = tuple(shown for place, shown in after.items() if place not in before)
    return lost, added


def _places(node: nodes.Element) -> Iterator[tuple[tuple[str, ...], str]]:
    """Give where references lead, each with how it is written."""
    terms = notes = 0
    for link in node.findall(nodes.Element):
        written = " ".join((link.rawsource or _target(link)).split())
        if isinstance(link, addnodes.pending_xref):
            domain, kind = str(link.get("refdomain") or ""), str(link.get("reftype") or "")
            if (domain, kind) == ("std", "term"):
                # Its target is the term itself, which the glossary of the language has.
                terms += 1
                yield (domain, kind, str(terms)), written
            else:
                fragment = str(link.get("reftargetid") or "")
                yield (domain, kind, str(link.get("reftarget", "")), fragment), written
        elif isinstance(link, nodes.footnote_reference | nodes.citation_reference):
            name = link.get("refname")
            if name is None:
                notes += 1
            kind = type(link).__name__
            yield (kind, str(link.get("auto")), str(name or notes)), written
        elif isinstance(link, nodes.reference) and "refname" in link:
            yield ("reference", link["refname"]), written


def _target(link: nodes.Element) -> str:
    parts = [str(link.get(key) or "") for key in ("reftarget", "reftargetid")]
    return "#".join(part for part in parts if part) or link.astext()


def has_as_many_anonymous(source: nodes.Element, translation: nodes.Element) -> bool:
    """Tell whether as many references are anonymous: one too few takes every other's target."""
    counts = [
        sum(1 for link in node.findall(nodes.reference) if link.get("anonymous"))
        for node in (source, translation)
    ]
    return counts[0] == counts[1]


# ---------------------------------------------------------------------------------- names


def pair_names(source: nodes.Element, translation: nodes.Element, page: nodes.document) -> None:
    """Give the named references of a translation the names that the source's have.

    :param source: the node of the page that the translation is for, not yet translated.
    :param translation: what its msgstr was parsed to.
    :param page: the document the node stands in.
    """
    wanted = Counter(link["refname"] for link in _named(source))
    unknown = []
    for link in _named(translation):
        name = _same_place(link["refname"], wanted, page)
        if name is None:
            unknown.append(link)
        else:
            link["refname"] = name
            wanted[name] -= 1
    free = [link["refname"] for link in _named(source) if wanted[link["refname"]] > 0]
    for link, name in _matched(unknown, list(dict.fromkeys(free)), page):
        link["refname"] = name


def _named(node: nodes.Element) -> list[nodes.reference]:
    return [link for link in node.findall(nodes.reference) if "refname" in link]


def _same_place(name: str, wanted: Counter[str], page: nodes.document) -> str | None:
    """Find the source's name for where a name leads: itself, or the title it translates."""
    if name in wanted:
        return name
    place = page.nameids.get(name)
    if place is None:
        return None
    same = next((other for other in wanted if page.nameids.get(other) == place), None)
    if same is None and isinstance(title := page.ids.get(place), nodes.Element):
        # Where a target has taken the name of a title, the title's translation is known alone.
        same = next((other for other in wanted if other in title["dupnames"]), None)
    return same or name


def _matched(
    links: Sequence[nodes.reference], names: list[str], page: nodes.document
) -> Iterator[tuple[nodes.reference, str]]:
    """Pair references with names: first where words are shared, then in the order of the text."""
    words = {name: _words(_names_of(name, page)) for name in names}
    pairs = sorted(
        (
            (-len(_words([link["refname"]]) & words[name]), abs(number - place), number, place)
            for number, link in enumerate(links)
            for place, name in enumerate(names)
        ),
    )
    paired: dict[int, int] = {}
    for _shared, _apart, number, place in pairs:
        if number not in paired and place not in paired.values():
            paired[number] = place
    for number, place in sorted(paired.items()):
        yield links[number], names[place]


def _names_of(name: str, page: nodes.document) -> Iterable[str]:
    """Give a name with the others of the same place: its title's translation is one by now."""
    place = page.nameids.get(name)
    target = page.ids.get(place) if place else None
    return [name, *(target["names"] if isinstance(target, nodes.Element) else ())]


def _words(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in re.findall(r"\w{2,}", name.casefold()))


# -------------------------------------------------------------------------------- targets


def _pair_targets(source: nodes.Element, translation: nodes.Element, page: nodes.document) -> None:
    free = list(source.findall(nodes.target))
    renamed: dict[str, str] = {}
    for target in sorted(translation.findall(nodes.target), key=lambda one: not _is_of(free, one)):
        same = (each for each in free if each.get("refuri") == target.get("refuri"))
        original = next((each for each in (*same, *free) if _is_alike(each, target)), None)
        if original is None:
            if target["names"] or target["dupnames"]:  # else only an index leads there
                _forget(target)
            continue
        free.remove(original)
        renamed |= zip(target["ids"], original["ids"], strict=False)
        _take_over(original, target, page)
    _rename_in_index(translation, renamed)
    for original in free:
        lost = original.copy()
        translation += lost
        _take_over(original, lost, page)


def _is_of(originals: Iterable[nodes.target], target: nodes.target) -> bool:
    return any(
        _is_alike(original, target) and original.get("refuri") == target.get("refuri")
        for original in originals
    )


def _is_alike(original: nodes.target, target: nodes.target) -> bool:
    return all((kind in original) == (kind in target) for kind in ("refuri", "refname"))


def _take_over(original: nodes.target, target: nodes.target, page: nodes.document) -> None:
    for key in ("ids", "names", "dupnames"):
        target[key] = list(original[key])
    for key in ("refuri", "refname"):
        if key in original:
            target[key] = original[key]
    for identifier in target["ids"]:
        page.ids[identifier] = target


def _rename_in_index(translation: nodes.Element, renamed: Mapping[str, str]) -> None:
    for index in translation.findall(addnodes.index):
        index["entries"] = [
            (kind, value, renamed.get(place, place), *rest)
            for kind, value, place, *rest in index["entries"]
        ]


def _forget(target: nodes.target) -> None:
    """Take a target away, and leave its text."""
    parent = target.parent
    if parent is not None:
        parent.replace(target, target.children)
