"""How complete the languages were over time, as an SVG picture that needs nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from transpipe.locales import language_name, parse_locale
from transpipe.model import Completeness, Snapshot
from transpipe.reports.numbers import date

_WIDTH, _HEIGHT = 720, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 54, 150, 16, 36
_STROKES = ("", "7 4", "2 4", "10 3 2 3")
"""Languages differ by their dashes too, for who does not tell the colours apart."""
_LIGHT = ("#1c5fa8", "#a3480f", "#2b7433", "#7b3fa0", "#8a6100", "#0b7377")
_DARK = ("#7db8f0", "#f0a06a", "#8fcf8f", "#cfa3e8", "#e0bd55", "#67cfd3")


@dataclass(frozen=True, slots=True)
class Wording:
    """How a picture says things."""

    gettext: Callable[[str], str]
    """Translates a text of this file."""
    percent: Callable[[int], str]
    """Writes a percentage, from 0 to 100."""
    day: Callable[[datetime], str]
    """Writes the day of a moment."""


PLAIN = Wording(str, "{}%".format, date)
"""English, and numbers as programs write them."""


def gettext_noop(msgid: str) -> str:
    """Mark a text that is translated where it is shown."""
    return msgid


TOO_SHORT = gettext_noop("Not enough history yet.")
"""What is said in the place of a picture."""


def has_lines(history: Sequence[Snapshot]) -> bool:
    """Whether there is something to draw."""
    return len(history) > 1


def report(completeness: Completeness) -> str:
    """Draw a line for each language; of fewer than two points in time, say so."""
    return draw(completeness.history, PLAIN)


def draw(history: Sequence[Snapshot], wording: Wording) -> str:
    """Draw the same in the words of a language."""
    _ = wording.gettext
    codes = sorted({code for snapshot in history for code in snapshot.languages})
    said = [f"{_name(code)} {wording.percent(_last(history, code))}" for code in codes]
    drawn = has_lines(history)
    body = _lines(history, codes, said, wording) if drawn else [_note(_(TOO_SHORT))]
    title = _("Translated messages over time") + (f": {', '.join(said)}" if said else "")
    size = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}"'
    label = f'role="img" aria-label="{escape(title)}"'
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} {label}>',
            f"<title>{escape(title)}</title>",
            f"<style>{_style(len(codes))}</style>",
            f'<rect class="paper" width="{_WIDTH}" height="{_HEIGHT}" rx="6"/>',
            *body,
            "</svg>\n",
        )
    )


def _style(number: int) -> str:
    def colors(palette: Sequence[str]) -> str:
        return "".join(
            f".l{one}{{stroke:{palette[one % len(palette)]}}}"
            f".t{one}{{fill:{palette[one % len(palette)]}}}"
            for one in range(number)
        )

    return (
        "text{font:12px system-ui,sans-serif;fill:#4a4a4a}.paper{fill:#fff}"
        ".grid{stroke:#ddd;stroke-width:1}.line{fill:none;stroke-width:2.5;stroke-linejoin:round}"
        f"{colors(_LIGHT)}@media(prefers-color-scheme:dark){{text{{fill:#c8c8c8}}"
        f".paper{{fill:#1b1d20}}.grid{{stroke:#3a3d42}}{colors(_DARK)}}}"
    )


def _lines(
    history: Sequence[Snapshot], codes: Sequence[str], said: Sequence[str], wording: Wording
) -> list[str]:
    first, last = history[0].date, history[-1].date
    parts = []
    for percent in (0, 25, 50, 75, 100):
        y = _y(percent)
        parts.append(f'<path class="grid" d="M{_LEFT} {y:g}H{_WIDTH - _RIGHT}"/>')
        parts.append(
            f'<text x="{_LEFT - 8}" y="{y + 4:g}" text-anchor="end">'
            f"{escape(wording.percent(percent))}</text>"
        )
    for moment, anchor in ((first, "start"), (last, "end")):
        x = _x(moment, first, last)
        parts.append(
            f'<text x="{x:g}" y="{_HEIGHT - 12}" text-anchor="{anchor}">'
            f"{escape(wording.day(moment))}</text>"
        )
    labels = _spread([_y(_last(history, code)) for code in codes])
    for number, code in enumerate(codes):
        points = " ".join(
            f"{_x(one.date, first, last):g},{_y(one.languages[code].messages.percent):g}"
            for one in history
            if code in one.languages
        )
        dash = _STROKES[number // len(_LIGHT) % len(_STROKES)] or _STROKES[number % len(_STROKES)]
        parts.append(
            f'<polyline class="line l{number}" points="{points}"'
            + (f' stroke-dasharray="{dash}"' if dash else "")
            + "/>"
        )
        parts.append(
            f'<text class="t{number}" x="{_WIDTH - _RIGHT + 10}" y="{labels[number] + 4:g}">'
            f"{escape(said[number])}</text>"
        )
    return parts


def _note(text: str) -> str:
    return (
        f'<text x="{_WIDTH / 2:g}" y="{_HEIGHT / 2:g}" text-anchor="middle">{escape(text)}</text>'
    )


def _x(moment: datetime, first: datetime, last: datetime) -> float:
    share = (moment - first) / (last - first) if last > first else 1.0
    return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)


def _y(percent: float) -> float:
    return round(_TOP + (1 - percent / 100) * (_HEIGHT - _TOP - _BOTTOM), 1)


def _spread(heights: Sequence[float]) -> list[float]:
    """Move labels apart that would stand on one another."""
    result = list(heights)
    above = -100.0
    for number in sorted(range(len(heights)), key=lambda one: heights[one]):
        result[number] = above = max(result[number], above + 15)
    over = max(result, default=0) - (_HEIGHT - _BOTTOM)
    return [one - over for one in result] if over > 0 else result


def _name(code: str) -> str:
    return language_name(parse_locale(code))


def _last(history: Sequence[Snapshot], code: str) -> int:
    found = [one.languages[code] for one in history if code in one.languages]
    return found[-1].messages.display_percent if found else 0
