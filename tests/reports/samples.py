"""Results to report, small enough to add up by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from babel import Locale

from transpipe.model import (
    Completeness,
    Counts,
    DocumentCompleteness,
    Finding,
    LanguageChange,
    LanguageCompleteness,
    MissingMessage,
    NextStep,
    Revision,
    SectionCompleteness,
    Severity,
    Snapshot,
    Staleness,
    State,
    Tally,
)

ES = Locale("es")
BR = Locale("pt", "BR")
FR = Locale("fr")


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
            unreadable=("broken",),
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

HOSTILE = '<script>alert(1)</script> \x1b[31m & \u202e"x" {{ 7 * 7 }}'
CATALOG = Path("locale/es/LC_MESSAGES/about/index.po")


def at(day: int) -> datetime:
    return datetime(2026, 3, day, 12, tzinfo=UTC)


def counted(messages: tuple[int, int, int], words: tuple[int, int, int]) -> Tally:
    return Tally(Counts(*messages), Counts(*words))


EVERYTHING = Completeness(
    languages=(
        LanguageCompleteness(
            ES,
            (
                DocumentCompleteness(
                    "about/index",
                    counted((4, 1, 2), (40, 9, 21)),
                    apart=counted((1, 0, 1), (2, 0, 1)),
                    sections=(
                        SectionCompleteness("", counted((1, 0, 0), (3, 0, 0))),
                        SectionCompleteness("About *us*", counted((3, 1, 1), (37, 9, 13))),
                        SectionCompleteness(HOSTILE, counted((0, 0, 1), (0, 0, 8))),
                    ),
                    missing=(
                        MissingMessage(
                            "We are a group of friends.\nWrite to us.",
                            State.FUZZY,
                            9,
                            CATALOG,
                            21,
                            msgstr="Somos un grupo.",
                            previous="We are a group.",
                            references=("docs/about/index.md:7",),
                            section="About *us*",
                        ),
                        MissingMessage(
                            "The year 1986 was good.",
                            State.FUZZY,
                            5,
                            CATALOG,
                            27,
                            msgstr="1986. Un buen año.",
                            section="About *us*",
                            reason="the translation opens a list",
                        ),
                        MissingMessage(
                            HOSTILE, State.UNTRANSLATED, 8, CATALOG, 31, msgctxt="front-matter:x"
                        ),
                    ),
                    staleness=Staleness(
                        since=at(4),
                        translated=Revision("0123456789abcdef", at(2), "Luz Ñandú", "Translate"),
                        changed=2,
                        added=1,
                        commits=(Revision("fedcba9876543210", at(4), "Ana", HOSTILE),),
                    ),
                ),
                DocumentCompleteness("comunidad/bienvenida", Tally(), authored=True),
                document("guide/start", (9, 0, 0), (120, 0, 0)),
            ),
            hidden=(document("guide/end", (3, 0, 0), (11, 0, 0)),),
        ),
        LanguageCompleteness(BR, (document("about/index", (0, 0, 7), (0, 0, 70)),)),
        LanguageCompleteness(FR, (), unreadable=("about/index",)),
    ),
    next_steps=(
        NextStep(ES, "about/index", 30, 57, is_entry=True, views=1200),
        NextStep(BR, "about/index", 70, 0, is_entry=True, views=0),
    ),
    against="origin/main",
    changes=(
        LanguageChange(
            ES,
            counted((18, 0, 0), (160, 0, 0)),
            counted((16, 1, 2), (171, 9, 21)),
            Counts(0, 9, 21),
            newly_fuzzy=9,
            regained=0,
        ),
        LanguageChange(
            BR,
            counted((0, 0, 5), (0, 0, 40)),
            counted((0, 0, 7), (0, 0, 70)),
            Counts(0, 0, 30),
            0,
            0,
        ),
        LanguageChange(FR, Tally(), Tally(), Counts(), 0, 0, partial=True),
    ),
    history=(
        Snapshot(at(1), {"es": counted((2, 0, 16), (9, 0, 151))}),
        Snapshot(
            at(2), {"es": counted((18, 0, 0), (160, 0, 0)), "pt_BR": counted((0, 0, 5), (0, 0, 40))}
        ),
        Snapshot(
            at(4),
            {"es": counted((16, 1, 2), (171, 9, 21)), "pt_BR": counted((0, 0, 7), (0, 0, 70))},
        ),
    ),
    unreadable=(
        Finding(
            path=Path("locale/fr/LC_MESSAGES/about/index.po"),
            line=None,
            check="syntax",
            severity=Severity.ERROR,
            text="is not UTF-8 (byte 0xff at offset 9): save it as UTF-8",
            locale=FR,
        ),
    ),
    checked=True,
    created=at(5),
)
"""All that a report can be asked for."""

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
        msgstr="Vea la guía, que es un texto que sigue más allá de donde le queda sitio en una"
        " línea.",
    ),
    Finding(
        path=Path("locale/pt_BR/LC_MESSAGES/a,b.po"),
        line=30,
        check="control-character",
        severity=Severity.ERROR,
        text="100% hidden:\n\x1b[2J",
        locale=BR,
        msgid="Run \u202ethis\x07",
        msgstr="Rode \x1b[2Jisto \x1b[2J",
        fault="\x1b[2J",
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
