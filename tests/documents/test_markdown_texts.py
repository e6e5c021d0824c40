"""Texts that are no blocks: in HTML, in titles of link definitions, in comments of code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transpipe.documents.formats import Options
from transpipe.documents.html_text import html_texts
from transpipe.model import Segment

from .make import GFM, assert_laws, assert_spans_hold_segments, document, render, segments

COMMENTS = Options(code_comments=True)

PAGE = """\
<figure>
  <img src="x.png" alt="Una &amp; foto" title='t'>
  <figcaption>Pie <b>de</b>
  foto</figcaption>
</figure>

<details><summary>Más</summary>

Texto <abbr title="uno">U</abbr>

</details>

> <p>en cita
> sigue</p>

<script>
var x = "no";
</script>

<pre>
no
</pre>

<!-- no -->

[r]: http://x "Un \\"título\\""
[s]: <http://y z>
  'otro'
[t]: (a)
[u]: "b"

<div><code>no</code> &nbsp; — <img alt="sí"></div>
"""


def told(page: str, options: Options = GFM) -> list[tuple[int, str, str | None]]:
    return [(each.line, each.msgid, each.msgctxt) for each in segments(page, options)]


def test_every_text_with_its_context() -> None:
    assert told(PAGE) == [
        (2, "Una & foto", "html:alt"),
        (2, "t", "html:title"),
        (3, "Pie <b>de</b> foto", "html"),
        (7, "Más", "html"),
        (9, 'Texto <abbr title="uno">U</abbr>', None),
        (13, "en cita sigue", "html"),
        (26, 'Un "título"', "link-title"),
        (28, "otro", "link-title"),
        (32, "sí", "html:alt"),
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_laws(ending: str) -> None:
    source = document(PAGE.replace("\n", ending))
    assert_spans_hold_segments(source, GFM)
    for lookup in (lambda s: f"«{s.msgid}", lambda s: f"{s.msgid} ⟧", lambda s: f"{s.msgid}\nb"):
        assert not assert_laws(source, GFM, lookup).refused


def test_quotes_are_written_as_they_must_be() -> None:
    words = {"Una & foto": 'A "photo" & more', "t": "it's", "otro": "other's"}
    result = render(PAGE, lambda segment: words.get(segment.msgid))
    assert not result.refused
    assert "alt=\"A &quot;photo&quot; &amp; more\" title='it&#39;s'" in result.text
    assert "'other\\'s'" in result.text


@pytest.mark.parametrize(
    ("page", "msgstr"),
    [
        ("<p>uno</p>\n", "one</p><p>two"),
        ("<p>uno</p>\n", "one <b>two"),
        ("<p>uno</p>\n", "<!-- one"),
        ("<p>uno</p>\n", "<script>one"),
        ("<p>uno <b>dos</b></p>\n", "one <b>two"),
        ("[a]: b 'uno'\n", "one' c"),
    ],
)
def test_a_msgstr_that_breaks_the_tags_is_refused(page: str, msgstr: str) -> None:
    result = render(page, lambda _: msgstr)
    assert result.text == page or page.startswith("[")
    assert bool(result.refused) or "\\'" in result.text


PIECES = [
    *("<p>", "</p>", "<b>", "</b>", "<img alt='a b' ", 'title="c"', ">", "<", "/>", "<pre>", "x "),
    *("</pre>", "<!--", "-->", "&amp;", "\n", "  ", "uno", "<code>", "</code>", "'", '"', "<?"),
]
HTML = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(HTML)
def test_texts_of_html_are_in_order_and_apart(html: str) -> None:
    end = 0
    for text in html_texts(html):
        assert end <= text.start < text.end <= len(html)
        end = text.end


@given(HTML, st.sampled_from(["<div>", "> <p>", "- <p>"]))
def test_the_laws_on_pieces_of_html(html: str, opening: str) -> None:
    source = document(f"{opening}{html}\n\nfin\n")
    assert_spans_hold_segments(source, GFM)
    assert_laws(source, GFM, lambda segment: f"{segment.msgid} zz")


CODE = """\
```python
# Hola mundo
x = "# no"  # un *comentario*
#!no
```

- a

  ```c
  /* Uno
   * dos */
  int x; // tres
  #include <a>
  ```

```sh
#!/bin/sh
# sí
echo '# no'
```

```html
<!-- cuatro -->
```

```sin-nombre
# no
```

    # no
"""


def test_comments_of_code_on_request() -> None:
    assert [row[1] for row in told(CODE)] == ["a"]
    assert told(CODE, COMMENTS) == [
        (2, "Hola mundo", "code-comment"),
        (3, "un *comentario*", "code-comment"),
        (4, "no", "code-comment"),
        (7, "a", None),
        (10, "Uno", "code-comment"),
        (11, "dos", "code-comment"),
        (12, "tres", "code-comment"),
        (18, "sí", "code-comment"),
        (23, "cuatro", "code-comment"),
    ]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_comments_keep_the_laws(ending: str) -> None:
    source = document(CODE.replace("\n", ending))
    assert_spans_hold_segments(source, COMMENTS)
    for lookup in (lambda s: f"«{s.msgid}", lambda s: f"{s.msgid} ⟧", lambda s: f"{s.msgid}\nb"):
        assert not assert_laws(source, COMMENTS, lookup).refused


@pytest.mark.parametrize("msgstr", ["one */ x = 1; /* two", "one */"])
def test_a_comment_changes_no_other_token(msgstr: str) -> None:
    page = "```c\n/* uno */\nint x; // dos\nint y;\n```\n"

    def lookup(segment: Segment) -> str:
        return msgstr

    result = render(page, lookup, COMMENTS)
    assert result.refused
    assert "int x;" in result.text and "int y;" in result.text
    assert result.text.count("*/") == 1 or "// one */" in result.text
