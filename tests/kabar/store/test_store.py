"""The store: what is put in comes out, is found, is counted, and survives."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kabar.store import Added, Store, StoreError, open_store, parse
from scraper.article import Removed, Site, Timestamp
from tagger.document import City, Country, Mention, Official, Organization, Quote, TaggedArticle, Tool

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 5, 31, 3, tzinfo=UTC)
TEXT = "Bupati Tebo Rahmat Hidayat meninjau tanggul yang jebol pada hari Jum'at. Bantuan datang dari BPBD Tebo."


def article(id_: str, text: str = TEXT, **changes: Any) -> TaggedArticle:
    def mention(name: str) -> tuple[Mention, ...]:
        at = text.find(name)
        return (Mention(text=name, start=at, end=at + len(name)),) if at >= 0 else ()

    fields: dict[str, Any] = {
        "title": f"Tanggul {id_} diperbaiki",
        "kind": "news",
        "site": Site(domain="jambi.warta.example", name="Warta"),
        "url": f"https://jambi.warta.example/{id_}",
        "published": Timestamp(value="2026-05-20T10:00:00+07:00", precision="second"),
        "cities": (
            City(name="Kabupaten Tebo", level="regency", code="15.09", province="Jambi", mentions=mention("Tebo")),
        ),
        "officials": (
            Official(name="Rahmat Hidayat", office="Bupati Tebo", jurisdiction="15.09", mentions=mention("Rahmat")),
        ),
        "organizations": (
            Organization(name="Badan Penanggulangan Bencana Daerah Tebo", acronym="BPBD", mentions=mention("BPBD")),
        ),
        "countries": (Country(name="Malaysia", alpha2="MY", alpha3="MYS"),),
        "quotes": (Quote(text="segera", span=Mention(text="segera", start=0, end=6), speaker="Rahmat", official=0),),
        "removed": (Removed(rule="related", sample="Baca juga"),),
        "tool": Tool(version="1", gazetteer="x"),
    }
    return TaggedArticle(id=id_, text=text, **{**fields, **changes})


def at(day: str) -> Timestamp:
    return Timestamp(value=f"{day}T10:00:00+07:00", precision="second")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "news.db", clock=lambda: NOW) as opened:
        yield opened


def ids(store: Store, query: str, **options: Any) -> list[str]:
    return [hit.id for hit in store.search(parse(query, NOW.date()), **options).hits]


def rows(store: Store, statement: str) -> list[tuple[Any, ...]]:
    return store._db.execute(statement).fetchall()


def test_article_comes_out_as_it_was_put_in(store):
    put = article("a")
    assert store.add([put]) == Added(new=1)
    assert store.get("a") == put
    assert store.get("b") is None


SEARCHES = {
    "": ["new", "old", "other"],
    "tanggul": ["new", "old"],
    "TANGGUL jebol": ["new", "old"],
    '"tanggul yang jebol"': ["new", "old"],
    '"jebol tanggul"': [],
    "tang*": ["new", "old"],
    "jumat": ["new", "old"],
    "Jum’at": ["new", "old"],
    "-tanggul": ["other"],
    "-tanggul -pasar": [],
    "judul:new": ["new"],
    "judul:jebol": [],
    "kota:15.09": ["new", "old"],
    "kota:15": ["new", "old"],
    "kota:tebo": ["new", "old"],
    'kota:"Kabupaten Tebo"': ["new", "old"],
    "kota:99": [],
    "-kota:15": ["other"],
    "pejabat:rahmat": ["new", "old"],
    'pejabat:"hidayat rahmat"': ["new", "old"],
    "pejabat:hida": [],
    "lembaga:bpbd": ["new", "old"],
    "negara:MY": ["new", "old"],
    "negara:malaysia tanggul sejak:2026-05-20": ["new"],
    "situs:jambi.warta.example": ["new", "old"],
    "situs:warta.example": ["new", "old"],
    "situs:rta.example": [],
    "jenis:adv": ["other"],
    "kutipan:rahmat": ["new", "old"],
    "sejak:2026-05-20": ["new"],
    "sampai:2026-05-19": ["old", "other"],
    "sejak:2026-05-01 sampai:2026-05-01": ["old"],
    "sejak:14d tanggul -kota:15": [],
}


@pytest.mark.parametrize("query", SEARCHES)
def test_search(store, query):
    other = article(
        "other",
        "Harga cabai di pasar naik.",
        title="Harga cabai",
        published=at("2026-04-01"),
        kind="advertorial",
        cities=(),
        officials=(),
        organizations=(),
        countries=(),
        quotes=(),
        site=Site(domain="sumbar.example"),
    )
    store.add([article("new"), article("old", published=at("2026-05-01")), other])
    found = store.search(parse(query, NOW.date()))
    assert [hit.id for hit in found.hits] == SEARCHES[query]
    assert found.total == len(found.hits)
    assert [a.id for a in store.articles(parse(query, NOW.date()))] == SEARCHES[query]
    assert sum(store.daily(parse(query, NOW.date())).values()) == found.total


@pytest.mark.parametrize(
    "text", ["a OR b", "NEAR(a b)", "a AND", "(", "^x", "a+b", "{title} x", "'; DROP TABLE article"]
)
def test_nothing_of_a_query_is_syntax_to_the_index(store, text):
    store.add([article("a")])
    query = parse(text)
    assert store.search(query).total == (0 if query.words else 1)
    assert ids(store, "tanggul") == ["a"]


def test_pages_and_relevance(store):
    store.add(article(str(n), published=at(f"2026-05-{n + 1:02}")) for n in range(25))
    assert ids(store, "tanggul", limit=3) == ["24", "23", "22"]
    assert ids(store, "tanggul", limit=3, offset=3) == ["21", "20", "19"]
    store.add([article("best", "Tanggul, tanggul, tanggul!", published=at("2026-01-01"))])
    assert ids(store, "tanggul", limit=1, order="relevance") == ["best"]


def test_snippet_shows_what_was_found_as_it_is_written(store):
    store.add([article("a", "Pembuka berita ini. " * 30 + TEXT)])
    [hit] = store.search(parse("jumat")).hits
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.marks] == ["Jum'at"]
    assert len(hit.snippet.text) < 260


def test_facets(store):
    store.add([article("a"), article("b"), article("c", cities=())])
    facets = store.facets(parse("tanggul"))
    counts = {(count.facet, count.name, count.code): count.articles for count in facets.counts}
    assert counts["city", "Kabupaten Tebo", "15.09"] == 2
    assert counts["official", "Rahmat Hidayat", None] == 3
    assert counts["site", "jambi.warta.example", None] == 3
    assert counts["kind", "news", None] == 3
    assert facets.complete


@pytest.mark.parametrize(
    "query",
    [
        "",
        "sejak:2025-12-30",
        "sampai:2026-01-31",
        "sejak:2025-12-31 sampai:2026-02-01",
        "sejak:2025 sampai:2025",
        "sejak:2026-01-02 sampai:2026-01-05",
        "sejak:2027",
        "sejak:2026-02-03 sampai:2026-01-02",
    ],
)
def test_facets_of_days_agree_with_those_that_are_counted(store, query):
    days = [datetime(2025, 12, 31, tzinfo=UTC) + timedelta(days=n) for n in range(32)]
    days += [datetime(2025, 2, 1, tzinfo=UTC) + timedelta(days=60 * n) for n in range(6)]
    days += [datetime(2025, 12, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)]
    store.add([article(str(n), published=at(f"{day:%Y-%m-%d}")) for n, day in enumerate(days)])
    expected = sum((parse(query).since or "") <= f"{day:%Y-%m-%d}" <= (parse(query).until or "9") for day in days)
    facets, counted = store.facets(parse(query)), store.facets(parse(f"tanggul {query}"))
    assert facets == counted
    assert facets.articles == expected


def test_equally_frequent_are_told_by_name_and_no_more_than_asked_for(store):
    names = [f"Kota {letter}" for letter in "HGFEDCBA"]
    store.add([article(name, cities=(City(name=name, level="city"),)) for name in names])
    store.add([article("x", cities=(City(name="Kota H", level="city"),))])
    for query in ("", "tanggul"):
        counts = [count for count in store.facets(parse(query), most=3).counts if count.facet == "city"]
        assert [(count.name, count.articles) for count in counts] == [("Kota H", 2), ("Kota A", 1), ("Kota B", 1)]


def test_counts_of_everything_cost_the_same_however_many_days_there_are(store):
    def steps() -> int:
        """Of SQLite's machine, in hundreds."""
        made = []
        store.connection.set_progress_handler(lambda: made.append(1), 100)
        store.facets(parse(""))
        store.connection.set_progress_handler(None, 0)
        return len(made)

    store.add([article("a", published=at("2026-01-02")), article("b", published=at("2026-12-30"))])
    few = steps()
    store.add([article(f"{m}-{d}", published=at(f"2026-{m:02}-{d:02}")) for m in range(1, 13) for d in range(1, 15)])
    assert steps() <= few + 2


