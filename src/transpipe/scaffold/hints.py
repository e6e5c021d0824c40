"""What a site's own configuration says of languages and folders, read as text.

Nothing of it is run: a ``conf.py`` is taken apart by :mod:`ast`, and of JavaScript only string
literals are looked at. What cannot be read says nothing.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from babel import Locale

from transpipe.scaffold.names import language_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What was said; None and empty where nothing was."""

    source_language: Locale | None = None
    languages: tuple[Locale, ...] = ()
    source_dir: str | None = None
    gettext_compact: bool | str | None = None
    """Sphinx's; None where it is computed, or no Sphinx."""
    locale_dir: str | None = None
    """As written: relative to the configuration's folder."""


# ---- Sphinx

_SPHINX = re.compile(
    r"^(extensions|project|master_doc|root_doc|html_theme|source_suffix|templates_path"
    r"|exclude_patterns)\s*=",
    re.MULTILINE,
)


def is_sphinx(text: str) -> bool:
    """Say whether a ``conf.py`` is one of Sphinx: it sets one of the usual names."""
    return _SPHINX.search(text) is not None


def sphinx_hints(text: str) -> Hints:
    """Read ``language``, ``locale_dirs`` and ``gettext_compact`` where they are literals.

    Without ``language``, Sphinx takes English; one that is computed tells nothing. Without
    ``gettext_compact``, the documents of a folder share a catalog.
    """
    values = _literals(text, {"language", "locale_dirs", "gettext_compact"})
    language, folders = values.get("language", "en"), values.get("locale_dirs")
    first = folders[0] if isinstance(folders, (list, tuple)) and folders else None
    compact = values.get("gettext_compact", True)
    return Hints(
        source_language=_locale(language),
        locale_dir=_string(first),
        gettext_compact=compact if isinstance(compact, (bool, str)) else None,
    )


_MYST = ("myst_enable_extensions", "myst_dmath_allow_space", "myst_dmath_allow_digits")


def myst_settings(text: str) -> Mapping[str, Any] | None:
    """Read what a ``conf.py`` says of MyST's extensions and of formulas, without ``myst_``.

    :returns: what is set; None where something is computed, set twice, or set in another file.
    """
    values = _literals(text, set(_MYST))
    mentions = all(len(re.findall(rf"\b{name}\b", text)) == (name in values) for name in _MYST)
    extensions = values.get(_MYST[0], [])
    if not isinstance(extensions, (list, tuple, set)) or not all(map(_string, extensions)):
        return None
    if not mentions or None in values.values() or re.search(r"\bimport\s+\*", text):
        return None
    return {name.removeprefix("myst_"): value for name, value in values.items()}


