"""Pictures as SVG text, drawn on the server: timeline, bars and the map. Every picture has a table twin in its page.

Colours come from the page's style sheet through classes, so that dark and light need no second picture.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files

STEPS = 5
WIDTH, HEIGHT = 1000, 375
# Provinces younger than the outlines, and the one within whose outline each lies.
DRAWN_WITHIN = {"65": "64", "93": "91", "94": "91", "95": "91", "96": "92"}


@cache
def outlines() -> dict[str, str]:
    """SVG paths by province code, from `provinces.tsv`."""
    lines = files("kabar.monitor").joinpath("provinces.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith(("#", "code")))
    return {code: path for code, path in rows}  # noqa: C416 - a generator of lists is no dict argument to mypy


def shade(value: int, top: int) -> int:
    """0 for nothing, else 1 to `STEPS` on a logarithmic scale up to `top`."""
    if value <= 0 or top <= 0:
        return 0
    return min(STEPS, 1 + int(STEPS * math.log1p(value) / math.log1p(top) - 1e-9))


def province_map(counts: Mapping[str, int], names: Mapping[str, str], link: Callable[[str], str]) -> str:
    """The map of provinces.

    Args:
        counts: articles by province code.
        names: province names by code.
        link: code to the address of its page.
    """
    merged: dict[str, int] = {}
    for code, value in counts.items():
        outline = DRAWN_WITHIN.get(code, code)
        merged[outline] = merged.get(outline, 0) + value
    top = max(merged.values(), default=0)
    shapes = []
    for code, path in outlines().items():
        value = merged.get(code, 0)
        within = [names.get(young, young) for young, parent in DRAWN_WITHIN.items() if parent == code]
        label = ", ".join([names.get(code, code), *within])
        shapes.append(
            f'<a href="{escape(link(code))}"><path class="s{shade(value, top)}" d="{path}">'
            f"<title>{escape(label)}: {value}</title></path></a>"
        )
    return (
        f'<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="map-title">'
        f'<title id="map-title">Indonesia</title>{"".join(shapes)}</svg>'
    )


def timeline(days: Sequence[tuple[str, int]], title: str, link: Callable[[str], str]) -> str:
    """Bars a day, oldest first; each links to its day. `days` are (ISO date, articles)."""
    if not days:
        return ""
    width, height, gap = 720, 120, 2
    top = max(max(value for _, value in days), 1)
    step = width / len(days)
    bars = []
    for place, (day, value) in enumerate(days):
        tall = round(value / top * (height - 16), 1)
        bars.append(
            f'<a href="{escape(link(day))}"><rect class="bar" x="{place * step:.1f}" y="{height - tall:.1f}" '
            f'width="{max(step - gap, 1):.1f}" height="{tall:.1f}"><title>{day}: {value}</title></rect></a>'
        )
    return (
        f'<svg class="timeline" viewBox="0 0 {width} {height}" role="img"><title>{escape(title)}</title>'
        f'<text class="axis" x="0" y="12">{top}</text>{"".join(bars)}</svg>'
    )


def spark(values: Sequence[int]) -> str:
    """A small line of values, oldest first."""
    if len(values) < 2:
        return ""
    top = max(max(values), 1)
    step = 100 / (len(values) - 1)
    points = " ".join(f"{place * step:.1f},{22 - value / top * 20:.1f}" for place, value in enumerate(values))
    return f'<svg class="spark" viewBox="0 0 100 24" aria-hidden="true"><polyline points="{points}"/></svg>'
