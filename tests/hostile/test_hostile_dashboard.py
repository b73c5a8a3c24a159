"""Hostile articles and requests change nothing on the monitor's pages: no markup, no link but http, no long answer."""

from __future__ import annotations

import re
import time

import lxml.html
import pytest

from kabar.store import Override, open_store
from scraper.article import Author, Removed, Site, Timestamp
from tagger.document import City, Entity, Evidence, Mention, Official, Organization, Quote, TaggedArticle, Tool

pytest.importorskip("starlette")
from starlette.testclient import TestClient

from kabar.monitor.app import create_app
from tests.timing import at_most

SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
RIGHT_TO_LEFT = "\u202eriaf adnareb\u202c \u2067"
LONG = "sangat " * 150_000
TEXT = f"Bupati {SCRIPT} meninjau {RIGHT_TO_LEFT}.\n\n{{{{ 70001 * 7 }}}} {{% raw %}} &lt;b&gt;"


def article(id_: str, **changes: object) -> TaggedArticle:
    evidence, first = Evidence(by="rule", cue=SCRIPT), Mention(text="Bupati", start=0, end=6)
    values: dict[str, object] = {
        "id": id_,
        "title": f"Banjir {SCRIPT} {RIGHT_TO_LEFT}",
        "text": TEXT,
        "url": "javascript:alert(3)",
        "kind": "news",
        "section": SCRIPT,
        "site": Site(domain="warta.example", name=SCRIPT),
        "authors": (Author(name=SCRIPT),),
        "published": Timestamp(value="2026-06-01T08:00:00+07:00", precision="minute"),
        "cities": (City(name=SCRIPT, level="city", province=SCRIPT, mentions=(first,)),),
        "officials": (Official(name=SCRIPT, office=SCRIPT, jurisdiction="15.71"),),
        "organizations": (Organization(name=SCRIPT, acronym=SCRIPT),),
        "quotes": (Quote(text=SCRIPT, span=first, speaker=SCRIPT, official=0, verb=SCRIPT),),
        "entities": (
            Entity(type="city", text="Bupati", field="text", start=0, end=6, ref="cities/0", evidence=evidence),
        ),
        "removed": (Removed(rule=SCRIPT, sample=SCRIPT, count=1),),
        "warnings": (SCRIPT,),
        "tool": Tool(version="0", gazetteer="x"),
    }  # fmt: skip
    return TaggedArticle(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "news.db"
    with open_store(path) as store:
        store.add(
            [article("a1"), article("../../etc/passwd"), article("data", url="data:text/html,<script>1</script>")]
        )
        store.add([article("a1", text=TEXT.replace("Bupati", "Wali Kota"), entities=())])
        store.add([article("long", title=LONG, text=LONG)])
        store.add([article("words", text="\n\n".join(["a b " * 300] * 200), title="b")])
        store.add([article("words", text="\n\n".join(["b a " * 300] * 200), title="a")])
        store.save_search("x" + SCRIPT[:60], f'"{SCRIPT.replace(chr(34), "")}"')
        store.correct(
            Override("rename", "organization", "script alert 1 script img src x onerror alert 2", SCRIPT + "2")
        )
    return TestClient(create_app(path), base_url="http://127.0.0.1", raise_server_exceptions=False)


SCRIPTS = ("/static/events.js", "/static/swaps.js", "/static/vendor/htmx.min.js")
PAGES = [
    "/", "/search", "/search?q=banjir", f"/search?q={SCRIPT}", "/article/a1", "/article/data", "/article/long",
    "/article/..%2F..%2Fetc%2Fpasswd", "/article/words", "/compare/a1/long", "/compare/long/words", "/places",
    "/officials", "/organizations", "/sites", "/saved", "/corrections", "/site/warta.example",
    "/official/script%20alert%201%20script%20img%20src%20x%20onerror%20alert%202",
    "/official/script%20alert%201%20script%20img%20src%20x%20onerror%20alert%202/correct",
    "/place/script%20alert%201%20script%20img%20src%20x%20onerror%20alert%202?article=" + SCRIPT,
    f"/?days={SCRIPT}", f"/search?q=banjir&from={SCRIPT}&order={SCRIPT}", f"/?lang={SCRIPT}", f"/?lang=id&{SCRIPT}=1",
    "/search?q=banjir&from=99999999999999999999", "/place/%00", "/article/%F0%9F%92%A9", f"/export/{SCRIPT}",
    f"/clippings/docx?q=kapan:{SCRIPT}", f"/clippings/{SCRIPT}", "/sites/crawl",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_nothing_of_an_article_or_a_request_becomes_markup(client, path):
    with at_most(2, time.process_time):  # it is answered by another thread
        answer = client.get(path)
    assert answer.status_code in (200, 400, 404), answer.text[-300:]
    page = answer.text
    assert len(page) < 2_000_000
    assert "490007" not in page
    for element in lxml.html.fromstring(page).iter("*"):
        assert element.tag not in ("img", "iframe", "object", "base")
        assert element.tag != "script" or (element.get("src") in SCRIPTS and not element.text)
        assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action"):
            assert not re.match(r"\s*(?!https?:)[a-z]+:", element.get(name, ""), re.IGNORECASE)


@pytest.mark.parametrize("query", ["banjir", SCRIPT, f"kapan:{SCRIPT}", ""])
def test_nor_in_a_part_that_is_swapped_into_a_page(client, query):
    answer = client.get("/search", params={"q": query}, headers={"HX-Request": "true", "HX-Target": SCRIPT})
    for element in lxml.html.fromstring(f"<main>{answer.text}</main>").iter("*"):
        assert element.tag not in ("img", "iframe", "object", "base", "script")
        assert not [name for name in element.attrib if name.startswith(("on", "hx-on")) or name == "style"]


def test_a_title_that_turns_writing_around_stays_in_its_own_box(client):
    page = client.get("/search?q=banjir").text
    titles = re.findall(r"<h3><a [^>]*>(.*?)</a></h3>", page, re.DOTALL)
    assert titles
    assert all(title.startswith("<bdi>") and title.endswith("</bdi>") for title in titles)


def test_a_form_from_elsewhere_changes_nothing(client):
    before = client.get("/corrections").text
    path = "/place/script%20alert%201%20script%20img%20src%20x%20onerror%20alert%202/correct"
    fields = {"action": "reject", "csrf": "guessed"}
    assert client.post(path, data=fields).status_code == 403
    assert client.post(path, data={"action": "reject"}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post("/saved", data={"name": "x", "query": "y"}).status_code == 403
    count = len(re.findall("<tr>", before))
    assert len(re.findall("<tr>", client.get("/corrections").text)) == count
