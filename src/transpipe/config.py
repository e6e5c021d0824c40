"""The configuration: one dataclass gives validation, the reference page and a JSON schema."""

from __future__ import annotations

import dataclasses
import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, get_args, get_type_hints

from babel import Locale

from transpipe.errors import ConfigError, TranspipeError
from transpipe.files import read_text
from transpipe.locales import parse_locale

FILE_NAMES = ("transpipe.toml", "pyproject.toml")
"""Looked for in each folder upward, in this order; the second counts only with its table."""
TABLE = "tool.transpipe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The keys of ``[tool.transpipe]``, as written. Paths are relative to the file's folder."""

    source_language: Annotated[str, "The language that documents are written in."] = "en"
    source_languages: Annotated[
        dict[str, str],
        "Documents written in another language, by glob below the source folder: "
        '`{"comunidad/**" = "es"}`. The first glob that matches decides.',
    ] = field(default_factory=dict)
    languages: Annotated[
        tuple[str, ...], "The languages to translate into, to build and to report."
    ] = ()
    source_dir: Annotated[
        str, "The folder of source documents. One that holds a `conf.py` is a Sphinx project."
    ] = "docs"
    include: Annotated[
        tuple[str, ...], "Globs of the documents to take, below the source folder."
    ] = ("**",)
    exclude: Annotated[
        tuple[str, ...], "Globs of the documents to leave out, below the source folder."
    ] = ()
    formats: Annotated[
        dict[str, str],
        'The format of documents whose suffix does not tell it, by glob: `{"*.txt" = "markdown"}`.',
    ] = field(default_factory=dict)
    markdown: Annotated[
        str, "The Markdown that documents outside Sphinx are written in: `gfm` or `myst`."
    ] = "gfm"
    front_matter: Annotated[
        tuple[str, ...], "The keys of the front matter whose values are translated."
    ] = ("title", "description", "summary")
    locale_dir: Annotated[
        str,
        "The folder of catalogs: templates in `pot/`, translations in `LANGUAGE/LC_MESSAGES/`.",
    ] = "locale"
    build_dir: Annotated[str, "The folder for sites, and for what can be made again."] = "build"
    output: Annotated[
        str,
        "Where `render` writes a translated document. `{language}` is its language, `{path}` the "
        "document's path below the source folder, `{suffix}` the suffix of that path, and "
        "`{name}` the path without its suffix and without a language in it: `about/index` of "
        "`about/index.es.md`.",
    ] = "build/render/{language}/{path}"
    fail_under: Annotated[
        float, "The share of translated messages, in percent, that `report` asks of each language."
    ] = 0.0


@dataclass(frozen=True, slots=True)
class Config:
    """Settings that have been checked, and the folders they speak of."""

    root: Path
    """The folder of the configuration file, as its path was given: the project."""
    file: Path | None
    """The configuration file; None where there is none."""
    settings: Settings
    source_language: Locale | None
    """Of documents that say nothing else; None where there is no configuration to say it."""
    source_languages: tuple[tuple[str, Locale], ...]
    languages: tuple[Locale, ...]

    @property
    def source_dir(self) -> Path:
        """The folder of source documents."""
        return self.root / self.settings.source_dir

    @property
    def locale_dir(self) -> Path:
        """The folder of catalogs."""
        return self.root / self.settings.locale_dir

    @property
    def pot_dir(self) -> Path:
        """The folder of templates."""
        return self.locale_dir / "pot"

    @property
    def build_dir(self) -> Path:
        """The folder of built sites."""
        return self.root / self.settings.build_dir

    @property
    def is_sphinx_project(self) -> bool:
        """Whether the source folder is built by its own conf.py."""
        return (self.source_dir / "conf.py").is_file()


def find_config(start: Path) -> Path | None:
    """Find the nearest configuration file in a folder or above it.

    :raises ConfigError: if a file on the way is not TOML.
    """
    for folder in (start, *start.parents):
        for name in FILE_NAMES:
            path = folder / name
            if path.is_file() and (name == "transpipe.toml" or _table(path) is not None):
                return path
    return None


def load_config(path: Path) -> Config:
    """Read and check a configuration file.

    :raises ConfigError: naming the line, where a key is unknown, of the wrong type, or holds a
        value that cannot be.
    """
    table = _table(path)
    if table is None:
        raise ConfigError(f"has no [{TABLE}] table", "add one, or run 'transpipe init'", path=path)
    text = read_text(path, ConfigError)
    return _checked(path, _settings(path, text, table), text)


def _table(path: Path) -> Mapping[str, Any] | None:
    text = read_text(path, ConfigError)
    try:
        data = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as problem:
        reason, line = _toml_problem(str(problem), text)
        raise ConfigError(f"is not TOML ({reason})", "mend it", path=path, line=line) from problem
    if path.name != "pyproject.toml":
        return data
    tool = data.get("tool", {})
    table = tool.get("transpipe") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