def test_retagging_replaces_the_tags_and_keeps_no_version(store):
    store.add([article("a")])
    again = article("a", cities=(City(name="Kota Jambi", level="city", code="15.71"),), officials=(), quotes=())
    assert store.add([again]) == Added(same=1)
    assert store.get("a") == again
    assert ids(store, "kota:15.09") == []
    assert ids(store, "kota:15.71") == ["a"]
    assert store.versions("a") == []
    assert rows(store, "SELECT name, articles FROM daily WHERE type = 'city'") == [("Kota Jambi", 1)]
    store.check()


def test_changed_text_is_a_new_version(store):
    store.add([article("a")])
    assert store.add([article("a", "Tanggul sudah pulih.", published=at("2026-05-22"))]) == Added(changed=1)
    [version] = store.versions("a")
    assert (version.number, version.text) == (1, TEXT)
    assert ids(store, "jebol") == []
    assert ids(store, "pulih") == ["a"]
    assert rows(store, "SELECT version, day FROM articles") == [(2, "2026-05-22")]
    store.check()


def test_removed_article_leaves_nothing(store):
    store.add([article("a"), article("a", "lain sekali"), article("b")])
    assert store.remove("a")
    assert not store.remove("a")
    assert ids(store, "") == ["b"]
    for table in ("body", "document", "tag", "mention", "quote", "removal", "sketch"):
        assert rows(store, f"SELECT count(DISTINCT article) FROM {table}") in ([(1,)], [(0,)]), table
    assert rows(store, "SELECT max(articles) FROM tally") == [(1,)]
    assert store.versions("a") == []
    store.check()


