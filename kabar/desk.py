"""The desk of a crawl: pages are cleaned and tagged in worker processes, and their articles stored, while it fetches.

A page that kills its worker, or takes too long, is tried once more; then it is given up and the crawl goes on.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kabar.documents import Outcome, Problem, Raw
from kabar.store import Store, open_store
from kabar.worker import Worker, WorkerDied, WorkerError
from kabar.workers import DIED, LONGEST, MOST_DEATHS
from scraper.article import Article
from scraper.errors import HandlingError
from scraper.page import Page
from tagger.document import TaggedArticle

if TYPE_CHECKING:
    from kabar.pipeline import Task

TRIES = 2


class Desk:
    """Worker processes behind threads that wait for them, and one thread that writes to the store.

    Args:
        path: the store.
        task: makes tagged articles of pages.
        jobs: worker processes; each is started when there is work for it.
        told: hears of pages without an article, one line each.
    """

    def __init__(self, path: Path, task: Task, jobs: int, told: Callable[[str], None]) -> None:
        self._path, self._task, self._told = path, task, told
        self._waiting = ThreadPoolExecutor(jobs, thread_name_prefix="desk")
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._lock = threading.Lock()
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._deaths = 0
        self._closed = False
        self._store: Store | None = None

    async def handle(self, page: Page, parts: tuple[Page, ...] = ()) -> Article | None:
        """Stores the article of a page, and of its further pages, and gives it; None if there is none, which is told.

        Raises:
            HandlingError: the page kills whatever works on it.
            TaggerError: the tagger cannot be loaded.
            WorkerError: worker processes cannot be started, or die whatever they are given.
            StoreError: the store cannot be written.
        """
        loop = asyncio.get_running_loop()
        raw = Raw(page.url or "", page, parts=parts)
        outcome = await loop.run_in_executor(self._waiting, self._outcome, raw)
        if isinstance(outcome, Problem):
            self._told(f"{page.url}: {outcome.reason}")
            return None
        article = msgspec.json.decode(outcome.json, type=TaggedArticle)
        await loop.run_in_executor(self._writing, self._add, article)
        return article

    def _outcome(self, raw: Raw) -> Outcome:
        """Has one page worked on; waits for it."""
        reason = DIED
        for _ in range(TRIES):
            worker = self._take()
            try:
                worker.send([raw])
                outcome = worker.receive()[0] if worker.pipe.poll(LONGEST) else None
            except WorkerDied:
                outcome = None
            if outcome is not None:
                self._give_back(worker)
                return outcome
            reason = DIED if worker.pipe.closed else f"it takes longer than {LONGEST:.0f} s"
            self._bury(worker)
        raise HandlingError(reason, raw.name)

    def _take(self) -> Worker:
        """A worker that is ready; one that dies before it is, killed or out of memory, is replaced."""
        while True:
            with self._lock:
                if self._closed:
                    raise WorkerError("the crawl is ending")
                worker = self._idle.pop() if self._idle else Worker(self._task)
                self._busy.add(worker)
            try:
                while not worker.ready:
                    if not worker.pipe.poll(max(0.0, worker.opens_until - time.monotonic())):
                        worker.kill()
                    worker.receive()
            except WorkerError:
                self._bury(worker)
            else:
                return worker

    def _give_back(self, worker: Worker) -> None:
        with self._lock:
            self._deaths = 0
            self._busy.discard(worker)
            self._idle.append(worker)

    def _bury(self, worker: Worker) -> None:
        worker.end()
        with self._lock:
            self._busy.discard(worker)
            self._deaths += 1
            if self._deaths >= MOST_DEATHS:
                raise WorkerError(f"{self._deaths} worker processes died one after the other")

    def _add(self, article: TaggedArticle) -> None:
        if self._store is None:
            self._store = open_store(self._path)
        self._store.add([article])

    def close(self) -> None:
        """Ends the workers, whatever they are at, and closes the store."""
        with self._lock:
            self._closed = True
            for worker in self._busy:
                worker.kill()  # the thread that waits for it sees it die
        self._waiting.shutdown(cancel_futures=True)
        for worker in self._idle:
            worker.end()
        self._writing.shutdown()
        if self._store is not None:
            self._store.close()
