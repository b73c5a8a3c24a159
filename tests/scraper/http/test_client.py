"""One URL in, one page out, over real sockets: the same for both transports."""

from __future__ import annotations

import asyncio
import gzip
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scraper import fetch
from scraper.errors import Blocked, FetchError, HTTPStatus, NetworkError, NotOpen, RefusedURL, RobotsDisallowed
from scraper.http.client import Client, user_agent
from scraper.http.exchange import Fetched
from scraper.http.guard import PRIVATE, Guard, parse_target
from scraper.http.limits import Limits
from scraper.http.via_aiohttp import CrawlTransport
from scraper.http.via_httpcore import HttpcoreTransport
from scraper.page import Page

CERTIFICATE = Path(__file__).parents[2] / "data" / "loopback.pem"
OPEN = Guard(PRIVATE)
HTML = b"<h1>Banjir surut</h1><p>Warga Muara Bulian pulang.</p>"


@pytest.fixture(params=["httpcore", "aiohttp"])
def client_of(request: pytest.FixtureRequest) -> Callable[..., Client]:
    def make(guard: Guard = OPEN, **options: Any) -> Client:
        transport = HttpcoreTransport(guard) if request.param == "httpcore" else CrawlTransport(guard, Limits())
        return Client(guard=guard, transport=transport, **options)

    return make


def run(client: Client, *urls: str, conditions: dict[str, str] | None = None) -> list[Fetched | FetchError]:
    async def all_of_them() -> list[Fetched | FetchError]:
        outcomes: list[Fetched | FetchError] = []
        async with client:
            for url in urls:
                try:
                    outcomes.append(await client.fetch(url, conditions))
                except FetchError as error:
                    outcomes.append(error)
        return outcomes

    return asyncio.run(all_of_them())


def page_of(client: Client, url: str) -> Page:
    (outcome,) = run(client, url)
    assert isinstance(outcome, Fetched), outcome
    return outcome.page


def error_of(client: Client, url: str) -> FetchError:
    (outcome,) = run(client, url)
    assert isinstance(outcome, FetchError), outcome
    return outcome


def test_a_page_with_its_headers_charset_and_exchange(
    serve: Any, http_answer: Any, client_of: Callable[..., Client]
) -> None:
    packed = gzip.compress(HTML)
    answer = http_answer(
        packed, Content_Encoding="gzip", Content_Type='text/html; Charset="UTF-8"', X_Name="Muara Bulian"
    )
    server = serve({"/berita": answer})
    (outcome,) = run(client_of(), f"{server.url}/berita#komentar")
    assert isinstance(outcome, Fetched)
    page, (exchange,) = outcome.page, outcome.exchanges
    assert (page.body, page.status, page.encoding) == (HTML, 200, "utf-8")
    assert (page.url, page.final_url) == (f"{server.url}/berita#komentar", f"{server.url}/berita")
    assert ("x-name", "Muara Bulian") in page.headers
    assert page.fetched_at is not None
    assert page.fetched_at.endswith("Z")
    assert (exchange.wire, exchange.http_version, exchange.reason) == (packed, "HTTP/1.1", "OK")
    asked = server.requests[-1].headers
    assert asked["host"] == f"127.0.0.1:{server.port}"
    assert asked["user-agent"].startswith("kabar/")
    assert "cookie" not in asked


def test_robots_is_asked_once_and_obeyed(serve: Any, http_answer: Any, client_of: Callable[..., Client]) -> None:
    server = serve({"/robots.txt": http_answer(b"User-agent: *\nDisallow: /rahasia"), "*": http_answer(HTML)})
    first, second, third = run(client_of(), f"{server.url}/a", f"{server.url}/rahasia/b", f"{server.url}/c")
    assert isinstance(first, Fetched)
    assert isinstance(third, Fetched)
    assert isinstance(second, RobotsDisallowed)
    assert second.retry_after is None
    assert server.asked("/robots.txt") == 1
    assert server.asked("/rahasia/b") == 0
    assert isinstance(run(client_of(ignore_robots=True), f"{server.url}/rahasia/b")[0], Fetched)


