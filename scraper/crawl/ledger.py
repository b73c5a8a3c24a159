"""The frontier's ledger: its file, its transactions, its hosts, and what can be looked up in it.

What changes is gathered in one transaction, and committed every few hundred changes or about once a second; the counts
of the hosts go with it, so that they are never out of step with the URLs that they count.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from scraper.crawl.database import lock, open_writer, stats_of, told
from scraper.crawl.hosts import COLUMNS, Host
from scraper.crawl.sketch import bands, distance
from scraper.crawl.work import HostState, Stats
from scraper.discover.urls import article_key
from scraper.errors import CrawlError

KEPT_MINUTES = 24 * 60  # rates
JUMP = 30.0  # seconds by which the wall clock may drift from the monotonic one before it counts as set

_ADD_HOST = f"INSERT INTO hosts ({', '.join(COLUMNS[1:])}) VALUES ({', '.join('?' * len(COLUMNS[1:]))})"  # noqa: S608
_SAVE_HOST = f"UPDATE hosts SET {', '.join(f'{name} = ?' for name in COLUMNS[2:])} WHERE id = ?"  # noqa: S608


def url_key(url: str) -> bytes:
    """16 bytes that the twins of one canonical address share."""
    return blake2b(article_key(url).encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Ledger:
    """The file of a frontier; see `scraper.crawl.frontier.Frontier`, which adds the queue."""

    def __init__(
        self, path: Path, *, clock: Callable[[], float], steady: Callable[[], float], batch: int, sync: bool
    ) -> None:
        """See `Frontier`."""
        self._path, self._clock, self._steady, self._batch = path, clock, steady, batch
        self._offset = clock() - steady()
        self._changes, self._changed_at, self._depth = 0, 0.0, 0
        self._by_name: dict[str, Host] = {}
        self._by_id: dict[int, Host] = {}
        self._dirty: dict[int, Host] = {}
        self._rates: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        self._closed = False
        self._failure: CrawlError | None = None
        self._lock = lock(path)
        try:
            self._db = open_writer(path, sync=sync)
        except CrawlError:
            self._lock.close()
            raise
        with self._safely():
            for row in self._db.execute(f"SELECT {', '.join(COLUMNS)} FROM hosts"):  # noqa: S608 - own names
                self._keep(Host(**dict(zip(COLUMNS, row, strict=True))))
            self._archives: dict[str, int] = dict(self._db.execute("SELECT path, id FROM archives"))

    def host(self, host: str) -> HostState:
        """What is kept of one host; zeros for an unknown one."""
        kept = self._by_name.get(host)
        return HostState(host=host) if kept is None else kept.state()

    def known(self, url: str) -> bool:
        """Whether the URL, or a twin of it, was ever added."""
        with self._safely():
            row = self._db.execute("SELECT 1 FROM urls WHERE key = ?", (url_key(url),)).fetchone()
            return row is not None

    def similar(self, sketch: int, within: int = 6) -> list[str]:
        """URLs of articles whose sketch differs in at most `within` of 64 bits, the oldest first.

        All within 3 bits are found, and most (5 of 8) of those that differ in 6.
        """
        with self._safely():
            rows = self._db.execute(
                "SELECT DISTINCT u.id, u.url, u.sketch FROM sketches s CROSS JOIN urls u ON u.id = s.url "
                "WHERE s.band IN (?, ?, ?, ?) ORDER BY u.id",
                bands(sketch),
            )
            return [url for _, url, other in rows if other is not None and distance(sketch, other) <= within]

    def load_trial(self) -> dict[str, tuple[int, int]]:
        """The counts of `scraper.discover.trial.Trial`, as last saved."""
        with self._safely():
            rows = self._db.execute("SELECT shape, articles, others FROM trial")
            return {shape: (articles, others) for shape, articles, others in rows}

    def save_trial(self, counts: Mapping[str, tuple[int, int]]) -> None:
        """Keeps the counts of `Trial` (changed ones suffice), in the next commit."""
        with self._safely():
            self._begin()
            rows = [(shape, *pair) for shape, pair in counts.items()]
            self._db.executemany("INSERT OR REPLACE INTO trial VALUES (?, ?, ?)", rows)
            self._count_changes(len(rows))

    def stats(self) -> Stats:
        """All hosts and rates now."""
        with self._safely():
            now = self._now()
            self._write_back()
            return stats_of(self._db, now)

    # ---------------------------------------------------------------- time

    def _now(self) -> float:
        """Seconds since 1970, by a clock that may be set at any moment; what waits is moved along first.

        Whoever tells a moment to come tells it in seconds from now, so that it is never of another reading.
        """
        now = self._clock()
        jump = now - self._steady() - self._offset
        if abs(jump) > JUMP:
            self._offset += jump
            self._move(jump, now)
        return now

    def _move(self, jump: float, now: float) -> None:
        """Moves all that is kept as a moment along with a clock that was set by `jump` seconds, and is at `now`."""
        raise NotImplementedError

    # ---------------------------------------------------------------- transactions

    def commit(self) -> None:
        """Makes everything so far durable."""
        with self._safely():
            self._commit()

    def _commit(self) -> None:
        self._write_back()
        if self._db.in_transaction:
            self._db.execute("COMMIT")
        self._changes = 0

    def commit_if_due(self, seconds: float = 1.0) -> bool:
        """Commits if changes are older than `seconds`; tells whether it did."""
        if not self._changes or self._steady() - self._changed_at < seconds:
            return False
        self.commit()
        return True

    def _abandon(self) -> None:
        """Lets the file go as it was last committed."""
        self._closed = True
        self._db.close()
        self._lock.close()

    @contextmanager
    def _safely(self) -> Iterator[None]:
        if self._closed:  # whoever comes next hears of what went wrong, not of its consequence
            raise self._failure or CrawlError("the frontier is closed", str(self._path))
        self._depth += 1
        try:
            yield
            if self._depth == 1 and self._changes >= self._batch:  # never within a change: it is kept whole or not
                self._commit()
        except sqlite3.Error as error:
            self._abandon()
            self._failure = told(error, self._path)
            raise self._failure from error
        except BaseException:  # half a change must not be committed later
            self._abandon()
            raise
        finally:
            self._depth -= 1

    def _begin(self) -> None:
        if not self._db.in_transaction:
            self._db.execute("BEGIN")

    def _count_changes(self, count: int) -> None:
        if not self._changes:
            self._changed_at = self._steady()
        self._changes += count

    def _write_back(self) -> None:
        """Writes counts that changed into the open transaction."""
        if self._dirty or self._rates:
            self._begin()
        rows = [(*(getattr(host, name) for name in COLUMNS[2:]), host.id) for host in self._dirty.values()]
        self._db.executemany(_SAVE_HOST, rows)
        self._db.executemany(
            "INSERT INTO minutes VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
            "SET pages = pages + excluded.pages, errors = errors + excluded.errors",
            [(minute, *counts) for minute, counts in self._rates.items()],
        )
        if self._rates:
            self._db.execute("DELETE FROM minutes WHERE minute < ?", (min(self._rates) - KEPT_MINUTES,))
        self._dirty.clear()
        self._rates.clear()

    def _keep(self, host: Host) -> Host:
        self._by_name[host.host] = self._by_id[host.id] = host
        return host

    def _touch(self, host: Host) -> Host:
        self._dirty[host.id] = host
        return host

    def _host(self, name: str) -> Host:
        known = self._by_name.get(name)
        if known is not None:
            return known
        host = Host(host=name)
        values = [getattr(host, column) for column in COLUMNS[1:]]
        added = self._db.execute(_ADD_HOST, values)
        host.id = added.lastrowid or 0
        return self._keep(host)

    def _archive(self, path: str) -> int:
        if path not in self._archives:
            added = self._db.execute("INSERT INTO archives (path) VALUES (?)", (path,))
            self._archives[path] = added.lastrowid or 0
        return self._archives[path]
