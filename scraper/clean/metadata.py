"""Reads title, section, tags and the rest of an article's metadata from a parsed page.

`read_metadata` looks at the head and around the headline, before the body is known; `scraper.clean.refine` settles
dates and authors once it is. Selectors of a site definition only come first, the generic way stands without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from lxml import etree

from scraper.article import Author, Image, Site, Timestamp
from scraper.clean import published as when
from scraper.clean.dates import parse_moment, place_zone, province_zone
from scraper.clean.descriptors import (
    canonical_url,
    host_names,
    images_of,
    main_label,
    owner_of,
    page_count,
    publisher_names,
    publisher_of,
    section_of,
    tags_of,
)  # fmt: skip
from scraper.clean.head import Head, read_head, text_of
from scraper.clean.language import declared_language
from scraper.clean.persons import squash
from scraper.clean.titles import around_headline, choose_headline, title_above
from scraper.clean.vicinity import Line, holders, lines_after, lines_before, lines_within, mark_of
from scraper.sites.definition import SiteDefinition
from scraper.sites.selectors import select_each

_AFTER_HEADLINE = 40
_BEFORE_HEADLINE = 5
_BEFORE_SOUGHT = 9
_MAX_SELECTED = 4
_WORD = re.compile(r"\w")
_BLOGGER = re.compile(r"blogger|blogspot", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clues:
    """What `read_metadata` saw and `refine` weighs."""

    head: Head
    headline: etree._Element | None = None
    before: tuple[Line, ...] = ()
    after: tuple[Line, ...] = ()
    site_dates: tuple[Line, ...] = ()
    site_authors: tuple[Line, ...] = ()
    names: tuple[str, ...] = ()
    publisher: frozenset[str] = frozenset()
    clock: when.Clock = field(default_factory=when.Clock)
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page tells about the article, besides its body.

    Attributes:
        authors, published, modified: settled by `refine`.
        article_body: JSON-LD `articleBody`, where told.
        description: meta or JSON-LD description.
        language: ISO 639-1; from the markup in `read_metadata`, from the text after `refine`.
        pages: how many pages the article has, where told.
        types: JSON-LD types of the page (`NewsArticle`, `WebPage`).
        clues: what `refine` works on.
    """

    title: str | None = None
    authors: tuple[Author, ...] = ()
    published: Timestamp | None = None
    modified: Timestamp | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    images: tuple[Image, ...] = ()
    canonical_url: str | None = None
    site: Site = field(default_factory=Site)
    description: str | None = None
    article_body: str | None = None
    pages: int = 1
    types: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    clues: Clues | None = field(default=None, repr=False, compare=False)


def read_metadata(
    tree: etree._Element, url: str | None = None, site: SiteDefinition | None = None, head: Head | None = None
) -> Metadata:
    """Reads what stands in the head, in structured data and at the headline.

    Args:
        tree: root of the page, as parsed by `lxml.etree.HTMLParser`; it is not changed.
        url: the page's address, where known.
        site: the publisher's definition, where there is one.
        head: from `read_head`, where it has been read already.
    """
    head = head or read_head(tree)
    address = canonical_url(head, url)
    publisher = publisher_of(head, address or url, site)
    told = (publisher.name, publisher.domain, *publisher_names(head), *main_label(publisher.domain))
    owner = None if publisher.name else owner_of(tree)
    names = [name for name in (*told, owner) if name]
    titles, dates, authors = select_each(tree, site.title, site.date, site.author) if site else ([], [], [])
    shown = [(node, text_of(node)) for node in titles[:_MAX_SELECTED]]
    headline = choose_headline(head, shown, names)
    element = headline.element
    # An h3 that bears the headline may stand in a list of the latest articles.
    if element is None or element.tag == "h3":
        shown_at = _shown_at(tree, headline.text)
        if shown_at is not None:
            element, headline = shown_at, replace(headline, text=title_above(headline.text, [(text_of(shown_at), "")]))
    article = next((a for a in head.articles if a.is_article), None)
    told_names = (*names, headline.text or "", *around_headline(head, headline.text), *host_names(publisher.domain))
    clues = Clues(
        head=head,
        headline=element,
        before=_above(element) if element is not None else (),
        after=tuple(lines_after(element, _AFTER_HEADLINE, prose=3)) if element is not None else (),
        site_dates=tuple(_date_lines(dates)),
        site_authors=tuple(_lines(authors)),
        names=tuple(names),
        publisher=frozenset(squash(name) for name in told_names if name),
        clock=_clock(head, names, site),
        url=address or url,
    )
    return Metadata(
        title=headline.text or None,
        section=section_of(head),
        tags=tags_of(head),
        language=declared_language(head),
        images=images_of(head, url or address),
        canonical_url=address,
        site=publisher,
        description=head.first("og:description", "description") or (article.description if article else None),
        article_body=next((a.body for a in head.articles if a.body), None),
        pages=page_count(head),
        types=tuple(dict.fromkeys(a.type for a in head.articles)),
        clues=clues,
    )


def _above(headline: etree._Element) -> tuple[Line, ...]:
    """The lines right above the headline, nearest first, without bars between them."""
    lines = (line for line in lines_before(headline, _BEFORE_SOUGHT) if line.stamp or _WORD.search(line.text))
    return tuple(islice(lines, _BEFORE_HEADLINE))


def _shown_at(tree: etree._Element, title: str | None) -> etree._Element | None:
    """The element that shows a headline which is no heading: the first one outside of links."""
    outside = (
        node for node in holders(tree, title or "") if not any(up.tag == "a" for up in (node, *node.iterancestors()))
    )
    return next(outside, None)


def _lines(selected: Sequence[etree._Element]) -> list[Line]:
    """The lines of what a site definition selects."""
    lines: list[Line] = []
    for node in selected[:_MAX_SELECTED]:
        stamp = node.get("datetime") or node.get("content")
        lines += lines_within(node, 10) or ([Line("", mark_of(node), stamp)] if stamp else [])
    return lines


def _date_lines(selected: Sequence[etree._Element]) -> Iterator[Line]:
    """The selected lines up to the first that holds a date: what follows may be another article's."""
    for line in _lines(selected):
        yield line
        if line.stamp or parse_moment(line.text):
            return


def _clock(head: Head, names: Sequence[str], site: SiteDefinition | None) -> when.Clock:
    """The site's zone by its definition, its home region or its name."""
    zone = (site.zone or province_zone(site.edition)) if site else None
    blogger = any(_BLOGGER.search(told) for told in (head.first("generator") or "", *names))
    return when.Clock(zone or place_zone(names), blogger)
