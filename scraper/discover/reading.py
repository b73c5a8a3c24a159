"""From a fetched page to the addresses that it tells of."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Literal, NamedTuple

from lxml import etree

from scraper.clean.decode import decode, parse
from scraper.discover.feeds import Feed, is_feed, read_feed
from scraper.discover.forms import DAY, archive_period, classify, period_in_path
from scraper.discover.found import Discovery, Kind, Link
from scraper.discover.homes import feed_urls, home_links, refreshed
from scraper.discover.links import Anchor, belongs, read_index
from scraper.discover.sitemaps import (
    MAX_DEPTH,
    Sitemap,
    changed_at,
    is_finished,
    is_sitemap,
    read_sitemap,
)
from scraper.discover.stated import stated_articles
from scraper.discover.trial import Sort, Trial
from scraper.discover.urls import canonical_url, same_site
from scraper.discover.wordpress import following_url, read_wordpress
from scraper.errors import CleanError, DiscoverError
from scraper.page import Page
from scraper.sites.definition import SiteDefinition

MAX_PAGES = 50  # further pages of one list
UNASKED = 7 * DAY  # seconds that date archives are followed back if nobody says how far
EAST = 9 * 3_600.0  # seconds that Jayapura's day begins before that of UTC

_HTML = re.compile(rb"<html|<!doctype html", re.IGNORECASE)


def read_page(
    page: Page,
    kind: Kind,
    *,
    site: SiteDefinition | None = None,
    since: float | None = None,
    depth: int = 0,
    trial: Trial | None = None,
    sitemaps: tuple[str, ...] = (),
) -> Discovery:
    """See `scraper.discover.discover`."""
    url = canonical_url(page.final_url or page.url or "")
    if url is None:
        raise DiscoverError("the page has no address", page.url)
    asked = _Asked(site, since, depth, trial, sitemaps)
    if kind == "article":
        return Discovery()
    try:
        return _read(page, kind, url, asked)
    except (
        LookupError,
        OverflowError,
        ValueError,
    ) as error:  # what no parser foresees ends the reading of this page alone
        raise DiscoverError(f"it cannot be read ({type(error).__name__})", url) from error


def _read(page: Page, kind: Kind, url: str, asked: _Asked) -> Discovery:
    form = _form(page.body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n"), kind)
    if form == "sitemap":
        return _of_sitemap(read_sitemap(page.body, url, asked.since), url, asked)
    if form == "feeds":
        return _of_feed_list(page, url, asked)
    if form == "feed":
        feed = read_feed(page.body, url, asked.site.zone if asked.site else None)
        return _with_older(_of_feed(feed, asked), feed, feed.following if asked.depth < MAX_PAGES else None, asked)
    if form == "posts":
        return _of_wordpress(read_wordpress(page.body, url), url, asked)
    return _of_html(page, url, kind, asked)


def _form(head: bytes, kind: Kind) -> Literal["sitemap", "feed", "feeds", "posts", "html"]:
    """How a page is to be read: its first bytes have the last word on what it is."""
    if is_sitemap(head):
        return "sitemap"
    if is_feed(head):
        return "feed"
    if head.startswith((b"[", b"{")):
        return "posts"
    if kind == "feed" and _HTML.search(head):
        return "feeds"
    return kind if kind == "sitemap" or kind == "feed" else "html"


class _Asked(NamedTuple):
    """What `read_page` was asked with."""

    site: SiteDefinition | None
    since: float | None
    depth: int
    trial: Trial | None
    sitemaps: tuple[str, ...]

    @property
    def pattern(self) -> str | None:
        return self.site.article_pattern if self.site is not None else None

    def refuses(self, url: str, taken_for: Sort = "article") -> bool:
        """Whether addresses of this form have hardly ever been what they were taken for."""
        return self.trial is not None and self.trial.verdict(url, taken_for) is False

    def wants(self, *dates: float | None) -> bool:
        """Whether something of these dates is new enough; what tells no date is."""
        told = [date for date in dates if date is not None]
        return self.since is None or not told or max(told) >= self.since


def _of_sitemap(sitemap: Sitemap, url: str, asked: _Asked) -> Discovery:
    links = [
        Link(url=page.url, kind="article", title=page.title, published=page.published, updated=page.updated,
             depth=asked.depth)
        for page in sitemap.urls
        if belongs(page.url, url, asked.site) and (page.news or _may_be_article(page.url, asked))
    ]  # fmt: skip
    problems = sitemap.problems
    if sitemap.children and asked.depth >= MAX_DEPTH:
        problems += (f"sitemaps within sitemaps are followed {MAX_DEPTH} deep only",)
    elif sitemap.children:
        links += [
            Link(url=child.url, kind="page" if is_finished(child) else "sitemap", updated=changed_at(child),
                 depth=asked.depth + 1)
            for child in sitemap.children
            if same_site(child.url, url) and not asked.refuses(child.url, "list")
        ]  # fmt: skip
    return Discovery(links=tuple(links), problems=problems)


def _of_feed(feed: Feed, asked: _Asked) -> Discovery:
    links = tuple(
        Link(url=entry.url, kind="article", title=entry.title, published=entry.published, updated=entry.updated,
             depth=asked.depth)
        for entry in feed.entries
        if asked.wants(entry.published, entry.updated)
    )  # fmt: skip
    return Discovery(links=links, problems=feed.problems)


def _of_wordpress(feed: Feed, url: str, asked: _Asked) -> Discovery:
    return _with_older(_of_feed(feed, asked), feed, following_url(url, feed), asked)


def _with_older(found: Discovery, feed: Feed, more: str | None, asked: _Asked) -> Discovery:
    """What a feed tells with the address of its older entries, unless these are older than asked for."""
    if more is None or not feed.entries or len(found.links) < len(feed.entries):
        return found
    return Discovery(links=(*found.links, Link(url=more, kind="page", depth=asked.depth + 1)), problems=found.problems)


def _may_be_article(url: str, asked: _Asked) -> bool:
    """Of what a sitemap lists without saying so; only what surely is none is left out."""
    return classify(url, asked.pattern) in ("article", "unknown") and not asked.refuses(url)


def _of_feed_list(page: Page, url: str, asked: _Asked) -> Discovery:
    """The page under `/rss` that lists a site's feeds."""
    feeds = feed_urls(_tree(page, url), url) if asked.depth < MAX_DEPTH else ()
    if not feeds:
        raise DiscoverError("this is no feed, and lists none", url)
    return Discovery(links=tuple(Link(url=feed, kind="feed", depth=asked.depth + 1) for feed in feeds))


