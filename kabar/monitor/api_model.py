"""What the read API is asked and what it answers; the OpenAPI document is made from these very classes."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from kabar.store.query import Query, parse

LONGEST_QUERY = 2_000
LONGEST_ID = 200
DAY = r"^(19[7-9]\d|20\d\d|21\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"

Q = Annotated[
    str,
    Meta(max_length=LONGEST_QUERY, description="In the search language, e.g. `banjir kota:15.71 sejak:7d`; empty: all"),
]
Limit = Annotated[int, Meta(ge=1, le=100, description="Most items of a page")]
Cursor = Annotated[str, Meta(pattern=r"^[0-9]{0,19}$", description="`next` of the page before; empty: the first")]
Id = Annotated[str, Meta(min_length=1, max_length=LONGEST_ID, description="The article's `id`")]
Days = Annotated[int, Meta(ge=1, le=366, description="Length of the window in days")]
Until = Annotated[
    str, Meta(pattern=rf"{DAY}|^$", description="Last day of the window, in Jakarta; empty: the newest with articles")
]


class Asked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Parameters of a request."""


class NothingAsked(Asked, frozen=True):
    """No parameters."""


class SearchAsked(Asked, frozen=True, kw_only=True):
    """A search."""

    q: Q = ""

    @property
    def query(self) -> Query:
        """The search, read. Raises QueryError."""
        return parse(self.q)


class PageAsked(SearchAsked, frozen=True, kw_only=True):
    """A page of a search."""

    limit: Limit = 20
    cursor: Cursor = ""


class FacetsAsked(SearchAsked, frozen=True, kw_only=True):
    """Counts within a search."""

    limit: Limit = 10


class ArticleAsked(Asked, frozen=True, kw_only=True):
    """One article."""

    id: Id


class WindowAsked(Asked, frozen=True, kw_only=True):
    """A window of days."""

    days: Days = 7
    until: Until = ""
    limit: Limit = 50


class CorrectionsAsked(Asked, frozen=True, kw_only=True):
    """Corrections, of one article or all."""

    article: Annotated[str, Meta(max_length=LONGEST_ID, description="Only those that changed this article")] = ""


class Mark(msgspec.Struct, frozen=True):
    """A place in a snippet that the search found: code points, half-open."""

    start: int
    end: int


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """An article found."""

    id: str
    url: str | None
    title: str | None
    site: str | None
    kind: str
    published: Annotated[str | None, Meta(description="ISO 8601, as the page tells it")]
    day: Annotated[str, Meta(description="Day of publication in Jakarta, else of first sight")]
    cluster: Annotated[int, Meta(description="Copies of one story have the same")]
    snippet: str
    marks: tuple[Mark, ...]


class Articles(msgspec.Struct, frozen=True, kw_only=True):
    """A page of articles, newest first."""

    total: int
    items: tuple[Hit, ...]
    next: Annotated[str | None, Meta(description="`cursor` of the following page")]


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """A hit that stands for its story."""

    first: Annotated[Hit, Meta(description="The newest article found of the story")]
    copies: Annotated[int, Meta(description="Other articles of the story in the store")]
    sites: Annotated[tuple[str, ...], Meta(description="Some of the sites that carry it")]


class Stories(msgspec.Struct, frozen=True, kw_only=True):
    """A page of stories, newest first."""

    total: Annotated[int, Meta(description="Articles, copies counted")]
    items: tuple[Story, ...]
    next: str | None


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """A title and text that an article had until it was changed."""

    number: int
    until: str
    title: str
    text: str


class Versions(msgspec.Struct, frozen=True):
    """What an article was before, oldest first."""

    items: tuple[Version, ...]


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """One article of a story."""

    id: str
    url: str | None
    site: str | None
    title: str | None
    day: str
    own: Annotated[float, Meta(description="Share of the text, 0 to 1, that the story's first article lacks")]


class Tellings(msgspec.Struct, frozen=True):
    """All articles of a story, first published first."""

    items: tuple[Telling, ...]


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """An entity in a window of days."""

    key: str
    name: str
    code: Annotated[str | None, Meta(description="Kemendagri code of a city, ISO 3166-1 alpha-2 of a country")]
    level: str | None
    province: str | None
    articles: int
    usual: Annotated[float | None, Meta(description="Articles at its share of the 28 days before; null without any")]
    stands_out: Annotated[float, Meta(description="Standard deviations of a Poisson count above the usual")]


class Entities(msgspec.Struct, frozen=True, kw_only=True):
    """Entities of one type, most articles first."""

    since: str | None
    until: str | None
    items: tuple[Counted, ...]


class Facet(msgspec.Struct, frozen=True, kw_only=True):
    """How many of the articles found have this value."""

    facet: Literal["city", "official", "organization", "country", "event", "site", "kind"]
    name: str
    code: str | None
    articles: int


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """The most frequent values of each facet."""

    articles: Annotated[int, Meta(description="How many were counted")]
    complete: Annotated[bool, Meta(description="False: these are the newest of more")]
    items: tuple[Facet, ...]


class Day(msgspec.Struct, frozen=True):
    """Articles of a day."""

    day: str
    articles: int


class Timeline(msgspec.Struct, frozen=True):
    """Articles a day, oldest first; days without any are left out."""

    items: tuple[Day, ...]


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A site, and what it brought in the last 30 days."""

    domain: str
    name: str | None
    articles: int
    first_day: str
    last_day: str
    days: Annotated[tuple[int, ...], Meta(description="Articles of each of the 30 days, oldest first")]
    silent: Annotated[bool, Meta(description="Quiet for longer than it uses to be")]


class Sites(msgspec.Struct, frozen=True):
    """All sites."""

    items: tuple[Site, ...]


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """What a person said against the tagger."""

    number: int
    made: str
    action: Literal["merge", "rename", "reject"]
    type: str
    key: str
    name: str
    becomes: str | None
    article: Annotated[str | None, Meta(description="The only article that it holds for; null: all")]
    articles: int


class Corrections(msgspec.Struct, frozen=True):
    """Corrections, newest first."""

    items: tuple[Correction, ...]


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the store can be read, and how far it goes."""

    status: Literal["ok"]
    version: str
    articles: int
    sites: int
    last_day: str | None


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What went wrong (RFC 9457)."""

    title: str
    status: int
    detail: str
    type: str = "about:blank"
