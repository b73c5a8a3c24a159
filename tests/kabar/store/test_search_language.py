"""What the search language promises, on the command line: each filter in both languages, and how words are compared."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from kabar.store import Store
from scraper.article import Site, Timestamp
from tagger.document import City, Country, Mention, Official, Organization, Quote, TaggedArticle, Tool

NOW = datetime.now(timezone(timedelta(hours=7)))


def article(id_: str, text: str, age: int, **changes: Any) -> TaggedArticle:
    published = (NOW - timedelta(days=age)).isoformat(timespec="seconds")
    fields: dict[str, Any] = {
        "title": f"Judul {id_}",
        "kind": "news",
        "site": Site(domain="jambi.warta.example"),
        "published": Timestamp(value=published, precision="second"),
        "cities": (City(name="Kota Jambi", level="city", code="15.71", province="Jambi"),),
        "tool": Tool(version="0", gazetteer="x"),
    }
    return TaggedArticle(id=id_, text=text, **{**fields, **changes})


FASHA = Official(name="Syarif Fasha", office="Wali Kota Jambi")
MARUF = Official(name="Ma'ruf Amin", office="Wakil Presiden")
QUOTED = Quote(text="waspada", span=Mention(text="waspada", start=0, end=7), speaker="Fasha", official=0)
TEBO = City(name="Kabupaten Tebo", level="regency", code="15.09", province="Jambi")
PROVINCE = City(name="Jambi", level="province", code="15")
BATAM = City(name="Kota Batam", level="city", code="21.71", province="Kepulauan Riau")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "news.db"
    with Store(path) as store:
        store.add(
            [
                article("flood", "Waspada banjir, banjir, banjir.", 1, officials=(FASHA,), quotes=(QUOTED,)),
                article("old", "Banjir lama di kota itu.", 30, officials=(FASHA,)),
                article("tebo", "Jum’at.", 2, cities=(TEBO,), officials=(MARUF,), kind="advertorial"),
                article("province", "Gubernur membangun jalan.", 3, cities=(PROVINCE,)),
                article("batam", "Pelabuhan ramai, ada banjir kecil.", 0, cities=(BATAM,),
                        site=Site(domain="kepri.example"),
                        organizations=(Organization(name="Badan Pengusahaan Batam", acronym="BP Batam"),),
                        countries=(Country(name="Singapura", alpha2="SG", alpha3="SGP"),)),
            ]
        )  # fmt: skip
    return path


ALIKE = [
    (
        ['banjir kota:15.71 pejabat:"Syarif Fasha" sejak:7d', 'banjir city:15.71 official:"Syarif Fasha" since:7d'],
        "flood",
    ),
    (["sejak:1minggu kota:15.71", "dari:1pekan city:15.71", "since:1w wilayah:15.71"], "flood"),
    (["jumat", "Jum'at", "Jum’at", "JUM`AT"], "tebo"),
    (['pejabat:"Ma\'ruf Amin"', "pejabat:maruf", "official:Ma’ruf"], "tebo"),
    (["kota:15", "provinsi:15"], "flood tebo province old"),
    (['kota:"Kota Jambi"', "kota:15.71"], "flood old"),
    (["kutipan:Fasha", 'kutipan:"Syarif Fasha"', 'quote:"syarif fasha"', "ujar:fasha"], "flood"),
    (["banj*", '"banj"*'], "batam flood old"),
    (['"banjir lama"'], "old"),
    (["banjir -kecil -kota:21", "banjir -situs:kepri.example"], "flood old"),
    (["negara:SG", "country:singapura"], "batam"),
    (['lembaga:"bp batam"', 'org:"Badan Pengusahaan"'], "batam"),
    (["situs:warta.example jenis:adv", "media:jambi.warta.example kind:advertorial"], "tebo"),
    (["judul:province", "title:province"], "province"),
    (["sampai:kemarin banjir", "until:yesterday banjir"], "flood old"),
]


@pytest.mark.parametrize(("queries", "ids"), ALIKE, ids=[queries[0] for queries, _ in ALIKE])
def test_both_languages_and_all_spellings_find_the_same(path: Path, kabar: Any, queries: list[str], ids: str) -> None:
    for query in queries:
        ran = kabar("search", query, "--store", path, "--format", "jsonl")
        assert [hit["id"] for hit in ran.lines] == ids.split(), query
        assert f"{len(ids.split())} articles" in ran.err


def test_a_province_by_name_holds_all_below_it(path: Path, kabar: Any) -> None:
    found = kabar("search", "kota:jambi", "--store", path, "--format", "jsonl").lines
    assert [hit["id"] for hit in found] == ["flood", "tebo", "province", "old"]


def test_newest_first_and_relevance_on_request(path: Path, kabar: Any) -> None:
    assert kabar("search", "banjir", "--store", path, "--format", "jsonl").lines[0]["id"] == "batam"
    best = kabar("search", "banjir", "--order", "relevance", "--store", path, "--format", "jsonl").lines
    assert best[0]["id"] == "flood"


def test_a_story_tells_where_it_began_and_who_added_text(tmp_path: Path) -> None:
    wire = " ".join(f"kata{n} tentang banjir{n} di kota{n % 9}" for n in range(60))
    own = " ".join(f"tambahan{n} redaksi{n}" for n in range(10))
    with Store(tmp_path / "s.db") as store:
        store.add([article("copy", f"{wire} {own}", 1, site=Site(domain="b.example")), article("first", wire, 2)])
        first, copy = store.story("copy")
        assert (first.id, first.site, first.own) == ("first", "jambi.warta.example", 0)
        assert 0.05 < copy.own < 0.2
        row = store._db.execute("SELECT articles, sites, first_article, first_site FROM clusters").fetchall()
    assert row == [(2, 2, "first", "jambi.warta.example")]
