"""What discovery finds: addresses with what is told about them, before any of them is fetched."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

Kind: TypeAlias = Literal["seed", "feed", "sitemap", "index", "article", "page"]
"""What an address is asked for; a page's content has the last word on what it is.

`feed` covers RSS, Atom and WordPress REST; `index` is the first page of a list, `page` a further one of a list or feed,
which is visited once only: what is new appears on the first.
"""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """One address that a page told of.

    Attributes:
        url: canonical address (see `scraper.discover.urls.canonical_url`).
        kind: what it is to be asked for.
        title: its headline, where told.
        published: seconds since 1970, where told.
        updated: seconds since 1970, where told; a value after the last fetch asks for another one.
        depth: how many index pages or sitemaps lie between it and the start.
    """

    url: str
    kind: Kind
    title: str | None = None
    published: float | None = None
    updated: float | None = None
    depth: int = 0


class Discovery(msgspec.Struct, frozen=True, kw_only=True):
    """What one feed, sitemap or index page gave.

    Attributes:
        links: each address once, in the page's order.
        problems: one lower-case sentence each for a person: what was cut, skipped or malformed.
    """

    links: tuple[Link, ...] = ()
    problems: tuple[str, ...] = ()
