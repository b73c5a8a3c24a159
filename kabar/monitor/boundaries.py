"""Real polygons for the map, from a GeoJSON file that the user has: read once, drawn as SVG paths.

Points nearer than `TOLERANCE` to the line that remains are left out (Douglas and Peucker 1973), so that half a thousand
regencies with their coasts fit into a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from kabar.monitor.map import HEIGHT, WIDTH, project

Point = tuple[float, float]

MOST_BYTES = 300_000_000
MOST_FEATURES = 2_000
MOST_POINTS = 20_000
"""Of one ring before it is simplified; of a longer one every n-th is taken."""
TOLERANCE = 0.35
LEAST_AREA = 0.15
"""In square units of the map; smaller islands are left out, but never all of a region."""


class BoundaryError(Exception):
    """The file cannot be used; the message says why and what would help."""


class _Feature(msgspec.Struct):
    properties: dict[str, Any] | None = None
    geometry: dict[str, Any] | None = None


class _Collection(msgspec.Struct):
    features: list[_Feature]


def read_boundaries(path: Path, code_field: str) -> dict[str, str]:
    """SVG paths by Kemendagri code.

    Args:
        path: GeoJSON (RFC 7946), a FeatureCollection of polygons in degrees.
        code_field: the property that holds the code: `15.71`, `1571`, or `15` for a province.

    Raises:
        BoundaryError: too large, no GeoJSON, or no feature with a code.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BoundaryError(f"{path}: over {MOST_BYTES // 1_000_000} MB; simplify it first, for example in QGIS")
        features = msgspec.json.decode(path.read_bytes(), type=_Collection).features
    except OSError as error:
        raise BoundaryError(f"{path}: {error.strerror}") from None
    except msgspec.MsgspecError as error:
        raise BoundaryError(f"{path}: no GeoJSON FeatureCollection: {error}") from None
    if len(features) > MOST_FEATURES:
        raise BoundaryError(f"{path}: {len(features)} features, more than {MOST_FEATURES}: are these villages?")
    paths: dict[str, str] = {}
    for feature in features:
        code = code_of((feature.properties or {}).get(code_field))
        drawn = _drawn(feature.geometry or {}) if code else ""
        if code and drawn:
            paths[code] = paths.get(code, "") + drawn
    if not paths:
        known = sorted({name for feature in features[:50] for name in feature.properties or {}})
        raise BoundaryError(f"{path}: no polygon has a code in {code_field!r}; its properties are {', '.join(known)}")
    return paths


def code_of(value: object) -> str | None:
    """A Kemendagri code as we write it, None for what is none.

    >>> code_of("1571"), code_of(15.71), code_of("15.71"), code_of(15), code_of("Jambi")
    ('15.71', '15.71', '15.71', '15', None)
    """
    text = f"{value:.2f}" if isinstance(value, float) and value % 1 else str(value).removesuffix(".0")
    digits = re.fullmatch(r"(\d\d)(?:\.?(\d\d))?", text.strip())
    return None if digits is None else ".".join(part for part in digits.groups() if part)


def simplified(points: Sequence[Point], tolerance: float) -> list[Point]:
    """A line with fewer points, none of the others farther than `tolerance` from it. Without recursion."""
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        far, at = max(
            ((_distance(points[n], points[first], points[last]), n) for n in range(first + 1, last)), default=(0.0, 0)
        )
        if far > tolerance:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [points[n] for n in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    east, south = end[0] - start[0], end[1] - start[1]
    length = east * east + south * south
    along = ((point[0] - start[0]) * east + (point[1] - start[1]) * south) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    gap = point[0] - start[0] - along * east, point[1] - start[1] - along * south
    return float((gap[0] ** 2 + gap[1] ** 2) ** 0.5)


def _drawn(geometry: dict[str, Any]) -> str:
    rings = sorted(_rings(geometry), key=_area, reverse=True)
    large = [ring for ring in rings if _area(ring) >= LEAST_AREA] or rings[:1]
    return "".join(_path(simplified(ring, TOLERANCE)) for ring in large)


def _rings(geometry: dict[str, Any]) -> Iterator[list[Point]]:
    """Outer rings in the map's units; holes are drawn over by what lies in them."""
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates if kind == "MultiPolygon" else []
    for polygon in polygons if isinstance(polygons, list) else []:
        ring = polygon[0] if isinstance(polygon, list) and polygon else []
        points = [project(point[1], point[0]) for point in ring if _is_point(point)]
        points = _apart(points[:: len(points) // MOST_POINTS + 1])
        if len(points) >= 4:
            yield points


def _apart(points: Sequence[Point]) -> list[Point]:
    """Without points that are hardly away from the one before: in one pass, before the dearer simplifying."""
    kept = list(points[:1])
    for point in points[1:]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= TOLERANCE / 4:
            kept.append(point)
    return [*kept, points[-1]] if points and kept[-1] != points[-1] else kept


def _is_point(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) >= 2
        and all(isinstance(part, int | float) for part in value[:2])
        and -WIDTH < project(value[1], value[0])[0] < 2 * WIDTH
        and -HEIGHT < project(value[1], value[0])[1] < 2 * HEIGHT
    )


def _area(ring: Sequence[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def _path(points: Sequence[Point]) -> str:
    if len(points) < 4:
        return ""
    head, *rest = (f"{x:.1f} {y:.1f}" for x, y in points[:-1])
    return f"M{head}L{'L'.join(rest)}Z"
