"""Every name of a place in one trie: regions, districts named after them, countries, and phrases that are neither."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from tagger.gazetteer.countries import countries
from tagger.gazetteer.regions import districts, regions
from tagger.gazetteer.tables import read_table
from tagger.gazetteer.trie import Trie
from tagger.tokens import split

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["region", "country", "district", "trap"]


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One name and all that it may stand for.

    Attributes:
        codes: regions' or countries' codes, the most likely first.
        via: how the name stands to the place: `name`, `abbreviation`, `spelling`, `nickname`, `alias`, `demonym` ...
        care: "" for a name that hardly means anything else; `word` for one that is a common word as well; `rare` for
            one that mostly is; `unsafe` for an abbreviation of other things; `upper` for one that counts in capitals
            only; `context` for a country that needs a cue.
    """

    form: str
    kind: Kind
    codes: tuple[str, ...]
    via: str = "name"
    care: str = ""


@cache
def place_trie() -> Trie[PlaceName]:
    """All names, by their words in lower case."""
    return Trie((tuple(word.lower() for word in split(name.form)[0]), name) for name in _all_names())


def _all_names() -> Iterator[PlaceName]:
    names = _region_names()
    yield from names.values()
    yield from _districts_like(names)
    yield from _country_names()
    for row in read_table("place_traps.tsv"):
        yield PlaceName(row["phrase"], "trap", ())


def _region_names() -> dict[str, PlaceName]:
    """Names of regions; those that share one are put together, in the order that a bare name is read."""
    care = {row["name"]: row["care"] for row in read_table("region_words.tsv")}
    codes: dict[str, list[str]] = {}
    vias: dict[str, str] = {}
    unsafe = set()
    for region in regions().values():
        codes.setdefault(region.short, []).append(region.code)
        if region.level != "province" and (joined := _joined(region.short)):
            codes.setdefault(joined, []).append(region.code)
            vias.setdefault(joined, "spelling")
    for row in read_table("region_names.tsv"):
        known = codes.setdefault(row["name"], [])
        if row["code"] not in known:
            known.append(row["code"])
        vias.setdefault(row["name"], row["kind"])
        if row["care"]:
            unsafe.add(row["name"])
    return {
        form: PlaceName(
            form,
            "region",
            tuple(sorted(found, key=_reading_order)),
            vias.get(form, "name"),
            "unsafe" if form in unsafe else care.get(form, ""),
        )
        for form, found in codes.items()
    }


def _reading_order(code: str) -> tuple[int, str]:
    """A bare shared name is the province, else the city, else the regency."""
    return {"province": 0, "city": 1, "regency": 2}[regions()[code].level], code


def _joined(name: str) -> str | None:
    """News writes the first two words of many names as one: Bandarlampung, Tulangbawang Barat."""
    words = name.split()
    if len(words) < 2 or words[0] == "Kepulauan" or not words[1][0].isupper():
        return None
    return " ".join((words[0] + words[1].lower(), *words[2:]))


def _districts_like(names: dict[str, PlaceName]) -> Iterator[PlaceName]:
    """Districts that have a region's name in theirs: "Metro Selatan" is not Kota Metro."""
    taken = {form.lower() for form in names}
    for form in dict.fromkeys(row["name"].lower() for row in read_table("districts.tsv")):
        words = form.split()
        if form in taken or len(words) < 2 or words[0] in ("kota", "kabupaten"):
            continue
        parts = {" ".join(words[at:end]) for at in range(len(words)) for end in range(at + 1, len(words) + 1)}
        if parts & taken:
            yield PlaceName(form, "district", districts()[form.replace(" ", "")])


def _country_names() -> Iterator[PlaceName]:
    needs_context = {row["name"] for row in read_table("country_words.tsv")}
    for country in countries().values():
        yield PlaceName(
            country.name, "country", (country.alpha2,), "name", "context" if country.name in needs_context else ""
        )
    for row in read_table("country_names.tsv"):
        yield PlaceName(row["name"], "country", (row["alpha2"],), row["kind"], row["care"])
