"""The words of the project as types. Nothing here reads or writes a file.

Each is imported when it is asked for: to make all these classes takes longer than many a report.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transpipe.model.adoption import AdoptedPage, Adoption, Alignment, Doubt, Pair
    from transpipe.model.catalogs import Catalog, Message, MessageKey, Previous, State
    from transpipe.model.completeness import (
        Completeness,
        DocumentCompleteness,
        LanguageCompleteness,
    )
    from transpipe.model.counts import Counts, Tally, told_percent
    from transpipe.model.details import (
        LanguageChange,
        MissingMessage,
        NextStep,
        Revision,
        SectionCompleteness,
        Snapshot,
        Staleness,
    )
    from transpipe.model.documents import (
        HARD_BREAK_SEPARATOR,
        HARD_BREAKS,
        Document,
        Placement,
        Segment,
        SegmentKind,
        Span,
    )
    from transpipe.model.findings import Finding, Severity

__all__ = [
    "HARD_BREAKS",
    "HARD_BREAK_SEPARATOR",
    "AdoptedPage",
    "Adoption",
    "Alignment",
    "Catalog",
    "Completeness",
    "Counts",
    "Document",
    "DocumentCompleteness",
    "Doubt",
    "Finding",
    "LanguageChange",
    "LanguageCompleteness",
    "Message",
    "MessageKey",
    "MissingMessage",
    "NextStep",
    "Pair",
    "Placement",
    "Previous",
    "Revision",
    "SectionCompleteness",
    "Segment",
    "SegmentKind",
    "Severity",
    "Snapshot",
    "Span",
    "Staleness",
    "State",
    "Tally",
    "told_percent",
]

_HOMES = {
    "AdoptedPage": "adoption",
    "Adoption": "adoption",
    "Alignment": "adoption",
    "Doubt": "adoption",
    "Pair": "adoption",
    "Catalog": "catalogs",
    "Message": "catalogs",
    "MessageKey": "catalogs",
    "Previous": "catalogs",
    "State": "catalogs",
    "Completeness": "completeness",
    "DocumentCompleteness": "completeness",
    "LanguageCompleteness": "completeness",
    "Counts": "counts",
    "Tally": "counts",
    "told_percent": "counts",
    "LanguageChange": "details",
    "MissingMessage": "details",
    "NextStep": "details",
    "Revision": "details",
    "SectionCompleteness": "details",
    "Snapshot": "details",
    "Staleness": "details",
    "HARD_BREAK_SEPARATOR": "documents",
    "HARD_BREAKS": "documents",
    "Document": "documents",
    "Placement": "documents",
    "Segment": "documents",
    "SegmentKind": "documents",
    "Span": "documents",
    "Finding": "findings",
    "Severity": "findings",
}
"""The module of each type."""


if not TYPE_CHECKING:  # a type checker would take any name for one of ours

    def __getattr__(name: str) -> Any:
        """Import a type when it is asked for."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        globals()[name] = found
        return found
