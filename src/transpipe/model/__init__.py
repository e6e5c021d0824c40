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

_MODULES = ("counts", "completeness", "findings", "catalogs", "documents", "details", "adoption")
"""Those that are asked for often first."""


if not TYPE_CHECKING:  # a type checker would take any name for one of ours

    def __getattr__(name: str) -> Any:
        """Import a type when it is asked for."""
        if name in __all__:
            for module in _MODULES:
                found = getattr(import_module(f"{__name__}.{module}"), name, None)
                if found is not None:
                    globals()[name] = found
                    return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
