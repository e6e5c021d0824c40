"""Law 11: the words a report counts are those that a reader of the built site sees."""

from __future__ import annotations

import json
import re

import pytest
from bs4 import BeautifulSoup

from tests.commands.helpers import Shell

CONFIG = """source_language = "en"
languages = ["es", "en"]
source_dir = "docs"
source_languages = { "comunidad/**" = "es" }
"""
CONF = 'project = "Words"\nextensions = ["myst_parser"]\nhtml_theme = "alabaster"\n'
PAGE = """---
title: A title for the head alone
---
# A *short* page of state-of-the-art text

Don't stop – read [the whole guide](https://example.org/a/b "its title") now, please!

- one item
- a second one, with `code in it` and **bold words**

> Somebody said: this & that, 3.14 times.

| first column | second |
| --- | --- |
| a cell | of four plain words |

## Another heading

![a picture of a cat](cat.png) in a text

The end. See <https://example.org/x> too.
"""
REST = """Another *kind* of page
======================

A paragraph with a :doc:`reference to a page <page>` and ``code of three words``.

- The year 1986 was good.
- It links to `a site <https://example.org/x>`_ of others.

Number one of all.

The second of all.

To be left as it is.

.. note:: Notes have titles that are Sphinx's own.
"""
COMMUNITY = "# Bienvenida\n\nEsta página está escrita en la lengua de sus lectores.\n"
REFUSED_REST = {
    "Number one of all.": "ZZZ :download:`zzz <conf.py>`",
    "The second of all.": "ZZZ *zzz",
    "To be left as it is.": "ZZZ |zzz|",
}
REFUSED = "a second one, with `code in it` and **bold words**"
TRANSLATED = ("Somebody said: this & that, 3.14 times.", "a cell", "Another heading", "one item")


def words(shell: Shell, code: str, page: str) -> int:
    """Count the words of a page's body as its reader does, texts of pictures included."""
    soup = BeautifulSoup(shell.read(f"build/html/{code}/{page}.html"), "html.parser")
    (main,) = soup.select('[role="main"]')
    for extra in main.select(
        ".headerlink, .transpipe-notice, .transpipe-languages, style, script, .admonition-title"
    ):
        extra.decompose()
    # Not text by text: what is marked up inside a word leaves it one word.
    joined = " ".join((main.get_text(), *(str(image["alt"]) for image in main.select("img"))))
    return sum(bool(re.search(r"[^\W_]", word)) and "ZZZ" not in word for word in joined.split())


@pytest.mark.slow
def test_words_left_are_those_that_are_read_in_the_source_language(shell: Shell) -> None:
    shell.write({"transpipe.toml": CONFIG, "docs/conf.py": CONF, "docs/page.md": PAGE,
                 "docs/other.rst": REST, "docs/comunidad/index.md": COMMUNITY,
                 "docs/index.md": "# Home\n\n```{toctree}\n:hidden:\npage\nother\n```\n",
                 "docs/cat.png": "no picture"})  # fmt: skip
    assert shell("extract", "-q").code == 0
    assert shell("update", "-q").code == 0
    path = "locale/es/LC_MESSAGES/page.po"
    text = shell.read(path)
    for msgid in TRANSLATED:
        assert f'msgid "{msgid}"\nmsgstr ""' in text
        text = text.replace(f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "ZZZ"')
    # A fuzzy one is not shown, and one that does what its source does not is refused.
    text = re.sub(r'(msgid "The end\.[^"]*"\n)msgstr ""', r'#, fuzzy\n\1msgstr "ZZZ"', text)
    assert f'msgid "{REFUSED}"\nmsgstr ""' in text
    text = text.replace(
        f'"{REFUSED}"\nmsgstr ""', f'"{REFUSED}"\nmsgstr "ZZZ <script>alert(1)</script>"'
    )
    rest = "locale/es/LC_MESSAGES/other.po"
    year = 'msgid "The year 1986 was good."\nmsgstr "'
    assert f'{year}"' in shell.read(rest)
    rest_text = shell.read(rest).replace(year, f"{year}ZZZ")
    for msgid, msgstr in REFUSED_REST.items():
        assert f'msgid "{msgid}"\nmsgstr ""' in rest_text
        rest_text = rest_text.replace(f'"{msgid}"\nmsgstr ""', f'"{msgid}"\nmsgstr "{msgstr}"')
    shell.write({path: text, rest: rest_text})
    shell("build", "-q")
    data = json.loads(shell("report", "--format", "json", "-l", "es", "--checked").out)
    documents = data["languages"]["es"]["documents"]
    assert documents["page"]["words"]["fuzzy"] == 5 + 10
    assert documents["other"]["messages"]["fuzzy"] == len(REFUSED_REST)
    assert documents["comunidad/index"]["authored"]
    # The six words of the title in the front matter are for the head, not for the page.
    for page, unread in (("page", 6), ("other", 0)):
        counts = documents[page]["words"]
        assert words(shell, "en", page) == counts["total"] - unread
        assert words(shell, "es", page) == counts["untranslated"] + counts["fuzzy"] - unread
