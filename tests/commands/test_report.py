"""`transpipe report` on a project with a history."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.commands.helpers import Shell
from tests.conftest import PROJECT

CONFIG = """source_language = "en"
languages = ["es", "pt"]
source_dir = "docs"
names = ["Python"]
"""
INDEX = """# Home

Welcome to our site.

## News

Nothing new today.

- `pip install x`
- Python 3.11
"""
START = "# Guide\n\nRead this first, please.\n\nThe year 1986 was good.\n"
SPANISH = {
    "index": {
        "Home": "Inicio",
        "Welcome to our site.": "Esta es su casa.",
        "News": "Noticias",
        "Nothing new today.": "Nada nuevo hoy.",
        "`pip install x`": "`pip install x`",
        "Python 3.11": "Python 3.11",
    },
    "guide/start": {"Guide": "Guía", "The year 1986 was good.": "1986. Un buen año."},
}
SCHEMA = json.loads((PROJECT / "docs/reference/completeness.schema.json").read_text("utf-8"))


def commit(folder: Path, day: str, author: str, subject: str) -> None:
    date = f"{day}T12:00:00+00:00"
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": author,
        "GIT_AUTHOR_EMAIL": "x@example.org",
        "GIT_AUTHOR_DATE": date,
        "GIT_COMMITTER_NAME": author,
        "GIT_COMMITTER_EMAIL": "x@example.org",
        "GIT_COMMITTER_DATE": date,
    }
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", subject]):
        subprocess.run(["git", *command], cwd=folder, env=environment, check=True)


def write_translations(shell: Shell) -> None:
    for domain, messages in SPANISH.items():
        path = f"locale/es/LC_MESSAGES/{domain}.po"
        text = shell.read(path)
        for msgid, msgstr in messages.items():
            old = f'msgid "{msgid}"\nmsgstr ""'
            assert old in text
            text = text.replace(old, f'msgid "{msgid}"\nmsgstr "{msgstr}"')
        shell.write({path: text})


@pytest.fixture
def project(shell: Shell) -> Shell:
    """A project that was begun in January, translated in February and changed in March."""
    shell.write({"transpipe.toml": CONFIG, "docs/index.md": INDEX, "docs/guide/start.md": START})
    for verb in ("extract", "update"):
        assert shell(verb, "-q").code == 0
    commit(shell.folder, "2026-01-10", "Ana", "Begin")
    write_translations(shell)
    commit(shell.folder, "2026-02-10", "Luz", "Translate into Spanish")
    changed = INDEX.replace("today.", "today, nor yesterday.") + "\nOne more paragraph of text.\n"
    shell.write({"docs/index.md": changed})
    for verb in ("extract", "update"):
        assert shell(verb, "-q").code == 0
    commit(shell.folder, "2026-03-10", "Ana", "More news")
    return shell


def as_json(shell: Shell, *arguments: str) -> dict[str, object]:
    result = shell("report", "--format", "json", *arguments)
    data = json.loads(result.out)
    jsonschema.validate(data, SCHEMA, format_checker=jsonschema.FormatChecker())
    assert isinstance(data, dict)
    return data


def at(data: object, *keys: object) -> object:
    for key in keys:
        data = data[key]  # type: ignore[index]  # JSON
    return data


def test_the_published_schema_is_the_one_of_the_package() -> None:
    packaged = PROJECT / "src/transpipe/reports/completeness.schema.json"
    published = PROJECT / "docs/reference/completeness.schema.json"
    assert packaged.read_bytes() == published.read_bytes()
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_counts_are_where_the_schema_says(project: Shell) -> None:
    data = as_json(project)
    messages = at(data, "languages", "es", "documents", "guide/start", "messages")
    assert messages == {
        "translated": 2, "fuzzy": 0, "untranslated": 1, "total": 3, "percent": 66.66
    }  # fmt: skip
    assert at(data, "languages", "es", "messages", "total") == 10
    assert at(data, "total", "words", "total") == 62


def test_sections_are_those_of_the_headings(project: Shell) -> None:
    data = as_json(project, "--sections", "-l", "es")
    sections = at(data, "languages", "es", "documents", "index", "sections")
    assert isinstance(sections, list)
    assert [(one["heading"], one["messages"]["total"]) for one in sections] == [
        ("Home", 2),
        ("News", 5),
    ]
    assert "    News " in project("report", "--sections").out


def test_names_numbers_and_code_are_counted_apart(project: Shell) -> None:
    data = as_json(project, "--count-apart", "-l", "es")
    assert at(data, "languages", "es", "documents", "index", "messages", "total") == 5
    assert at(data, "languages", "es", "apart", "messages", "total") == 2
    assert at(data, "languages", "es", "apart", "words", "total") == 5
    assert "2 messages of 5 words counted apart" in project("report", "--count-apart").out


def test_a_translation_that_render_refuses_counts_as_fuzzy_if_checked(project: Shell) -> None:
    assert at(as_json(project, "-l", "es"), "languages", "es", "messages", "fuzzy") == 1
    data = as_json(project, "-l", "es", "--checked", "--show-missing")
    assert data["checked"] is True
    missing = at(data, "languages", "es", "documents", "guide/start", "missing")
    assert isinstance(missing, list)
    assert [(one["msgid"], one["state"]) for one in missing] == [
        ("Read this first, please.", "untranslated"),
        ("The year 1986 was good.", "fuzzy"),
    ]
    assert "block structure" in missing[1]["reason"]
    # It is what render says, too.
    assert "1986" in project("render", "-l", "es").err + project.read(
        "build/render/es/guide/start.md"
    )


REST_CATALOG = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

#: ../docs/old.rst:1
msgid "The year 1986 was good."
msgstr "1986. Un buen año."

#: ../docs/old.rst:3
msgid "See :doc:`start`."
msgstr "Consulta :doc:`comienzo`."

#: ../docs/old.rst:5
msgid "Of *all* years."
msgstr "De *todos los años."

#: ../docs/old.rst:7
msgid "One more."
msgstr "Uno\\n\\nmás."

#: ../docs/old.rst:9
msgid "The *last* of them."
msgstr "El *último*."

#: ../docs/old.rst:11
msgid "Not yet :doc:`this`."
msgstr ""
"""


