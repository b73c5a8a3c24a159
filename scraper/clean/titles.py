"""Chooses the headline: what the reader sees, never the section's or the site's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from lxml import etree

from scraper.clean.dates import parse_moment
from scraper.clean.head import Head, fold
from scraper.clean.phrases import rule_for

_SEPARATOR = re.compile(r"\s+(?:[-–—|:»«•·]|::|\|\|)\s+|\s*[|»]\s*|:\s+")
_PAGE_MARK = re.compile(
    r"\s*[-–—|(]?\s*(?:page|halaman|hal\.?|laman)\s*(?:\d+|all|semua)(?:\s*(?:dari|of)\s*\d+)?\)?\s*$", re.IGNORECASE
)
_PAGE_WORDS = ("page", "hal", "laman")
_SITE_LIKE = re.compile(
    r"\.(?:com|id|co|net|org|tv|news|info)\b|\bonline\b|\bnews\b|\bportal\b|\bmedia\b", re.IGNORECASE
)
_SITE_OPENING = re.compile(
    r"\W*(?:portal|website|web|situs|laman|official|selamat datang|beranda|home)\b(?!.*[,:?!])", re.IGNORECASE
)
_OFFICE_OPENING = re.compile(
    r"\W*(?:pemerintah|dinas|badan|dprd|kantor|kementerian|sekretariat|universitas|polres|polda)\b(?!.*[,:?!])",
    re.IGNORECASE,
)
_LONGEST_SITE = 7
_LONGEST_OFFICE = 4  # words; beyond, it is told what the office does
_HOME = re.compile(r"(?:https?://[^/?#]+)?/?(?:index\.(?:html?|php))?|\./")
_HEADLINE_CLASS = re.compile(r"title|judul|headline|jdl", re.IGNORECASE)
_OTHER_CLASS = re.compile(r"site|logo|brand|widget|block|section|sidebar|nav|related|terkait|popul", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CUT_OFF = ("…", "...")
_ENOUGH_WORDS = 3
_MAX_SEGMENTS = 8
_MAX_CHARS = 400
_MAX_SHOWN = 200
_ALIKE = 0.6


Heading: TypeAlias = tuple[etree._Element, str]


@dataclass(frozen=True, slots=True)
class Headline:
    """The chosen headline, and the heading that shows it, where one does."""

    text: str | None
    element: etree._Element | None = None


def choose_headline(head: Head, shown: Sequence[Heading], site_names: Iterable[str]) -> Headline:
    """Chooses by agreement: a heading on the page that a told title begins with, ends with or equals.

    Args:
        head: what the head of the page tells.
        shown: elements that the site definition's selectors found on the page, with their text; asked first.
        site_names: names of the publisher, to be cut from told titles.
    """
    selected, headings = ([pair for pair in pairs if words(pair[1])] for pairs in (shown, head.headings))
    names = {words(name) for name in site_names if name} | {
        words(text) for element, text in headings if _leads_home(element)
    }
    titles = list(dict.fromkeys(_told(head)))
    told = [title for title in titles if words(title) not in names and words(strip_site(title, names))]
    if titles == [head.document_title] and _is_sites(titles[0]):
        told = []
    first = [pair for pair in headings if pair[0].tag == "h1"]
    return (
        _agreed(told, selected, names)
        or _similar(told, selected, names)
        or _leading(selected, names)
        or _agreed(told, headings, names)
        or _similar(told, headings, names)
        or _leading([pair for pair in first if _is_marked(pair[0])], names)
        # A <title> alone that no heading agrees with is the same on all pages of the site.
        or (_leading(list(filter(_is_shown, first)), names) if titles == [head.document_title] else None)
        or (Headline(_told_headline(told, names)) if told and not _is_brief(titles, head, names) else None)
        or _leading([pair for pair in headings if _is_marked(pair[0])], names)
        or _leading(headings, names)
        or next((Headline(text, node) for node, text in headings if _may_be_headline(text, names)), Headline(None))
    )


def _is_sites(title: str) -> bool:
    """Whether a title is the whole site's: "Portal Resmi Kota Contoh", "DPRD Contoh"."""
    length = len(title.split())
    opens_as_site = length <= _LONGEST_SITE and _SITE_OPENING.match(title) is not None
    return opens_as_site or (length <= _LONGEST_OFFICE and _OFFICE_OPENING.match(title) is not None)


