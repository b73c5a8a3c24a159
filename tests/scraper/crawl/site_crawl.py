"""The least crawler that the pieces make: frontier, client, archive and discovery, without cleaning. To be killed.

python site_crawl.py FOLDER START...
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from scraper.crawl.archive import Archive
from scraper.crawl.frontier import Frontier
from scraper.crawl.work import Done, Lease
from scraper.discover import discover, seeds
from scraper.errors import FetchError
from scraper.http.client import Client
from scraper.http.guard import PRIVATE, Guard


async def crawl(folder: Path, starts: list[str]) -> None:
    with Frontier(folder / "frontier.sqlite", batch=8) as frontier, Archive(folder / "warc") as archive:
        async with Client(guard=Guard(PRIVATE)) as client:

            async def work(lease: Lease) -> None:
                try:
                    fetched = await client.fetch(lease.url)
                except FetchError as error:
                    frontier.fail(lease, error.reason)
                    return
                stored = await archive.write(fetched, lease)
                links = discover(fetched.page, lease.kind, depth=lease.depth).links
                done = Done(archived=stored.archived, payload=stored.payload, article=lease.kind == "article")
                frontier.complete(lease, done, links)

            frontier.add_many(link for start in starts for link in seeds(start))
            tasks: set[asyncio.Task[None]] = set()
            while True:
                leases = frontier.claim(8 - len(tasks), per_host=4)
                tasks |= {asyncio.create_task(work(lease)) for lease in leases}
                if not tasks:
                    return
                done, tasks = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    task.result()


if __name__ == "__main__":
    asyncio.run(crawl(Path(sys.argv[1]), sys.argv[2:]))
    print("done")
