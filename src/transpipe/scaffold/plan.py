"""What was found and what was answered -> the settings of the project. Pure."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace

from babel import Locale

from transpipe.config import Settings
from transpipe.locales import path_code
from transpipe.scaffold.found import Answers, Found, Layout, ProjectKind
from transpipe.scaffold.names import language_of, pages, split_name


@dataclass(frozen=True, slots=True)
class Plan:
    """The settings to write, and what the reader should know of them."""

    settings: Settings
    notes: tuple[str, ...] = ()


def plan(found: Found, answers: Answers) -> Plan:
    """Settle the configuration of a project.

    Of each page exactly one version is taken, that in the source language: two would render to
    one output. What is rendered into the tree is never taken for a source.
    """
    if found.kind is ProjectKind.SPHINX:
        # A site is built in the source language too, and pages link to one another.
        source = answers.source_language
        others = tuple(locale for locale in answers.languages if locale != source)
        every = replace(answers, languages=(source, *others))
        settings = _settings(every, source_dir=found.source_dir)
        return Plan(replace(settings, gettext_compact=found.gettext_compact), found.notes)
    places = {Layout.SIBLINGS: _siblings, Layout.FOLDERS: _folders}
    places |= {Layout.DOCUSAURUS: _docusaurus, Layout.APART: _apart}
    place = places[found.layout](found, answers)
    settings = _settings(
        answers,
        source_dir=place.source_dir,
        include=_include(found),
        flavour=found.flavour,
        exclude=(*_beside(found, answers), *place.exclude),
        output=place.output,
        heading_ids=found.heading_ids,
    )
    data = dict(_data(found, answers))
    of_i18n = {f"{posixpath.dirname(path)}/*" for path in data if _is_i18n(path)}
    settings = replace(
        settings,
        data=data,
        data_outputs={glob: glob[:-1] + "{language}{suffix}" for glob in sorted(of_i18n)},
    )
    return Plan(settings, (*found.notes, *place.notes, *_spelling_notes(found, answers)))


def _settings(answers: Answers, **more: str | tuple[str, ...]) -> Settings:
    return Settings(
        source_language=path_code(answers.source_language),
        languages=tuple(path_code(locale) for locale in answers.languages),
        locale_dir=answers.locale_dir,
        **more,  # type: ignore[arg-type]  # mypy cannot see which key is which
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the sources are, which are left out, and where translations go."""

    source_dir: str
    output: str
    exclude: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def _siblings(found: Found, answers: Answers) -> _Place:
    """``X.md`` or ``X.es.md`` -> ``X.pt.md``."""
    parts = _foreign_parts(found, answers)
    suffixes = _suffixes(found)
    others = tuple(f"**/*.{part}{suffix}" for part in parts for suffix in suffixes)
    doubles = tuple(_literal(path) for path in _doubles(found, answers.source_language))
    return _Place(
        found.source_dir,
        _below(found.source_dir, "{name}.{language}{suffix}"),
        (*others, *doubles),
        (*_double_notes(doubles, answers), *_existing_notes(found, parts, answers)),
    )


def _doubles(found: Found, source: Locale) -> Iterator[str]:
    """Give the unsuffixed documents whose page another document claims for the source language.

    Where several spell that language (``es``, ``ES``), the first is the source.
    """
    for _, versions in sorted(pages(found.documents).items()):
        claims = sorted(part for part in versions if part and language_of(part) == source)
        claims = [part for part in claims if part in found.language_parts]
        if claims:
            yield from (versions[part] for part in ("", *claims[1:]) if part in versions)


def _double_notes(doubles: tuple[str, ...], answers: Answers) -> Iterator[str]:
    if doubles:
        code = path_code(answers.source_language)
        yield (
            f"{_count(len(doubles), 'page has', 'pages have')} both X.md and X.{code}.md: "
            f"X.{code}.md is the source, the other is in 'exclude'"
        )


