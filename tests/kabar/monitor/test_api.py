"""The read API over a real store: what it answers, and that it keeps to its own OpenAPI document."""

from __future__ import annotations

import msgspec
import pytest

from kabar.store import Override, open_store
from scraper.article import Site, Timestamp
from tagger.document import City, Mention, Official, Organization, TaggedArticle, Tool

pytest.importorskip("starlette")
pytest.importorskip("schemathesis")
import schemathesis
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounded
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks
from starlette.testclient import TestClient

from kabar.monitor.api_spec import openapi
from kabar.monitor.app import create_app
from kabar.monitor.security import LOOPBACK, Access

ROOT = "/api/v1"
COUNT = 25
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
BOUNDED = bounded(
    max_examples=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def article(number: int, **changes: object) -> TaggedArticle:
    text = f"Wali Kota Jambi Fikri Hamdani meninjau banjir nomor {number}. " + " ".join(
        f"kata{number}x{n}" for n in range(40)
    )
    values: dict[str, object] = {
        "id": f"a{number}",
        "text": text,
        "title": f"Banjir {number}",
        "url": f"https://warta.example/{number}",
        "kind": "news",
        "site": Site(domain="warta.example"),
        "published": Timestamp(value=f"2026-06-{number % 28 + 1:02}T08:00:00+07:00", precision="minute"),
        "cities": (
            City(name="Kota Jambi", level="city", code="15.71", mentions=(Mention(text="Jambi", start=10, end=15),)),
        ),
        "officials": (Official(name="Fikri Hamdani", office="Wali Kota Jambi"),),
        "organizations": (Organization(name="BPBD Kota Jambi", acronym="BPBD"),),
        "tool": Tool(version="0", gazetteer="x"),
    }
    return TaggedArticle(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "news.db"
    with open_store(path) as store:
        store.add([*(article(n) for n in range(COUNT)), article(3, text=article(3).text + " Air surut.")])
        store.correct(Override("rename", "official", "fikri hamdani", "Fikri A. Hamdani"))
    return path


@pytest.fixture
def client(path) -> TestClient:
    return TestClient(create_app(path), base_url="http://127.0.0.1")


def get(client: TestClient, path: str, **params: object):
    answer = client.get(ROOT + path, params=params)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def test_pages_follow_each_other_without_gap_or_repeat(client):
    seen, cursor = [], ""
    while cursor is not None:
        page = get(client, "/articles", q="banjir", limit=7, cursor=cursor)
        assert page["total"] == COUNT
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert seen == [f"a{n}" for n in reversed(range(COUNT))]


def test_an_article_that_comes_meanwhile_moves_no_page(client, path):
    first = get(client, "/articles", limit=5)
    with open_store(path) as store:
        store.add([article(27)])
    second = get(client, "/articles", limit=5, cursor=first["next"])
    assert [item["id"] for item in second["items"]] == [f"a{n}" for n in (19, 18, 17, 16, 15)]


def test_an_article_comes_whole_with_corrections_versions_and_copies(client):
    found = msgspec.convert(get(client, "/articles/a3"), TaggedArticle)
    assert found.officials[0].name == "Fikri A. Hamdani"
    assert [version["text"] for version in get(client, "/articles/a3/versions")["items"]] == [article(3).text]
    assert [telling["id"] for telling in get(client, "/articles/a3/story")["items"]] == ["a3"]
    assert get(client, "/corrections", article="a3")["items"][0]["becomes"] == "Fikri A. Hamdani"


def test_entities_are_counted_in_a_window(client):
    window = get(client, "/cities", days=7)
    assert (window["since"], window["until"]) == ("2026-06-19", "2026-06-25")
    assert [(city["code"], city["articles"]) for city in window["items"]] == [("15.71", 7)]
    assert get(client, "/officials", until="2026-06-01")["items"][0]["name"] == "Fikri A. Hamdani"
    assert get(client, "/organizations", until="2026-05-01")["items"] == []
    assert get(client, "/countries")["items"] == []


def test_counts_days_sites_and_health(client):
    facets = get(client, "/facets", q="kota:15")
    assert {"facet": "city", "name": "Kota Jambi", "code": "15.71", "articles": COUNT} in facets["items"]
    assert get(client, "/timeline", q="sejak:2026-06-24")["items"] == [
        {"day": "2026-06-24", "articles": 1},
        {"day": "2026-06-25", "articles": 1},
    ]
    assert get(client, "/clusters", q="banjir")["items"][0]["first"]["id"] == "a24"
    assert get(client, "/sites")["items"][0]["domain"] == "warta.example"
    assert get(client, "/health")["articles"] == COUNT


@pytest.mark.parametrize(
    ("address", "status", "reason"),
    [
        ("/articles?q=sejak:kapan", 400, "is no date"),
        ("/articles?limit=0", 400, "$.limit"),
        ("/articles?limit=banyak", 400, "$.limit"),
        ("/articles?cursor=x", 400, "$.cursor"),
        ("/articles?query=banjir", 400, "query"),
        ("/cities?until=2026-02-30", 400, "no day"),
        ("/articles/none", 404, "none"),
        ("/nothing", 404, "Not Found"),
    ],
)
def test_what_is_wrong_is_told_as_a_problem(client, address, status, reason):
    answer = client.get(ROOT + address)
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert reason in answer.json()["detail"]


def test_writing_is_refused(client):
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert client.request(method, ROOT + "/articles").status_code == 405


def test_an_answer_is_sent_again_only_when_the_store_has_changed(client, path):
    tag = client.get(ROOT + "/articles").headers["etag"]
    again = client.get(ROOT + "/articles", headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    with open_store(path) as store:
        store.add([article(26)])
    changed = client.get(ROOT + "/articles", headers={"If-None-Match": tag})
    assert (changed.status_code, changed.json()["total"]) == (200, COUNT + 1)


def test_the_page_for_people_names_every_address(client):
    page = client.get("/api").text
    assert all(f"GET {ROOT}{address}" in page for address in openapi()["paths"])
    assert client.get("/api/openapi.json").json()["paths"].keys() == openapi()["paths"].keys()


def test_whatever_is_asked_the_answer_is_one_that_the_document_describes(path):
    """Property-based, by schemathesis: no server error; every status, type and body as the document says."""
    app = create_app(path, access=Access(LOOPBACK | {"testserver"}))
    operations = [
        result.ok() for result in schemathesis.openapi.from_asgi("/api/openapi.json", app).get_all_operations()
    ]
    assert len(operations) == len(openapi()["paths"])
    for operation in operations:

        @BOUNDED
        @given(case=operation.as_strategy())
        def keeps_to_the_document(case):
            case.call_and_validate(checks=CHECKS)

        keeps_to_the_document()
