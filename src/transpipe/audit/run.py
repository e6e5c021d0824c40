"""All questions of an audit."""

from __future__ import annotations

from collections.abc import Callable

from transpipe.audit.links import other_language
from transpipe.audit.metadata import different_values
from transpipe.audit.site import Site
from transpipe.audit.slots import missing_languages, two_files
from transpipe.audit.texts import ForeignWords, TellLanguage, foreign_letters, wrong_language
from transpipe.model import Finding


def audit(
    site: Site,
    tell: TellLanguage,
    find_foreign: ForeignWords,
    is_translated: Callable[[str], bool],
) -> tuple[Finding, ...]:
    """Ask a site everything, and give what is wrong by path and line.

    :param is_translated: tells whether the values of a key of the front matter are translated.
    """
    found = (
        *two_files(site),
        *wrong_language(site, tell),
        *different_values(site, is_translated),
        *missing_languages(site),
        *foreign_letters(site, find_foreign),
        *other_language(site),
    )
    return tuple(sorted(found, key=lambda each: (each.path, each.line or 0, each.check)))
