"""Real polygons for the map, from a GeoJSON file that the user has: read once, drawn as SVG paths.

Points nearer to the line that remains than a tolerance are left out (Douglas and Peucker 1973), so that half a thousand
regencies with their coasts fit into a page: the smallest of `TOLERANCES` with which they do. Outer rings and holes turn
in opposite ways, so that SVG's rule of fill leaves holes open, whatever way the file has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import msgspec

from kabar.monitor.map import HEIGHT, WIDTH, project

Point = tuple[float, float]
Line = Sequence[Point]

MOST_BYTES = 300_000_000
MOST_FEATURES = 2_000
MOST_POINTS = 20_000
"""Of one ring before it is simplified; of a longer one every n-th is taken."""
TOLERANCES = (0.35, 0.5, 0.7, 1.0, 1.4, 2.0)
"""In units of the map, which is 1,000 wide."""
MOST_DRAWN = 60_000
"""Points of all paths together: about 700 KB."""
LEAST_AREA = 0.15
"""In square units of the map; smaller islands are left out, but never all of a region."""

_Ring = list[Annotated[list[float], msgspec.Meta(min_length=2)]]


class BoundaryError(Exception):
    """The file cannot be used; the message says why and what would help."""


class _Polygon(msgspec.Struct, tag="Polygon"):
    coordinates: list[_Ring]


class _MultiPolygon(msgspec.Struct, tag="MultiPolygon"):
    coordinates: list[list[_Ring]]


class _Feature(msgspec.Struct):
    properties: dict[str, Any] | None = None
    geometry: msgspec.Raw = msgspec.Raw(b"null")  # read one by one: all at once take six times the file's size


class _Collection(msgspec.Struct):
    features: list[_Feature]


def read_boundaries(path: Path, code_field: str) -> dict[str, str]:
    """SVG paths by Kemendagri code.

    Args:
        path: GeoJSON (RFC 7946), a FeatureCollection of polygons in degrees; what is no polygon is left out.
        code_field: the property that holds the code: `15.71`, `1571`, or `15` for a province.

    Raises:
        BoundaryError: too large, no GeoJSON, no feature with a code, or none in Indonesia.
    """
    features = _features(path)
    shapes: dict[str, list[Line]] = {}
    for feature in features:
        if code := code_of((feature.properties or {}).get(code_field)):
            shapes.setdefault(code, []).extend(_large_rings(_polygons(feature.geometry)))
    if not shapes:
        known = sorted({name for feature in features[:50] for name in feature.properties or {}})
        raise BoundaryError(f"{path}: no feature has a code in {code_field!r}; its properties are {', '.join(known)}")
    drawn = {code: "".join(map(_path, rings)) for code, rings in _fitting(shapes).items()}
    if not any(drawn.values()):
        raise BoundaryError(f"{path}: no polygon lies in Indonesia; coordinates must be degrees (EPSG:4326)")
    return {code: shape for code, shape in drawn.items() if shape}


def _features(path: Path) -> list[_Feature]:
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
    return features


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


def _polygons(geometry: msgspec.Raw) -> list[list[Line]]:
    """Polygons in the map's units: of each the outer ring and its holes, without rings that lie elsewhere."""
    try:
        read = msgspec.json.decode(geometry, type=_Polygon | _MultiPolygon)
    except msgspec.ValidationError:
        return []
    polygons = read.coordinates if isinstance(read, _MultiPolygon) else [read.coordinates]
    rings = ([_projected(ring) for ring in polygon] for polygon in polygons)
    return [[outer, *holes] for outer, *holes in filter(None, rings) if _is_drawn(outer)]


def _projected(ring: _Ring) -> Line:
    """A ring in the map's units, without points that are hardly away from the one before.

    One pass, before the dearer simplifying.
    """
    kept: list[Point] = []
    last = (-1e9, -1e9)
    for position in ring[:: len(ring) // MOST_POINTS + 1]:
        point = project(position[1], position[0])
        if abs(point[0] - last[0]) + abs(point[1] - last[1]) >= TOLERANCES[0] / 4:
            kept.append(point)
            last = point
    return kept + kept[:1]


def _is_drawn(ring: Line) -> bool:
    """Whether it is a ring on the map."""
    return len(ring) >= 4 and all(-WIDTH < x < 2 * WIDTH and -HEIGHT < y < 2 * HEIGHT for x, y in ring)


def _large_rings(polygons: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """Outer rings and holes that can be seen, turned in opposite ways."""
    largest = max((abs(_area(outer)) for outer, *_ in polygons), default=0.0)
    for outer, *holes in polygons:
        if abs(_area(outer)) >= min(LEAST_AREA, largest):
            yield outer if _area(outer) > 0 else outer[::-1]
            seen = (hole for hole in holes if _is_drawn(hole) and abs(_area(hole)) >= LEAST_AREA)
            yield from (hole if _area(hole) < 0 else hole[::-1] for hole in seen)


def _fitting(shapes: Mapping[str, Sequence[Line]]) -> dict[str, list[Line]]:
    """The shapes with as many points as a page can take."""
    drawn: dict[str, list[Line]] = {}
    for tolerance in TOLERANCES:
        drawn = {code: [simplified(ring, tolerance) for ring in rings] for code, rings in shapes.items()}
        if sum(len(ring) for rings in drawn.values() for ring in rings) <= MOST_DRAWN:
            break
    return drawn


def _area(ring: Line) -> float:
    """Of a ring whose last point is its first; its sign tells the way it turns."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def _path(points: Line) -> str:
    if len(points) < 4:
        return ""
    head, *rest = (f"{x:.1f} {y:.1f}" for x, y in points[:-1])
    return f"M{head}L{'L'.join(rest)}Z"
