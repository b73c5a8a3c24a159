"""Polygons that the user gives are drawn as they are, small enough for a page."""

from __future__ import annotations

import json
import math
import re
from itertools import pairwise
from pathlib import Path

import pytest

from kabar.store import open_store
from tests.kabar.monitor.made_news import Newsroom

pytest.importorskip("starlette")
from starlette.testclient import TestClient

from kabar.monitor.app import create_app
from kabar.monitor.boundaries import MOST_DRAWN, BoundaryError, read_boundaries, simplified
from tagger.gazetteer.regions import regions


def collection(tmp_path: Path, shapes: dict[str, dict[str, object]]) -> Path:
    """A file of features with these geometries by code."""
    features = [{"type": "Feature", "properties": {"kode": c}, "geometry": shape} for c, shape in shapes.items()]
    file = tmp_path / "regencies.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return file


def polygon(*rings: list[list[float]]) -> dict[str, object]:
    return {"type": "Polygon", "coordinates": rings}


def square(west: float, south: float, size: float) -> list[list[float]]:
    return [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]


def test_given_polygons_are_drawn_and_shaded(tmp_path):
    shapes = {
        "1571": polygon(square(103.5, -1.7, 0.4)),
        "15.05": polygon(square(103.9, -1.7, 0.4)),
        "x": polygon([[1, 2]]),
    }
    polygons = read_boundaries(collection(tmp_path, shapes), "kode")
    assert set(polygons) == {"15.71", "15.05"}
    path = tmp_path / "news.db"
    with open_store(path) as store:
        store.add(Newsroom().articles(100))
    page = TestClient(create_app(path, polygons=polygons), base_url="http://127.0.0.1").get("/").text
    assert re.search(r'href="/place/15\.71" tabindex="-1"><path class="s[1-5]"', page)
    assert "batas yang diberikan" in page


@pytest.mark.parametrize(
    ("content", "said"),
    [("{", "no GeoJSON"), ('{"features": [{"properties": {"nama": "Jambi"}}]}', "nama"), (None, "No such file")],
)
def test_boundaries_that_cannot_be_used_are_told(tmp_path, content, said):
    file = tmp_path / "x.geojson"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(BoundaryError, match=said):
        read_boundaries(file, "kode")


def test_a_simpler_line_stays_near_the_old_one():
    line = [(x / 10, (x % 2) / 100) for x in range(1000)]
    assert simplified(line, 0.05) == [line[0], line[-1]]
    assert (5.0, 5.0) in simplified([(0, 0), (5.0, 5.0), (10, 0)], 0.5)


def test_a_hole_stays_open_whichever_way_it_turns(tmp_path):
    """Kota Sukabumi lies within Kabupaten Sukabumi, and may be hidden by nothing that is drawn later."""
    outer, hole = square(106.0, -7.0, 1.0), square(106.4, -6.6, 0.2)
    for turned in (hole, hole[::-1]):
        (path,) = read_boundaries(collection(tmp_path, {"32.02": polygon(outer, turned)}), "kode").values()
        ways = []
        for ring in path.strip("MZ").split("ZM"):
            corners = [tuple(map(float, corner.split())) for corner in ring.split("L")]
            ways.append(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*corners, corners[0]])) > 0)
        assert ways == [True, False]


def test_half_a_thousand_regencies_with_their_coasts_fit_into_a_page(tmp_path):
    """Coasts of 150 points and islands: what is drawn is small, and every regency is on the map."""
    shapes = {}
    for region in [region for region in regions().values() if region.level != "province"][:500]:
        coast = [
            [
                region.longitude + (0.3 + 0.05 * math.sin(31 * turn)) * math.cos(turn),
                region.latitude + (0.3 + 0.05 * math.sin(31 * turn)) * math.sin(turn),
            ]
            for turn in (math.tau * n / 150 for n in range(151))
        ]
        island = square(region.longitude + 0.5, region.latitude, 0.05)
        shapes[region.code] = {"type": "MultiPolygon", "coordinates": [[coast], [island]]}
    paths = read_boundaries(collection(tmp_path, shapes), "kode")
    assert set(paths) == set(shapes)
    assert sum(path.count("L") for path in paths.values()) <= MOST_DRAWN
    assert sum(map(len, paths.values())) < 800_000


def test_lines_that_are_too_many_are_drawn_coarser(tmp_path, monkeypatch):
    coast = [
        [110 + math.cos(n / 100) * (3 + (n % 2) * 0.05), math.sin(n / 100) * (3 + (n % 2) * 0.05)] for n in range(628)
    ]
    file = collection(tmp_path, {"62": polygon([*coast, coast[0]])})
    fine = read_boundaries(file, "kode")["62"].count("L")
    monkeypatch.setattr("kabar.monitor.boundaries.MOST_DRAWN", fine // 2)
    assert 4 <= read_boundaries(file, "kode")["62"].count("L") <= fine // 2


@pytest.mark.parametrize(
    "shape",
    [
        None,
        {"type": "Point", "coordinates": [103, -1]},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "Polygon", "coordinates": [[["a", "b"]]]},
        {"type": "MultiPolygon", "coordinates": [[[[103.0, None]]], []]},
        polygon([[11448000.0, -178000.0], [11500000.0, -178000.0], [11500000.0, -128000.0], [11448000.0, -178000.0]]),
    ],
)
def test_what_is_no_polygon_of_indonesia_is_left_out(tmp_path, shape):
    other = polygon(square(103.5, -1.7, 0.4))
    assert set(read_boundaries(collection(tmp_path, {"15.71": shape, "15.05": other}), "kode")) == {"15.05"}
    with pytest.raises(BoundaryError, match="EPSG:4326"):
        read_boundaries(collection(tmp_path, {"15.71": shape}), "kode")
