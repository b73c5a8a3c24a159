"""Reads title, authors, dates, section, tags and the rest of an article's metadata from a parsed page.

`read_metadata` looks at the head and around the headline, before the body is known; `refine` settles dates and authors
once it is. Selectors of a site definition only come first, the generic way stands without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit

from lxml import etree

from scraper.article import Author, Image, Site, Timestamp
from scraper.clean import authors as who
from scraper.clean import published as when
from scraper.clean.dates import province_zone
from scraper.clean.language import declared_language, tell_language
from scraper.clean.structured import EMPTY_HEAD, Structured, fold, read_structured
from scraper.clean.titles import choose_headline, words
from scraper.clean.vicinity import Line, lines_after, lines_before, lines_within, mark_of
from scraper.sites.definition import SiteDefinition
from scraper.sites.selectors import select

_AFTER_HEADLINE = 40
_BEFORE_HEADLINE = 5
_AFTER_BODY = 45
_LINE_KEY = 40
_MAX_IMAGES = 20
_BLOGGER = re.compile(r"blogger|blogspot", re.IGNORECASE)
_PAGE_COUNT = ("content_total_pages", "total_pages")
_AUTHOR_META = ("content_author", "author", "dable:author", "article:author", "parsely-author", "sailthru.author",
                "twitter:creator:name", "byl", "dc.creator")  # fmt: skip
_EDITOR_META = ("content_editor", "editor")
_SECTION_META = (
    "article:section2",
    "content_subcategory",
    "content_category",
    "article:section",
    "dtk:namakanal",
    "section",
)
_TAG_META = ("content_tags", "content_tag", "news_keywords", "keywords", "meta_keywords", "keyword")
_VAGUE_SECTIONS = frozenset(("news", "article", "indonesia", "berita", "home", "uncategorized", "tanpa kategori"))


@dataclass(frozen=True, slots=True)
class Clues:
    """What `read_metadata` saw and `refine` weighs."""

    head: Structured
    headline: etree._Element | None = None
    before: tuple[Line, ...] = ()
    after: tuple[Line, ...] = ()
    site_dates: tuple[Line, ...] = ()
    site_authors: tuple[Line, ...] = ()
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


def read_metadata(tree: etree._Element, url: str | None = None, site: SiteDefinition | None = None) -> Metadata:
    """Reads what stands in the head, in structured data and at the headline.

    Args:
        tree: root of the page, as parsed by `lxml.etree.HTMLParser`; it is not changed.
        url: the page's address, where known.
        site: the publisher's definition, where there is one.
    """
    head = read_structured(tree)
    address = _canonical(head, url)
    publisher = _site(head, address or url, site)
    names = [name for name in (publisher.name, publisher.domain, *_publisher_names(head)) if name]
    shown = [fold("".join(map(str, node.itertext()))) for node in select(tree, site.title)] if site else []
    headline = choose_headline(head, [text for text in shown if text], names)
    element = headline.element if headline.element is not None else _shown_at(tree, headline.text)
    article = next((a for a in head.articles if a.is_article), None)
    clues = Clues(
        head=head,
        headline=element,
        before=tuple(lines_before(element, _BEFORE_HEADLINE)) if element is not None else (),
        after=tuple(lines_after(element, _AFTER_HEADLINE, prose=3)) if element is not None else (),
        site_dates=_lines(tree, site.date) if site else (),
        site_authors=_lines(tree, site.author) if site else (),
        publisher=frozenset(who.squash(name) for name in (*names, *_host_names(publisher.domain))),
        clock=_clock(head, publisher.domain, site),
        url=address or url,
    )
    return Metadata(
        title=headline.text or None,
        section=_section(head, article.section if article else None),
        tags=_tags(head),
        language=declared_language(head),
        images=_images(head, url or address),
        canonical_url=address,
        site=publisher,
        description=head.first("og:description", "description") or (article.description if article else None),
        article_body=next((a.body for a in head.articles if a.body), None),
        pages=_pages(head),
        types=tuple(dict.fromkeys(a.type for a in head.articles)),
        clues=clues,
    )


def refine(
    meta: Metadata,
    paragraphs: Sequence[str],
    tree: etree._Element,
    credits: Sequence[str] = (),  # noqa: A002
) -> Metadata:
    """Completes the metadata with what stands beside the body: bylines, credits, dates, and the text's language.

    Args:
        meta: from `read_metadata` on the same tree.
        paragraphs: the body, in order.
        tree: the page's root; nodes that the cleaner dropped may be missing.
        credits: lines that the cleaner took out of the body as bylines or credits ("Editor: Siti Aminah").
    """
    clues = meta.clues or Clues(EMPTY_HEAD)
    top = _until_body(clues.after, paragraphs)
    if clues.headline is None and paragraphs:
        top = _before_body(tree, paragraphs[0])
    told, changed = when.structured_dates(clues.head)
    lines = (*clues.site_dates, *top, *clues.before)
    near = when.visible_dates(lines)
    stamp, doubts = when.settle(told, near, clues.clock, clues.url)
    modified = when.settle_modified(changed, when.visible_dates(lines, published=False), stamp, clues.clock)
    bottom = _after_body(tree, paragraphs)
    return replace(
        meta,
        published=stamp,
        modified=modified,
        authors=_authors(meta, clues, top, bottom, [*credits, *paragraphs[-1:]]),
        language=tell_language(paragraphs) or meta.language,
        warnings=(*meta.warnings, *doubts),
    )


def _authors(
    meta: Metadata, clues: Clues, top: Sequence[Line], bottom: Sequence[Line], closing: Sequence[str]
) -> tuple[Author, ...]:
    """Visible names first; structured ones where no visible writer is told."""
    publisher = clues.publisher
    sections = frozenset(filter(None, (words(meta.section or ""), *map(words, meta.tags))))
    upper = (*clues.site_authors, *top)
    shown = who.Byline(
        who.merge(
            who.labelled(clues.site_authors, publisher),
            who.labelled(top, publisher),
            who.labelled([Line(text) for text in closing], publisher),
            who.labelled(bottom, publisher),
            who.marked(upper, publisher),
            who.signed((*upper, *bottom), publisher),
        )
    )
    if not shown.has_writer:
        above = who.marked(clues.before, publisher)
        shown = who.Byline(who.merge(shown.authors, above, who.beside_date(upper, publisher, sections)))
    if not shown.has_writer:
        shown = who.Byline(who.merge(shown.authors, _told_authors(clues, publisher)))
    if not shown.has_writer:
        ends = [*closing, *(line.text for line in bottom[:4])]
        shown = who.Byline(who.merge(shown.authors, who.closing(ends, publisher)))
    return shown.authors


def _told_authors(clues: Clues, publisher: frozenset[str]) -> list[Author]:
    """Persons in JSON-LD, meta and data layers: the first of these sources that names one."""
    head = clues.head
    editors = [
        Author(name=name, role="editor")
        for text in _contents(head, _EDITOR_META)
        for name in who.names_in(text, publisher)
    ]
    linked = [
        Author(name=name, role="editor" if role == "editor" else "contributor" if role == "contributor" else "author")
        for article in head.articles
        for raw, role in article.people
        for name in who.names_in(raw, publisher)
    ]
    tags = [Author(name=name) for text in _contents(head, _AUTHOR_META) for name in who.names_in(text, publisher)]
    layer = [Author(name=name) for key in ("penulis", "reporter", "author") if key in head.layer
             for name in who.names_in(head.layer[key], publisher)]  # fmt: skip
    return [*editors, *next((group for group in (linked, tags, layer) if group), [])]


def _contents(head: Structured, names: Iterable[str]) -> list[str]:
    return [content for name in names for content in head.meta.get(name, ()) if "/" not in content]


def _until_body(lines: Sequence[Line], paragraphs: Sequence[str]) -> tuple[Line, ...]:
    """The lines before the first paragraph; all of them if it is not among them."""
    opening = words(paragraphs[0])[:_LINE_KEY] if paragraphs else ""
    if not opening:
        return tuple(lines)
    for index, line in enumerate(lines):
        if len(line.text) >= len(opening) and opening in words(line.text):
            return tuple(lines[:index])
    return tuple(lines)


def _before_body(tree: etree._Element, paragraph: str) -> tuple[Line, ...]:
    holder = next(_holders(tree, paragraph), None)
    return tuple(lines_before(holder, 10)) if holder is not None else ()


def _after_body(tree: etree._Element, paragraphs: Sequence[str]) -> tuple[Line, ...]:
    for paragraph in reversed(paragraphs[-3:]):
        holders = list(_holders(tree, paragraph))
        if holders:
            return tuple(lines_after(holders[-1], _AFTER_BODY))
    return ()


_HOLDERS = etree.XPath("//body//text()[contains(., $start)][not(parent::script or parent::style or parent::noscript)]")


def _holders(tree: etree._Element, text: str) -> Iterator[etree._Element]:
    """The elements right before or around each text node with this beginning."""
    start = text.strip()[:_LINE_KEY]
    for node in _HOLDERS(tree, start=start) if len(start) > 7 else ():
        parent = node.getparent()
        # Bare text parted by <br>: what follows stands in the same element.
        yield parent if node.is_tail or len(parent) == 0 else parent[0]


def _shown_at(tree: etree._Element, title: str | None) -> etree._Element | None:
    """The element that shows a headline which is no heading: the first one outside of links."""
    outside = (
        node for node in _holders(tree, title or "") if not any(up.tag == "a" for up in (node, *node.iterancestors()))
    )
    return next(outside, None)


def _lines(tree: etree._Element, selectors: Sequence[str]) -> tuple[Line, ...]:
    lines: list[Line] = []
    for node in select(tree, selectors)[:4]:
        stamp = node.get("datetime") or node.get("content")
        within = lines_within(node, 10)
        if not within and stamp:
            within = [Line("", mark_of(node), stamp)]
        lines += within
    return tuple(lines)


def _canonical(head: Structured, url: str | None) -> str | None:
    for candidate in (head.canonical, head.first("og:url"), *(a.url for a in head.articles)):
        joined = urljoin(url, candidate) if url and candidate else candidate
        if joined and joined.startswith(("http://", "https://")) and len(urlsplit(joined).path) > 1:
            return joined
    return url


def _site(head: Structured, address: str | None, site: SiteDefinition | None) -> Site:
    host = (urlsplit(address).hostname or "") if address else ""
    domain = host.removeprefix("www.") or (site.domain if site else None)
    if site is not None:
        return Site(domain=domain or site.domain, name=site.name, edition=site.edition)
    name = head.first("og:site_name", "application-name") or next(
        (a.publisher for a in head.articles if a.publisher), None
    )
    return Site(domain=domain, name=name)


def _publisher_names(head: Structured) -> list[str]:
    told = (*head.meta.get("og:site_name", ()), *(a.publisher for a in head.articles))
    return [name for name in told if name and "://" not in name]


def _host_names(domain: str | None) -> list[str]:
    labels = (domain or "").split(".")
    return [label for label in labels if len(label) > 3]


def _clock(head: Structured, domain: str | None, site: SiteDefinition | None) -> when.Clock:
    zone = (site.zone or province_zone(site.edition)) if site else None
    generator = head.first("generator") or ""
    return when.Clock(zone, bool(_BLOGGER.search(generator) or _BLOGGER.search(domain or "")))


def _section(head: Structured, linked: str | None) -> str | None:
    for candidate in (*(head.first(name) for name in _SECTION_META), linked):
        if candidate and candidate.lower() not in _VAGUE_SECTIONS and "." not in candidate and len(candidate) < 60:
            return candidate
    return None


def _tags(head: Structured) -> tuple[str, ...]:
    """Keywords of the article; lists that merely repeat the words of title or lead are no tags."""
    linked = next((a.keywords for a in head.articles if a.keywords), ())
    sources = [
        linked,
        *([tag for content in head.meta.get(name, ()) for tag in content.split(",")] for name in _TAG_META),
    ]
    for source in sources:
        tags = tuple(dict.fromkeys(tag for raw in source if (tag := fold(raw)) and len(tag) < 60))
        single = sum(" " not in tag for tag in tags)
        if tags and not (len(tags) > 5 and single == len(tags) and tags[0].lower() == tags[0]):
            return tags[:30]
    return ()


def _images(head: Structured, base: str | None) -> tuple[Image, ...]:
    told = [*head.meta.get("og:image", ()), *(url for a in head.articles if a.is_article for url in a.images)]
    urls = dict.fromkeys(urljoin(base, url) if base else url for url in told)
    return tuple(Image(url=url) for url in urls if url.startswith(("http://", "https://")))[:_MAX_IMAGES]


def _pages(head: Structured) -> int:
    told = head.first(*_PAGE_COUNT) or ""
    return int(told) if told.isascii() and told.isdigit() and 1 <= int(told) <= 100 else 1