def missing_in(shell: Shell, *arguments: str) -> dict[str, str]:
    """Give the state of each missing message of a catalog, by its msgid."""
    data = as_json(shell, "-d", "old", "--show-missing", *arguments)
    missing = at(data, "languages", "es", "documents", "old", "missing")
    assert isinstance(missing, list)
    return {one["msgid"]: one["state"] for one in missing}


def test_translations_of_rest_are_judged_as_check_does(shell: Shell) -> None:
    path = "old/es/LC_MESSAGES/old.po"
    shell.write({path: REST_CATALOG})
    assert missing_in(shell) == {"Not yet :doc:`this`.": "untranslated"}
    found = json.loads(shell("check", "--format", "json", path).out)["findings"]
    errors = {one["msgid"] for one in found if one["severity"] == "error"}
    assert len(errors) == 4
    assert missing_in(shell, "--checked") == {
        **dict.fromkeys(errors, "fuzzy"),
        "Not yet :doc:`this`.": "untranslated",
    }
    # Nothing of an earlier run decides: the same again, and after a change.
    shell.write({path: REST_CATALOG.replace("*todos los", "*todos* los")})
    assert len(missing_in(shell, "--checked")) == 4


def test_the_configuration_of_the_checks_is_that_of_the_report(shell: Shell) -> None:
    shell.write({
        "old/es/LC_MESSAGES/old.po": REST_CATALOG,
        "transpipe.toml": 'languages = ["es"]\nchecks = { "rest-role" = "warning" }\n',
    })  # fmt: skip
    assert "See :doc:`start`." not in missing_in(shell, "--checked")
    shell.write({"transpipe.toml": 'languages = ["es"]\nchecks = { "rest-rolle" = "off" }\n'})
    result = shell("report", "-d", "old", "--checked")
    assert result.code == 2
    assert "transpipe.toml:2: no check 'rest-rolle': did you mean 'rest-role'?" in result.err


def test_a_broken_catalog_is_named_once_if_checked(shell: Shell) -> None:
    shell.write({
        "old/es/LC_MESSAGES/old.po": REST_CATALOG,
        "old/es/LC_MESSAGES/open.po": 'msgid "a\nmsgstr ""\n',
    })  # fmt: skip
    result = shell("report", "-d", "old", "--checked")
    assert result.code == 2
    assert result.err.count("open.po:1: ") == 1
    assert "1 catalog could not be read" in result.out
    assert missing_in(shell, "--checked").keys() == missing_in(shell).keys() | {
        "The year 1986 was good.", "See :doc:`start`.", "Of *all* years.", "One more."
    }  # fmt: skip


def test_missing_messages_have_their_places(project: Shell) -> None:
    out = project("report", "-l", "es", "--show-missing").out
    line = next(
        number
        for number, text in enumerate(
            project.read("locale/es/LC_MESSAGES/guide/start.po").splitlines(), 1
        )
        if "Read this first" in text
    )
    assert f"  locale/es/LC_MESSAGES/guide/start.po:{line}: untranslated\n" in out
    assert "      Read this first, please.\n" in out


