"""The workers: lease, fetch, archive, hand over, complete; in this order, so that a kill loses nothing.

A page counts as fetched only after its bytes are in the archive and its article has been handled; what a kill cuts off
before that is fetched once more. robots.txt is the client's work, the queue the frontier's; here is the pace.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from math import inf

import msgspec

from scraper.article import Article
from scraper.crawl.archive import Archive
from scraper.crawl.extraction import Held, LinkExtractor, was_looked_for
from scraper.crawl.failure import elsewhere, is_closed, verdict
from scraper.crawl.frontier import Frontier
from scraper.crawl.pacing import KeptTurns
from scraper.crawl.parts import further_addresses
from scraper.crawl.schedule import age_of, next_interval
from scraper.crawl.sketch import content_digest, simhash
from scraper.crawl.work import Done, Lease
from scraper.discover.urls import host_of, origin_of
from scraper.errors import FetchError, HandlingError, HostBusy, HTTPStatus, InLine
from scraper.http.client import Client
from scraper.http.exchange import Fetched
from scraper.http.turns import Visit
from scraper.page import Page
from scraper.sites import NO_SITES, Registry

Handle = Callable[[Page, tuple[Page, ...]], Awaitable[Article | None]]
"""Takes the page of an article, and its further pages if it stands on several, and gives the article, or None if there
is none; what it writes is durable when it returns.

It raises `HandlingError` for a page that it cannot work on; the page is given up then.
"""

NOT_MODIFIED = 304
MISSING = frozenset({404, 410})
PARTS_AGAIN = 3600.0  # seconds until an old article is asked once more for further pages that a host in trouble kept
GRACE = 0.5  # seconds that hosts have to answer after a stop
DRAIN = 3.0  # seconds that pages in work have to end after a stop


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a crawl may go.

    Attributes:
        concurrency: pages in work at once, over all hosts.
        per_host: the same for one host; 1 where a delay is kept.
        delay: seconds between two requests to one host; robots.txt may ask for more.
        max_pages: pages of a run, or None.
        max_age: seconds; what is older is not followed, as seen when a run begins (see `Crawler.look_back`).
        patience: seconds to wait for what is due later before a run ends.
        again: visit pages again that become due again during a run; a run over many pages has no end then.
    """

    concurrency: int = 16
    per_host: int = 2
    delay: float = 1.0
    max_pages: int | None = None
    max_age: float | None = None
    patience: float = 30.0
    again: bool = False


