"""From a start (a host, an address, a publisher's definition) to the first addresses to ask for."""

from __future__ import annotations

import re

from scraper.discover.forms import FRONT_FILES, classify
from scraper.discover.found import Kind, Link
from scraper.discover.links import belongs
from scraper.discover.urls import canonical_url, split_url
from scraper.errors import RefusedURL
from scraper.sites.definition import SiteDefinition

FRONT_PAGES = FRONT_FILES | {""}

_SITEMAP_NAME = re.compile(r"sitemap[^/]*(?:\.xml|\.txt|\.php)?(?:\.gz)?$", re.IGNORECASE)
_FEED_NAME = re.compile(
    r"/(?:feed|rss|atom)(?:/|$|\.)|\.rss$|/feeds/posts/default|/wp-json/wp/v2/posts|/rss/", re.IGNORECASE
)


def start_links(start: str, site: SiteDefinition | None = None) -> tuple[Link, ...]:
    """See `scraper.discover.seeds`."""
    url = canonical_url(start if "://" in start else "https://" + start.strip())
    if url is None:
        raise RefusedURL("this is no http(s) address and no host name", start)
    kind = _kind_of(url)
    links = [Link(url=url, kind=kind)]
    if site is not None and kind == "seed":
        links = [Link(url=feed, kind="feed") for feed in told_for(url, site.feeds, site)]
        links += [Link(url=sitemap, kind="sitemap") for sitemap in told_for(url, site.sitemaps, site)]
        links.append(Link(url=url, kind=kind))
    return tuple(links)


def told_for(home: str, addresses: tuple[str, ...], site: SiteDefinition | None) -> tuple[str, ...]:
    """Of the feeds or sitemaps of a definition those of this host: an edition is not served by its network's."""
    if site is None:
        return ()
    full = (canonical_url(address, home) for address in addresses)
    return tuple(url for url in full if url is not None and belongs(url, home, site))


def _kind_of(url: str) -> Kind:
    parts = split_url(url)
    if _FEED_NAME.search(parts.path):
        return "feed"
    if _SITEMAP_NAME.search(parts.path):
        return "sitemap"
    if parts.path.removeprefix("/").lower() in FRONT_PAGES and not parts.query:
        return "seed"
    return "article" if classify(url) == "article" else "index"
