"""A built site, read as a browser reads it: pages, ids, links, titles."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass
class Page:
    """What a page holds."""

    url: str
    language: str = ""
    title: str = ""
    description: str = ""
    text: str = ""
    ids: list[str] = field(default_factory=list)
    """Every id, in order."""
    headings: list[str] = field(default_factory=list)
    """The ids that stand at or in the headings of the main part; of each, the first."""
    links: list[str] = field(default_factory=list)
    """The addresses of all links, absolute."""
    main_links: list[str] = field(default_factory=list)
    """Those in the main part."""
    classes: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.open: list[str] = []
        self.main = 0
        self.waiting = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        page = self.page
        if tag == "html":
            page.language = values.get("lang", "")
        if tag == "meta" and values.get("name") == "description":
            page.description = values.get("content", "")
        if "id" in values:
            page.ids.append(values["id"])
        page.classes += values.get("class", "").split()
        self.main += tag in ("main", "article")
        if tag in HEADINGS and self.main:
            self.waiting = True
        # An anchor in a heading goes before the heading's own id: links are made to it.
        if self.waiting and "id" in values:
            if tag not in HEADINGS:
                if page.headings and self.open and self.open[-1] in HEADINGS and self.own:
                    page.headings.pop()
                self.waiting = False
            page.headings.append(values["id"])
            self.own = tag in HEADINGS
        if tag == "a" and "href" in values:
            address = urljoin(page.url, values["href"])
            page.links.append(address)
            if self.main:
                page.main_links.append(address)
        self.open.append(tag)

    own = False

    def handle_endtag(self, tag: str) -> None:
        self.main -= tag in ("main", "article")
        if tag in HEADINGS:
            self.waiting = False
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "title" and "svg" not in self.open:
            self.page.title += data
        if self.main:
            self.page.text += data


SITE = "https://site.invalid"


def crawl(folder: Path) -> dict[str, Page]:
    """Read every page of a built site, by its path on the site."""
    pages = {}
    for path in sorted(folder.rglob("*.html")):
        relative = "/" + path.relative_to(folder).as_posix()
        url = relative.removesuffix("index.html") if relative.endswith("/index.html") else relative
        page = Page(SITE + url)
        _Reader(page).feed(path.read_text(encoding="utf-8"))
        pages[url] = page
    return pages


def broken(pages: dict[str, Page], folder: Path) -> list[str]:
    """Name the links to pages, files and fragments that are not there."""
    wrong = []
    for url, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if f"{parts.scheme}://{parts.netloc}" != SITE:
                continue
            path = unquote(parts.path)
            target = pages.get(path) or pages.get(path + "/") or pages.get(path + ".html")
            if target is None and not (folder / path.lstrip("/")).is_file():
                wrong.append(f"{url}: {link}: no page")
            elif target and not _has(target, unquote(parts.fragment)):
                wrong.append(f"{url}: {link}: no such place")
    return wrong


def _has(page: Page, fragment: str) -> bool:
    # The top of a page is where browsers go for these.
    return fragment in ("", "top", "_top") or fragment in page.ids
