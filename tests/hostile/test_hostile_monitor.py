"""Articles and readers that mean harm: nothing they send becomes markup, a header, a file, or a write."""

from __future__ import annotations

import http.client
import json
import re
import threading
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from kabar.store import open_store
from scraper.article import Author, Site, Timestamp
from tagger.document import City, Entity, Evidence, Mention, Official, Organization, TaggedArticle, Tool

pytest.importorskip("uvicorn")
from starlette.testclient import TestClient

from kabar.monitor.app import create_app
from kabar.monitor.catalog import told
from kabar.monitor.events import Streams
from kabar.monitor.server import Server, listening
from tests.timing import PATIENCE, at_most

SCRIPT = "<script>alert(1)</script>"
BREAKOUT = "\"'><img src=x onerror=alert(1)>{{7*7}}"
BIDI = "\u202egnirts\u202c\u2066\u200f\u0627"
CONTROL = "\x00\x07\x1b[2J\x9b"
LONG = "B" * 1_000_000
PAGES = [
    "/", "/search?q=banjir", "/article/jahat", "/api/v1/articles?q=banjir", "/api/v1/articles/jahat",
    "/api/v1/clusters", "/api/v1/facets", "/api/v1/officials", "/api/v1/sites", "/feed.atom", "/feed.json", "/metrics",
    "/officials", "/organizations", "/places", "/sites", "/export/atom", "/export/csv",
]  # fmt: skip
HTML = [page for page in PAGES if not page.startswith(("/api", "/feed", "/metrics", "/export"))]


def evil(name: str, bad: str, **changes: object) -> TaggedArticle:
    text = f"Banjir {bad} surut."
    values: dict[str, object] = {
        "id": name,
        "text": text,
        "title": f"Banjir {bad}",
        "lead": bad,
        "url": f"javascript:alert(1)//{bad}",
        "kind": "news",
        "section": bad,
        "tags": (bad,),
        "site": Site(domain=f"warta.example{bad[:50]}", name=bad),
        "authors": (Author(name=bad),),
        "published": Timestamp(value="2026-06-02T08:00:00+07:00", precision="minute", raw=bad),
        "cities": (City(name=bad[:200], level="city", mentions=(Mention(text="Banjir", start=0, end=6),)),),
        "officials": (Official(name=bad[:200], office=bad),),
        "organizations": (Organization(name=bad[:200], acronym=bad[:9]),),
        "entities": (
            Entity(type="city", text="Banjir", field="text", start=0, end=6, ref="cities/0",
                   evidence=Evidence(by="rule", cue=bad)),
        ),
        "tool": Tool(version="0", gazetteer="x"),
    }  # fmt: skip
    return TaggedArticle(**{**values, **changes})  # type: ignore[arg-type]


