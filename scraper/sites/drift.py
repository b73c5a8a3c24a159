"""Drift: does a site definition still match the pages that it gets?

Each part of a definition is held against the generic way on the same page: a headline that the selectors show and the
head of the page does not tell, a date that is no date, a body much shorter than what the page holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from scraper.clean.dates import parse_moment
from scraper.clean.head import read_head, text_of
from scraper.clean.titles import choose_headline, words
from scraper.clean.vicinity import lines_within
from scraper.sites.definition import SiteDefinition
from scraper.sites.selectors import compiled, elements, select

State = Literal["right", "missing", "differs", "untold"]
Part = Literal["body", "title", "date", "author"]

PARTS: tuple[Part, ...] = ("body", "title", "date", "author")
NEEDED: tuple[Part, ...] = ("body", "title", "date")
"""A page without a byline is no drift."""

_MIN_BODY_CHARS = 250
_MIN_BODY_SHARE = 0.5
_TOLERATED = 0.5
_PROSE = etree.XPath("//body//p | //body//br/..")


@dataclass(frozen=True, slots=True)
class PageCheck:
    """How one page fits its definition.

    Attributes:
        page: the page's path or address.
        site: the definition.
        states: for each part: `right`; `missing` if no selector matches; `differs` if what matches is not the part;
            `untold` if the definition has no selectors for it.
    """

    page: str
    site: SiteDefinition
    states: tuple[tuple[Part, State], ...]

    @property
    def wrong(self) -> tuple[Part, ...]:
        """The needed parts that the definition no longer finds."""
        return tuple(part for part, state in self.states if part in NEEDED and state in ("missing", "differs"))


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """How the pages of one publisher fit its definition.

    Attributes:
        site: the definition.
        pages: how many pages were looked at.
        right: for each part, on how many of them it was right; parts without selectors are left out.
        drifted: the needed parts that are wrong on more than half of the pages.
    """

    site: SiteDefinition
    pages: int
    right: tuple[tuple[Part, int], ...]
    drifted: tuple[Part, ...]


def check_page(tree: etree._Element, site: SiteDefinition, page: str = "") -> PageCheck:
    """Holds a definition against one page.

    Args:
        tree: root of the parsed page; it is not changed.
        site: the publisher's definition.
        page: its path or address, for the report.
    """
    states: tuple[tuple[Part, State], ...] = (
        ("body", _body(tree, site.body)),
        ("title", _title(tree, site.title)),
        ("date", _date(tree, site.date)),
        ("author", _author(tree, site.author)),
    )
    return PageCheck(page, site, states)


def summarize(checks: Iterable[PageCheck]) -> list[SiteCheck]:
    """One line a publisher, by its domain."""
    by_site: dict[SiteDefinition, list[PageCheck]] = {}
    for check in checks:
        by_site.setdefault(check.site, []).append(check)
    return [_summary(site, pages) for site, pages in sorted(by_site.items(), key=lambda item: item[0].domains)]


def _summary(site: SiteDefinition, pages: Sequence[PageCheck]) -> SiteCheck:
    right = Counter(part for page in pages for part, state in page.states if state == "right")
    told = {part for page in pages for part, state in page.states if state != "untold"}
    wrong = Counter(part for page in pages for part in page.wrong)
    return SiteCheck(
        site=site,
        pages=len(pages),
        right=tuple((part, right[part]) for part in PARTS if part in told),
        drifted=tuple(part for part in NEEDED if wrong[part] > _TOLERATED * len(pages)),
    )


def _body(tree: etree._Element, selectors: Sequence[str]) -> State:
    if not selectors:
        return "untold"
    longest = max((_length(elements(compiled(selector), tree)) for selector in selectors), default=0)
    if longest == 0:
        return "missing"
    enough = longest >= _MIN_BODY_CHARS or longest >= _MIN_BODY_SHARE * _length(elements(_PROSE, tree))
    return "right" if enough else "differs"


def _title(tree: etree._Element, selectors: Sequence[str]) -> State:
    if not selectors:
        return "untold"
    shown = [text_of(node) for node in select(tree, selectors)]
    if not any(shown):
        return "missing"
    told = choose_headline(read_head(tree), (), ()).text
    return "right" if told is None or words(told) == words(shown[0]) else "differs"


def _date(tree: etree._Element, selectors: Sequence[str]) -> State:
    if not selectors:
        return "untold"
    nodes = select(tree, selectors)
    if not nodes:
        return "missing"
    lines = [line for node in nodes[:4] for line in lines_within(node, 10)]
    stamps = [stamp for node in nodes[:4] for stamp in (node.get("datetime"), node.get("content")) if stamp]
    texts = [*(line.text for line in lines), *(line.stamp for line in lines if line.stamp), *stamps]
    return "right" if any(parse_moment(text) for text in texts) else "differs"


def _author(tree: etree._Element, selectors: Sequence[str]) -> State:
    if not selectors:
        return "untold"
    return "right" if select(tree, selectors) else "missing"


def _length(nodes: Sequence[etree._Element]) -> int:
    """Characters of the nodes' text, scripts left out; a node inside another one counts once."""
    chosen = set(nodes)
    outer = [node for node in nodes if not any(up in chosen for up in node.iterancestors())]
    return sum(len(line.text) for node in outer for line in lines_within(node, 500))