STORY = " ".join(f"kata{n} tentang tanggul{n} yang{n % 7} jebol" for n in range(60))


def test_copies_of_a_story_are_one_cluster(store):
    copy = STORY.replace("kata7 ", "kata lain ") + " Tambahan dari meja redaksi sendiri."
    stranger = " ".join(f"harga{n} cabai{n} di pasar" for n in range(80))
    store.add([article("first", STORY, published=at("2026-05-01")), article("stranger", stranger)])
    store.add([article("copy", copy, published=at("2026-05-02")), article("early", STORY, published=at("2026-01-02"))])
    first, second = store.story("copy")
    assert (first.id, first.own, second.id) == ("first", 0, "copy")
    assert 0.02 < second.own < 0.1
    assert [telling.id for telling in store.story("stranger")] == ["stranger"]
    assert [telling.id for telling in store.story("early")] == ["early"]
    assert store.stats()["stories"] == 3
    assert store.stories(parse("jebol")) == 2


def test_views_are_there_for_other_programs(store, tmp_path):
    store.add([article("a")])
    names = [
        "articles",
        "sites",
        "cities",
        "officials",
        "organizations",
        "countries",
        "mentions",
        "quotes",
        "removed",
        "clusters",
        "daily",
    ]
    with sqlite3.connect(tmp_path / "news.db") as other:
        for name in names:
            assert other.execute(f"SELECT count(*) FROM {name}").fetchone()[0] >= 1, name
        assert other.execute("SELECT type, text FROM mentions WHERE field = 'text' ORDER BY start").fetchall() == [
            ("city", "Tebo"),
            ("official", "Rahmat"),
            ("organization", "BPBD"),
        ]
        assert other.execute("SELECT speaker, official FROM quotes").fetchall() == [("Rahmat", "Rahmat Hidayat")]


