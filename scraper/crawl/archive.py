"""The archive: WARC 1.1 files, written in a thread of its own.

What makes it safe against a kill: records are appended only; a page counts as stored once its bytes are handed to the
system (or on the disk, with `sync`); only then may the frontier complete its URL. A kill in between leaves records of
a page that will be fetched once more, or a torn record at the end of the newest file, which the next start cuts off.

The thread takes all that waits at once and flushes once for it, so that a slow disk costs waiting, not throughput.
"""

from __future__ import annotations

import asyncio
import os
import threading
import time
from concurrent.futures import Future
from contextlib import suppress
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType

import msgspec

from scraper.crawl.members import whole_length
from scraper.crawl.reader import read_pages
from scraper.crawl.records import Written, warcinfo
from scraper.crawl.work import Lease
from scraper.errors import CrawlError, HandlingError
from scraper.http.exchange import Fetched
from scraper.page import Archived

__all__ = ["Archive", "Stored", "read_pages"]

SOFTWARE = "kabar"
AT_ONCE = 64  # pages between two flushes
GATHER = 0.01  # seconds that a page waits for others to be flushed with: 0.3 ms CPU a page in a crawl, 0.5 without


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """Where a page came to rest.

    Attributes:
        archived: file name (inside the archive's folder) and offset of its response record; of an unchanged page, the
            earlier record's.
        payload: for `Done.payload`; the next fetch of the URL is compared with it.
        revisit: whether the payload was known and only a revisit record was written.
    """

    archived: Archived
    payload: str
    revisit: bool = False


_Job = tuple[Fetched, Lease | None, "Future[Stored]"]