def _toml_problem(message: str, text: str) -> tuple[str, int]:
    """Take the place out of a message of tomllib, which a document's last line may be."""
    match = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)", message)
    line = int(match[1]) if match and match[1] else text.rstrip().count("\n") + 1
    return (message[: match.start()] if match else message).lower(), line


def _settings(path: Path, text: str, table: Mapping[str, Any]) -> Settings:
    hints = get_type_hints(Settings)
    for key, value in table.items():
        line = _line_of(text, key, path)
        if key not in hints:
            near = difflib.get_close_matches(key, hints, n=1, cutoff=0.5)
            remedy = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(hints)}"
            raise ConfigError(f"unknown key {key!r}", remedy, path=path, line=line)
        wanted = _type_problem(hints[key], value)
        if wanted:
            raise ConfigError(
                f"{key!r} holds {_toml_type(value)}", f"give it {wanted}", path=path, line=line
            )
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
    }
    return Settings(**values)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A type that a key can have, in words, as a test, and in JSON schema."""

    words: str
    fits: Callable[[Any], bool]
    schema: Mapping[str, Any]


def _strings(values: Iterable[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


_SHAPES: Mapping[Any, _Shape] = {
    str: _Shape("a string", lambda value: isinstance(value, str), {"type": "string"}),
    float: _Shape(
        "a number",
        lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
        {"type": "number"},
    ),
    tuple[str, ...]: _Shape(
        "a list of strings",
        lambda value: isinstance(value, list) and _strings(value),
        {"type": "array", "items": {"type": "string"}},
    ),
    dict[str, str]: _Shape(
        'a table of strings, as in `{ "glob" = "value" }`',
        lambda value: isinstance(value, dict) and _strings(value.values()),
        {"type": "object", "additionalProperties": {"type": "string"}},
    ),
}


def _type_problem(kind: Any, value: Any) -> str | None:
    shape = _SHAPES[kind]
    return None if shape.fits(value) else shape.words


def _toml_type(value: Any) -> str:
    names = {bool: "a boolean", int: "a number", float: "a number", str: "a string"}
    names |= {list: "a list of other things", dict: "a table of other things"}
    return names.get(type(value), "something else")


def _line_of(text: str, key: str, path: Path) -> int | None:
    """Find the line that sets a key: in pyproject.toml only inside our table."""
    inside = path.name != "pyproject.toml"
    pattern = re.compile(rf"\s*(?:{re.escape(key)}|[\"']{re.escape(key)}[\"'])\s*[=.]")
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line)
        if header:
            if header[1] in (f"{TABLE}.{key}", key if path.name != "pyproject.toml" else None):
                return number
            inside = header[1] == TABLE if path.name == "pyproject.toml" else False
        elif inside and pattern.match(line):
            return number
    return None


def _checked(path: Path, settings: Settings, text: str) -> Config:
    def locale(key: str, code: str) -> Locale:
        try:
            return parse_locale(code)
        except TranspipeError as problem:
            raise ConfigError(
                problem.problem, problem.remedy, path=path, line=_line_of(text, key, path)
            ) from problem

    def refuse(key: str, problem: str, remedy: str) -> None:
        raise ConfigError(problem, remedy, path=path, line=_line_of(text, key, path))

    if settings.markdown not in ("gfm", "myst"):
        refuse("markdown", f"unknown Markdown {settings.markdown!r}", "use 'gfm' or 'myst'")
    if not 0 <= settings.fail_under <= 100:
        refuse("fail_under", f"fail_under is {settings.fail_under}", "use a number from 0 to 100")
    if "{language}" not in settings.output:
        refuse("output", "'output' has no {language}", "languages would overwrite one another")
    return Config(
        root=path.parent,
        file=path,
        settings=settings,
        source_language=locale("source_language", settings.source_language),
        source_languages=tuple(
            (glob, locale("source_languages", code))
            for glob, code in settings.source_languages.items()
        ),
        languages=tuple(dict.fromkeys(locale("languages", code) for code in settings.languages)),
    )


def defaults(root: Path) -> Config:
    """Give the configuration of a folder that has no configuration file."""
    return Config(root, None, Settings(), None, (), ())


@dataclass(frozen=True, slots=True)
class Key:
    """What there is to say about one key."""

    name: str
    type: str
    """In words: ``a list of strings``."""
    default: Any
    """As JSON and TOML write it: a list, not a tuple."""
    doc: str
    schema: Mapping[str, Any]


def keys() -> tuple[Key, ...]:
    """Give every key of the table, in order."""
    blank = Settings()
    hints = get_type_hints(Settings, include_extras=True)
    found = []
    for item in dataclasses.fields(Settings):
        kind, doc = get_args(hints[item.name])
        default = getattr(blank, item.name)
        default = list(default) if isinstance(default, tuple) else default
        shape = _SHAPES[kind]
        found.append(Key(item.name, shape.words, default, doc, shape.schema))
    return tuple(found)


def json_schema() -> Mapping[str, Any]:
    """Give the JSON schema of the table, for editors (JSON Schema draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "transpipe",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            key.name: {**key.schema, "default": key.default, "description": key.doc}
            for key in keys()
        },
    }
