"""`SiteDefinition`: what is known about one publisher's pages, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Evidence = Literal["pages", "structure"]


@dataclass(frozen=True, slots=True)
class SiteDefinition:
    """One publisher's pages.

    Attributes:
        domains: hosts without www; a host below one of them belongs to it too, the longest match wins.
        name: the publisher's name as printed.
        edition: Kemendagri code of the home region (`15`, `15.71`), None for a national publisher.
        zone: WIB, WITA or WIT: the clock of dates that tell no zone.
        family: the template family that the selectors come from.
        body: CSS selectors of the body's container or containers, best first; all nodes of the first that matches.
        title: CSS selectors of the headline.
        date: CSS selectors of the visible publication date.
        author: CSS selectors of visible bylines and credits.
        drop: CSS selectors of what stands inside the body and is not part of it.
        paging: how one article is spread over pages: `query:page=all`, `query:page=N`, `path:/N`, `inline` or None.
        feeds: addresses of RSS or Atom feeds.
        sitemaps: addresses of sitemaps.
        article_pattern: regular expression over an article's URL, None where unknown.
        last_right: ISO date of the page vintage for which the selectors were last seen right.
        evidence: `pages` if checked against saved pages, `structure` if known from template sources only.
    """

    domains: tuple[str, ...]
    name: str
    edition: str | None = None
    zone: str | None = None
    family: str | None = None
    body: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    paging: str | None = None
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    article_pattern: str | None = None
    last_right: str | None = None
    evidence: Evidence = "structure"

    @property
    def domain(self) -> str:
        """The main host, without www."""
        return self.domains[0]
