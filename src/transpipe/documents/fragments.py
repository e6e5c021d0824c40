"""A message on its own: how its Markdown reads, and a translation made to fit another spelling.

Other tools write other msgids for the same text: with the blocks of a list in one message, with
line breaks, with ``_emphasis_`` for ``*emphasis*``, with the address of a link in place of its
label. What reads the same is the same text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from transpipe.documents import markdown
from transpipe.documents.markdown_parser import parser
from transpipe.documents.options import Options
from transpipe.errors import DocumentError
from transpipe.model import Document

Form = tuple[tuple[str, str], ...]
"""How a text reads, to be compared: what each part is, and its content."""


def plain_form(text: str) -> Form:
    """Give the words of a text, whatever white space is between them."""
    return (("text", " ".join(text.split())),)


def fold(msgstr: str) -> str:
    """Put the lines of a translation on one."""
    return re.sub(r"\s*\n\s*", " ", msgstr.strip())


def tidy(msgstr: str) -> str:
    """Fold the lines of a translation, but for hard line breaks, which get their backslash."""
    text = re.sub(r"[ \t]*(?<!\\)\\\n[ \t]*| {2,}\n[ \t]*", "\0", msgstr.strip())
    return re.sub(r"[ \t]*\n[ \t]*", " ", text).replace("\0", "\\\n")


# --------------------------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class _Inline:
    """The inline markup of a text."""

    form: Form
    addresses: tuple[str, ...]
    """Of its links and images, in order; those that a label stands for are ``ref:`` and the
    number of the label."""


_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]")


def markdown_form(text: str, flavour: str) -> Form:
    """Say how a text reads: its words and markup, without the addresses of its links."""
    return _read(text, flavour).form


def inside_link(form: Form) -> Form | None:
    """Say how the text of a link reads, for a message that is one link and no more."""
    opening = [part for part in form if part[0] == "link_open"]
    if len(opening) == 1 and form[0] == ("link_open", "") and form[-1][0] == "link_close":
        return form[1:-1]
    return None


def _read(text: str, flavour: str) -> _Inline:
    # Which labels the document defines is not known here: each is taken for that of a link.
    references = {
        normalizeReference(label): {"href": f"ref:{number}", "title": ""}
        for number, label in enumerate(_labels(text))
    }
    env: dict[str, Any] = {"references": references}
    [block] = parser(flavour).parseInline(re.sub(r"\\?\n", " ", text).strip(), env)
    joined: list[tuple[str, str]] = []
    addresses: list[str] = []
    for kind, value in _parts(block.children or ()):
        if kind == "address":
            addresses.append(value)
        elif kind == "text" and joined and joined[-1][0] == "text":
            joined[-1] = (kind, joined[-1][1] + value)
        elif kind != "text" or value:
            joined.append((kind, value))
    form = tuple((kind, re.sub(r"\s+", " ", value)) for kind, value in joined)
    return _Inline(form, tuple(addresses))


def _labels(text: str) -> list[str]:
    return list(dict.fromkeys(_LABEL.findall(text)))


def _parts(tokens: Iterable[Token]) -> Iterator[tuple[str, str]]:
    for token in tokens:
        for name in ("href", "src"):
            if name in token.attrs:
                yield "address", str(token.attrs[name])
        if token.type in ("softbreak", "hardbreak"):
            yield "text", " "
        elif token.type == "image":
            yield "image", str(token.attrs.get("title", ""))
            yield from _parts(token.children or ())
        elif token.type == "link_open":
            yield "link_open", str(token.attrs.get("title", ""))
        else:
            yield token.type, token.content


# ------------------------------------------------------------------------------- rewriting

_DESTINATION = re.compile(r"\]\(\s*(<[^<>\n]*>|(?:[^\s()<]|\([^\s()]*\))+)\s*\)")


def refit(old: str, msgstr: str, new: str, flavour: str) -> str | None:
    """Make the translation of one text fit another that reads the same.

    :returns: the msgstr, with the addresses and labels of the new text for those of the old one;
        None where it cannot be made without a doubt.
    """
    before, after = _read(old, flavour), _read(new, flavour)
    msgstr = tidy(msgstr)
    if before.form != after.form:
        return _wrapped(msgstr, new, after, flavour) if inside_link(after.form) else None
    if _is_spelt_alike(before, after, old, new):
        return msgstr
    return _relabelled(msgstr, before, after, new, flavour)


def _is_spelt_alike(before: _Inline, after: _Inline, old: str, new: str) -> bool:
    return before.addresses == after.addresses and _labels(old) == _labels(new)


def _wrapped(msgstr: str, new: str, after: _Inline, flavour: str) -> str | None:
    """Make a link of the translation, as the whole of the new text is one."""
    destination = new.strip().rpartition("](")[2]
    result = f"[{msgstr}]({destination}"
    read = _read(result, flavour)
    fits = inside_link(read.form) == markdown_form(msgstr, flavour)
    return result if fits and read.addresses == after.addresses else None


def _relabelled(msgstr: str, before: _Inline, after: _Inline, new: str, flavour: str) -> str | None:
    """Put other addresses or labels, if every link of the text is in its translation as it was."""
    there = _read(msgstr, flavour)
    if Counter(there.addresses) != Counter(before.addresses):
        return None
    spellings = _spellings(new, flavour)
    wanted: dict[str, str] = {}
    for old_address, address in zip(before.addresses, after.addresses, strict=True):
        spelling = spellings.get(address)
        if spelling is None or wanted.setdefault(old_address, spelling) != spelling:
            return None

    def spelt(match: re.Match[str]) -> str:
        return wanted.get(_address(match, flavour), match[0])

    result = _DESTINATION.sub(spelt, msgstr)
    read = _read(result, flavour)
    if read.form != there.form or _spelt(read, result) != _spelt(after, new):
        return None
    return result


def _address(match: re.Match[str], flavour: str) -> str:
    return parser(flavour).normalizeLink(match[1].strip("<>"))


def _spellings(text: str, flavour: str) -> dict[str, str]:
    """Give what stands behind the text of a link for each address in a text."""
    inline = {_address(match, flavour): match[0] for match in _DESTINATION.finditer(text)}
    by_label = {f"ref:{number}": f"][{label}]" for number, label in enumerate(_labels(text))}
    return {**inline, **by_label}


def _spelt(read: _Inline, text: str) -> Counter[str]:
    """Count the addresses of a text, with the labels themselves for their numbers."""
    labels = _labels(text)
    return Counter(
        f"ref:{normalizeReference(labels[int(one[4:])])}" if one.startswith("ref:") else one
        for one in read.addresses
    )


# ------------------------------------------------------------------------------- splitting

_INVARIANT = frozenset({"code_inline", "html_inline", "address"})


def split(msgid: str, msgstr: str, options: Options) -> tuple[tuple[str, str], ...]:
    """Take a message of several blocks apart, and its translation with it.

    :returns: pairs of msgid and msgstr; none where the blocks of the translation are not those of
        the source, one by one, or the code and addresses in them are not the same.
    """
    try:
        source, target = (_fragment(text, options) for text in (msgid, msgstr))
    except DocumentError:
        return ()
    if source[0] != target[0] or len(source[1]) != len(target[1]):
        return ()
    pairs = tuple(zip(source[1], target[1], strict=True))
    if any(_invariants(one, options) != _invariants(other, options) for one, other in pairs):
        return ()
    return pairs


def _fragment(text: str, options: Options) -> tuple[object, tuple[str, ...]]:
    # Behind a blank line, nothing is front matter.
    document = Document("fragment", Path("fragment"), f"\n{text}\n", "markdown", None)
    segments = markdown.segments(document, options)
    return markdown.outline(document, options), tuple(segment.msgid for segment in segments)


def _invariants(text: str, options: Options) -> Counter[str]:
    """Count what a translation has as its source has it: code, tags, addresses and numbers."""
    [block] = parser(options.markdown).parseInline(text)
    parts = list(_parts(block.children or ()))
    kept = Counter(value for kind, value in parts if kind in _INVARIANT)
    kept.update(word for kind, value in parts for word in re.findall(r"\d+", value))
    return kept
