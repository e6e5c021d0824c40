"""Completeness as a badge: an SVG picture, and the JSON that shields.io makes one of."""

from __future__ import annotations

from html import escape

from transpipe.escape import json_text
from transpipe.locales import html_code, language_name
from transpipe.model import Completeness, Counts, LanguageCompleteness
from transpipe.reports.numbers import counted

_COLORS = ((100, "#2e7d32"), (80, "#4c7a1f"), (50, "#8a6100"), (0, "#a8321f"))
"""From that percentage on; white text on each has a contrast of at least 4.5."""
_NAMES = ((100, "brightgreen"), (80, "green"), (50, "yellow"), (0, "orange"))
_LABEL = "#4a4a4a"
_HEIGHT, _PADDING, _SIZE = 20, 6, 11
_NARROW, _WIDE = frozenset("fijlrt.,:;!|'()[] "), frozenset("mwMW%@")


def report(completeness: Completeness) -> str:
    """Draw a badge of the languages: one with its name, several with their codes."""
    parts = [(_label(completeness), _LABEL), *_parts(completeness)]
    widths = [_width(text) for text, _ in parts]
    total = sum(widths)
    title = escape(", ".join((parts[0][0], *(text for text, _ in parts[1:]))))
    boxes, texts, left = [], [], 0
    for (text, color), width in zip(parts, widths, strict=True):
        # A gap tells parts of one colour from each other.
        gap = 0 if left + width == total else 1
        boxes.append(f'<rect x="{left}" width="{width - gap}" height="{_HEIGHT}" fill="{color}"/>')
        texts.append(
            f'<text x="{left + width / 2:g}" y="14" textLength="{width - 2 * _PADDING}">'
            f"{escape(text)}</text>"
        )
        left += width
    size = f'width="{total}" height="{_HEIGHT}" viewBox="0 0 {total} {_HEIGHT}"'
    font = f'font-size="{_SIZE}" font-family="Verdana,DejaVu Sans,Geneva,sans-serif"'
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{title}">',
            f"<title>{title}</title>",
            f'<clipPath id="r"><rect width="{total}" height="{_HEIGHT}" rx="4"/></clipPath>',
            f'<g clip-path="url(#r)">{"".join(boxes)}</g>',
            f'<g fill="#fff" text-anchor="middle" {font}>',
            *texts,
            "</g>",
            "</svg>\n",
        )
    )


def shields(completeness: Completeness) -> str:
    """Write what the endpoint badge of shields.io reads, version 1 of its schema."""
    worst = min((one.tally.messages for one in completeness.languages), key=_rank, default=None)
    return json_text(
        {
            "schemaVersion": 1,
            "label": _label(completeness),
            "message": " · ".join(text for text, _ in _parts(completeness)),
            "color": _color(completeness, worst),
        }
    )


def _color(completeness: Completeness, worst: Counts | None) -> str:
    if completeness.unreadable:
        return "red"
    return "lightgrey" if worst is None else _at(worst, _NAMES)


def _label(completeness: Completeness) -> str:
    if len(completeness.languages) == 1:
        return language_name(completeness.languages[0].locale)
    return "translated"


def _parts(completeness: Completeness) -> list[tuple[str, str]]:
    languages = completeness.languages
    if not languages:
        return [("nothing", _LABEL)]
    broken = len(completeness.unreadable)
    parts = [
        (_message(html_code(one.locale) if len(languages) > 1 else "", one.percent), _color_of(one))
        for one in languages
    ]
    return [*parts, (counted(broken, "broken catalog"), _COLORS[-1][1])] if broken else parts


def _message(code: str, percent: int | None) -> str:
    return f"{code} {'?' if percent is None else f'{percent}%'}".strip()


def _color_of(language: LanguageCompleteness) -> str:
    return _COLORS[-1][1] if language.percent is None else _at(language.tally.messages, _COLORS)


def _rank(counts: Counts) -> float:
    return counts.percent


def _at(counts: Counts, steps: tuple[tuple[int, str], ...]) -> str:
    return next(value for least, value in steps if counts.display_percent >= least)


def _width(text: str) -> int:
    """Estimate the width of a text; the renderer fits it into that."""
    widths = (3.9 if one in _NARROW else 10.5 if one in _WIDE else 12 if ord(one) > 0x2E80 else 7.0
              for one in text)  # fmt: skip
    return round(sum(widths)) + 2 * _PADDING
