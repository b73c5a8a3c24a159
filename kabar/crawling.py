"""A crawl into a folder: the queue, the archive, and the store of tagged articles that it fills.

    DIR/frontier.sqlite   the queue          DIR/warc/       every page as it came
    DIR/news.db           tagged articles    DIR/articles.jsonl   the same as lines, written anew when a run ends

Articles are put into the store under their ids before their URL is completed: a kill in between fetches a page once
more and finds its article known.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kabar import metrics
from kabar.starts import read_list
from kabar.store import Query, open_store
from scraper.crawl.archive import Archive
from scraper.crawl.crawler import Crawler, Pace, Progress
from scraper.crawl.frontier import Frontier
from scraper.crawl.work import Stats
from scraper.discover.found import Link
from scraper.errors import CrawlError
from scraper.http.client import Client, user_agent
from scraper.http.guard import PRIVATE, Guard
from scraper.http.limits import Limits
from scraper.sites import Registry, default_registry

if TYPE_CHECKING:
    from kabar.desk import Desk

QUEUE, STORE, WARC, LINES = "frontier.sqlite", "news.db", "warc", "articles.jsonl"
SILENCE = 12 * 3600.0  # seconds without a new article after which a site is called silent
QUEUED_AT_ONCE = 1_000
LEASE = 4 * 3600.0  # seconds; a page may have to wait for a worker, behind others that each take it twice two minutes
LINES_SECONDS = 1.5  # after a signal; 100,000 articles take four seconds to write
PUBLISHES = 5  # articles that a site must have given to be expected to give more

Watch = Callable[[Progress, Stats, float], None]
"""Is shown the counts of a run, the queue, and the seconds that it has run."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a crawl shall do.

    Attributes:
        folder: where everything goes.
        links: what to ask first.
        sites: definitions of publishers.
        pace: how fast.
        urls: a file of addresses, one a line (`kabar.starts.read_list`).
        allow_private: also fetch from private and loopback addresses.
        ignore_robots: fetch whatever robots.txt says.
        archive: keep WARC files.
        tag: clean and tag; else the pages are only archived.
        rules_only: tag without the model.
        jobs: worker processes that clean and tag; 0 leaves one processor to the crawl.
        store: where articles go in place of the folder's own store.
        every: seconds between the end of a round and the next; None for one round.
        metrics: loopback port for Prometheus, or None.
        contact: where a site reaches who runs this.
    """

    folder: Path
    links: tuple[Link, ...]
    pace: Pace
    sites: Registry = field(default_factory=default_registry)
    urls: Path | None = None
    allow_private: bool = False
    ignore_robots: bool = False
    archive: bool = True
    tag: bool = True
    rules_only: bool = False
    jobs: int = 0
    store: Path | None = None
    every: float | None = None
    metrics: int | None = None
    contact: str | None = None

    @property
    def store_path(self) -> Path:
        """Where articles go."""
        return self.store or self.folder / STORE


def crawl(plan: Plan, told: Callable[[str], None], watch: Watch | None = None) -> Progress:
    """Runs a crawl until nothing is due soon or a signal asks it to end; the next run goes on where it stopped.

    Args:
        plan: what to do.
        told: hears of each problem, one line.
        watch: is shown the counts once a second.

    Raises:
        CrawlError: the folder cannot be written, or another crawl holds it.
    """
    plan.folder.mkdir(parents=True, exist_ok=True)
    desk = _desk(plan, told) if plan.tag else None
    lines = Lines(plan.store_path, plan.folder / LINES)
    try:
        progress = asyncio.run(_crawl(plan, desk, lines, told, watch))
    finally:
        if desk is not None:
            desk.close()
    ends = time.monotonic() + LINES_SECONDS
    if plan.tag and not lines.write(progress, lambda: progress.ended_by is None or time.monotonic() < ends):
        told(f"{lines.path}: too long to be written at once; the next run does it, or `kabar export`")
    return progress


def _desk(plan: Plan, told: Callable[[str], None]) -> Desk:
    from kabar.desk import Desk  # what only fetches needs no tagger
    from kabar.pipeline import Tagging, clean_text
    from kabar.workers import usable_processors

    task = Tagging(clean_text, rules_only=plan.rules_only, sites=plan.sites).beside_others()
    return Desk(plan.store_path, task, plan.jobs or max(1, usable_processors() - 1), told)


async def _crawl(
    plan: Plan, desk: Desk | None, lines: Lines, told: Callable[[str], None], watch: Watch | None
) -> Progress:
    from scraper.http.via_aiohttp import CrawlTransport

    guard = Guard(PRIVATE) if plan.allow_private else Guard()
    stop = asyncio.Event()
    with contextlib.ExitStack() as held:
        frontier = held.enter_context(Frontier(plan.folder / QUEUE, lease_seconds=LEASE))
        archive = held.enter_context(Archive(plan.folder / WARC)) if plan.archive else None
        _queue(plan, frontier, told)
        transport = CrawlTransport(guard, Limits())
        agent = user_agent(plan.contact)
        async with Client(guard=guard, agent=agent, transport=transport, ignore_robots=plan.ignore_robots) as client:
            crawler = Crawler(
                frontier, client, archive, desk.handle if desk else None, plan.pace, told, sites=plan.sites
            )
            _end_on_signals(stop, crawler.progress)
            async with _observed(crawler, plan.metrics, watch):
                await _rounds(crawler, plan, lines, stop)
            return crawler.progress


def _queue(plan: Plan, frontier: Frontier, told: Callable[[str], None]) -> None:
    """Asks again what tells of articles; of articles, what is done stays done."""
    listed = read_list(plan.urls, plan.sites, told) if plan.urls is not None else ()
    links = chain(plan.links, listed)
    while some := list(islice(links, QUEUED_AT_ONCE)):
        frontier.revisit(link for link in some if link.kind != "article")
        frontier.add_many(link for link in some if link.kind == "article")


def _end_on_signals(stop: asyncio.Event, progress: Progress) -> None:
    """Ctrl-C, and SIGTERM, with which services are ended, both end a run in order."""

    def end(number: int) -> None:
        progress.ended_by = number
        stop.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):  # not the main thread, or Windows
            loop.add_signal_handler(number, end, number)


async def _rounds(crawler: Crawler, plan: Plan, lines: Lines, stop: asyncio.Event) -> None:
    """One round, or one after the other until a signal; what a round brought is readable when it ends."""
    if plan.every is None:
        await crawler.run(stop)
        return
    books = Books(crawler, lines if plan.tag else None, stop)
    limit = plan.pace.max_pages
    async with _kept(books, plan.every):
        while True:
            await crawler.run(stop)
            if stop.is_set() or (limit is not None and crawler.progress.pages >= limit):
                return
            await books.bring_up_to_date()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), plan.every)


@contextlib.asynccontextmanager
async def _kept(books: Books, every: float) -> AsyncIterator[None]:
    """Brings the books up to date every so often: over many sites something is always due, and a round has no end."""

    async def keep() -> None:
        try:
            while True:
                await asyncio.sleep(every)
                await books.bring_up_to_date()
        finally:
            books.stop.set()  # what is wrong with the store ends the crawl

    keeping = asyncio.create_task(keep())
    try:
        yield
    finally:
        keeping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeping


@dataclass(slots=True)
class Books:
    """What is done between rounds, and now and then within a long one: lines, silent hosts, how far back is looked."""

    crawler: Crawler
    lines: Lines | None
    stop: asyncio.Event
    silent: frozenset[str] = frozenset()
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def bring_up_to_date(self) -> None:
        """Writes the lines, tells which hosts have fallen silent, and moves on how far back the crawl looks."""
        async with self.lock:
            if self.lines is not None:
                await asyncio.to_thread(self.lines.write, self.crawler.progress, lambda: not self.stop.is_set())
            silent = silent_hosts(self.crawler.frontier.stats(), time.time())
            for host in sorted(silent - self.silent):
                hours = f"{SILENCE / 3600:.0f} hours"
                self.crawler.told(f"{host}: it has published before, and given no new article for {hours}")
            self.silent = silent
            self.crawler.look_back()


def silent_hosts(stats: Stats, now: float) -> frozenset[str]:
    """Hosts that have given articles, and no new one for `SILENCE`."""
    return frozenset(
        host.host
        for host in stats.hosts
        if host.articles >= PUBLISHES and host.last_article_at is not None and now - host.last_article_at > SILENCE
    )


@contextlib.asynccontextmanager
async def _observed(crawler: Crawler, port: int | None, watch: Watch | None) -> AsyncIterator[None]:
    """Shows a crawl while it runs: to Prometheus, and on the terminal."""
    server = await metrics.serve(port, crawler.frontier.stats) if port is not None else None
    began = time.monotonic()

    async def show(watch: Watch) -> None:
        with contextlib.suppress(CrawlError):  # of a frontier that failed, the run will tell
            while True:
                await asyncio.sleep(1)
                watch(crawler.progress, crawler.frontier.stats(), time.monotonic() - began)

    showing = asyncio.create_task(show(watch)) if watch is not None else None
    try:
        yield
    finally:
        if showing is not None:
            showing.cancel()
        if server is not None:
            server.close()


@dataclass(slots=True)
class Lines:
    """All articles of a store as JSON Lines, in place of the last ones at once.

    Attributes:
        store: the store's file.
        path: the file of lines.
        written: articles that the run had brought when they were last written.
    """

    store: Path
    path: Path
    written: int | None = None

    def write(self, progress: Progress, go_on: Callable[[], bool]) -> bool:
        """Writes them, if the run has brought any since; False if it had to stop before the end."""
        articles = progress.articles
        if articles == self.written or not self.store.exists():
            return True
        part = self.path.with_name(f"{self.path.name}.part")
        encode = msgspec.json.Encoder().encode
        with open_store(self.store) as store, part.open("wb") as stream:
            for article in store.articles(Query()):
                if not go_on():
                    return False
                stream.write(encode(article) + b"\n")
        part.replace(self.path)
        self.written = articles
        return True
