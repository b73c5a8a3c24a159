"""What the pages of a crawl tell of other addresses, and what is learnt from them on the way."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from scraper.article import Timestamp
from scraper.clean.paging import page_number
from scraper.crawl.frontier import Frontier
from scraper.crawl.list_ages import ListAges
from scraper.crawl.repeats import Repeats
from scraper.crawl.work import Lease
from scraper.discover import discover
from scraper.discover.feeds import is_html
from scraper.discover.forms import classify
from scraper.discover.found import Kind, Link
from scraper.discover.trial import Sort, Trial
from scraper.discover.urls import canonical_link, host_of, origin_of, same_site
from scraper.errors import DiscoverError
from scraper.http.robots import Robots
from scraper.page import Page
from scraper.sites import Registry

NOT_MODIFIED = 304
MAX_LISTS = 5_000  # new lists and sitemaps that one host may add in a day: calendars and session numbers never end
MAX_NON_ARTICLES = 3  # lists one behind the other that were taken for articles
LONG = 200_000  # bytes; a longer sitemap takes tens of milliseconds
AT_ONCE = 500  # links queued between two turns of the event loop
MAX_SAID = 10_000
MAX_TERMS = 500  # characters
LISTS = frozenset({"page", "sitemap", "index"})


def was_looked_for(lease: Lease) -> bool:
    """Whether an address was guessed, or only told by a page: that it is not there is no failure."""
    return lease.kind != "article" and (lease.depth > 0 or lease.kind == "sitemap")


class Held(NamedTuple):
    """What was found in a page that was taken for an article.

    Attributes:
        article: whether it is one.
        sketch: of its text.
        published: when it says that it was published.
    """

    article: bool
    sketch: int | None = None
    published: Timestamp | None = None


class LinkExtractor:
    """Reads the links of one run's pages, by the publishers' definitions, robots.txt and what earlier pages were.

    What was learnt is kept in the frontier, in the commit of the page that taught it.
    """

    def __init__(
        self,
        frontier: Frontier,
        robots: Robots | None,
        told: Callable[[str], None],
        *,
        sites: Registry,
    ) -> None:
        """Args:
        frontier: keeps counts and terms.
        robots: the rules that were read; None if they are ignored.
        told: hears of problems and of terms on use by machines, one line each.
        sites: definitions of publishers.
        """
        self._frontier, self._robots, self._told, self._sites = frontier, robots, told, sites
        self._trial = Trial(frontier.load_trial())
        self._terms: dict[str, str] = {}
        self._said: set[str] = set()
        self._added: dict[str, int] = {}
        self._day = 0
        self._since: float | None = None
        self._ages: ListAges | None = None
        self._repeats = Repeats()

    def look_back_to(self, since: float) -> None:
        """Follows no articles that are older than this moment, seconds since 1970."""
        self._since, self._ages = since, ListAges(since)

    def refuses(self, lease: Lease) -> bool:
        """Whether an address that waits for its first visit is of a form that was learnt to be none worth asking.

        What a feed gave a date or a person named is asked in any case.
        """
        if lease.fetched_at is not None or lease.published is not None or lease.depth == 0:
            return False
        if lease.kind in ("sitemap", "page"):
            return self._trial.verdict(lease.url, "list") is False
        if lease.kind != "article" or self._trial.verdict(lease.url) is not False:
            return False
        site = self._sites.match(lease.url)
        pattern = site.article_pattern if site is not None else None
        return pattern is None or classify(lease.url, pattern) != "article"

    async def links(self, page: Page, lease: Lease, held: Held | None = None) -> tuple[Link, ...]:
        """What a fetched page tells of; a page that was taken for an article and is none is read as a list.

        A long page is read in a thread, and most of what it tells is queued already when this returns.

        Args:
            page: as fetched.
            lease: what it was asked for.
            held: what was found in a page that was taken for an article; None if nobody looked.
        """
        self._meet(lease)
        if page.status == NOT_MODIFIED:
            return ()
        if lease.kind == "article":
            if held is not None:
                self._look_at(lease, held)
            if held is None or held.article or lease.depth > MAX_NON_ARTICLES:
                return ()
        links = await self._read(page, "index" if lease.kind == "article" else lease.kind, lease)
        if self._repeats.shows_again(lease.url, lease.depth, links):
            links = tuple(link for link in links if link.kind != "page")
        if self._ages is not None:
            self._ages.told(lease.url, lease.depth, links)
            if self._ages.too_old(lease.url, lease.depth):
                links = tuple(link for link in links if link.kind != "page")
        kept = tuple(link for link in links if link.kind not in LISTS or self._may_add(link, lease.host))
        while len(kept) > AT_ONCE:
            self._frontier.add_many(kept[:AT_ONCE])
            kept = kept[AT_ONCE:]
            await asyncio.sleep(0)  # a sitemap of 50,000 would keep everything else waiting for a second
        return kept

    def _look_at(self, lease: Lease, held: Held) -> None:
        """Learns from what was taken for an article."""
        self._learn(lease.url, held.article and not self._is_copy(lease, held.sketch), "article")
        if self._ages is not None:
            self._ages.read(lease.url, held.published)

    def failed(self, lease: Lease) -> None:
        """Takes note of a page that is not there; of articles that says nothing, they are taken down."""
        if lease.kind in ("sitemap", "page"):
            self._learn(lease.url, False, "list")

    def aliases(self, page: Page, lease: Lease) -> tuple[str, ...]:
        """Other addresses of an article: where it was redirected to, and the one that it calls its own."""
        if lease.kind != "article" or page.status == NOT_MODIFIED:
            return ()
        own = page.final_url or lease.url
        told = canonical_link(page.body, own)
        if told is None or not same_site(told, own) or (page_number(lease.url) or 0) > 1:
            told = own  # what another publisher has, or the first of several pages, is to be fetched by itself
        return tuple(url for url in dict.fromkeys((own, told)) if url != lease.url)

    async def _read(self, page: Page, kind: Kind, lease: Lease) -> tuple[Link, ...]:
        read = partial(
            discover, page, kind, site=self._sites.match(lease.url), since=self._since,
            depth=lease.depth + (lease.kind == "article"), trial=self._trial, sitemaps=self._sitemaps(page, lease),
        )  # fmt: skip
        try:
            found = await asyncio.to_thread(read) if len(page.body) > LONG else read()
        except DiscoverError as error:
            self.failed(lease)
            if not (was_looked_for(lease) and is_html(page.body)):  # many servers have a page for every address
                self._say(f"{lease.url}: {error.reason}")
            return ()
        for problem in found.problems:
            self._say(f"{lease.url}: {problem}")
        if lease.kind in ("sitemap", "page"):
            self._learn(lease.url, True, "list")
        return found.links

    def _sitemaps(self, page: Page, lease: Lease) -> tuple[str, ...]:
        """What robots.txt names where the page was found, be it after a redirect."""
        rules = self._robots.known(origin_of(page.final_url or lease.url)) if self._robots is not None else None
        return rules.sitemaps if rules is not None else ()

    def _meet(self, lease: Lease) -> None:
        """Tells once what a host's robots.txt says on use by machines, and keeps it for `kabar status`."""
        rules = self._robots.known(origin_of(lease.url)) if self._robots is not None else None
        if rules is None:
            return
        terms = "; ".join(dict.fromkeys(rules.terms))[:MAX_TERMS]
        if terms == self._terms.get(lease.host):
            return
        self._terms[lease.host] = terms
        if terms:
            self._told(f"{lease.host}: its robots.txt sets terms on use by machines: {terms}")
        if terms != (self._frontier.host(lease.host).terms or ""):
            self._frontier.set_host(lease.host, terms=terms)

    def _is_copy(self, lease: Lease, sketch: int | None) -> bool:
        """Whether the host has told the same text under another address: a session number, an unknown parameter."""
        if sketch is None or lease.fetched_at is not None:
            return False
        same = self._frontier.similar(sketch, within=0)
        return any(host_of(url) == lease.host and url != lease.url for url in same)

    def _learn(self, url: str, held: bool, taken_for: Sort) -> None:
        self._trial.record(url, held, taken_for)
        self._frontier.save_trial(self._trial.take_changes())

    def _may_add(self, link: Link, host: str) -> bool:
        """Whether a list may still be followed today; those that are known already may."""
        if self._frontier.known(link.url):
            return True
        if self._day != (today := int(time.time() // 86_400)):
            self._day = today
            self._added.clear()
        self._added[host] = self._added.get(host, 0) + 1
        if self._added[host] > MAX_LISTS:
            self._say(f"{host}: more than {MAX_LISTS:,} new lists and sitemaps in a day; the rest is left out")
        return self._added[host] <= MAX_LISTS

    def _say(self, problem: str) -> None:
        """Tells a problem once; a feed that is malformed is so at every visit."""
        if len(self._said) > MAX_SAID:
            self._said.clear()
        if problem not in self._said:
            self._said.add(problem)
            self._told(problem)
