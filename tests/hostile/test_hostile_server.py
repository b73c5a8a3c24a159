"""A server that means harm, on real sockets: every case ends in time and in memory, with one clear error."""

from __future__ import annotations

import asyncio
import gzip
import resource
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import brotli
import pytest
import zstandard
from msgspec import structs

from scraper.errors import (
    DeadlineExceeded,
    FetchError,
    HTTPStatus,
    NetworkError,
    RefusedURL,
    RobotsDisallowed,
    TooLarge,
)
from scraper.http.client import Client
from scraper.http.guard import Guard, system_resolve
from scraper.http.limits import Limits
from scraper.http.via_aiohttp import CrawlTransport
from scraper.http.via_httpcore import HttpcoreTransport
from scraper.page import Page
from tests.timing import FOREVER, PATIENCE

LOOPBACK = (ip_network("127.0.0.0/8"),)  # the rest of the private networks stays shut
LIMITS = Limits(total=PATIENCE, connect=PATIENCE, read=PATIENCE, grace=PATIENCE, wire_bytes=2**20, body_bytes=4 * 2**20)
HTML = b"<p>Banjir surut.</p>"
HEAD = b"HTTP/1.1 200 OK\r\n"


@pytest.fixture(params=["httpcore", "aiohttp"])
def fetch(request: pytest.FixtureRequest) -> Callable[..., Page | FetchError]:
    """Fetches one address, without an end of patience unless other limits are given."""

    def get(url: str, resolve: Any = system_resolve, robots: bool = True, **limits: float) -> Page | FetchError:
        guard, kept = Guard(LOOPBACK, resolve), structs.replace(LIMITS, **limits)
        transport = HttpcoreTransport(guard) if request.param == "httpcore" else CrawlTransport(guard, kept)

        async def once() -> Page | FetchError:
            async with Client(guard=guard, limits=kept, transport=transport, ignore_robots=not robots) as client:
                try:
                    return await client.get(url)
                except FetchError as error:
                    return error

        return asyncio.run(once())

    return get


def told(outcome: Page | FetchError, kind: type[FetchError], reason: str) -> None:
    assert isinstance(outcome, kind), outcome
    assert reason in outcome.reason, outcome.reason
    assert outcome.subject is not None
    assert outcome.subject.startswith("http")
    assert "\n" not in str(outcome)
    assert outcome.reason[0].islower() or not outcome.reason[0].isalpha()


def trickle(*pieces: bytes, pause: float, forever: bytes = b"") -> Callable[..., Any]:
    async def talk(request: Any, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)
        while forever:
            writer.write(forever)
            await writer.drain()
            await asyncio.sleep(pause)
        writer.close()

    return talk


def once(raw: bytes) -> Callable[..., Any]:
    """Sends these bytes and closes."""
    return trickle(raw, pause=0)


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


ZEROS = bytes(100 * 2**20)
PACKED: dict[str, Callable[[], bytes]] = {
    "gzip": lambda: gzip.compress(ZEROS, 1),
    "deflate": lambda: raw_deflate(ZEROS),
    "br": lambda: brotli.compress(ZEROS, quality=1),
    "zstd": lambda: zstandard.compress(ZEROS),
    "gzip, gzip": lambda: gzip.compress(gzip.compress(ZEROS, 1)),
    "br, zstd": lambda: zstandard.compress(brotli.compress(ZEROS, quality=1)),
}


@cache
def bomb(encoding: str) -> bytes:
    return PACKED[encoding]()


@pytest.mark.parametrize("encoding", PACKED)
def test_bombs_end_at_the_cap_and_in_memory(serve: Any, http_answer: Any, fetch: Any, encoding: str) -> None:
    server = serve({"/a": http_answer(bomb(encoding)[: 2**20], Content_Encoding=encoding)})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told(fetch(f"{server.url}/a"), TooLarge, "unpacks to over")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60 * 1024  # KiB


def test_a_bomb_on_an_error_page_changes_nothing(serve: Any, http_answer: Any, fetch: Any) -> None:
    server = serve({"/a": http_answer(bomb("zstd"), "404 Not Found", Content_Encoding="zstd")})
    told(fetch(f"{server.url}/a"), HTTPStatus, "status 404")