def _is_brief(titles: Sequence[str], head: Head, names: set[str]) -> bool:
    """Whether nothing but a <title> is told, and without the site's name it is too short for a headline."""
    return titles == [head.document_title] and len(words(strip_site(titles[0], names)).split()) <= _ENOUGH_WORDS


def title_above(title: str | None, lines: Sequence[tuple[str, str]]) -> str | None:
    """The headline that stands above the body and is no heading: what a told title holds; without one, the nearest.

    Args:
        title: the headline as the head tells it.
        lines: the lines above the body with their classes, nearest first.
    """
    able = [pair for pair in lines if len(words(pair[0]).split()) > _ENOUGH_WORDS and len(pair[0]) <= _MAX_SHOWN]
    runs = set(_runs(title)) if title else set()
    agreed = next((line for line, _ in able if words(line) in runs), None)
    if agreed is not None or title:
        return agreed or title
    bare = [pair for pair in able if rule_for(pair[0], top=True) is None and parse_moment(pair[0]) is None]
    marked = (line for line, mark in bare if _HEADLINE_CLASS.search(mark) and not _OTHER_CLASS.search(mark))
    return next(marked, next((line for line, _ in bare if not line.endswith((".", ")"))), None))


def _told_headline(told: Sequence[str], names: set[str]) -> str:
    """The shortest stripped title, else the longest run, that another told title holds; else the first not cut off."""
    stems = [strip_site(title, names) for title in told]
    whole = [stem for stem in stems if len(words(stem).split()) >= _ENOUGH_WORDS and not stem.endswith(_CUT_OFF)]
    shared = [stem for stem in whole if sum(words(stem) in words(title) for title in told) > 1]
    runs = (run.strip() for title in told for run in _told_runs(title) if not run.endswith(_CUT_OFF))
    common = [run for run in runs if sum(words(run) in words(title) for title in told) > 1]
    return min(shared, key=len) if shared else max(common, key=len, default=(whole or stems)[0])


def _is_marked(element: etree._Element) -> bool:
    """Whether the class, or what it is in microdata, says headline, and not the site's or a box's."""
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    return _HEADLINE_CLASS.search(names) is not None and _OTHER_CLASS.search(names) is None


def _is_shown(heading: Heading) -> bool:
    """Whether nothing around a heading hides it."""
    around = (heading[0], *heading[0].iterancestors())
    return not any(
        up.tag == "noscript" or "hidden" in up.attrib or _HIDDEN.search(up.get("style") or "") for up in around
    )


def _unpaged(title: str) -> str:
    """A title without the mark of its page: "Banjir surut - Halaman 2"."""
    lowered = title.lower()
    return _PAGE_MARK.sub("", title) if any(word in lowered for word in _PAGE_WORDS) else title


def _leads_home(element: etree._Element) -> bool:
    """Whether the heading is a link to the front page: the site's logo."""
    link = next(element.iter("a"), None)
    parent = element.getparent()
    link = parent if link is None and parent is not None and parent.tag == "a" else link
    href = (link.get("href") or "").strip() if link is not None else ""
    return bool(href) and _HOME.fullmatch(href) is not None


def _leading(headings: Sequence[Heading], names: set[str]) -> Headline | None:
    """The first heading of the highest rank that is long enough to be a headline by itself."""
    able = [
        pair
        for pair in headings
        if len(words(pair[1]).split()) > _ENOUGH_WORDS and words(pair[1]) not in names and not _heads_a_box(pair[1])
    ]
    ranked = sorted(able, key=lambda pair: pair[0].tag)
    return Headline(ranked[0][1], ranked[0][0]) if ranked else None


def _may_be_headline(text: str, names: set[str]) -> bool:
    return words(text) not in names and not _heads_a_box(text)


def _heads_a_box(text: str) -> bool:
    """Whether a heading stands over a comment form or links to other articles."""
    rule = rule_for(text)
    return rule is not None and rule.effect in ("related", "stop", "end")


def strip_site(title: str, names: Iterable[str]) -> str:
    """Cuts the site's name, with its section, and page marks off a told title.

    >>> strip_site("Banjir di Muara Bulian Surut - Kabar Contoh", {"kabar contoh"})
    'Banjir di Muara Bulian Surut'
    """
    known = [name for name in names if name]
    title = _unpaged(title)
    separators = list(_SEPARATOR.finditer(title))
    end = len(title)
    for separator in reversed(separators):
        tail = title[separator.end() : end]
        if _is_site(words(tail), tail, known):
            end = separator.start()
    title = _unpaged(title[:end])
    for separator in separators[:2]:
        rest = title[separator.end() :]
        if words(title[: separator.start()]) in known and len(words(rest).split()) >= _ENOUGH_WORDS:
            return rest.strip()
    return title.strip()