@dataclass(slots=True)
class Progress:
    """What a run has done so far, and the number of the signal that ended it, if one did."""

    pages: int = 0
    articles: int = 0
    failed: int = 0
    ended_by: int | None = None


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
        sites: definitions of publishers.
        clock: seconds since 1970, as the frontier counts them.
    """

    frontier: Frontier
    client: Client
    archive: Archive | None
    handle: Handle | None
    pace: Pace
    told: Callable[[str], None]
    sites: Registry = NO_SITES
    progress: Progress = field(default_factory=Progress)
    clock: Callable[[], float] = time.time
    _turns: KeptTurns = field(init=False)
    _asking: set[asyncio.Task[None]] = field(default_factory=set)
    _extractor: LinkExtractor = field(init=False)

    def __post_init__(self) -> None:
        self._turns = KeptTurns(self.frontier, self.pace.delay, self.client.robots, self._at_once)
        self._extractor = LinkExtractor(self.frontier, self.client.robots, self.told, sites=self.sites)

    async def run(self, stop: asyncio.Event) -> Progress:
        """Works until nothing is due soon, the page limit is reached, or `stop` is set; then drains."""
        self.look_back()
        self.frontier.visit_within(inf if self.pace.again else 0.0)
        tasks: set[asyncio.Task[None]] = set()
        stopping = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                tasks |= {asyncio.create_task(self._work(lease)) for lease in self._wanted(len(tasks))}
                if not tasks and not await self._wait(stop):
                    break
                if tasks:
                    tasks = await self._some(tasks, stopping)
                self.frontier.commit_if_due()
            await self._drain(tasks)
        finally:
            for task in (stopping, *tasks):  # of several that failed, one is raised
                task.cancel()
            await asyncio.gather(stopping, *tasks, return_exceptions=True)
        self.frontier.commit()
        return self.progress

    def look_back(self) -> None:
        """Moves the moment up to which `Pace.max_age` looks back; each run does so when it begins."""
        if self.pace.max_age is not None:
            self._extractor.look_back_to(self.clock() - self.pace.max_age)

    @property
    def _at_once(self) -> int:
        """Pages of one host that may be in work at once."""
        return 1 if self.pace.delay else self.pace.per_host

    def _claim(self, busy: int) -> list[Lease]:
        room = self.pace.concurrency - busy
        if self.pace.max_pages is not None:
            room = min(room, self.pace.max_pages - self.progress.pages - busy)
        return self.frontier.claim(room, per_host=self._at_once) if room > 0 else []

    def _wanted(self, busy: int) -> list[Lease]:
        """Claims, and passes over what has turned out not worth asking while it was queued."""
        wanted = []
        for lease in self._claim(busy):
            if self._extractor.refuses(lease):
                self.frontier.pass_over(lease, "others of its form were not what they were taken for")
            else:
                wanted.append(lease)
        return wanted

    async def _wait(self, stop: asyncio.Event) -> bool:
        """Sleeps until something is due; False if nothing is due soon, or no page is left to this run."""
        if self.pace.max_pages is not None and self.progress.pages >= self.pace.max_pages:
            return False
        wait = self.frontier.due_in()
        if wait is None or wait > self.pace.patience:
            return False
        self.frontier.commit_if_due(0.0)  # nothing else would for as long as it sleeps
        try:
            await asyncio.wait_for(stop.wait(), max(wait, 0.01))
        except TimeoutError:
            return True
        return False

    async def _some(self, tasks: set[asyncio.Task[None]], stopping: asyncio.Task[bool]) -> set[asyncio.Task[None]]:
        done, _ = await asyncio.wait({*tasks, stopping}, timeout=0.5, return_when=asyncio.FIRST_COMPLETED)
        for task in done & tasks:
            task.result()
        return tasks - done

    async def _drain(self, tasks: set[asyncio.Task[None]]) -> None:
        """Lets pages end that are being worked on; those whose hosts do not answer soon stay queued."""
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=GRACE)
        for task in late & self._asking:
            task.cancel()
        _, late = await asyncio.wait(tasks, timeout=DRAIN - GRACE)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        for task in tasks:
            if not task.cancelled():
                task.result()  # what went wrong at the end is told too

    async def _work(self, lease: Lease) -> None:
        visit = self._turns.visit(origin_of(lease.url))
        try:
            await self._fetch(lease, visit)
        except FetchError as error:
            if isinstance(error, HostBusy) and visit.host == lease.host:
                self.frontier.release(lease)
                self.frontier.set_host(lease.host, rest=error.retry_after)
            else:
                self._failed(lease, error, visit.host)
        except HandlingError as error:
            self._told_failed(lease, error.reason)
            self.frontier.fail(lease, error.reason)
        except asyncio.CancelledError:
            self.frontier.release(lease)
            raise

    async def _fetch(self, lease: Lease, visit: Visit) -> None:
        fetched = await self._asked(lease.url, visit, _conditions(lease))
        page = fetched.page
        stored = await self.archive.write(fetched, lease) if self.archive is not None else None
        wanted = lease.kind == "article" and self.handle is not None and page.status != NOT_MODIFIED
        parts, whole = await self._further_pages(page, lease) if wanted else ((), True)
        article = await self.handle(page, parts) if wanted and self.handle is not None else None
        held = _held(article) if wanted else None
        links = await self._extractor.links(page, lease, held)
        digest = _digest(page, article)
        changed = digest is not None and digest != lease.digest
        age = age_of(lease.published, lease.found_at, self.clock())
        revisit = next_interval(lease.kind, changed=changed, interval=lease.interval, age=age)
        done = Done(
            status=page.status,
            etag=_header(page, "etag") if whole else None,
            last_modified=_header(page, "last-modified") if whole else None,
            digest=digest,
            sketch=held.sketch if held is not None else None,
            size=len(page.body),
            aliases=(*self._extractor.aliases(page, lease), *(part.url for part in parts if part.url)),
            article=held.article if held is not None else None,
            archived=stored.archived if stored else None,
            payload=stored.payload if stored else None,
            revisit_after=revisit or (None if whole or lease.interval else PARTS_AGAIN),
        )
        self.frontier.complete(lease, done, links)
        self.progress.pages += 1
        self.progress.articles += article is not None

    async def _further_pages(self, page: Page, lease: Lease) -> tuple[tuple[Page, ...], bool]:
        """The rest of an article on several pages, asked in the turn of the host that gave the first one.

        Returns:
            The pages, and False if the host got in trouble over them: the next visit shall ask for the article anew.
        """
        pages: list[Page] = []
        origin = origin_of(page.final_url or lease.url)
        for address in further_addresses(page, self._turns.delay(host_of(origin))):
            visit = self._turns.visit(origin)
            try:
                fetched = await self._asked(address, visit)
            except FetchError as error:
                self.told(f"{address}: a further page of {lease.url} is missing: {error.reason}")
                if isinstance(error, HostBusy) or self._spare(visit.host, error, lease.attempt) is not None:
                    return tuple(pages), False
                continue
            if self.archive is not None:
                await self.archive.write(fetched)
            pages.append(fetched.page)
        return tuple(pages), True

    async def _asked(self, url: str, visit: Visit, conditions: Mapping[str, str] | None = None) -> Fetched:
        """Asks for a page when it is its turn, and sets the pace of each host that it met on its way."""
        with self._waiting_for_host():
            async with visit:
                fetched = await self.client.fetch(url, conditions, visit.arrive)
        self._turns.answered(fetched)
        return fetched

    @contextlib.contextmanager
    def _waiting_for_host(self) -> Iterator[None]:
        """Marks a page's task as one that has nothing to lose but an answer."""
        task = asyncio.current_task()
        assert task is not None
        self._asking.add(task)
        try:
            yield
        finally:
            self._asking.discard(task)

    def _failed(self, lease: Lease, error: FetchError, host: str) -> None:
        """A failed page goes back with a due time or is given up; a host in trouble is left alone for a while.

        Args:
            lease: of the page.
            error: why it could not be had.
            host: where it was asked for last.
        """
        missing = isinstance(error, HTTPStatus) and error.status in MISSING
        if missing:
            self._extractor.failed(lease)
        there = "" if host == lease.host else f" (it redirects to {host})"
        absent = was_looked_for(lease) and is_closed(error)
        reason = None if absent else error.reason + there
        if reason is not None:
            self._told_failed(lease, reason)
        retry_in, _ = (verdict if host == lease.host else elsewhere)(error, lease.attempt)
        if absent:
            retry_in = None
        rest = self._spare(host, error, lease.attempt)
        if isinstance(error, InLine):
            lease = msgspec.structs.replace(lease, attempt=max(1, lease.attempt - 1))
        self.frontier.fail(lease, reason, retry_in=None if retry_in is None else max(retry_in, rest or 0.0))

    def _spare(self, host: str, error: FetchError, attempt: int) -> float | None:
        """Leaves a host in trouble alone for the seconds that this gives; None if the trouble is only a page's."""
        _, rest = verdict(error, attempt)
        return None if rest is None else self._turns.troubled(host, rest)

    def _told_failed(self, lease: Lease, reason: str) -> None:
        self.progress.failed += 1
        self.told(f"{lease.url}: {reason}")


def _held(article: Article | None) -> Held:
    return Held(False) if article is None else Held(True, simhash(article.text), article.published)


def _conditions(lease: Lease) -> dict[str, str]:
    told = {"if-none-match": lease.etag, "if-modified-since": lease.last_modified}
    return {name: value for name, value in told.items() if value}


def _header(page: Page, wanted: str) -> str | None:
    return next((value for name, value in page.headers if name == wanted), None)


def _digest(page: Page, article: Article | None) -> bytes | None:
    """What tells an edit: the article's text, or the bytes of any other page."""
    if page.status == NOT_MODIFIED:
        return None
    return content_digest(page.body if article is None else article.text)
