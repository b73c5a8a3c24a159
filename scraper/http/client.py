"""The client: one URL in, one `Page` out, or an error that says why not.

    async with Client() as client:
        page = await client.get("https://example.org/")

Each hop of a redirect goes through the same gate: the form of the URL, robots.txt, the address it resolves to.
Requests go straight to an httpx transport, so that no cookie is ever stored or sent and nothing is followed unseen;
credentials in a URL go to its own origin alone.
"""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import httpx

from scraper.errors import Blocked, DeadlineExceeded, FetchError, HTTPStatus, NotOpen, RefusedURL, TooLarge
from scraper.http.blocked import challenge, login_redirect, signs
from scraper.http.body import read_body, read_start
from scraper.http.decoding import ACCEPT_ENCODING
from scraper.http.exchange import Exchange, Fetched
from scraper.http.explain import explain
from scraper.http.guard import PRIVATE, Guard, Target, parse_target
from scraper.http.limits import Limits
from scraper.http.politeness import retry_after
from scraper.http.robots import MAX_BYTES, MAX_REDIRECTS, Robots
from scraper.page import Page

VERSION = "0.1"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PAGES = frozenset({200, 203})
Arrive = Callable[[Target], Awaitable[None]]
CONDITIONS = ("if-none-match", "if-modified-since")


def user_agent(contact: str | None = None) -> str:
    """The name that the client gives itself, with an address where a site can reach who runs it.

    Args:
        contact: web or e-mail address; by default the environment's `KABAR_CONTACT`.

    >>> user_agent("https://desk.example/bot")
    'kabar/0.1 (+https://desk.example/bot)'
    """
    contact = contact or os.environ.get("KABAR_CONTACT") or ""
    printable = "".join(char for char in contact if char.isascii() and char.isprintable() and char not in "()")
    return f"kabar/{VERSION} (+{printable})" if printable else f"kabar/{VERSION} (news reader; contact not given)"


