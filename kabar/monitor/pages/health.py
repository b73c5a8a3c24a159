"""The sites: what each brought and when, and how a crawl of them goes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kabar.monitor.charts import spark
from kabar.monitor.rendering import missing, render
from kabar.monitor.settings import reading, settings
from kabar.store.changes import last_day, window
from kabar.store.sites import SiteHealth, site_health
from scraper.crawl.frontier import read_stats
from scraper.crawl.work import HostState
from scraper.errors import ScraperError

DAYS = 30
RUNS_SECONDS = 60.0
"""After its last page, for which a crawl is said to run."""


@dataclass(frozen=True, slots=True)
class Row:
    """A site of the store, with the line of its days and what its crawl says."""

    site: SiteHealth
    line: str
    host: HostState | None


@dataclass(frozen=True, slots=True)
class Crawl:
    """A crawl: all its hosts, those that fell silent, rates of the last hour; `problem` if it cannot be read.

    Attributes:
        now: when it was looked at, seconds since 1970.
    """

    now: float
    hosts: tuple[HostState, ...] = ()
    silent: frozenset[str] = frozenset()
    pages_last_hour: int = 0
    errors_last_hour: int = 0
    queued: int = 0
    problem: str | None = None

    @property
    def runs(self) -> bool:
        """Whether a page has just come, or failed to."""
        moments = (moment for host in self.hosts for moment in (host.last_fetch_at, host.last_error_at) if moment)
        return abs(self.now - max(moments, default=0.0)) < RUNS_SECONDS


def sites(request: Request) -> Response:
    """All sites."""
    crawl = _crawl(settings(request).crawl)
    with reading(request) as store:
        day = last_day(store.connection)
        found = site_health(store.connection, window(day, DAYS)) if day else []
    hosts = {host.host.removeprefix("www."): host for host in crawl.hosts} if crawl else {}
    rows = [Row(site, spark(site.days), hosts.get(site.domain.removeprefix("www."))) for site in found]
    return render(request, "sites.html", rows=rows, crawl=crawl, days=DAYS)


def crawl_now(request: Request) -> Response:
    """The crawl's part of that page, which asks for it again while it is open."""
    crawl = _crawl(settings(request).crawl)
    if crawl is None:
        return missing(request)
    return render(request, "crawl.html", crawl=crawl)


def _crawl(folder: Path | None) -> Crawl | None:
    if folder is None:
        return None
    from kabar.crawling import silent_hosts  # loads the whole crawler

    now = time.time()
    try:
        stats = read_stats(folder / "frontier.sqlite", now)
    except ScraperError as error:
        return Crawl(now, problem=error.reason)
    return Crawl(
        now, stats.hosts, frozenset(silent_hosts(stats, now)), stats.pages_last_hour, stats.errors_last_hour,
        stats.total("ready") + stats.total("waiting") + stats.total("leased"),
    )  # fmt: skip


ROUTES: list[BaseRoute] = [Route("/sites", sites), Route("/sites/crawl", crawl_now)]
