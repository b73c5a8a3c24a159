"""The map: provinces shaded by their articles, regencies as circles at their coordinates, or polygons that were given.

Outlines are of 2012; provinces that are younger are drawn within the one they came from, and the map says so. A page
that shows one province shows its part of the map.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from html import escape
from importlib.resources import files

from kabar.monitor.charts import shade
from tagger.gazetteer.regions import Region, regions

WIDTH, HEIGHT = 1000, 375
WEST, NORTH, SCALE = 94.8, 6.2, 21.5517
MOST_NAMES = 16
# Provinces younger than the outlines, and the one within whose outline each lies.
DRAWN_WITHIN = {"65": "64", "93": "91", "94": "91", "95": "91", "96": "92"}
# Where the map says so: a free place in the sea near each older province.
NOTES = {"64": (588, 22), "91": (893, 92), "92": (760, 88)}


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Degrees to the map's units, x to the east and y to the south."""
    return (longitude - WEST) * SCALE, (NORTH - latitude) * SCALE


@cache
def outlines() -> dict[str, str]:
    """SVG paths by province code, from `provinces.tsv`."""
    lines = files("kabar.monitor").joinpath("provinces.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith(("#", "code")))
    return {code: path for code, path in rows}  # noqa: C416 - a generator of lists is no dict argument to mypy


@cache
def province_names() -> Mapping[str, str]:
    """Province names by Kemendagri code."""
    return {code: region.short for code, region in regions().items() if region.level == "province"}


def drawn(counts: Mapping[str, int]) -> dict[str, int]:
    """Articles by province as they are drawn: the younger ones within the older."""
    merged: dict[str, int] = {}
    for code, value in counts.items():
        outline = DRAWN_WITHIN.get(code, code)
        merged[outline] = merged.get(outline, 0) + value
    return merged


def province_map(
    provinces: Mapping[str, int],
    own: Mapping[str, int],
    link: Callable[[str], str],
    within: str,
    number: Callable[[int], str] = str,
) -> str:
    """The whole map.

    Args:
        provinces: articles by province code.
        own: articles by code of regency or city.
        link: code to the address of its page.
        within: what to say before the names of younger provinces.
        number: how a number is written.
    """
    merged = drawn(provinces)
    top = max(merged.values(), default=0)
    shapes = [_province(code, merged.get(code, 0), top, link, number) for code in outlines()]
    circles = _circles(_known(own), own, link, number, largest=10, least=1.2)
    notes = "".join(_note(code, *place, within) for code, place in NOTES.items())
    return _svg((0, 0, WIDTH, HEIGHT), f"{''.join(shapes)}{circles}{notes}")


def part_map(code: str, own: Mapping[str, int], link: Callable[[str], str], number: Callable[[int], str] = str) -> str:
    """One province with its regencies, or the surroundings of one regency.

    Args:
        code: of a province, regency or city.
        own: articles by code of regency or city; those without any are drawn too.
        link: code to the address of its page.
        number: how a number is written.
    """
    here = [r for r in regions().values() if r.province == code[:2] and r.level != "province"]
    if not here:
        return ""
    box = _box(here)
    shapes = "".join(
        f'<path class="{"s1" if outline == DRAWN_WITHIN.get(code[:2], code[:2]) else "s0"}" d="{path}"/>'
        for outline, path in outlines().items()
    )
    unit = box[2] / 100
    circles = _circles(here, own, link, number, largest=3.2 * unit, least=0.7 * unit, chosen=code)
    return _svg(box, shapes + circles + _names(here, own, code, unit))


def polygon_map(
    paths: Mapping[str, str],
    counts: Mapping[str, int],
    link: Callable[[str], str],
    number: Callable[[int], str] = str,
) -> str:
    """Polygons that were given, shaded by their articles.

    Args:
        paths: SVG paths by code.
        counts: articles by code.
        link: code to the address of its page.
        number: how a number is written.
    """
    top = max((counts.get(code, 0) for code in paths), default=0)
    names = regions()
    shapes = (
        _shape(path, shade(counts.get(code, 0), top), f"{names[code].name}: {number(counts.get(code, 0))}", link(code))
        for code, path in paths.items()
        if code in names
    )
    return _svg((0, 0, WIDTH, HEIGHT), "".join(shapes))


def neighbours(code: str, most: int = 6) -> list[tuple[Region, float]]:
    """The nearest regencies and cities, or provinces, by the distance of points inside them, in kilometres."""
    region = regions().get(code)
    if region is None:
        return []
    alike = (r for r in regions().values() if (r.level == "province") == (region.level == "province"))
    others = [(other, distance(region, other)) for other in alike if other.code != code]
    return sorted(others, key=lambda pair: pair[1])[:most]


def distance(one: Region, other: Region) -> float:
    """Great-circle distance in kilometres (haversine, mean radius 6,371 km)."""
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    east = math.radians(other.longitude - one.longitude)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(east / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(half))


def _known(own: Mapping[str, int]) -> list[Region]:
    return [regions()[code] for code in own if code in regions() and regions()[code].level != "province"]


def _province(code: str, value: int, top: int, link: Callable[[str], str], number: Callable[[int], str]) -> str:
    names = province_names()
    young = [names.get(each, each) for each, older in DRAWN_WITHIN.items() if older == code]
    label = ", ".join([names.get(code, code), *young])
    return _shape(outlines()[code], shade(value, top), f"{label}: {number(value)}", link(code))


def _shape(path: str, step: int, about: str, href: str) -> str:
    shape = f'<path class="s{step}" d="{path}"><title>{escape(about)}</title></path>'
    return f'<a href="{escape(href)}" tabindex="-1">{shape}</a>'


def _circles(
    here: Iterable[Region],
    own: Mapping[str, int],
    link: Callable[[str], str],
    number: Callable[[int], str],
    *,
    largest: float,
    least: float = 1.5,
    chosen: str = "",
) -> str:
    """Circles whose area is the number of articles, the largest first, so that none hides another."""
    found = sorted(here, key=lambda region: (-own.get(region.code, 0), region.code))
    top = own.get(found[0].code, 0) if found else 0
    out = []
    for region in found:
        x, y = project(region.latitude, region.longitude)
        value = own.get(region.code, 0)
        radius = max(largest * math.sqrt(value / top), least) if top else least
        kind = "here" if region.code == chosen else "spot" if value else "spot none"
        out.append(
            f'<a href="{escape(link(region.code))}" tabindex="-1"><circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" '
            f'r="{radius:.1f}"><title>{escape(region.name)}: {number(value)}</title></circle></a>'
        )
    return "".join(out)


def _names(here: list[Region], own: Mapping[str, int], chosen: str, unit: float) -> str:
    """Names above their circles, those with the most articles first; one that would lie over another is left out."""
    ranked = sorted(here, key=lambda region: (region.code != chosen, -own.get(region.code, 0), region.code))
    size = 1.9 * unit
    placed: list[tuple[float, float, float]] = []
    out = []
    for region in ranked[:MOST_NAMES]:
        x, y = project(region.latitude, region.longitude)
        y, half = y - 3.4 * unit, len(region.short) * size * 0.3
        if all(abs(y - other) > size or abs(x - middle) > half + width for middle, other, width in placed):
            placed.append((x, y, half))
            out.append(
                f'<text class="name" x="{x:.1f}" y="{y:.1f}" font-size="{size:.2f}" text-anchor="middle" '
                f'aria-hidden="true">{escape(region.short)}</text>'
            )
    return "".join(out)


def _note(code: str, x: int, y: int, within: str) -> str:
    names = province_names()
    young = [names[each] for each, older in DRAWN_WITHIN.items() if older == code]
    lines = (f'<tspan x="{x}" dy="11">{escape(line)}</tspan>' for line in (f"{names[code]}, {within}", *young))
    return f'<text class="note" x="{x}" y="{y - 11}" aria-hidden="true">{"".join(lines)}</text>'


def _box(here: list[Region]) -> tuple[float, float, float, float]:
    """A view of twice as wide as high, with a margin, around some regions and their province's outline."""
    points = [project(region.latitude, region.longitude) for region in here]
    outline = outlines().get(here[0].province)
    if outline:
        values = [float(value) for value in re.findall(r"-?\d+(?:\.\d+)?", outline)]
        points += zip(values[::2], values[1::2], strict=True)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    width = max(max(xs) - min(xs), (max(ys) - min(ys)) * 2, 12) * 1.12
    middle = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return middle[0] - width / 2, middle[1] - width / 4, width, width / 2


def _svg(box: tuple[float, float, float, float], inside: str) -> str:
    view = " ".join(f"{value:.1f}" for value in box)
    return f'<svg class="map" viewBox="{view}" role="group" aria-label="Indonesia">{inside}</svg>'
