"""Who may read a monitor, and which forms it takes."""

from __future__ import annotations

import base64
import re
import time
import tomllib
from http import HTTPStatus
from importlib.resources import files

import pytest

from kabar.store import open_store

pytest.importorskip("starlette")
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from kabar.monitor.app import create_app
from kabar.monitor.catalog import marked
from kabar.monitor.security import MOST_FORM_BYTES, Access, Session, checked_form, csrf_token, sealed, unsealed
from kabar.monitor.words import LANGUAGES

TOKEN = "satu-dua-tiga-empat-lima"
BASE = "http://127.0.0.1:8765"


def form(request: Request):
    return PlainTextResponse(csrf_token(request))


async def write(request: Request):
    fields = await checked_form(request)
    return PlainTextResponse("/".join(f"{name}={value}" for name, value in fields.items()))


def monitor(path, access: Access | None = None) -> TestClient:
    open_store(path).close()
    app = create_app(path, access=access)
    app.router.routes += [Route("/form", form), Route("/write", write, methods=["POST"])]
    return TestClient(app, base_url=BASE, follow_redirects=False)


@pytest.fixture
def client(tmp_path) -> TestClient:
    return monitor(tmp_path / "news.db")


@pytest.fixture
def locked(tmp_path) -> TestClient:
    return monitor(tmp_path / "news.db", Access.with_token(TOKEN, frozenset({"Berita.example"})))


def login(client: TestClient, token: str, there: str = "/search?q=banjir"):
    page = client.get("/login", params={"next": there}).text
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    return client.post("/login", data={**fields, "token": token})


def test_a_form_of_our_own_page_is_taken(client):
    token = client.get("/form").text
    answer = client.post("/write", data={"csrf": token, "name": "a b", "note": ""}, headers={"Origin": BASE})
    assert (answer.status_code, answer.text) == (200, "name=a b/note=")


def test_a_form_without_the_token_of_its_own_session_is_refused(client, tmp_path):
    token = client.get("/form").text
    other = monitor(tmp_path / "other.db")
    assert client.post("/write", data={"name": "x"}).status_code == 403
    assert client.post("/write", data={"csrf": token[:-1] + "~"}).status_code == 403
    assert other.post("/write", data={"csrf": token}).status_code == 403
    client.cookies.clear()
    assert client.post("/write", data={"csrf": token}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_a_form_that_a_browser_says_comes_from_elsewhere_is_refused(client, headers):
    token = client.get("/form").text
    assert client.post("/write", data={"csrf": token}, headers=headers).status_code == 403


def test_only_plain_forms_of_bounded_size_are_read(client):
    token = client.get("/form").text
    assert client.post("/write", json={"csrf": token}).status_code == 415
    assert client.post("/write", data={"csrf": token, "text": "x" * MOST_FORM_BYTES}).status_code == 413
    assert client.post("/write", data={"csrf": token, **{f"f{n}": "" for n in range(200)}}).status_code == 400


def test_the_session_is_kept_from_scripts_and_other_sites(client):
    cookie = client.get("/form").headers["set-cookie"]
    assert re.match(r"kabar_\d+=\S+; Max-Age=\d+; Path=/; HttpOnly; SameSite=Strict$", cookie)
    assert "set-cookie" not in client.get("/").headers


def test_a_session_that_is_over_or_was_changed_is_none():
    access = Access()
    good = sealed(access, Session.new())
    assert unsealed(access, good)
    assert unsealed(Access(), good) is None
    assert unsealed(access, good.replace(".0.", ".1.")) is None
    assert unsealed(access, sealed(access, Session("x", 1))) is None
    assert unsealed(access, sealed(access, Session("x", int(time.time()) + 60 * 86_400))) is None, "a clock was ahead"
    assert [unsealed(access, cookie) for cookie in ("", ".", "a.b.c.d", "é" * 9)] == [None] * 4


def test_a_locked_monitor_takes_browsers_to_the_page_that_asks_for_the_token(locked):
    answer = locked.get("/search", params={"q": "banjir kota:15.71"})
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/login?next=%2Fsearch%3Fq%3Dbanjir%2Bkota%253A15.71",
    )
    assert 'type="password"' in locked.get(answer.headers["location"]).text
    assert locked.get("/static/kabar.css").status_code == 200