def test_redirects_are_followed_and_each_hop_obeys_robots(
    serve: Any, http_answer: Any, client_of: Callable[..., Client]
) -> None:
    far = serve(
        {"/robots.txt": http_answer(b"User-agent: *\nDisallow: /shut"), "/open": http_answer(HTML)}, "127.0.0.2"
    )
    near = serve({
        "/a": http_answer(b"", "301 Moved", Location="b?x=%C3%BC"),
        "/b?x=%C3%BC": http_answer(b"moved", "302 Found", Location=f"{far.url}/open", Set_Cookie="id=1"),
        "/c": http_answer(b"", "307 Temporary", Location=f"{far.url}/shut"),
    })  # fmt: skip
    opened, shut = run(client_of(), f"{near.url}/a", f"{near.url}/c")
    assert isinstance(opened, Fetched)
    assert [exchange.status for exchange in opened.exchanges] == [301, 302, 200]
    assert opened.page.final_url == f"{far.url}/open"
    assert isinstance(shut, RobotsDisallowed)
    assert far.asked("/shut") == 0
    assert all("cookie" not in request.headers for request in far.requests + near.requests)


def test_credentials_stay_with_their_origin(serve: Any, http_answer: Any, client_of: Callable[..., Client]) -> None:
    far = serve({"*": http_answer(HTML)}, "127.0.0.2")
    near = serve({"/a": http_answer(b"", "302 Found", Location="/b"),
                  "/b": http_answer(b"", "302 Found", Location=f"http://other:pw@127.0.0.2:{far.port}/c")})  # fmt: skip
    page = page_of(client_of(), f"http://desk:secret@127.0.0.1:{near.port}/a")
    sent = {request.target: request.headers.get("authorization") for request in near.requests + far.requests}
    assert sent["/a"] == sent["/b"] == "Basic ZGVzazpzZWNyZXQ="
    assert sent["/c"] is None
    assert "secret" not in (page.final_url or "")


def test_a_name_is_resolved_once_a_connection_and_that_address_is_dialled(
    serve: Any, http_answer: Any, client_of: Callable[..., Client]
) -> None:
    server = serve({"/a": http_answer(HTML), "/robots.txt": http_answer(b"")}, "127.0.0.3")
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["10.9.9.9", "127.0.0.3"]

    guard = Guard(parse_networks("127.0.0.0/8"), resolve)
    page = page_of(client_of(guard), f"http://news.test:{server.port}/a")
    assert page.body == HTML
    assert set(asked) == {"news.test"}
    assert server.requests[-1].headers["host"] == f"news.test:{server.port}"


def parse_networks(*nets: str) -> tuple[Any, ...]:
    from ipaddress import ip_network

    return tuple(ip_network(net) for net in nets)


def test_a_private_address_is_refused_before_any_socket_opens(
    serve: Any, http_answer: Any, client_of: Callable[..., Client]
) -> None:
    server = serve({"*": http_answer(HTML)})

    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    named = error_of(client_of(Guard(resolve=resolve)), f"http://news.test:{server.port}/a")
    literal = error_of(client_of(Guard()), f"http://0x7f000001:{server.port}/a")
    for error in (named, literal):
        assert isinstance(error, RefusedURL)
        assert "127.0.0.1 is a loopback address; --allow-private permits it" in error.reason
    assert server.requests == []


def test_unknown_names_and_closed_ports_are_told(client_of: Callable[..., Client]) -> None:
    import socket

    async def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    unknown = error_of(client_of(Guard(PRIVATE, resolve)), "http://tidak-ada.test/a")
    assert isinstance(unknown, NetworkError)
    assert str(unknown) == "http://tidak-ada.test/a: the name does not resolve"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        closed = error_of(client_of(), f"http://127.0.0.1:{taken.getsockname()[1]}/a")
    assert isinstance(closed, NetworkError)
    assert closed.reason == "the connection was refused"


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [("404 Not Found", {}, None), ("503 Busy", {"Retry_After": "120"}, 120.0), ("204 No Content", {}, None),
     ("503 Busy", {"Retry_After": "Thu, 01 Jan 2099 00:02:00 GMT", "Date": "Thu, 01 Jan 2099 00:00:00 GMT"}, 120.0),
     ("206 Partial Content", {}, None), ("304 Not Modified", {}, None), ("302 Found", {}, None)],
)  # fmt: skip
def test_answers_that_are_no_page(
    serve: Any,
    http_answer: Any,
    client_of: Callable[..., Client],
    status: str,
    headers: dict[str, str],
    wait: float | None,
) -> None:
    server = serve({"/a": http_answer(b"" if status[0] in "23" else b"sorry", status, **headers)})
    error = error_of(client_of(), f"{server.url}/a")
    assert isinstance(error, HTTPStatus)
    assert (error.status, error.retry_after) == (int(status[:3]), wait)
    assert error.reason == f"the server answers with status {status[:3]}"


