"""Many addresses to pages: one request at a time to a host, a pause between two, several hosts side by side.

Fetching goes on in a thread of its own while the caller works on what came before:

    with Fetcher(allow_private=False) as fetcher:
        for outcome in fetcher.pages(urls):
            ...
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Coroutine, Generator, Iterable
from concurrent.futures import Future
from types import TracebackType
from typing import TypeVar

from kabar.documents import Problem, Raw, Read
from scraper.crawl.failure import BUSY
from scraper.errors import CleanError, FetchError, HTTPStatus
from scraper.http.client import Client, user_agent
from scraper.http.guard import PRIVATE, Guard, parse_target
from scraper.http.limits import Limits
from scraper.http.turns import Turns
from scraper.page import Page

PAUSE = 1.0  # seconds between two requests to one host, where its robots.txt asks for no longer one
LONGEST_REST = 60.0  # seconds for which a busy host is waited for; one that asks for more is left alone in this run
AHEAD = 32  # pages held while an earlier one is waited for

T = TypeVar("T")


class Fetcher:
    """Fetches lists of addresses politely, and gives the outcomes in the order of the addresses."""

    def __init__(
        self,
        *,
        allow_private: bool = False,
        ignore_robots: bool = False,
        timeout: float = 60.0,
        contact: str | None = None,
    ) -> None:
        """Args:
        allow_private: also fetch from private and loopback addresses.
        ignore_robots: fetch whatever robots.txt says.
        timeout: seconds for one page, redirects included.
        contact: where a site reaches who runs this.
        """
        self._client = Client(
            guard=Guard(PRIVATE if allow_private else ()),
            limits=Limits(total=timeout),
            agent=user_agent(contact),
            ignore_robots=ignore_robots,
        )
        self._turns = Turns(PAUSE, self._client.robots, longest_rest=LONGEST_REST)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fetcher", daemon=True)
        self._thread.start()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives up what is under way, and closes all connections."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._client.aclose()

    def pages(self, urls: Iterable[str]) -> Generator[Page | Problem]:
        """The page of each address, or why it could not be had."""
        return self._in_order(urls, self._page)

    def articles(self, urls: Iterable[str]) -> Generator[Read]:
        """The same with the further pages of articles that stand on several; one that is missing is a warning."""
        return self._in_order(urls, self._article)

    def _in_order(self, urls: Iterable[str], work: Callable[[str], Coroutine[None, None, T]]) -> Generator[T]:
        waiting: deque[Future[T]] = deque()
        try:
            for url in urls:
                waiting.append(asyncio.run_coroutine_threadsafe(work(url), self._loop))
                while waiting and (waiting[0].done() or len(waiting) >= AHEAD):
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()

    async def _page(self, url: str) -> Page | Problem:
        try:
            return await self._get(url)
        except FetchError as error:
            return Problem(url, error.reason)

    async def _article(self, url: str) -> Read:
        page = await self._page(url)
        if isinstance(page, Problem):
            return page
        from scraper.clean.paging import part_addresses

        parts: list[Page] = []
        warnings: list[str] = []
        try:
            addresses = part_addresses(page)
        except CleanError:  # the cleaner will say what is wrong with the page
            addresses = ()
        for address in addresses:
            part = await self._page(address)
            if isinstance(part, Page):
                parts.append(part)
            else:
                warnings.append(f"a further page is missing: {address}: {part.reason}")
        return Raw(url, page, url=url, parts=tuple(parts), warnings=tuple(warnings))

    async def _get(self, url: str) -> Page:
        try:
            return await self._ask(url)
        except HTTPStatus as error:
            if error.status not in BUSY:
                raise
        return await self._ask(url)  # once more, after the rest that it asks for

    async def _ask(self, url: str) -> Page:
        """Asks a host whose turn it is; one that is busy is left alone for as long as it says, or ever longer."""
        visit = self._turns.visit(parse_target(url).origin)
        try:
            async with visit:
                fetched = await self._client.fetch(url, arrive=visit.arrive)
        except HTTPStatus as error:
            if error.status in BUSY:
                self._turns.troubled(visit.host, error.retry_after or 0.0)
            raise
        self._turns.answered(fetched)
        return fetched.page
