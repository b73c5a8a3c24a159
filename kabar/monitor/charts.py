"""Pictures as SVG text, drawn on the server. Every picture has a table twin in its page, which the keyboard reaches.

Colours come from the page's style sheet through classes, so that dark and light need no second picture. Charts have no
view box but lengths in percent, so that their letters keep their size on a phone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

STEPS = 5
TALL = 170
LABELS = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a timeline: its day, its height, where it leads, and what it says."""

    day: str
    value: int
    href: str
    about: str


def shade(value: int, top: int) -> int:
    """0 for nothing, else 1 to `STEPS` on a logarithmic scale up to `top`."""
    if value <= 0 or top <= 0:
        return 0
    return min(STEPS, 1 + int(STEPS * math.log1p(value) / math.log1p(top) - 1e-9))


def shades(top: int) -> list[tuple[int, int, int]]:
    """The steps of `shade` that a map with this top uses: (step, least, most)."""
    values = [math.expm1(step / STEPS * math.log1p(top)) for step in range(STEPS + 1)]
    least = [1, *(math.floor(value + 1e-9) + 1 for value in values[1:-1])]
    most = [*(following - 1 for following in least[1:]), top]
    return [(step, a, b) for step, (a, b) in enumerate(zip(least, most, strict=True), 1) if a <= b]


def round_up(value: float) -> int:
    """The least round number that is not below.

    >>> [round_up(value) for value in (0, 3, 17, 50, 51, 250)]
    [1, 3, 20, 50, 60, 300]
    """
    power = 1
    while power * 10 <= value:
        power *= 10
    return next(step * power for step in (1, 2, 3, 4, 5, 6, 8, 10) if step * power >= value)


def timeline(
    bars: Sequence[Bar],
    title: str,
    label: Callable[[str], str],
    usual: float | None = None,
    number: Callable[[int], str] = str,
) -> str:
    """Bars a day, oldest first, each a link to its day; a line where the usual is.

    Args:
        bars: the days.
        title: what the picture shows.
        label: how a day is written.
        usual: the height of the line, if any.
        number: how a number is written.
    """
    if not bars:
        return ""
    top = round_up(max(bar.value for bar in bars))
    step = 100 / len(bars)
    drawn = []
    for place, bar in enumerate(bars):
        tall = bar.value / top * TALL
        drawn.append(
            f'<a href="{escape(bar.href)}" tabindex="-1"><title>{escape(bar.about)}</title>'
            f'<rect class="reach" x="{place * step:.2f}%" y="0" width="{step:.2f}%" height="{TALL}"/>'
            f'<rect class="bar" x="{(place + 0.12) * step:.2f}%" y="{10 + TALL - tall:.1f}" width="{step * 0.76:.2f}%" '
            f'height="{tall:.1f}"/></a>'
        )
    every = max(1, math.ceil(len(bars) / LABELS))
    labels = (
        f'<text class="axis" x="{(place + 0.5) * step:.2f}%" y="{TALL + 28}" text-anchor="middle">'
        f"{escape(label(bars[place].day))}</text>"
        for place in range(every // 2, len(bars), every)
    )
    lines = _level(10, number(top)) + _level(10 + TALL / 2) + _level(10 + TALL)
    middle = 10 + TALL * (1 - min((usual or 0) / top, 1))
    norm = f'<line class="norm" x1="0" x2="100%" y1="{middle:.1f}" y2="{middle:.1f}"/>' if usual else ""
    return (
        f'<svg class="timeline" width="100%" height="{TALL + 36}" role="group" aria-label="{escape(title)}">'
        f"{lines}{''.join(drawn)}{norm}{''.join(labels)}</svg>"
    )


def _level(y: float, text: str = "") -> str:
    line = f'<line class="level" x1="0" x2="100%" y1="{y:.1f}" y2="{y:.1f}"/>'
    return line + (f'<text class="axis" x="0" y="{y - 3:.1f}">{text}</text>' if text else "")


def spark(values: Sequence[int]) -> str:
    """A small line of values, oldest first; the numbers stand beside it in its table."""
    if len(values) < 2:
        return ""
    top = max(*values, 1)
    step = 100 / (len(values) - 1)
    points = " ".join(f"{place * step:.1f},{22 - value / top * 20:.1f}" for place, value in enumerate(values))
    return (
        '<svg class="spark" viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<polyline points="{points}"/></svg>'
    )


def period(first: str, last: str, since: str, until: str) -> str:
    """A bar from one day to another, on a scale between two days; the days stand beside it in its table."""
    whole = max((date.fromisoformat(until) - date.fromisoformat(since)).days, 1)
    start = (date.fromisoformat(first) - date.fromisoformat(since)).days / whole * 100
    width = max((date.fromisoformat(last) - date.fromisoformat(first)).days / whole * 100, 1.5)
    return (
        '<svg class="period" width="100%" height="14" aria-hidden="true" focusable="false">'
        '<rect class="whole" x="0" y="5" width="100%" height="4" rx="2"/>'
        f'<rect class="bar" x="{min(start, 98.5):.2f}%" y="2" width="{width:.2f}%" height="10" rx="3"/></svg>'
    )


def share(value: float) -> str:
    """A bar of a share, 0 to 1."""
    return (
        '<svg class="period" width="100%" height="14" aria-hidden="true" focusable="false">'
        '<rect class="whole" x="0" y="5" width="100%" height="4" rx="2"/>'
        f'<rect class="bar" x="0" y="3" width="{min(max(value, 0), 1) * 100:.1f}%" height="8" rx="3"/></svg>'
    )
