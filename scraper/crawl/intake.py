"""What comes into the frontier: new links, updates of known ones, other addresses of a page, and what hosts ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from scraper.crawl.hosts import DAY, Host, Line
from scraper.crawl.ledger import Ledger, url_key
from scraper.crawl.work import Lease
from scraper.discover.forms import classify, date_in_path
from scraper.discover.found import Kind, Link
from scraper.discover.urls import host_of

KINDS: tuple[Kind, ...] = ("seed", "feed", "sitemap", "index", "article", "page")
READY, WAITING, LEASED, DONE, DEAD, ALIAS = range(6)

UNDATED = 2 * DAY  # an article without a date ranks as one of the day before yesterday
UPDATE_SLACK = 60.0  # seconds between a publisher's clock and ours

_ADD = """INSERT OR IGNORE INTO urls (key, url, host, kind, state, freshness, depth, published, found_at)
    VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?)"""
_SEEN = """SELECT id, state, CASE WHEN fetched_at > ? THEN 1.0 ELSE coalesce(fetched_at, due) END, interval FROM urls
    WHERE key = ?"""  # a visit that is still to come was noted by a clock that was ahead


def freshness(link: Link, now: float) -> float:
    """Where a link stands in its host's queue, as seconds since 1970: the highest is fetched first.

    Feeds come before everything, articles by the date told or in their address, an index page falls behind by a day
    a level.
    """
    if link.kind in ("seed", "feed"):
        return now + DAY
    told = link.updated or link.published
    if link.kind in ("sitemap", "index", "page"):
        return min(told or now, now) - link.depth * DAY
    return min(told or date_in_path(link.url) or now - UNDATED, now)


class Intake(Ledger):
    """The way into the queue; see `scraper.crawl.frontier.Frontier`, which hands it out."""

    def __init__(
        self, path: Path, *, clock: Callable[[], float], steady: Callable[[], float], batch: int, sync: bool
    ) -> None:
        """See `Frontier`."""
        super().__init__(path, clock=clock, steady=steady, batch=batch, sync=sync)
        self._line = Line()

    def add_many(self, links: Iterable[Link]) -> int:
        """Queues what is not known yet, and known URLs told to be updated since; gives the count of new ones."""
        with self._safely():
            now = self._now()
            self._begin()
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
        uid, state, seen, interval = self._db.execute(_SEEN, (now + UPDATE_SLACK, key)).fetchone()
        # The interval bounds publishers whose sitemaps tell every page to be new at every visit.
        if state in (WAITING, DONE, DEAD) and seen and seen + UPDATE_SLACK < updated and seen + (interval or 0) <= now:
            self._make_ready(uid, min(updated, now), now)

    def revisit(self, links: Iterable[Link]) -> int:
        """Queues URLs to be fetched now, known or not (a new run's seeds); gives the count of what was queued."""
        links = list(links)
        with self._safely():
            new = self.add_many(links)
            now = self._now()
            for link in links:
                row = self._db.execute("SELECT id, state FROM urls WHERE key = ?", (url_key(link.url),)).fetchone()
                if row[1] in (WAITING, DONE, DEAD):
                    self._make_ready(row[0], freshness(link, now), now)
                    new += 1
            return new

    def set_host(
        self,
        host: str,
        *,
        rest: float | None = None,
        delay: float | None = None,
        budget: int | None = None,
        terms: str | None = None,
    ) -> None:
        """Sets what is kept of a host over restarts; None leaves a value as it is.

        Args:
            host: authority.
            rest: seconds from now before which nothing of it is claimed.
            delay: seconds between two claims.
            budget: fetches a day (UTC).
            terms: what its robots.txt says on use by machines.
        """
        with self._safely():
            now = self._now()
            self._begin()
            kept = self._touch(self._host(host))
            kept.delay = kept.delay if delay is None else delay
            kept.budget = kept.budget if budget is None else budget
            kept.terms = kept.terms if terms is None else terms
            if rest is not None:
                earlier, kept.not_before = now + rest < kept.not_before, now + rest
                if earlier:
                    self._line.move(kept, now)
            self._count_changes(1)

    def rest(self, host: str) -> float:
        """Seconds from now before which nothing of a host is claimed; less than 0 if that is over."""
        with self._safely():
            now = self._now()
            return self.host(host).not_before - now

    def _make_ready(self, uid: int, fresh: float, now: float) -> None:
        """Moves a waiting, done or dead URL to the queue."""
        self._begin()
        host_id, state = self._db.execute("SELECT host, state FROM urls WHERE id = ?", (uid,)).fetchone()
        self._db.execute("UPDATE urls SET state = 0, due = NULL, freshness = ? WHERE id = ?", (fresh, uid))
        host = self._touch(self._by_id[host_id])
        host.ready += 1
        if state == WAITING:
            host.waiting -= 1
        elif state == DEAD:
            host.dead -= 1
        self._line.join(host, now)

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
