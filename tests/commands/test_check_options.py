"""What a person can ask of check: severities, formats, mending, a cache, and bad input."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from .helpers import Shell

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
ENTRY = '\n#: docs/a.{suffix}\nmsgid "{msgid}"\nmsgstr "{msgstr}"\n'
CATALOG = "locale/es/LC_MESSAGES/a.po"
CONFIG = 'languages = ["es"]\n'


def catalog(*pairs: tuple[str, str], suffix: str = "md") -> str:
    return HEAD + "".join(
        ENTRY.format(msgid=msgid, msgstr=msgstr, suffix=suffix) for msgid, msgstr in pairs
    )


BAD = catalog(("Go.", "Ve"), ("See [it](a.md).", "Vea [eso](b.md)."))


def names(shell: Shell, *arguments: str) -> tuple[int, list[str]]:
    outcome = shell("check", "--format", "json", *arguments)
    assert outcome.code != 2, outcome.err
    return outcome.code, [each["check"] for each in json.loads(outcome.out)["findings"]]


def test_severities_by_check_and_path(shell: Shell) -> None:
    shell.write({CATALOG: BAD, "transpipe.toml": CONFIG})
    assert names(shell) == (1, ["ending-punctuation", "link-target"])
    assert names(shell, "--fail-on", "never")[0] == 0
    assert names(shell, "--select", "ending-punctuation") == (0, ["ending-punctuation"])
    assert names(shell, "--select", "ending-punctuation", "--fail-on", "warning")[0] == 1
    shell.write({"transpipe.toml": CONFIG + '[checks]\nlink-target = "off"\n'})
    assert names(shell) == (0, ["ending-punctuation"])
    levels = '[check_paths]\n"es/**" = "ending-punctuation=error, link-target=off"\n'
    shell.write({"transpipe.toml": CONFIG + levels})
    assert names(shell) == (1, ["ending-punctuation"])
    shell.write({"transpipe.toml": CONFIG + 'fail_on = "warning"\n[checks]\nlink-target = "off"\n'})
    assert names(shell)[0] == 1


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ('[checks]\nlnik-target = "off"\n', "no check 'lnik-target': did you mean 'link-target'?"),
        ('[checks]\nnumber = "loud"\n', "no severity 'loud': use off, error, warning"),
        ('[check_paths]\n"**" = "number"\n', "'number' names no severity: write NAME=off"),
        ('fail_on = "bad"\n', "unknown fail_on 'bad': use one of error, warning, never"),
        ('syntax = "html"\n', "unknown syntax 'html': use one of markdown, rest, text"),
        ('glossary = ["none.csv"]\n', "none.csv: cannot be read"),
        ('word_list = ["none.txt"]\n', "none.txt: cannot be read"),
    ],
)
def test_a_setting_that_cannot_be(shell: Shell, config: str, said: str) -> None:
    shell.write({CATALOG: BAD, "transpipe.toml": CONFIG + config})
    outcome = shell("check")
    assert outcome.code == 2
    assert said in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_check_that_is_none_is_no_option(shell: Shell) -> None:
    shell.write({CATALOG: BAD})
    outcome = shell("check", "--select", "numbers", "locale")
    assert (outcome.code, outcome.err) == (2, "no check 'numbers': did you mean 'number'?\n")


def test_an_unreadable_catalog_is_a_finding_and_the_rest_is_checked(shell: Shell) -> None:
    shell.write({CATALOG: BAD, "locale/es/LC_MESSAGES/0.po": HEAD + '\nmsgid "a\n'})
    assert names(shell, "locale") == (1, ["syntax", "ending-punctuation", "link-target"])


def test_a_dictionary_that_is_missing_is_a_notice(shell: Shell) -> None:
    shell.write({CATALOG: BAD, "transpipe.toml": CONFIG + '[checks]\nspelling = "warning"\n'})
    shell.write({"locale/eo/LC_MESSAGES/a.po": BAD})
    outcome = shell("check", "locale/eo")
    assert "notice: no dictionary of eo: spelling is not checked" in outcome.err
    assert outcome.code == 1


def test_spelling(shell: Shell) -> None:
    pytest.importorskip("hunspell")
    text = "Riega las plnatas del Sphinx con `cubo` y regadera."
    shell.write(
        {
            CATALOG: catalog(("Water the plants.", text)),
            "dic/es.aff": "SET UTF-8\n",
            "dic/es.dic": "3\nriega\nlas\ndel\ncon\n",
            "words.txt": "regadera # a can\nSphinx\n",
            "transpipe.toml": CONFIG
            + 'dictionaries = ["dic"]\nword_list = ["words.txt"]\n[checks]\nspelling = "warning"\n',
        }
    )
    outcome = shell("check", "--select", "spelling")
    assert "not in the dictionary: “plnatas”." in outcome.out


def test_rest_by_the_references_and_by_the_option(shell: Shell) -> None:
    pair = ("See :doc:`a`.", "Vea :doc:`b`.")
    shell.write({CATALOG: catalog(pair, suffix="rst")})
    assert names(shell, "locale") == (1, ["rest-role"])
    shell.write({CATALOG: catalog(pair, suffix="xyz")})
    assert "rest-role" not in names(shell, "locale")[1]
    assert names(shell, "locale", "--syntax", "rest") == (1, ["rest-role"])


def test_mending_changes_only_what_it_mends(shell: Shell) -> None:
    before = "# kept  \n" + BAD + '\n#, fuzzy\nmsgid   "Come."\nmsgstr ""\n"Ven"\n'
    shell.write({CATALOG: before})
    outcome = shell("check", "--fix", "locale")
    assert outcome.err == "1 message mended\n"
    assert shell.read(CATALOG) == before.replace('msgstr "Ve"', 'msgstr "Ve."')
    assert shell("check", "--fix", "locale").err == "0 messages mended\n"


def test_a_second_run_knows_what_the_first_found(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.write({CATALOG: BAD, "transpipe.toml": CONFIG})
    first = shell("check").out
    assert (shell.folder / ".transpipe" / ".gitignore").read_text() == "*\n"
    with monkeypatch.context() as patch:
        patch.setattr("transpipe.project.checkwork.run_checks", None)
        assert shell("check").out == first
    # Whatever it depends on makes it check again.
    shell.write({CATALOG: BAD.replace("b.md", "a.md")})
    assert names(shell) == (0, ["ending-punctuation"])
    shell.write({"transpipe.toml": CONFIG + '[checks]\nending-punctuation = "off"\n'})
    assert names(shell) == (0, [])


def test_the_conf_py_of_a_sphinx_project_says_what_a_formula_is(shell: Shell) -> None:
    shell.write({CATALOG: catalog(("A $x$", "Una $y$")), "transpipe.toml": CONFIG})
    assert names(shell) == (1, ["math"])
    shell.write({"docs/conf.py": "extensions = ['myst_parser']\n"})
    assert names(shell) == (0, [])
    shell.write({"docs/conf.py": "myst_enable_extensions = ['dollarmath']\n"})
    assert names(shell) == (1, ["math"])
    shell.write({"docs/conf.py": "myst_enable_extensions = ['deflist']\n"})
    assert names(shell) == (0, [])
    shell.write({"docs/conf.py": "from shared import *\n"})
    assert names(shell) == (1, ["math"])


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}', "\x00"])
def test_a_broken_cache_costs_nothing_but_time(shell: Shell, text: str) -> None:
    shell.write({CATALOG: BAD, "transpipe.toml": CONFIG, ".transpipe/checks.json": text})
    assert names(shell) == (1, ["ending-punctuation", "link-target"])


def test_rows_of_a_cache_that_are_none(shell: Shell) -> None:
    shell.write({CATALOG: BAD, "transpipe.toml": CONFIG})
    shell("check")
    file = shell.folder / ".transpipe" / "checks.json"
    file.write_text(json.dumps({key: [["x"]] for key in json.loads(file.read_text())}))
    assert names(shell) == (1, ["ending-punctuation", "link-target"])


HOSTILE = catalog(("Go.", "Ve \u202e\\u001b. <b>".replace("\\u001b", "\x7f")))


@pytest.mark.parametrize("format_", ["text", "json", "github", "sarif", "junit"])
def test_what_is_hostile_is_shown_escaped(shell: Shell, format_: str) -> None:
    shell.write({CATALOG: HOSTILE})
    outcome = shell("check", "--format", format_, "locale")
    assert outcome.code == 1
    assert not {"\u202e", "\x7f"} & set(outcome.out)
    assert "U+202E" in outcome.out


def test_sarif_and_junit_can_be_read(shell: Shell, tmp_path: Path) -> None:
    shell.write({CATALOG: BAD})
    sarif = json.loads(shell("check", "--format", "sarif", "locale").out)
    results = sarif["runs"][0]["results"]
    assert [each["level"] for each in results] == ["warning", "error"]
    assert results[1]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": CATALOG},
        "region": {"startLine": 9},
    }
    shell("check", "--format", "junit", "--output", "out.xml", "locale")
    root = ElementTree.fromstring(shell.read("out.xml"))
    assert (root.get("tests"), root.get("failures")) == ("2", "1")
    assert [case.get("name") for case in root.iter("testcase")] == [
        "ending-punctuation:5",
        "link-target:9",
    ]


ROWS = {
    "md": [
        ("A title", "# Un título"),
        ("Number one", "1. Uno"),
        ("An item", "- Un elemento"),
        ("Some code", "```\\nun código"),
        ("The year 1986 was good.", "1986. Un buen año."),
        ("One paragraph.", "Un párrafo.\\n\\nOtro párrafo."),
        ("Run `make`.", "Ejecute `make."),
        ("It is **bold**.", "Es **negrita."),
        ("See {doc}`a`.", "Vea {documento}`a`."),
        ("See {ref}`a`.", "Vea {ref}`b`."),
        ("See [it](a.md).", "Vea [eso](b.md)."),
        ("See [it](https://x.org/a).", "Vea [eso](https://x.org/b)."),
        ("It is so.[^1]", "Así es."),
    ],
    "rst": [
        ("Number one", "1. Uno"),
        ("An item", "- Un elemento"),
        ("Some code", "::\\n\\n   un código"),
        ("The year 1986 was good.", "1986. Un buen año."),
        ("One paragraph.", "Un párrafo.\\n\\nOtro párrafo."),
        ("Run ``make``.", "Ejecute ``make."),
        ("It is **bold**.", "Es **negrita."),
        ("See :doc:`a`.", "Vea :documento:`a`."),
        ("See :ref:`a`.", "Vea :ref:`b`."),
        ("See `it <https://x.org/a>`_.", "Vea `eso <https://x.org/b>`_."),
        ("It is so [1]_.", "Así es."),
        ("In |version| it is.", "En |versión| es."),
    ],
}


@pytest.mark.parametrize("suffix", list(ROWS))
def test_whatever_breaks_a_build_or_slips_through_one_is_an_error_with_its_line(
    shell: Shell, suffix: str
) -> None:
    shell.write({CATALOG: catalog(*ROWS[suffix], suffix=suffix)})
    outcome = shell("check", "--format", "json", "locale")
    findings = json.loads(outcome.out)["findings"]
    errors = {each["line"] for each in findings if each["severity"] == "error"}
    assert errors == {5 + 4 * number for number in range(len(ROWS[suffix]))}


def test_several_processes_find_the_same_in_the_same_order(shell: Shell) -> None:
    shell.write(
        {
            **{f"locale/es/LC_MESSAGES/{name}.po": BAD for name in "abc"},
            "locale/es/LC_MESSAGES/0.po": HEAD + '\nmsgid "a\n',
            "locale/eo/LC_MESSAGES/a.po": BAD,
            "transpipe.toml": CONFIG + '[checks]\nspelling = "warning"\n',
        }
    )
    one = shell("check", "--jobs", "1", "--no-cache", "locale")
    several = shell("check", "--jobs", "2", "--no-cache", "locale")
    assert (one.code, one.out, one.err) == (several.code, several.out, several.err)
    assert "no dictionary of eo" in several.err


def test_a_term_may_be_called_what_the_glossary_calls_it(shell: Shell) -> None:
    glossary = 'msgid "seed bank"\nmsgstr "banco de semillas"\n'
    page = catalog(
        ("The :term:`seed bank`", "El :term:`banco de semillas`"),
        ("A :term:`seed bank`", "Un :term:`banco`"),
        suffix="rst",
    )
    shell.write({CATALOG: page, "locale/es/LC_MESSAGES/glossary.po": f"{HEAD}\n{glossary}"})
    assert names(shell, CATALOG) == (1, ["rest-role"])
    # What the other catalog says is part of what was found.
    shell.write({"locale/es/LC_MESSAGES/glossary.po": f"{HEAD}\n#, fuzzy\n{glossary}"})
    assert names(shell, CATALOG) == (1, ["rest-role", "rest-role"])


def test_a_dictionary_that_comes_is_used_at_once(shell: Shell) -> None:
    pytest.importorskip("hunspell")
    settings = 'dictionaries = ["dic"]\n[checks]\nspelling = "warning"\n'
    shell.write({"locale/eo/LC_MESSAGES/a.po": catalog(("One", "Unu"))})
    shell.write({"transpipe.toml": CONFIG + settings})
    for _ in range(2):
        assert "no dictionary of eo" in shell("check", "locale/eo").err
    shell.write({"dic/eo.aff": "SET UTF-8\n", "dic/eo.dic": "1\ndu\n"})
    assert names(shell, "locale/eo") == (0, ["spelling"])