def _literals(text: str, names: set[str]) -> Mapping[str, Any]:
    """Give the last value that each name is assigned at the top; None where it is computed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of somebody else's escapes
            tree = ast.parse(text.removeprefix("\ufeff"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return dict.fromkeys(names)
    values: dict[str, Any] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign) and node.value:
            targets = [node.target]
        else:
            continue
        for target in targets:
            if isinstance(target, ast.Name) and target.id in names:
                values[target.id] = _literal(node.value)
    return values


def _literal(node: ast.expr | None) -> Any:
    try:
        return ast.literal_eval(node) if node else None
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return None


# ---- Hugo


def hugo_hints(files: Mapping[str, str]) -> Hints:
    """Read Hugo's configuration: its files by path, as they come to one configuration.

    ``languages.yaml`` in ``config/_default`` holds what stands below ``languages`` elsewhere.
    """
    merged: dict[str, Any] = {}
    languages: dict[str, Any] = {}
    for name, text in files.items():
        data = _data(name, text)
        if name.rpartition("/")[2].startswith("languages."):
            languages |= data
            continue
        merged |= data
        languages |= _table(data.get("languages"))
    codes = tuple(locale for code in languages if (locale := _locale(code)))
    default = _locale(merged.get("defaultcontentlanguage"))
    written = _locale(merged.get("languagecode")) or _locale(merged.get("locale"))
    folder = _string(merged.get("contentdir")) or _common_folder(languages)
    english = Locale("en")  # Hugo's own default
    return Hints(
        source_language=default or (english if codes else written or english),
        languages=codes,
        source_dir=folder,
    )


def _common_folder(languages: Mapping[str, Any]) -> str | None:
    """Give ``content`` for languages that each have their ``contentDir`` ``content/CODE``."""
    folders = [
        _string(_table(value).get("contentdir")) or "" for value in languages.values() if value
    ]
    parents = {folder.strip("/").rpartition("/")[0] for folder in folders}
    return parents.pop() or None if len(parents) == 1 else None


_READERS: Mapping[str, Any] = {
    "toml": tomllib.loads,
    "yaml": yaml.safe_load,
    "yml": yaml.safe_load,
    "json": json.loads,
}


def _data(name: str, text: str) -> dict[str, Any]:
    try:
        value = _READERS[name.rpartition(".")[2]](text.removeprefix("\ufeff"))
    except (KeyError, ValueError, yaml.YAMLError, RecursionError):
        return {}
    return _table(value)


def _table(value: Any) -> dict[str, Any]:
    """Give a table with its keys in lower case at each level: Hugo does not mind the case."""
    if not isinstance(value, dict):
        return {}
    return {
        str(key).lower(): _table(held) if isinstance(held, dict) else held
        for key, held in value.items()
    }


# ---- others

_DEFAULT_LOCALE = re.compile(r"""\bdefaultLocale\s*:\s*(["'])([\w-]+)\1""")
_LOCALES = re.compile(r"\blocales\s*:\s*\[([^\]]*)\]")
_KEYED_LOCALES = re.compile(r"\blocales\s*:\s*\{")
_KEY_OR_BRACE = re.compile(r"""(?:(?P<key>[\w$-]+|'[^'\n]*'|"[^"\n]*")\s*:\s*)?\{|\}""")
_QUOTED = re.compile(r"""(["'])([\w-]+)\1""")
_DOCS_DIR = re.compile(r"""^docs_dir\s*:\s*["']?([^"'#\n]+)""", re.MULTILINE)
_THEME_LANGUAGE = re.compile(r"""^\s+language\s*:\s*["']?([\w-]+)""", re.MULTILINE)


def _keys_of_objects(text: str, start: int) -> Iterator[str]:
    """Give the keys that hold objects, of the JavaScript object whose brace opened before."""
    depth = 1
    for match in _KEY_OR_BRACE.finditer(text, start):
        if match["key"] and depth == 1:
            yield match["key"].strip("\"'")
        depth += -1 if match[0] == "}" else 1
        if depth == 0:
            return


def javascript_hints(text: str) -> Hints:
    """Read ``defaultLocale`` and ``locales``: a list, as Astro has it, or Starlight's object."""
    default, listed = _DEFAULT_LOCALE.search(text), _LOCALES.search(text)
    codes = [match[2] for match in _QUOTED.finditer(listed[1])] if listed else []
    keyed = _KEYED_LOCALES.search(text)
    if keyed and not listed:
        codes = list(_keys_of_objects(text, keyed.end()))
    return Hints(
        source_language=_locale(default[2]) if default else None,
        languages=tuple(locale for code in codes if (locale := _locale(code))),
    )


def mkdocs_hints(text: str) -> Hints:
    """Read ``docs_dir`` and the theme's ``language``.

    By pattern: an ``mkdocs.yml`` is full of ``!!python/name:`` tags that no safe reader takes.
    """
    folder, language = _DOCS_DIR.search(text), _THEME_LANGUAGE.search(text)
    return Hints(
        source_language=_locale(language[1]) if language else None,
        source_dir=folder[1].strip() if folder else "docs",
    )


def mdbook_hints(text: str) -> Hints:
    """Read ``language`` and ``src`` of a ``book.toml``; mdBook takes English without."""
    book = _table(_data("book.toml", text).get("book"))
    return Hints(
        source_language=_locale(book.get("language", "en")),
        source_dir=_string(book.get("src")) or "src",
    )


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _locale(value: Any) -> Locale | None:
    return language_of(value.strip()) if isinstance(value, str) else None
