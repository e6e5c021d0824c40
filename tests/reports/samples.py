"""Results to report, small enough to add up by hand."""

from __future__ import annotations

from pathlib import Path

from babel import Locale

from transpipe.model import (
    Completeness,
    Counts,
    DocumentCompleteness,
    Finding,
    LanguageCompleteness,
    Severity,
    Tally,
)

ES = Locale("es")
BR = Locale("pt", "BR")


def document(
    name: str, messages: tuple[int, int, int], words: tuple[int, int, int]
) -> DocumentCompleteness:
    return DocumentCompleteness(name, Tally(Counts(*messages), Counts(*words)))


COMPLETENESS = Completeness(
    languages=(
        LanguageCompleteness(
            ES,
            (
                document("about/index", (41, 2, 7), (1620, 30, 99)),
                DocumentCompleteness("comunidad/bienvenida", Tally(), authored=True),
                document("guide/入门指南", (9, 0, 0), (120, 0, 0)),
                document("odd|name\x1b[31m", (0, 0, 3), (0, 0, 12)),
                document("reference/a-document-with-quite-a-long-name", (999, 0, 1), (9999, 0, 5)),
            ),
        ),
        LanguageCompleteness(
            BR,
            (
                document("about/index", (0, 1, 49), (0, 20, 1729)),
                document("comunidad/bienvenida", (4, 0, 0), (52, 0, 0)),
            ),
        ),
    ),
    unreadable=(
        Finding(
            path=Path("locale/es/LC_MESSAGES/broken.po"),
            line=12,
            check="unreadable",
            severity=Severity.ERROR,
            text="the string is not closed: add a quotation mark",
            locale=ES,
        ),
    ),
)

FINDINGS = (
    Finding(
        path=Path("locale/es/LC_MESSAGES/index.po"),
        line=7,
        check="link-target",
        severity=Severity.ERROR,
        text="links of the source are missing: “guide.md”. Link to where the source links.",
        locale=ES,
        msgid="See [the guide](guide.md), which is a text that goes on for longer than a line has"
        " room.",
    ),
    Finding(
        path=Path("locale/pt_BR/LC_MESSAGES/a,b.po"),
        line=30,
        check="control-character",
        severity=Severity.ERROR,
        text="100% hidden:\n\x1b[2J",
        locale=BR,
        msgid="Run \u202ethis\x07",
    ),
    Finding(
        path=Path("locale/pt_BR/LC_MESSAGES/a,b.po"),
        line=None,
        check="header-language",
        severity=Severity.WARNING,
        text="the header says Language: “pt”: write pt_BR, or move the catalog",
        locale=BR,
        msgid="",
    ),
)
