"""Checking catalogs, one after another or in several processes."""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from transpipe.catalogs.pofile import PoFile, parse_po
from transpipe.catalogs.template import without_line
from transpipe.checks import Context, run_checks
from transpipe.config import Config
from transpipe.errors import CatalogError, TranspipeError
from transpipe.locales import parse_locale
from transpipe.model import Catalog, Finding, Severity
from transpipe.project.checkplan import Plan, Target
from transpipe.project.checkterms import Terms

_WORTH_A_PROCESS = 1_000_000
"""Characters of catalogs: with fewer, starting a process takes longer than it saves."""
_SHARES = 4
"""How many parts a process is given, so that none waits long for the other."""


@dataclass(frozen=True, slots=True)
class Work:
    """A catalog to check, as it was read."""

    target: Target
    text: str
    terms: Terms
    """How the terms that it names are translated beside it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What it takes to check a catalog, beside it: all of it can be sent to another process."""

    config: Config
    selected: tuple[str, ...]
    syntax: str | None
    """The syntax that was asked for; None where each catalog is to tell."""


Usual = Mapping[str, str]
"""The usual translation of each text that has several."""


def check_catalogs(
    works: Sequence[Work],
    settings: Settings,
    plan: Plan,
    usual: Mapping[str, Usual],
    jobs: int | None,
) -> Iterator[tuple[Work, tuple[Finding, ...]]]:
    """Check catalogs, in any order.

    :param usual: by the code of the language.
    :param jobs: the most processes to run; None for as many as are worth it.
    """
    count = _processes(works, jobs)
    if count < 2:
        for work in works:
            yield work, check_catalog(work, plan, settings.syntax, usual)
        return
    # Not by fork: a process that shows its progress runs a thread.
    way = multiprocessing.get_context("forkserver")
    way.set_forkserver_preload([__name__, "docutils.parsers.rst.states", "sphinxlint.checkers"])
    with ProcessPoolExecutor(count, way) as pool:
        shares = _shares(works, count * _SHARES)
        results = pool.map(_check_share, shares, [settings] * len(shares), [usual] * len(shares))
        try:
            for share, found in zip(shares, results, strict=True):
                yield from zip(share, found, strict=True)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _processes(works: Sequence[Work], jobs: int | None) -> int:
    if jobs is None:
        size = sum(len(work.text) for work in works)
        jobs = min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else
                   os.cpu_count() or 1, size // _WORTH_A_PROCESS)  # fmt: skip
    return min(jobs, len(works))


def _shares(works: Sequence[Work], count: int) -> list[list[Work]]:
    """Part the work evenly, the largest catalogs first."""
    shares: list[list[Work]] = [[] for _ in range(min(count, len(works)))]
    sizes = [0] * len(shares)
    for work in sorted(works, key=lambda work: len(work.text), reverse=True):
        smallest = sizes.index(min(sizes))
        shares[smallest].append(work)
        sizes[smallest] += len(work.text)
    return shares


def _check_share(
    works: Sequence[Work], settings: Settings, usual: Mapping[str, Usual]
) -> list[tuple[Finding, ...]]:
    plan = Plan(settings.config, settings.selected)
    return [check_catalog(work, plan, settings.syntax, usual) for work in works]


def check_catalog(
    work: Work, plan: Plan, syntax: str | None, usual: Mapping[str, Usual]
) -> tuple[Finding, ...]:
    """Check one catalog. One that is no PO file has one finding, which says so."""
    target = work.target
    try:
        catalog = read(target, work.text).catalog
    except CatalogError as error:
        return (unreadable(target, error),)
    written = syntax or syntax_of(catalog)
    known = usual.get(str(target.locale), {})
    context = context_of(Target(target.path, catalog.locale), plan, written, known, work.terms)
    return run_checks(
        catalog, target.path, written, context=context, severities=plan.severities(target)
    )


def unreadable(target: Target, error: CatalogError) -> Finding:
    """Give the finding of a catalog that cannot be read."""
    said = ": ".join(part for part in (error.problem, error.remedy) if part)
    return Finding(target.path, error.line, "syntax", Severity.ERROR, said, target.locale)


def read(target: Target, text: str) -> PoFile:
    """Read a catalog, in the language of its folder, its name or its header.

    :raises CatalogError: for what is no PO file.
    """
    file = parse_po(text, target.path, target.domain, target.locale)
    if target.locale is not None:
        return file
    # Neither folder nor name tell the language: the header does.
    try:
        locale = parse_locale(file.catalog.header_field("Language") or "")
    except TranspipeError:
        return file
    return parse_po(text, target.path, target.domain, locale)


_SUFFIXES: Mapping[str, str] = {
    ".md": "markdown", ".rst": "rest", ".inc": "rest", ".txt": "text", ".py": "rest",
}  # fmt: skip


def syntax_of(catalog: Catalog) -> str:
    """Tell the syntax by the documents a catalog refers to; where they do not say, Markdown."""
    if any((message.msgctxt or "").startswith("front-matter:") for message in catalog.messages):
        return "markdown"
    for message in catalog.messages:
        for reference in message.references:
            suffix = Path(without_line(reference)).suffix
            if suffix in _SUFFIXES:
                return _SUFFIXES[suffix]
    return "markdown"


def context_of(target: Target, plan: Plan, syntax: str, usual: Usual, terms: Terms) -> Context:
    """Say what the checks of a catalog know beside it."""
    context = plan.context(target, usual, terms)
    return with_rest(context) if syntax == "rest" else context


def with_rest(context: Context) -> Context:
    """Let the checks read reStructuredText, with docutils, which is loaded only now."""
    from transpipe.checks.lint import rest_linter
    from transpipe.sphinx.rstcompare import read_rest

    return dataclasses.replace(context, read_rest=read_rest, lint_rest=rest_linter())