def test_stale_pages_say_since_when_and_by_whom(project: Shell) -> None:
    data = as_json(project, "--stale")
    index = at(data, "languages", "es", "documents", "index", "stale")
    assert isinstance(index, dict)
    assert (index["since"][:10], index["changed"], index["added"]) == ("2026-03-10", 1, 1)
    assert index["translated"]["author"] == "Luz"
    assert [commit["subject"] for commit in index["commits"]] == ["More news"]
    start = at(data, "languages", "es", "documents", "guide/start", "stale")
    assert isinstance(start, dict)
    assert start["since"][:10] == "2026-01-10"
    never = at(data, "languages", "pt", "documents", "guide/start", "stale")
    assert isinstance(never, dict)
    assert never["translated"] is None
    out = project("report", "--stale", "-l", "es").out
    assert "  2026-03-10   index: 1 message changed; 1 message never translated; last" in out
    # A message that is not in any committed catalog waits since its source was written.
    project.write({"docs/guide/start.md": START + "\nNew.\n"})
    commit(project.folder, "2026-04-01", "Ana", "Write more")
    write = SPANISH["guide/start"] | {"Read this first, please.": "Lea."}
    text = project.read("locale/es/LC_MESSAGES/guide/start.po")
    project.write(
        {
            "locale/es/LC_MESSAGES/guide/start.po": text.replace(
                'first, please."\nmsgstr ""', f'first, please."\nmsgstr "{write.popitem()[1]}"'
            )
        }
    )
    commit(project.folder, "2026-03-20", "Luz", "Finish")
    project("extract", "-q")
    data = as_json(project, "--stale", "-l", "es")
    start = at(data, "languages", "es", "documents", "guide/start", "stale")
    assert isinstance(start, dict)
    assert start["since"][:10] == "2026-04-01"


def test_what_next(project: Shell) -> None:
    steps = as_json(project, "--next", "-l", "es")["next"]
    assert isinstance(steps, list)
    assert [(one["document"], one["entry"]) for one in steps] == [
        ("index", True),
        ("guide/start", False),
    ]
    steps = as_json(project, "--next")["next"]
    assert isinstance(steps, list)
    assert [(one["document"], one["language"]) for one in steps] == [
        ("index", "es"),
        ("index", "pt"),
        ("guide/start", "es"),
        ("guide/start", "pt"),
    ]
    project.write({"views.csv": "page,views\n/es/guide/start.html,900\nhttps://x.org/,100\n"})
    steps = as_json(project, "--views", "views.csv", "-l", "es")["next"]
    assert isinstance(steps, list)
    assert [(one["document"], one["views"]) for one in steps] == [
        ("guide/start", 900),
        ("index", 100),
    ]
    assert "   1  es  guide/start: 4 words left, 67%, 900 views" in (
        project("report", "--views", "views.csv", "-l", "es").out
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("page,views\nindex,many\n", "views.csv:2: no number of views in the second column"),
        ("index\n1\n", "views.csv:2: no number of views in the second column"),
        ("elsewhere,3\n", "views.csv: names no document of this project"),
    ],
)
def test_views_that_cannot_be_read(project: Shell, text: str, message: str) -> None:
    project.write({"views.csv": text})
    result = project("report", "--views", "views.csv")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert result.err.startswith(message)


def test_against_a_revision(project: Shell) -> None:
    result = project("report", "--against", "HEAD~1")
    assert result.code == 1
    assert "  es     89%   70%           10            5         0  falls\n" in result.out
    assert "  pt      0%    0%           10            0         0\n" in result.out
    assert result.err == ("es falls: 8 of 9 messages were translated at HEAD~1, 7 of 10 are now\n")
    data = as_json(project, "--against", "HEAD~2", "-l", "es")
    change = at(data, "against", "languages", "es")
    assert isinstance(change, dict)
    assert (change["falls"], change["regained_words"]) == (False, 17)
    assert project("report", "--against", "HEAD").code == 0
    assert project("report", "--against", "HEAD", "--format", "markdown").code == 0


def test_a_renamed_document_is_nothing_new(project: Shell) -> None:
    for path in ("locale/pot/guide/start.pot", "locale/es/LC_MESSAGES/guide/start.po"):
        (project.folder / path).rename(project.folder / path.replace("start", "begin"))
    change = at(as_json(project, "-l", "es", "--against", "HEAD"), "against", "languages", "es")
    assert at(change, "added_words", "total") == 0
    assert (at(change, "newly_fuzzy_words"), at(change, "regained_words")) == (0, 0)
    assert at(change, "before") == at(change, "after")


