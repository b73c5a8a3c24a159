"""`crawl`: a run over a real server, whose articles are what stands in a page's `<article>`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scraper.article import Article, Timestamp
from scraper.crawl.crawler import Crawler, Pace
from scraper.crawl.frontier import Frontier
from scraper.crawl.work import HostState
from scraper.discover import seeds
from scraper.discover.found import Link
from scraper.http.client import Client
from scraper.http.guard import PRIVATE, Guard
from scraper.page import Page
from scraper.sites import NO_SITES, Registry


async def handle(page: Page, parts: object = None) -> Article | None:
    """An article is what stands in a page's element of that name, of the day that it tells."""
    text = page.body.decode()
    day = text.partition("<time>")[2].partition("</time>")[0]
    published = Timestamp(value=day, precision="day") if day else None
    return Article(id=page.url or "", text=text, published=published) if "<article>" in text else None


class Ran:
    """What a run fetched and told."""

    def __init__(self, server: Any, told: list[str], host: HostState, articles: int) -> None:
        self.asked = [request.target for request in server.requests]
        self.told, self.host, self.articles = told, host, articles


@pytest.fixture
def crawl(tmp_path: Path) -> Callable[..., Ran]:
    """Runs a crawl of a server from its home page, or from `links`, until nothing is due."""

    def crawl(
        server: Any, *, links: tuple[Link, ...] | None = None, since: float | None = None, sites: Registry = NO_SITES
    ) -> Ran:
        told: list[str] = []
        server.requests.clear()

        async def run() -> Ran:
            with Frontier(tmp_path / "frontier.sqlite") as frontier:
                frontier.revisit(seeds(server.url + "/") if links is None else links)
                async with Client(guard=Guard(PRIVATE)) as client:
                    age = None if since is None else time.time() - since
                    pace = Pace(delay=0.0, max_age=age, patience=0.0, max_pages=500)
                    crawler = Crawler(frontier, client, None, handle, pace, told.append, sites=sites)
                    progress = await crawler.run(asyncio.Event())
                    return Ran(server, told, frontier.host(f"127.0.0.1:{server.port}"), progress.articles)

        return asyncio.run(run())

    return crawl