def test_reindex_gives_the_same_counts_and_finds(store):
    store.add([article(str(n), published=at(f"2026-05-{n + 1:02}")) for n in range(9)])
    store.remove("3")
    before = rows(store, "SELECT * FROM tally ORDER BY 1, 2")
    store.reindex()
    assert rows(store, "SELECT * FROM tally ORDER BY 1, 2") == before
    store.vacuum()
    assert len(ids(store, "tanggul")) == 8
    store.check()


@pytest.mark.parametrize(
    "value", ["2026", "2026-05", "2026-05-20", "1890-01-01", "9999-12-31T00:00:00+00:00", "kapan saja"]
)
def test_any_time_of_publication(store, value):
    put = article("a", published=Timestamp(value=value, precision="day"))
    store.add([put])
    assert store.get("a") == put
    assert ids(store, "tanggul") == ["a"]


@pytest.mark.parametrize(
    "value", ["2026-05-20T00:30:00+09:00", "2026-05-19T23:59:59+07:00", "2026-05-19T17:00:00Z", "2026-05-20"]
)
def test_days_are_those_of_jakarta_in_counts_and_in_filters(store, value):
    store.add([article("a", published=Timestamp(value=value, precision="minute"))])
    [day] = store.daily(parse(""))
    assert ids(store, f"sejak:{day} sampai:{day}") == ["a"]
    assert day == ("2026-05-19" if value.startswith("2026-05-19T23") or "+09" in value else "2026-05-20")


def test_article_without_a_time_counts_for_the_day_it_was_seen(store):
    store.add([article("a", published=None)])
    assert store.daily(parse("")) == {"2026-05-31": 1}
    store._clock = lambda: NOW + timedelta(days=3)
    store.add([article("a", published=None)])
    assert store.daily(parse("")) == {"2026-05-31": 1}


def test_same_entity_twice_in_an_article(store):
    body = Organization(name="DPRD", mentions=(Mention(text="x", start=0, end=1),))
    store.add([article("a", organizations=(body, body))])
    assert rows(store, "SELECT name, mentions FROM organizations") == [("DPRD", 2)]


def test_newer_store_and_foreign_file_are_refused(tmp_path):
    newer, foreign, text = tmp_path / "newer.db", tmp_path / "foreign.db", tmp_path / "text.db"
    open_store(newer).close()
    with sqlite3.connect(newer) as db:
        db.execute("PRAGMA user_version = 999")
    with sqlite3.connect(foreign) as db:
        db.execute("CREATE TABLE mine (x)")
    text.write_text("no database at all " * 100)
    for path, reason in ((newer, "newer kabar"), (foreign, "no store of kabar"), (text, "cannot be opened")):
        with pytest.raises(StoreError, match=reason) as error:
            open_store(path)
        assert str(path) in str(error.value)
    with sqlite3.connect(foreign) as db:
        assert db.execute("SELECT name FROM sqlite_schema").fetchall() == [("mine",)]


def test_killed_while_writing_keeps_every_committed_article(tmp_path):
    path = tmp_path / "news.db"
    program = f"""
import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})
from test_store import article, open_store
with open_store({str(path)!r}) as store:
    for n in range(100000):
        store.add([article(f"{{n}}", f"Tanggul nomor {{n}} jebol.")])
        print(n, flush=True)
"""
    writer = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=ROOT)
    committed = [writer.stdout.readline() for _ in range(50)]
    os.kill(writer.pid, signal.SIGKILL)
    committed += writer.stdout.read().splitlines(keepends=True)
    writer.wait()
    last = max(int(line) for line in committed if line.endswith(b"\n"))
    with open_store(path) as store:
        assert store.search(parse("tanggul")).total in (last + 1, last + 2)
        assert all(store.get(str(n)) for n in range(last + 1))
        assert store.facets(parse("")) == store.facets(parse("tanggul")), "the tallies agree with the articles"
        store.check()