def test_against_leaves_the_work_tree_alone(project: Shell) -> None:
    before = project.files("locale")
    project("report", "--against", "HEAD~2")
    assert project.files("locale") == before


def test_thresholds(project: Shell) -> None:
    assert project("report", "-q", "--fail-under", "0").code == 0
    low = project("report", "-q", "--fail-under", "es=95,pt=0")
    assert (low.code, low.err) == (1, "es: 70 % of messages are translated, less than 95 %\n")
    low = project("report", "-q", "--fail-under", "10,es=60")
    assert (low.code, low.err) == (1, "pt: 0 % of messages are translated, less than 10 %\n")
    low = project("report", "-q", "-l", "es", "--fail-under-words", "99.5")
    assert (low.code, low.err) == (1, "es: 55 % of words are translated, less than 99.5 %\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--fail-under", "x"], "'x' is not a number: write 80, or es=95,pt=90"),
        (["--fail-under", "es="], "'' is not a number"),
        (["--fail-under", "101"], "101 is not between 0 and 100"),
        (["--fail-under-words", "nan"], "'nan' is not a number"),
        (["--fail-under", "xx=3"], "unknown language code 'xx'"),
        (["--fail-under", "fr=3"], "the threshold is for fr, which is not reported"),
        (["-l", "fr"], "locale: holds no catalogs in fr: it has: es, pt"),
        (["-l", "zzz"], "unknown language code 'zzz'"),
        (["--against", "nope"], "unknown revision 'nope': give a commit, branch or tag"),
        (["--format", "html"], "an HTML report is a folder of files: name it with --output DIR"),
        (["--edit-url", "javascript:x"], "--edit-url is 'javascript:x': begin it with https://"),
        (["--history", "none.json", "--format", "chart"], "none.json: cannot be read"),
        (["--history", "transpipe.toml", "--format", "chart"], "transpipe.toml: is no report as"),
        (["--views", "none.csv"], "none.csv: cannot be read"),
    ],
)
def test_bad_input(project: Shell, arguments: list[str], message: str) -> None:
    result = project("report", *arguments)
    assert result.code == 2
    assert message in result.err


def test_a_project_without_git(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(shell.folder.parent))
    shell.write({"transpipe.toml": CONFIG, "docs/index.md": INDEX})
    shell("extract", "-q")
    shell("update", "-q")
    for option in (["--stale"], ["--against", "HEAD"], ["--format", "chart"]):
        result = shell("report", *option)
        assert (result.code, result.err.count("\n")) == (2, 1)
        assert "is not in a git repository: run 'git init'" in result.err


def test_a_broken_catalog_is_named_in_every_format(project: Shell) -> None:
    project.write({"locale/es/LC_MESSAGES/index.po": 'msgid "open\n'})
    for name in ("text", "markdown", "csv", "junit", "badge", "shields", "json"):
        result = project("report", "--format", name, "-l", "es")
        assert result.code == 2
        assert result.err.startswith("locale/es/LC_MESSAGES/index.po:1: ")
    data = as_json(project, "-l", "es")
    assert list(at(data, "languages", "es", "documents")) == ["guide/start"]  # type: ignore[call-overload]  # JSON
    junit = ET.fromstring(project("report", "--format", "junit", "-l", "es").out)
    assert junit.get("errors") == "1"
    assert "broken catalog" in project("report", "--format", "badge", "-l", "es").out


def test_a_language_whose_only_catalog_is_broken_never_reads_100(project: Shell) -> None:
    catalogs = project.folder / "locale/es/LC_MESSAGES"
    (catalogs / "guide/start.po").write_text('msgid "open\n', encoding="utf-8")
    shutil.rmtree(project.folder / "locale/pot")
    shutil.rmtree(project.folder / "locale/pt")
    (catalogs / "index.po").unlink()
    folder = ["-d", "locale", "-l", "es"]
    for name in ("text", "markdown", "csv", "junit", "badge", "shields", "json"):
        result = project("report", *folder, "--format", name)
        assert result.code == 2
        assert "100" not in result.out
        assert "guide/start" in result.out or name in ("badge", "shields")
    assert project("report", *folder, "--format", "html", "--output", "site").code == 2
    for page in ("site/index.html", "site/es/index.html"):
        assert '<p class="big">?</p>' in project.read(page)
    data = as_json(project, *folder)
    assert at(data, "languages", "es", "unreadable") == ["guide/start"]
    assert at(data, "languages", "es", "messages", "percent") is None
    assert at(data, "total", "words", "percent") is None
    for gate in ("--fail-under", "--fail-under-words"):
        result = project("report", *folder, "-q", gate, "es=80")
        assert result.code == 2
        assert "are translated cannot be told, at least 80 % are asked for" in result.err


