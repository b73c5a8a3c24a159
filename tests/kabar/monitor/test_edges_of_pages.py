"""Edges of the pages: an empty store and a small one, odd addresses, a store that goes away, the turn of the day."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

pytest.importorskip("starlette")
from starlette.testclient import TestClient

from kabar.monitor import freshness
from kabar.monitor.app import create_app
from kabar.monitor.saying import moment, published
from kabar.store import Store, open_store
from scraper.article import Timestamp
from tests.kabar.monitor.made_news import Newsroom

ADDRESSES = (
    "/", "/?days=1", "/search", "/search?q=a_b", "/search?q=%C2%BD", "/search?q=%00", "/search?q=kota:%00",
    "/search?q=banjir&from=99999999999", "/search?q=banjir&from=x", "/search?q=banjir&order=relevance&from=20",
    "/search?q=-sejak:7d", "/search?q=sejak:99999y", "/search?since=2026-13-45&q=x", "/search?q=kota:%22%22",
    "/api/v1/articles?cursor=9999999999999999999", "/api/v1/clusters?cursor=9999999999999999999",
    "/api/v1/cities?until=1970-01-01", "/api/v1/cities?until=2199-12-31&days=366", "/api/v1/facets?q=sejak:9999-12-31",
    "/api/v1/facets?q=sampai:0001", "/api/v1/timeline?q=-sejak:0001", "/api/v1/sites", "/api/v1/health", "/places",
    "/officials?sort=change", "/events", "/sites", "/saved", "/corrections", "/metrics", "/feed.atom", "/feed.json",
    "/place/15", "/place/00", "/place/%00", "/official/x", "/site/x", "/compare/x/y", "/export/jsonl", "/export/gkg",
    "/export/csv?q=kapan:x", "/clippings/docx", "/search?q=situs:%25", "/search?q=%F0%9F%98%80",
)  # fmt: skip


@pytest.mark.parametrize("count", [0, 1, 30])
def test_no_address_breaks_a_store_of_any_size(tmp_path, count):
    with open_store(tmp_path / "news.db") as store:
        store.add(list(Newsroom().articles(count))[:count] if count else [])
    client = TestClient(create_app(tmp_path / "news.db"), base_url="http://127.0.0.1", raise_server_exceptions=False)
    assert [one for one in ADDRESSES if client.get(one).status_code >= 500] == []


def test_a_store_that_goes_away_is_told_and_not_made_anew(tmp_path):
    path = tmp_path / "news.db"
    open_store(path).close()
    client = TestClient(create_app(path), base_url="http://127.0.0.1")
    path.unlink()
    answer = client.get("/")
    assert answer.status_code == 503
    assert "gudang itu tidak ada" in answer.text
    assert not path.exists()
    assert client.get("/api/v1/health").json()["detail"].endswith("there is no such store")


def test_a_damaged_store_is_told(tmp_path):
    path = tmp_path / "news.db"
    with open_store(path) as store:
        store.add(Newsroom().articles(60))
        store.vacuum()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(os.urandom(size - 16_384))
    answer = TestClient(create_app(path), base_url="http://127.0.0.1").get("/search?q=banjir")
    assert answer.status_code == 500
    assert "gudang rusak" in answer.text or "news.db rusak" in answer.text


def test_the_turn_of_the_day_in_jakarta_ends_what_readers_hold(tmp_path, monkeypatch):
    path = tmp_path / "news.db"
    open_store(path).close()

    def at(hour: int, minute: int) -> str:
        class Clock(datetime):
            @classmethod
            def now(cls, tz=None):
                return datetime(2026, 5, 30, hour, minute, tzinfo=UTC).astimezone(tz)

        monkeypatch.setattr(freshness, "datetime", Clock)
        return freshness.state(path).mark

    assert at(16, 58) == at(16, 59)
    assert at(16, 59) != at(17, 0)  # midnight in Jakarta
    assert at(23, 59) == at(17, 0)


def test_moments_are_told_in_jakarta_and_publications_as_the_page_tells_them():
    assert moment("2026-05-30T17:30:00+00:00", "id") == "31 Mei 2026 00.30 WIB"
    for value, told in (
        ("2026-06-01T01:00:00+09:00", "1 Jun 2026 01.00 WIT"),
        ("2026-06-01T01:00:00+08:00", "1 Jun 2026 01.00 WITA"),
        ("2026-06-01T01:00:00+00:00", "1 Jun 2026 01.00 UTC"),
        ("2026-06-01T01:00:00+05:30", "1 Jun 2026 01.00 UTC+05:30"),
        ("2026-06-01T01:00", "1 Jun 2026 01.00"),
        ("2026-06-01", "1 Jun 2026"),
        ("2026-06", "2026-06"),
    ):
        assert published(Timestamp(value=value, precision="minute"), "id") == told


def test_pages_are_drawn_while_a_crawl_writes(tmp_path):
    """An article that is put again under another time has another key; a page that was half read must not miss it."""
    path = tmp_path / "news.db"
    made = list(Newsroom().articles(40))
    with open_store(path) as store:
        store.add(made)
    client = TestClient(create_app(path), base_url="http://127.0.0.1")
    ended = threading.Event()
    written = threading.Thread(target=rewrite, args=(path, ended))
    written.start()
    try:
        for one in made[:12]:
            for address in ("/", "/search?q=banjir", f"/article/{one.id}", "/api/v1/articles?limit=50"):
                assert client.get(address).status_code == 200, address
    finally:
        ended.set()
        written.join()


def rewrite(path: Path, ended: threading.Event) -> None:
    minute = 0
    with Store(path) as store:
        while not ended.is_set():
            minute = (minute + 1) % 60
            for one in Newsroom().articles(40):
                if ended.is_set():
                    return
                when = Timestamp(value=f"2026-11-20T08:{minute:02}:00+07:00", precision="minute")
                store.add([msgspec.structs.replace(one, published=when)])
