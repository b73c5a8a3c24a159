"""A crawl without a network, to be killed: claims, archives, completes, and tells each commit on its output.

    python killed_crawl.py FOLDER COUNT

Each "page" is made up from its address. What is written to `fetched.log` before a fetch and to standard output after a
commit lets the test tell what was done twice.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from scraper.crawl.archive import Archive
from scraper.crawl.frontier import Frontier
from scraper.crawl.work import Done, Lease
from scraper.discover.found import Link
from scraper.http.exchange import Exchange, Fetched
from scraper.page import Page


def made_up(url: str) -> Fetched:
    body = f"<html><body><h1>{url}</h1>{'<p>Banjir surut.</p>' * 200}</body></html>".encode()
    exchange = Exchange(
        url=url, request_headers=(("User-Agent", "kabar"),), http_version="HTTP/1.1", status=200, reason="OK",
        headers=(("Content-Type", "text/html"),), wire=body, sent_at="2026-01-01T00:00:00Z",
    )  # fmt: skip
    return Fetched(page=Page(body=body, url=url, final_url=url), exchanges=(exchange,), seconds=0.0)


def links(number: int, count: int) -> list[Link]:
    """Every page tells of the next ten, so that the queue grows while it is worked off."""
    told = range(number * 10 + 1, min(number * 10 + 11, count))
    return [Link(url=f"https://h{n % 7}.example/read/{n}/banjir", kind="article") for n in told]


async def crawl(folder: Path, count: int) -> None:
    fetched = (folder / "fetched.log").open("a", buffering=1)
    with (
        Frontier(folder / "frontier.sqlite", batch=30, sync=False) as frontier,
        Archive(folder / "warc", sync=False) as archive,
    ):
        frontier.add_many([Link(url="https://h0.example/read/0/banjir", kind="article")])
        told: list[str] = []

        async def work(lease: Lease) -> None:
            number = int(lease.url.split("/")[4])
            await asyncio.sleep(0.004 * (number % 4))
            fetched.write(f"{number}\n")
            stored = await archive.write(made_up(lease.url), lease)
            frontier.complete(
                lease, Done(archived=stored.archived, payload=stored.payload, article=True), links(number, count)
            )
            told.append(str(number))

        while leases := frontier.claim(12, per_host=3):
            frontier.commit()  # leases are in the file while they are out, as after a second of a real crawl
            await asyncio.gather(*(work(lease) for lease in leases))
            frontier.commit()
            print("\n".join(told), flush=True)
            told.clear()
    print("done", flush=True)


if __name__ == "__main__":
    asyncio.run(crawl(Path(sys.argv[1]), int(sys.argv[2])))
