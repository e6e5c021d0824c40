"""Counting in bulk gives what the strict reader gives, or leaves the file to it."""

from __future__ import annotations

import random
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.catalogs.strategies import catalogs
from tests.catalogs.test_pofile_errors import statistics
from tests.conftest import WHOLE
from transpipe.catalogs.completeness import tally
from transpipe.catalogs.counting import count_catalog, count_po, count_text, key_of, msgid_of
from transpipe.catalogs.pofile import format_po, parse_po, read_po
from transpipe.catalogs.words import SEPARATOR, count_words, count_words_in_all
from transpipe.errors import CatalogError
from transpipe.model import Catalog, Counts, Message, Tally

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def both(text: str) -> None:
    """Count a text in bulk and by the strict reader: alike, or not in bulk."""
    fast = count_text(text.encode())
    if fast is None:
        return
    strict = parse_po(text, Path("a.po"), "a").catalog
    assert fast == count_catalog(strict)
    assert fast.tally == tally(strict.messages)
    at_once = count_text(text.encode(), words=True)
    assert at_once is not None
    assert at_once.words is not None
    assert at_once.tally == fast.tally


@given(catalogs())
@settings(max_examples=60)
def test_any_catalog_counts_alike(catalog: Catalog) -> None:
    both(format_po(catalog))


ENTRIES = (
    'msgid "one"\nmsgstr "uno"\n',
    'msgid "two"\nmsgstr ""\n',
    '#, fuzzy\nmsgid "three"\nmsgstr "tres"\n',
    '#, python-format, fuzzy\n#| msgid "old"\nmsgid "four"\nmsgstr "cuatro"\n',
    '#, no-fuzzy\n#. fuzzy\n# fuzzy\nmsgid "five"\nmsgstr "cinco"\n',
    '#, fuzzy\nmsgid "six"\nmsgstr ""\n',
    'msgctxt "front-matter:title"\nmsgid "one"\nmsgstr "uno"\n',
    'msgid ""\n"seven "\n"words\\n"\nmsgstr ""\n"siete\\n"\n',
    'msgid "book"\nmsgid_plural "books"\nmsgstr[0] "libro"\nmsgstr[1] ""\n',
    'msgid "page"\nmsgid_plural "pages"\nmsgstr[0] ""\nmsgstr[1] ""\n',
    '#~ msgid "gone"\n#~ msgstr "fue"\n',
    '#, fuzzy\n#~ msgid ""\n#~ "went"\n#~ msgstr ""\n#~ "fue"\n',
    '#~| msgid "before"\n#~ msgctxt "c"\n#~ msgid "left"\n#~ msgstr "x"\n',
    '# says "this"\nmsgid "eight \\"quoted\\" words"\nmsgstr "\\\\"\n',
    '#, fuzzy\n\nmsgid "nine"\nmsgstr "nueve"\n',
    'msgid "ten"\nmsgstr ""\n""\n',
    'msgid "leaf"\nmsgid_plural "leaves"\nmsgstr[0] ""\n""\nmsgstr[1] "hojas"\n',
)
ODD = (
    'msgid "one"\nmsgstr "otra vez"\n',
    'msgid "o" "ne"\nmsgstr ""\n',
    'msgid "bad " quote"\nmsgstr ""\n',
    'msgid "open\nmsgstr ""\n',
    'msgid "end\\"\nmsgstr ""\n',
    'msgid "\\q"\nmsgstr ""\n',
    'msgid "tab\\t"\nmsgstr ""\n',
    'msgid "tab\t"\nmsgstr ""\n',
    'msgid "crlf"\r\nmsgstr ""\r\n',
    '#, no\rfuzzy\nmsgid "y"\nmsgstr "z"\n',
    'msgid "octal \\101"\nmsgstr ""\n',
    'msgid "a\x04b"\nmsgstr ""\n',
    'msgid "only"\n',
    "# the end\n",
    'msgstr "alone"\n',
    '#| msgid "previous"\n# late\nmsgid "x"\nmsgstr ""\n',
    'msgid ""\nmsgstr "a header again"\n',
    'domain "x"\n',
    'msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\nmsgstr[0] "d"\n',
    'msgid "e"\nmsgid_plural "f"\nmsgstr[1] "g"\n',
)


@given(st.lists(st.sampled_from(ENTRIES + ODD), max_size=5), st.sampled_from(["\n", "", "\n\n"]))
@settings(max_examples=150)
def test_files_put_together_of_anything(parts: list[str], between: str) -> None:
    text = HEADER + between.join(parts)
    try:
        parse_po(text, Path("a.po"), "a")
    except CatalogError:
        assert count_text(text.encode()) is None
    else:
        both(text)


@pytest.mark.parametrize("entry", ENTRIES)
def test_what_gettext_writes_is_counted_in_bulk(entry: str) -> None:
    assert count_text((HEADER + entry).encode()) is not None
    both(HEADER + entry)


@given(st.data())
@settings(max_examples=100)
def test_a_change_of_one_character(data: st.DataObject) -> None:
    text = HEADER + "\n".join(ENTRIES)
    at = data.draw(st.integers(0, len(text) - 1))
    character = data.draw(st.sampled_from('"\\\n#~|, mn[0]\r\t\x04é') | st.just(""))
    changed = text[:at] + character + text[at + 1 :]
    try:
        parse_po(changed, Path("a.po"), "a")
    except CatalogError:
        assert count_text(changed.encode()) is None
    else:
        both(changed)


