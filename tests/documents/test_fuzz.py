"""Every structure within every other, in every flavour: `make fuzz` runs it for long."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from hypothesis import event, given
from hypothesis import strategies as st

from transpipe.documents.formats import FORMATS, Options
from transpipe.documents.hosts import FLAVOURS
from transpipe.errors import DocumentError
from transpipe.model import Placement, Segment

from .make import (
    HOSTED,
    MARKDOWN,
    NOISE,
    TRICKS,
    assert_laws,
    assert_spans_hold_segments,
    document,
)

_TEXTS = st.sampled_from(
    [
        "- [ ] tarea\n- [x] *hecha*\n  sigue\n",
        "| a \\| b | `c|d` |\n|:--|--:|\n| ![x](y) | [z](w 't') |\n",
        "término\n: definición\n  larga\n\n: otra\n",
        "uno[^n] <https://example.org> dos@example.org\n\n[^n]: nota\n\n    sigue\n",
        "<details open>\n<summary>Resumen <b>x</b></summary>\n\ntexto\n\n</details>\n",
        '<figure>\n<img src="a.png" alt="una foto">\n<figcaption>Pie</figcaption></figure>\n',
        "[r]: https://example.org \"un título\"\n[s]:\n  <a b>\n  'otro'\n",
        "```{note} Un título\n:class: x\n\ncuerpo\n\n- uno\n```\n",
        "````{admonition} T\n```{figure} a.png\n:alt: foto\n\nPie\n```\n````\n",
        "```{list-table} Tabla\n* - a\n  - b\n* - c\n  - d\n```\n",
        ":::{tip} Hola\n:class: x\ncuerpo\n:::\n",
        "::::{grid}\n:::{card} T\nuno\n+++\ndos\n:::\n::::\n",
        '{{< figure src="a" caption="Un *pie*" >}}\nuno {{< ref "a b" >}}\n',
        '{{< figura "a.png" "Un pie" >}}\n',
        "[x]({{< ref \"c d\" >}} 't')\n\n<!--more-->\n\ny {{% k %}} z\n",
        '!!! note "Título"\n    cuerpo\n\n??? tip\n    uno\n\n=== "Uno"\n    x\n',
        "/// details | R\n    type: x\ny\n///\n",
        "import A from 'a'\n\n<A title=\"T\">\n  texto **b**\n</A>\n\n{/* no */}\n\n{a.b} y\n",
        "<!-- transpipe: skip -->\nno\n\n<!-- i18n:comment: c -->\nsí\n",
        "<!-- mdpo-disable -->\nno\n\n<!-- mdpo-enable -->\n",
        "```python\n# comentario\nx = 1  # otro\n```\n",
        "uno  \ndos\\\ntres\n\n    código\n\n***\nTítulo\n======\n# otro # {#id}\n",
        "(blanco)=\n% nota\n{rol}`texto <a>` y $x$\n+++\n",
    ]
)
_WRAPS = st.sampled_from(
    [("", ""), ("> ", "> "), ("- ", "  "), ("1. ", "   "), ("[^w]: ", "    "), ("-\t", "\t")]
)


def _within(parts: tuple[tuple[str, str], str]) -> str:
    (first, others), text = parts
    lines = text.split("\n")
    return "\n".join([first + lines[0], *(others + line if line else line for line in lines[1:])])


STRUCTURES = st.recursive(
    _TEXTS | HOSTED,
    lambda inner: (
        st.tuples(_WRAPS, inner).map(_within)
        | st.lists(inner, min_size=2, max_size=3).map("\n".join)
    ),
    max_leaves=5,
)
DOCUMENTS = st.one_of(
    st.tuples(
        st.sampled_from(["", "\ufeff", "---\ntitle: Uno\n---\n", "+++\ntitle = 'Uno'\n+++\n"]),
        STRUCTURES,
        st.sampled_from(["\n", "\r\n", "\r"]),
        st.booleans(),
    ).map(lambda p: (p[0] + (p[1] if p[3] else p[1].rstrip("\n"))).replace("\n", p[2])),
    MARKDOWN,
    NOISE,
)
WORDS = st.sampled_from([" zz", "\nzz", "  \nzz", "\\\nzz", ""])


@given(
    DOCUMENTS,
    st.sampled_from(sorted(FLAVOURS)),
    st.sampled_from([".md", ".mdx"]),
    st.builds(Options, markdown=st.sampled_from(["gfm", "myst"]), code_comments=st.booleans()),
    st.tuples(st.sampled_from(["zz ", ""]), WORDS),
    st.lists(TRICKS, max_size=3),
)
def test_every_structure_in_every_flavour(
    text: str,
    flavour: str,
    suffix: str,
    options: Options,
    around: tuple[str, str],
    tricks: list[str],
) -> None:
    source = replace(document(text), flavour=flavour, path=Path(f"page{suffix}"))
    try:
        found = FORMATS["markdown"].segments(source, options)
    except DocumentError as problem:
        event("refused")
        assert problem.path is not None
        return
    event(f"flagged: {any(each.placement is Placement.UNLOCATED for each in found)}")

    def lookup(segment: Segment) -> str:
        number = segment.line + len(segment.msgid)
        if tricks and number % 3 == 0:
            return tricks[number % len(tricks)]
        return re.sub(r"\s+$", "", around[0] + segment.msgid) + around[1]

    assert_spans_hold_segments(source, options)
    assert_laws(source, options, lookup)
