"""The tables of places: complete, consistent, read with clear errors."""

from __future__ import annotations

from collections import Counter

from tagger.gazetteer import edition
from tagger.gazetteer.countries import countries
from tagger.gazetteer.places import place_trie
from tagger.gazetteer.regions import UNCODED, districts, regions
from tagger.gazetteer.tables import read_table
from tagger.gazetteer.trie import Trie


def test_every_region_has_a_code_of_its_level_and_a_province() -> None:
    coded = [region for region in regions().values() if region.code != UNCODED]
    assert Counter(region.level for region in coded) == {"province": 38, "regency": 416, "city": 98}
    assert all((len(region.code) == 2) == (region.level == "province") for region in coded)
    assert all(region.province in regions() for region in regions().values())
    assert all(-11.5 < region.latitude < 6.5 and 94 < region.longitude < 141.5 for region in coded)


def test_cities_have_codes_from_71() -> None:
    assert all((int(code[3:]) >= 71) == (regions()[code].level == "city") for code in regions() if len(code) == 5)


def test_every_district_lies_in_a_known_region() -> None:
    codes = [code for found in districts().values() for code in found]
    assert len(codes) == 7285
    assert all(code[:5] in regions() for code in codes)


def test_every_name_leads_to_a_known_region_or_country() -> None:
    assert all(row["code"] in regions() for row in read_table("region_names.tsv"))
    assert all(row["alpha2"] in countries() for row in read_table("country_names.tsv"))


def test_countries_are_those_of_iso_3166() -> None:
    assert len(countries()) == 249
    assert len({country.alpha3 for country in countries().values()}) == 249


def test_words_that_need_care_are_names() -> None:
    names = {region.short for region in regions().values()} | {row["name"] for row in read_table("region_names.tsv")}
    joined = {name.replace(" ", "").lower() for name in names}
    assert [
        row["name"] for row in read_table("region_words.tsv") if row["name"].replace(" ", "").lower() not in joined
    ] == []


def test_no_table_names_the_same_thing_twice() -> None:
    for table, keys in (
        ("region_names.tsv", ("name", "code")),
        ("country_names.tsv", ("name", "alpha2")),
        ("place_cues.tsv", ("cue",)),
    ):
        rows = [tuple(row[key] for key in keys) for row in read_table(table)]
        assert len(rows) == len(set(rows)), table


def test_shared_names_are_read_as_province_then_city_then_regency() -> None:
    def first(name: str) -> str:
        match = place_trie().longest(name.lower().split(), 0)
        assert match is not None
        return match[1][0].codes[0]

    assert [first(name) for name in ("Jambi", "Bandung", "Yogyakarta", "Banjar")] == ["15", "32.73", "34", "32.79"]


def test_the_longest_entry_wins() -> None:
    trie = Trie([(("guinea",), "GN"), (("guinea", "khatulistiwa"), "GQ")])
    assert trie.longest(["guinea", "khatulistiwa", "kalah"], 0) == (2, ("GQ",))
    assert trie.longest(["guinea", "kalah"], 0) == (1, ("GN",))
    assert trie.longest(["kalah"], 0) is None
    assert trie.longest(["guinea", "khatulistiwa"], 0, 1) == (1, ("GN",))


def test_the_edition_is_told() -> None:
    assert edition()
