"""Render: patterns, policies, notices, heading ids, links, data files, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.helpers import Shell, pseudo, translate
from transpipe.catalogs.layout import LocaleFolder
from transpipe.config import load_config
from transpipe.locales import parse_locale
from transpipe.project.addresses import Addresses

CONFIG = """\
source_language = "es"
languages = ["es", "pt", "en"]
source_dir = "site"
output = "site/{name}.{language}{suffix}"
"""
HOME = """\
---
title: Inicio
---

# Inicio

Lee la [guía](guia.es.md#uno) y [la otra](build.en.md).
"""
GUIDE = """\
# Guía

## Uno

Vuelve a `[no](index.es.md)` o al [inicio][i].

[i]: ./index.es.md?x=1 'título'
"""
BUILD = "# Build\n\nRead the [guide](guia.es.md).\n"
SITE = {"site/index.es.md": HOME, "site/guia.es.md": GUIDE, "site/build.en.md": BUILD}


def project(shell: Shell, more: str = "", files: dict[str, str] | None = None) -> None:
    shell.write({**(SITE if files is None else files), "transpipe.toml": CONFIG + more})
    assert shell("extract").code == 0
    assert shell("update").code == 0


def fill(shell: Shell, *codes: str) -> None:
    for code in codes:
        translate(shell.folder / "locale", code, pseudo)


def test_pages_written_in_two_languages_lie_side_by_side(shell: Shell) -> None:
    project(shell)
    fill(shell, "es", "pt", "en")
    assert shell("render").out == "6 documents: 6 written\n"
    assert sorted(shell.files("site")) == [
        f"{page}.{code}.md" for page in ("build", "guia", "index") for code in ("en", "es", "pt")
    ]
    # What was rendered is no source: nothing is to be left out by hand.
    assert shell("extract", "--check").code == 0
    assert shell("update", "--check").code == 0
    assert shell("render", "--check").code == 0
    assert shell.read("site/build.es.md") == ("# Build ⟦x⟧\n\nRead the [guide](guia.es.md). ⟦x⟧\n")


def test_links_follow_the_language_and_code_does_not(shell: Shell) -> None:
    project(shell, "follow_links = true\n")
    fill(shell, "pt")
    assert shell("render").err == ""
    assert "[guía](guia.pt.md#uno) y [la otra](build.pt.md)." in shell.read("site/index.pt.md")
    guide = shell.read("site/guia.pt.md")
    assert "Vuelve a `[no](index.es.md)` o al [inicio][i]. ⟦x⟧" in guide
    assert "[i]: ./index.pt.md?x=1 'título" in guide
    # A page that has no version of its own is linked as its author wrote it.
    assert "[la otra](build.en.md)" in shell.read("site/index.en.md")
    assert "[guide](guia.es.md)" in shell.read("site/build.es.md")


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("/guia/", "/pt/guia/"),
        ("/guia", "/pt/guia"),
        ("/guia/#uno", "/pt/guia/#uno"),
        ("/", "/pt/"),
        ("/?a=b#c", "/pt/?a=b#c"),
        ("guia.es.md", "guia.pt.md"),
        ("./guia.es.md", "./guia.pt.md"),
        ("../site/guia.es.md", "guia.pt.md"),
        ("/en/guia/", None),
        ("/guiar/", None),
        ("guia.md", None),
        ("https://example.org/guia/", None),
        ("//example.org/guia/", None),
        ("mailto:a@b.org", None),
        ("#uno", None),
        ("", None),
        ("../guia.es.md", None),
        ("guia.es.md/", None),
    ],
)
def test_only_known_targets_are_led(shell: Shell, address: str, there: str | None) -> None:
    from transpipe.project import sources
    from transpipe.project.targets import find_targets, target_patterns

    project(shell, '[urls]\nes = "/{name}/"\n"*" = "/{language}/{name}/"\n')
    config = load_config(Path("transpipe.toml"))
    documents = sources.configured_documents(config)
    targets = find_targets(documents, config.languages, target_patterns(config, None, ()))
    addresses = Addresses(config, documents, targets, parse_locale("pt"), ())
    home = next(each for each in documents if each.name == "index.es")
    assert addresses.resolved(home, Path("site/index.pt.md"), address) == there


LINKS = """\
[a](/guia/) [b](</guia/>) [c](/guia/ "t") <a href="/guia/">d</a> `[e](/guia/)` ![f](/guia/)

    [g](/guia/)

```md
[h](/guia/)
```

> - [i](/guia/#x)

<!-- [j](/guia/) -->

\\[k](/guia/) [l]: /guia/

[m]: /guia/
"""


def test_every_way_to_write_a_link(shell: Shell) -> None:
    files = {"site/index.es.md": LINKS + "\n[m] x\n", "site/guia.es.md": "Uno\n"}
    project(shell, 'follow_links = true\n[urls]\n"*" = "/{language}/{name}/"\n', files)
    shell.write({"site/index.es.md": (LINKS + "\n[m] x\n").replace("/guia/", "/es/guia/")})
    shell("extract")
    shell("update")
    assert shell("render").err == ""
    text = shell.read("site/index.pt.md")
    for led in ("[a](/pt", "[b](</pt", "[c](/pt", '<a href="/pt', "[i](/pt", "[m]: /pt"):
        assert led in text
    for left in ("`[e](/es", "![f](/es", "    [g](/es", "\n[h](/es", "<!-- [j](/es", "\\[k](/es"):
        assert left in text


def test_heading_ids_only_where_a_heading_is_translated(shell: Shell) -> None:
    project(shell, 'heading_ids = "hugo"\n')
    shell("render")
    assert shell.read("site/guia.pt.md") == GUIDE
    fill(shell, "pt")
    shell("render")
    assert "# Guía ⟦x⟧ {#guía}\n\n## Uno ⟦x⟧ {#uno}\n" in shell.read("site/guia.pt.md")


# ---- policies


def half(shell: Shell) -> None:
    """Translate one message of each page into Portuguese."""
    for path in (shell.folder / "locale/pt").rglob("*.po"):
        text = path.read_text()
        path.write_text(
            text.replace('msgid "Inicio"\nmsgstr ""', 'msgid "Inicio"\nmsgstr "Início"')
        )


def test_a_document_below_a_share_is_left_out_and_taken_away(shell: Shell) -> None:
    project(shell)
    half(shell)
    assert shell("render", "-l", "pt").out == "3 documents: 3 written\n"
    shell.write({"transpipe.toml": CONFIG + '[untranslated]\npt = "skip under 50"\n'})
    check = shell("render", "-l", "pt", "--check")
    assert (check.code, check.out) == (
        1,
        "1 document: 0 out of date, 2 to remove, 2 left out: too little is translated\n",
    )
    shell("render")
    assert sorted(name for name in shell.files("site") if ".pt." in name) == ["index.pt.md"]
    assert (shell.folder / "site/guia.en.md").is_file()
    assert shell("render", "--check").code == 0


def test_a_link_to_a_document_that_is_left_out_stays(shell: Shell) -> None:
    project(shell, 'follow_links = true\n[untranslated]\n"*" = "skip under 50"\n')
    half(shell)
    shell("render", "-l", "pt")
    assert "[guía](guia.es.md#uno)" in shell.read("site/index.pt.md")


def test_a_notice_in_the_readers_language_links_the_original(shell: Shell) -> None:
    project(shell, '[untranslated]\n"*" = "notice"\nen = "source"\n')
    half(shell)
    shell("render")
    home = shell.read("site/index.pt.md")
    assert home.startswith("---\ntitle: Início\n---\n\n# Início\n\n> Esta página")
    assert "](index.es.md)\n\nLee la" in home
    assert "português" in home
    assert "espanhol" in home
    assert shell.read("site/guia.en.md") == GUIDE
    build = shell.read("site/build.es.md")
    assert build.startswith("# Build\n\n> Esta página aún no está traducida al español.")
    assert "inglés](build.en.md)\n\nRead" in build
    fill(shell, "pt")
    shell("render")
    assert "> " not in shell.read("site/index.pt.md")


def test_a_notice_of_the_project(shell: Shell) -> None:
    more = 'notice = "notes/{language}.md"\n[untranslated]\n"*" = "notice"\n'
    more += '[urls]\n"*" = "/{language}/{name}/"\n'
    shell.write({"notes/pt.md": "{{% aviso %}}\n\n{percent} %: [{source_language}]({original})\n"})
    project(shell, more)
    half(shell)
    shell("render", "-l", "pt")
    assert "\n\n{{% aviso %}}\n\n66 %: [espanhol](/es/)\n\n" in shell.read(
        "site/index.pt.md"
    ).replace("[Spanish]", "[espanhol]")
    result = shell("render", "-l", "en")
    assert (result.code, "notes/en.md: cannot be read" in result.err) == (2, True)


def test_a_notice_is_a_file_of_the_project(shell: Shell) -> None:
    project(shell, 'notice = "../secret"\n[untranslated]\n"*" = "notice"\n')
    (shell.folder.parent / "secret").write_text("secret")
    result = shell("render")
    assert (result.code, result.err.strip()) == (
        2,
        "../secret: leads out of the project: change 'notice'",
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Uno\n", "> N\n\nUno\n"),
        ("# Uno\n", "# Uno\n\n> N\n"),
        ("# Uno", "# Uno\n\n> N\n"),
        ("Uno\n===\n\nDos\n", "Uno\n===\n\n> N\n\nDos\n"),
        ("## Uno\n", "> N\n\n## Uno\n"),
        ("import X from 'x'\n\nUno\n", "import X from 'x'\n\n\n> N\n\nUno\n"),
        ("- Uno\n", "> N\n\n- Uno\n"),
        ("\r\nUno\r\n", "> N\r\n\r\nUno\r\n"),
    ],
)
def test_the_place_of_a_notice(shell: Shell, body: str, expected: str) -> None:
    shell.write({"n.md": "> N\n"})
    more = 'notice = "n.md"\n[untranslated]\n"*" = "notice"\n'
    project(shell, more, {"site/a.es.md": body})
    shell("render", "-l", "pt")
    assert shell.read("site/a.pt.md") == expected
    project(shell, more, {"site/b.es.md": f"---\nx: y\n---\n{body}"})
    shell("render", "-l", "pt")
    assert shell.read("site/b.pt.md").startswith("---\nx: y\n---\n")
    assert shell.read("site/b.pt.md").count("> N") == 1


# ---- data files

MENU = '---\nmain:\n  - name: Blog  # uno\n    url: "/blog"\n---\n'


def test_data_files_have_catalogs_and_places_of_their_own(shell: Shell) -> None:
    more = (
        '[data]\n"config/menu.es.yaml" = ["main[].name"]\n"data/*.json" = ["**"]\n'
        '[data_outputs]\n"data/**" = "data/{language}/{file}"\n'
    )
    shell.write({"config/menu.es.yaml": MENU, "data/a.json": '{"a": ["uno"]}'})
    project(shell, more)
    assert "locale/pot/config/menu.es.yaml.pot" in shell.files()
    fill(shell, "pt")
    assert shell("render").code == 0
    assert shell.read("config/menu.pt.yaml") == MENU.replace("Blog", "Blog ⟦x⟧")
    assert shell.read("data/pt/a.json") == '{"a": ["uno ⟦x⟧"]}'
    assert not (shell.folder / "data/es/a.json").exists() or shell.read("data/es/a.json")
    assert shell("render", "--check").code == 0
    assert shell("extract", "--check").code == 0
    assert shell("check").code == 0
    assert shell("report").code == 0


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ('[data]\n"data/x.yaml" = ["a"]\n', "no data file matches 'data/x.yaml'"),
        ('[data]\n"../*.yaml" = ["a"]\n', "no data file matches '../*.yaml'"),
        ('[data]\n"data/*" = ["a"]\n', "data/b.csv: is no data file: here are read: .yaml"),
        ('[data]\n"data/a.json" = ["a..b"]\n', "transpipe.toml: 'a..b' is no path of keys"),
        ('front_matter = ["a["]\n', "transpipe.toml: 'a[' is no path of keys"),
        ('[data]\n"data/twice.json" = ["a"]\n', "data/twice.json:2: has a key twice"),
        ('data_output = "x"\n', "transpipe.toml:5: 'data_output' has no {language}"),
        ('heading_ids = "jekyll"\n', "transpipe.toml:5: unknown heading ids 'jekyll'"),
        ('[untranslated]\npt = "skip"\n', "transpipe.toml:5: unknown policy 'skip'"),
        ('[untranslated]\npt = "skip under 101"\n', "unknown policy 'skip under 101'"),
        ('[urls]\nzz = "/"\n', "transpipe.toml:5: unknown language code 'zz'"),
        ('follow_links = "yes"\n', "'follow_links' holds a string: give it true or false"),
        ('[data]\n"a" = "b"\n', "'data' holds a table of other things: give it a table of lists"),
    ],
)
def test_what_cannot_be_is_named(shell: Shell, more: str, message: str) -> None:
    shell.write(
        {"data/b.csv": "x", "data/twice.json": '{"a": "x",\n"a": "y"}', "data/a.json": "{}"}
    )
    shell.write({**SITE, "transpipe.toml": CONFIG + more})
    result = shell("extract")
    assert result.code == 2
    assert message in result.err


@pytest.mark.parametrize(
    "output",
    ["../{language}/{path}", "site/../../{language}/{path}", "/tmp/x/{language}/{path}"],
)
def test_a_pattern_that_leads_out_is_refused(shell: Shell, output: str) -> None:
    project(shell, "", None)
    shell.write({"transpipe.toml": CONFIG.replace("site/{name}.{language}{suffix}", output)})
    before = shell.files("..")
    result = shell("render")
    assert result.code == 2
    assert "leads out of the project" in result.err
    assert shell.files("..") == before


def test_a_folder_behind_a_link_is_refused(
    shell: Shell, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    project(shell, '[outputs]\npt = "out/{path}"\n')
    (shell.folder / "out").symlink_to(outside)
    result = shell("render")
    assert result.code == 2
    assert "leads out of the project" in result.err
    assert not list(outside.iterdir())


def test_data_behind_a_link_is_not_read(
    shell: Shell, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "a.json").write_text('{"a": "secret"}')
    shell.write({**SITE, "transpipe.toml": CONFIG + '[data]\n"data/*.json" = ["a"]\n'})
    (shell.folder / "data").symlink_to(outside)
    assert shell("extract").code == 2
    (shell.folder / "data").unlink()
    (shell.folder / "data").mkdir()
    (shell.folder / "data/a.json").symlink_to(outside / "a.json")
    assert shell("extract").code == 2


def test_one_language_to_a_place_of_its_own(shell: Shell) -> None:
    shell.write({"transpipe.toml": "", "src/a.md": "Uno\n"})
    shell.write(
        {
            "transpipe.toml": 'source_language = "es"\nlanguages = ["es", "pt"]\n'
            'source_dir = "src"\n'
            'output = "i18n/{language}/docs/{path}"\n[outputs]\nes = "docs/{path}"\n'
        }
    )
    shell("extract")
    shell("update")
    shell("render")
    assert shell.read("docs/a.md") == shell.read("i18n/pt/docs/a.md") == "Uno\n"
    (shell.folder / "src/a.md").rename(shell.folder / "src/b.md")
    shell("extract")
    shell("update")
    shell("render")
    assert sorted(shell.files("docs")) == ["b.md"]


# ---- the corpora


@pytest.mark.corpus
def test_data_files_of_real_sites(shell: Shell, corpora: Path) -> None:
    community = corpora / "community"
    names = ["config/_default/menu.es.yaml", "config/_default/params.yaml", "data/author.yaml"]
    for name in names:
        folder = community / ("mxlos-blog" if name.startswith("data") else "osslat-site")
        shell.write({name: (folder / name).read_bytes().decode()})
    more = '[data]\n"config/**/menu.es.yaml" = ["main[].name"]\n'
    more += '"config/**/params.yaml" = ["description", "keywords"]\n"data/*.yaml" = ["[].bio"]\n'
    project(shell, more)
    assert shell("render", "-l", "en").code == 0
    for name in names:
        stem = name.removesuffix(".yaml").removesuffix(".es")
        assert shell.read(f"{stem}.en.yaml") == shell.read(name)
    fill(shell, "en")
    assert shell("render", "-l", "en").code == 0
    assert shell.read("config/_default/menu.en.yaml").count("⟦x⟧") == 4
    assert shell.read("data/author.en.yaml").count("⟦x⟧") == len(
        LocaleFolder(shell.folder / "locale")
        .read_catalogs(parse_locale("en"))["data/author.yaml"]
        .catalog.messages
    )
    assert json.loads(shell.read("locale/rendered.json"))["version"] == 1
