"""What was found and answered becomes settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from tests.scaffold.trees import pages as documents
from tests.scaffold.trees import plant
from transpipe.documents.globs import any_matches
from transpipe.locales import parse_locale
from transpipe.scaffold.detect import detect
from transpipe.scaffold.found import Answers, Found, Layout, ProjectKind
from transpipe.scaffold.names import language_of, pages, sibling_parts, split_name
from transpipe.scaffold.plan import Plan, plan

EN, ES, PT = Locale("en"), Locale("es"), Locale("pt")


def answers(source: str, *languages: str, locale_dir: str = "locale") -> Answers:
    return Answers(
        source_language=parse_locale(source),
        languages=tuple(parse_locale(code) for code in languages),
        locale_dir=locale_dir,
    )


def planned(folder: Path, files: Mapping[str, str], answered: Answers) -> Plan:
    return plan(detect(plant(folder, files)), answered)


def taken(found: Found, made: Plan) -> list[str]:
    """The documents that the settings choose."""
    settings = made.settings
    return [
        path
        for path in found.documents
        if any_matches(settings.include, path) and not any_matches(settings.exclude, path)
    ]


def test_a_sphinx_project_leaves_all_else_to_its_conf_py(tmp_path: Path) -> None:
    settings = planned(
        tmp_path, {"docs/conf.py": "project = 'x'\n"}, answers("en", "es", "pt-br")
    ).settings
    assert (settings.source_dir, settings.locale_dir) == ("docs", "locale")
    assert (settings.source_language, settings.languages) == ("en", ("en", "es", "pt_BR"))
    assert (settings.include, settings.exclude) == (("**",), ())


def test_siblings_one_version_a_page(tmp_path: Path) -> None:
    files = documents(
        *("content/a.md", "content/a.es.md", "content/a.en.md"),
        *("content/b.md", "content/b.en.md"),
        *("content/c.es.md", "content/c.en.md"),
        *("content/d.en.md", "content/d.pt.md"),
        "content/e.md",
    )
    made = planned(tmp_path, {"hugo.toml": "", **files}, answers("es", "en", "pt"))
    assert made.settings.output == "content/{name}.{language}{suffix}"
    assert made.settings.include == ("**/*.md",)
    assert made.settings.exclude == ("**/*.en.md", "**/*.pt.md", "a.md")
    assert taken(detect(tmp_path), made) == ["a.es.md", "b.md", "c.es.md", "e.md"]
    assert made.notes == (
        "1 page has both X.md and X.es.md: X.es.md is the source, the other is in 'exclude'",
        (
            "5 translated documents stand where 'transpipe render' writes: it leaves them as they "
            "are, and 'transpipe adopt' takes their translations into the catalogs"
        ),
        "1 page has no version in es, and none is taken",
    )


def test_what_will_be_rendered_beside_the_source_is_no_source(tmp_path: Path) -> None:
    made = planned(
        tmp_path, {"hugo.toml": "", **documents("content/a.md")}, answers("en", "es", "pt_BR")
    )
    assert made.settings.exclude == ("**/*.es.md", "**/*.pt_BR.md")


def test_a_spelling_that_differs_is_told_and_both_are_left_out(tmp_path: Path) -> None:
    made = planned(tmp_path, documents("docs/a.md", "docs/a.pt-br.md"), answers("en", "pt_BR"))
    assert made.settings.exclude == ("**/*.pt-br.md", "**/*.pt_BR.md")
    assert made.notes[-1] == "the tree spells 'pt-br', and 'transpipe render' writes 'pt_BR'"


def test_folders_with_one_for_the_source(tmp_path: Path) -> None:
    made = planned(tmp_path, documents("docs/en/a.md", "docs/es/a.md"), answers("en", "es"))
    assert made.settings.source_dir == "docs/en"
    assert made.settings.output == "docs/{language}/{path}"
    assert made.settings.exclude == ()
    assert made.notes == (
        (
            "1 translated document stands where 'transpipe render' writes: it leaves them as they "
            "are, and 'transpipe adopt' takes their translations into the catalogs"
        ),
    )


def test_folders_inside_the_source(tmp_path: Path) -> None:
    files = {
        "astro.config.mjs": "",
        **documents("src/content/docs/a.md", "src/content/docs/es/a.md"),
    }
    made = planned(tmp_path, files, answers("en", "es", "pt"))
    assert made.settings.source_dir == "src/content/docs"
    assert made.settings.output == "src/content/docs/{language}/{path}"
    assert made.settings.exclude == ("es/**", "pt/**")


def test_apart(tmp_path: Path) -> None:
    files = documents("a.md", "guide/b.md", "dist/c.md", "odd[1]/d.md")
    made = planned(tmp_path, files, answers("en", "es", locale_dir="po"))
    assert made.settings.output == "build/render/{language}/{path}"
    assert made.settings.exclude == ("build/**", "po/**", "dist/**")
    assert taken(detect(tmp_path), made) == ["a.md", "guide/b.md", "odd[1]/d.md"]


def test_a_double_with_odd_characters_is_left_out(tmp_path: Path) -> None:
    files = {"hugo.toml": "", **documents("content/[x]*.md", "content/[x]*.en.md")}
    made = planned(tmp_path, files, answers("en", "es"))
    assert taken(detect(tmp_path), made) == ["[x]*.en.md"]


NAMES = st.builds(
    lambda stem, part, suffix: f"{stem}{part}{suffix}",
    st.sampled_from(["a", "b", "d/a", "d/e.f/index"]),
    st.sampled_from(["", ".es", ".en", ".pt", ".ES"]),
    st.sampled_from([".md", ".markdown"]),
)


@given(st.lists(NAMES, unique=True, min_size=1), st.sampled_from([EN, ES, PT]))
def test_no_two_documents_taken_are_one_page(paths: list[str], source: Locale) -> None:
    found = Found(
        kind=ProjectKind.HUGO,
        source_dir="content",
        documents=tuple(sorted(paths)),
        layout=Layout.SIBLINGS,
        language_parts=sibling_parts(paths, [EN, ES, PT]),
    )
    others = [str(locale) for locale in (EN, ES, PT) if locale != source]
    chosen = taken(found, plan(found, answers(str(source), *others)))
    chosen_pages = [split_name(path)[0] for path in chosen]
    assert len(set(chosen_pages)) == len(chosen_pages)
    # And none is lost: each page that has a version in the source language gives one.
    assert set(chosen_pages) == {
        page
        for page, versions in pages(paths).items()
        if any(not part or language_of(part) == source for part in versions)
    }


@pytest.mark.corpus
def test_the_seed_site_gives_each_page_once(corpora: Path) -> None:
    found = detect(corpora / "community" / "osslat-site")
    made = plan(found, answers("es", "en", "pt"))
    chosen = [split_name(path)[0] for path in taken(found, made)]
    assert len(found.documents) == 155
    assert len(chosen) == len(set(chosen)) == len(pages(found.documents)) == 41


def test_mkdocs_with_the_i18n_plugin(tmp_path: Path) -> None:
    config = "plugins:\n  - search\n  - i18n:\n      docs_structure: {}\n"
    for structure, output in (
        ("suffix", "docs/{name}.{language}{suffix}"),
        ("folder", "docs/{language}/{path}"),
    ):
        files = {"mkdocs.yml": config.format(structure), **documents("docs/a.md")}
        made = planned(tmp_path / structure, files, answers("es", "pt"))
        assert (made.settings.output, made.settings.heading_ids) == (output, "")
    files["mkdocs.yml"] += "markdown_extensions: [attr_list]\n"
    made = planned(tmp_path / "ids", files, answers("es", "pt"))
    assert made.settings.heading_ids == "mkdocs"


def test_docusaurus(tmp_path: Path) -> None:
    files = {"web/docusaurus.config.js": "", "docusaurus.config.js": "", **documents("docs/a.md")}
    made = planned(tmp_path, files, answers("es", "pt"))
    assert made.settings.output == ("i18n/{language}/docusaurus-plugin-content-docs/current/{path}")
    assert made.settings.heading_ids == "docusaurus"


def test_data_of_a_hugo_site_in_its_source_language(tmp_path: Path) -> None:
    files = {
        "hugo.toml": 'defaultContentLanguage = "es"\n',
        "i18n/es.yaml": "",
        "i18n/pt.yaml": "",
        "config/_default/menus.es.toml": "",
        "config/_default/params.toml": "",
        **documents("content/a.md"),
    }
    made = planned(tmp_path, files, answers("es", "pt"))
    assert made.settings.data == {
        "i18n/es.yaml": ("*", "*.one", "*.other", "[].translation"),
        "config/_default/menus.es.toml": ("*[].name",),
    }
    assert made.settings.data_outputs == {"i18n/*": "i18n/{language}{suffix}"}
    assert made.settings.heading_ids == "hugo"
