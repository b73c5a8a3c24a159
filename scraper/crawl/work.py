"""The frontier's vocabulary: what goes in, what is handed out, and how it ended."""

from __future__ import annotations

import msgspec

from scraper.discover.found import Kind
from scraper.page import Archived


class Lease(msgspec.Struct, frozen=True, kw_only=True):
    """One URL handed to one worker, until `expires`.

    Attributes:
        id: the frontier's number of the URL.
        url: what to fetch.
        host: authority (`host` or `host:port`) that politeness counts by.
        kind: what it is asked for.
        depth: as `Link.depth`.
        attempt: 1 for the first try since the last success.
        expires: seconds since 1970; after it the URL goes back to the queue.
        published: as told by a feed or sitemap, seconds since 1970.
        found_at: when the frontier first saw it, seconds since 1970.
        fetched_at: the last success, seconds since 1970; None for the first visit.
        etag: for `If-None-Match`.
        last_modified: for `If-Modified-Since`.
        digest: content hash of the last success (see `Done.digest`).
        payload: WARC payload digest of the last success, so that the archive can write a revisit record.
        archived: where the last success rests.
        interval: seconds between the last two visits as scheduled, None before the second.
    """

    id: int
    url: str
    host: str
    kind: Kind
    depth: int
    attempt: int
    expires: float
    published: float | None = None
    found_at: float = 0.0
    fetched_at: float | None = None
    etag: str | None = None
    last_modified: str | None = None
    digest: bytes | None = None
    payload: str | None = None
    archived: Archived | None = None
    interval: float | None = None


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """How a fetch ended well. Give it only after the page's archive record is written.

    Attributes:
        status: HTTP status (304 included).
        etag: the answer's ETag.
        last_modified: the answer's Last-Modified.
        digest: content hash, 16 bytes (`scraper.crawl.sketch.content_digest` of an article's text, of the body
            otherwise). It tells an edit from an unchanged page; None leaves the old one.
        sketch: `scraper.crawl.sketch.simhash` of an article's text, for near duplicates.
        payload: `Stored.payload` of the archive.
        archived: where the records rest.
        aliases: other addresses of the same page (final URL, canonical link): not fetched again.
        article: whether it turned out an article; None if that was not looked at. New ones count for the host.
        revisit_after: seconds until the next visit; None for never (see `scraper.crawl.schedule`).
        size: body bytes, for the rates.
    """

    status: int = 200
    etag: str | None = None
    last_modified: str | None = None
    digest: bytes | None = None
    sketch: int | None = None
    payload: str | None = None
    archived: Archived | None = None
    aliases: tuple[str, ...] = ()
    article: bool | None = None
    revisit_after: float | None = None
    size: int = 0


class HostState(msgspec.Struct, kw_only=True):
    """What is kept of one host, over restarts.

    Attributes:
        host: authority.
        ready: URLs that could be fetched now.
        waiting: URLs due later (retries and re-visits).
        leased: URLs in work.
        done: URLs fetched at least once.
        dead: URLs given up.
        articles: articles found.
        errors: failed fetches in all.
        fetched: fetches in all, failed ones apart.
        bytes: body bytes in all.
        not_before: no claim before this moment, seconds since 1970.
        delay: seconds between two claims.
        budget: fetches allowed a day (UTC), None for no limit.
        spent: fetches handed out today.
        last_error: the last failure's reason.
        last_error_at: seconds since 1970.
        last_fetch_at: seconds since 1970.
        last_article_at: when an article was last new, seconds since 1970.
        terms: what its robots.txt says on use by machines; None or empty if nothing.
    """

    host: str
    ready: int = 0
    waiting: int = 0
    leased: int = 0
    done: int = 0
    dead: int = 0
    articles: int = 0
    errors: int = 0
    fetched: int = 0
    bytes: int = 0
    not_before: float = 0.0
    delay: float = 0.0
    budget: int | None = None
    spent: int = 0
    last_error: str | None = None
    last_error_at: float | None = None
    last_fetch_at: float | None = None
    last_article_at: float | None = None
    terms: str | None = None


class Stats(msgspec.Struct, frozen=True, kw_only=True):
    """The whole frontier at one moment.

    Attributes:
        hosts: by name.
        pages_last_hour: fetched in the last 60 minutes.
        errors_last_hour: failed in the last 60 minutes.
        next_due: the earliest moment at which something could be claimed, None if nothing is left to do.
    """

    hosts: tuple[HostState, ...]
    pages_last_hour: int = 0
    errors_last_hour: int = 0
    next_due: float | None = None

    def total(self, name: str) -> int:
        """Sum of one count over the hosts, e.g. `total("ready")`."""
        return sum(int(getattr(host, name)) for host in self.hosts)
