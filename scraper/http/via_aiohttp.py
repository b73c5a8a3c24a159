"""The transport of the crawler: HTTP/1.1 over aiohttp, whose C parser costs half the CPU time of httpcore's.

aiohttp asks its resolver for a name's addresses and its socket factory for a socket; both ask the guard, so that the
address dialled is one that was checked, be it from a name or written in the URL.
"""

from __future__ import annotations

import socket
from typing import Any

import aiohttp
import httpx
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.connector import Connection
from aiohttp.http_exceptions import LineTooLong
from httpx_aiohttp import AiohttpTransport

from scraper.errors import TooLarge
from scraper.http.guard import Guard, check_port
from scraper.http.limits import Limits

DNS_TTL = 300  # seconds a checked answer is used for new connections


class GuardedResolver(AbstractResolver):
    """Gives aiohttp the checked addresses of a name."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 - the guard gives both
    ) -> list[ResolveResult]:
        """Raises RefusedURL if none of the addresses may be dialled, OSError if there is none."""
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in await self._guard.addresses(host, port)
        ]

    async def close(self) -> None:
        """Holds nothing."""


class PlainResponse(aiohttp.ClientResponse):
    """An answer whose reason phrase can be encoded; aiohttp keeps bytes that are no UTF-8 as half surrogate pairs."""

    async def start(self, connection: Connection) -> aiohttp.ClientResponse:
        """Reads the head of the answer."""
        await super().start(connection)
        if self.reason and not self.reason.isascii():
            self.reason = self.reason.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        return self


class CrawlTransport(AiohttpTransport):
    """httpx over guarded aiohttp. Raises `httpx.TransportError`, `TooLarge`, and `RefusedURL` from the guard."""

    def __init__(self, guard: Guard, limits: Limits, *, connections: int = 100) -> None:
        super().__init__()

        def open_socket(info: tuple[Any, ...]) -> socket.socket:
            family, kind, proto, _, address = info
            guard.check(address[0])
            check_port(address[1])
            opened = socket.socket(family, kind, proto)
            opened.setblocking(False)
            return opened

        def open_session() -> aiohttp.ClientSession:
            connector = aiohttp.TCPConnector(
                limit=connections,
                ssl=self.ssl_context,
                resolver=GuardedResolver(guard),
                ttl_dns_cache=DNS_TTL,
                socket_factory=open_socket,
            )
            return aiohttp.ClientSession(
                connector=connector,
                response_class=PlainResponse,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
                max_line_size=limits.header_bytes,
                max_field_size=limits.header_bytes,
                max_headers=limits.headers,
            )

        self.client = open_session

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Sends one request, without redirects, cookies or decoding."""
        try:
            return await super().handle_async_request(request)
        except aiohttp.ClientResponseError as error:
            if isinstance(error.__cause__, LineTooLong):
                raise TooLarge("a header field of the answer is too long") from error
            raise httpx.RemoteProtocolError(error.message) from error
        except httpx.ConnectTimeout as error:
            if isinstance(error.__cause__, TimeoutError):
                raise
            raise httpx.ReadError(str(error)) from error  # the server left without an answer
