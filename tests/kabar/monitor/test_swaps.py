"""What htmx gets: parts of pages by the templates of the pages; and that it is the htmx that its makers published."""

from __future__ import annotations

import hashlib
import re
from importlib.resources import files

import pytest

from kabar.store import open_store
from scraper.crawl.frontier import Frontier
from scraper.discover.found import Link
from tests.kabar.monitor.made_news import Newsroom

pytest.importorskip("starlette")
from starlette.testclient import TestClient

from kabar.monitor.app import create_app
from kabar.monitor.security import Access

HTMX = {"HX-Request": "true"}
MAIN = re.compile(r"<main[^>]*>(.*)</main>", re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    found = tmp_path_factory.mktemp("swaps")
    with open_store(found / "news.db") as store:
        store.add(list(Newsroom().articles(60)))
    with Frontier(found / "frontier.sqlite") as frontier:
        frontier.add_many([Link(url="https://warta-jambi.example/1", kind="article")])
    return found


@pytest.fixture
def client(folder):
    return TestClient(create_app(folder / "news.db", crawl=folder), base_url="http://127.0.0.1")


def without_tokens(page: str) -> str:
    return re.sub(r'(name="csrf" value|data-since)="[^"]+"', "", page)


def test_what_is_vendored_is_unchanged_and_has_its_licence():
    vendor = files("kabar.monitor") / "static" / "vendor"
    digest, name = (vendor / "htmx.min.js.sha256").read_text().split()
    script = (vendor / name).read_bytes()
    assert hashlib.sha256(script).hexdigest() == digest
    licence = (vendor / "htmx.LICENSE").read_text(encoding="utf-8")
    (version,) = re.findall(rb'version:"([\d.]+)"', script)
    assert f"htmx {version.decode()}," in licence
    assert "Zero-Clause BSD" in licence


@pytest.mark.parametrize("query", ["banjir", "kapan:besok", ""])
def test_a_part_is_drawn_as_in_its_page(client, query):
    page, part = (client.get("/search", params={"q": query}, headers=headers) for headers in ({}, HTMX))
    assert page.status_code == part.status_code
    assert "HX-Request" in page.headers["vary"]
    assert "HX-Request" in part.headers["vary"]
    assert without_tokens(MAIN.search(page.text)[1]).strip() in without_tokens(part.text)
    assert "<html" not in part.text
    assert "<script" not in part.text
    assert re.search(r"<title>(.*?)</title>", part.text)[1] == re.search(r"<title>(.*?)</title>", page.text)[1]


@pytest.mark.parametrize("query", ["banjir kota:", "banjir sejak:2026-1", '"banjir'])
def test_a_search_that_is_being_typed_changes_nothing_until_it_can_be_read(client, query):
    answer = client.get("/search", params={"q": query}, headers={**HTMX, "HX-Trigger-Name": "q"})
    assert (answer.status_code, answer.content) == (204, b"")


def test_the_crawl_is_drawn_as_in_its_page(client, folder):
    clock = re.compile(r"\d\d\.\d\d\.\d\d")
    part = clock.sub("", client.get("/sites/crawl", headers=HTMX).text).strip()
    assert "warta-jambi.example" in part
    assert part in clock.sub("", client.get("/sites").text)
    assert "every 30s" in part  # nothing is fetched
    none = TestClient(create_app(folder / "news.db"), base_url="http://127.0.0.1")
    assert none.get("/sites/crawl").status_code == 404


def test_a_part_that_needs_the_token_makes_the_page_ask_for_it(folder):
    app = create_app(folder / "news.db", crawl=folder, access=Access.with_token("satu-dua-tiga-empat-lima"))
    answer = TestClient(app, base_url="http://127.0.0.1").get("/sites/crawl", headers=HTMX)
    assert answer.headers["hx-refresh"] == "true"
    assert answer.content == b""
