"""Each kind of project is known by what it holds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from babel import Locale

from tests.scaffold.trees import catalog, pages, plant
from transpipe.documents.discover import LEFT_OUT
from transpipe.errors import TranspipeError
from transpipe.scaffold.detect import detect
from transpipe.scaffold.found import Layout, ProjectKind
from transpipe.scaffold.tree import INSTALLED

EN, ES, PT, PT_BR = Locale("en"), Locale("es"), Locale("pt"), Locale("pt", "BR")


def test_both_stations_leave_out_the_same_folders() -> None:
    assert INSTALLED == LEFT_OUT


@pytest.mark.parametrize("folder", ["docs", "doc", "docs/source", ".", "manual/sphinx"])
def test_sphinx(tmp_path: Path, folder: str) -> None:
    plant(
        tmp_path,
        {
            f"{folder}/conf.py": "extensions = []\nlanguage = 'es'\n",
            f"{folder}/index.rst": "x\n",
            f"{folder}/requirements.txt": "furo\n",
        },
    )
    found = detect(tmp_path)
    assert (found.kind, found.source_dir) == (ProjectKind.SPHINX, folder)
    assert (found.source_language, found.languages) == (ES, ())
    assert found.requirements == os.path.normpath(f"{folder}/requirements.txt")
    assert found.locale_dir == "locale"


def test_a_conf_py_of_another_program_is_none(tmp_path: Path) -> None:
    plant(tmp_path, {"conf.py": "DEBUG = True\n", "app/conf.py": "X = 1\n", **pages("a.md")})
    assert detect(tmp_path).kind is ProjectKind.PLAIN


def test_a_conf_py_is_not_run(tmp_path: Path) -> None:
    flag = tmp_path / "ran"
    plant(tmp_path, {"docs/conf.py": f"open({str(flag)!r}, 'w')\nproject = 'x'\n"})
    assert detect(tmp_path).kind is ProjectKind.SPHINX
    assert not flag.exists()


def test_catalogs_where_conf_py_says(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {
            "docs/source/conf.py": "project = 'x'\nlocale_dirs = ['../texts/']\n",
            "docs/texts/es/LC_MESSAGES/whatever.po": catalog(),
            "docs/texts/pt_BR/LC_MESSAGES/guide/install.po": catalog(),
            "docs/texts/fr/LC_MESSAGES/.keep": "",
            "docs/texts/pot/index.pot": catalog(),
        },
    )
    found = detect(tmp_path)
    assert (found.locale_dir, found.languages) == ("docs/texts", (ES, PT_BR))


def test_catalogs_of_documents_and_not_of_a_program(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {
            "docs/conf.py": "project = 'x'\n",
            "docs/index.rst": "x\n",
            "locale/es/LC_MESSAGES/django.po": catalog(),
        },
    )
    found = detect(tmp_path)
    assert (found.locale_dir, found.languages) == ("locales", ())
    plant(tmp_path, {"docs/locale/pt/LC_MESSAGES/index.po": catalog()})
    found = detect(tmp_path)
    assert (found.locale_dir, found.languages) == ("docs/locale", (PT,))


HUGO = {
    "hugo.toml": 'defaultContentLanguage = "es"\n',
    "config.yaml": "defaultContentLanguage: es\n",
    "config/_default/config.yaml": "defaultContentLanguage: es\n",
    "config/_default/hugo.toml": 'defaultContentLanguage = "es"\n',
}


@pytest.mark.parametrize("config", HUGO)
@pytest.mark.parametrize("base", ["", "site/"])
def test_hugo(tmp_path: Path, config: str, base: str) -> None:
    plant(tmp_path, {base + config: HUGO[config], **pages(f"{base}content/about/index.md")})
    found = detect(tmp_path)
    assert (found.kind, found.source_dir) == (ProjectKind.HUGO, f"{base}content")
    assert (found.source_language, found.layout) == (ES, Layout.SIBLINGS)
    assert found.documents == ("about/index.md",)


def test_hugo_with_a_folder_for_each_language(tmp_path: Path) -> None:
    languages = "".join(f"  {code}: {{contentDir: content/{code}}}\n" for code in ("en", "es"))
    plant(
        tmp_path,
        {"hugo.yaml": f"languages:\n{languages}", **pages("content/en/a.md", "content/es/b.md")},
    )
    found = detect(tmp_path)
    assert (found.source_dir, found.layout) == ("content", Layout.FOLDERS)
    assert (found.language_parts, found.source_language) == (("en", "es"), EN)


def test_astro_starlight(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {
            "astro.config.mjs": "defineConfig({ i18n: { defaultLocale: 'es' } })\n",
            **pages("src/content/docs/index.md", "src/content/docs/pt-br/index.md"),
            "src/content/docs/splash.mdx": "x\n",
        },
    )
    found = detect(tmp_path)
    assert (found.kind, found.source_dir) == (ProjectKind.ASTRO, "src/content/docs")
    assert (found.layout, found.language_parts) == (Layout.FOLDERS, ("pt-br",))
    assert (found.source_language, found.languages) == (ES, (PT_BR,))
    assert found.flavour == "astro" and "splash.mdx" in found.documents


@pytest.mark.parametrize(
    ("name", "flavour"),
    [
        ("hugo.toml", "hugo"),
        ("mkdocs.yml", "mkdocs"),
        ("docusaurus.config.ts", "docusaurus"),
        ("_config.yml", "jekyll"),
        ("eleventy.config.js", "jinja"),
        ("package.json", "none"),
    ],
)
def test_whose_syntax_is_in_the_documents(tmp_path: Path, name: str, flavour: str) -> None:
    plant(tmp_path, {name: "", **pages("docs/index.md", "docs/b.md", "content/a.md")})
    assert detect(tmp_path).flavour == flavour


def test_astro_without_starlight(tmp_path: Path) -> None:
    plant(tmp_path, {"astro.config.ts": "", **pages("src/content/blog/a.md")})
    found = detect(tmp_path)
    assert (found.source_dir, found.layout) == ("src/content", Layout.APART)
    assert found.source_language is None


@pytest.mark.parametrize("folder", ["content", "blog"])
def test_gatsby(tmp_path: Path, folder: str) -> None:
    plant(tmp_path, {"gatsby-config.js": "", "src/x.js": "", **pages(f"{folder}/posts/a.md")})
    found = detect(tmp_path)
    assert (found.kind, found.source_dir) == (ProjectKind.GATSBY, folder)
    assert (found.layout, found.languages) == (Layout.APART, ())


@pytest.mark.parametrize(
    ("files", "source_dir", "source"),
    [
        ({"mkdocs.yml": "docs_dir: pages\ntheme:\n  language: es\n"}, "pages", ES),
        ({"docusaurus.config.js": "i18n: { defaultLocale: 'es' }"}, "docs", ES),
        ({"book.toml": '[book]\nlanguage = "es"\n'}, "src", ES),
        ({}, "docs", None),
    ],
)
def test_other_sites_are_folders(
    tmp_path: Path, files: dict[str, str], source_dir: str, source: Locale | None
) -> None:
    plant(tmp_path, {**files, **pages(f"{source_dir}/a.md", "README.md")})
    found = detect(tmp_path)
    assert (found.kind, found.source_dir) == (ProjectKind.PLAIN, source_dir)
    assert found.source_language == source


def test_a_folder_of_text(tmp_path: Path) -> None:
    plant(tmp_path, {"mission.txt": "x\n", "requirements.txt": "y\n", "public/z.txt": "z\n"})
    found = detect(tmp_path)
    assert (found.source_dir, found.documents) == (".", ("mission.txt",))
    assert found.exclude == ("public/**", "**/requirements.txt")


def test_markdown_beside_text(tmp_path: Path) -> None:
    found = detect(plant(tmp_path, pages("a.md", "b.txt")))
    assert found.documents == ("a.md",)
    assert found.notes == ("1 .txt files are left out: add '**/*.txt' to 'include'",)


def test_an_empty_folder(tmp_path: Path) -> None:
    found = detect(tmp_path)
    assert (found.kind, found.source_dir, found.documents) == (ProjectKind.PLAIN, ".", ())
    assert found.notes == ("no Markdown or text files in . yet",)


@pytest.mark.parametrize(
    ("names", "source", "languages"),
    [
        (("a.md", "a.es.md"), EN, (ES,)),
        (("a.en.md", "a.es.md"), EN, (EN, ES)),
        (("a.md", "a.en.md"), None, (EN,)),
        (("a.es.md", "a.pt.md"), None, (ES, PT)),
        (("en/a.md", "es/a.md"), EN, (EN, ES)),
        (("a.md", "es/a.md"), EN, (ES,)),
        (("a.md", "b.md"), None, ()),
    ],
)
def test_the_source_language_is_guessed_from_the_tree(
    tmp_path: Path, names: tuple[str, ...], source: Locale | None, languages: tuple[Locale, ...]
) -> None:
    found = detect(plant(tmp_path, pages(*(f"docs/{name}" for name in names))))
    assert (found.source_language, found.languages) == (source, languages)


def test_the_source_language_is_that_of_copies(tmp_path: Path) -> None:
    plant(tmp_path, {**pages("a.md", "a.en.md"), "a.es.md": pages("a.md")["a.md"]})
    assert detect(tmp_path).source_language == ES


def test_a_folder_of_documents_that_the_user_names(tmp_path: Path) -> None:
    plant(
        tmp_path,
        {
            "hugo.toml": 'defaultContentLanguage = "es"\n',
            **pages("content/docs/a.md", "guide/en/a.md", "guide/es/a.md", "docs/b.md"),
            "handbook/conf.py": "",
        },
    )
    inside = detect(tmp_path, "content/docs")
    assert (inside.kind, inside.source_dir, inside.source_language) == (
        ProjectKind.HUGO,
        "content/docs",
        ES,
    )
    assert detect(tmp_path, "docs/").kind is ProjectKind.PLAIN
    assert detect(tmp_path, "handbook").kind is ProjectKind.SPHINX
    one = detect(tmp_path, "guide/es")
    assert (one.source_dir, one.layout, one.source_language) == ("guide", Layout.FOLDERS, ES)
    with pytest.raises(TranspipeError, match="nowhere: is no folder: give the folder of documents"):
        detect(tmp_path, "nowhere")


def test_what_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    plant(tmp_path, pages("content/a.md", "content/a.es.md"))
    (tmp_path / "hugo.toml").write_bytes(b"defaultContentLanguage = '\xff'\n")
    (tmp_path / "content" / "b.es.md").symlink_to(tmp_path / "nothing")
    (tmp_path / "content" / "b.md").write_text("x\n")
    assert detect(tmp_path).source_language == EN


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("folder", "kind", "source_dir", "source", "languages", "locale_dir"),
    [
        ("cpython-docs", ProjectKind.SPHINX, "Doc", EN, (ES, PT_BR), "locale"),
        ("community/osslat-site", ProjectKind.HUGO, "content", ES, (EN, ES, PT), "locale"),
        ("community/mxlos-blog", ProjectKind.PLAIN, "blog", None, (), "locale"),
        ("community/seeds", ProjectKind.PLAIN, ".", None, (), "locale"),
    ],
)
def test_real_projects(
    corpora: Path,
    folder: str,
    kind: ProjectKind,
    source_dir: str,
    source: Locale | None,
    languages: tuple[Locale, ...],
    locale_dir: str,
) -> None:
    found = detect(corpora / folder)
    assert (found.kind, found.source_dir, found.locale_dir) == (kind, source_dir, locale_dir)
    assert (found.source_language, found.languages) == (source, languages)
