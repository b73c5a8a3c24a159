"""The archive: WARC 1.1 files, written in a thread of its own, and their reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import IO

import msgspec

from scraper.crawl.work import Lease
from scraper.http.exchange import Fetched
from scraper.page import Archived, Page


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """Where a page came to rest.

    Attributes:
        archived: file name (inside the archive's folder) and offset of the response or revisit record.
        payload: digest of the payload, `sha1:BASE32`, for `Done.payload`.
        revisit: whether the payload was known and only a revisit record was written.
    """

    archived: Archived
    payload: str
    revisit: bool = False


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
        user_agent: str = "kabar",
    ) -> None:
        """Opens the folder, and cuts a torn tail off the newest file, if the last run was killed.

        Args:
            folder: made if missing.
            max_bytes: a file is closed after the record that reaches this.
            max_age: seconds after which a file is closed.
            sync: fsync before a page counts as stored: safe when the power goes, not only when the process is killed.
            user_agent: told in each file's warcinfo record.

        Raises:
            CrawlError: the folder cannot be written.
        """
        raise NotImplementedError

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def put(self, fetched: Fetched, lease: Lease | None = None) -> Future[Stored]:
        """Hands a page to the writer thread; the future is done once its bytes are in the file (and on disk if `sync`).

        Args:
            fetched: the page with its exchanges.
            lease: of a page fetched before; an unchanged payload or a 304 becomes a revisit record.

        Its exception is `CrawlError` if the disk is full or gone; the file then ends with the last whole record.
        """
        raise NotImplementedError

    async def write(self, fetched: Fetched, lease: Lease | None = None) -> Stored:
        """`put`, awaited."""
        raise NotImplementedError

    def close(self) -> None:
        """Writes what was handed in, and closes the file."""
        raise NotImplementedError


def read_pages(source: Path | IO[bytes], problem: Callable[[str], None] | None = None) -> Iterator[Page]:
    """Reads the pages of a WARC file, compressed or not; a torn or damaged part costs only itself.

    Args:
        source: a file, or an open binary stream.
        problem: told one sentence for each part that could not be read; logged as a warning by default.

    Yields:
        One `Page` for each response record with an HTML or plain text answer, redirects and errors left out.

    Raises:
        CrawlError: it is no WARC file at all, or cannot be opened.
    """
    raise NotImplementedError
