"""Reads title, authors, dates, section, tags and the rest of an article's metadata from a parsed page.

`read_metadata` looks at the head and around the headline, before the body is known; `refine` settles dates and authors
once it is. Selectors of a site definition only come first, the generic way stands without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, takewhile
from typing import cast

from lxml import etree

from scraper.article import Author, Image, Role, Site, Timestamp
from scraper.clean import authors as who
from scraper.clean import published as when
from scraper.clean.dates import parse_moment, place_zone, province_zone
from scraper.clean.descriptors import (
    canonical_url,
    host_names,
    images_of,
    main_label,
    page_count,
    publisher_names,
    publisher_of,
    section_of,
    tags_of,
)  # fmt: skip
from scraper.clean.head import EMPTY_HEAD, Head, read_head, text_of
from scraper.clean.language import declared_language, tell_language
from scraper.clean.persons import names_in, squash
from scraper.clean.phrases import rule_for
from scraper.clean.titles import around_headline, choose_headline, title_above, words
from scraper.clean.vicinity import Line, lines_after, lines_before, lines_within, mark_of
from scraper.sites.definition import SiteDefinition
from scraper.sites.selectors import elements, select_each

_AFTER_HEADLINE = 40
_BEFORE_HEADLINE = 5
_BEFORE_SOUGHT = 9
_FAR_HEADLINE = 12
_BEFORE_BODY = 10
_AFTER_BODY = 40
_LINE_KEY = 40
_MAX_SELECTED = 4
_MOST_BYLINES = 2
_COLOPHON_LINES = 5
_COLOPHON = re.compile(
    r"\b(?:tulisan|entri|artikel|berita|pos) ini (?:telah |sudah )?di(?:publikasikan|terbitkan|post?ing|poskan"
    r"|tulis(?:kan)?|muat|kirim)\b|\bthis (?:entry|post|article) was (?:posted|written|published)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w")
_BLOGGER = re.compile(r"blogger|blogspot", re.IGNORECASE)
_AUTHOR_META = ("content_author", "author", "dable:author", "article:author", "parsely-author", "sailthru.author",
                "twitter:creator:name", "byl", "dc.creator")  # fmt: skip
_EDITOR_META = ("content_editor", "editor")


@dataclass(frozen=True, slots=True)
class Clues:
    """What `read_metadata` saw and `refine` weighs."""

    head: Head
    headline: etree._Element | None = None
    before: tuple[Line, ...] = ()
    after: tuple[Line, ...] = ()
    site_dates: tuple[Line, ...] = ()
    site_authors: tuple[Line, ...] = ()
    publisher: frozenset[str] = frozenset()
    clock: when.Clock = field(default_factory=when.Clock)
    url: str | None = None


_NO_CLUES = Clues(EMPTY_HEAD)


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
    names = [name for name in told if name]
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


def refine(
    meta: Metadata,
    paragraphs: Sequence[str],
    tree: etree._Element,
    credits: Sequence[str] = (),  # noqa: A002
    body: Sequence[etree._Element] = (),
    dateline: str | None = None,
) -> Metadata:
    """Completes the metadata with what stands beside the body: bylines, credits, dates, and the text's language.

    Args:
        meta: from `read_metadata` on the same tree.
        paragraphs: the body, in order.
        tree: the page's root; nodes that the cleaner dropped may be missing.
        credits: lines that the cleaner took out of the body as bylines or credits ("Editor: Siti Aminah").
        body: the elements that hold the body, where known; its end is looked for there before anywhere else.
        dateline: place and brand before the first sentence; its day is the last resort.
    """
    clues = meta.clues or _NO_CLUES
    top = _between(clues.after, tree, paragraphs)
    told, changed = when.structured_dates(clues.head)
    lines = (*clues.site_dates, *top, *clues.before)
    bottom = _after_body([*reversed(body), tree], paragraphs)
    colophon = _colophon(bottom)
    near = next(filter(None, map(when.visible_dates, ((*clues.site_dates, *top), clues.before, colophon))), ())
    updates = when.visible_dates(lines, published=False)
    # A page that tells nothing but its last update was published no later.
    stamp, doubts = when.settle(told, near or (updates if not told else ()), clues.clock, clues.url)
    stamp = stamp or when.dated_in(dateline)
    modified = when.settle_modified(changed, updates, stamp, clues.clock)
    return replace(
        meta,
        title=meta.title if clues.headline is not None else _title_above(meta.title, tree, paragraphs),
        published=stamp,
        modified=modified,
        authors=_authors(meta, tree, top, bottom, [*credits, *paragraphs[-1:]]),
        language=tell_language(paragraphs) or meta.language,
        warnings=(*meta.warnings, *doubts),
    )


def _authors(
    meta: Metadata, tree: etree._Element, top: Sequence[Line], bottom: Sequence[Line], closing: Sequence[str]
) -> tuple[Author, ...]:
    """Visible names first; structured ones where no visible writer is told."""
    clues = meta.clues or _NO_CLUES
    publisher = clues.publisher
    sections = frozenset(filter(None, (words(meta.section or ""), *map(words, meta.tags))))
    upper = (*clues.site_authors, *top)
    shown = who.Byline(
        who.merge(
            who.labelled(clues.site_authors, publisher),
            who.labelled(top, publisher),
            _credits_below(bottom, publisher),
            who.labelled([Line(text) for text in closing], publisher),
            who.marked(upper, publisher),
            who.signed((*upper, *bottom), publisher),
        )
    )
    # A name without a label is the editor's if the head says so.
    editors = [author for author in _told_editors(clues.head, publisher) if author.name.lower() in shown.names]
    shown = who.Byline(who.merge(shown.authors, editors))
    if not shown.has_writer:
        above = clues.before[::-1]
        readers = (who.marked, who.labelled, who.signed)
        beside = [*who.beside_date(upper, publisher, sections), *who.beside_date(above, publisher, sections)]
        shown = who.Byline(
            who.merge(
                shown.authors,
                *(read(above, publisher) for read in readers),
                (author for author in beside if not _in_menu(tree, author.name)),
            )
        )
    if not shown.has_writer:
        told = _told_authors(clues.head, publisher)
        shown = who.Byline(who.merge(shown.authors, told, who.vouched(told, (*upper, *clues.before), publisher)))
    if not shown.has_writer:
        ends = [*closing, *(line.text for line in bottom[:2])]
        shown = who.Byline(who.merge(shown.authors, who.closing(ends, publisher)))
    return shown.authors


_LINKS = etree.XPath("//a[normalize-space(.) = $name]")


def _in_menu(tree: etree._Element, name: str) -> bool:
    """Whether several links of the page bear this name: a section's, not a writer's."""
    return len(elements(_LINKS, tree, name=name)) > 1


def _told_editors(head: Head, publisher: frozenset[str]) -> list[Author]:
    """Editors that meta tags, JSON-LD and data layers name."""
    told = [
        *_contents(head, _EDITOR_META),
        *(raw for article in head.articles for raw, role in article.people if role == "editor"),
        *(head.layer[key] for key in ("editor", "content_editor") if key in head.layer),
    ]
    return [Author(name=name, role="editor") for text in told for name in names_in(text, publisher)]


def _told_authors(head: Head, publisher: frozenset[str]) -> list[Author]:
    """Persons in JSON-LD, meta and data layers: the first of these sources that names one."""
    linked = [(raw, role) for article in head.articles for raw, role in article.people]
    tags = [(text, "author") for text in _contents(head, _AUTHOR_META)]
    tags += [(text, "editor") for text in _contents(head, _EDITOR_META)]
    layer = [(head.layer[key], "author") for key in ("penulis", "reporter", "author") if key in head.layer]
    for source in (linked, tags, layer):
        named = [(name, role) for text, role in source for name in names_in(text, publisher)]
        if named:
            return [Author(name=name, role=cast(Role, role)) for name, role in named]
    return []


def _contents(head: Head, names: Iterable[str]) -> list[str]:
    return [content for name in names for content in head.meta.get(name, ()) if "/" not in content]


def _between(after: Sequence[Line], tree: etree._Element, paragraphs: Sequence[str]) -> tuple[Line, ...]:
    """The lines between headline and body; those at both ends where the body does not follow soon.

    A first paragraph right under the headline may be a lead, with the byline between it and the others.
    """
    first = _place_of(paragraphs[0], after) if paragraphs else None
    if first is not None:
        second = _place_of(paragraphs[1], after) if first == 0 and len(paragraphs) > 1 else None
        return (*after[:first], *after[first + 1 : second or 0])
    holder = next(_holders(tree, paragraphs[0]), None) if paragraphs else None
    before = lines_before(holder, _BEFORE_BODY) if holder is not None else []
    return (*after[:_FAR_HEADLINE], *reversed(before))


def _title_above(title: str | None, tree: etree._Element, paragraphs: Sequence[str]) -> str | None:
    """The headline where no heading shows it; see `title_above`."""
    holder = next(_holders(tree, paragraphs[0]), None) if paragraphs else None
    lines = lines_before(holder, _BEFORE_BODY) if holder is not None else []
    return title_above(title, [(line.text, line.mark) for line in lines])


def _after_body(places: Sequence[etree._Element], paragraphs: Sequence[str]) -> tuple[Line, ...]:
    """The lines behind the last paragraph, in the first of the places that holds it."""
    for place in places:
        for paragraph in reversed(paragraphs[-3:]):
            holders = list(_holders(place, paragraph))
            if holders:
                return tuple(lines_after(holders[-1], _AFTER_BODY))
    return ()


def _place_of(paragraph: str, lines: Sequence[Line]) -> int | None:
    """Which of the lines holds the paragraph's beginning."""
    opening = words(paragraph)[:_LINE_KEY]
    places = (i for i, line in enumerate(lines) if len(line.text) >= len(opening) and opening in words(line.text))
    return next(places, None) if opening else None


