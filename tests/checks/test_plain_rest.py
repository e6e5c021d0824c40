"""What is read without docutils is what docutils reads, and sphinx-lint finds no fault in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transpipe.catalogs.pofile import read_po
from transpipe.checks.lint import rest_linter
from transpipe.checks.plainrest import read_plainly
from transpipe.checks.rest import _LINTED, _LINTED_IN_PLAIN
from transpipe.errors import TranspipeError
from transpipe.sphinx.rstcompare import read_rest

WORDS = """
` `` * ** | _ __ ( ) [ ] { } < > " ' « » “ ” ¿ ¡ / - : :: . , ! ? … % \\ @ é x ab X1 {x} ~ [1]_ [a]_
:r:` :a:b:` ``e`` *g* **h** |i| :f:`d` :m:`!~n` `b`_ `c`__ https://a.b/c
"""
PIECES = [*WORDS.split(), " ", "  ", "\xa0", "\\ ", "\\*", "\n", "`a <https://x.y/z>`_", "`j k`"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)


@settings(max_examples=1500)
@given(TEXTS)
def test_a_plain_reading_is_that_of_docutils(text: str) -> None:
    plain = read_plainly(text)
    assert plain is None or plain == read_rest(text)


LINT = rest_linter()


@settings(max_examples=1500)
@given(TEXTS)
def test_sphinx_lint_has_nothing_to_say_of_plain_text(text: str) -> None:
    left_out = not _LINTED.search(text) or _LINTED_IN_PLAIN.search(text)
    assert left_out or read_plainly(text) is None or LINT(text) == ()


def texts_of(folder: Path, one_in: int) -> set[str]:
    found: set[str] = set()
    for path in sorted(folder.rglob("*.po"))[::one_in]:
        try:
            messages = read_po(path, path.stem, None).catalog.messages
        except TranspipeError:
            continue
        found |= {text for message in messages for text in (message.msgid, message.msgstr)}
    return found


@pytest.mark.corpus
@pytest.mark.parametrize("code", ["es", "pt_BR"])
def test_catalogs_are_read_alike_and_mostly_without_docutils(corpora: Path, code: str) -> None:
    texts = texts_of(corpora / "cpython-docs" / "locale" / code, one_in=40)
    read = {text: plain for text in texts if (plain := read_plainly(text)) is not None}
    assert len(read) > 0.95 * len(texts)
    assert {text: read_rest(text) for text in read} == read
