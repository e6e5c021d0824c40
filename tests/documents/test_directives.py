"""Directives of MyST outside Sphinx: the msgids are those of a real gettext build."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from transpipe.documents.formats import FORMATS, Options
from transpipe.documents.translate import translate
from transpipe.errors import DocumentError
from transpipe.model import Document

from .make import assert_laws, assert_spans_hold_segments, document
from .test_msgids_as_sphinx import our_msgids, sphinx_9, sphinx_msgids

MYST = Options(markdown="myst")

DIRECTIVES = """\
# Uno

````{admonition} Un *título*
:class: x

Cuerpo

```{note} Primera
segunda
```

> ```{tip}
> En cita
> dos
> ```
````

```{figure} a.png
:alt: Alterno
:name: x

Pie de *foto*

Leyenda

Otra
```

```{image} b.png
---
alt: Otro texto
width: 1
---
```

```{list-table} Título
:header-rows: 1

* - a
  - b
* - c
  - d | e
```

```{versionadded} 1.0 Texto *añadido*
```

```{versionchanged} 2.0
Cuerpo del cambio
```

```{code-block} python
:caption: Un *código*

x = 1
```

```{seealso}
Ver {ref}`a <x>` y {abbr}`b (c)`
```

```{topic} Tema
Texto
```

```{sidebar} Lado
Texto lateral
```

```{rubric} Rúbrica
```

- lista

  ```{warning}
  :class: y

  Cuidado

  - sub
  ```

```{epigraph}
Epígrafe

-- Autor *suyo*
```

```{container} clase
Contenido
```

```{only} html
Solo
```

```{toctree}
:caption: Menú

Uno título <otra>
```

```{csv-table} Valores
a,b
```

```{glossary}
término
  definición larga
  de dos líneas

otro
  más
```

```{hint} Solo la línea
```

```{attention}

   sangrado
```

```{literalinclude} conf.py
:caption: Incluido
```

:::{danger}
:class: z

Dos puntos
:::

::::{important}
:::{tip}
Dentro

- de otro
:::
::::

:::clase
Sin *directiva*

:::

```{unknown-here}
nada
```
"""


@sphinx_9
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_msgids_are_those_of_a_gettext_build(tmp_path: Path, ending: str) -> None:
    known = DIRECTIVES.replace("```{unknown-here}\nnada\n```\n", "").replace("\n", ending)
    theirs = sphinx_msgids(tmp_path, {"page": known, "otra": "# o\n"}, ["colon_fence"])["page"]
    assert len(theirs) == 45
    assert our_msgids(document(DIRECTIVES.replace("\n", ending)), MYST) == theirs


def test_where_they_differ(tmp_path: Path) -> None:
    # Sphinx leaves the cells of this table out, and takes formulas, which nobody translates.
    text = "```{table} T\n| x | y |\n|---|---|\n```\n\n```{math}\na = 1\n```\n"
    theirs = sphinx_msgids(tmp_path, {"page": text}, [])["page"]
    assert theirs == {"T", "a = 1"}
    assert our_msgids(document(text), MYST) == {"T", "x", "y"}


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("prefix", ["", "> ", "- "])
def test_the_laws(ending: str, prefix: str) -> None:
    others = {"- ": "  "}.get(prefix, prefix)
    lines = [
        (others if number else prefix) + line for number, line in enumerate(DIRECTIVES.split("\n"))
    ]
    source = document(ending.join(lines))
    assert_spans_hold_segments(source, MYST)
    for lookup in (lambda s: f"«{s.msgid}", lambda s: f"{s.msgid} ⟧"):
        assert not assert_laws(source, MYST, lookup).refused


def test_what_is_written() -> None:
    words = {
        "Un *título*": "A *title*",
        "Primera\nsegunda": "One two",
        "Autor *suyo*": "An author",
        "Alterno": "Text",
        "Uno título": "One title",
        "término": "term",
        "definición larga\n  de dos líneas": "long",
    }
    folded = {" ".join(old.split()): new for old, new in words.items()}
    result = translate(document(DIRECTIVES), MYST, lambda segment: folded.get(segment.msgid))
    expected = DIRECTIVES
    for old, new in words.items():
        expected = expected.replace(old, new)
    assert result.text == expected


@pytest.mark.parametrize(
    "msgstr", ["uno\n```", "```", "uno\n:::", "# uno", "- uno", "```{raw} html", "uno <x>\ndos <y>"]
)
def test_a_msgstr_that_breaks_a_directive_is_refused(msgstr: str) -> None:
    for text in ("```{note}\nhola\n```\n", "```{toctree}\nhola <x>\n```\n"):
        result = translate(document(text), MYST, lambda _: msgstr)
        form = FORMATS["markdown"]
        after: Document = replace(document(text), text=result.text)
        assert form.outline(after, MYST) == form.outline(document(text), MYST)


def test_between_colons_an_unknown_directive_holds_markdown() -> None:
    text = (
        "::::{tab-set}\n:::{tab-item} Uno\n:sync: a\n\ndos\n:::\n::::\n\n"
        ":::{nuevo} nombre\n:x: y\n\ntres\n\n- *cuatro*\n:::\n\n"
        ":::{math}\na = 1\n:::\n\n```{nuevo}\nno\n```\n"
    )
    assert our_msgids(document(text), MYST) == {"Uno", "dos", "tres", "*cuatro*"}
    assert not assert_laws(document(text), MYST, lambda s: f"{s.msgid} zz").refused


def test_elsewhere_a_directive_is_code() -> None:
    fences = DIRECTIVES.partition(":::{danger}")[0]
    assert our_msgids(document(fences), Options()) == {"Uno", "lista"}


@pytest.mark.parametrize("deep", [50, 51, 2000])
def test_directives_nested_too_deeply_are_named(deep: int) -> None:
    source = document(":::{note}\n" * deep + "uno\n")
    if deep <= 50:
        [segment] = FORMATS["markdown"].segments(source, MYST)
        assert segment.msgid == "uno"
    else:
        with pytest.raises(DocumentError, match=r"page\.md:52: directives are nested too deeply"):
            FORMATS["markdown"].segments(source, MYST)
