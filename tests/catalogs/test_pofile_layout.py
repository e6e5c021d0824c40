"""New entries are laid out as msgcat lays them out, at the width of the file."""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings

from tests.catalogs.strategies import ES, catalogs
from transpipe.catalogs.pofile import PoFile, format_po, parse_po, read_po, write_po
from transpipe.errors import CatalogError
from transpipe.model import Catalog, Message, Previous

LONG = (
    "This paragraph is long enough to be wrapped more than once: it says, at some length, "
    "nothing that anyone would want to know about :doc:`catalogs <intro>` or (their) files."
)

ENTRY = Message(
    LONG,
    "Primera línea.\nSegunda «línea».",
    msgctxt="context",
    flags=("fuzzy", "python-format"),
    references=("docs/a/very/long/folder/index.md:120", "docs/another/long/folder/index.md:7", "b"),
    comments=("A note", "", "of three lines"),
    extracted_comments=("From the author",),
    previous=Previous("An earlier text"),
)

LAID_OUT = """\
# A note
#
# of three lines
#. From the author
#: docs/a/very/long/folder/index.md:120 docs/another/long/folder/index.md:7 b
#, fuzzy, python-format
#| msgid "An earlier text"
msgctxt "context"
msgid ""
"This paragraph is long enough to be wrapped more than once: it says, at some "
"length, nothing that anyone would want to know about :doc:`catalogs <intro>` "
"or (their) files."
msgstr ""
"Primera línea.\\n"
"Segunda «línea»."
"""


def parsed(text: str) -> PoFile:
    return parse_po(text, Path("page.po"), "page", ES)


def body(entry: Message, before: PoFile | None = None) -> str:
    """Lay out one entry behind a header."""
    catalog = Catalog("page", ES, Message("", "Language: es\n"), (entry,))
    return format_po(catalog, before).partition("\n\n")[2]


def test_every_part_of_an_entry() -> None:
    assert body(ENTRY) == LAID_OUT


@pytest.mark.gettext
@pytest.mark.parametrize("length", range(1, 12))
def test_references_are_wrapped_as_msgcat_does(length: int) -> None:
    paths = tuple(f"docs/{'x' * (length + n % 3)}/{n}.md" for n in range(20))
    catalog = Catalog("page", ES, header_of_its_own(), (replace(ENTRY, references=paths),))
    text = format_po(catalog)
    assert msgcat(text) == text


@pytest.mark.gettext
def test_the_entry_above_is_what_msgcat_writes() -> None:
    text = format_po(Catalog("page", ES, header_of_its_own(), (ENTRY,)))
    assert msgcat(text) == text


REFERENCES = ("my docs/a.md", "my docs/b c.md:12", "docs/d.md:3", "a\u00a0b", "a\u2028b.md")


@pytest.mark.gettext
def test_names_with_white_space_are_read_back() -> None:
    catalog = Catalog("page", ES, header_of_its_own(), (replace(ENTRY, references=REFERENCES),))
    text = format_po(catalog)
    assert "#: \u2068my docs/a.md\u2069 \u2068my docs/b c.md\u2069:12 docs/d.md:3 " in text
    assert parse_po(text, Path("x.po"), "page", ES).catalog == catalog
    assert "#: \u2068my docs/a.md\u2069 " in msgcat(text)


@pytest.mark.parametrize("name", ["a\nb.md", "a\rb", "a\tb", "a\x1b[2J", "a\x85b", "a \u2069b"])
def test_names_that_no_file_can_hold_are_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "page.po"
    catalog = Catalog("page", ES, header_of_its_own(), (replace(ENTRY, references=(name,)),))
    with pytest.raises(CatalogError, match="the name of a source file holds a control character"):
        write_po(path, catalog)
    assert not path.exists()


@pytest.mark.parametrize(
    ("line", "references"),
    [
        ("\u2068a b\u2069", ("a b",)),
        ("\u2068a b\u2069:7 c", ("a b:7", "c")),
        ("\u2068a b:7\u2069", ("a b:7",)),
        ("\u2068a b", ("a", "b")),
        ("\u2068\u2069 a", ("a",)),
    ],
)
def test_references_between_marks(line: str, references: tuple[str, ...]) -> None:
    text = f'#: {line}\nmsgid "a"\nmsgstr ""\n'
    file = parse_po(text, Path("x.po"), "page")
    assert file.catalog.messages[0].references == references
    assert parse_po(format_po(file.catalog), file.path, "page").catalog == file.catalog


def header_of_its_own() -> Message:
    return Message("", "Content-Type: text/plain; charset=UTF-8\n")


def msgcat(text: str, *options: str) -> str:
    """Give the text as msgcat writes it."""
    return subprocess.run(
        ["msgcat", *options, "-"], input=text, capture_output=True, text=True, check=True
    ).stdout


def test_an_obsolete_entry() -> None:
    gone = replace(ENTRY, obsolete=True, references=(), extracted_comments=(), msgstr="x")
    assert body(gone).split("\n")[4:] == [
        '#~| msgid "An earlier text"',
        '#~ msgctxt "context"',
        '#~ msgid ""',
        '#~ "This paragraph is long enough to be wrapped more than once: it says, at "',
        '#~ "some length, nothing that anyone would want to know about :doc:`catalogs "',
        '#~ "<intro>` or (their) files."',
        '#~ msgstr "x"',
        "",
    ]


@pytest.mark.parametrize("width", [60, 76, 77, 79, 90])
def test_the_width_is_that_of_the_file(width: int, tmp_path: Path) -> None:
    wrapped = msgcat(plain_file(), "-w", str(width))
    before = parsed(wrapped)
    added = replace(before.catalog, messages=(*before.catalog.messages, Message("x " + LONG)))
    text = format_po(added, before)
    assert text.startswith(wrapped)
    assert msgcat(text, "-w", str(width)) == text


