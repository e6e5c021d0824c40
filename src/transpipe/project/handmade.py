"""The pages that people translated by hand: which there are, beside which documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from babel import Locale

from transpipe.config import Config
from transpipe.documents.discover import DocumentFile, discover
from transpipe.documents.formats import DATA
from transpipe.documents.frontmatter import front_matter
from transpipe.documents.reading import read_document
from transpipe.errors import DocumentError
from transpipe.files import read_text, relative_to
from transpipe.locales import html_code, path_code
from transpipe.model import Document, Finding, Segment, SegmentKind, Severity
from transpipe.project.notices import is_notice
from transpipe.project.record import is_rendered_as_is, recorded
from transpipe.project.targets import Patterns, Targets, is_target

_PIN = re.compile(r"""[ \t]+\{#[^\s{}]+\}$|^<a id="[^"<>]*"></a>""")
CHECK = "adopt"
"""The name under which what is wrong with a pair of pages is told."""


@dataclass(frozen=True, slots=True)
class HandmadePages:
    """The pages of a site that were translated by hand."""

    pairs: tuple[tuple[Document, Document], ...]
    """Documents and the same page in another language, which is the page's source language."""
    rendered: frozenset[Path]
    """Those pages that `render` wrote, and somebody edited since."""
    missing: tuple[tuple[Document, Locale], ...]
    findings: tuple[Finding, ...]
    """Pages that are left out, and why."""


def find_handmade(config: Config, documents: Sequence[Document], targets: Targets) -> HandmadePages:
    """Read the page of each document in each language.

    A page that cannot be read, or for which another one stands too, is left out and named.
    """
    by_name = {document.name: document for document in documents}
    pairs, missing, findings = [], [], []
    for (name, locale), path in targets.items():
        document = by_name[name]
        if document.source_language == locale:
            continue
        candidates = [each for each in _spellings(path, locale) if each.is_file()]
        if not candidates:
            missing.append((document, locale))
        elif len(candidates) > 1:
            findings.append(_rivals(candidates, document, locale))
        elif not is_rendered_as_is(candidates[0], config):
            try:
                pairs.append((document, _read(config, candidates[0], document, locale)))
            except DocumentError as problem:
                findings.append(_unreadable(candidates[0], problem, locale))
    was_rendered = recorded(config)
    rendered = frozenset(page.path for _, page in pairs if was_rendered(page.path))
    return HandmadePages(tuple(pairs), rendered, tuple(missing), tuple(findings))


def authored(
    config: Config, document: Document, locale: Locale
) -> Callable[[Segment], Segment | None]:
    """Give what takes off a page that `render` wrote what `render` put there: ids and a notice."""

    def own(segment: Segment) -> Segment | None:
        if segment.msgctxt is None and is_notice(config, locale, segment.msgid):
            return None
        pin = _PIN.search(segment.msgid) if segment.kind is SegmentKind.HEADING else None
        if pin is None or pin[0] in document.text:
            return segment
        return replace(segment, msgid=_PIN.sub("", segment.msgid))

    return own


def orphans(
    documents: Iterable[Document],
    targets: Targets,
    languages: Sequence[Locale],
    patterns: Patterns,
) -> Iterator[Finding]:
    """Name the pages that stand where a translation would, but have no source."""
    known = {path.resolve() for path in targets.values()}
    known |= {document.path.resolve() for document in documents}
    bases = {Path(each.partition("{")[0] + "x").parent for each in patterns.every()}
    for folder in sorted(bases):
        for file in discover(folder, ("**",), ()) if folder.is_dir() else ():
            if file.path.resolve() not in known and is_target(file.path, languages, patterns):
                text = "translates no document: add its source, or remove it"
                yield Finding(file.path, None, CHECK, Severity.WARNING, text)


def other_keys(
    pairs: Iterable[tuple[Document, Document]], is_translated: Callable[[str], bool]
) -> tuple[tuple[str, int], ...]:
    """Count pages on which the text of a key that is not translated is another one.

    :param is_translated: tells whether the values of a key are translated already.
    """
    found: Counter[str] = Counter()
    for document, page in pairs:
        ours, theirs = _texts(document), _texts(page)
        found.update(key for key in ours.keys() & theirs.keys() if ours[key] != theirs[key])
    return tuple((key, number) for key, number in found.most_common() if not is_translated(key))


def _texts(document: Document) -> Mapping[str, list[str]]:
    found = front_matter(document.text, document.path) if document.format == "markdown" else None
    texts: dict[str, list[str]] = {}
    for scalar in found.values.scalars if found else ():
        texts.setdefault(scalar.key, []).append(scalar.value)
    return texts


def _spellings(path: Path, locale: Locale) -> Iterator[Path]:
    """Give the places where a page may be, by the ways its language can be written."""
    code = path_code(locale)
    codes = dict.fromkeys((code, html_code(locale), code.lower(), html_code(locale).lower()))
    seen: set[Path] = set()
    for each in codes:
        other = Path(*(part.replace(f".{code}.", f".{each}.") for part in path.parts))
        other = Path(*(each if part == code else part for part in other.parts))
        if other not in seen:
            seen.add(other)
            yield other


def _read(config: Config, path: Path, document: Document, locale: Locale) -> Document:
    if document.format in DATA:
        text = read_text(path, DocumentError)
        return replace(document, path=path, text=text, source_language=locale)
    file = DocumentFile(document.name, path)
    formats = tuple(config.settings.formats.items())
    page = read_document(file, locale, formats=formats)
    if page.format != document.format:
        raise DocumentError(
            f"is {page.format}, and its source {document.path} is {document.format}",
            "make both the same",
            path=path,
        )
    ours, theirs = (front_matter(each.text, each.path) for each in (document, page))
    if (ours is None) != (theirs is None) or (ours and theirs and ours.fence != theirs.fence):
        kinds = " and ".join("none" if each is None else each.fence for each in (theirs, ours))
        raise DocumentError(
            f"has another kind of front matter than its source {document.path} ({kinds})",
            "write it as the source does",
            path=path,
        )
    return replace(page, source_language=locale)


def _rivals(paths: Sequence[Path], document: Document, locale: Locale) -> Finding:
    others = ", ".join(map(str, paths[1:]))
    text = f"and {others} both are {document.name} in {path_code(locale)}: keep one of them"
    return Finding(paths[0], None, CHECK, Severity.ERROR, text, locale)


def _unreadable(path: Path, problem: DocumentError, locale: Locale) -> Finding:
    text = ": ".join(part for part in (problem.problem, problem.remedy) if part)
    place = problem.path or path
    return Finding(
        relative_to(Path(place), Path.cwd()), problem.line, CHECK, Severity.ERROR, text, locale
    )
