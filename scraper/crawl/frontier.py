"""The frontier: every URL that the crawl knows, in one SQLite file, safe against a kill at any moment."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from time import time
from types import TracebackType

from scraper.crawl.work import Done, HostState, Lease, Stats
from scraper.discover.found import Link


class Frontier:
    """The durable queue. One process writes; others may read (`read_stats`).

    All methods are quick (microseconds to a few milliseconds) and may be called from an event loop; they belong to
    one thread. Nothing is durable before `commit`, which `complete`, `fail` and `add_many` call by themselves every
    `batch` changes; call `commit_if_due` about once a second, and `close` at the end.

        with Frontier(folder / "frontier.sqlite") as frontier:
            frontier.add_many(seeds("https://contoh.example/"))
            for lease in frontier.claim(16):
                ...                                   # fetch, then archive, then
                frontier.complete(lease, Done(status=200, archived=where), links=discovery.links)
    """

    def __init__(
        self, path: Path, *, clock: Callable[[], float] = time, lease_seconds: float = 300.0, batch: int = 256
    ) -> None:
        """Opens or creates the frontier and returns all orphaned leases to the queue.

        Raises:
            CrawlError: another process has it, or the file is damaged, read-only or from a later version.
        """
        raise NotImplementedError

    def __enter__(self) -> Frontier:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add_many(self, links: Iterable[Link]) -> int:
        """Queues what is not known yet, and known URLs that are told to be changed since; gives the count of both."""
        raise NotImplementedError

    def claim(self, count: int, *, per_host: int = 1, exclude: Collection[str] = ()) -> list[Lease]:
        """Hands out up to `count` URLs, over as many hosts as can be, freshest first in each host.

        A host gives nothing before its `not_before`, over its budget, or while it holds `per_host` leases; one with
        a `delay` gives one URL at a time.

        Args:
            count: leases at most.
            per_host: leases that one host may have out at once, earlier ones included.
            exclude: hosts to pass over.
        """
        raise NotImplementedError

    def complete(self, lease: Lease, done: Done, links: Iterable[Link] = ()) -> bool:
        """Records a fetch that ended well, together with what the page told of.

        Returns:
            False if the lease had expired meanwhile: the URL is in the queue again, and nothing was recorded.
        """
        raise NotImplementedError

    def fail(self, lease: Lease, reason: str, *, retry_at: float | None = None) -> bool:
        """Records a failure; the URL is due again at `retry_at` (seconds since 1970), or given up if None."""
        raise NotImplementedError

    def release(self, lease: Lease) -> bool:
        """Gives a lease back unused (shutdown, host backing off): no attempt is counted."""
        raise NotImplementedError

    def set_host(
        self, host: str, *, not_before: float | None = None, delay: float | None = None, budget: int | None = None
    ) -> None:
        """Sets what is kept of a host over restarts; None leaves a value as it is."""
        raise NotImplementedError

    def host(self, host: str) -> HostState:
        """What is kept of one host; zeros for an unknown one."""
        raise NotImplementedError

    def next_due(self) -> float | None:
        """The earliest moment (seconds since 1970) at which `claim` may give something; None if nothing is left.

        Leases that are out do not count.
        """
        raise NotImplementedError

    def leased(self) -> int:
        """Leases that are out."""
        raise NotImplementedError

    def known(self, url: str) -> bool:
        """Whether the URL, or a twin of it, was ever added."""
        raise NotImplementedError

    def similar(self, sketch: int, distance: int = 3) -> list[str]:
        """URLs of articles whose sketch differs in at most `distance` (up to 3) of 64 bits."""
        raise NotImplementedError

    def load_trial(self) -> dict[str, tuple[int, int]]:
        """The counts of `scraper.discover.trial.Trial`, as last saved."""
        raise NotImplementedError

    def save_trial(self, counts: dict[str, tuple[int, int]]) -> None:
        """Keeps the counts of `Trial` (changed ones suffice), in the next commit."""
        raise NotImplementedError

    def stats(self) -> Stats:
        """All hosts and rates now."""
        raise NotImplementedError

    def commit(self) -> None:
        """Makes everything so far durable.

        Raises:
            CrawlError: the disk is full or gone; nothing since the last commit is kept, and the frontier is closed.
        """
        raise NotImplementedError

    def commit_if_due(self, seconds: float = 1.0) -> bool:
        """Commits if changes are older than `seconds`; tells whether it did."""
        raise NotImplementedError

    def close(self) -> None:
        """Commits, returns the leases that are out to the queue, and lets the file go."""
        raise NotImplementedError


def read_stats(path: Path, now: float | None = None) -> Stats:
    """Reads a frontier that another process may be writing, for `kabar status`.

    Raises:
        CrawlError: there is none, or it cannot be read.
    """
    raise NotImplementedError