@pytest.mark.parametrize(
    "header",
    [
        "Content-Type: text/plain; charset=latin-1\\n",
        "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=999;\\n",
        "Content-Type: text/plain; charset=UTF-8\\nContent-Type: charset=x\\n",
        "Language: es\\n",
    ],
)
def test_an_unusual_header_is_left_to_the_strict_reader(header: str) -> None:
    assert count_text(f'msgid ""\nmsgstr "{header}"\n'.encode()) is None


def test_the_source_language_is_read() -> None:
    header = HEADER.replace("UTF-8\\n", "UTF-8\\nX-Source-Language: pt_BR\\nX-Generator: x\\n")
    counted = count_text(header.encode())
    assert counted is not None
    assert counted.source_language == "pt_BR"


def test_another_field_may_speak_of_the_charset() -> None:
    header = HEADER.replace("UTF-8\\n", "UTF-8\\nX-Poedit-SourceCharset: UTF-8\\n")
    assert count_text(header.encode()) is not None
    both(header)


def test_bytes_that_are_no_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(HEADER.encode() + b'msgid "\xff"\nmsgstr ""\n')
    with pytest.raises(CatalogError, match="is not UTF-8"):
        count_po(path)


MARKUP = (
    "one don't – ** ` < > <br> <a href='x y'> ](b) [c](d \"e f\") `g <h>`_ <http://i.j> 日本 é "
    'ñandú <!-- --> \\ \\n _ __a__ k:`l` :m:`n` | 3.14 “q” " ]( ( ) {o}'
)
WORDS = st.lists(
    st.sampled_from((*MARKUP.split(" "), "\n", "\t")) | st.text(max_size=5), max_size=12
).map(" ".join)


@given(st.lists(WORDS.filter(lambda text: "\x04" not in text), max_size=6))
@settings(max_examples=200)
def test_words_counted_together_are_those_counted_one_by_one(texts: list[str]) -> None:
    wanted = [text for text in texts if not re.search("[\x00-\x08\x0e-\x1f\x7f]", text)]
    keys = [key_of(Message(text)) for text in wanted]
    assert count_words_in_all(SEPARATOR.join(keys)) == sum(map(count_words, wanted))
    assert list(map(msgid_of, keys)) == wanted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[one](b "c\\d e") two', 2),
        ('[one](b "c\\") two', 2),
        ('[one](b "c\nd") two', 2),
        ("[one](b\\c) two\\nthree", 2),
        ("one\ttwo\nthree \\ four", 4),
        ("one\\ntwo", 1),
        ("<a\nb> one <http://c\\d>", 2),
        ("日本 <a> one\u00a0two <!-- three --> ‘’", 4),
    ],
)
def test_words_beside_escapes_and_markup(text: str, words: int) -> None:
    assert count_words(text) == words
    assert count_words_in_all(SEPARATOR.join([key_of(Message(text)), b'"one two"'])) == words + 2


def test_contexts_are_no_words() -> None:
    text = HEADER + 'msgctxt "a long context here"\nmsgid "two words"\nmsgstr ""\n'
    counted = count_text(text.encode())
    assert counted is not None
    assert counted.tally == Tally(Counts(0, 0, 1), Counts(0, 0, 2))
    assert all(SEPARATOR in key for key in counted.keys)


# -------------------------------------------------------------------------- real catalogs


def real(corpora: Path) -> list[Path]:
    return sorted((corpora / "cpython-docs" / "locale").rglob("*.po"))


@pytest.mark.corpus
def test_real_catalogs_are_counted_in_bulk_as_by_the_strict_reader(corpora: Path) -> None:
    paths = random.Random(7).sample(real(corpora), 60)
    paths += (corpora / "comprehensive-rust").rglob("*.po")
    in_bulk = 0
    for path in paths:
        strict = read_po(path, "x").catalog
        assert count_po(path) == count_catalog(strict), path
        assert count_po(path).tally == tally(strict.messages), path
        assert count_po(path, words=True).tally == tally(strict.messages), path
        in_bulk += count_text(path.read_bytes()) is not None
    assert in_bulk >= 0.97 * len(paths)


@pytest.mark.corpus
@pytest.mark.gettext
@pytest.mark.slow
def test_counts_of_real_catalogs_are_those_of_msgfmt(corpora: Path) -> None:
    paths = real(corpora)
    assert len(paths) == 1008
    if not WHOLE:
        paths = random.Random(11).sample(paths, 250)

    def said(path: Path) -> str:
        command = ["msgfmt", "--statistics", "-o", "/dev/null", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.stderr.strip()

    with ThreadPoolExecutor(2) as pool:
        for path, theirs in zip(paths, pool.map(said, paths), strict=True):
            counts = count_po(path).tally.messages
            ours = statistics(counts.translated, counts.fuzzy, counts.untranslated)
            assert ours == theirs, path


@pytest.mark.corpus
def test_a_catalog_that_breaks_in_the_middle_is_refused(corpora: Path) -> None:
    text = real(corpora)[100].read_text("utf-8")
    half = text[: text.index('\nmsgstr "', len(text) // 2) + 9]
    assert count_text(half.encode()) is None
    with pytest.raises(CatalogError):
        parse_po(half, Path("a.po"), "a")


def test_replacing_a_message_changes_its_key() -> None:
    message = Message('a "b"\n\\c', msgctxt="d")
    assert len({key_of(message), key_of(replace(message, msgctxt=None))}) == 2
