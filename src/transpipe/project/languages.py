"""Work done language by language: one that fails does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from babel import Locale

from transpipe.catalogs.layout import LocaleFolder
from transpipe.config import Config
from transpipe.errors import CatalogError, TranspipeError
from transpipe.locales import path_code

Result = TypeVar("Result")


def for_each(languages: Iterable[Locale], work: Callable[[Locale], Result]) -> list[Result]:
    """Do something for each language, in order, also when it fails for some.

    :raises TranspipeError: if it failed for one language.
    :raises ExceptionGroup: if it failed for several, with an error for each.
    """
    results: list[Result] = []
    errors: list[TranspipeError] = []
    for locale in languages:
        try:
            results.append(work(locale))
        except TranspipeError as error:
            errors.append(error)
    raise_all(errors)
    return results


def raise_all(errors: list[TranspipeError]) -> None:
    """Raise one error, or several together; of none, go on.

    :raises TranspipeError: if there is one.
    :raises ExceptionGroup: if there are several.
    """
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise ExceptionGroup("several languages failed", errors)


def require_catalogs(
    folder: LocaleFolder,
    languages: Iterable[Locale],
    config: Config,
    authored: Iterable[Locale | None],
) -> None:
    """Refuse a language that nobody has begun: most often it is a slip of the keyboard.

    :param authored: the languages that documents are written in.
    :raises CatalogError: if a language is not configured, has no catalogs, and no document is
        written in it.
    """
    known = {*config.languages, *folder.locales(), *authored}
    for locale in languages:
        if locale not in known:
            code = path_code(locale)
            raise CatalogError(
                f"holds no catalogs in {code}",
                f"run 'transpipe update -l {code}' to begin them",
                path=folder.root,
            )
