"""`Article`: what the cleaner takes from one page, or from plain text.

Names follow schema.org NewsArticle where it has a word for the thing. The classes are msgspec Structs, frozen:
one definition gives the JSON encoding, the validation and the JSON Schema.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Kind = Literal["news", "advertorial", "release", "opinion", "gallery", "listicle", "video", "live", "index", "unknown"]
Role = Literal["author", "reporter", "writer", "editor", "contributor", "photographer"]
Precision = Literal["second", "minute", "day", "month", "year"]
Method = Literal["site", "container", "density", "rescue", "structured", "text"]


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """The publisher."""

    domain: Annotated[str | None, Meta(description="Registrable host without www, e.g. jambi.tribunnews.com")] = None
    name: Annotated[str | None, Meta(description="Publisher's name")] = None
    edition: Annotated[str | None, Meta(description="Kemendagri code of its home region, if it has one")] = None


class Author(msgspec.Struct, frozen=True, kw_only=True):
    """A person named in the byline or credits; initials are not persons."""

    name: str
    role: Role = "author"


class Timestamp(msgspec.Struct, frozen=True, kw_only=True):
    """A point in time as the page tells it.

    Attributes:
        value: ISO 8601; with offset if precision is minute or second, a bare date (or month, year) else.
        precision: the finest unit that the page tells.
        zone: WIB, WITA, WIT, UTC or an offset; None where the page tells none and value assumes the site's.
        raw: the string as it stands on the page.
        source: where it was found, e.g. `json-ld:datePublished`, `meta:article:published_time`, `visible`.
    """

    value: str
    precision: Precision
    zone: str | None = None
    raw: str | None = None
    source: Annotated[str | None, Meta(description="Where on the page it was found")] = msgspec.field(
        name="from", default=None
    )


class Image(msgspec.Struct, frozen=True, kw_only=True):
    """A picture of the article."""

    url: str
    caption: str | None = None
    credit: str | None = None


class Removed(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of boilerplate that the cleaner took out."""

    rule: Annotated[str, Meta(description="Name of the rule, as in phrases.toml or in the cleaner")]
    sample: Annotated[str, Meta(description="First text it took out, at most 200 characters")]
    count: Annotated[int, Meta(ge=1)] = 1


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One cleaned article.

    Attributes:
        id: given by the user, else a hash of the canonical URL or of the text; stable over runs.
        file: the input's path as the user gave it.
        text: paragraphs parted by a blank line.
        lead: the first paragraph.
        dateline: place and brand as printed before the first sentence ("JAMBI, KOMPAS.com").
        pages: how many pages the article has, where told.
        confidence: 0 to 1, how sure the cleaner is of the body.
    """

    id: str
    text: str
    file: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    site: Site = Site()
    title: str | None = None
    authors: tuple[Author, ...] = ()
    published: Timestamp | None = None
    modified: Timestamp | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    language: Annotated[str | None, Meta(description="ISO 639-1, e.g. id, en, jv")] = None
    dateline: str | None = None
    lead: str | None = None
    images: tuple[Image, ...] = ()
    pages: Annotated[int, Meta(ge=1)] = 1
    kind: Kind = "unknown"
    removed: tuple[Removed, ...] = ()
    method: Method | None = None
    confidence: Annotated[float, Meta(ge=0, le=1)] | None = None
    warnings: tuple[str, ...] = ()
