"""What sites write into Markdown: protected, taken apart around it, and never broken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transpipe.config import FLAVOURS as NAMES
from transpipe.documents.formats import FORMATS, Options
from transpipe.documents.hosts import FLAVOURS, flavour_of, hide
from transpipe.documents.translate import Translation, translate
from transpipe.errors import DocumentError
from transpipe.model import Document, Placement

from .make import HOSTED, NOISE, assert_laws, assert_spans_hold_segments, at_least, document

HUGO = """\
{{% notice tip %}}
Un **consejo**
aquí.
{{< figure src="a.png" caption="Un \\"pie\\"" >}}
Más con {{< ref "a b" >}} y [x]({{< ref "c d" >}} "t").
{{% /notice %}}

- {{< icon ok >}} punto
  {{< video
      id="x" >}}

{{< highlight go >}}
código

# nada
{{< /highlight >}}

| a {{< x "p|q" >}} | b |
|---|---|

uno <!--more-->
"""
MKDOCS = """\
!!! note "Un *título*"
    Cuerpo
    dos

    - lista

    ```
    código
    ```

fuera

??? tip
    Hola

=== "Uno"

    uno

=== "Dos"
    dos

/// details | Otro título
    type: x
    open: True

contenido
///

párrafo
{: .clase }

--8<-- "otro.md"

{% if x %}
Hola {{ nombre }}
{% endif %}
"""
DOCUSAURUS = """\
import Tabs from '@theme/Tabs';
export const dato = {

  a: "b"};

# Hola {#hola}

:::note[Mi *título*]

Texto <b>dentro</b> {props.x} y `{código}`.

:::

<Tabs groupId="x">
  <TabItem
    value="a"
    label="Manzana"
  >
    Esto es **texto**
    sigue
  </TabItem>
</Tabs>

{/* transpipe: skip */}

nada

<details>
<summary>Resumen</summary>

- uno <br/> dos

</details>

```jsx
<Foo title="no">{x}</Foo>
```
"""
JEKYLL = """\
{% include nota.html title="Un título" %}
{% raw %}
{{ nada }}
{% endraw %}

Hola {{ site.nombre }}
{: .grande}