class Markup(HTMLParser):
    """What a browser would load, follow and run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.sources: list[str] = []
        self.links: list[str] = []
        self.attributes: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("iframe", "object", "embed", "base", "style")
        self.attributes += (name for name, _ in attrs)
        values = dict(attrs)
        if tag in ("script", "img"):
            self.sources.append(values.get("src") or "inline")
        self.links += (value or "" for name, value in attrs if name in ("href", "action", "formaction", "xlink:href"))


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "news.db"
    with open_store(path) as store:
        store.add(
            [
                evil("jahat", SCRIPT + BREAKOUT),
                evil("arah", BIDI),
                evil("kendali", CONTROL),
                evil("panjang", LONG, url="https://warta.example/panjang"),
                evil("../../etc/passwd", "titik"),
                evil("a/b?c#d%2e\r\nX: y", "baris"),
                evil("tautan", "x", url=" \tJaVaScRiPt:alert(1)", canonical_url="data:text/html,x"),
            ]
        )
    return path


@pytest.fixture
def client(path) -> TestClient:
    app = create_app(path)
    return TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)


@pytest.mark.parametrize("page", HTML)
def test_nothing_that_an_article_says_becomes_markup(client, page):
    answer = client.get(page)
    assert answer.status_code == 200
    markup = Markup(answer.text)
    assert all(src.startswith("/static/") for src in markup.sources)
    assert all(link.startswith(("/", "#", "http://", "https://", "?")) for link in markup.links)
    assert not [name for name in markup.attributes if name.startswith("on") or name == "style"]
    assert ("7*7" in answer.text) == ("onerror" in answer.text)  # shown as it stands, not worked out


@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands_a_title_of_a_megabyte_and_control_characters(client, page):
    answer = client.get(page)
    assert answer.status_code == 200
    if "xml" in answer.headers["content-type"]:
        ET.fromstring(answer.content)
    if "json" in answer.headers["content-type"]:
        json.loads(answer.content)


def test_right_to_left_marks_stay_within_their_article(client):
    page = client.get("/article/arah").text
    assert page.count("<bdi") == page.count("</bdi>") > 0


@pytest.mark.parametrize(
    "target",
    [
        "/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/%2e%2e/app.py", "/static/..\\app.py",
        "/static//etc/passwd", "/static/%00kabar.css", "/article/../../etc/passwd", "/export/..%2f..%2fetc",
        "/article/..%2f..%2fetc%2fpasswd%00", "/api/v1/articles/%2e%2e%2f%2e%2e", "/place/..%2f..", "/%2e%2e/%2e%2e",
    ],
)  # fmt: skip
def test_no_path_leads_out(server, target):
    status, _, body = ask(server, "GET", target)
    assert status in (200, 404) or 300 <= status < 400
    assert b"create_app" not in body
    assert b"root:" not in body


@pytest.mark.parametrize("page", ["/search?q=", "/login?next=", "/feed.atom?q=", "/article/", "/export/", "/?lang="])
def test_no_header_can_be_slipped_in(server, page):
    status, headers, _ = ask(server, "GET", f"{page}a%0d%0aSet-Cookie:%20x=1%0d%0a%0d%0aHello")
    assert status < 500
    assert all("x=1" not in value for name, value in headers if name.lower() == "set-cookie")
    assert all("\n" not in value and "\r" not in value for _, value in headers)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.", "127.0.0.1@evil.example", "[::1].evil.example", ""]
)
def test_a_name_that_was_made_to_lead_here_is_not_answered(server, host):
    for page in ("/", "/api/v1/articles", "/static/kabar.css", "/metrics", "/stream"):
        assert ask(server, "GET", page, {"Host": host})[0] == 421


@pytest.mark.parametrize(
    "query",
    [
        "a" * 1_900, "* " * 900, '"' * 900, "( OR AND NOT NEAR" * 90, "a* " * 600, "-" * 1_900, "kota:" * 300,
        "judul:" + "x" * 1_800, "kota:%", "kota:_", "kutipan:" + "%" * 500, "sejak:99999t", "sampai:9999-12-31",
        "sejak:0001-01-01", "\x00\ufffe\u202e", "pejabat:\"=\"", "situs:'; DROP TABLE article; --", "𝟙" * 400,
    ],
)  # fmt: skip
@pytest.mark.parametrize("page", ["/search", "/api/v1/articles", "/api/v1/facets", "/feed.atom"])
def test_no_query_breaks_the_search(client, page, query):
    assert client.get(page, params={"q": query}).status_code in (200, 400)


def test_a_huge_query_and_huge_headers_are_refused(client):
    assert client.get("/search", params={"q": "a" * 20_000}).status_code == 414
    assert client.get("/", headers={"Cookie": "; ".join(f"c{n}={'x' * 90}" for n in range(300))}).status_code == 431
    assert client.get("/", headers={f"X-{n}": "y" * 50 for n in range(500)}).status_code == 431
    assert client.get("/", headers={"Cookie": "kabar_80=" + "." * 4000 + "; kabar_80=a.b.c.d"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Referer": "http://127.0.0.1/"},
    ],
    ids=str,
)
def test_no_form_from_elsewhere_writes(client, path, headers):
    routes = [route for route in client.app.routes if "POST" in (getattr(route, "methods", None) or ())]
    assert len(routes) >= 3
    before = path.read_bytes()
    fields = {"name": "x", "query": "y", "number": "1", "type": "official", "key": "x", "csrf": "guess"}
    plain = {**headers, "Content-Type": "text/plain"}
    for route in routes:
        page = re.sub(r"{[^}]*}", "1", route.path)
        assert client.post(page, data=fields, headers=headers).status_code == 403
        assert client.post(page, content="name=x&csrf=guess", headers=plain).status_code == 415
    assert path.read_bytes() == before


def test_getting_a_page_writes_nothing(client, path):
    before = path.read_bytes()
    for page in PAGES:
        client.get(page)
    assert path.read_bytes() == before


@pytest.fixture
def server(path) -> Iterator[tuple[str, int]]:
    app = create_app(path)
    app.state.streams = Streams(most=4, poll=0.05)
    ready, sock = threading.Event(), listening("127.0.0.1", 0)
    running = Server(app, started=ready.set)
    thread = threading.Thread(target=running.run, args=([sock],))
    thread.start()
    assert ready.wait(PATIENCE)
    yield sock.getsockname()
    running.should_exit = True
    thread.join(PATIENCE)
    assert not thread.is_alive()


def ask(server, method: str, target: str, headers: dict[str, str] | None = None):
    """Sends a target as it stands, which other clients would tidy up."""
    connection = http.client.HTTPConnection(*server, timeout=PATIENCE)
    try:
        connection.putrequest(method, target, skip_host=bool(headers and "Host" in headers))
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.getheaders(), answer.read(2_000_000)
    finally:
        connection.close()


def test_a_flood_of_streams_leaves_room_for_readers(server):
    flood = [http.client.HTTPConnection(*server, timeout=PATIENCE) for _ in range(40)]
    statuses = []
    for connection in flood:
        connection.request("GET", "/stream")
        statuses.append(connection.getresponse().status)
    assert statuses.count(200) == 4
    assert statuses.count(503) == 36
    assert ask(server, "GET", "/search?q=banjir")[0] == 200
    for connection in flood:
        connection.close()


@pytest.mark.parametrize("last", ["x", "\x85", "9999-99-99T99:99:99+00:00", "' OR 1=1", "-1", "2026"])
def test_a_made_up_last_event_does_no_harm(server, last):
    connection = http.client.HTTPConnection(*server, timeout=PATIENCE)
    connection.request("GET", "/stream", headers={"Last-Event-ID": last.encode("latin-1")})
    answer = connection.getresponse()
    assert (answer.status, answer.readline()) == (200, b"retry: 5000\n")
    connection.close()


def test_nonsense_on_the_wire_is_refused(server):
    for raw in (b"\x00" * 100 + b"\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET /\r\n\r\n", b"G" * 100_000):
        connection = http.client.HTTPConnection(*server, timeout=PATIENCE)
        connection.connect()
        connection.sock.sendall(raw)
        assert not connection.sock.recv(100).startswith(b"HTTP/1.1 200")
        connection.close()
    assert ask(server, "GET", "/")[0] == 200


def test_a_question_that_takes_too_long_is_given_up(client, monkeypatch):
    monkeypatch.setattr("kabar.monitor.settings.MOST_SECONDS", -1.0)
    monkeypatch.setattr("kabar.monitor.settings.STEPS", 1)
    for page in ("/search", "/api/v1/articles", "/feed.atom"):
        answer = client.get(page, params={"q": "banjir"})
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")


@pytest.mark.parametrize("message", ["no" + " " * 200_000, "x is a " * 30_000, "x: " * 100_000])
def test_no_message_takes_long_to_be_put_into_indonesian(message):
    with at_most(10):
        assert len(told(message, "id")) < 1_000


def test_a_search_has_a_limited_number_of_parts(client):
    many = " ".join(f"a{n}*" for n in range(51))
    assert client.get("/api/v1/articles", params={"q": many}).status_code == 400
    assert client.get("/api/v1/articles", params={"q": "banjir " * 200}).json()["total"] == 7