def around_headline(head: Head, headline: str | None) -> list[str]:
    """What titles tell besides the headline, whole and word by word: names of the site and of its sections."""
    shown = words(headline or "")
    parts = (words(title).partition(shown) for title in _told(head)) if shown else ()
    rests = [rest.strip() for front, found, back in parts if found for rest in (front, back)]
    names = (name for rest in rests if len(rest) < 60 for name in (rest, *rest.split()))
    return [name for name in dict.fromkeys(names) if len(name) > 3]


@lru_cache(maxsize=512)
def words(text: str) -> str:
    """The words of a text in lower case, for comparison."""
    return " ".join(re.findall(r"\w+", text.lower()))


def _is_site(tail: str, raw: str, names: Sequence[str]) -> bool:
    if not tail or len(tail.split()) > 6:
        return False
    squashed = tail.replace(" ", "")
    known = any(name == tail or name.replace(" ", "") in squashed for name in names if len(name) > 3)
    return known or (len(tail.split()) <= 4 and bool(_SITE_LIKE.search(raw)))


def _told(head: Head) -> Iterator[str]:
    """Titles that the head tells, most trusted first; what is too long is none."""
    return (title for title in _titles(head) if len(title) <= _MAX_CHARS)


def _titles(head: Head) -> Iterator[str]:
    for article in head.articles:
        if article.is_article and article.headline:
            yield fold(article.headline)
    for name in ("og:title", "twitter:title", "dable:title", "headline", "title", "name"):
        yield from (content for content in head.meta.get(name, ()))
    if head.document_title:
        yield head.document_title


def _agreed(told: Sequence[str], headings: Sequence[Heading], names: set[str]) -> Headline | None:
    """The longest heading that is a run of whole segments of a told title."""
    runs = {run for title in told for run in _runs(title)}
    fits = [(element, text) for element, text in headings if words(_unpaged(text)) in runs and words(text) not in names]
    if not fits:
        return None
    element, text = max(fits, key=lambda fit: (len(words(fit[1])), fit[0].tag == "h1", fit[0].tag == "h2"))
    short = len(words(text).split()) < _ENOUGH_WORDS
    if short and any(
        words(title).startswith(words(text)) and len(words(title)) > 3 * len(words(text)) for title in told
    ):
        return None
    return Headline(_unpaged(text), element)


def _runs(title: str) -> Iterator[str]:
    """Word forms of every run of neighbouring segments of a title."""
    yield from (words(run) for run in _segment_runs(title))


def _told_runs(title: str) -> Iterator[str]:
    """The runs that are long enough to be a headline by themselves."""
    yield from (run for run in _segment_runs(title) if len(words(run).split()) > _ENOUGH_WORDS)


def _segment_runs(title: str) -> Iterator[str]:
    title = _unpaged(title)
    marks = list(_SEPARATOR.finditer(title))[:_MAX_SEGMENTS]
    starts, ends = [0, *(mark.end() for mark in marks)], [*(mark.start() for mark in marks), len(title)]
    for first, start in enumerate(starts):
        yield from (title[start:end] for end in ends[first:])


def _similar(told: Sequence[str], headings: Sequence[Heading], names: set[str]) -> Headline | None:
    """A heading that shares most of its words with a told title, or wraps one in kicker and site name."""
    stems = [strip_site(title, names) for title in told]
    for element, text in headings:
        if element.tag == "h3":
            continue
        wrapped = [
            run
            for title in (*stems, *told)
            for run in _told_runs(title)
            if words(run) in words(text) and words(run) not in names
        ]
        if wrapped:
            run = max(wrapped, key=len)
            # Search engines get the first half of a long headline.
            longer = words(text).startswith(words(run)) and text[len(run) :].startswith(",")
            return Headline(text if longer else run, element)
        if any(_overlap(words(stem), words(text)) >= _ALIKE for stem in stems):
            return Headline(text, element)
    return None


def _overlap(one: str, other: str) -> float:
    a, b = set(one.split()), set(other.split())
    return len(a & b) / max(len(a | b), 1) if min(len(a), len(b)) > 2 else 0.0