class Archive:
    """Writes WARC files into a folder.

    with Archive(folder / "warc") as archive:
        stored = await archive.write(fetched, lease)       # the bytes are in the file now
        frontier.complete(lease, Done(archived=stored.archived, payload=stored.payload))
    """

    def __init__(
        self,
        folder: Path,
        *,
        max_bytes: int = 2**30,
        max_age: float = 3600.0,
        sync: bool = True,
        user_agent: str = SOFTWARE,
    ) -> None:
        """Opens the folder, and cuts a torn tail off the newest file, if the last run was killed.

        Args:
            folder: made if missing.
            max_bytes: a file is closed after the page that reaches this.
            max_age: seconds after which a file is closed.
            sync: fsync before a page counts as stored: safe when the power goes, not only when the process is killed.
            user_agent: told in each file's warcinfo record.

        Raises:
            CrawlError: the folder cannot be written.
        """
        self._folder, self._max_bytes, self._max_age, self._sync = folder, max_bytes, max_age, sync
        self._user_agent = user_agent
        self._file: FileIO | None = None
        self._closed = self._ended = False
        self._name, self._size, self._opened = "", 0, 0.0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _cut_torn_tail(folder)
            if not os.access(folder, os.W_OK):
                raise PermissionError(13, "the folder is read-only")
        except OSError as error:
            raise _told(error, folder) from error
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="archive", daemon=True)
        self._thread.start()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def put(self, fetched: Fetched, lease: Lease | None = None) -> Future[Stored]:
        """Hands a page to the writer thread.

        Args:
            fetched: the page with its exchanges.
            lease: of a page fetched before; an unchanged payload or a 304 becomes a revisit record.

        Returns:
            Done once the bytes are in the file (on the disk if `sync`). Its exception is `CrawlError` if the disk is
            full or gone; the file then ends with the last whole page, and the next page is tried anew. It is
            `HandlingError` if no record can be made of this page.
        """
        future: Future[Stored] = Future()
        if self._closed:
            future.set_exception(CrawlError("the archive is closed", str(self._folder)))
        else:
            self._jobs.put((fetched, lease, future))
        return future

    async def write(self, fetched: Fetched, lease: Lease | None = None) -> Stored:
        """`put`, awaited."""
        return await asyncio.wrap_future(self.put(fetched, lease))

    def close(self) -> None:
        """Writes what was handed in, and closes the file."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            self._thread.join()

    # ---------------------------------------------------------------- in the thread

    def _work(self) -> None:
        try:
            while (jobs := self._take()) is not None:
                self._store(jobs)
            with suppress(OSError):  # each page was synced when it was stored
                self._shut()
        finally:
            self._closed = True
            self._refuse_rest()

    def _take(self) -> list[_Job] | None:
        """All that waits, `AT_ONCE` at most; None once the archive is to be closed."""
        jobs: list[_Job] = []
        job = None if self._ended else self._jobs.get()
        if job is not None and self._sync:
            time.sleep(GATHER)
        while job is not None:
            jobs.append(job)
            if len(jobs) == AT_ONCE:
                return jobs
            try:
                job = self._jobs.get_nowait()
            except Empty:
                return jobs
        self._ended = True
        return jobs or None

    def _refuse_rest(self) -> None:
        with suppress(Empty):
            while True:
                job = self._jobs.get_nowait()
                if job is not None:
                    job[2].set_exception(CrawlError("the archive is closed", str(self._folder)))

    def _store(self, jobs: list[_Job]) -> None:
        stored: list[tuple[Future[Stored], Stored]] = []
        for fetched, lease, future in jobs:
            if not future.set_running_or_notify_cancel():
                continue
            try:
                stored.append((future, self._append(Written(fetched, lease), lease)))
            except OSError as error:
                future.set_exception(_told(error, self._folder / self._name))
            except (ValueError, TypeError) as error:  # one page that no record can be made of must not stop the rest
                future.set_exception(HandlingError(f"no WARC record can be made of it: {error}", fetched.page.url))
        try:
            if stored and self._sync and self._file is not None:
                os.fsync(self._file.fileno())
        except OSError as error:
            self._file = None  # what the system could not write, it may have dropped: never trust this file again
            for future, _ in stored:
                future.set_exception(_told(error, self._folder / self._name))
            return
        for future, where in stored:
            future.set_result(where)

    def _append(self, written: Written, lease: Lease | None) -> Stored:
        file = self._current()
        start = self._size
        try:
            _write_all(file, written.data)
        except OSError:
            self._file = None  # unless it can be cut back, its end is not known
            file.truncate(start)
            file.seek(start)
            self._file = file
            raise
        self._size += len(written.data)
        archived = Archived(path=self._name, offset=start + written.place)
        if written.revisit and lease is not None and lease.archived is not None:
            archived = lease.archived
        return Stored(archived=archived, payload=written.payload, revisit=written.revisit)

    def _current(self) -> FileIO:
        """The file to append to; a new one if the last is full or old."""
        old = self._size >= self._max_bytes or time.monotonic() - self._opened >= self._max_age
        if self._file is not None and old:
            self._shut()
        if self._file is None:
            self._file = self._open_next()
        return self._file

    def _open_next(self) -> FileIO:
        stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
        for serial in range(100_000):
            name = f"kabar-{stamp}-{serial:05d}.warc.gz"
            try:
                file = FileIO(self._folder / name, "xb")
                break
            except FileExistsError:
                continue
        else:
            raise FileExistsError(17, "no file name is left for this second")
        head = warcinfo(name, SOFTWARE, self._user_agent)
        try:
            _write_all(file, head)
            if self._sync:
                _sync_folder(self._folder)
        except OSError:
            file.close()
            (self._folder / name).unlink(missing_ok=True)
            raise
        self._name, self._size, self._opened = name, len(head), time.monotonic()
        return file

    def _shut(self) -> None:
        if self._file is not None:
            file, self._file = self._file, None
            if self._sync:
                os.fsync(file.fileno())
            file.close()


def _write_all(file: FileIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) or 0 :]


def _sync_folder(folder: Path) -> None:
    """Makes a new file's name durable; where folders cannot be opened (Windows) the system does that by itself."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _cut_torn_tail(folder: Path) -> None:
    """Cuts what follows the last whole record of the newest file; an empty file goes."""
    newest = max(folder.glob("kabar-*.warc.gz"), default=None, key=lambda path: path.name)
    if newest is None:
        return
    whole = whole_length(newest)
    if whole == 0:
        newest.unlink()
    elif whole < newest.stat().st_size:
        os.truncate(newest, whole)


def _told(error: OSError, path: Path) -> CrawlError:
    return CrawlError(f"the archive cannot be written: {(error.strerror or str(error)).lower()}", str(path))
