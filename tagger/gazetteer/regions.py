"""Provinces, regencies, cities and districts by their Kemendagri codes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

from tagger.document import Level
from tagger.gazetteer.tables import read_table

LEVEL_WORDS: dict[Level, str] = {"province": "Provinsi", "regency": "Kabupaten", "city": "Kota"}
UNCODED = "IKN"


@dataclass(frozen=True, slots=True)
class Region:
    """One province, regency or city.

    Attributes:
        code: Kemendagri code ("18", "18.04"), or `UNCODED` for Ibu Kota Nusantara, which has none.
        short: name without its level word.
        latitude, longitude: degrees (WGS 84) of a point inside it.
    """

    code: str
    level: Level
    short: str
    latitude: float
    longitude: float

    @property
    def name(self) -> str:
        """Name with its level word."""
        return self.short if self.code == UNCODED else f"{LEVEL_WORDS[self.level]} {self.short}"

    @property
    def province(self) -> str:
        """Code of the province it lies in, or is."""
        return self.code[:2] if self.code != UNCODED else "64"


@cache
def regions() -> dict[str, Region]:
    """All regions by code."""
    return {
        row["code"]: Region(
            row["code"], cast(Level, row["level"]), row["name"], float(row["latitude"]), float(row["longitude"])
        )
        for row in read_table("regions.tsv")
    }


@cache
def districts() -> dict[str, tuple[str, ...]]:
    """Codes of the districts (kecamatan) of each name; the regency's code is `code[:5]`.

    Names stand in lower case and without spaces, since news writes "Gading Rejo" and "Gadingrejo" alike.
    """
    out: dict[str, tuple[str, ...]] = {}
    for row in read_table("districts.tsv"):
        key = row["name"].lower().replace(" ", "")
        out[key] = (*out.get(key, ()), row["code"])
    return out