def _credits_below(bottom: Sequence[Line], publisher: frozenset[str]) -> list[Author]:
    """Labelled names behind the body; mere bylines ("oleh Siti Aminah") stand on cards of other articles, too."""
    told = list(who.labelled(bottom, publisher))
    if all(author.role != "author" for author in told):
        return told
    own = who.labelled((*takewhile(_is_own, bottom), *_colophon(bottom)), publisher)
    mere = [author for author in own if author.role == "author"]
    return [*(author for author in told if author.role != "author"), *(mere if len(mere) <= _MOST_BYLINES else ())]


def _colophon(bottom: Sequence[Line]) -> tuple[Line, ...]:
    """What a sentence behind the body tells about it: "Tulisan ini dipublikasikan di Daerah pada ... oleh ..."."""
    start = next((index for index, line in enumerate(bottom) if _COLOPHON.search(line.text)), None)
    return () if start is None else tuple(bottom[start : start + _COLOPHON_LINES])


def _is_own(line: Line) -> bool:
    """Whether a line behind the body is still about this article, and no heading over others."""
    rule = rule_for(line.text) if len(line.text) < _LINE_KEY else None
    return rule is None or (rule.effect != "related" and rule.name != "comments")


_HOLDERS = etree.XPath(
    "descendant::text()[contains(., $start)]"
    "[not(ancestor::head or parent::script or parent::style or parent::noscript or parent::title)]"
)


def _holders(tree: etree._Element, text: str) -> Iterator[etree._Element]:
    """The elements right before or around each text node with this beginning."""
    start = text.strip()[:_LINE_KEY]
    found = _HOLDERS(tree, start=start) if len(start) > 7 else ()
    for node in found if isinstance(found, list) else ():
        if not isinstance(node, etree._ElementUnicodeResult):
            continue
        parent = node.getparent()
        if parent is not None:
            # Bare text parted by <br>: what follows stands in the same element.
            yield parent if node.is_tail or len(parent) == 0 else parent[0]


def _shown_at(tree: etree._Element, title: str | None) -> etree._Element | None:
    """The element that shows a headline which is no heading: the first one outside of links."""
    outside = (
        node for node in _holders(tree, title or "") if not any(up.tag == "a" for up in (node, *node.iterancestors()))
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
