"""The sites: what each brought and when, and how a crawl of them goes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kabar.monitor.charts import spark
from kabar.monitor.rendering import render
from kabar.monitor.settings import settings, store_of
from kabar.store.changes import last_day, window
from kabar.store.sites import SiteHealth, site_health
from scraper.crawl.frontier import read_stats
from scraper.crawl.work import HostState
from scraper.errors import ScraperError

DAYS = 30


@dataclass(frozen=True, slots=True)
class Row:
    """A site of the store, with the line of its days and what its crawl says."""

    site: SiteHealth
    line: str
    host: HostState | None


@dataclass(frozen=True, slots=True)
class Crawl:
    """A crawl: all its hosts, those that fell silent, rates of the last hour; `problem` if it cannot be read."""

    hosts: tuple[HostState, ...] = ()
    silent: frozenset[str] = frozenset()
    pages_last_hour: int = 0
    errors_last_hour: int = 0
    queued: int = 0
    problem: str | None = None


def sites(request: Request) -> Response:
    """All sites."""
    folder = settings(request).crawl
    crawl = _crawl(folder / "frontier.sqlite") if folder else None
    with store_of(request) as store:
        day = last_day(store.connection)
        found = site_health(store.connection, window(day, DAYS)) if day else []
    hosts = {host.host.removeprefix("www."): host for host in crawl.hosts} if crawl else {}
    rows = [Row(site, spark(site.days), hosts.get(site.domain.removeprefix("www."))) for site in found]
    return render(request, "sites.html", rows=rows, crawl=crawl, moment=_moment, days=DAYS)


def _crawl(path: Path) -> Crawl:
    from kabar.crawling import silent_hosts  # loads the whole crawler

    try:
        stats = read_stats(path)
    except ScraperError as error:
        return Crawl(problem=str(error))
    return Crawl(
        stats.hosts, frozenset(silent_hosts(stats, time.time())), stats.pages_last_hour, stats.errors_last_hour,
        stats.total("ready") + stats.total("waiting") + stats.total("leased"),
    )  # fmt: skip


def _moment(seconds: float | None) -> str:
    return datetime.fromtimestamp(seconds).isoformat(" ", "minutes") if seconds else "–"


ROUTES: list[BaseRoute] = [Route("/sites", sites)]
