"""What to check and how: the settings of the command line and the project, put together."""

from __future__ import annotations

import dataclasses
import difflib
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel import Locale

from transpipe.catalogs.layout import MESSAGES_FOLDER
from transpipe.checks import CHECKS, Context
from transpipe.checks.dialect import ANY, Dialect
from transpipe.checks.dictionaries import find_dictionary, speller
from transpipe.checks.run import DEFAULTS, NAMES, Severities
from transpipe.checks.termbase import read_glossary
from transpipe.config import Config, line_of
from transpipe.documents.globs import first_match, matches
from transpipe.errors import ConfigError, TranspipeError
from transpipe.files import read_text, relative_to
from transpipe.locales import path_code
from transpipe.model import Severity
from transpipe.scaffold.hints import myst_settings

_LEVELS: Mapping[str, Severity | None] = {"off": None, **{each.value: each for each in Severity}}


@dataclass(frozen=True, slots=True)
class Target:
    """A catalog to check."""

    path: Path
    locale: Locale | None

    @property
    def domain(self) -> str:
        """The name of its document, as the layout of gettext has it."""
        parts = self.path.parts
        if MESSAGES_FOLDER in parts:
            after = len(parts) - parts[::-1].index(MESSAGES_FOLDER)
            return Path(*parts[after:]).with_suffix("").as_posix()
        return self.path.stem


class Plan:
    """What is known before the first catalog is read."""

    def __init__(self, config: Config, selected: tuple[str, ...]) -> None:
        """Read the settings.

        :param selected: the only checks to run, by name; none for those of the configuration.
        :raises TranspipeError: naming the line, if a setting names no check or no severity, or if
            a glossary or word list cannot be used.
        """
        for name in selected:
            if name not in NAMES:
                raise TranspipeError(f"no check {name!r}", _nearest(name))
        self.config = config
        self._selected = selected
        self._by_path = tuple(
            (glob, _levels(_pairs(levels, config), config, "check_paths"))
            for glob, levels in config.settings.check_paths.items()
        )
        self._severities = {
            **DEFAULTS,
            **_levels(config.settings.checks, config, "checks"),
        }
        source = config.source_language or Locale("en")
        settings = config.settings
        self._glossary_files = tuple(config.root / each for each in settings.glossary)
        self.glossary = read_glossary(self._glossary_files, source) if settings.glossary else None
        self._words = tuple(_words(config.root / each for each in settings.word_list))
        self.dialect = _dialect(config)
        self.notices: list[str] = []
        self._contexts: dict[Locale | None, Context] = {}
        self._dictionaries: dict[Locale, Path | None] = {}

    def severities(self, target: Target) -> Severities:
        """Say how bad the findings of each check are in a catalog."""
        found = dict(self._severities)
        place = relative_to(target.path, self.config.locale_dir).as_posix()
        for glob, levels in self._by_path:
            if matches(glob, place):
                found.update(levels)
        if self._selected:
            default = {check.name: check.severity for check in CHECKS}
            return {name: found[name] or default[name] for name in self._selected}
        return found

    def context(
        self, target: Target, usual: Mapping[str, str], terms: Mapping[str, frozenset[str]]
    ) -> Context:
        """Say what the checks of a catalog know beside it."""
        base = self._contexts.get(target.locale)
        if base is None:
            base = self._contexts[target.locale] = self._of_language(target.locale)
        written = first_match(self.config.source_languages, target.domain + ".md")
        source = written or self.config.source_language or Locale("en")
        return dataclasses.replace(base, source=source, usual=usual, terms=terms)

    def _of_language(self, locale: Locale | None) -> Context:
        context = Context(
            locale,
            "markdown",
            dialect=self.dialect,
            shortcodes=self.config.settings.shortcodes,
            glossary=self.glossary,
        )
        if locale is None or not self._spelling_is_on():
            return context
        dictionary = self._dictionary(locale)
        if dictionary is None:
            return context
        return dataclasses.replace(context, speller=speller(dictionary, self._right_words()))

    def dictionary_state(self, target: Target) -> str:
        """Tell which dictionary serves a catalog, so that another one is told from it."""
        if target.locale is None or not self._spelling_is_on():
            return ""
        dictionary = self._dictionary(target.locale)
        return f"{dictionary}:{dictionary.stat().st_mtime_ns}" if dictionary else "none"

    def _dictionary(self, locale: Locale) -> Path | None:
        if locale not in self._dictionaries:
            folders = [self.config.root / each for each in self.config.settings.dictionaries]
            found = self._dictionaries[locale] = find_dictionary(locale, folders)
            if found is None:
                self.notices.append(
                    f"no dictionary of {path_code(locale)}: spelling is not checked: install"
                    f" hunspell-{locale.language}, or set 'dictionaries'"
                )
        return self._dictionaries[locale]

    def _spelling_is_on(self) -> bool:
        levels = [self._severities, *(levels for _, levels in self._by_path)]
        return "spelling" in self._selected or (
            not self._selected and any(level.get("spelling") for level in levels)
        )

    def _right_words(self) -> Iterator[str]:
        yield from self._words
        for term in self.glossary.terms if self.glossary else ():
            for name in (term.source, *term.allowed):
                yield from name.split()

    @property
    def fingerprint(self) -> str:
        """Give what every finding depends on beside the catalog, as a hash."""
        settings = dataclasses.asdict(self.config.settings)
        parts = [json.dumps(settings, sort_keys=True), *self._selected, *self._words]
        parts.append(_told(self.dialect))
        parts += [read_text(path) for path in self._glossary_files]
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _dialect(config: Config) -> Dialect:
    """Tell the Markdown of a project; of one without a configuration, nothing is known."""
    if config.file is None:
        return ANY
    if not config.is_sphinx_project:
        return Dialect(config.settings.markdown)
    try:
        said = myst_settings(read_text(config.source_dir / "conf.py"))
    except TranspipeError:
        said = None
    if said is None:
        return Dialect("myst")
    return Dialect(
        "myst",
        frozenset(said.get("enable_extensions", ())),
        math_spaces=bool(said.get("dmath_allow_space", True)),
        math_digits=bool(said.get("dmath_allow_digits", True)),
    )


