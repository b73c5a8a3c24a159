"""Where article addresses come from: feeds, sitemaps, WordPress REST, section and index pages.

Nothing here opens a connection: pages go in, links come out, and the crawler fetches what it is told of.

    seeds("jambi.tribunnews.com")         what to ask first for a site name, a host or any address
    discover(page, kind="feed")           what a fetched page of any of these kinds tells
    canonical_url, same_article (scraper.discover.urls), classify (scraper.discover.forms)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scraper.discover.found import Discovery, Kind, Link
    from scraper.discover.trial import Trial
    from scraper.page import Page
    from scraper.sites import SiteDefinition

__all__ = ["discover", "seeds"]


def seeds(start: str, site: SiteDefinition | None = None) -> tuple[Link, ...]:
    """The first addresses to ask for.

    Args:
        start: a host (`jambi.tribunnews.com`) or an http(s) address: of a home page, section, feed or sitemap.
        site: its definition, where there is one; its feeds and sitemaps come first.

    Raises:
        RefusedURL: `start` is no http(s) address and no host.

    >>> [link.kind for link in seeds("https://contoh.example/feed/")]
    ['feed']
    """
    from scraper.discover.start import start_links

    return start_links(start, site)


def discover(
    page: Page,
    kind: Kind,
    *,
    site: SiteDefinition | None = None,
    since: float | None = None,
    depth: int = 0,
    trial: Trial | None = None,
    sitemaps: tuple[str, ...] = (),
) -> Discovery:
    """Reads what a fetched page tells of other addresses.

    The content decides how it is read, `kind` what is followed: a `seed` gives feeds, sitemaps, its article links and
    its sections; an `index` its article links and the next page of the list; an `article` nothing.

    Args:
        page: as fetched.
        kind: what it was asked for.
        site: the publisher's definition, whose `article_pattern` is believed first.
        since: seconds since 1970; what is told to be older is left out, and old sitemaps are not followed.
        depth: the page's own depth (`Lease.depth`); bounds calendars and sitemaps of sitemaps.
        trial: what earlier links of this publisher turned out to be.
        sitemaps: of a home page, those that the host's robots.txt names; without any, the usual places are tried.

    Raises:
        DiscoverError: malformed beyond reading, hostile (entities), or no page of these kinds.
    """
    from scraper.discover.reading import read_page

    return read_page(page, kind, site=site, since=since, depth=depth, trial=trial, sitemaps=sitemaps)
