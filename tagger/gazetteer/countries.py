"""Countries by their ISO 3166-1 codes, with the Indonesian names of CLDR 48."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tagger.gazetteer.tables import read_table


@dataclass(frozen=True, slots=True)
class CountryName:
    """One country: codes and Indonesian name."""

    alpha2: str
    alpha3: str
    name: str


@cache
def countries() -> dict[str, CountryName]:
    """All countries by alpha-2 code."""
    return {row["alpha2"]: CountryName(**row) for row in read_table("countries.tsv")}
