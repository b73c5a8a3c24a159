"""Completes an article's metadata once its body is known: dates and bylines beside it, the language of its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import cast

from lxml import etree

from scraper.article import Author, Role
from scraper.clean import authors as who
from scraper.clean import published as when
from scraper.clean.head import EMPTY_HEAD, Head
from scraper.clean.language import tell_language
from scraper.clean.metadata import Clues, Metadata
from scraper.clean.persons import names_in, squash
from scraper.clean.phrases import rule_for
from scraper.clean.titles import title_above, words
from scraper.clean.vicinity import LINE_KEY, Line, holders, lines_after, lines_before
from scraper.sites.selectors import elements

_FAR_HEADLINE = 12
_BEFORE_BODY = 10
_AFTER_BODY = 40
_MOST_BYLINES = 2
_COLOPHON_LINES = 5
_COLOPHON = re.compile(
    r"\b(?:tulisan|entri|artikel|berita|pos) ini (?:telah |sudah )?di(?:publikasikan|terbitkan|post?ing|poskan"
    r"|tulis(?:kan)?|muat|kirim)\b|\bthis (?:entry|post|article) was (?:posted|written|published)\b",
    re.IGNORECASE,
)
_AUTHOR_META = ("content_author", "author", "dable:author", "article:author", "parsely-author", "sailthru.author",
                "twitter:creator:name", "byl", "dc.creator")  # fmt: skip
_EDITOR_META = ("content_editor", "editor")
_NO_CLUES = Clues(EMPTY_HEAD)


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
    title = meta.title if clues.headline is not None else _title_above(meta.title, tree, paragraphs)
    publisher = clues.publisher | {squash(title)} if title else clues.publisher
    return replace(
        meta,
        title=title,
        published=stamp,
        modified=modified,
        authors=_authors(meta, publisher, tree, top, bottom, [*credits, *paragraphs[-1:]]),
        language=tell_language(paragraphs) or meta.language,
        warnings=(*meta.warnings, *doubts),
    )


def _authors(
    meta: Metadata,
    publisher: frozenset[str],
    tree: etree._Element,
    top: Sequence[Line],
    bottom: Sequence[Line],
    closing: Sequence[str],
) -> tuple[Author, ...]:
    """Visible names first; structured ones where no visible writer is told. The headline is no person either."""
    clues = meta.clues or _NO_CLUES
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
            who.affiliated(upper, publisher),
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
    holder = next(holders(tree, paragraphs[0]), None) if paragraphs else None
    before = lines_before(holder, _BEFORE_BODY) if holder is not None else []
    return (*after[:_FAR_HEADLINE], *reversed(before))


def _title_above(title: str | None, tree: etree._Element, paragraphs: Sequence[str]) -> str | None:
    """The headline where no heading shows it; see `title_above`."""
    holder = next(holders(tree, paragraphs[0]), None) if paragraphs else None
    lines = lines_before(holder, _BEFORE_BODY) if holder is not None else []
    return title_above(title, [(line.text, line.mark) for line in lines])


def _after_body(places: Sequence[etree._Element], paragraphs: Sequence[str]) -> tuple[Line, ...]:
    """The lines behind the last paragraph, in the first of the places that holds it."""
    for place in places:
        for paragraph in reversed(paragraphs[-3:]):
            found = list(holders(place, paragraph))
            if found:
                return tuple(lines_after(found[-1], _AFTER_BODY))
    return ()


def _place_of(paragraph: str, lines: Sequence[Line]) -> int | None:
    """Which of the lines holds the paragraph's beginning."""
    opening = words(paragraph)[:LINE_KEY]
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
    rule = rule_for(line.text) if len(line.text) < LINE_KEY else None
    return rule is None or (rule.effect != "related" and rule.name != "comments")
