"""What Prometheus reads of a monitor at /metrics: its store, its sites, and how quickly it answers."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kabar.metrics import sample
from kabar.monitor.events import Streams
from kabar.monitor.settings import reading
from kabar.store.keys import BITS
from kabar.store.store import Store

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Upper bounds in seconds."""
ENDLESS = "stream"


class Measures:
    """Counts of the requests of one application; to be used from its event loop only.

    Args:
        routes: of the application; their first parts are the names under which requests are counted, so that nobody can
            make up new ones.
    """

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        paths = (route.path for route in routes if isinstance(route, Route | Mount))
        self.names = frozenset(_first(path) for path in paths)
        self.requests: Counter[tuple[str, int]] = Counter()
        self.durations: dict[str, list[int]] = {}
        self.seconds: Counter[str] = Counter()

    def count(self, path: str, status: int, seconds: float) -> None:
        """Counts one request; of a stream, which lasts as long as its reader wants, not its time."""
        name = _first(path)
        name = name if name in self.names else "other"
        self.requests[name, status] += 1
        if name != ENDLESS:
            self.durations.setdefault(name, [0] * (len(BUCKETS) + 1))[bisect_left(BUCKETS, seconds)] += 1
            self.seconds[name] += seconds  # type: ignore[assignment]

    def lines(self) -> Iterator[str]:
        """All counts."""
        yield from _head("requests_total", "counter", "Requests answered.")
        for (name, status), count in sorted(self.requests.items()):
            yield sample("requests_total", count, page=name, status=str(status))
        yield from _head("request_duration_seconds", "histogram", "Time to answer a request.")
        for name, counts in sorted(self.durations.items()):
            total = 0
            for bound, count in zip((*map(str, BUCKETS), "+Inf"), counts, strict=True):
                total += count
                yield sample("request_duration_seconds_bucket", total, page=name, le=bound)
            yield sample("request_duration_seconds_sum", self.seconds[name], page=name)
            yield sample("request_duration_seconds_count", total, page=name)


class Measured:
    """ASGI middleware that counts in `app.state.measures`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, and counts it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, sending)
        finally:
            scope["app"].state.measures.count(scope["path"], status, time.perf_counter() - began)


def metrics(request: Request) -> Response:
    """The counts in the Prometheus text format 0.0.4."""
    with reading(request) as store:
        lines = [*_of_store(store), *_of_streams(request.app.state.streams), *request.app.state.measures.lines()]
    return Response("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4; charset=utf-8")


def _of_store(store: Store) -> Iterator[str]:
    db = store.connection
    rows = db.execute(
        "SELECT key, (SELECT sum(articles) FROM tally y WHERE y.entity = e.entity AND length(period) = 4), "  # noqa: S608 - our own number
        f"(SELECT max(article) >> {BITS} FROM tag t WHERE t.entity = e.entity) "
        "FROM entity e WHERE type = 'site' ORDER BY key"
    ).fetchall()
    (total,) = db.execute("SELECT sum(articles) FROM tally WHERE entity = 0 AND length(period) = 4").fetchone()
    (size,) = db.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()").fetchone()
    yield from _head("store_articles", "gauge", "Articles in the store.")
    yield sample("store_articles", total or 0)
    yield from _head("store_bytes", "gauge", "Size of the store.")
    yield sample("store_bytes", size)
    yield from _head("site_articles", "gauge", "Articles of a site in the store.")
    for site, articles, last in rows:
        if last is not None:
            yield sample("site_articles", articles, site=site)
    yield from _head("site_last_article_timestamp_seconds", "gauge", "When a site's newest article was published.")
    for site, _, last in rows:
        if last is not None:
            yield sample("site_last_article_timestamp_seconds", last, site=site)


def _of_streams(streams: Streams) -> Iterator[str]:
    yield from _head("open_streams", "gauge", "Readers of new articles.")
    yield sample("open_streams", streams.open)


def _head(name: str, kind: str, meaning: str) -> Iterator[str]:
    yield f"# HELP kabar_{name} {meaning}"
    yield f"# TYPE kabar_{name} {kind}"


def _first(path: str) -> str:
    return path.strip("/").partition("/")[0] or "overview"


ROUTES: list[BaseRoute] = [Route("/metrics", metrics)]
