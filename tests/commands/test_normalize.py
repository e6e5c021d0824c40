"""Translations of another segmentation come over; a doubt makes them fuzzy."""

from __future__ import annotations

import pytest

from tests.commands.helpers import Shell

PAGE = """\
# Title

Read the [book][1]
and *then* write.

- One
- Two

A sentence that was edited since then.

[1]: https://example.org/book
"""
OLD = """\
msgid ""
msgstr ""
"Language: pt-BR\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Title"
msgstr "Título"

msgid "Read the [book](https://example.org/book) and _then_ write."
msgstr "Leia o [livro](https://example.org/book) e _depois_ escreva."

msgid ""
"- One\\n"
"- Two"
msgstr ""
"- Um\\n"
"- Dois"

msgid "A sentence that was written then."
msgstr "Uma frase que foi escrita então."
"""
FILES = {
    "transpipe.toml": 'languages = ["pt_BR"]\nsource_dir = "src"\n',
    "src/page.md": PAGE,
    "old.po": OLD,
}
CATALOG = "locale/pt_BR/LC_MESSAGES/page.po"


def test_what_reads_the_same_comes_over(shell: Shell) -> None:
    shell.write(FILES)
    shell("extract")
    result = shell("normalize", "old.po")
    assert result.code == 0
    assert result.out == (
        "pt_BR: 4 of 5 messages translated (0 before), 1 fuzzy: 1 catalog written\n"
    )
    body = shell.read(CATALOG).partition("\n\n")[2]
    assert body == (
        '#: src/page.md\nmsgid "Title"\nmsgstr "Título"\n\n'
        '#: src/page.md\nmsgid "Read the [book][1] and *then* write."\n'
        'msgstr "Leia o [livro][1] e _depois_ escreva."\n\n'
        '#: src/page.md\nmsgid "One"\nmsgstr "Um"\n\n'
        '#: src/page.md\nmsgid "Two"\nmsgstr "Dois"\n\n'
        "#: src/page.md\n#, fuzzy\n"
        '#| msgid "A sentence that was written then."\n'
        'msgid "A sentence that was edited since then."\n'
        'msgstr "Uma frase que foi escrita então."\n'
    )
    assert shell.read("old.po") == OLD
    before = shell.files()
    assert shell("normalize", "old.po", "--check").code == 0
    assert shell("update", "--check").code == 0
    assert shell.files() == before


def test_check_writes_nothing(shell: Shell) -> None:
    shell.write(FILES)
    shell("extract")
    before = shell.files()
    result = shell("normalize", "old.po", "--check")
    assert (result.code, shell.files()) == (1, before)
    assert result.out.endswith("1 catalog out of date\n")


def test_a_translation_of_the_project_is_never_replaced(shell: Shell) -> None:
    shell.write(FILES)
    shell("extract")
    shell("update")
    mine = shell.read(CATALOG).replace('msgid "One"\nmsgstr ""', 'msgid "One"\nmsgstr "UM"')
    shell.write({CATALOG: mine})
    shell("normalize", "old.po")
    assert 'msgid "One"\nmsgstr "UM"\n' in shell.read(CATALOG)


def test_two_translations_of_one_text_are_a_doubt(shell: Shell) -> None:
    more = (
        '\nmsgid "Read the [book](https://example.org/b) and *then*\\nwrite."\n'
        'msgstr "x [y](https://example.org/b)"\n'
    )
    shell.write({**FILES, "old.po": OLD + more})
    shell("extract")
    shell("normalize", "old.po")
    assert '#, fuzzy\n#| msgid "Read the [book](https://example.org/book) ' in shell.read(CATALOG)


def test_wrapped_messages_of_po4a_come_over_in_a_sphinx_project(shell: Shell) -> None:
    old = OLD + '\nmsgid ""\n"A text that\\n"\n"is *wrapped*."\nmsgstr ""\n"Um texto\\n"\n"x."\n'
    shell.write(
        {
            "transpipe.toml": 'languages = ["pt_BR"]\nsource_dir = "src"\n',
            "src/conf.py": 'project = "x"\n',
            "src/index.rst": "Title\n=====\n\nA text that\nis *wrapped*.\n",
            "old.po": old,
        }
    )
    shell("extract")
    result = shell("normalize", "old.po")
    assert result.out.startswith("pt_BR: 2 of 2 messages translated (0 before), 0 fuzzy: ")
    assert 'msgstr "Um texto x."' in shell.read("locale/pt_BR/LC_MESSAGES/index.po")


@pytest.mark.parametrize(
    ("files", "arguments", "line"),
    [
        ({}, ["gone.po"], "gone.po: cannot be read (no such file or directory): check the path"),
        (
            {"old.po": 'msgid "a"\nmsgstr "b"\n'},
            ["old.po"],
            "old.po: the header does not name a language: give it with -l CODE",
        ),
        ({"old.po": "x"}, ["old.po"], "old.po:1: the unknown word 'x' stands where msgid is due"),
        ({}, ["old.po", "-l", "xx"], "unknown language code 'xx'"),
    ],
)
def test_bad_input(shell: Shell, files: dict[str, str], arguments: list[str], line: str) -> None:
    shell.write({**FILES, **files})
    shell("extract")
    before = shell.files()
    result = shell("normalize", *arguments)
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert result.err.startswith(line)
    assert shell.files() == before


def test_templates_come_first(shell: Shell) -> None:
    shell.write(FILES)
    result = shell("normalize", "old.po")
    assert result.code == 2
    assert result.err == "locale/pot: holds no templates: run 'transpipe extract' first\n"
