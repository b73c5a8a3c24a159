"""A crawl's counts as Prometheus reads them, on a loopback port."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator

from scraper.crawl.work import HostState, Stats

Column = Callable[[HostState], float | None]

COLUMNS: tuple[tuple[str, str, str, Column], ...] = (
    ("pages_total", "counter", "Pages fetched.", lambda host: host.fetched),
    ("articles_total", "counter", "Articles found.", lambda host: host.articles),
    ("errors_total", "counter", "Failed fetches.", lambda host: host.errors),
    ("bytes_total", "counter", "Body bytes.", lambda host: host.bytes),
    ("queue_ready", "gauge", "URLs that could be fetched now.", lambda host: host.ready),
    ("queue_waiting", "gauge", "URLs due later.", lambda host: host.waiting),
    ("given_up", "gauge", "URLs given up.", lambda host: host.dead),
    ("rest_seconds", "gauge", "Seconds that the host is still left alone.", lambda host: _left(host.not_before)),
    ("last_article_timestamp_seconds", "gauge", "When an article was last new.", lambda host: host.last_article_at),
)


def text(stats: Stats) -> str:
    """The counts in the Prometheus text format 0.0.4, one sample a host."""
    return "\n".join(_lines(stats)) + "\n"


def _lines(stats: Stats) -> Iterator[str]:
    for name, kind, meaning, column in COLUMNS:
        yield f"# HELP kabar_{name} {meaning}"
        yield f"# TYPE kabar_{name} {kind}"
        for host in stats.hosts:
            value = column(host)
            if value is not None:
                yield f'kabar_{name}{{host="{_label(host.host)}"}} {value:.0f}'


def sample(name: str, value: float, **labels: str) -> str:
    """One line of the format.

    >>> sample("pages_total", 3, host="warta.example")
    'kabar_pages_total{host="warta.example"} 3'
    """
    marks = ",".join(f'{label}="{_label(text)}"' for label, text in labels.items())
    return f"kabar_{name}{f'{{{marks}}}' * bool(marks)} {value:.10g}"


def _left(moment: float) -> float:
    return max(0.0, moment - time.time())


def _label(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


async def serve(port: int, stats: Callable[[], Stats]) -> asyncio.Server:
    """Answers each request on 127.0.0.1 with the present counts.

    Raises:
        OSError: the port is taken.
    """

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
            body = text(stats()).encode()
            head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nConnection: close\r\n"
            writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, ConnectionError):
            pass  # a reader that leaves; the crawl goes on
        finally:
            writer.close()

    return await asyncio.start_server(answer, "127.0.0.1", port, limit=16_384)