class Client:
    """Fetches pages politely; safe to share among the tasks of one event loop."""

    def __init__(
        self,
        *,
        guard: Guard | None = None,
        limits: Limits | None = None,
        agent: str | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        ignore_robots: bool = False,
    ) -> None:
        """Args:
        guard: decides on addresses; by default only public ones are open.
        limits: caps on time and size.
        agent: the User-Agent; see `user_agent`.
        transport: a guarded transport; by default the one with HTTP/2. It must decode nothing and follow nothing.
        ignore_robots: fetch whatever robots.txt says; for one's own sites.
        """
        self.limits = limits or Limits()
        self._guard = guard or Guard()
        self._transport = transport or _default_transport(self._guard)
        self._headers = _headers(agent or user_agent())
        timeout = httpx.Timeout(self.limits.read, connect=self.limits.connect, pool=None)
        self._extensions = {"timeout": timeout.as_dict()}
        self.robots: Robots | None = None if ignore_robots else Robots(self._robots_file)

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Closes all connections."""
        await self._transport.aclose()

    async def get(self, url: str) -> Page:
        """Fetches one page.

        Raises:
            FetchError: see the tree in `scraper.errors`.
        """
        return (await self.fetch(url)).page

    async def fetch(
        self, url: str, conditions: Mapping[str, str] | None = None, arrive: Arrive | None = None
    ) -> Fetched:
        """Fetches one page, and keeps what went over the wire.

        Args:
            url: http or https address.
            conditions: `if-none-match` and `if-modified-since` headers, sent to the first address only; the page
                that comes back may then have status 304 and an empty body.
            arrive: awaited before anything is asked where a redirect leads to, its robots.txt included.

        Raises:
            FetchError: see the tree in `scraper.errors`.
        """
        target = parse_target(url)
        conditions = {name: value for name, value in (conditions or {}).items() if name in CONDITIONS}
        hops: list[Exchange] = []
        spent = 0.0
        while True:
            self._admit(target)
            if hops and arrive is not None:
                await arrive(target)
            if self.robots is not None:
                await self.robots.check(target)
            exchange, body = await self._hop(target, {} if hops else conditions, self.limits.total - spent)
            spent += exchange.seconds
            hops.append(exchange)
            location = _location(exchange)
            if location is None:
                break
            if len(hops) > self.limits.redirects:
                raise FetchError(f"more than {self.limits.redirects} redirects", url)
            target = self._redirected(target, location, url)
        page = _page(url, exchange, body)
        _judge(page, conditions if len(hops) == 1 else {})
        return Fetched(page=page, exchanges=tuple(hops), seconds=spent)

    def _admit(self, target: Target) -> None:
        try:
            self._guard.check_literal(target.host)
        except RefusedURL as error:
            raise RefusedURL(error.reason, target.url) from error

    def _redirected(self, target: Target, location: str, url: str) -> Target:
        try:
            hop = parse_target(location, base=target.url)
            self._admit(hop)
        except RefusedURL as error:
            raise RefusedURL(f"it redirects to {error.subject!r}: {error.reason}", url) from error
        return replace(hop, authorization=target.authorization if hop.origin == target.origin else None)

    async def _hop(self, target: Target, extra: Mapping[str, str], budget: float) -> tuple[Exchange, bytes]:
        try:
            async with asyncio.timeout(max(budget, 0.001)):
                return await self._exchange(target, extra)
        except TimeoutError:
            raise DeadlineExceeded(f"not complete within {self.limits.total:g} s", target.url) from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:  # libraries stumble over bytes with ValueError
            raise explain(error, target.url, self.limits) from error
        except FetchError as error:
            if error.subject is None:
                raise type(error)(error.reason, target.url) from error
            raise

    def _request(self, target: Target, extra: Mapping[str, str]) -> httpx.Request:
        credentials = {"Authorization": target.authorization} if target.authorization is not None else {}
        headers = {**self._headers, **extra, **credentials}
        return httpx.Request("GET", target.url, headers=headers, extensions=self._extensions)

    async def _exchange(self, target: Target, extra: Mapping[str, str]) -> tuple[Exchange, bytes]:
        request = self._request(target, extra)
        sent_at, started = _now(), time.monotonic()
        response = await self._transport.handle_async_request(request)
        try:
            headers = _fields(response.headers.raw, self.limits)
            if response.status_code in PAGES:
                wire, body = await read_body(response, self.limits)
            else:
                wire, body = await self._read_refusal(response)
        finally:
            await response.aclose()
        exchange = Exchange(
            url=target.url,
            request_headers=tuple(
                (_text(name), _text(value)) for name, value in request.headers.raw if name.lower() != b"authorization"
            ),
            http_version=response.http_version,
            status=response.status_code,
            reason=response.reason_phrase,
            headers=headers,
            wire=wire,
            sent_at=sent_at,
            seconds=time.monotonic() - started,
        )
        return exchange, body

    async def _read_refusal(self, response: httpx.Response) -> tuple[bytes, bytes]:
        """The start of a body that is no page; if it cannot be read, the status is what counts."""
        try:
            return await read_start(response, self.limits, self.limits.error_bytes)
        except (FetchError, httpx.TransportError):
            return b"", b""

    async def _robots_file(self, url: str) -> bytes:
        """The first bytes of a robots.txt; its redirects are followed, and each is guarded."""
        target = parse_target(url)
        for _ in range(MAX_REDIRECTS + 1):
            self._admit(target)
            status, headers, body = await self._robots_hop(target)
            location = headers.get("location") if status in REDIRECTS else None
            if location is None:
                break
            target = self._redirected(target, location, target.url)
        else:
            raise HTTPStatus(f"more than {MAX_REDIRECTS} redirects", url, 404)  # RFC 9309, 2.3.1.2: as if not there
        if not 200 <= status < 300:
            wait = retry_after(headers.get("retry-after"), headers.get("date"))
            raise HTTPStatus(f"status {status}", target.url, status, wait)
        return body

    async def _robots_hop(self, target: Target) -> tuple[int, httpx.Headers, bytes]:
        try:
            async with asyncio.timeout(self.limits.total):
                response = await self._transport.handle_async_request(self._request(target, {}))
                try:
                    _, body = await read_start(response, self.limits, MAX_BYTES)
                finally:
                    await response.aclose()
                return response.status_code, response.headers, body
        except TimeoutError:
            raise DeadlineExceeded(f"not complete within {self.limits.total:g} s", target.url) from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:  # libraries stumble over bytes with ValueError
            raise explain(error, target.url, self.limits) from error


def fetch_one(url: str, *, allow_private: bool = False) -> Page:
    """Fetches one page; see `scraper.http.fetch`. Works inside a running event loop (a notebook) as well."""

    async def once() -> Page:
        async with Client(guard=Guard(PRIVATE if allow_private else ())) as client:
            return await client.get(url)

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(once())
    result: list[Page | FetchError] = []

    def other_thread() -> None:
        try:
            result.append(asyncio.run(once()))
        except FetchError as error:
            result.append(error)

    thread = threading.Thread(target=other_thread)
    thread.start()
    thread.join()
    if isinstance(result[0], FetchError):
        raise result[0]
    return result[0]


def _default_transport(guard: Guard) -> httpx.AsyncBaseTransport:
    from scraper.http.via_httpcore import HttpcoreTransport

    return HttpcoreTransport(guard)


def _headers(agent: str) -> dict[str, str]:
    return {
        "User-Agent": agent,
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "id,en;q=0.5",
        "Accept-Encoding": ACCEPT_ENCODING,
    }


def _fields(raw: Any, limits: Limits) -> tuple[tuple[str, str], ...]:
    if len(raw) > limits.headers:
        raise TooLarge(f"the answer has more than {limits.headers} header fields")
    if sum(len(name) + len(value) for name, value in raw) > limits.header_bytes:
        raise TooLarge(f"the answer's headers are over the cap of {limits.header_bytes:,} bytes")
    return tuple((_text(name), _text(value)) for name, value in raw)


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _location(exchange: Exchange) -> str | None:
    return _field(exchange.headers, "location") if exchange.status in REDIRECTS else None


def _field(headers: tuple[tuple[str, str], ...], wanted: str) -> str | None:
    return next((value for name, value in headers if name.lower() == wanted), None)


def _page(url: str, exchange: Exchange, body: bytes) -> Page:
    headers = tuple((name.lower(), value) for name, value in exchange.headers)
    return Page(
        url=url,
        final_url=exchange.url,
        status=exchange.status,
        headers=headers,
        body=body,
        fetched_at=exchange.sent_at,
        encoding=_charset(_field(headers, "content-type")),
    )


def _charset(content_type: str | None) -> str | None:
    for parameter in (content_type or "").split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip(" \t\"'").lower() or None
    return None


def _judge(page: Page, conditions: Mapping[str, str]) -> None:
    """Raises unless the page is what was asked for."""
    final_url = page.final_url or ""
    what = challenge(page.status, page.headers, page.body)
    if what is not None:
        kind = NotOpen if what == signs().status.get(page.status) else Blocked
        raise kind(f"{what} stands where the page should be (status {page.status})", page.url)
    if login_redirect(page.url or "", final_url):
        raise NotOpen(f"it redirects to a login page ({final_url})", page.url)
    if page.status in PAGES or (page.status == 304 and conditions):
        return
    wait = retry_after(_field(page.headers, "retry-after"), _field(page.headers, "date"))
    raise HTTPStatus(f"the server answers with status {page.status}", page.url, page.status, wait)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