BODIES: dict[str, tuple[Any, type[FetchError], str]] = {
    "endless": (trickle(HEAD + b"\r\n", pause=0, forever=b"x" * 2**16), TooLarge, "over the cap"),
    "endless chunks": (
        trickle(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", pause=0, forever=b"10000\r\n" + b"x" * 2**16 + b"\r\n"),
        TooLarge, "over the cap"),
    "told too large": (once(HEAD + b"Content-Length: 99999999999\r\n\r\nx"), TooLarge, "over the cap"),
    "short": (once(HEAD + b"Content-Length: 100\r\n\r\nabc"), NetworkError, "broke off"),
    "short chunks": (once(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabc"), NetworkError, "broke off"),
    "bad chunks": (once(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"), NetworkError, ""),
    "no answer": (once(b""), NetworkError, ""),
    "no HTTP": (once(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), NetworkError, "valid HTTP"),
    "bad status": (once(b"HTTP/1.1 999999 \r\n\r\n"), NetworkError, "valid HTTP"),
    "no gzip": (once(HEAD + b"Content-Encoding: gzip\r\n\r\n<html>"), NetworkError, "damaged"),
    "unknown coding": (once(HEAD + b"Content-Encoding: lzma\r\n\r\nx"), NetworkError, "'lzma' is unknown"),
    "20,000 headers": (
        once(HEAD + b"".join(b"X-%d: y\r\n" % n for n in range(20_000)) + b"\r\n"), FetchError, ""),
    "header of 1 MB": (once(HEAD + b"X: " + b"y" * 2**20 + b"\r\n\r\n"), FetchError, ""),
    "endless header": (trickle(HEAD + b"X: ", pause=0, forever=b"y" * 2**16), FetchError, ""),
    "cookie flood": (
        once(HEAD + b"".join(b"Set-Cookie: c%d=%s\r\n" % (n, b"v" * 3000) for n in range(500)) + b"\r\nx"),
        FetchError, ""),
}  # fmt: skip


@pytest.mark.parametrize("case", BODIES)
def test_bad_answers_are_told(serve: Any, fetch: Any, case: str) -> None:
    talk, kind, reason = BODIES[case]
    server = serve({"/a": talk})
    told(fetch(f"{server.url}/a"), kind, reason)


SLOW: dict[str, tuple[Any, dict[str, float], str]] = {
    "one byte at a time": (
        trickle(HEAD + b"Content-Length: 100000\r\n\r\n", pause=0.1, forever=b"x"), {"grace": 0.3}, "slower than"),
    "headers": (trickle(HEAD, pause=0.1, forever=b"X: y\r\n"), {"total": 1}, "not complete within 1 s"),
    "silence": (trickle(b"", pause=FOREVER), {"read": 0.6}, "silent for 0.6 s"),
    "silence in the body": (
        trickle(HEAD + b"Content-Length: 9\r\n\r\nab", pause=FOREVER), {"read": 0.6}, "silent for 0.6 s"),
}  # fmt: skip


@pytest.mark.parametrize("case", SLOW)
def test_slow_answers_are_given_up(serve: Any, fetch: Any, case: str) -> None:
    talk, limits, reason = SLOW[case]
    server = serve({"/a": talk})
    told(fetch(f"{server.url}/a", robots=False, **limits), DeadlineExceeded, reason)


def test_a_reset_in_the_body_is_told(serve: Any, fetch: Any) -> None:
    async def reset(request: Any, writer: asyncio.StreamWriter) -> None:
        writer.write(HEAD + b"Content-Length: 100000\r\n\r\nabc")
        await writer.drain()
        await asyncio.sleep(0.1)
        sock = writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        writer.transport.abort()

    server = serve({"/a": reset})
    told(fetch(f"{server.url}/a"), NetworkError, "")


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + b"\r\n" + HTML,  # no length: it ends where the connection ends
        HEAD + b"Content-Type: text/html; charset=bogus\r\nContent-Length: %d\r\n\r\n" % len(HTML) + HTML,
        HEAD + b"Set-Cookie: a=b\r\n" * 50 + b"Content-Length: %d\r\n\r\n" % len(HTML) + HTML,
        HEAD + b"Content-Type: \xff\xfe\r\nContent-Length: %d\r\n\r\n" % len(HTML) + HTML,
        HEAD + b"Content-Encoding: gzip\r\nContent-Length: 0\r\n\r\n",
        HEAD.replace(b"OK", "Semuanya baik — é".encode("latin-1", "replace")) + b"Content-Length: 0\r\n\r\n",
        HEAD.replace(b"OK", b"\xff\xfe") + b"Content-Length: 0\r\n\r\n",
    ],
)
def test_what_is_only_odd_still_comes_through(serve: Any, fetch: Any, raw: bytes) -> None:
    server = serve({"/a": once(raw)})
    page = fetch(f"{server.url}/a")
    assert isinstance(page, Page), page
    assert page.body in (HTML, b"")


def test_a_length_beside_chunks_does_not_smuggle(serve: Any, fetch: Any) -> None:
    raw = HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n14\r\n" + HTML + b"\r\n0\r\n\r\n"
    server = serve({"/a": once(raw)})
    outcome = fetch(f"{server.url}/a")
    assert isinstance(outcome, NetworkError) or (isinstance(outcome, Page) and outcome.body == HTML)


@pytest.mark.parametrize(
    ("location", "kind", "reason"),
    [
        ("file:///etc/passwd", RefusedURL, "redirects to 'file:///etc/passwd': only http and https"),
        ("gopher://127.0.0.1:70/", RefusedURL, "not gopher"),
        ("javascript:alert(1)", RefusedURL, "not javascript"),
        ("http://169.254.169.254/latest/meta-data/", RefusedURL, "169.254.169.254 is a link-local address"),
        ("http://10.0.0.1/", RefusedURL, "10.0.0.1 is a private address"),
        ("http://0xa9fea9fe/", RefusedURL, "169.254.169.254 is a link-local address"),
        ("http://[::ffff:169.254.169.254]/", RefusedURL, "link-local"),
        ("http://[fd00::1]/", RefusedURL, "private"),
        ("http://", RefusedURL, "no valid web address"),
        ("http://127.0.0.1:25/%0D%0AMAIL", RefusedURL, "port 25 is kept for another protocol"),
        ("/" + "a" * 9000, RefusedURL, "longer than 8,192"),
        ("/a", FetchError, "more than 10 redirects"),
    ],
)
def test_redirects_lead_nowhere_bad(
    serve: Any, http_answer: Any, fetch: Any, location: str, kind: type[FetchError], reason: str
) -> None:
    server = serve({"/a": http_answer(b"", "302 Found", Location=location)})
    told(fetch(f"{server.url}/a"), kind, reason)
    assert server.asked("/a") <= 11


def test_a_name_that_turns_private_is_not_followed(serve: Any, http_answer: Any, fetch: Any) -> None:
    """DNS rebinding: the second connection to the name gets a private address, and no socket opens to it."""
    near = serve({"/a": once(b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")})
    answers = iter([["127.0.0.1"], ["127.0.0.1"]])  # robots.txt, then the page

    async def resolve(host: str, port: int) -> list[str]:
        return next(answers, ["10.0.0.1"])

    near.routes["/robots.txt"] = once(b"HTTP/1.1 404 x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    outcome = fetch(f"http://news.test:{near.port}/a", resolve)
    if isinstance(outcome, RefusedURL):
        assert "10.0.0.1 is a private address" in outcome.reason
    else:  # the checked address is still held: the name is not asked again, and /b is asked of the same server
        told(outcome, HTTPStatus, "status 404")


ROBOTS: dict[str, tuple[Any, bool]] = {
    "100 MB, ours within the first 500 KiB": (
        trickle(HEAD + b"\r\nUser-agent: *\nDisallow: /a\n", pause=0, forever=b"# " + b"x" * 2**16 + b"\n"), False),
    "100 MB, ours behind the first 500 KiB": (
        trickle(HEAD + b"\r\n" + b"# x\n" * 200_000 + b"User-agent: *\nDisallow: /\n", pause=0,
                forever=b"# " + b"x" * 2**16 + b"\n"), True),
    "503": (once(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"), False),
    "429": (once(b"HTTP/1.1 429 Slow\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n"), False),
    "broken off": (once(HEAD + b"Content-Length: 1000\r\n\r\nUser-agent: *\n"), False),
    "bomb": (
        once(HEAD + b"Content-Encoding: zstd\r\n\r\n" + zstandard.compress(b"User-agent: *\nDisallow: /a\n" + ZEROS)),
        False),
    "damaged": (once(HEAD + b"Content-Encoding: gzip\r\n\r\nUser-agent: *"), False),
    "redirect loop": (once(b"HTTP/1.1 302 x\r\nLocation: /robots.txt\r\nContent-Length: 0\r\n\r\n"), True),
    "redirect to metadata": (
        once(b"HTTP/1.1 302 x\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"), False),
    "binary": (once(HEAD + b"\r\n" + bytes(range(256)) * 100), True),
    "html in its place": (once(HEAD + b"Content-Type: text/html\r\n\r\n<html>Disallow: /a</html>"), True),
    "403": (once(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"), True),
}  # fmt: skip


@pytest.mark.parametrize("case", ROBOTS)
def test_bad_robots_files(serve: Any, http_answer: Any, fetch: Any, case: str) -> None:
    talk, allowed = ROBOTS[case]
    server = serve({"/robots.txt": talk, "/a": http_answer(HTML)})
    outcome = fetch(f"{server.url}/a")
    if allowed:
        assert isinstance(outcome, Page), outcome
    else:
        assert isinstance(outcome, RobotsDisallowed | NetworkError | RefusedURL), outcome
        assert server.asked("/a") == 0


def test_a_silent_robots_file_forbids(serve: Any, http_answer: Any, fetch: Any) -> None:
    server = serve({"/robots.txt": trickle(b"", pause=FOREVER), "/a": http_answer(HTML)})
    outcome = fetch(f"{server.url}/a", read=0.6)
    assert isinstance(outcome, RobotsDisallowed | NetworkError), outcome
    assert server.asked("/a") == 0


def test_half_open_tls_ends_in_time(fetch: Any) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()  # the connection stands, and nobody speaks
        outcome = fetch(f"https://127.0.0.1:{listening.getsockname()[1]}/a", connect=1)
    told(outcome, NetworkError, "no connection within 1 s")


def test_tls_that_is_none_is_told(serve: Any, fetch: Any) -> None:
    server = serve({"*": HTML})
    told(fetch(f"https://127.0.0.1:{server.port}/a", connect=1), FetchError, "")


CERTIFICATE = Path(__file__).parents[1] / "data" / "loopback.pem"


@pytest.fixture
def http2_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """HTTP/2 over TLS: `/page` answers, `/reset` resets the stream, `/goaway` leaves, `/flood` sends settings."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)
    context.set_alpn_protocols(["h2"])
    with socket.create_server(("127.0.0.1", 0)) as listening:
        stop = threading.Event()
        thread = threading.Thread(target=_serve_http2, args=(listening, context, stop), daemon=True)
        thread.start()
        yield f"https://127.0.0.1:{listening.getsockname()[1]}"
        stop.set()
        thread.join(PATIENCE)


def _serve_http2(listening: socket.socket, context: ssl.SSLContext, stop: threading.Event) -> None:
    listening.settimeout(0.1)
    while not stop.is_set():
        try:
            plain, _ = listening.accept()
        except TimeoutError:
            continue
        threading.Thread(target=_answer_http2, args=(plain, context), daemon=True).start()


def _answer_http2(plain: socket.socket, context: ssl.SSLContext) -> None:
    from h2.exceptions import ProtocolError

    plain.settimeout(PATIENCE)
    with suppress(OSError, ProtocolError), context.wrap_socket(plain, server_side=True) as connection:
        _talk_http2(connection)


def _talk_http2(sock: ssl.SSLSocket) -> None:
    from h2.config import H2Configuration
    from h2.connection import H2Connection
    from h2.events import RequestReceived

    connection = H2Connection(H2Configuration(client_side=False))
    connection.initiate_connection()
    sock.sendall(connection.data_to_send())
    while data := sock.recv(65536):
        for event in connection.receive_data(data):
            if not isinstance(event, RequestReceived):
                continue
            path = dict(event.headers)[b":path"]
            if path == b"/reset":
                connection.reset_stream(event.stream_id, error_code=2)
            elif path == b"/goaway":
                connection.close_connection(error_code=11)
            elif path == b"/broken":
                sock.sendall(b"\xff" * 100)
            else:
                connection.send_headers(event.stream_id, [(":status", "404" if path == b"/robots.txt" else "200")])
                connection.send_data(event.stream_id, HTML, end_stream=True)
        sock.sendall(connection.data_to_send())


def over_http2(url: str, limits: Limits = LIMITS, *, robots: bool = True) -> Page | FetchError:
    async def once() -> Page | FetchError:
        guard = Guard(LOOPBACK)
        transport = HttpcoreTransport(guard)
        async with Client(guard=guard, limits=limits, transport=transport, ignore_robots=not robots) as client:
            try:
                fetched = await client.fetch(url)
            except FetchError as error:
                return error
            assert fetched.exchanges[-1].http_version == "HTTP/2"
            return fetched.page

    return asyncio.run(once())


def test_http2_is_spoken_and_its_resets_are_told(http2_server: str) -> None:
    page = over_http2(f"{http2_server}/page")
    assert isinstance(page, Page), page
    assert page.body == HTML
    for path in ("reset", "goaway"):
        told(over_http2(f"{http2_server}/{path}"), NetworkError, "")
    hasty = structs.replace(LIMITS, read=0.6)
    told(over_http2(f"{http2_server}/broken", hasty, robots=False), DeadlineExceeded, "silent for 0.6 s")