def _tree(page: Page, url: str) -> etree._Element:
    try:
        return parse(decode(page.body, page.encoding))
    except CleanError as error:
        raise DiscoverError(error.reason, url) from error


def _of_html(page: Page, url: str, kind: Kind, asked: _Asked) -> Discovery:
    tree = _tree(page, url)
    index = read_index(tree, url, site=asked.site, trial=asked.trial)
    articles = index.articles or stated_articles(tree, url, site=asked.site, trial=asked.trial)
    links = [link for anchor in articles for link in _listed(anchor, asked)]
    if kind == "seed":
        links += home_links(tree, url, asked.site, asked.sitemaps)
        links += [Link(url=section, kind="index", depth=1) for section in index.sections]
        target = refreshed(tree, url) if asked.depth < MAX_DEPTH else None
        links += [Link(url=target, kind="seed", depth=asked.depth + 1)] if target is not None else []
    links += [Link(url=day, kind="page", depth=asked.depth + 1) for day in index.archives if _asked_for(day, asked)]
    over = not links if articles else kind == "page"  # older than asked for, or behind the end of the list
    if index.following is not None and asked.depth < MAX_PAGES and not over:
        links.append(Link(url=index.following, kind="page", depth=asked.depth + 1))
    return Discovery(links=tuple(links))


def _listed(anchor: Anchor, asked: _Asked) -> Iterator[Link]:
    """The link to an article of a list, unless its address tells that it is older than asked for."""
    period = period_in_path(anchor.url)
    if period is None or asked.wants(period.end):
        published = period.start if period is not None and period.is_day else None
        yield Link(url=anchor.url, kind="article", title=anchor.text or None, published=published, depth=asked.depth)


def _asked_for(archive: str, asked: _Asked) -> bool:
    """Whether a date archive is followed: back to the moment that was asked for, else a week; calendars never end."""
    period = archive_period(archive)
    if period is None or asked.depth >= MAX_PAGES:
        return False
    now = time.time()
    since = now - UNASKED if asked.since is None else asked.since
    return since <= period.end and period.start <= now + EAST
