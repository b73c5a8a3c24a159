"""What went over the wire: the requests and answers behind a `Page`, as an archive wants them."""

from __future__ import annotations

import msgspec

from scraper.page import Page


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """One request and its answer.

    Attributes:
        url: the address asked for, without fragment and credentials.
        request_headers: as sent, in order; names as sent, `Authorization` left out.
        http_version: `HTTP/1.1` or `HTTP/2`.
        status: HTTP status.
        reason: the reason phrase; empty where HTTP/2 sends none.
        headers: response headers in order, names and values as received.
        wire: the body as received: chunking removed, content coding (gzip, br, ...) still on. Of a redirect or an
            error page only the first `Limits.error_bytes`.
        sent_at: ISO 8601 in UTC, when the request went out.
        seconds: from then to the last byte.
    """

    url: str
    request_headers: tuple[tuple[str, str], ...]
    http_version: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    wire: bytes
    sent_at: str
    seconds: float = 0.0


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """A page with all that was exchanged for it.

    Attributes:
        page: what the cleaner reads.
        exchanges: one a hop, redirects first; the last one answered with the page (or 304).
        seconds: from the first request to the last byte, robots.txt apart.
    """

    page: Page
    exchanges: tuple[Exchange, ...]
    seconds: float
