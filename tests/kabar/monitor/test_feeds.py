"""Feeds of searches, and what Prometheus reads, by their own readers."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import feedparser
import msgspec
import pytest

from kabar.store import Override, Store, open_store
from scraper.article import Author, Site, Timestamp
from tagger.document import City, TaggedArticle, Tool

pytest.importorskip("starlette")
from starlette.testclient import TestClient

from kabar.monitor.app import create_app


def article(number: int, **changes: object) -> TaggedArticle:
    values: dict[str, object] = {
        "id": f"a{number}",
        "text": "Warga mengungsi.",
        "title": f"Banjir <b>{number}</b> & longsor\x0b",
        "url": f"https://warta.example/{number}",
        "kind": "news",
        "site": Site(domain="warta.example"),
        "authors": (Author(name="Siti"),),
        "published": Timestamp(value=f"2026-06-{number % 28 + 1:02}T08:00:00+07:00", precision="minute"),
        "cities": (City(name="Kota Jambi" if number % 2 else "Kota Medan", level="city"),),
        "tool": Tool(version="0", gazetteer="x"),
    }
    return TaggedArticle(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def client(tmp_path) -> TestClient:
    path = tmp_path / "news.db"
    with open_store(path) as store:
        store.add([*(article(n) for n in range(6)), article(7, url="javascript:alert(1)", published=None)])
    return TestClient(create_app(path), base_url="http://127.0.0.1:8765")


def test_an_atom_feed_holds_what_the_search_finds(client):
    answer = client.get("/feed.atom", params={"q": 'kota:"Kota Jambi"'})
    feed = feedparser.parse(answer.content, response_headers={"content-type": answer.headers["content-type"]})
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.title == 'kabar: kota:"Kota Jambi"'
    assert {link.rel: link.href for link in feed.feed.links} == {
        "self": "http://127.0.0.1:8765/feed.atom?q=kota%3A%22Kota+Jambi%22",
        "alternate": "http://127.0.0.1:8765/search?q=kota%3A%22Kota+Jambi%22",
    }
    assert [entry.id for entry in feed.entries][-3:] == ["urn:kabar:a5", "urn:kabar:a3", "urn:kabar:a1"]
    assert feed.entries[-1].link == "https://warta.example/1"
    assert "javascript:" not in answer.text


def test_a_json_feed_holds_the_same(client):
    answer = client.get("/feed.json", params={"q": 'kota:"Kota Jambi"'})
    feed = answer.json()
    assert answer.headers["content-type"] == "application/feed+json"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in feed["items"]][-3:] == ["a5", "a3", "a1"]
    assert feed["feed_url"].startswith("http://127.0.0.1:8765/feed.json?q=")


def test_an_edited_article_was_updated_when_its_newest_text_was_seen(tmp_path):
    path = tmp_path / "news.db"
    told = Timestamp(value="2026-07-03T09:00:00+07:00", precision="minute")
    first = [article(0), article(1), article(2), article(3, modified=told)]
    with Store(path, clock=lambda: datetime(2026, 6, 20, tzinfo=UTC)) as store:
        store.add(first)
    with Store(path, clock=lambda: datetime(2026, 7, 2, 5, tzinfo=UTC)) as store:
        edited = [msgspec.structs.replace(one, text="Warga pulang.") for one in first[1:]]
        store.add([msgspec.structs.replace(first[0], cities=()), *edited])
        store.correct(Override("rename", "city", "kota jambi", "Kota Jambi Baru"))
    client = TestClient(create_app(path), base_url="http://127.0.0.1:8765")
    expected = {
        "urn:kabar:a0": "2026-06-01T08:00:00+07:00",  # tagged anew, but not edited
        "urn:kabar:a1": "2026-07-02T05:00:00+00:00",
        "urn:kabar:a2": "2026-07-02T05:00:00+00:00",
        "urn:kabar:a3": "2026-07-03T09:00:00+07:00",  # the page itself tells a later time
    }
    for address in ("/feed.atom", "/export/atom"):
        assert {entry.id: entry.updated for entry in feedparser.parse(client.get(address).content).entries} == expected
    items = client.get("/feed.json").json()["items"]
    assert {f"urn:kabar:{item['id']}": item.get("date_modified") for item in items} == {
        **expected,
        "urn:kabar:a0": None,
    }
    rows = csv.DictReader(io.StringIO(client.get("/export/csv").text))
    assert {row["modified"] for row in rows} == {"", told.value}, "a table tells what the page tells"


@pytest.mark.parametrize("path", ["/feed.atom", "/feed.json"])
def test_a_feed_that_has_not_changed_is_not_sent_again(client, path):
    tag = client.get(path).headers["etag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_a_search_that_cannot_be_read_is_told(client):
    answer = client.get("/feed.atom", params={"q": "sejak:kapan"})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


def test_the_search_page_names_its_feeds(client):
    page = client.get("/search", params={"q": "banjir & longsor"}).text
    assert 'href="/feed.atom?q=banjir%20%26%20longsor"' in page
    assert 'href="/feed.json?q=banjir%20%26%20longsor"' in page


def test_prometheus_can_read_the_counts(client):
    parser = pytest.importorskip("prometheus_client.parser")
    client.get("/search")
    client.get("/api/v1/articles")
    client.get("/made/up")
    found = {
        (sample.name, sample.labels.get("page"), sample.labels.get("site"), sample.labels.get("status")): sample.value
        for family in parser.text_string_to_metric_families(client.get("/metrics").text)
        for sample in family.samples
        if sample.labels.get("le", "+Inf") == "+Inf"
    }
    assert found["kabar_store_articles", None, None, None] == 7
    assert found["kabar_site_articles", None, "warta.example", None] == 7
    assert found["kabar_requests_total", "search", None, "200"] == 1
    assert found["kabar_requests_total", "other", None, "404"] == 1
    assert found["kabar_request_duration_seconds_count", "api", None, None] == 1
    assert found["kabar_request_duration_seconds_bucket", "api", None, None] == 1
