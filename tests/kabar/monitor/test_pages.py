"""What each page says of made-up news, asked as a browser asks."""

from __future__ import annotations

import html
import json
import re
import sys
from urllib.parse import unquote

import pytest

pytest.importorskip("starlette")
from starlette.testclient import TestClient

from kabar.monitor.app import create_app
from kabar.monitor.differences import differences
from kabar.monitor.links import chips, with_days, with_part
from kabar.monitor.map import neighbours
from kabar.store import open_store
from scraper.crawl.frontier import Frontier
from scraper.discover.found import Link
from tests.kabar.monitor.made_news import Newsroom

CSRF = re.compile(r'name="csrf" value="([^"]+)"')


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    found = tmp_path_factory.mktemp("pages") / "news.db"
    room = Newsroom()
    made = list(room.articles(200))
    with open_store(found) as store:
        store.add(made)
        store.add([room.edited(made[-1])])
    return found


@pytest.fixture(scope="module")
def client(path):
    return TestClient(create_app(path), base_url="http://127.0.0.1")


def test_the_overview_tells_today_the_usual_and_what_stands_out(client):
    page = client.get("/?days=1").text
    assert "24 Nov 2026" in page
    assert re.search(r"biasanya [\d,]+ sehari", page)
    assert 'aria-current="true">Hari terbaru' in page
    assert page.count('<circle class="spot"') > 0
    assert "Papua Pegunungan" in page


def test_a_picture_has_a_table_twin_with_the_same_numbers(client):
    page = client.get("/").text
    bars = {day: int(value) for day, value in re.findall(r"<title>(\d+ \w+ \d+): (\d+) artikel</title>", page)}
    rows = {day: int(n) for day, n in re.findall(r'<th scope="row">(\d+ \w+ \d+)</th><td class="n">(\d+)</td>', page)}
    assert rows == {day: value for day, value in bars.items() if value}


def test_a_place_says_where_it_lies_and_what_lies_near(client):
    page = client.get("/place/15.71").text
    assert '<a href="/place/15">Jambi</a>' in page
    assert "Kabupaten Muaro Jambi" in page
    assert next(region.code for region, _ in neighbours("15.71")) == "15.05"
    province = client.get("/place/15").text
    assert "Kabupaten Kerinci" in province
    assert "provinsi" in province
    assert client.get("/place/11.01").status_code == 200  # in our table, and in no article perhaps
    assert client.get("/place/99.99").status_code == 404


def test_an_official_has_offices_quotes_and_places(client):
    page = client.get("/place/15.71").text
    official = html.unescape(re.search(r'<ul class="tagged"><li><a href="(/official/[^"]+)"', page)[1])
    page = client.get(official).text
    assert "Wali Kota Jambi" in page
    assert "<blockquote" in page
    assert 'class="period"' in page
    assert unquote(official.split("/")[-1]).title() in page


def test_a_search_shows_its_parts_as_links_that_drop_them(client):
    page = client.get("/search", params={"q": 'banjir kota:15 -"air mata"'}).text
    assert page.count('title="Hapus saringan"') == 3
    assert [chip.without for chip in chips("banjir kota:15")] == ["kota:15", "banjir"]
    assert with_part("banjir", "kota:15") == "banjir kota:15"
    assert with_part("banjir kota:15", "kota:15") == "banjir"
    assert with_days("banjir since:7d", "2026-05-01", "", "id") == "banjir sejak:2026-05-01"


def test_the_sites_page_shows_a_crawl(path, tmp_path):
    with Frontier(tmp_path / "frontier.sqlite") as frontier:
        frontier.add_many([Link(url="https://warta-jambi.example/1", kind="article")])
        lease = frontier.claim(1)[0]
        frontier.fail(lease, "the server was silent for 20 s", retry_in=900)
    page = TestClient(create_app(path, crawl=tmp_path), base_url="http://127.0.0.1").get("/sites").text
    assert "server diam selama 20 detik" in page
    assert "warta-jambi.example" in page
    empty = TestClient(create_app(path, crawl=tmp_path / "none"), base_url="http://127.0.0.1").get("/sites")
    assert empty.status_code == 200
    assert 'role="alert"' in empty.text


def test_a_correction_by_form_survives_and_is_undone(path):
    client = TestClient(create_app(path), base_url="http://127.0.0.1")
    form = client.get("/country/MY/correct").text
    fields = {"csrf": CSRF.search(form)[1], "action": "reject"}
    assert client.post("/country/MY/correct", data=fields).status_code == 200
    assert client.get("/country/MY").status_code == 404
    listing = client.get("/corrections").text
    number = re.search(r'name="number" value="(\d+)"', listing)[1]
    client.post("/corrections/undo", data={"csrf": CSRF.search(listing)[1], "number": number})
    assert client.get("/country/MY").status_code == 200


def test_what_cannot_be_corrected_is_told_with_a_way_out(path):
    client = TestClient(create_app(path), base_url="http://127.0.0.1")
    fields = {"csrf": CSRF.search(client.get("/place/15.71/correct").text)[1], "action": "merge", "target": "Kota Jam"}
    answer = client.post("/place/15.71/correct", data=fields)
    assert answer.status_code == 400
    assert "yang mirip: &#39;Kota Jambi&#39;" in answer.text
    assert 'role="alert"' in answer.text


def test_a_saved_search_that_cannot_be_read_is_refused(path):
    client = TestClient(create_app(path), base_url="http://127.0.0.1")
    fields = {"csrf": CSRF.search(client.get("/saved").text)[1], "name": "x", "query": "kapan:besok"}
    answer = client.post("/saved", data=fields)
    assert answer.status_code == 400
    assert 'value="kapan:besok"' in answer.text


@pytest.mark.parametrize("form", ["jsonl", "csv", "atom", "ninjs"])
def test_every_article_of_a_search_is_exported(client, form):
    total = int(re.search(r"<strong>([\d.]+)</strong> artikel", client.get("/search?q=banjir").text)[1])
    answer = client.get(f"/export/{form}", params={"q": "banjir"})
    assert len(answer.content) == int(answer.headers["content-length"])
    if form in ("jsonl", "ninjs"):
        assert len([json.loads(line) for line in answer.text.splitlines()]) == total


def test_differences_keep_both_texts():
    old, new = "Satu dua tiga.\n\nEmpat lima.\n\nAkhir.", "Satu tiga empat.\n\nAkhir.\n\nBaru."
    found = differences(old, new)
    for how, text in (("out", old), ("in", new)):
        paragraphs = ("".join(p.text for p in pieces if p.how in ("same", how)) for pieces in found)
        assert [paragraph.strip() for paragraph in paragraphs if paragraph.strip()] == text.split("\n\n")


def test_a_format_whose_extra_is_missing_says_so(client, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    answer = client.get("/export/xlsx", params={"q": "banjir"})
    assert answer.status_code == 501
    assert "kabar[office]" in answer.text
