"""What msgfmt refuses is refused, in words and with the line; what it accepts is read."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from transpipe.catalogs.completeness import tally
from transpipe.catalogs.pofile import format_po, parse_po, read_po, write_po
from transpipe.errors import CatalogError
from transpipe.model import Catalog, Message

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'

# name: entry behind the header (whose three lines come first), line of the error, words of it
REFUSED = {
    "comment before msgstr": ('msgid "a"\n# c\nmsgstr "b"\n', 5, "a comment stands where msgstr"),
    "comment behind a mark": (
        '#| # c\nmsgid "a"\nmsgstr "b"\n',
        4,
        "a comment stands where #| msgid is due",
    ),
    "comment in a string": ('msgid "a"\n# c\n"x"\nmsgstr "b"\n', 5, "move the comment above"),
    "comment between plurals": (
        'msgid "a"\nmsgid_plural "s"\nmsgstr[0] "x"\n# c\nmsgstr[1] "y"\n',
        8,
        "msgstr stands where msgid is due",
    ),
    "string behind a comment": ('msgid "a"\nmsgstr "b"\n# c\n"x"\n', 7, "a string stands where"),
    "duplicate": ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "b"\n', 7, "defined on line 4"),
    "duplicate obsolete": (
        'msgid "a"\nmsgstr "b"\n\n#~ msgid "a"\n#~ msgstr "c"\n',
        7,
        "already defined on line 4",
    ),
    "two headers": ('msgid ""\nmsgstr "x"\n', 4, "the header is already defined on line 1"),
    "plural without forms": ('msgid "a"\nmsgid_plural "s"\n', 4, "msgid_plural without msgstr[0]"),
    "plural without index": (
        'msgid "a"\nmsgid_plural "s"\nmsgstr "b"\n',
        6,
        "msgstr without an index",
    ),
    "plural from 1": (
        'msgid "a"\nmsgid_plural "s"\nmsgstr[1] "b"\nmsgstr[0] "c"\n',
        6,
        "msgstr[1] stands where msgstr[0] is due",
    ),
    "plural gap": (
        'msgid "a"\nmsgid_plural "s"\nmsgstr[0] "b"\nmsgstr[2] "c"\n',
        7,
        "msgstr[2] stands where msgstr[1] is due",
    ),
    "index without plural": ('msgid "a"\nmsgstr[0] "b"\n', 4, "msgstr[0] without a msgid_plural"),
    "no msgstr": ('msgid "a"\n\nmsgid "b"\nmsgstr "c"\n', 6, "msgid stands where msgstr is due"),
    "no msgstr at the end": ('msgid "a"\n', 5, "the end of the file stands where msgstr is due"),
    "no msgid": ('# c\nmsgstr "b"\n', 5, "msgstr stands where msgid is due"),
    "msgctxt without msgid": ('msgctxt "x"\nmsgstr "b"\n', 5, "msgstr stands where msgid is due"),
    "msgctxt behind msgid": ('msgid "a"\nmsgctxt "x"\nmsgstr "b"\n', 5, "msgctxt stands where"),
    "open string": ('msgid "a\nmsgstr "b"\n', 4, "a string has no closing quote on its line"),
    "open string at the end": ('msgid "a"\nmsgstr "b', 5, "no closing quote"),
    "no quotes": ('msgid a\nmsgstr "b"\n', 4, "the unknown word 'a' stands where a string"),
    "words behind a string": ('msgid "a"\nmsgstr "b" x\n', 5, "the unknown word 'x'"),
    "unknown word": ('msgfoo "x"\n', 4, "the unknown word 'msgfoo' stands where msgid is due"),
    "text outside quotes": ('msgid "a"\nmsgstr * (x)\n', 5, "unexpected character '*'"),
    "conflict, a msgstr": (
        'msgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n=======\nmsgstr "c"\n>>>>>>> x\n',
        5,
        "'<<<<<<<' is a mark of a merge conflict: choose between the two versions",
    ),
    "conflict, an entry": (
        'msgid "a"\nmsgstr "b"\n\n<<<<<<< HEAD\n#: b:1\nmsgid "b"\nmsgstr "c"\n',
        7,
        "merge conflict",
    ),
    "conflict, half resolved": ('msgid "a"\nmsgstr "b"\n=======\n', 6, "'=======' is a mark"),
    "conflict, the base": ('msgid "a"\nmsgstr "b"\r\n||||||| 1234\r\n', 6, "'|||||||' is a mark"),
    "conflict, the end": ('msgid "a"\nmsgstr "b"\n>>>>>>>', 6, "'transpipe init --merge-driver'"),
    "no conflict": ('msgid "a"\nmsgstr <<<<<<< b\n', 5, "unexpected character '<'"),
    "too few marks": ('msgid "a"\nmsgstr "b"\n<<<<<< HEAD\n', 6, "unexpected character '<'"),
    "unknown escape": ('msgid "a\\d"\nmsgstr "b"\n', 4, "invalid escape \\d: write \\\\ for a"),
    "escaped apostrophe": ("msgid \"a\\'\"\nmsgstr \"b\"\n", 4, "invalid escape \\'"),
    "empty hexadecimal": ('msgid "a\\xg"\nmsgstr "b"\n', 4, "invalid escape \\x"),
    "context separator": ('msgid "a\\x04"\nmsgstr "b"\n', 4, "EOT"),
    "raw context separator": ('msgid "a\x04"\nmsgstr "b"\n', 4, "EOT"),
    "half obsolete": ('#~ msgid "a"\nmsgstr "b"\n', 5, "with and without #~ are mixed"),
    "half obsolete string": ('#~ msgid "a"\n#~ msgstr ""\n"b"\n', 6, "are mixed in one entry"),
    "active previous, obsolete entry": (
        '#| msgid "p"\n#~ msgid "a"\n#~ msgstr "b"\n',
        5,
        "with and without #~ are mixed",
    ),
    "obsolete text": ('#~ hello\nmsgid "a"\nmsgstr "b"\n', 4, "the unknown word 'hello'"),
    "obsolete without msgstr": ('#~ msgid "a"\n', 5, "the end of the file stands where msgstr"),
    "comment behind previous": (
        '#| msgid "p"\n#, c-format\nmsgid "a"\nmsgstr "b"\n',
        5,
        "a comment stands where msgid is due",
    ),
    "previous msgctxt alone": ('#| msgctxt "p"\nmsgid "a"\nmsgstr "b"\n', 5, "where #| msgid is"),
    "previous plural alone": ('#| msgid_plural "p"\nmsgid "a"\nmsgstr "b"\n', 4, "where #| msgid"),
    "previous twice": ('#| msgid "p"\n#| msgid "q"\nmsgid "a"\nmsgstr "b"\n', 5, "#| msgid stands"),
    "previous msgstr": ('#| msgstr "p"\nmsgid "a"\nmsgstr "b"\n', 4, "#| msgstr stands where"),
    "previous text": ('#| hello\nmsgid "a"\nmsgstr "b"\n', 4, "the unknown word 'hello'"),
    "previous at the end": ('#| msgid "q"\n', 5, "the end of the file stands where msgid is due"),
    "previous inside": ('msgid "a"\n#| msgid "q"\nmsgstr "b"\n', 5, "#| msgid stands where msgstr"),
    "no-break space": ('msgid\u00a0"a"\nmsgstr "b"\n', 4, "unexpected character '\\xa0'"),
    "capitals": ('MSGID "a"\nmsgstr "b"\n', 4, "the unknown word 'MSGID'"),
    "number": ("12\n", 4, "unexpected character '1'"),
    "negative index": (
        'msgid "a"\nmsgid_plural "b"\nmsgstr[-1] "b"\n', 6, "unexpected character '['"
    ),
}  # fmt: skip

ACCEPTED = {
    "plain": 'msgid "a"\nmsgstr "b"\n',
    "one line": 'msgid "a" msgstr "b"\n',
    "no blanks": 'msgid"a"msgstr"b"',
    "indented": '  msgid "a"\n\tmsgstr "b"\n',
    "blank line inside": 'msgid "a"\n\nmsgstr "b"\n\n"c"\n',
    "several strings": 'msgid "a""b" "c"\nmsgstr "b"\n',
    "plural": 'msgid "a"\nmsgid_plural "s"\nmsgstr[0] "b"\nmsgstr[1] "c"\n',
    "plural, first form only": 'msgid "a"\nmsgid_plural "s"\nmsgstr[0] "b"\nmsgstr[1] ""\n',
    "plural, second form only": 'msgid "a"\nmsgid_plural "s"\nmsgstr[0] ""\nmsgstr[1] "b"\n',
    "plural, spaced": 'msgid "a"\nmsgid_plural "s"\nmsgstr [ 0 ] "b"\n\n msgstr[01] "c"\n',
    "octal": 'msgid "a\\101\\7\\303\\241"\nmsgstr "b"\n',
    "hexadecimal": 'msgid "a\\x00041 \\x5A"\nmsgstr "b"\n',
    "letters": 'msgid "a\\a\\b\\f\\v\\r\\t"\nmsgstr "b"\n',
    "escaped line end": 'msgid "a\\\nb"\nmsgstr "b"\n',
    "tab in a string": 'msgid "a\tb"\nmsgstr "b"\n',
    "obsolete": '#~ msgid "a"\n#~ msgstr "b"\n',
    "obsolete, no blank": '#~msgid "a"\n#~msgstr "b"\n',
    "obsolete mark alone": '#~\nmsgid "a"\nmsgstr "b"\n',
    "obsolete previous": '#~| msgid "p"\n#~ msgid "a"\n#~ msgstr "b"\n',
    "obsolete comment": '#~ # foo\n#~ msgid "a"\n#~ msgstr "b"\n',
    "obsolete, next line": '#~ msgid "a"\n#~ msgstr "b"\n\n#~ "c"\n',
    "obsolete plural": (
        '#~ msgid "a"\n#~ msgid_plural "s"\n#~ msgstr[0] "b"\n#~ msgstr[1] "c"\n'
        '\n#~ msgid "x"\n#~ msgstr "y"\n'
    ),
    "previous": '#, fuzzy\n#| msgid "p"\nmsgid "a"\nmsgstr "b"\n',
    "previous with all": (
        '#| msgctxt "p"\n#| msgid "p"\n#| "q"\n#| msgid_plural "r"\nmsgid "a"\nmsgstr "b"\n'
    ),
    "previous, no blank": '#|msgid "q"\nmsgid "a"\nmsgstr "b"\n',
    "flags behind !": '#! fuzzy\nmsgid "a"\nmsgstr "b"\n',
    "flags, no blank": '#,fuzzy\nmsgid "a"\nmsgstr "b"\n',
    "flags with blanks": '#, c-format fuzzy\nmsgid "a"\nmsgstr "b"\n',
    "flags with a range": (
        '#, range: 1..3, fuzzy\nmsgid "a"\nmsgid_plural "s"\nmsgstr[0] "b"\nmsgstr[1] "b"\n'
    ),
    "capital fuzzy": '#, Fuzzy\nmsgid "a"\nmsgstr "b"\n',
    "sticky flags": '#= fuzzy\nmsgid "a"\nmsgstr "b"\n',
    "fuzzy, untranslated": '#, fuzzy\nmsgid "a"\nmsgstr ""\n',
    "carriage returns": '# c\r\n#, fuzzy\r\nmsgid "a"\r\nmsgstr ""\r\n"b"\r\n',
    "form feed": '\fmsgid "a"\nmsgstr "b"\v\n',
    "line separator in a comment": '# a\u2028b\x0b\nmsgid "a"\nmsgstr "b"\n',
    "empty msgid with a context": 'msgctxt "m"\nmsgid ""\nmsgstr "x"\n',
    "comment at the end": 'msgid "a"\nmsgstr "b"\n#',
    "comment behind the last string": 'msgid "a"\nmsgstr "b" # c\n\nmsgid "c"\nmsgstr ""\n',
    "contexts apart": 'msgctxt "x"\nmsgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "b"\n',
}


def msgfmt(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["msgfmt", "--statistics", "-o", "/dev/null", path], capture_output=True, text=True
    )


def put(folder: Path, text: str) -> Path:
    path = folder / "page.po"
    path.write_text(text, encoding="utf-8", newline="")
    return path


@pytest.mark.gettext
@pytest.mark.parametrize("name", REFUSED)
def test_refused_as_msgfmt_does(name: str, tmp_path: Path) -> None:
    entry, line, words = REFUSED[name]
    path = put(tmp_path, HEADER + entry)
    assert msgfmt(path).returncode == 1
    with pytest.raises(CatalogError) as caught:
        read_po(path, "page")
    assert caught.value.line == line
    assert words in str(caught.value)
    assert caught.value.remedy
    assert str(caught.value).startswith(f"{path}:{line}: ")


@pytest.mark.gettext
@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted_and_counted_as_msgfmt_does(name: str, tmp_path: Path) -> None:
    path = put(tmp_path, HEADER + ACCEPTED[name])
    result = msgfmt(path)
    assert result.returncode == 0
    file = read_po(path, "page")
    counts = tally(file.catalog.messages).messages
    assert statistics(counts.translated, counts.fuzzy, counts.untranslated) == result.stderr.strip()
    assert format_po(file.catalog, file) == file.text
    assert parse_po(format_po(file.catalog), path, "page").catalog == file.catalog


def statistics(translated: int, fuzzy: int, untranslated: int) -> str:
    """Word counts as msgfmt does."""

    def plural(count: int, words: str) -> str:
        return f"{count} {words}" + ("" if count == 1 else "s")

    parts = [plural(translated, "translated message")]
    parts += [plural(fuzzy, "fuzzy translation")] if fuzzy else []
    parts += [plural(untranslated, "untranslated message")] if untranslated else []
    return ", ".join(parts) + "."


def test_strings_mean_what_gettext_reads() -> None:
    def msgid(name: str) -> str:
        return parse_po(HEADER + ACCEPTED[name], Path("p.po"), "p").catalog.messages[0].msgid

    assert msgid("octal") == "aA\x07á"
    assert msgid("hexadecimal") == "aA Z"
    assert msgid("letters") == "a\a\b\f\v\r\t"
    assert msgid("escaped line end") == "ab"


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b'msgid "a"\nmsgstr "\xe1"\n', 2, "is not UTF-8 (byte 0xe1"),
        (
            b'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n',
            1,
            "the header says charset=ISO-8859-1: convert the file with 'msgconv --to-code=UTF-8'",
        ),
        (
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=ASCII\\n"\n# é\n'.encode(),
            1,
            "write charset=UTF-8 in the header",
        ),
        (b'domain "x"\nmsgid "a"\nmsgstr "b"\n', 1, "a domain line is not supported"),
        (b'msgid "a\\377"\nmsgstr "b"\n', 1, "makes no UTF-8 character"),
        (b'msgid "a\\000b"\nmsgstr "b"\n', 1, "the control character NUL is in a string: remove"),
        (b'msgid "a"\nmsgstr "a\0b"\n', 2, "the control character NUL is in a string: remove"),
        (b'msgid "a"\nmsgstr "\\x00"\n', 2, "the control character NUL is in a string: remove"),
    ],
)
def test_what_else_is_refused(data: bytes, line: int, words: str, tmp_path: Path) -> None:
    path = tmp_path / "page.po"
    path.write_bytes(data)
    with pytest.raises(CatalogError) as caught:
        read_po(path, "page")
    assert caught.value.line == line
    assert words in str(caught.value)


@pytest.mark.parametrize("number", ["123", "9" * 23, "9" * 5000])
def test_a_number_of_plural_forms_of_no_language_is_refused(number: str) -> None:
    text = f'msgid ""\nmsgstr "Plural-Forms: nplurals={number}; plural=0;\\n"\n'
    with pytest.raises(CatalogError, match=r"p\.po:1: the header says nplurals=\d+…?: write how"):
        parse_po(text, Path("p.po"), "p")


def test_an_index_of_any_length_is_refused() -> None:
    text = f'msgid "a"\nmsgid_plural "b"\nmsgstr[{"9" * 5000}] "c"\n'
    with pytest.raises(CatalogError, match=r"p\.po:3: msgstr\[9+\] stands where msgstr\[0\] is"):
        parse_po(text, Path("p.po"), "p")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="no such file"):
        read_po(tmp_path / "page.po", "page")


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "\ufeff", "#~\n"])
def test_a_file_without_entries(text: str) -> None:
    file = parse_po(text, Path("p.po"), "p")
    assert file.catalog == Catalog("p", None, Message(""), ())
    assert format_po(file.catalog, file) == text


def test_writing_is_atomic_and_only_when_needed(tmp_path: Path) -> None:
    path = put(tmp_path, HEADER + 'msgid "a"\nmsgstr "b"\n')
    file = read_po(path, "page")
    assert write_po(path, file.catalog, file) is False
    stamp = path.stat().st_mtime_ns
    path.chmod(0o444)
    other = Catalog("page", None, file.catalog.header, ())
    if path.stat().st_uid != 0:  # the superuser may write anywhere
        with pytest.raises(CatalogError, match="cannot be written"):
            write_po(path, other, file)
    assert path.read_text() == file.text
    assert path.stat().st_mtime_ns == stamp
    path.chmod(0o644)
    assert write_po(path, other, file) is True
    assert read_po(path, "page").catalog == other
    assert list(tmp_path.iterdir()) == [path]
