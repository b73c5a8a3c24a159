"""The frontier: every URL that the crawl knows, in one SQLite file, safe against a kill at any moment.

One process writes. What it changes is gathered in one transaction and committed every few hundred changes or about
once a second: claim and complete cost some 0.05 ms a URL so. A kill loses only what was not committed, and that is
never a URL: an uncommitted completion leaves its URL queued, and the links of a page are in the same transaction as
its completion. A lease is a state in the file; at the next start the orphaned ones are ready again.

    claim (state leased) ─► fetch ─► Archive.write: bytes in the file ─► complete (state done) ─► commit

Claims do not sort the queue: the partial index `ready` holds one head of queue a host, and `hosts.Line` says whose
turn it is.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from time import monotonic, time
from types import TracebackType

from scraper.crawl.database import lock, open_writer, read_stats, stats_of, told
from scraper.crawl.hosts import COLUMNS, DAY, Host, Line
from scraper.crawl.sketch import bands, distance
from scraper.crawl.work import Done, HostState, Lease, Stats
from scraper.discover.found import Kind, Link
from scraper.discover.urls import article_key, classify, date_in_path, host_of
from scraper.errors import CrawlError
from scraper.page import Archived

__all__ = ["Frontier", "freshness", "read_stats", "url_key"]

KINDS: tuple[Kind, ...] = ("seed", "feed", "sitemap", "index", "article")
READY, WAITING, LEASED, DONE, DEAD, ALIAS = range(6)

FIRST_INTERVAL = 3_600.0  # seconds until an update that a sitemap tells is believed again
JUMP = 30.0  # seconds by which the wall clock may drift from the monotonic one before it counts as a jump
PROMOTED = 1_000  # waiting URLs made ready at once
UNDATED = 2 * DAY  # an article without a date ranks as one of the day before yesterday
KEPT_MINUTES = 24 * 60  # rates
UPDATE_SLACK = 60.0  # seconds between a publisher's clock and ours

_CLAIM = """SELECT u.id, url, kind, depth, attempts, published, found_at, fetched_at, etag, last_modified, digest,
    payload, path, offset, interval FROM urls u LEFT JOIN archives a ON a.id = u.archive
    WHERE state = 0 AND host = ? ORDER BY freshness DESC LIMIT ?"""
_ADD = """INSERT OR IGNORE INTO urls (key, url, host, kind, state, freshness, depth, published, found_at)
    VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?)"""
_COMPLETE = """UPDATE urls SET state = ?, due = ?, attempts = 0, error = NULL, fetched_at = ?, interval = ?, status = ?,
    etag = ?, last_modified = ?, digest = coalesce(?, digest), sketch = coalesce(?, sketch),
    payload = coalesce(?, payload), archive = coalesce(?, archive), offset = coalesce(?, offset),
    article = coalesce(?, article) WHERE id = ?"""
_ADD_HOST = f"INSERT INTO hosts ({', '.join(COLUMNS[1:])}) VALUES ({', '.join('?' * len(COLUMNS[1:]))})"  # noqa: S608
_SAVE_HOST = f"UPDATE hosts SET {', '.join(f'{name} = ?' for name in COLUMNS[2:])} WHERE id = ?"  # noqa: S608


def freshness(link: Link, now: float) -> float:
    """Where a link stands in its host's queue, as seconds since 1970: the highest is fetched first.

    Feeds come before everything, articles by the date told or in their address, an index page falls behind by a day
    a level.
    """
    if link.kind in ("seed", "feed"):
        return now + DAY
    told = link.updated or link.published
    if link.kind in ("sitemap", "index"):
        return min(told or now, now) - link.depth * DAY
    return min(told or date_in_path(link.url) or now - UNDATED, now)


def url_key(url: str) -> bytes:
    """16 bytes that the twins of one canonical address share."""
    return blake2b(article_key(url).encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Frontier:
    """The durable queue. One process writes; others may read (`read_stats`).

    All methods are quick (microseconds to a few milliseconds) and may be called from an event loop; they belong to
    one thread. Nothing is durable before `commit`, which the methods that change something call by themselves every
    `batch` changes; call `commit_if_due` about once a second, and `close` at the end.

        with Frontier(folder / "frontier.sqlite") as frontier:
            frontier.add_many(seeds("https://contoh.example/"))
            for lease in frontier.claim(16):
                ...                                   # fetch, then archive, then
                frontier.complete(lease, Done(status=200, archived=where), links=discovery.links)

    Any method raises `CrawlError` if the disk is full or gone. Then nothing since the last commit is kept, and the
    frontier is closed.
    """

    def __init__(
        self,
        path: Path,
        *,
        clock: Callable[[], float] = time,
        steady: Callable[[], float] = monotonic,
        lease_seconds: float = 300.0,
        batch: int = 256,
        sync: bool = True,
    ) -> None:
        """Opens or creates the frontier and returns all orphaned leases to the queue.

        Args:
            path: the file; its folder must exist.
            clock: seconds since 1970.
            steady: seconds that never jump; leases run by it.
            lease_seconds: how long a worker may take.
            batch: changes in one commit.
            sync: fsync each commit: safe when the power goes, not only when the process is killed.

        Raises:
            CrawlError: another process has it, or the file is damaged, read-only or from a later version.
        """
        self._path, self._clock, self._steady = path, clock, steady
        self._lease_seconds, self._batch = lease_seconds, batch
        self._offset = clock() - steady()
        self._changes, self._changed_at = 0, 0.0
        self._out: dict[int, tuple[Lease, Host, float]] = {}
        self._by_name: dict[str, Host] = {}
        self._by_id: dict[int, Host] = {}
        self._dirty: dict[int, Host] = {}
        self._rates: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        self._line = Line()
        self._closed = False
        self._lock = lock(path)
        try:
            self._db = open_writer(path, sync=sync)
            self._load()
        except BaseException:
            self._lock.close()
            raise

    def __enter__(self) -> Frontier:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _load(self) -> None:
        with self._safely():
            self._begin()
            orphans = self._db.execute("SELECT host, count(*) FROM urls WHERE state = 2 GROUP BY host").fetchall()
            self._db.execute("UPDATE urls SET state = 0 WHERE state = 2")
            for row in self._db.execute(f"SELECT {', '.join(COLUMNS)} FROM hosts"):  # noqa: S608 - own names
                self._keep(Host(*row))
            for host_id, count in orphans:
                self._touch(self._by_id[host_id]).ready += count
            now = self._clock()
            for host in self._by_id.values():
                host.not_before = min(host.not_before, now + DAY)  # a clock that was wrong must not stop a host
            self._line.rebuild(self._by_id.values(), now)
            self._look_at_waiting()
            self._archives: dict[str, int] = dict(self._db.execute("SELECT path, id FROM archives"))
            self.commit()

    # ---------------------------------------------------------------- in

    def add_many(self, links: Iterable[Link]) -> int:
        """Queues what is not known yet, and known URLs told to be updated since; gives the count of new ones."""
        with self._safely():
            self._begin()
            now = self._clock()
            groups: dict[str, dict[bytes, Link]] = defaultdict(dict)
            for link in links:
                groups[host_of(link.url)].setdefault(url_key(link.url), link)
            new = sum(self._add_to(self._host(name), group, now) for name, group in groups.items())
            self._count_changes(sum(map(len, groups.values())))
            return new

    def _add_to(self, host: Host, group: dict[bytes, Link], now: float) -> int:
        rows = (
            (key, link.url, host.id, KINDS.index(link.kind), freshness(link, now), link.depth, link.published, now)
            for key, link in group.items()
        )
        new = max(0, self._db.executemany(_ADD, rows).rowcount)
        if new < len(group):
            for key, link in group.items():
                if link.updated is not None:
                    self._requeue_updated(key, link.updated, now)
        if new:
            self._touch(host).ready += new
            self._line.join(host, now)
        return new

    def _requeue_updated(self, key: bytes, updated: float, now: float) -> None:
        row = self._db.execute("SELECT id, state, coalesce(fetched_at, due), interval FROM urls WHERE key = ?", (key,))
        uid, state, seen, interval = row.fetchone()
        # The interval bounds publishers whose sitemaps tell every page to be new at every visit.
        if state in (WAITING, DONE, DEAD) and seen and seen + UPDATE_SLACK < updated and seen + (interval or 0) <= now:
            self._make_ready(uid, min(updated, now))

    def revisit(self, links: Iterable[Link]) -> int:
        """Queues URLs to be fetched now, known or not (a new run's seeds); gives the count of what was queued."""
        links = list(links)
        with self._safely():
            new = self.add_many(links)
            now = self._clock()
            for link in links:
                row = self._db.execute("SELECT id, state FROM urls WHERE key = ?", (url_key(link.url),)).fetchone()
                if row[1] in (WAITING, DONE, DEAD):
                    self._make_ready(row[0], freshness(link, now))
                    new += 1
            return new

    def _make_ready(self, uid: int, fresh: float) -> None:
        """Moves a waiting, done or dead URL to the queue."""
        self._begin()
        host_id, state, fetched_at = self._db.execute(
            "SELECT host, state, fetched_at FROM urls WHERE id = ?", (uid,)
        ).fetchone()
        self._db.execute("UPDATE urls SET state = 0, due = NULL, freshness = ? WHERE id = ?", (fresh, uid))
        host = self._touch(self._by_id[host_id])
        host.ready += 1
        if state == WAITING:
            host.waiting -= 1
        elif state == DEAD:
            host.dead -= 1
        self._line.join(host, self._clock())

    # ---------------------------------------------------------------- out

    def claim(self, count: int, *, per_host: int = 1, exclude: Collection[str] = ()) -> list[Lease]:
        """Hands out up to `count` URLs, over as many hosts as can be, freshest first in each host.

        A host gives nothing before its `not_before`, over its budget, or while it holds `per_host` leases; one with
        a `delay` gives one URL at a time.

        Args:
            count: leases at most.
            per_host: leases that one host may have out at once, earlier ones included.
            exclude: hosts to pass over.
        """
        with self._safely():
            self._watch_clock()
            now = self._clock()
            self._reap()
            self._promote(now)
            leases: list[Lease] = []
            served: list[Host] = []
            for host in self._line.due(now):
                served.append(host)
                if host.host in exclude:
                    continue
                room = min(per_host - host.out, 1 if host.delay else per_host, count - len(leases))
                room = min(room, host.left(now))
                if room > 0:
                    leases += self._lease(host, room, now)
                if len(leases) >= count:
                    break
            for host in served:
                self._line_up_again(host, per_host, now)
            return leases

    def _lease(self, host: Host, count: int, now: float) -> list[Lease]:
        self._begin()
        expires = self._steady() + self._lease_seconds
        leases = [
            Lease(
                id=uid, url=url, host=host.host, kind=KINDS[kind], depth=depth, attempt=attempts + 1,
                expires=now + self._lease_seconds, published=published, found_at=found, fetched_at=fetched, etag=etag,
                last_modified=modified, digest=digest, payload=payload,
                archived=None if path is None else Archived(path=path, offset=offset), interval=interval,
            )
            for (uid, url, kind, depth, attempts, published, found, fetched, etag, modified, digest, payload, path,
                 offset, interval) in self._db.execute(_CLAIM, (host.id, count))
        ]  # fmt: skip
        self._db.executemany("UPDATE urls SET state = 2 WHERE id = ?", [(lease.id,) for lease in leases])
        for lease in leases:
            self._out[lease.id] = (lease, host, expires)
        self._touch(host).ready -= len(leases)
        host.out += len(leases)
        host.spend(len(leases), now)
        self._count_changes(len(leases))
        return leases

    def _line_up_again(self, host: Host, per_host: int, now: float) -> None:
        if host.left(now) <= 0:
            host.not_before = max(host.not_before, (now // DAY + 1) * DAY)
        if host.out < per_host:  # a full host comes back when one of its leases ends
            self._line.join(host, now)

    def _watch_clock(self) -> None:
        """Moves what waits along with a wall clock that was set."""
        offset = self._clock() - self._steady()
        jump = offset - self._offset
        if abs(jump) <= JUMP:
            return
        self._offset = offset
        for host in self._by_id.values():
            host.not_before += jump
        self._begin()
        self._db.execute("UPDATE urls SET due = due + ? WHERE state = 1", (jump,))
        self._line.rebuild(self._by_id.values(), self._clock())
        self._look_at_waiting()

    def _reap(self) -> None:
        """Returns expired leases to the queue; all run equally long, so the oldest are first."""
        steady = self._steady()
        while self._out:
            lease, _, expires = next(iter(self._out.values()))
            if expires > steady:
                return
            self.release(lease)

    def _promote(self, now: float) -> None:
        """Makes waiting URLs ready whose time has come."""
        if self._next_waiting is None or self._next_waiting > now:
            return
        self._begin()
        rows = self._db.execute(
            "SELECT id, host FROM urls WHERE state = 1 AND due <= ? ORDER BY due LIMIT ?", (now, PROMOTED)
        ).fetchall()
        self._db.executemany("UPDATE urls SET state = 0, due = NULL WHERE id = ?", [(uid,) for uid, _ in rows])
        for _, host_id in rows:
            host = self._touch(self._by_id[host_id])
            host.waiting -= 1
            host.ready += 1
            self._line.join(host, now)
        self._look_at_waiting()
        self._count_changes(len(rows))

    def _look_at_waiting(self) -> None:
        self._next_waiting: float | None = self._db.execute("SELECT min(due) FROM urls WHERE state = 1").fetchone()[0]

    # ---------------------------------------------------------------- back

    def complete(self, lease: Lease, done: Done, links: Iterable[Link] = ()) -> bool:
        """Records a fetch that ended well, together with what the page told of.

        Returns:
            False if the lease had expired meanwhile: the URL is in the queue again, and nothing was recorded.
        """
        host = self._end(lease)
        if host is None:
            return False
        with self._safely():
            self._begin()
            now = self._clock()
            after = done.revisit_after
            state, due = (DONE, None) if after is None else (WAITING, now + after)
            same = done.status == 304  # its headers may leave out what has not changed
            where = (None, None) if done.archived is None else (self._archive(done.archived.path), done.archived.offset)
            self._db.execute(_COMPLETE, (
                state, due, now, after or 2 * (lease.interval or FIRST_INTERVAL), done.status,
                done.etag or (lease.etag if same else None),
                done.last_modified or (lease.last_modified if same else None),
                done.digest, done.sketch, done.payload, *where, done.article, lease.id,
            ))  # fmt: skip
            self._count_fetch(host, lease, done, due, now)
            if done.sketch is not None:
                rows = [(band, lease.id) for band in bands(done.sketch)]
                self._db.executemany("INSERT OR IGNORE INTO sketches VALUES (?, ?)", rows)
            for alias in done.aliases:
                self._add_alias(lease, alias, now)
            if links:
                self.add_many(links)
            self._count_changes(1)
            return True

    def _count_fetch(self, host: Host, lease: Lease, done: Done, due: float | None, now: float) -> None:
        first = lease.fetched_at is None
        host.done += first
        host.fetched += 1
        host.bytes += done.size
        host.last_fetch_at = now
        if first and done.article:
            host.articles += 1
            host.last_article_at = now
        if due is not None:
            host.waiting += 1
            self._next_waiting = due if self._next_waiting is None else min(due, self._next_waiting)
        self._rates[int(now // 60)][0] += 1

    def _add_alias(self, lease: Lease, alias: str, now: float) -> None:
        """Marks another address of an article as known; an article that answers with the home page has no twin."""
        key = url_key(alias)
        if lease.kind != "article" or classify(alias) not in ("article", "unknown"):
            return
        row = self._db.execute("SELECT id, host, state, kind FROM urls WHERE key = ?", (key,)).fetchone()
        if row is None:
            host = self._host(host_of(alias))
            self._db.execute(_ADD, (key, alias, host.id, KINDS.index("article"), 0.0, lease.depth, None, now))
            self._db.execute("UPDATE urls SET state = 5 WHERE key = ?", (key,))
            return
        uid, host_id, state, kind = row
        if uid == lease.id or state not in (READY, WAITING) or KINDS[kind] != "article":
            return
        self._db.execute("UPDATE urls SET state = 5, due = NULL WHERE id = ?", (uid,))
        host = self._touch(self._by_id[host_id])
        if state == READY:
            host.ready -= 1
        else:
            host.waiting -= 1

    def fail(self, lease: Lease, reason: str, *, retry_at: float | None = None) -> bool:
        """Records a failure; the URL is due again at `retry_at` (seconds since 1970), or given up if None.

        Returns:
            False if the lease had expired meanwhile: the URL is in the queue again, and nothing was recorded.
        """
        host = self._end(lease)
        if host is None:
            return False
        with self._safely():
            self._begin()
            now = self._clock()
            state, due = (DEAD, now) if retry_at is None else (WAITING, retry_at)
            self._db.execute(
                "UPDATE urls SET state = ?, due = ?, attempts = ?, error = ? WHERE id = ?",
                (state, due, lease.attempt, reason, lease.id),
            )
            if state == DEAD:
                host.dead += 1
            else:
                host.waiting += 1
                self._next_waiting = due if self._next_waiting is None else min(due, self._next_waiting)
            host.errors += 1
            host.last_error, host.last_error_at = reason, now
            self._rates[int(now // 60)][1] += 1
            self._count_changes(1)
            return True

    def release(self, lease: Lease) -> bool:
        """Gives a lease back unused (shutdown, host backing off): no attempt is counted."""
        host = self._end(lease)
        if host is None:
            return False
        with self._safely():
            self._begin()
            self._db.execute("UPDATE urls SET state = 0 WHERE id = ?", (lease.id,))
            host.ready += 1
            self._line.join(host, self._clock())
            self._count_changes(1)
            return True

    def _end(self, lease: Lease) -> Host | None:
        held = self._out.get(lease.id)
        if held is None or held[0].expires != lease.expires:
            return None
        del self._out[lease.id]
        host = self._touch(held[1])
        host.out -= 1
        self._line.join(host, self._clock())
        return host

    # ---------------------------------------------------------------- what is known

    def set_host(
        self, host: str, *, not_before: float | None = None, delay: float | None = None, budget: int | None = None
    ) -> None:
        """Sets what is kept of a host over restarts; None leaves a value as it is.

        Args:
            host: authority.
            not_before: seconds since 1970 before which nothing of it is claimed.
            delay: seconds between two claims.
            budget: fetches a day (UTC).
        """
        with self._safely():
            self._begin()
            kept = self._touch(self._host(host))
            kept.not_before = kept.not_before if not_before is None else not_before
            kept.delay = kept.delay if delay is None else delay
            kept.budget = kept.budget if budget is None else budget
            self._line.move(kept, self._clock())
            self._count_changes(1)

    def host(self, host: str) -> HostState:
        """What is kept of one host; zeros for an unknown one."""
        kept = self._by_name.get(host)
        return HostState(host=host) if kept is None else kept.state()

    def next_due(self) -> float | None:
        """The earliest moment (seconds since 1970) at which `claim` may give something.

        None if nothing is left, or nothing before one of the leases that are out has ended.
        """
        moments = [moment for moment in (self._line.next_moment(), self._next_waiting) if moment is not None]
        return min(moments, default=None)

    def leased(self) -> int:
        """Leases that are out."""
        return len(self._out)

    def known(self, url: str) -> bool:
        """Whether the URL, or a twin of it, was ever added."""
        with self._safely():
            row = self._db.execute("SELECT 1 FROM urls WHERE key = ?", (url_key(url),)).fetchone()
            return row is not None

    def similar(self, sketch: int, within: int = 3) -> list[str]:
        """URLs of articles whose sketch differs in at most `within` (up to 3) of 64 bits, the oldest first."""
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
            self._write_back()
            return stats_of(self._db, self._clock())

    # ---------------------------------------------------------------- the file

    def commit(self) -> None:
        """Makes everything so far durable."""
        with self._safely():
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

    def close(self) -> None:
        """Returns the leases that are out to the queue, commits, and lets the file go."""
        if self._closed:
            return
        for lease, _, _ in list(self._out.values()):
            self.release(lease)
        self.commit()
        self._abandon()

    def _abandon(self) -> None:
        """Lets the file go as it was last committed."""
        self._closed = True
        self._db.close()
        self._lock.close()

    @contextmanager
    def _safely(self) -> Iterator[None]:
        if self._closed:
            raise CrawlError("the frontier is closed", str(self._path))
        try:
            yield
        except sqlite3.Error as error:
            self._abandon()
            raise told(error, self._path) from error

    def _begin(self) -> None:
        if not self._db.in_transaction:
            self._db.execute("BEGIN")

    def _count_changes(self, count: int) -> None:
        if not self._changes:
            self._changed_at = self._steady()
        self._changes += count
        if self._changes >= self._batch:
            self.commit()

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
        host = Host(0, name)
        values = [getattr(host, column) for column in COLUMNS[1:]]
        added = self._db.execute(_ADD_HOST, values)
        host.id = added.lastrowid or 0
        return self._keep(host)

    def _archive(self, path: str) -> int:
        if path not in self._archives:
            added = self._db.execute("INSERT INTO archives (path) VALUES (?)", (path,))
            self._archives[path] = added.lastrowid or 0
        return self._archives[path]
