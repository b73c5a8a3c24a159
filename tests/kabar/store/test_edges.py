"""Edges of the store: odd words, bounds of days, dates that cannot be, and writers beside readers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kabar.store import Override, Query, Store, open_store, parse
from kabar.store.changes import last_day
from kabar.store.database import snapshot
from kabar.store.folded import folded
from kabar.store.search import hits
from scraper.article import Timestamp
from tagger.document import TaggedArticle, Tool
from tests.kabar.monitor.made_news import Newsroom

NOW = datetime(2026, 5, 31, 3, tzinfo=UTC)
STORY = " ".join(f"kata{n} tentang tanggul{n} yang{n % 7} jebol" for n in range(60))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "news.db", clock=lambda: NOW) as made:
        yield made


def article(id_: str, text: str = "Tanggul jebol.", published: str | None = None, **changes: Any) -> TaggedArticle:
    when = None if published is None else Timestamp(value=published, precision="second")
    fields: dict[str, Any] = {
        "title": id_,
        "kind": "news",
        "published": when,
        "tool": Tool(version="0", gazetteer="x"),
        **changes,
    }
    return TaggedArticle(id=id_, text=text, **fields)


@pytest.mark.parametrize("query", ["warta_jambi", "½", "②", "straße", "Jum'at", "2026", "ÉCOLE", "_"])
def test_as_many_are_told_as_are_found(store, query):
    store.add([article("a", "Akun warta_jambi: ½ kilo, ② lembar, Straße, école, Jumat 2026 _ x"), article("b")])
    found = store.search(parse(query))
    assert found.total == len(found.hits)
    assert found.total in (1, 2)


def test_words_are_marked_as_the_index_parts_them(store):
    store.add([article("a", "Akun @warta_jambi dan warta.")])
    for query, marked in (("warta", ["warta", "warta"]), ("jambi", ["jambi"]), ("warta_jambi", ["warta_jambi"])):
        [hit] = store.search(parse(query)).hits
        assert [hit.snippet.text[start:end] for start, end in hit.snippet.marks] == marked


@pytest.mark.parametrize(
    ("query", "since", "until"),
    [
        ("sejak:2026-05-10 sejak:2026-05-01", "2026-05-10", None),
        ("sampai:2026-05-10 sampai:2026-05", None, "2026-05-10"),
        ("-sejak:2026-05", None, "2026-04-30"),
        ("-sampai:2026-05", "2026-06-01", None),
        ("-sejak:7d sampai:2026-05-01", None, "2026-05-01"),
        ("-sejak:0001", None, "0001-01-01"),
    ],
)
def test_all_bounds_hold(query, since, until):
    assert parse(query, date(2026, 5, 31)) == Query(since=since, until=until)


def test_every_bound_can_be_asked(store):
    store.add([article("a", published="2026-05-20T10:00:00+07:00")])
    for query in ("-sampai:9999", "sejak:9999-12-31", "-sejak:0001", "sampai:0001-01-01"):
        assert store.search(parse(query)).total == 0
        assert store.facets(parse(query)).articles == 0
        assert store.daily(parse(query)) == {}


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2026-05-31T00:30:00+09:00", "2026-05-30"),  # WIT, an hour and a half before midnight in Jakarta
        ("2026-05-31T00:30:00+08:00", "2026-05-30"),
        ("2026-05-31T00:30:00+07:00", "2026-05-31"),
        ("2026-05-30T17:00:00+00:00", "2026-05-31"),
        ("2026-05-31", "2026-05-31"),
    ],
)
def test_days_are_those_of_jakarta(store, published, day):
    store.add([article("a", published=published)])
    assert store.daily(parse("")) == store.daily(parse("tanggul")) == {day: 1}
    assert store.search(parse(f"sejak:{day} sampai:{day}")).total == 1
    assert store.connection.execute("SELECT day FROM articles").fetchone() == (day,)


def test_a_date_that_lies_ahead_stands_above_no_news(store):
    for id_, day in (("today", "2026-05-31"), ("typo", "2062-05-30"), ("tomorrow", "2026-06-01")):
        store.add([article(id_, published=f"{day}T09:00:00+07:00")])
    assert last_day(store.connection) == "2026-06-01"
    found = store.search(parse("")).hits
    assert [hit.id for hit in found] == ["tomorrow", "typo", "today"]
    assert found[1].published == "2062-05-30T09:00:00+07:00", "what the page tells is kept"


def test_a_story_stands_on_one_page_by_relevance_too(store):
    store.add([article("most", f"{STORY} {'hanyut ' * 40}"), article("least", f"{STORY} hanyut")])
    others = (" ".join(f"isi{n}x{place}" for place in range(90)) for n in range(5))
    store.add(article(f"b{n}", f"{text} hanyut hanyut hanyut") for n, text in enumerate(others))
    seen: list[int] = []
    start: int | None = 0
    while start is not None:
        page = folded(store.connection, parse("hanyut"), 2, start, "relevance")
        seen += [fold.hit.cluster for fold in page.folds]
        start = page.next
    assert len(seen) == len(set(seen)) == store.stories(parse("hanyut"))


def test_what_is_written_meanwhile_is_not_seen_by_half(store, tmp_path):
    store.add([article("a", published="2026-05-20T10:00:00+07:00")])
    db = store.connection
    with snapshot(db), open_store(tmp_path / "news.db") as writer:
        [key] = [key for (key,) in db.execute("SELECT key FROM article")]
        writer.add([article("a", published="2026-05-21T10:00:00+07:00"), article("b")])
        assert [hit.id for hit in hits(db, [key], Query())] == ["a"]
        assert store.search(parse("")).total == 1
    assert store.search(parse("")).total == 2


def test_a_snapshot_that_failed_leaves_no_transaction_behind(store):
    with pytest.raises(sqlite3.OperationalError), snapshot(store.connection):
        store.connection.execute("SELECT * FROM nowhere")
    assert not store.connection.in_transaction
    store.add([article("a")])


def test_sqlites_own_check_finds_nothing(tmp_path):
    with open_store(tmp_path / "made.db") as made:
        news = list(Newsroom().articles(20))
        made.add(news)
        made.correct(Override("merge", "city", news[0].cities[1].code or "", news[0].cities[0].code))
        assert made.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert made.connection.execute("SELECT count(*) FROM mentions WHERE length(text) = 0").fetchone() == (0,)
