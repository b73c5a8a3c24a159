"""A clock that is wrong, and is set right: what came then is filed, told and found as if it had been right."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kabar.store import Store, open_store, parse, query
from kabar.store.arrivals import arrival_at, arrivals, newest_arrival
from kabar.store.database import APPLICATION, migrations
from scraper.article import Timestamp
from tagger.document import TaggedArticle, Tool

NOW = datetime(2026, 5, 31, 3, tzinfo=UTC)
WRONG = [datetime(1970, 1, 1, 0, 0, 9, tzinfo=UTC), NOW - timedelta(days=2), NOW + timedelta(hours=7)]
WRONG += [NOW + timedelta(days=365)]


def article(id_: str, published: str | None = None) -> TaggedArticle:
    told = Timestamp(value=published, precision="second") if published else None
    return TaggedArticle(
        id=id_, text=f"Tanggul {id_} jebol.", published=told, kind="news", tool=Tool(version="0", gazetteer="x")
    )


def found(store: Store, after: int) -> tuple[list[str], int]:
    came = arrivals(store.connection, parse("tanggul"), after, 100)
    return [arrival.hit.id for arrival in came.found], came.until


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_what_came_is_found_once_and_in_order(wrong: datetime, tmp_path: Path) -> None:
    now = NOW
    with Store(tmp_path / "news.db", clock=lambda: now) as store:
        store.add([article("held")])
        place = newest_arrival(store.connection)
        now = wrong
        store.add([article("then"), article("held")])
        ids, place = found(store, place)
        assert ids == ["then"]
        now = NOW + timedelta(minutes=1)
        store.add([article("later"), article("then")])
        assert found(store, place) == (["later"], place + 1)
        assert arrival_at(store.connection, now.isoformat()) == place + 1
        store.add([article("last")])
        assert found(store, arrival_at(store.connection, (NOW + timedelta(seconds=59)).isoformat()))[0][-1] == "last"


def test_a_clock_that_begins_in_1970_files_no_article_there(tmp_path: Path) -> None:
    now = WRONG[0]
    with Store(tmp_path / "news.db", clock=lambda: now) as store:
        store.add([article("told", "2026-05-30T10:00:00+07:00"), article("untold")])
        assert store.connection.execute("SELECT day FROM articles WHERE id = 'told'").fetchone() == ("2026-05-30",)
        now = NOW
        store.add([article("told", "2026-05-30T10:00:00+07:00"), article("untold")])
        assert store.daily(parse("")) == {"2026-05-30": 1, "2026-05-31": 1}


def test_a_day_that_is_asked_for_at_midnight_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    class Midnight(datetime):
        readings = 0

        @classmethod
        def now(cls, tz: Any = None) -> Any:
            cls.readings += 1
            return NOW + timedelta(days=cls.readings)

    monkeypatch.setattr(query, "datetime", Midnight)
    asked = parse('sejak:"hari-ini" sampai:"hari-ini"')
    assert asked.since == asked.until


def test_an_older_store_knows_the_order_in_which_its_articles_came(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with sqlite3.connect(path, isolation_level=None) as db:
        for script in migrations()[:10]:
            db.executescript(script)
        db.execute("PRAGMA user_version = 10")
        db.execute(f"PRAGMA application_id = {APPLICATION}")
        db.executemany(
            "INSERT INTO article (key, id, kind, day, seen, changed, version, digest, words, cluster) "
            "VALUES (?, ?, 'news', '2026-05-31', ?, '', 1, x'', 1, ?)",
            [(1, "second", "2026-05-31T02", 1), (2, "third", "2026-05-31T03", 2), (3, "first", "2026-05-31T01", 3)],
        )
        db.execute(
            "INSERT INTO alert (channel, target, created, since) VALUES ('webhook', 'x', '2026', '2026-05-31T03')"
        )
        db.execute("INSERT INTO alert (channel, target, created) VALUES ('webhook', 'y', '2026')")
    with open_store(path) as store:
        rows = store.connection.execute("SELECT id FROM article ORDER BY arrival").fetchall()
        assert [id_ for (id_,) in rows] == ["first", "second", "third"]
        assert [alert.after for alert in store.outbox().alerts()] == [2, 0]
