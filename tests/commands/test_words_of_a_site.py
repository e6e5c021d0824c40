"""Law 11: the words a report counts are those that a reader of the built site sees."""

from __future__ import annotations

import json
import re

import pytest
from bs4 import BeautifulSoup

from tests.commands.helpers import Shell

CONFIG = 'source_language = "en"\nlanguages = ["es", "en"]\nsource_dir = "docs"\n'
PAGE = """# A *short* page of state-of-the-art text

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
TRANSLATED = ("Somebody said: this & that, 3.14 times.", "a cell", "Another heading", "one item")


def words(shell: Shell, code: str) -> int:
    """Count the words of a page's body as its reader does, texts of pictures included."""
    soup = BeautifulSoup(shell.read(f"build/html/{code}/page.html"), "html.parser")
    (main,) = soup.select('[role="main"]')
    for extra in main.select(".headerlink, .transpipe-notice, .transpipe-languages, style, script"):
        extra.decompose()
    # Not text by text: what is marked up inside a word leaves it one word.
    joined = " ".join((main.get_text(), *(str(image["alt"]) for image in main.select("img"))))
    return sum(bool(re.search(r"[^\W_]", word)) and "ZZZ" not in word for word in joined.split())


@pytest.mark.slow
def test_words_left_are_those_that_are_read_in_the_source_language(shell: Shell) -> None:
    shell.write({"transpipe.toml": CONFIG, "docs/page.md": PAGE, "docs/cat.png": "no picture"})
    assert shell("extract", "-q").code == 0
    assert shell("update", "-q").code == 0
    path = "locale/es/LC_MESSAGES/page.po"
    text = shell.read(path)
    for msgid in TRANSLATED:
        assert f'msgid "{msgid}"\nmsgstr ""' in text
        text = text.replace(f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "ZZZ"')
    # A fuzzy one is not shown.
    text = re.sub(r'(msgid "The end\.[^"]*"\n)msgstr ""', r'#, fuzzy\n\1msgstr "ZZZ"', text)
    shell.write({path: text})
    assert shell("build", "-q").code == 0
    data = json.loads(shell("report", "--format", "json", "-l", "es").out)
    counts = data["languages"]["es"]["documents"]["page"]["words"]
    assert counts["fuzzy"] == 5
    assert words(shell, "en") == counts["total"]
    assert words(shell, "es") == counts["untranslated"] + counts["fuzzy"]