def _told(dialect: Dialect) -> str:
    """Give what the configuration of a Sphinx project says, as a text that is its own."""
    extensions = None if dialect.extensions is None else sorted(dialect.extensions)
    return repr((dialect.name, extensions, dialect.math_spaces, dialect.math_digits))


def _words(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        for line in read_text(path).removeprefix("\ufeff").splitlines():
            word = line.partition("#")[0].strip()
            if word:
                yield word


def _pairs(levels: str, config: Config) -> Iterator[tuple[str, str]]:
    for part in filter(None, (part.strip() for part in levels.split(","))):
        name, equals, level = part.partition("=")
        if not equals:
            _refuse(config, "check_paths", f"{part!r} names no severity", "write NAME=off")
        yield name.strip(), level.strip()


def _levels(
    written: Mapping[str, str] | Iterable[tuple[str, str]], config: Config, key: str
) -> dict[str, Severity | None]:
    found: dict[str, Severity | None] = {}
    for name, level in dict(written).items():
        if name not in NAMES:
            _refuse(config, key, f"no check {name!r}", _nearest(name))
        if level not in _LEVELS:
            _refuse(config, key, f"no severity {level!r}", f"use {', '.join(_LEVELS)}")
        found[name] = _LEVELS[level]
    return found


def _nearest(name: str) -> str:
    near = difflib.get_close_matches(name, NAMES, n=1)
    return f"did you mean {near[0]!r}?" if near else "see the reference of checks"


def _refuse(config: Config, key: str, problem: str, remedy: str) -> None:
    file = config.file or Path()
    line = line_of(read_text(file), key, file) if config.file else None
    raise ConfigError(problem, remedy, path=file, line=line)
