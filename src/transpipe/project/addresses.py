"""Where the links of a translated document lead: to files, and to addresses of the site."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from babel import Locale

from transpipe.config import Config
from transpipe.locales import path_code
from transpipe.model import Document
from transpipe.project.targets import Targets, bare_name

_PARTS = re.compile(r"(?P<path>[^?#]*)(?P<rest>.*)", re.DOTALL)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_INDEX = re.compile(r"(?:^|/)(?:_?index|README)$")


@dataclass
class Addresses:
    """What is where in one language, for the links between documents."""

    config: Config
    documents: Sequence[Document]
    targets: Targets
    locale: Locale
    left_out: Collection[str]
    """The names of documents that are not written in this language."""
    _files: dict[str, Document] = field(init=False)
    _urls: dict[Locale, dict[str, Document]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._files = {os.path.normpath(each.path): each for each in self.documents}

    def resolved(self, document: Document, place: Path, address: str) -> str | None:
        """Give the address, in this language, of a document that a link leads to.

        :param document: the source that the link stands in.
        :param place: where its translation goes.
        :returns: None where the link leads to no document known exactly, or stays as it is.
        """
        parts = _PARTS.fullmatch(address)
        path = parts["path"] if parts else ""
        if parts is None or not path:
            return None
        new = self._by_url(document, path)
        is_file = not path.startswith("/") and not path.endswith("/") and not _SCHEME.match(path)
        if new is None and is_file:
            new = self._by_file(document, place, path)
        return None if new is None else new + parts["rest"]

    def original(self, document: Document, place: Path) -> str:
        """Give the address of a source, for a link from its translation."""
        url = document.source_language and self.url(document, document.source_language)
        return url or _quoted(os.path.relpath(document.path, place.parent))

    def url(self, document: Document, locale: Locale) -> str | None:
        """Give the address on the site of a document in a language; None where nobody says."""
        pattern = self.config.url_pattern(locale)
        if pattern is None:
            return None
        name = _INDEX.sub("", bare_name(document))
        filled = pattern.replace("{language}", path_code(locale)).replace("{name}", name)
        return re.sub(r"(?<!:)/{2,}", "/", filled)

    def _is_there(self, document: Document) -> bool:
        if document.name in self.left_out:
            return False
        return document.source_language == self.locale or (
            (document.name, self.locale) in self.targets
        )

    def _by_url(self, document: Document, path: str) -> str | None:
        language = document.source_language
        if language is None or not self.config.urls:
            return None
        found = self._urls_in(language).get(_bare(path))
        if found is None or not self._is_there(found):
            return None
        new = self.url(found, self.locale)
        if new is None or _bare(new) == _bare(path):
            return None
        return new if path.endswith("/") else new.rstrip("/") or "/"

    def _urls_in(self, locale: Locale) -> dict[str, Document]:
        if locale not in self._urls:
            pairs = ((self.url(each, locale), each) for each in self.documents)
            self._urls[locale] = {_bare(url): each for url, each in pairs if url is not None}
        return self._urls[locale]

    def _by_file(self, document: Document, place: Path, path: str) -> str | None:
        here = os.path.normpath(document.path.parent / unquote(path))
        found = self._files.get(here)
        if found is None or not self._is_there(found):
            return None
        file = self.targets.get((found.name, self.locale), found.path)
        if os.path.normpath(place.parent / unquote(path)) == os.path.normpath(file):
            return None
        new = _quoted(os.path.relpath(file, place.parent))
        return f"./{new}" if path.startswith("./") and not new.startswith("..") else new


def _bare(url: str) -> str:
    return url.rstrip("/") or "/"


def _quoted(path: str) -> str:
    """Escape what would end an address in Markdown; letters stay as they are."""
    return re.sub(
        r"[\s()<>%\"'?#\\]",
        lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()),
        Path(path).as_posix(),
    )