[a]({% link b.md %})
{# comentario #}
"""
ASTRO = """\
:::tip[Un consejo]{icon="x"}
Texto <b>uno</b> {no}
:::
"""
PAGES = {
    "hugo": HUGO,
    "mkdocs": MKDOCS,
    "docusaurus": DOCUSAURUS,
    "jekyll": JEKYLL,
    "astro": ASTRO,
}
EXPECTED = {
    "hugo": [
        (2, "paragraph", "Un **consejo** aquí.", None),
        (4, "attribute", 'Un "pie"', "shortcode:caption"),
        (5, "paragraph", 'Más con {{< ref "a b" >}} y [x]({{< ref "c d" >}} "t").', None),
        (8, "paragraph", "{{< icon ok >}} punto", None),
        (18, "cell", 'a {{< x "p|q" >}}', None),
        (18, "cell", "b", None),
        (21, "paragraph", "uno <!--more-->", None),
    ],
    "mkdocs": [
        (1, "title", "Un *título*", None),
        (2, "paragraph", "Cuerpo dos", None),
        (5, "paragraph", "lista", None),
        (11, "paragraph", "fuera", None),
        (14, "paragraph", "Hola", None),
        (16, "title", "Uno", None),
        (18, "paragraph", "uno", None),
        (20, "title", "Dos", None),
        (21, "paragraph", "dos", None),
        (23, "title", "Otro título", None),
        (27, "paragraph", "contenido", None),
        (30, "paragraph", "párrafo", None),
        (36, "paragraph", "Hola {{ nombre }}", None),
    ],
    "docusaurus": [
        (6, "heading", "Hola {#hola}", None),
        (8, "title", "Mi *título*", None),
        (10, "paragraph", "Texto <b>dentro</b> {props.x} y `{código}`.", None),
        (17, "attribute", "Manzana", "jsx:label"),
        (19, "paragraph", "Esto es **texto** sigue", None),
        (29, "paragraph", "<summary>Resumen</summary>", None),
        (31, "paragraph", "uno <br/> dos", None),
    ],
    "jekyll": [
        (1, "attribute", "Un título", "shortcode:title"),
        (6, "paragraph", "Hola {{ site.nombre }}", None),
        (9, "paragraph", "[a]({% link b.md %})", None),
    ],
    "astro": [
        (1, "title", "Un consejo", None),
        (2, "paragraph", "Texto <b>uno</b> {no}", None),
    ],
}


def page(text: str, flavour: str, suffix: str = ".md") -> Document:
    return replace(document(text), flavour=flavour, path=Path(f"page{suffix}"))


def render(text: str, flavour: str, msgstr: str) -> Translation:
    return translate(page(text, flavour), Options(), lambda _: msgstr)


def test_mdx_modules_follow_an_expression_at_once() -> None:
    text = "## uno\n\n{/* nota */}\nimport T from 'a';\n\n<T />\n\ndos\nimport a from 'b'\n"
    found = FORMATS["markdown"].segments(page(text, "mdx"), Options())
    assert [each.msgid for each in found] == ["uno", "dos import a from 'b'"]


def test_a_snippet_stands_on_a_line_of_its_own() -> None:
    assert render("La nota `--8<--` de uno", "mkdocs", "The `--8<--` note").refused == ()
    assert render("uno", "mkdocs", 'one\n--8<-- "x"').refused


def test_the_configuration_knows_the_flavours() -> None:
    assert set(NAMES) == set(FLAVOURS)


@pytest.mark.parametrize("flavour", sorted(PAGES))
def test_what_becomes_a_segment(flavour: str) -> None:
    source = page(PAGES[flavour], flavour)
    found = FORMATS["markdown"].segments(source, Options())
    assert [(s.line, s.kind.value, s.msgid, s.msgctxt) for s in found] == EXPECTED[flavour]
    assert all(segment.placement is Placement.EXACT for segment in found)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("flavour", sorted(PAGES))
def test_what_is_written_and_what_stays(flavour: str, ending: str) -> None:
    source = page(PAGES[flavour].replace("\n", ending), flavour)
    assert_spans_hold_segments(source, Options())
    for lookup in (lambda s: f"«{s.msgid}", lambda s: f"{s.msgid} ⟧"):
        result = assert_laws(source, Options(), lookup)
        assert not result.refused


def test_a_page_of_hugo_in_full() -> None:
    words = {"Un **consejo** aquí.": "A **tip** here.", 'Un "pie"': 'A "legend"'}
    words |= {'a {{< x "p|q" >}}': 'one | {{< x "p|q" >}}', "b": "two"}
    result = translate(page(HUGO, "hugo"), Options(), lambda s: words.get(s.msgid))
    expected = HUGO.replace("Un **consejo**\naquí.", "A **tip** here.")
    expected = expected.replace('Un \\"pie\\"', 'A \\"legend\\"')
    expected = expected.replace('| a {{< x "p|q" >}} | b |', '| one \\| {{< x "p|q" >}} | two |')
    assert result.text == expected
    assert not result.refused


@pytest.mark.parametrize(
    ("flavour", "source", "msgstr", "reason"),
    [
        ("hugo", "uno {{< x >}} dos", "one {{< y >}} two", "it adds the template tag {{< y >}}"),
        ("hugo", "uno {{< x >}}", "one {{< x", "it adds the template tag {{"),
        (
            "hugo",
            "uno {{< x >}}dos{{< /x >}}",
            "one {{< x >}}two",
            "it does not open and close the tag x as the source does",
        ),
        ("jekyll", "{% if a %}b{% endif %}", "{% if a %}b", "it does not open and close the tag"),
        ("mdx", "uno {x.y} dos", "one {x.z} two", "it adds the tag {x.z}"),
        ("mdx", "uno <Foo a={1}/> dos", "one <Foo a={2}/> two", "it adds the "),
        ("mdx", "uno <b>dos</b>", "one <b>two", "it does not open and close the tag b"),
        ("none", "uno <b>dos</b>", "one <b>two", "it does not open and close the tag b"),
        ("none", "<p>uno <b>dos</b></p>", "one <b>two", "it does not open and close the tag b"),
        ("hugo", "uno {{< x >}} dos", "one\n{{< x >}}\ntwo", "it would change the block structure"),
        ("mkdocs", '!!! note "Uno"\n    x', 'O"ne', "it would"),
        ("mkdocs", "uno", "!!! note", "it would change the block structure"),
        ("docusaurus", "uno", ":::note", "it would change the block structure"),
    ],
)
def test_a_msgstr_that_breaks_the_host_is_refused(
    flavour: str, source: str, msgstr: str, reason: str
) -> None:
    result = translate(
        page(source, flavour), Options(), lambda s: None if s.msgid == "x" else msgstr
    )
    assert result.text == source
    assert len(result.refused) == 1
    assert result.refused[0].reason.startswith(reason)


@pytest.mark.parametrize(
    ("flavour", "source", "msgstr"),
    [
        ("hugo", "uno {{< x >}} dos", "two {{< x >}} one"),
        ("hugo", 'uno {{< x a=1 alt="uno" >}}', 'one {{< x a=1 alt="one" >}}'),
        ("hugo", "uno {{< x >}} dos", "one two"),
        ("mdx", 'uno <Foo title="uno"/>', 'one <Foo title="one"/>'),
        ("none", "uno <b>dos</b>", "one two"),
        ("none", "uno<br>dos", "one two"),
        ("jekyll", "{% if a %}b{% endif %} {{ c }}", "{{ c }} {% if a %}d{% endif %}"),
    ],
)
def test_a_msgstr_that_keeps_the_host_is_written(flavour: str, source: str, msgstr: str) -> None:
    assert render(source, flavour, msgstr).text == msgstr


@pytest.mark.parametrize(
    ("tag", "shortcodes", "expected"),
    [
        ('{{< figure "a.png" "Un pie de foto" >}}', (), [("Un pie de foto", "shortcode:2")]),
        ("{{% details `Ver más` abierto %}}", (), [("Ver más", "shortcode:1")]),
        ('{{< cita "Ana \\"A\\" Gil" >}}', (), [('Ana "A" Gil', "shortcode:1")]),
        ('{{< details "Resumen" >}}', (), []),
        ('{{< details "Resumen" >}}', ("details.1",), [("Resumen", "shortcode:1")]),
        ('{{< figure "una foto.png" "Pie" >}}', ("figure.2",), [("Pie", "shortcode:2")]),
        ('{{< figure "a b" "Pie" >}}', ("figure.2",), [("Pie", "shortcode:2")]),
        ('{{< img "mi foto.png" >}}', (), []),
        ('{{< img "/mi foto/a b" >}}', (), []),
        ('{{< relref "mi página" >}}', (), []),
        (
            '{{< x "Un texto" a="no es" title="Sí" >}}',
            (),
            [("Un texto", "shortcode:1"), ("Sí", "shortcode:title")],
        ),
        ('{{< sc/uno 12 "dos palabras" />}}', (), [("dos palabras", "shortcode:2")]),
    ],
)
def test_a_parameter_without_a_name_may_be_text(
    tag: str, shortcodes: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    source, options = page(f"uno\n\n{tag}\n", "hugo"), Options(shortcodes=shortcodes)
    found = FORMATS["markdown"].segments(source, options)
    assert [(each.msgid, each.msgctxt) for each in found[1:]] == expected
    result = assert_laws(source, options, lambda segment: f'{segment.msgid} "zz" \\')
    assert not result.refused


@pytest.mark.parametrize(
    ("tag", "shortcodes", "translated"),
    [
        ('{{< tip "una nota" >}}', (), '{{< tip "note" >}}'),
        ('{{< tip "una nota" >}}', (), '{{< tip "a \\"note\\"" >}}'),
        ("{{% tip x `una nota` %}}", (), "{{% tip x `a note` %}}"),
        ('{{< tip "Nota" >}}', ("tip.1",), '{{< tip "Note" >}}'),
        (
            '{{< tip "una nota" alt="Sí" b="c" >}}',
            (),
            '{{< tip "a note" alt="Yes" b="c" >}}',
        ),
    ],
)
def test_text_in_a_tag_inside_a_sentence_is_translated(
    tag: str, shortcodes: tuple[str, ...], translated: str
) -> None:
    source, options = page(f"uno {tag} dos", "hugo"), Options(shortcodes=shortcodes)
    msgstr = f"one {translated} two"
    result = translate(source, options, lambda _: msgstr)
    assert (result.text, result.refused) == (msgstr, ())


@pytest.mark.parametrize(
    ("tag", "shortcodes", "translated"),
    [
        ('{{< tip "Nota" >}}', (), '{{< tip "Note" >}}'),
        ('{{< tip "una nota" >}}', ("tip.2",), '{{< tip "a note" >}}'),
        ('{{< tip "a b.png" "una nota" >}}', (), '{{< tip "c d.png" "a note" >}}'),
        ('{{< ref "una nota" >}}', (), '{{< ref "a note" >}}'),
        ('{{< tip "una nota" >}}', (), '{{< top "a note" >}}'),
        ('{{< tip "una nota" >}}', (), '{{< tip "a note" "b c" >}}'),
        ('{{< tip "una nota" >}}', (), '{{< tip "a >}} {{< x >}}" >}}'),
        ('{{< tip "una nota" >}}', (), "{{< tip a note >}}"),
    ],
)
def test_nothing_else_in_a_tag_inside_a_sentence_is(
    tag: str, shortcodes: tuple[str, ...], translated: str
) -> None:
    source, options = page(f"uno {tag} dos", "hugo"), Options(shortcodes=shortcodes)
    result = translate(source, options, lambda _: f"one {translated} two")
    assert result.text == source.text
    assert [each.reason.startswith("it adds the ") for each in result.refused] == [True]


def test_mdx_is_read_by_its_suffix() -> None:
    assert flavour_of(page("", "none", ".mdx")).mdx and flavour_of(page("", "astro", ".MDX")).mdx
    assert not flavour_of(page("", "astro")).mdx
    found = FORMATS["markdown"].segments(
        page("import a from 'a'\n\nuno\n", "none", ".mdx"), Options()
    )
    assert [segment.msgid for segment in found] == ["uno"]


@given(HOSTED, st.sampled_from(sorted(FLAVOURS)), st.sampled_from([" zz", "\nzz"]))
@at_least(300)
def test_the_laws_on_pieces_of_host_syntax(text: str, flavour: str, suffix: str) -> None:
    source = page(text, flavour)
    try:
        FORMATS["markdown"].segments(source, Options())
    except DocumentError:
        return
    assert_spans_hold_segments(source, Options())
    assert_laws(source, Options(), lambda segment: segment.msgid + suffix)


@given(st.one_of(HOSTED, NOISE), st.sampled_from(sorted(FLAVOURS)))
def test_what_is_hidden_is_revealed(text: str, flavour: str) -> None:
    source = text.replace("\r\n", "\n").replace("\r", "\n")
    masked = hide(source, FLAVOURS[flavour])
    assert len(masked.text) == len(source)
    assert masked.text.count("\n") == source.count("\n")
    assert masked.reveal(masked.text) == source
