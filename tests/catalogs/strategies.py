"""Random catalogs."""

from __future__ import annotations

from dataclasses import replace

from babel import Locale
from hypothesis import strategies as st

from transpipe.model import Catalog, Message, MessageKey, Previous

ES = Locale("es")

# EOT separates msgctxt and msgid in .mo files, NUL ends a string there.
_CHARACTERS = st.characters(codec="utf-8", exclude_characters="\x04\0")
_PHRASE = st.lists(
    st.sampled_from(
        ["a", "casa", "the", "house", "of", "``x``", "**b**", "[l](u)", "niño", "日本語", "😀", "–",
         '"q"', "\\", "\n", "\t", "word-with-hyphens", "path/to/file", "%s", "(p)", "¿qué?"]
    ),
    max_size=25,
).map(" ".join)  # fmt: skip
texts = st.one_of(_PHRASE, st.text(_CHARACTERS, max_size=60))
filled = texts.filter(bool)
_LINE = st.text(st.characters(codec="utf-8", exclude_characters="\n\r"), max_size=30).filter(
    lambda text: text == text.strip() and not text.startswith("#")
)
_FLAG = st.sampled_from(["python-format", "no-python-format", "noqa", "no-wrap", "c-format"])
_REFERENCE = st.sampled_from(["docs/a.md", "docs/b.md:12", "with space.md", "c.rst:1", "d/é.md"])


def _unique(words: st.SearchStrategy[str], size: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(words, max_size=size, unique=True).map(tuple)


@st.composite
def messages(draw: st.DrawFn, key: MessageKey | None = None) -> Message:
    """A message in any state, with or without each part."""
    msgctxt, msgid = key or (draw(st.none() | texts), draw(filled))
    plural = draw(st.none() | filled) if draw(st.integers(0, 5)) == 0 else None
    forms = tuple(draw(st.lists(texts, min_size=2, max_size=2))) if plural is not None else ()
    previous = None
    if draw(st.booleans()):
        old_plural = draw(st.none() | texts)
        previous = Previous(draw(texts), draw(st.none() | texts), old_plural)
    fuzzy = ("fuzzy",) if draw(st.booleans()) else ()
    return Message(
        msgid,
        "" if plural is not None else draw(texts),
        msgctxt,
        plural,
        forms,
        fuzzy + draw(_unique(_FLAG)),
        draw(_unique(_REFERENCE)),
        draw(_unique(_LINE)),
        draw(_unique(_LINE)),
        previous,
        draw(st.booleans()),
    )


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    """A catalog with a header and unique messages."""
    found = {message.key: message for message in draw(st.lists(messages(), max_size=6))}
    header = Message("", "Language: es\nContent-Type: text/plain; charset=UTF-8\n")
    if draw(st.booleans()):
        header = replace(header, comments=draw(_unique(_LINE)), flags=("fuzzy",))
    return Catalog("page", ES, header, tuple(found.values()))


# ----------------------------------------------------------------- projects, for updates

_SENTENCES = [
    "The library opens at nine in the morning and closes at six.",
    "The library opens at ten in the morning and closes at six.",
    "The library opens at ten in the morning, and closes at five.",
    "Members may borrow up to three books at a time.",
    "Members may borrow up to four books at once.",
    "Opening hours",
    "Opening times",
    "Contact",
    "How to reach us",
    "Write to the front desk, or call.",
    "Write to the front desk or call us.",
    "Write to the front desk  or call us.",
    "",
]
_keys = st.tuples(
    st.sampled_from([None, None, None, "front-matter:title"]),
    st.sampled_from(_SENTENCES[:-1]),
)


@st.composite
def templates(draw: st.DrawFn, domain: str) -> Catalog:
    """A template over a small set of sentences, many of them alike."""
    found = draw(st.lists(_keys, max_size=8, unique=True))
    plurals = draw(st.sets(st.sampled_from(_SENTENCES[:-1]), max_size=1))
    return Catalog(
        domain,
        None,
        Message("", "POT-Creation-Date: 2026-01-01 00:00+0000\n"),
        tuple(
            Message(
                msgid,
                msgctxt=msgctxt,
                msgid_plural="many" if msgid in plurals else None,
                references=(f"docs/{domain}.md",),
            )
            for msgctxt, msgid in found
        ),
    )


@st.composite
def translated(draw: st.DrawFn, domain: str) -> Catalog:
    """An old catalog over the same sentences; every msgstr names its msgid."""
    found = []
    for number, key in enumerate(draw(st.lists(_keys, max_size=8, unique=True))):
        message = Message(key[1], msgctxt=key[0], references=("old.md",))
        state = draw(st.sampled_from(["translated", "fuzzy", "untranslated", "obsolete"]))
        if state != "untranslated":
            text = f"{domain}:{number}:{key[0]}:{key[1]}"
            if draw(st.integers(0, 6)) == 0:
                message = replace(message, msgid_plural="many", msgstr_plural=(text, text + "!"))
            else:
                message = replace(message, msgstr=text)
        if state == "fuzzy":
            previous = draw(st.none() | st.just(Previous("even older")))
            message = replace(message, flags=("fuzzy",), previous=previous)
        if state == "obsolete":
            message = replace(message, obsolete=True, references=())
        found.append(replace(message, comments=("note",) if draw(st.booleans()) else ()))
    generator = draw(st.sampled_from(["", "X-Generator: transpipe\n"]))
    return Catalog(domain, ES, Message("", f"Language: es\n{generator}"), tuple(found))


def projects() -> st.SearchStrategy[tuple[dict[str, Catalog], dict[str, Catalog]]]:
    """Templates and old catalogs of a project of up to three documents."""
    names = ["index", "guide", "about"]

    def chosen(one: st.SearchStrategy[Catalog]) -> st.SearchStrategy[Catalog | None]:
        return st.none() | one

    return st.tuples(
        st.fixed_dictionaries({name: chosen(templates(name)) for name in names}).map(_present),
        st.fixed_dictionaries({name: chosen(translated(name)) for name in names}).map(_present),
    )


def _present(found: dict[str, Catalog | None]) -> dict[str, Catalog]:
    return {name: catalog for name, catalog in found.items() if catalog is not None}
