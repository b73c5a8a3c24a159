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

from collections.abc import Callable, Collection, Iterable
from math import inf
from pathlib import Path
from time import monotonic, time
from types import TracebackType

from scraper.crawl.database import read_stats
from scraper.crawl.hosts import DAY, Host
from scraper.crawl.intake import DEAD, DONE, KINDS, WAITING, Intake, freshness
from scraper.crawl.ledger import JUMP, url_key
from scraper.crawl.sketch import bands
from scraper.crawl.work import Done, Lease
from scraper.discover.found import Link
from scraper.page import Archived

__all__ = ["Frontier", "freshness", "read_stats", "url_key"]

FIRST_INTERVAL = 3_600.0  # seconds until an update that a sitemap tells is believed again
LONGEST_WAIT = 40 * DAY  # longer than any interval; what is due later was written by a clock that was wrong
PROMOTED = 1_000  # waiting URLs made ready at once

_CLAIM = """SELECT u.id, url, kind, depth, attempts, published, found_at, fetched_at, etag, last_modified, digest,
    payload, path, offset, interval FROM urls u LEFT JOIN archives a ON a.id = u.archive
    WHERE state = 0 AND host = ? ORDER BY freshness DESC LIMIT ?"""
_WANTED = "state = 1 AND (attempts > 0 OR due <= ?)"  # what is due to be tried again, or visited again in this run
_COMPLETE = """UPDATE urls SET state = ?, due = ?, attempts = 0, error = NULL, fetched_at = ?, interval = ?, status = ?,
    etag = ?, last_modified = ?, digest = coalesce(?, digest), sketch = coalesce(?, sketch),
    payload = coalesce(?, payload), archive = coalesce(?, archive), offset = coalesce(?, offset),
    article = coalesce(?, article) WHERE id = ?"""


