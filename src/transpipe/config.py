"""The configuration: one dataclass gives validation, the reference page and a JSON schema."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, NoReturn, get_args, get_type_hints

from babel import Locale

from transpipe.errors import ConfigError, TranspipeError
from transpipe.files import read_text
from transpipe.locales import parse_locale

FILE_NAMES = ("transpipe.toml", "pyproject.toml")
"""Looked for in each folder upward, in this order; the second counts only with its table."""
TABLE = "tool.transpipe"
FLAVOURS = ("none", "hugo", "mkdocs", "mdx", "docusaurus", "astro", "jekyll", "jinja")
"""The sites whose own syntax in Markdown is known."""
SYNTAXES = ("markdown", "rest", "text")
"""What the text of a catalog can be written in."""
FAIL_ON = ("error", "warning", "never")


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
    flavour: Annotated[
        str,
        "The site whose own syntax in Markdown is protected, in documents outside Sphinx: `none`, "
        "`hugo`, `mkdocs`, `mdx`, `docusaurus`, `astro`, `jekyll`, or `jinja` for other sites with "
        "`{{ }}` and `{% %}`.",
    ] = "none"
    flavours: Annotated[
        dict[str, str],
        "Another flavour for some documents, by glob below the source folder. The first glob that "
        "matches decides.",
    ] = field(default_factory=dict)
    code_comments: Annotated[
        bool, "Whether comments in code blocks are translated, in documents outside Sphinx."
    ] = False
    shortcodes: Annotated[
        tuple[str, ...],
        "The parameters of shortcodes without a name that hold text: `figure.2` is the second one "
        "of `figure`. Of a shortcode that is not named here, those in quotes that read like a "
        "sentence are text.",
    ] = ()
    front_matter: Annotated[
        tuple[str, ...],
        "The keys of the front matter whose values are translated: `title`, a path such as "
        "`params.hero.title`, or `social[].name` for each item of a list. `*` stands for any one "
        "name, `**` for any number of steps.",
    ] = ("title", "description", "summary")
    data: Annotated[
        dict[str, tuple[str, ...]],
        "Data files whose values are translated, and the keys that hold them, by glob below the "
        'project\'s folder: `{"data/authors.yaml" = ["[].bio"]}`. Keys are written as in '
        "`front_matter`. The first glob that matches decides.",
    ] = field(default_factory=dict)
    locale_dir: Annotated[
        str,
        "The folder of catalogs: templates in `pot/`, translations in `LANGUAGE/LC_MESSAGES/`.",
    ] = "locale"
    gettext_compact: Annotated[
        bool | str,
        "Which documents of a Sphinx project share a catalog, as Sphinx has it: `false` for none, "
        "`true` for those of a top-level folder, or the name of one catalog for all.",
    ] = False
    build_dir: Annotated[str, "The folder for sites, and for what can be made again."] = "build"
    output: Annotated[
        str,
        "Where `render` writes a translated document. `{language}` is its language, `{path}` the "
        "document's path below the source folder, `{suffix}` the suffix of that path, and "
        "`{name}` the path without its suffix and without a language in it: `about/index` of "
        "`about/index.es.md`.",
    ] = "build/render/{language}/{path}"
    outputs: Annotated[
        dict[str, str],
        "`output` for single languages, where a site treats one otherwise: "
        '`{"es" = "docs/{path}"}`.',
    ] = field(default_factory=dict)
    data_output: Annotated[
        str,
        "Where `render` writes a translated data file: as `output`, with paths below the project's "
        "folder, and with `{folder}` and `{file}`, the two parts of `{path}`.",
    ] = "{name}.{language}{suffix}"
    data_outputs: Annotated[
        dict[str, str],
        "`data_output` for some data files, by glob: "
        '`{"data/**" = "data/{language}/{file}"}`. The first glob that matches decides.',
    ] = field(default_factory=dict)
    untranslated: Annotated[
        dict[str, str],
        "What `render` does with what has no translation, by language, `*` for all others: "
        "`source` leaves the text of the source, `notice` adds a notice with a link to the "
        "original, `skip under 80` leaves out a document of which less than 80 % of the messages "
        "are translated. Two can be joined: `skip under 50, notice`.",
    ] = field(default_factory=dict)
    notice: Annotated[
        str,
        "A file with the Markdown of the notice. `{language}` in the file's name is the reader's "
        "language; in the text, `{language}` and `{source_language}` are names of languages, "
        "`{original}` is the address of the original, and `{percent}` the translated share. "
        "Default: a text of transpipe's own.",
    ] = ""
    heading_ids: Annotated[
        str,
        "The site generator for which `render` gives translated headings the ids of their "
        "sources: `hugo`, `docusaurus`, `mkdocs` or `starlight`. Default: none.",
    ] = ""
    follow_links: Annotated[
        bool,
        "Whether links between documents lead to the same language: to the file that `render` "
        "wrote, and, with `urls`, to its address.",
    ] = False
    urls: Annotated[
        dict[str, str],
        "The addresses of documents on the site, by language, `*` for all others: "
        '`{"es" = "/{name}/", "*" = "/{language}/{name}/"}`. An `index` at the end of a name '
        "is left out.",
    ] = field(default_factory=dict)
    names: Annotated[
        tuple[str, ...],
        "Names that stay as they are in every language. `report --count-apart` leaves messages "
        "that hold nothing else out of its counts.",
    ] = ()
    edit_url: Annotated[
        str,
        "Where a translator edits a catalog, for the links of HTML reports: "
        "`https://github.com/OWNER/NAME/edit/main/{path}`. `{path}` is the catalog, `{line}` the "
        "line of the message in it, `{language}` its language and `{document}` its document.",
    ] = ""
    diff_comments: Annotated[
        bool,
        "Whether `update` says in a comment of each fuzzy message what changed in its source.",
    ] = False
    fail_under: Annotated[
        float, "The share of translated messages, in percent, that `report` asks of each language."
    ] = 0.0
    checks: Annotated[
        dict[str, str],
        "How bad the findings of a check are: `error`, `warning`, or `off`. "
        '`{ "spelling" = "warning", "length" = "off" }`.',
    ] = field(default_factory=dict)
    check_paths: Annotated[
        dict[str, str],
        "The same for some catalogs, by glob below the folder of catalogs: "
        '`{ "es/**" = "length=off, number=error" }`. All globs that match count, in order.',
    ] = field(default_factory=dict)
    fail_on: Annotated[
        str, "The severity of findings that makes `check` fail: `error`, `warning`, or `never`."
    ] = "error"
    syntax: Annotated[
        str,
        "What the text of catalogs is written in: `markdown`, `rest` or `text`. Empty: what the "
        "references of each catalog say.",
    ] = ""
    glossary: Annotated[
        tuple[str, ...], "Files of terms, CSV or TBX, that `check` compares translations with."
    ] = ()
    word_list: Annotated[
        tuple[str, ...], "Files of words that are spelled right in this project, a word a line."
    ] = ()
    dictionaries: Annotated[
        tuple[str, ...],
        "Folders of hunspell dictionaries, looked in before those of the system.",
    ] = ()


@dataclass(frozen=True, slots=True)
class Untranslated:
    """What ``render`` does with what has no translation. Without more, the source text stays."""

    skip_under: float = 0.0
    """The share of translated messages, in percent, below which a document is left out."""
    notice: bool = False
    """Whether a document that is not complete says so."""


HEADING_IDS = ("hugo", "docusaurus", "mkdocs", "starlight")
"""The site generators whose heading ids are known."""
_SKIP = re.compile(r"skip under (\d+(?:\.\d+)?) ?%?")


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
    outputs: tuple[tuple[Locale, str], ...] = ()
    untranslated: tuple[tuple[Locale | None, Untranslated], ...] = ()
    """The policy of each language; of None, that of all others."""
    urls: tuple[tuple[Locale | None, str], ...] = ()
    """The pattern of addresses of each language; of None, that of all others."""

    def policy(self, locale: Locale) -> Untranslated:
        """Give what is done with untranslated text in a language."""
        rows = dict(self.untranslated)
        return rows.get(locale) or rows.get(None) or Untranslated()

    def url_pattern(self, locale: Locale) -> str | None:
        """Give the pattern of addresses in a language, None where there is none."""
        rows = dict(self.urls)
        return rows.get(locale, rows.get(None))

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

    def domain_of(self, document: str) -> str:
        """Give the domain of a document's messages: Sphinx's rule for ``gettext_compact``."""
        compact = self.settings.gettext_compact
        if isinstance(compact, str):
            return compact
        return document.partition("/")[0] if compact else document

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
    import tomllib  # late: a folder of catalogs needs no configuration

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
        line = line_of(text, key, path)
        if key not in hints:
            import difflib  # late: most keys are known

            near = difflib.get_close_matches(key, hints, n=1, cutoff=0.5)
            remedy = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(hints)}"
            raise ConfigError(f"unknown key {key!r}", remedy, path=path, line=line)
        wanted = _type_problem(hints[key], value)
        if wanted:
            raise ConfigError(
                f"{key!r} holds {_toml_type(value)}", f"give it {wanted}", path=path, line=line
            )
    values: dict[str, Any] = {key: _frozen(value) for key, value in table.items()}
    return Settings(**values)


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen(each) for key, each in value.items()}
    return tuple(value) if isinstance(value, list) else value


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
    bool: _Shape("true or false", lambda value: isinstance(value, bool), {"type": "boolean"}),
    bool | str: _Shape(
        "true, false or a name",
        lambda value: isinstance(value, (bool, str)) and value != "",
        {"type": ["boolean", "string"]},
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
    dict[str, tuple[str, ...]]: _Shape(
        'a table of lists of strings, as in `{ "glob" = ["value"] }`',
        lambda value: (
            isinstance(value, dict)
            and all(isinstance(each, list) and _strings(each) for each in value.values())
        ),
        {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    ),
}


def _type_problem(kind: Any, value: Any) -> str | None:
    shape = _SHAPES[kind]
    return None if shape.fits(value) else shape.words


def _toml_type(value: Any) -> str:
    names = {bool: "a boolean", int: "a number", float: "a number", str: "a string"}
    names |= {list: "a list of other things", dict: "a table of other things"}
    return names.get(type(value), "something else")


def line_of(text: str, key: str, path: Path) -> int | None:
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


@dataclass(frozen=True, slots=True)
class _Checker:
    """Turns settings into a configuration, and names the line of a value that cannot be."""

    path: Path
    settings: Settings
    text: str

    def refuse(self, key: str, problem: str, remedy: str) -> NoReturn:
        line = line_of(self.text, key, self.path)
        raise ConfigError(problem, remedy, path=self.path, line=line)

    def locale(self, key: str, code: str) -> Locale:
        try:
            return parse_locale(code)
        except TranspipeError as problem:
            self.refuse(key, problem.problem, problem.remedy)

    def by_language(self, key: str) -> tuple[tuple[Locale | None, str], ...]:
        """Read a table by language, with ``*`` for all others."""
        table: Mapping[str, str] = getattr(self.settings, key)
        return tuple(
            (None if code == "*" else self.locale(key, code), value)
            for code, value in table.items()
        )

    def policy(self, value: str) -> Untranslated:
        made = Untranslated()
        for word in (part.strip() for part in value.split(",")):
            skip = _SKIP.fullmatch(word)
            if skip and float(skip[1]) <= 100:
                made = dataclasses.replace(made, skip_under=float(skip[1]))
            elif word == "notice":
                made = dataclasses.replace(made, notice=True)
            elif word != "source":
                known = "use 'source', 'notice' or 'skip under 80'"
                self.refuse("untranslated", f"unknown policy {word!r}", known)
        return made

    def choices(self) -> None:
        """Refuse values that are none of those there are."""
        settings = self.settings
        if settings.markdown not in ("gfm", "myst"):
            problem = f"unknown Markdown {settings.markdown!r}"
            self.refuse("markdown", problem, "use 'gfm' or 'myst'")
        rows = (("flavour", (settings.flavour,)), ("flavours", settings.flavours.values()))
        for key, names in rows:
            for name in names:
                if name not in FLAVOURS:
                    known = f"use one of {', '.join(FLAVOURS)}"
                    self.refuse(key, f"unknown flavour {name!r}", known)
        for name in settings.shortcodes:
            if not re.fullmatch(r"[\w./-]+\.[1-9]\d*", name):
                problem = f"{name!r} names no parameter"
                self.refuse("shortcodes", problem, "write it as 'figure.2'")
        if settings.heading_ids not in ("", *HEADING_IDS):
            known = ", ".join(map(repr, HEADING_IDS))
            self.refuse(
                "heading_ids", f"unknown heading ids {settings.heading_ids!r}", f"use {known}"
            )
        self.choice("fail_on", settings.fail_on, FAIL_ON)
        self.choice("syntax", settings.syntax, ("", *SYNTAXES))
        if not 0 <= settings.fail_under <= 100:
            problem = f"fail_under is {settings.fail_under}"
            self.refuse("fail_under", problem, "use a number from 0 to 100")
        if settings.edit_url and not settings.edit_url.startswith(("https://", "http://")):
            problem = f"edit_url is {settings.edit_url!r}"
            self.refuse("edit_url", problem, "begin it with https://")

    def choice(self, key: str, value: str, known: tuple[str, ...]) -> None:
        """Refuse a value that is none of those known."""
        if value not in known:
            names = ", ".join(filter(None, known))
            self.refuse(key, f"unknown {key} {value!r}", f"use one of {names}")

    def patterns(self) -> None:
        """Refuse patterns by which one language would be written over another."""
        settings = self.settings
        rows = (
            ("output", settings.output),
            ("data_output", settings.data_output),
            *(("data_outputs", pattern) for pattern in settings.data_outputs.values()),
        )
        for key, pattern in rows:
            if "{language}" not in pattern:
                problem = f"{key!r} has no {{language}}"
                self.refuse(key, problem, "languages would overwrite one another")


def _checked(path: Path, settings: Settings, text: str) -> Config:
    checker = _Checker(path, settings, text)
    checker.choices()
    checker.patterns()
    return Config(
        root=path.parent,
        file=path,
        settings=settings,
        source_language=checker.locale("source_language", settings.source_language),
        source_languages=tuple(
            (glob, checker.locale("source_languages", code))
            for glob, code in settings.source_languages.items()
        ),
        languages=tuple(
            dict.fromkeys(checker.locale("languages", code) for code in settings.languages)
        ),
        outputs=tuple(
            (checker.locale("outputs", code), pattern) for code, pattern in settings.outputs.items()
        ),
        untranslated=tuple(
            (locale, checker.policy(value)) for locale, value in checker.by_language("untranslated")
        ),
        urls=checker.by_language("urls"),
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
