"""What the checks find in the catalogs of a project: anew where one changed, else as known."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from transpipe.errors import CatalogError
from transpipe.files import read_text
from transpipe.model import Finding, State
from transpipe.project.checkcache import Cache, cache_file, hash_of
from transpipe.project.checkplan import Plan, Target
from transpipe.project.checkterms import Terminology
from transpipe.project.checkwork import Settings, Work, check_catalogs, read, unreadable
from transpipe.project.progress import track


def found_in(
    targets: Sequence[Target],
    plan: Plan,
    settings: Settings,
    *,
    use_cache: bool = True,
    jobs: int | None = None,
) -> list[Finding]:
    """Give the findings of catalogs in their order.

    :param use_cache: whether to check only what has changed since it was checked before.
    :param jobs: the most processes to run; None for as many as are worth it.
    """
    config = settings.config
    file = cache_file(config.root if config.file else None) if use_cache else None
    cache = Cache(file, plan.fingerprint)
    usual = _usual(targets) if _is_on("inconsistent-translation", plan, targets) else {}
    found = list(_findings(targets, plan, settings, cache, usual, jobs))
    cache.save()
    return found


def _findings(
    targets: Sequence[Target],
    plan: Plan,
    settings: Settings,
    cache: Cache,
    usual: Mapping[str, Mapping[str, str]],
    jobs: int | None,
) -> Iterator[Finding]:
    """Give the findings of catalogs in their order, of those only that changed anew."""
    found: dict[Path, tuple[Finding, ...]] = {}
    texts: dict[Path, str] = {}
    for target in targets:
        try:
            texts[target.path] = read_text(target.path, CatalogError)
        except CatalogError as error:
            found[target.path] = (unreadable(target, error),)
    keys: dict[Path, str] = {}
    works = []
    terminology = Terminology(texts)
    usual_hashes = {code: hash_of(known) for code, known in usual.items()}
    for target in targets:
        if target.path not in texts:
            continue
        work = Work(target, texts[target.path], terminology.of(target.path))
        keys[target.path] = cache.key(*_dependencies(work, plan, settings, usual_hashes))
        known = cache.get(keys[target.path], target.path, target.locale)
        if known is None:
            works.append(work)
        else:
            found[target.path] = known
    checked = check_catalogs(works, settings, plan, usual, jobs)
    for work, findings in track(checked, "checking", total=len(works)):
        path = work.target.path
        found[path] = findings
        cache.put(keys[path], findings)
    for target in targets:
        yield from found[target.path]


def _dependencies(
    work: Work, plan: Plan, settings: Settings, usual_hashes: Mapping[str, str]
) -> Iterator[str]:
    """Give all that the findings of a catalog depend on."""
    target = work.target
    yield str(target.locale)
    yield target.domain
    yield settings.syntax or ""
    yield plan.dictionary_state(target)
    yield json.dumps(plan.severities(target), sort_keys=True)
    yield json.dumps({term: sorted(names) for term, names in work.terms.items()})
    yield usual_hashes.get(str(target.locale), "")
    yield work.text


def _is_on(name: str, plan: Plan, targets: Sequence[Target]) -> bool:
    return any(plan.severities(target).get(name) for target in targets)


def _usual(targets: Sequence[Target]) -> Mapping[str, Mapping[str, str]]:
    """Give the most frequent translation of each text that has several, by language code."""
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for target in targets:
        try:
            catalog = read(target, read_text(target.path, CatalogError)).catalog
        except CatalogError:
            continue
        for message in catalog.messages:
            if message.state is State.TRANSLATED and message.msgid_plural is None:
                found[str(target.locale)][message.msgid][message.msgstr] += 1
    return {
        code: {
            msgid: counts.most_common(1)[0][0] for msgid, counts in texts.items() if len(counts) > 1
        }
        for code, texts in found.items()
    }