class Frontier(Intake):
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
        super().__init__(path, clock=clock, steady=steady, batch=batch, sync=sync)
        self._lease_seconds = lease_seconds
        self._out: dict[int, tuple[Lease, Host, float]] = {}
        self._next_waiting: float | None = None
        self._visits_until = inf
        self._take_back()

    def __enter__(self) -> Frontier:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _take_back(self) -> None:
        """Returns the leases of a killed run to the queue, and lines the hosts up."""
        with self._safely():
            self._begin()
            orphans = self._db.execute("SELECT host, count(*) FROM urls WHERE state = 2 GROUP BY host").fetchall()
            self._db.execute("UPDATE urls SET state = 0 WHERE state = 2")
            for host_id, count in orphans:
                self._touch(self._by_id[host_id]).ready += count
            now = self._clock()
            ahead = self._last_moment() - now
            if ahead > JUMP:  # the clock was set back since
                self._move(-ahead, now)
            for host in self._by_id.values():
                host.not_before = min(host.not_before, now + DAY)  # a clock that was wrong must not stop a host
            self._db.execute("UPDATE urls SET due = ? WHERE state = 1 AND due > ?", (now, now + LONGEST_WAIT))
            self._line.rebuild(self._by_id.values(), now)
            self._look_at_waiting()
            self.commit()

    def _last_moment(self) -> float:
        """When an earlier run was last heard of, seconds since 1970; 0 for never."""
        hosts = self._by_id.values()
        return max((moment or 0.0 for host in hosts for moment in (host.last_fetch_at, host.last_error_at)), default=0)

    def visit_within(self, seconds: float) -> None:
        """Leaves next visits that are due later than in so many seconds to a later run; `math.inf` leaves none.

        What is new or failed comes as before. Without such a moment a run over many pages has no end: there is always
        one that is due again.
        """
        with self._safely():
            self._visits_until = self._now() + seconds
            self._look_at_waiting()

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
            self._reap()
            now = self._now()
            self._promote(now)
            leases, served = list[Lease](), list[Host]()
            for host in self._line.due(now):
                served.append(host)
                if host.host in exclude:
                    continue
                room = min(per_host - host.leased, 1 if host.delay else per_host, count - len(leases))
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
        host.leased += len(leases)
        host.spend(len(leases), now)
        self._count_changes(len(leases))
        return leases

    def _line_up_again(self, host: Host, per_host: int, now: float) -> None:
        if host.left(now) <= 0:
            host.not_before = max(host.not_before, (now // DAY + 1) * DAY)
        if host.leased < per_host:  # a full host comes back when one of its leases ends
            self._line.join(host, now)

    def _move(self, jump: float, now: float) -> None:
        """What was put off stays so for as long as it was told.

        A machine that slept looks like a clock set forward: visits then come as early as they would have without it.
        """
        shift = jump if jump < 0 or jump > LONGEST_WAIT else 0.0
        self._visits_until += jump
        for host in self._by_id.values():
            self._touch(host).move(jump, shift)
        self._begin()
        self._db.execute("UPDATE urls SET due = due + ? WHERE state = 1", (shift,))
        self._line.rebuild(self._by_id.values(), now)
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
            f"SELECT id, host FROM urls WHERE {_WANTED} AND due <= ? ORDER BY due LIMIT ?",  # noqa: S608 - own text
            (self._visits_until, now, PROMOTED),
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
        row = self._db.execute(f"SELECT min(due) FROM urls WHERE {_WANTED}", (self._visits_until,))  # noqa: S608
        self._next_waiting = row.fetchone()[0]

    # ---------------------------------------------------------------- back

    def complete(self, lease: Lease, done: Done, links: Iterable[Link] = ()) -> bool:
        """Records a fetch that ended well, together with what the page told of; both are kept, or neither.

        Thousands of links (a sitemap's) are better added before with `add_many`, some hundred at a time: it takes
        15 µs a link, and the event loop waits for it.

        Returns:
            False if the lease had expired meanwhile: the URL is in the queue again, and nothing was recorded.
        """
        found = list(links)  # whatever is wrong with them shows before anything is recorded
        host = self._end(lease)
        if host is None:
            return False
        with self._safely():
            now = self._line_up(host)
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
            self._add_found(found)
            self._count_changes(1)
            return True

    def _add_found(self, links: Iterable[Link]) -> None:
        """Queues what a page told of; if all its articles are new, some may have slipped to the list's next page."""
        sorts: dict[str, list[Link]] = {"page": [], "article": []}
        for link in links:
            sorts.setdefault(link.kind, []).append(link)
        pages, articles = sorts.pop("page"), sorts["article"]
        new = [self.add_many(sort) for sort in sorts.values() if sort]
        if pages and articles and new[0] == len(articles):
            self.revisit(pages)
        elif pages:
            self.add_many(pages)

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
            if due <= self._visits_until:
                self._next_waiting = due if self._next_waiting is None else min(due, self._next_waiting)
        self._rates[int(now // 60)][0] += 1

    def fail(self, lease: Lease, reason: str | None, *, retry_in: float | None = None) -> bool:
        """Records a failure (none of the host's if no reason is given); due again in `retry_in` seconds, or given up.

        Returns:
            False if the lease had expired meanwhile: the URL is in the queue again, and nothing was recorded.
        """
        host = self._end(lease)
        if host is None:
            return False
        with self._safely():
            now = self._line_up(host)
            state, due = (DEAD, now) if retry_in is None else (WAITING, now + retry_in)
            self._db.execute(
                "UPDATE urls SET state = ?, due = ?, attempts = ?, error = ? WHERE id = ?",
                (state, due, lease.attempt, reason, lease.id),
            )
            if state == DEAD:
                host.dead += 1
            else:
                host.waiting += 1
                self._next_waiting = due if self._next_waiting is None else min(due, self._next_waiting)
            if reason is not None:
                host.errors, host.last_error, host.last_error_at = host.errors + 1, reason, now
                self._rates[int(now // 60)][1] += 1
            self._count_changes(1)
            return True

    def pass_over(self, lease: Lease, reason: str) -> bool:
        """Gives a URL up that was not asked for: no attempt and no error is counted, and its host need not rest.

        Returns:
            False if the lease had expired meanwhile: the URL is in the queue again, and nothing was recorded.
        """
        host = self._end(lease)
        if host is None:
            return False
        with self._safely():
            now, claimed = self._line_up(host), lease.expires - self._lease_seconds
            values = (DEAD, now, reason, lease.id)
            self._db.execute("UPDATE urls SET state = ?, due = ?, error = ? WHERE id = ?", values)
            host.dead += 1
            host.spent = max(0, host.spent - 1)
            if host.not_before <= claimed + host.delay + 0.001:  # nobody has put it off since
                host.not_before = min(host.not_before, claimed)
                self._line.move(host, now)
            self._count_changes(1)
            return True

    def release(self, lease: Lease) -> bool:
        """Gives a lease back unused (shutdown, host backing off): no attempt is counted."""
        host = self._end(lease)
        if host is None:
            return False
        with self._safely():
            host.ready += 1
            self._line_up(host)
            self._db.execute("UPDATE urls SET state = 0 WHERE id = ?", (lease.id,))
            self._count_changes(1)
            return True

    def _end(self, lease: Lease) -> Host | None:
        held = self._out.get(lease.id)
        if held is None or held[0].expires != lease.expires:
            return None
        del self._out[lease.id]
        host = self._touch(held[1])
        host.leased -= 1
        return host

    def _line_up(self, host: Host) -> float:
        """Lines a host up again when one of its leases has ended, and gives the time."""
        now = self._now()
        self._begin()
        self._line.join(host, now)
        return now

    # ---------------------------------------------------------------- what is due

    def due_in(self) -> float | None:
        """Seconds until `claim` may give something, by a clock that may be set at any moment.

        None if nothing is left, or nothing before one of the leases that are out has ended.
        """
        with self._safely():
            now = self._now()
        moments = [moment - now for moment in (self._line.next_moment(), self._next_waiting) if moment is not None]
        return min(moments, default=None)

    def close(self) -> None:
        """Returns the leases that are out to the queue, commits, and lets the file go."""
        if self._closed:
            return
        for lease, _, _ in list(self._out.values()):
            self.release(lease)
        self.commit()
        self._abandon()
