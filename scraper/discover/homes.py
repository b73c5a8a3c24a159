"""What a home page tells beside its articles: where the feeds and sitemaps are, and whether the home is elsewhere."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from scraper.discover.found import Link
from scraper.discover.links import belongs
from scraper.discover.sitemaps import may_list_news
from scraper.discover.start import told_for
from scraper.discover.urls import canonical_url, host_of, registrable_domain, same_site
from scraper.discover.wordpress import wordpress_url
from scraper.sites.definition import SiteDefinition

SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml", "/sitemap-news.xml")
MAX_NAMED = 5_000  # sitemaps of one robots.txt that are looked at
MAX_SITEMAPS = 50  # and that are asked for
MAX_FEEDS = 20

_WORDPRESS_REL = "https://api.w.org/"
_REFRESH = re.compile(r"^\s*\d{1,3}\s*[;,]\s*(?:url\s*=)?\s*[\"']?([^\"'\s]+)", re.IGNORECASE)
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_FEED_PATH = re.compile(
    r"/(?:feed|rss|atom|rss-?feeds?)/?$|/(?:rss|feed|atom)\.(?:xml|rss|php)$|/index\.(?:xml|rss)$|/rss/[\w/-]+(?:\.(?:xml|rss))?$"
    r"|/feeds/posts/default"
)
_NO_FEED = re.compile(r"comment|komentar|/wp-json/|podcast", re.IGNORECASE)


def feed_urls(tree: etree._Element, base: str) -> tuple[str, ...]:
    """Feeds that a page tells of, in `<link rel=alternate>` or by plain links.

    Args:
        tree: the parsed page: of a home, or of a list of feeds.
        base: its address.
    """
    told = [
        node.get("href", "")
        for node in tree.iter("link")
        if "alternate" in node.get("rel", "").lower() and node.get("type", "").lower().startswith(_FEED_TYPES)
    ]
    if not told:
        told = [href for node in tree.iter("a") if _FEED_PATH.search((href := node.get("href", "")).partition("?")[0])]
    domain = registrable_domain(host_of(base))
    found: dict[str, None] = {}
    for href in told:
        url = canonical_url(href.strip(), base)
        if url and not _NO_FEED.search(url) and (registrable_domain(host_of(url)) == domain or "feedburner" in url):
            found.setdefault(url)
    found.pop(base, None)
    return tuple(found)[:MAX_FEEDS]


def guessed_feeds(tree: etree._Element, base: str) -> tuple[str, ...]:
    """Where the system that made a home page keeps its feed; the usual places where it does not tell its name."""
    told = (node.get("content", "") for node in tree.iter("meta") if node.get("name", "").lower() == "generator")
    generator = next(told, "").lower()
    paths: tuple[str, ...] = ("/feed/", "/rss", "/rss.xml", "/feed.xml")
    if "wordpress" in generator:
        paths = ("/feed/",)
    elif "blogger" in generator or host_of(base).endswith(".blogspot.com"):
        paths = ("/feeds/posts/default",)
    return tuple(url for path in paths if (url := canonical_url(path, base)))


def home_links(
    tree: etree._Element, url: str, site: SiteDefinition | None, sitemaps: tuple[str, ...] = ()
) -> list[Link]:
    """Feeds and sitemaps: as the page and robots.txt tell, guessed where neither they nor the definition do.

    Args:
        tree: the parsed home page.
        url: its address.
        site: the publisher's definition.
        sitemaps: those that robots.txt names.
    """
    links: list[Link] = []
    if site is None or not told_for(url, site.feeds, site):
        links += [Link(url=feed, kind="feed", depth=1) for feed in feed_urls(tree, url) or guessed_feeds(tree, url)]
        if any(node.get("rel") == _WORDPRESS_REL for node in tree.iter("link")):
            links.append(Link(url=wordpress_url(url), kind="feed", depth=1))
    told = (full for address in islice(sitemaps, MAX_NAMED) if (full := canonical_url(address.strip(), url)))
    own = [full for full in dict.fromkeys(told) if belongs(full, url, site) and may_list_news(full)][:MAX_SITEMAPS]
    if not own and (site is None or not told_for(url, site.sitemaps, site)):
        own = [full for path in SITEMAPS if (full := canonical_url(path, url))]
    return links + [Link(url=sitemap, kind="sitemap") for sitemap in own]


def refreshed(tree: etree._Element, url: str) -> str | None:
    """The address to which a home page without content sends its readers at once; None if it does not."""
    told = (node.get("content", "") for node in tree.iter("meta") if node.get("http-equiv", "").lower() == "refresh")
    match = _REFRESH.match(next(told, ""))
    target = canonical_url(match[1], url) if match else None
    return target if target is not None and target != url and same_site(target, url) else None
