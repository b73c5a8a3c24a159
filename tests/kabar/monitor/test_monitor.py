"""The monitor's pages over a real store, asked as a browser asks."""

from __future__ import annotations

import html
import json
import re
from functools import partial

import pytest

from kabar.store import open_store
from scraper.article import Site, Timestamp
from tagger.document import City, Entity, Evidence, Mention, Official, TaggedArticle, Tool

pytest.importorskip("starlette")
from starlette.testclient import TestClient

from kabar.monitor.app import create_app
from kabar.monitor.charts import shade, shades
from kabar.monitor.map import outlines, province_map
from kabar.monitor.saying import number
from kabar.monitor.words import LANGUAGES, words

EVIL = "<script>alert(1)</script>"
TEXT = f"Wali Kota Jambi Fikri Hamdani meninjau banjir. {EVIL}\n\nAir surut."


def article(number: int, **changes: object) -> TaggedArticle:
    values: dict[str, object] = {
        "id": f"a{number}",
        "text": TEXT,
        "title": f"Banjir {number} {EVIL}",
        "url": f"https://warta.example/{number}",
        "kind": "news",
        "site": Site(domain="warta.example"),
        "published": Timestamp(value=f"2026-06-{number + 1:02}T08:00:00+07:00", precision="minute"),
        "cities": (
            City(name="Kota Jambi", level="city", code="15.71", mentions=(Mention(text="Jambi", start=10, end=15),)),
        ),
        "officials": (Official(name="Fikri Hamdani", office="Wali Kota Jambi"),),
        "entities": (
            Entity(
                type="city", text="Jambi", field="text", start=10, end=15, ref="cities/0",
                evidence=Evidence(by="rule", cue="Wali Kota"),
            ),
        ),
        "tool": Tool(version="0", gazetteer="x"),
    }  # fmt: skip
    return TaggedArticle(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def client(tmp_path):
    path = tmp_path / "news.db"
    with open_store(path) as store:
        store.add([*(article(n) for n in range(25)), article(26, url="javascript:alert(1)")])
    return TestClient(create_app(path), base_url="http://127.0.0.1")


def test_the_overview_counts_draws_and_links(client):
    page = client.get("/").text
    assert re.search(r"26</span>\s*artikel", page)
    assert page.count("<path class=") == len(outlines())
    assert 'href="/place/15"' in page
    assert "Fikri Hamdani" in page


def test_a_search_has_stories_facets_and_a_next_page(client):
    page = client.get("/search", params={"q": "banjir kota:15.71"}).text
    assert "<strong>26</strong> artikel" in page
    assert page.count('<article class="hit">') == 20
    following = html.unescape(re.search(r'rel="next" href="([^"]+)"', page)[1])
    last = client.get(following).text
    assert last.count('<article class="hit">') == 6
    assert 'rel="next"' not in last


def test_a_query_that_cannot_be_read_is_told(client):
    answer = client.get("/search", params={"q": 'sejak:"kapan-kapan"'})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_an_article_shows_its_entities_and_why(client):
    page = client.get("/article/a3").text
    assert re.search(r'<mark class="city"><a href="/place/15.71" title="[^"]*Wali Kota">Jambi</a></mark>', page)
    assert 'href="https://warta.example/3"' in page
    assert client.get("/article/none").status_code == 404


@pytest.mark.parametrize("path", ["/", "/search?q=banjir", "/article/a1", "/article/a26"])
def test_what_an_article_says_never_becomes_markup(client, path):
    page = client.get(path).text
    assert EVIL not in page
    assert 'href="javascript:' not in page


@pytest.mark.parametrize("path", ["/", "/search?q=banjir", "/article/a1"])
def test_nothing_is_loaded_from_elsewhere(client, path):
    answer = client.get(path)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert not re.findall(r'(?:src|<link[^>]*href)="(?:https?:)?//', answer.text)
    assert not re.search(r'<script(?! src="/static/(vendor/)?[a-z.]+\.js" defer></script>)', answer.text)
    assert " style=" not in answer.text


def test_only_its_own_host_names_are_answered(client):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421


def test_exports_and_the_api_give_the_filtered_set(client):
    lines = client.get("/export/jsonl", params={"q": "kota:15.71 sejak:2026-06-20"}).text.splitlines()
    assert {json.loads(line)["id"] for line in lines} == {f"a{n}" for n in (19, 20, 21, 22, 23, 24, 26)}
    assert client.get("/api/v1/articles", params={"q": "banjir"}).json()["total"] == 26
    assert client.get("/api/v1/articles/a1").json()["id"] == "a1"
    assert client.get("/export/doc").status_code == 404


def test_both_languages_say_everything(client):
    assert {frozenset(words(language)) for language in LANGUAGES} == {frozenset(words("id"))}
    assert "Overview" in client.get("/?lang=en").text
    assert "Overview" in client.get("/").text  # the choice is kept


def test_an_empty_store_says_so(tmp_path):
    path = tmp_path / "new.db"
    open_store(path).close()
    assert "Belum ada" in TestClient(create_app(path), base_url="http://127.0.0.1").get("/").text


def test_newer_provinces_count_within_the_outline_they_lie_in():
    drawn = province_map({"91": 1, "95": 4}, {}, str, "termasuk")
    assert re.search(r"<title>Papua, [^<]*Papua Pegunungan[^<]*: 5</title>", drawn)
    assert "Papua, termasuk" in drawn
    assert "Jambi: 1.234<" in province_map({"15": 1234}, {}, str, "termasuk", partial(number, language="id"))
    assert [shade(value, 100) for value in (0, 1, 100)] == [0, 1, 5]
    assert all(shade(least, 100) == shade(most, 100) == step for step, least, most in shades(100))