def test_an_unchanged_page_comes_as_304_if_it_was_asked_so(
    serve: Any, http_answer: Any, client_of: Callable[..., Client]
) -> None:
    server = serve({"/a": http_answer(b"", "304 Not Modified", ETag='"v1"')})
    (outcome,) = run(client_of(), f"{server.url}/a", conditions={"if-none-match": '"v1"'})
    assert isinstance(outcome, Fetched)
    assert (outcome.page.status, outcome.page.body) == (304, b"")
    assert server.requests[-1].headers["if-none-match"] == '"v1"'


@pytest.mark.parametrize(
    ("status", "headers", "body", "what"),
    [
        ("403 Forbidden", {"Cf_Mitigated": "challenge"}, b"", "a Cloudflare challenge"),
        ("503 Busy", {}, b"<html><TITLE>Just a moment...</title>", "a Cloudflare challenge"),
        ("200 OK", {}, b"<script src='/_Incapsula_Resource?a=1'></script>", "an Imperva challenge"),
        ("202 Accepted", {"x_amzn_waf_action": "challenge"}, b"", "an AWS WAF challenge"),
        ("402 Payment Required", {}, b"", "a paywall"),
        ("401 Unauthorized", {}, b"", "a login"),
    ],
)
def test_challenges_are_told_and_not_evaded(
    serve: Any,
    http_answer: Any,
    client_of: Callable[..., Client],
    status: str,
    headers: dict[str, str],
    body: bytes,
    what: str,
) -> None:
    server = serve({"/a": http_answer(body, status, **headers)})
    error = error_of(client_of(), f"{server.url}/a")
    assert type(error) is (Blocked if "challenge" in what else NotOpen)
    assert error.reason.startswith(f"{what} stands where the page should be")
    assert server.asked("/a") == 1


def test_a_redirect_to_a_login_page_is_told(serve: Any, http_answer: Any, client_of: Callable[..., Client]) -> None:
    server = serve(
        {"/berita/a": http_answer(b"", "302 Found", Location="/akun/login?next=/berita/a"), "*": http_answer(HTML)}
    )
    assert isinstance(error_of(client_of(), f"{server.url}/berita/a"), NotOpen)


def test_a_story_about_captchas_is_no_challenge(serve: Any, http_answer: Any, client_of: Callable[..., Client]) -> None:
    story = b"<title>Just a moment...: film baru</title>" + b"<p>Tentang captcha dan anubis_challenge.</p>" * 1000
    server = serve({"/a": http_answer(story)})
    assert page_of(client_of(), f"{server.url}/a").body == story


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)
    return context


async def _loopback(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def test_tls_verifies_the_name_although_the_address_is_dialled(
    serve: Any, http_answer: Any, client_of: Callable[..., Client], trusted: ssl.SSLContext
) -> None:
    server = serve({"*": http_answer(HTML)}, tls=trusted)
    guard = Guard(PRIVATE, _loopback)
    assert page_of(client_of(guard), f"https://news.test:{server.port}/a").body == HTML
    error = error_of(client_of(guard), f"https://bank.test:{server.port}/a")
    assert isinstance(error, NetworkError)
    assert error.reason.startswith("the TLS certificate does not hold (")


def test_a_certificate_of_unknown_origin_is_refused(
    serve: Any,
    http_answer: Any,
    client_of: Callable[..., Client],
    trusted: ssl.SSLContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = serve({"*": http_answer(HTML)}, tls=trusted)
    monkeypatch.delenv("SSL_CERT_FILE")
    error = error_of(client_of(), f"{server.url}/a")
    assert "certificate does not hold (self-signed certificate)" in error.reason


def test_fetch_works_from_scripts_and_from_inside_a_running_loop(serve: Any, http_answer: Any) -> None:
    server = serve({"/a": http_answer(HTML)})

    async def notebook() -> Page:
        return fetch(f"{server.url}/a", allow_private=True)

    assert fetch(f"{server.url}/a", allow_private=True).body == asyncio.run(notebook()).body == HTML
    with pytest.raises(RefusedURL):
        fetch(f"{server.url}/a")


def test_the_contact_cannot_smuggle_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KABAR_CONTACT", "meja@desk.example\r\nX-Evil: 1)")
    assert user_agent() == "kabar/0.1 (+meja@desk.exampleX-Evil: 1)"


def test_targets_are_relative_to_the_page_that_redirects() -> None:
    assert parse_target("//cdn.example/x", base="https://example.org/a").url == "https://cdn.example/x"