def test_a_catalog_that_was_broken_then_or_is_now_is_not_compared(project: Shell) -> None:
    path = "locale/es/LC_MESSAGES/index.po"
    whole = project.read(path)

    def change(code: int) -> dict[str, Any]:
        result = project("report", "-l", "es", "--against", "HEAD", "--format", "json")
        assert result.code == code
        found: dict[str, Any] = json.loads(result.out)["against"]["languages"]["es"]
        assert (found["newly_fuzzy_words"], found["regained_words"]) == (0, 0)
        assert found["before"] == found["after"]
        return found

    project.write({path: 'msgid "open\n'})
    assert change(code=2)["after"]["messages"]["total"] == 3
    commit(project.folder, "2026-05-01", "Ana", "Break")
    project.write({path: whole})
    assert change(code=0)["after"]["messages"]["total"] == 3
    points = at(as_json(project, "--history", "git"), "history")
    assert isinstance(points, list)
    assert "es" in points[-2]["languages"]
    assert "es" not in points[-1]["languages"]  # nobody knows how complete it was


def test_order_and_what_is_left_out(project: Shell) -> None:
    write_more = project.read("locale/es/LC_MESSAGES/guide/start.po").replace(
        'first, please."\nmsgstr ""', 'first, please."\nmsgstr "Lea."'
    )
    project.write({"locale/es/LC_MESSAGES/guide/start.po": write_more})
    out = project("report", "-l", "es", "--skip-complete").out
    assert "  1 document not shown: complete" in out
    assert "guide/start" not in out
    assert "  messages           8       1             1      10\n" in out

    def order(by: str) -> list[str]:
        text = project("report", "-l", "es", "--sort", by, "--format", "csv").out
        return [row["document"] for row in csv.DictReader(text.splitlines())]

    assert order("name") == ["guide/start", "index"]
    assert order("percent") == order("words-left") == ["index", "guide/start"]


def test_history_from_git_and_from_stored_reports(project: Shell) -> None:
    from_git = as_json(project, "--history", "git")["history"]
    assert isinstance(from_git, list)
    days = [(one["date"][:10], one["languages"]["es"]["messages"]["percent"]) for one in from_git]
    assert days == [("2026-01-10", 0.0), ("2026-02-10", 88.88), ("2026-03-10", 70.0)]
    (project.folder / "kept").mkdir()
    assert project("report", "--format", "json", "--output", "kept/1.json").code == 0
    stored = as_json(project, "--history", "kept", "-l", "es")["history"]
    assert isinstance(stored, list)
    assert [list(one["languages"]) for one in stored] == [["es"]]
    chart = project("report", "--format", "chart").out
    assert ET.fromstring(chart).tag == "{http://www.w3.org/2000/svg}svg"
    assert "español 70%" in chart


def test_the_time_of_a_report_can_be_fixed(project: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    first, second = (project("report", "--format", "json").out for _ in range(2))
    assert first == second
    assert json.loads(first)["created"] == "2026-01-01T00:00:00+00:00"


def test_a_site(project: Shell) -> None:
    project.write({"transpipe.toml": CONFIG + 'edit_url = "https://e.org/{path}#L{line}"\n'})
    result = project("report", "--format", "html", "--output", "site", "--stale", "--checked",
                     "--history", "git", "--against", "HEAD~1")  # fmt: skip
    assert (result.code, result.out) == (1, "")
    files = project.files("site")
    assert set(files) >= {"index.html", "index.es.html", "chart.svg", "report.css", "report.js",
                          "es/index.html", "es/documents/guide/start.html"}  # fmt: skip
    page = files["es/documents/guide/start.html"].decode()
    catalog = project.read("locale/es/LC_MESSAGES/guide/start.po")
    line = catalog[: catalog.index('msgid "Read this first, please."')].count("\n") + 1
    assert f'href="https://e.org/locale/es/LC_MESSAGES/guide/start.po#L{line}"' in page
    assert "block structure" in page


def test_a_report_without_texts_reads_no_document(project: Shell) -> None:
    (project.folder / "docs/index.md").write_bytes(b"\xff")
    assert project("report").code == 0
    assert project("report", "--sections").code == 2