def test_one_writes_while_another_reads(store, tmp_path):
    store.add([article("a")])
    with open_store(tmp_path / "news.db") as reader:
        found = reader.articles(parse(""))
        assert next(found).id == "a"
        store.add([article("b", published=at("2026-05-21"))])
        assert ids(reader, "") == ["b", "a"]


def test_search_and_store_commands(kabar, tmp_path):
    path, lines = tmp_path / "news.db", tmp_path / "tagged.jsonl"
    lines.write_bytes(b"\n".join([msgspec.json.encode(article("a")), b"{broken", msgspec.json.encode(article("b"))]))
    ran = kabar("store", "add", path, lines)
    assert ran.code == 1
    assert ran.messages[0].startswith(f"kabar: {lines}:2: no tagged article")
    assert ran.messages[1] == f"kabar: {path}: 2 new, 0 changed, 0 known"
    assert [hit["id"] for hit in kabar("search", "tanggul", "--store", path).lines] == ["b", "a"]
    assert kabar("search", "gempa", "--store", path).code == 3
    assert kabar("search", "warna:biru", "--store", path).code == 2
    assert "Jum'at" in kabar("search", "jumat", "--store", path, "--facets", "--format", "table").out
    assert "articles               2" in kabar("store", "stats", path).out
    assert kabar("store", "reindex", path).code == kabar("store", "vacuum", path).code == 0
    assert kabar("store", "stats", tmp_path / "none.db").code == 1


def test_tag_into_a_store(kabar, tmp_path):
    path, text = tmp_path / "news.db", tmp_path / "a.txt"
    text.write_text(TEXT)
    ran = kabar("tag", "--rules-only", text, "--store", path)
    assert (ran.code, ran.out) == (0, "")
    assert kabar("search", "kota:15.09", "--store", path).lines[0]["id"]
    both = kabar("tag", "--rules-only", text, "--store", path, "--format", "jsonl")
    assert both.lines[0]["file"] == str(text)


def test_hostile_articles_come_out_as_they_are(store):
    texts = [
        "a\0b tanggul",
        "\u202etanggul\u202c",
        "<script>alert(1)</script> tanggul",
        "tanggul " * 150_000,
        "",
        "\ufffe𝔗anggul'''",
    ]
    put = [article(str(n), text, title="T" * 1_000_000 if n == 2 else "x\0y") for n, text in enumerate(texts)]
    store.add(put)
    assert [store.get(a.id) for a in put] == put
    assert store.search(parse("tanggul")).total >= 4
    store.add(put)
    for a in put:
        assert store.remove(a.id)
    assert store.search(parse("tanggul")).total == 0
    store.check()


def test_a_snippet_is_cut_between_words_and_says_that_the_text_goes_on(store):
    words = " ".join(f"kata{n}" for n in range(100))
    store.add([article("long", words), article("short", "Tanggul itu jebol.")])
    [found, whole] = (store.search(parse(query)).hits[0].snippet.text for query in ("kata50", "jebol"))
    assert found.startswith("… kata")
    assert found.endswith(" …")
    assert set(found.strip("… ").split()) < set(words.split())
    assert whole == "Tanggul itu jebol."
    [begin] = store.search(parse("judul:Tanggul kata1"), limit=1).hits
    assert begin.snippet.text.startswith("kata0 kata1")
    store.add([article("parts", "Paragraf pertama.\n\nParagraf kedua.")])
    assert store.search(parse("paragraf")).hits[0].snippet.text == "Paragraf pertama. Paragraf kedua."