def test_the_token_opens_a_locked_monitor_and_nothing_else_does(locked, monkeypatch):
    monkeypatch.setattr("kabar.monitor.pages.login.WRONG_SECONDS", 0)
    assert login(locked, "satu-dua-tiga").status_code == 403
    assert locked.get("/search").status_code == 303
    answer = login(locked, TOKEN)
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=banjir")
    assert locked.get("/search").status_code == 200


@pytest.mark.parametrize(
    "there", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(locked, there):
    assert login(locked, TOKEN, there).headers["location"] == "/"


def test_programs_show_the_token_with_each_request(locked):
    basic = base64.b64encode(f"desk:{TOKEN}".encode()).decode()
    for shown in (f"Bearer {TOKEN}", f"bearer {TOKEN}", f"Basic {basic}"):
        assert locked.get("/api/v1/articles", headers={"Authorization": shown}).status_code == 200
    for shown in ("", f"Bearer {TOKEN}x", "Bearer", "Basic ???", f"Digest {TOKEN}"):
        answer = locked.get("/api/v1/articles", headers={"Authorization": shown})
        assert answer.status_code == 401
        assert "Bearer" in answer.headers["www-authenticate"]


def test_a_locked_monitor_answers_to_addresses_and_to_its_names(locked):
    show = {"Authorization": f"Bearer {TOKEN}"}
    for host in ("10.0.0.5:8765", "berita.example", "[fe80::1]:80", "localhost"):
        assert locked.get("/", headers={"Host": host, **show}).status_code == 200
    for host in ("evil.example", "berita.example.evil.example", ""):
        assert locked.get("/", headers={"Host": host, **show}).status_code == 421


def test_an_open_monitor_answers_on_this_machine_only(client):
    for host in ("localhost:8765", "127.0.0.1", "[::1]:8765"):
        assert client.get("/", headers={"Host": host}).status_code == 200
    for host in ("10.0.0.5:8765", "evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8765"):
        assert client.get("/", headers={"Host": host}).status_code == 421


def test_a_token_is_long_and_stays_out_of_what_is_printed():
    with pytest.raises(ValueError, match="16"):
        Access.with_token("pendek")
    assert TOKEN not in repr(Access.with_token(TOKEN))


@pytest.mark.parametrize("path", ["/", "/api/v1/articles", "/nothing", "/static/kabar.css", "/static/../app.py"])
def test_every_answer_carries_the_headers_of_safety(client, path):
    headers = client.get(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


TOLD = files("kabar.monitor").joinpath("failures.toml")
FORM_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}
SCRIPT = "<script>alert(1)</script>"
REFUSALS = [
    (421, "GET", {"headers": {"Host": "evil.example"}, "params": {"q": SCRIPT}}),
    (414, "GET", {"params": {"q": SCRIPT + "x" * 9_000}}),
    (431, "GET", {"headers": {"X-Much": SCRIPT + "x" * 20_000}}),
    (405, "DELETE", {"params": {"q": SCRIPT}}),
]


@pytest.mark.parametrize(("status", "method", "request_"), REFUSALS)
@pytest.mark.parametrize("path", ["/api/v1/articles", "/export/csv", "/feed.atom"])
def test_programs_are_refused_in_the_form_that_they_read(client, path, status, method, request_):
    answer = client.request(method, path, **request_)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert set(answer.json()) == {"title", "status", "detail", "type"}
    assert answer.json()["detail"] != answer.json()["title"]


@pytest.mark.parametrize(("status", "method", "request_"), REFUSALS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_people_are_refused_by_a_page_in_their_language(client, status, method, request_, language):
    client.cookies.set("lang", language)
    answer = client.request(method, f"/search/{SCRIPT}" if status == 421 else "/search", **request_)
    title, way_out = tomllib.loads(TOLD.read_text("utf-8"))[str(status)][language]
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert f'<html lang="{language}">' in answer.text
    assert f"<h1>{title}</h1>" in answer.text
    assert marked(way_out) in answer.text
    assert SCRIPT not in answer.text
    assert "x" * 1_000 not in answer.text
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


def test_a_form_that_is_too_large_is_refused_by_a_page(client):
    client.cookies.set("lang", "en")
    answer = client.post("/saved", content=b"name=" + b"x" * 70_000, headers=FORM_TYPE)
    assert answer.status_code == 413
    assert "<h1>This form is too large</h1>" in answer.text
    assert "x" * 1_000 not in answer.text


def test_every_refusal_is_told_in_every_language():
    for status, told in tomllib.loads(TOLD.read_text("utf-8")).items():
        assert 400 <= HTTPStatus(int(status)) < 600
        assert set(told) == set(LANGUAGES)
