"""The same page in the other languages of a site, and the addresses of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from sphinx.errors import ConfigError

from transpipe.errors import TranspipeError
from transpipe.locales import parse_locale, path_code
from transpipe.sphinx.languages import direction, is_readable_as, own_name, tag

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


@dataclass(frozen=True, slots=True)
class PageVersion:
    """The same page in one of the site's languages."""

    language: str
    """Its code as configured."""
    url: str
    """As a link from the page itself."""
    address: str
    """What other programs are told: a full URL where the project says where it is published."""
    is_current: bool
    """Whether it is the page itself."""

    @property
    def tag(self) -> str:
        """The language's BCP 47 spelling."""
        return tag(self.language)

    @property
    def dir(self) -> str:
        """The direction of the language."""
        return direction(self.language)

    @property
    def name(self) -> str:
        """The language's own name."""
        return own_name(self.language)


def check_pattern(_app: Sphinx, config: Config) -> None:
    """Refuse a pattern of addresses that gives all languages one address (``config-inited``).

    :raises ConfigError: if it cannot be used.
    """
    pattern: str = config.transpipe_language_url
    try:
        differs = pattern.format(language="a") != pattern.format(language="b")
    except (IndexError, KeyError, ValueError):
        differs = False
    if not differs:
        raise ConfigError(
            f"transpipe_language_url is {pattern!r}: put {{language}} where addresses differ"
        )


def page_versions(app: Sphinx, pagename: str) -> tuple[PageVersion, ...]:
    """Give the versions of a page, this one included, in the order of the configuration."""
    config = app.config
    languages: list[str] = list(config.transpipe_languages)
    if not languages:
        return ()
    if not any(tag(code) == tag(config.language) for code in languages):
        languages.insert(0, config.language)
    # A site on one page addresses its documents by fragments.
    single = app.builder.name == "singlehtml"
    target = _only_page(config) if single else app.builder.get_target_uri(pagename)
    pattern: str = config.transpipe_language_url
    to_root = "" if _is_rooted(pattern) else "../" * target.count("/")
    home = _published_at(config, languages)
    found = []
    for code in languages:
        site = pattern.format(language=_path_code(code))
        url = to_root + site + target
        address = urljoin(home, site) + target if home else url
        found.append(PageVersion(code, url, address, tag(code) == tag(config.language)))
    return tuple(found)


def original_of(versions: Sequence[PageVersion], *codes: str) -> PageVersion:
    """Give the version a page was written in: the first that one of the codes asks for."""
    for code in codes:
        for version in versions:
            if is_readable_as(version.language, code):
                return version
    return versions[0]


def _only_page(config: Config) -> str:
    return f"{config.root_doc}{config.html_file_suffix or '.html'}"


def _is_rooted(pattern: str) -> bool:
    return bool(re.match(r"[a-z][a-z0-9+.-]*:|/", pattern))


def _published_at(config: Config, languages: Sequence[str]) -> str:
    """Give the full address of one language's site, from which the others are reached.

    One conf.py serves all languages, so that ``html_baseurl`` is the address of one of them, if
    it names a language, or else that of the folder they are all in.
    """
    if not config.html_baseurl:
        return ""
    base = str(config.html_baseurl).rstrip("/") + "/"
    known = {tag(code).lower() for code in languages}
    parts = urlsplit(base)
    words = (*parts.netloc.split("."), *parts.path.split("/"))
    if any(word.replace("_", "-").lower() in known for word in words):
        return base
    return base + _path_code(config.language) + "/"


def _path_code(code: str) -> str:
    try:
        return path_code(parse_locale(code))
    except TranspipeError:
        return code