def _existing_notes(found: Found, parts: tuple[str, ...], answers: Answers) -> Iterator[str]:
    """Tell of translations made by hand: rendering writes to the same paths."""
    source = answers.source_language
    written = [path for path in found.documents if split_name(path)[1] in parts]
    sourceless = [
        versions
        for versions in pages(found.documents).values()
        if not any(part not in parts or language_of(part) == source for part in versions)
    ]
    yield from _standing_notes(len(written))
    if sourceless:
        yield (
            f"{_count(len(sourceless), 'page has', 'pages have')} no version in "
            f"{path_code(source)}, and none is taken"
        )


def _standing_notes(number: int) -> Iterator[str]:
    if number:
        yield (
            f"{_count(number, 'translated document stands', 'translated documents stand')} "
            "where 'transpipe render' writes: it leaves them as they are, "
            "and 'transpipe adopt' takes their translations into the catalogs"
        )


def _folders(found: Found, answers: Answers) -> _Place:
    """``en/X.md`` or ``X.md`` -> ``es/X.md``."""
    output = _below(found.source_dir, "{language}/{path}")
    home = [part for part in found.language_parts if language_of(part) == answers.source_language]
    parts = _foreign_parts(found, answers)
    standing = sum(path.partition("/")[0] in parts for path in found.documents)
    notes = tuple(_standing_notes(standing))
    if home:
        return _Place(_below(found.source_dir, home[0]), output, (), notes)
    return _Place(found.source_dir, output, tuple(f"{part}/**" for part in parts), notes)


def _spelling_notes(found: Found, answers: Answers) -> Iterator[str]:
    """Tell of languages that the tree spells otherwise than ``{language}`` does."""
    for part in found.language_parts:
        locale = language_of(part)
        if locale in answers.languages and locale and path_code(locale) != part:
            yield f"the tree spells {part!r}, and 'transpipe render' writes {path_code(locale)!r}"


def _apart(found: Found, answers: Answers) -> _Place:
    return _Place(found.source_dir, "build/render/{language}/{path}")


def _docusaurus(found: Found, answers: Answers) -> _Place:
    parent = posixpath.dirname(found.source_dir) or "."
    folder = "i18n/{language}/docusaurus-plugin-content-docs/current"
    return _Place(found.source_dir, _below(parent, f"{folder}/{{path}}"))


def _data(found: Found, answers: Answers) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the files of texts in the source language, with the keys that such files have."""
    for path in found.data:
        code = posixpath.basename(path).split(".")[-2]
        if language_of(code) == answers.source_language:
            # Hugo: "id: text" or "id: {other: text}"; menus hold entries with names.
            keys = ("*", "*.one", "*.other", "[].translation") if _is_i18n(path) else ("*[].name",)
            yield path, keys


def _is_i18n(path: str) -> bool:
    return posixpath.basename(posixpath.dirname(path)) == "i18n"


def _foreign_parts(found: Found, answers: Answers) -> tuple[str, ...]:
    """Give the language parts that mark a translation: those there, and those that will be."""
    source = answers.source_language
    there = tuple(part for part in found.language_parts if language_of(part) != source)
    coming = tuple(path_code(locale) for locale in answers.languages if locale != source)
    return tuple(dict.fromkeys((*there, *coming)))


def _suffixes(found: Found) -> tuple[str, ...]:
    return tuple(sorted({split_name(path)[0][1] for path in found.documents})) or (".md",)


def _include(found: Found) -> tuple[str, ...]:
    return tuple(f"**/*{suffix}" for suffix in _suffixes(found))


def _beside(found: Found, answers: Answers) -> tuple[str, ...]:
    """Leave out what stands in a repository beside its documents, and what will."""
    folders = ("build", answers.locale_dir) if found.source_dir == "." else ()
    coming = (f"{_literal(folder)}/**" for folder in folders if not folder.startswith(".."))
    return tuple(dict.fromkeys((*coming, *found.exclude)))


def _literal(path: str) -> str:
    """Write a path as a glob: all but two characters stand for themselves."""
    return path.replace("*", "?")


def _below(folder: str, path: str) -> str:
    return path if folder == "." else posixpath.join(folder, path)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
