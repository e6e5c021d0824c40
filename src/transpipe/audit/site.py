"""The pages of a site as an audit sees them: files, grouped by the page they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel import Locale


@dataclass(frozen=True, slots=True)
class SitePage:
    """One file of a site."""

    path: Path
    slot: str
    """The page that it is in its language: its path below the site without its language."""
    named: Locale | None
    """The language that its name or folder tells; None where they tell none."""
    language: Locale
    """The language it should be in: the named one, else that of the site."""
    text: str
    """The whole file."""
    values: Mapping[str, tuple[str, ...]]
    """What its front matter holds, as written, by key; items of lists one by one."""
    prose: tuple[tuple[int, str], ...] = ()
    """Lines and texts that a reader reads."""
    links: tuple[tuple[int, str], ...] = ()
    """Lines and the addresses that links there lead to."""

    def line_of(self, key: str) -> int | None:
        """Give the line on which a key of the front matter seems to stand."""
        name = key.partition(".")[0].partition("[")[0]
        openings = (f"{name}:", f"{name} =", f"{name}=", f"[{name}", f'"{name}"')
        for number, line in enumerate(self.text.splitlines(), 1):
            if line.lstrip().startswith(openings):
                return number
        return None


@dataclass(frozen=True, slots=True)
class Site:
    """The pages of a site, and the languages it is kept in."""

    pages: tuple[SitePage, ...]
    languages: tuple[Locale, ...]
    """The language of the site first: what is in no other language is in this one."""

    @property
    def slots(self) -> Mapping[str, tuple[SitePage, ...]]:
        """The files of each page, those whose name tells their language first."""
        found: dict[str, list[SitePage]] = {}
        for page in sorted(self.pages, key=lambda page: (page.named is None, page.path)):
            found.setdefault(page.slot, []).append(page)
        return {slot: tuple(pages) for slot, pages in sorted(found.items())}

    def original(self, pages: Iterable[SitePage]) -> SitePage | None:
        """Give the file of a page that the others are compared with: in the site's language."""
        return next((page for page in pages if page.language == self.languages[0]), None)
