"""What the store tells of entities and stories: changes against the usual, portraits, folded searches, sites."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kabar.store import open_store, parse
from kabar.store.changes import changes, region_counts, regions, spikes, usual_day, window
from kabar.store.folded import folded
from kabar.store.portraits import entity, offices, officials_of, said_by, span
from kabar.store.sites import site_health
from scraper.article import Site, Timestamp
from tagger.document import City, Mention, Official, Quote, TaggedArticle, Tool

LAST = date(2026, 5, 31)
JAMBI = City(name="Kota Jambi", level="city", code="15.71", province="Jambi")
TEBO = City(name="Kabupaten Tebo", level="regency", code="15.09", province="Jambi")
WIRE = "Gubernur meresmikan jembatan yang menghubungkan dua desa di hulu sungai setelah dua tahun pengerjaan. " * 4


def article(id_: str, back: int, *cities: City, **changes_: object) -> TaggedArticle:
    day = (LAST - timedelta(days=back)).isoformat()
    values: dict[str, object] = {
        "id": id_,
        "title": f"Kabar {id_}",
        "text": f"Teks tentang hal nomor {id_}.",
        "kind": "news",
        "site": Site(domain="warta.example", name="Warta"),
        "published": Timestamp(value=f"{day}T10:00:00+07:00", precision="second"),
        "cities": cities,
        "tool": Tool(version="0", gazetteer="x"),
    }
    return TaggedArticle(**{**values, **changes_})  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "news.db") as opened:
        yield opened


def test_a_window_stands_beside_its_usual_share(store):
    usual = [article(f"u{n}", 1 + n, *([TEBO] if n % 2 else [])) for n in range(28)]
    today = [article(f"t{n}", 0, *([JAMBI, TEBO] if n < 8 else [])) for n in range(10)]
    store.add([*usual, *today])
    found = {one.name: one for one in changes(store.connection, "2026-05-31", 1, ("city",))}
    assert (found["Kota Jambi"].now, found["Kota Jambi"].usual) == (8, 0)
    assert found["Kabupaten Tebo"].usual == pytest.approx(10 * 14 / 28)
    assert [one.name for one in spikes(found.values())] == ["Kota Jambi"]
    assert usual_day(store.connection, "2026-05-31") == 1


def test_nothing_stands_out_where_there_is_no_before(store):
    store.add([article(f"t{n}", 0, JAMBI) for n in range(9)])
    assert [one.usual for one in changes(store.connection, "2026-05-31", 7, ("city",))] == [None]
    assert spikes(changes(store.connection, "2026-05-31", 7, ("city",))) == []


def test_a_province_counts_an_article_once(store):
    store.add([article("a", 0, JAMBI, TEBO), article("b", 2, TEBO), article("c", 9, JAMBI)])
    assert regions(store.connection, "2026-05-31", 7) == ({"15.71": 1, "15.09": 2}, {"15": 2})
    assert region_counts(store.connection, ["15.09", "15.71", "11.01"], "2026-05-31", 7) == {"15.09": 2, "15.71": 1}


def test_the_offices_of_a_person_over_time(store):
    def official(office: str, status: str) -> tuple[Official, ...]:
        return (Official(name="Siti Rahmah", office=office, status=status, jurisdiction="15.71"),)  # type: ignore[arg-type]

    store.add(
        [
            article("a", 40, JAMBI, officials=official("Sekretaris Daerah Kota Jambi", "in_office")),
            article("b", 9, JAMBI, officials=official("Wali Kota Jambi", "acting")),
            article("c", 3, JAMBI, officials=official("Wali Kota Jambi", "acting")),
        ]
    )
    found = entity(store.connection, "official", "siti rahmah")
    assert found is not None
    told = [(o.office, o.status, o.first, o.last, o.articles) for o in offices(store.connection, found.number)]
    assert told == [
        ("Wali Kota Jambi", "acting", "2026-05-22", "2026-05-28", 2),
        ("Sekretaris Daerah Kota Jambi", "in_office", "2026-04-21", "2026-04-21", 1),
    ]
    whole = span(store.connection, found.number)
    assert whole is not None
    assert (whole.articles, whole.first, whole.last) == (3, "2026-04-21", "2026-05-28")
    assert next(row[1:3] for row in officials_of(store.connection, "15.71")) == ("Siti Rahmah", "Wali Kota Jambi")
    assert entity(store.connection, "official", "siti") is None


def test_what_several_sites_quote_is_told_once(store):
    def quoting(id_: str, text: str) -> TaggedArticle:
        quote = Quote(text=text, span=Mention(text="Teks", start=0, end=4), speaker="Rahmah", official=0)
        return article(id_, 1, officials=(Official(name="Siti Rahmah", office="Wali Kota Jambi"),), quotes=(quote,))

    store.add([quoting("a", "Air surut"), quoting("b", "Air surut!"), quoting("c", "Bantuan datang")])
    found = entity(store.connection, "official", "siti rahmah")
    assert found is not None
    assert sorted(said.text.rstrip("!") for said in said_by(store.connection, found.number)) == [
        "Air surut",
        "Bantuan datang",
    ]


def test_copies_of_a_story_are_folded_on_this_page_and_the_next(store):
    copies = [article(f"w{n}", n, text=WIRE, site=Site(domain=f"s{n}.example")) for n in range(4)]
    others = [article(f"o{n}", n) for n in range(3)]
    store.add([*copies, *others])
    first = folded(store.connection, parse(""), 2, 0, "newest")
    assert first.total == 7
    assert [fold.copies for fold in first.folds if fold.hit.id[0] == "w"] == [3]
    seen = [fold.hit.id for fold in first.folds]
    start = first.next
    while start is not None:
        page = folded(store.connection, parse(""), 2, start, "newest")
        seen += [fold.hit.id for fold in page.folds]
        start = page.next
    assert len([id_ for id_ in seen if id_[0] == "w"]) == 1
    assert sorted(id_ for id_ in seen if id_[0] == "o") == ["o0", "o1", "o2"]


def test_an_exact_name_means_nobody_else(store):
    names = ("Siti Rahmah", "Nur Siti Rahmah")
    store.add([article(f"a{n}", n, officials=(Official(name=name, office="Camat"),)) for n, name in enumerate(names)])
    assert store.search(parse('pejabat:"Siti Rahmah"')).total == 2
    assert store.search(parse('pejabat:"=Siti Rahmah"')).total == 1


def test_a_site_is_silent_after_three_of_its_usual_gaps(store):
    daily = [article(f"d{n}", n, site=Site(domain="daily.example")) for n in range(4, 30)]
    weekly = [article(f"w{n}", n, site=Site(domain="weekly.example")) for n in (5, 12, 19, 26)]
    store.add([*daily, *weekly, article("now", 0)])
    found = {site.domain: site for site in site_health(store.connection, window("2026-05-31", 30))}
    assert found["daily.example"].silent
    assert not found["weekly.example"].silent
    assert found["weekly.example"].last == "2026-05-26"