def test_a_file_that_is_not_wrapped_stays_so() -> None:
    before = parsed(plain_file())
    added = replace(before.catalog, messages=(*before.catalog.messages, Message("x " + LONG)))
    assert format_po(added, before) == plain_file() + f'\nmsgid "x {LONG}"\nmsgstr ""\n'


def plain_file() -> str:
    """A file whose lines were never wrapped."""
    entries = "".join(f'\nmsgid "{number} {LONG}"\nmsgstr "{LONG}"\n' for number in range(5))
    return 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n' + entries


def test_only_the_part_that_changed_is_laid_out_anew() -> None:
    text = (
        '#:  docs/a.md   docs/b.md\n#,python-format,  fuzzy\nmsgid "one "\n"two"\n'
        'msgstr "un "\n"dos"\n'
    )
    before = parsed(text)
    [message] = before.catalog.messages
    after = replace(before.catalog, messages=(replace(message, references=("docs/c.md",)),))
    assert format_po(after, before) == text.replace("#:  docs/a.md   docs/b.md", "#: docs/c.md")


def test_carriage_returns_and_byte_order_mark_are_those_of_the_file() -> None:
    text = '\ufeffmsgid ""\r\nmsgstr "Language: es\\n"\r\n\r\nmsgid "a"\r\nmsgstr "b"\r\n'
    before = parsed(text)
    added = replace(before.catalog, messages=(*before.catalog.messages, Message("c", "d\ne")))
    assert format_po(added, before) == (text + '\r\nmsgid "c"\r\nmsgstr ""\r\n"d\\n"\r\n"e"\r\n')


def test_entries_that_move_are_set_apart_by_a_blank_line() -> None:
    text = 'msgid "a"\nmsgstr ""\nmsgid "b"\nmsgstr ""\n\n\nmsgid "c"\nmsgstr ""'
    before = parsed(text)
    a, b, c = before.catalog.messages
    assert format_po(replace(before.catalog, messages=(c, a, b)), before) == (
        'msgid "c"\nmsgstr ""\n\nmsgid "a"\nmsgstr ""\nmsgid "b"\nmsgstr ""\n'
    )


@pytest.mark.gettext
@given(catalogs())
@settings(max_examples=40)
def test_msgcat_accepts_and_keeps_what_is_written(catalog: Catalog) -> None:
    text = format_po(catalog)
    assume("\\000" not in text)  # ends a string in C
    result = subprocess.run(["msgcat", "-"], input=text.encode(), capture_output=True)
    assert result.returncode == 0, result.stderr
    again = parsed(result.stdout.decode()).catalog
    # msgcat puts obsolete entries last, quotes references its own way, and knows few flags.
    # It drops obsolete entries without a translation.
    kept = [m for m in catalog.messages if not m.obsolete or m.has_translation]
    assert meaning(kept) == meaning(again.messages)


def meaning(messages: Iterable[Message]) -> dict[object, object]:
    return {m.key: (m.msgstr, m.msgstr_plural, m.state) for m in messages}


SCRIPTS = {
    "ja": "これはテストです。日本語の文章を、「改行」するときのっャー々・！？（例）ヶ〜…123％ABC x",
    "zh": "这是一个测试，中文的段落要在哪里换行？“引号”《书名》（括号）——破折号……123 ABC、；：",
    "ko": "이것은 테스트 입니다 한국어 문장 줄 바꿈 123 ABC, . ( ) “”",
    "th": "นี่คือการทดสอบภาษาไทย ประโยค",
    "hi": "यह एक परीक्षण है हिन्दी वाक्य । ",
    "ar": "هذا اختبار للغة العربية، ؟ ",
    "ru": "это тест русского языка — «кавычки» № 5 %   ",
    "fr": "c’est l’été « guillemets » : oui ! – tiret - trait-d’union 10 € 50 %  ",
    "markup": (
        "ab de (x) [y] {z} <w> \"q\" 'r' a/b a-b --o $x %s #1 @u &p; * `c` :x:`y` |a| ~^=+;!? "
        "1.5 \\ \t "
    ),
}  # fmt: skip


@pytest.mark.gettext
@pytest.mark.parametrize("script", SCRIPTS)
def test_lines_break_where_msgcat_breaks_them_in_any_script(script: str) -> None:
    chance = random.Random(script)
    texts = ["".join(chance.choices(SCRIPTS[script], k=120)).strip() for _ in range(100)]
    messages = tuple(Message(f"{number} {text}") for number, text in enumerate(texts))
    text = format_po(Catalog("page", ES, header_of_its_own(), messages))
    assert msgcat(text) == text


@pytest.mark.corpus
@pytest.mark.gettext
def test_lines_break_where_msgcat_breaks_them(corpora: Path) -> None:
    paths = sorted((corpora / "cpython-docs" / "locale").rglob("*.po"))[::25]
    same = total = 0
    for path in paths:
        text = msgcat(path.read_text(encoding="utf-8"))
        catalog = read_po(path, "x").catalog
        ours, theirs = entries(format_po(catalog)), entries(text)
        total += len(theirs)
        same += sum(ours.get(key) == entry for key, entry in theirs.items())
    assert total > 3000
    assert same / total >= 0.999


def entries(text: str) -> dict[str, str]:
    """Give the strings of each entry, by the msgid as a msgcat would write it."""
    found = {}
    for entry in text.split("\n\n"):
        strings = "\n".join(line for line in entry.split("\n") if not re.match(r"#(?!~)", line))
        found[re.sub(r'"\n(?:#~ )?"', "", strings.split("msgstr")[0])] = strings.strip()
    return found
