"""From segments to a template."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from babel import Locale

from transpipe.catalogs.header import source_language
from transpipe.catalogs.pofile import format_po
from transpipe.catalogs.template import (
    make_template,
    refresh,
    segment_messages,
    with_references,
    without_line,
)
from transpipe.model import Message, Segment, SegmentKind

ES = Locale("es")
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=timezone(timedelta(hours=-6)))
LATER = datetime(2026, 4, 1, tzinfo=UTC)


def test_segments_become_messages_in_order() -> None:
    segments = [
        Segment("Aviso", SegmentKind.FRONT_MATTER, 2, msgctxt="front-matter:title"),
        Segment("Hola", SegmentKind.PARAGRAPH, 5, comment="Un saludo.\nNo más."),
        Segment("", SegmentKind.CELL, 7),
    ]
    assert segment_messages(segments, "docs/aviso.md") == (
        Message("Aviso", msgctxt="front-matter:title", references=("docs/aviso.md",)),
        Message(
            "Hola", references=("docs/aviso.md",), extracted_comments=("Un saludo.", "No más.")
        ),
    )


def test_a_template_as_a_file() -> None:
    messages = [
        Message("Hola", references=("a.md",), extracted_comments=("first",)),
        Message("Adiós", references=("a.md",)),
        Message("Hola", msgctxt="front-matter:title", references=("a.md",)),
        Message("Hola", references=("b.md", "a.md"), extracted_comments=("second",)),
    ]
    template = make_template("a", messages, ES, NOW)
    assert template.locale is None
    assert source_language(template) == ES
    assert format_po(template) == (
        'msgid ""\n'
        'msgstr ""\n'
        '"Project-Id-Version: a\\n"\n'
        '"POT-Creation-Date: 2026-03-01 12:00-0600\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        '"X-Source-Language: es\\n"\n'
        '"X-Generator: transpipe\\n"\n'
        "\n"
        "#. first\n"
        "#. second\n"
        "#: a.md b.md\n"
        'msgid "Hola"\n'
        'msgstr ""\n'
        "\n"
        "#: a.md\n"
        'msgid "Adiós"\n'
        'msgstr ""\n'
        "\n"
        "#: a.md\n"
        'msgctxt "front-matter:title"\n'
        'msgid "Hola"\n'
        'msgstr ""\n'
    )


def test_a_date_alone_is_no_change() -> None:
    old = make_template("a", [Message("Hola")], ES, NOW)
    same = make_template("a", [Message("Hola")], ES, LATER)
    more = make_template("a", [Message("Hola"), Message("Adiós")], ES, LATER)
    assert refresh(same, old) == old
    assert refresh(more, old) == more
    assert refresh(same, None) == same


def test_references_are_relocated_once_each() -> None:
    message = Message("Hola", references=("../../docs/a.md:3", "../../docs/a.md:9", "b.md"))
    [moved] = with_references([message], lambda ref: without_line(ref).removeprefix("../../"))
    assert moved.references == ("docs/a.md", "b.md")
