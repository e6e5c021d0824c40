"""An adoption for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from babel import Locale
from rich.cells import cell_len, set_cell_size
from rich.text import Text

from transpipe.escape import visible
from transpipe.locales import language_name, path_code
from transpipe.model import AdoptedPage, Adoption, Document, Doubt, Segment, Severity
from transpipe.reports.differences import Difference, differences
from transpipe.reports.terminal import rendered

_EXCERPT = 60


def report(adoption: Adoption) -> str:
    """Write the sums by language, then all that a person should look at, by page."""
    lines = [
        *_summary(adoption),
        *_section("Not adopted", _findings(adoption)),
        *_section("Unsure pairs: they become fuzzy", _unsure(adoption.pages)),
        *_section("Not translated on the page", _copied(adoption.pages)),
        *_section("Without a counterpart", _alone(adoption.pages)),
        *_section("Kept as they are in the catalog", _kept(adoption.pages)),
        *_section("What render would change", _changes(adoption.pages)),
        *_section("Front matter that differs and is not translated", _keys(adoption)),
    ]
    width = max((line.cell_len for line in lines), default=0) + 80
    return rendered(*lines, width=width) if lines else ""


def _summary(adoption: Adoption) -> Iterator[Text]:
    if not adoption.pages:
        yield Text("There are no pages to adopt.")
    for locale in dict.fromkeys(_language(page) for page in adoption.pages):
        pages = [page for page in adoption.pages if _language(page) == locale]
        pairs = [pair for page in pages for pair in page.alignment.pairs]
        sure = sum(pair.is_sure for pair in pairs)
        title = f"{language_name(locale)} ({path_code(locale)})" if locale else "unknown language"
        yield Text.assemble(
            (title, "bold"),
            f": {_number(len(pages), 'page')}, "
            f"{sum(page.is_identical for page in pages)} of them given back byte for byte",
        )
        yield Text(
            f"    {sure} texts sure, {len(pairs) - sure} unsure, "
            f"{sum(len(page.alignment.copied) for page in pages)} not translated, "
            f"{sum(len(page.alignment.source_only) for page in pages)} without a counterpart"
        )
    for locale in dict.fromkeys(locale for _, locale in adoption.missing):
        documents = [document for document, each in adoption.missing if each == locale]
        verb = "has" if len(documents) == 1 else "have"
        said = f"{_number(len(documents), 'document')} {verb} no page"
        yield Text(f"{path_code(locale)}: {said}")


def _language(page: AdoptedPage) -> Locale | None:
    return page.page.source_language


def _section(title: str, lines: Iterable[Text]) -> Iterator[Text]:
    lines = list(lines)
    if lines:
        yield Text()
        yield Text(title, style="bold")
        yield from lines


def _findings(adoption: Adoption) -> Iterator[Text]:
    for finding in adoption.findings:
        style = "red" if finding.severity is Severity.ERROR else "yellow"
        place = visible(finding.path.as_posix()) + (f":{finding.line}" if finding.line else "")
        yield Text.assemble("  ", (place, style), f": {visible(finding.text)}")


def _unsure(pages: Iterable[AdoptedPage]) -> Iterator[Text]:
    for page in pages:
        for pair in page.alignment.pairs:
            if pair.doubt:
                percent = f"[{int(pair.confidence * 100)} %]"
                yield Text.assemble(
                    f"  {_place(page.page, pair.line)}: {pair.doubt.reason} ",
                    (percent if pair.doubt is Doubt.UNLIKE else "", "yellow"),
                )
                yield Text(f"      {_excerpt(pair.segment.msgid)}", style="dim")
                yield Text(f"      {_excerpt(pair.msgstr)}", style="dim")


def _copied(pages: Iterable[AdoptedPage]) -> Iterator[Text]:
    for page in pages:
        for segment in page.alignment.copied:
            yield _line(page.source, segment, f"is the same on {page.page.path}")


def _alone(pages: Iterable[AdoptedPage]) -> Iterator[Text]:
    for page in pages:
        for segment in page.alignment.source_only:
            yield _line(page.source, segment, f"is not on {page.page.path}")
        for segment in page.alignment.target_only:
            yield _line(page.page, segment, f"is not in {page.source.path}")


def _kept(pages: Iterable[AdoptedPage]) -> Iterator[Text]:
    for page in pages:
        for pair in page.kept:
            yield _line(page.source, pair.segment, f"has another translation on {page.page.path}")


def _line(document: Document, segment: Segment, text: str) -> Text:
    place = _place(document, segment.line)
    return Text.assemble(f"  {place}: {visible(text)}: ", (_excerpt(segment.msgid), "dim"))


def _changes(pages: Iterable[AdoptedPage]) -> Iterator[Text]:
    for page in pages:
        for each in differences(page):
            yield Text(f"  {_place(page.page, each.line)}:")
            yield from _changed_lines(each)


def _changed_lines(difference: Difference) -> Iterator[Text]:
    for sign, lines, style in (("-", difference.page, "red"), ("+", difference.rendered, "green")):
        for line in lines:
            yield Text(f"    {sign} {visible(line.rstrip(chr(10)))}", style=style)


def _keys(adoption: Adoption) -> Iterator[Text]:
    for key, number in adoption.other_keys:
        pages = _number(number, "page")
        yield Text(f"  {visible(key)}: on {pages}; add it to 'front_matter' to translate it")


def _place(document: Document, line: int) -> str:
    return f"{visible(document.path.as_posix())}:{line}"


def _excerpt(text: str) -> str:
    text = visible(" ".join(text.split()))
    if cell_len(text) <= _EXCERPT:
        return text
    return set_cell_size(text, _EXCERPT - 1).rstrip() + "…"


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
