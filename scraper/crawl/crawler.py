"""The workers: lease, fetch, archive, hand over, complete; in this order, so that a kill loses nothing.

A page counts as fetched only after its bytes are in the archive and its article has been handled; what a kill cuts off
before that is fetched once more. robots.txt is the client's work, the queue the frontier's; here is the pace.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from scraper.crawl.archive import Archive
from scraper.crawl.frontier import Frontier
from scraper.crawl.work import Done, Lease
from scraper.discover import discover
from scraper.discover.found import Link
from scraper.errors import DiscoverError, FetchError, HTTPStatus
from scraper.http.client import Client
from scraper.page import Page

Handle = Callable[[Page], Awaitable[bool]]
"""Takes an article page and tells whether it was one; what it writes must be durable when it returns."""

BUSY = frozenset({429, 503})
MISSING = frozenset({404, 410})
DRAIN = 4.0  # seconds that pages in work have to end after a stop
PATIENCE = 30.0  # seconds to wait for what is due later before a run ends
BACK_OFF = 60.0  # seconds that a busy host is left alone if it names no time


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a crawl may go.

    Attributes:
        concurrency: pages in work at once, over all hosts.
        per_host: the same for one host; 1 where a delay is kept.
        delay: seconds between two requests to one host; robots.txt may ask for more.
        max_pages: pages of a run, or None.
        since: seconds since 1970; older articles are not followed.
    """

    concurrency: int = 16
    per_host: int = 2
    delay: float = 1.0
    max_pages: int | None = None
    since: float | None = None


@dataclass(slots=True)
class Progress:
    """What a run has done so far."""

    pages: int = 0
    articles: int = 0
    failed: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Crawler:
    """One run over a frontier.

    Attributes:
        frontier: the queue.
        client: fetches.
        archive: keeps the bytes; None keeps none.
        handle: takes article pages; None leaves them to the archive.
        pace: how fast.
        told: hears of each problem, one line.
    """

    frontier: Frontier
    client: Client
    archive: Archive | None
    handle: Handle | None
    pace: Pace
    told: Callable[[str], None]
    progress: Progress = field(default_factory=Progress)

    async def run(self, stop: asyncio.Event) -> Progress:
        """Works until nothing is due soon, the page limit is reached, or `stop` is set; then drains."""
        tasks: set[asyncio.Task[None]] = set()
        stopping = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                tasks |= {asyncio.create_task(self._work(lease)) for lease in self._claim(len(tasks))}
                if not tasks and not await self._wait(stop):
                    break
                if tasks:
                    tasks = await self._some(tasks, stopping)
                self.frontier.commit_if_due()
            await self._drain(tasks)
        finally:
            stopping.cancel()
            self.frontier.commit()
        return self.progress

    def _claim(self, busy: int) -> list[Lease]:
        room = self.pace.concurrency - busy
        if self.pace.max_pages is not None:
            room = min(room, self.pace.max_pages - self.progress.pages - busy)
        return self.frontier.claim(room, per_host=self.pace.per_host) if room > 0 else []

    async def _wait(self, stop: asyncio.Event) -> bool:
        """Sleeps until something is due; False if nothing is within `PATIENCE`, or no page is left to this run."""
        if self.pace.max_pages is not None and self.progress.pages >= self.pace.max_pages:
            return False
        due = self.frontier.next_due()
        if due is None or due - time.time() > PATIENCE:
            return False
        try:
            await asyncio.wait_for(stop.wait(), max(due - time.time(), 0.01))
        except TimeoutError:
            return True
        return False

    async def _some(self, tasks: set[asyncio.Task[None]], stopping: asyncio.Task[bool]) -> set[asyncio.Task[None]]:
        done, _ = await asyncio.wait({*tasks, stopping}, timeout=0.5, return_when=asyncio.FIRST_COMPLETED)
        for task in done & tasks:
            task.result()
        return tasks - done

    async def _drain(self, tasks: set[asyncio.Task[None]]) -> None:
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=DRAIN)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _work(self, lease: Lease) -> None:
        try:
            await self._fetch(lease)
        except FetchError as error:
            self._failed(lease, error)
        except asyncio.CancelledError:
            self.frontier.release(lease)
            raise

    async def _fetch(self, lease: Lease) -> None:
        fetched = await self.client.fetch(lease.url)
        page = fetched.page
        stored = await self.archive.write(fetched, lease) if self.archive is not None else None
        links = self._links(page, lease)
        article = await self.handle(page) if lease.kind == "article" and self.handle is not None else None
        self._keep_pace(lease)
        done = Done(
            status=page.status,
            size=len(page.body),
            aliases=self._aliases(lease, page),
            article=article,
            archived=stored.archived if stored else None,
            payload=stored.payload if stored else None,
        )
        self.frontier.complete(lease, done, links)
        self.progress.pages += 1
        self.progress.articles += bool(article)

    def _aliases(self, lease: Lease, page: Page) -> tuple[str, ...]:
        final = page.final_url or page.url
        return (final,) if final and final != lease.url and lease.kind == "article" else ()

    def _links(self, page: Page, lease: Lease) -> tuple[Link, ...]:
        if lease.kind == "article":
            return ()
        try:
            return discover(page, lease.kind, since=self.pace.since, depth=lease.depth).links
        except DiscoverError as error:
            self.told(f"{lease.url}: {error.reason}")
            return ()

    def _keep_pace(self, lease: Lease) -> None:
        """Keeps the delay of a host: ours, or robots.txt's where it asks for a longer one."""
        rules = self.client.robots.known(lease.url.split(lease.host)[0] + lease.host) if self.client.robots else None
        delay = max(self.pace.delay, (rules.delay or 0.0) if rules is not None else 0.0)
        if delay > 0:
            self.frontier.set_host(lease.host, delay=delay, not_before=time.time() + delay)

    def _failed(self, lease: Lease, error: FetchError) -> None:
        """A failed fetch goes back with a due time or is given up; a busy server backs off the whole host."""
        guessed = lease.kind != "article" and isinstance(error, HTTPStatus) and error.status in MISSING
        if not guessed:  # a sitemap or feed that was only looked for is no failure
            self.progress.failed += 1
            self.told(f"{lease.url}: {error.reason}")
        retry_at = None
        if isinstance(error, HTTPStatus) and error.status in BUSY:
            retry_at = time.time() + (error.retry_after or BACK_OFF)
            self.frontier.set_host(lease.host, not_before=retry_at)
        self.frontier.fail(lease, error.reason, retry_at=retry_at)
