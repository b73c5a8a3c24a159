"""Section and index pages: links to articles, to the next page of the list, and to the sections of a home page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml import etree

from scraper.discover.forms import archive_period, classify, date_in_path, ends_with_date
from scraper.discover.trial import Trial
from scraper.discover.urls import canonical_url, host_of, registrable_domain, same_site, split_url
from scraper.sites.definition import SiteDefinition

MAX_LINKS = 5_000
MAX_SECTIONS = 80
MAX_ARCHIVES = 62  # days of two months, as a calendar shows them
HEADLINE_WORDS = 4

_NEXT_TEXT = re.compile(
    r"^\W*(?:(?:halaman |hal\.? )?(?:selanjutnya|berikutnya|next(?: page)?|older(?: posts| entries)?|lebih lama"
    r"|postingan lama|pos-pos lama|berita sebelumnya|muat (?:lainnya|lebih banyak)|load more"
    r"|lihat (?:lainnya|selengkapnya|lebih banyak)))\W*$|^\s*[›»>]\s*$",
    re.IGNORECASE,
)
_NEXT_CLASS = re.compile(r"(?:^|[\s_-])(?:next|older|blog-pager-older-link)(?:$|[\s_-])", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_QUERY_PAGE = re.compile(r"(?:^|&)(?:page|paged|halaman|hal|p)=(\d{1,4})(?:&|$)")
_PATH_PAGE = re.compile(r"(?P<word>/(?:page|halaman|hal))?/-?(\d{1,4})/?$")
_NUMBER_AT_END = re.compile(r"\d(?:/|\.[a-z]{2,5})?$")
_SECTION_QUERY = re.compile(
    r"[\w-]+\.php\?[a-z_]{2,12}=[a-z][a-z_-]{2,30}|(?:[\w-]+\.php)?\?(?:cat|kat|kategori|rubrik|kanal)=[\w-]{1,30}",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_FOOTER = frozenset(("footer", "site-footer", "main-footer", "page-footer", "colophon"))
_LAST_NUMBER = re.compile(r"\d+(?=\D*$)")


class Anchor(NamedTuple):
    """One address on a page.

    Attributes:
        url: canonical address.
        text: the longest text of the anchors that lead to it.
        next: whether an anchor says that it is the next page of a list.
        below: whether all of them stand in the page's footer.
    """

    url: str
    text: str
    next: bool = False
    below: bool = False


class IndexPage(NamedTuple):
    """What an index page tells.

    Attributes:
        articles: anchors to articles, in the page's order.
        sections: addresses of sections, in the page's order.
        following: the next page of this list, None if there is none.
        archives: addresses of lists by day or month.
    """

    articles: tuple[Anchor, ...]
    sections: tuple[str, ...]
    following: str | None
    archives: tuple[str, ...] = ()


def read_index(
    tree: etree._Element, url: str, *, site: SiteDefinition | None = None, trial: Trial | None = None
) -> IndexPage:
    """Reads a home, section or index page.

    Args:
        tree: the parsed page.
        url: its address.
        site: the publisher's definition.
        trial: what earlier links turned out to be.
    """
    anchors = _anchors(tree, url)
    pattern = site.article_pattern if site is not None else None
    own = [anchor for anchor in anchors if belongs(anchor.url, url, site)]
    articles = _articles(own, pattern, trial)
    if not articles:  # news.example.id lists what daerah.example.id carries
        articles = _articles([anchor for anchor in anchors if same_site(anchor.url, url)], pattern, trial)
    known = {anchor.url for anchor in articles}
    sections = [anchor.url for anchor in own if anchor.url not in known and _is_section(anchor, url)]
    archives = [anchor.url for anchor in own if anchor.url not in known and archive_period(anchor.url) is not None]
    following = _following(tree, own, url, known)
    return IndexPage(articles, tuple(sections[:MAX_SECTIONS]), following, tuple(archives[:MAX_ARCHIVES]))


def _articles(anchors: list[Anchor], pattern: str | None, trial: Trial | None) -> tuple[Anchor, ...]:
    return tuple(
        anchor for anchor in anchors if is_article(anchor.url, anchor.text, pattern, trial) and not _is_service(anchor)
    )


def _is_service(anchor: Anchor) -> bool:
    """Whether it leads to terms, or to how one writes to the editors: from the footer, without a number or a date."""
    return anchor.below and _DIGIT.search(split_url(anchor.url).path) is None


def belongs(url: str, page: str, site: SiteDefinition | None) -> bool:
    """Whether an address is of the publisher that a page is of.

    Pages of a main host (one of its definition's domains, or the registered domain) may lead to all of the publisher's
    hosts; those of a regional subdomain only to themselves, or a region's crawl would become its network's.
    """
    host, home = _bare(host_of(url)), _bare(host_of(page))
    if host == home:
        return True
    mains = site.domains if site is not None and site.domains else (registrable_domain(home),)
    return home in mains and any(host == main or host.endswith("." + main) for main in mains)


def is_article(url: str, text: str, pattern: str | None = None, trial: Trial | None = None) -> bool:
    """Whether a link leads to an article: by the publisher's pattern, by trial, by form, last by its headline."""
    kind = classify(url, pattern)
    learnt = trial.verdict(url) if trial is not None and kind != "other" else None
    if kind == "article" and pattern is not None:
        return True
    if learnt is not None:
        return learnt
    if kind == "unknown":
        return len(_WORD.findall(text)) >= HEADLINE_WORDS
    return kind == "article"


def _bare(host: str) -> str:
    return host.removeprefix("www.")


def _anchors(tree: etree._Element, url: str) -> list[Anchor]:
    told = next((node.get("href", "") for node in tree.iter("base")), "")
    base = canonical_url(told, url) if told else url
    if base is None or not same_site(base, url):
        base = url
    below = {node for footer in _footers(tree) for node in footer.iter("a")}
    found: dict[str, Anchor] = {}
    for node in islice(tree.iter("a"), MAX_LINKS):
        href = node.get("href", "").strip()
        target = canonical_url(href, base) if href else None
        if target is None:
            continue
        text = _text_of(node)
        following = _says_next(node, text)
        before = found.get(target)
        in_footer = node in below
        if before is not None:
            text, following = max(before.text, text, key=len), following or before.next
            in_footer = in_footer and before.below
        found[target] = Anchor(target, text, following, in_footer)
    return list(found.values())


def _footers(tree: etree._Element) -> Iterator[etree._Element]:
    """The page's footers; those of articles and cards are none."""
    for node in tree.iter("footer", "div"):
        named = node.tag == "footer" or not _FOOTER.isdisjoint((node.get("id"), *node.get("class", "").split()))
        if named and next(node.iterancestors("article", "li", "main"), None) is None:
            yield node


def _text_of(node: etree._Element) -> str:
    text = " ".join("".join(map(str, node.itertext()))[:500].split())
    return text or (node.get("title") or "").strip()[:300]


def _says_next(node: etree._Element, text: str) -> bool:
    rel, label = node.get("rel", ""), node.get("aria-label", "")
    return (
        "next" in rel.lower().split()
        or _NEXT_TEXT.search(text) is not None
        or _NEXT_TEXT.search(label) is not None
        or (_NEXT_CLASS.search(node.get("class", "")) is not None and len(text) < 30)
    )


def _is_section(anchor: Anchor, page: str) -> bool:
    """A short name that leads to a list: no date archive, no further page of another list."""
    kind = classify(anchor.url)
    if kind not in ("index", "unknown") or anchor.next or len(anchor.text) > 40 or anchor.url == page:
        return False
    parts = split_url(anchor.url)
    if parts.query:  # index.php?module=berita
        return _SECTION_QUERY.fullmatch(f"{parts.path.rpartition('/')[2]}?{parts.query}") is not None
    return kind == "index" and date_in_path(anchor.url) is None and _NUMBER_AT_END.search(parts.path) is None


def _following(tree: etree._Element, anchors: list[Anchor], page: str, articles: set[str]) -> str | None:
    for candidate in _told_next(tree, anchors, page):
        if candidate != page and candidate not in articles and same_site(candidate, page):
            return candidate
    number = _page_number(page)
    wanted = (number or 1) + 1
    for anchor in anchors:
        if anchor.text == str(wanted) and anchor.url not in articles and _is_page(anchor.url, page, wanted):
            return anchor.url
    return None


def _told_next(tree: etree._Element, anchors: list[Anchor], page: str) -> Iterator[str]:
    for node in tree.iter("link"):
        told = node.get("href", "") if "next" in node.get("rel", "").lower().split() else ""
        url = canonical_url(told.strip(), page) if told else None
        if url is not None:
            yield url
    # "Selanjutnya" also stands on sliders and in articles: a list's next page has the list's own path, or a number.
    stem = list_stem(page)
    for anchor in anchors:
        if (
            anchor.next
            and classify(anchor.url) != "other"
            and (list_stem(anchor.url) == stem or _LAST_NUMBER.search(anchor.url))
        ):
            yield anchor.url


def _page_number(url: str) -> int | None:
    parts = split_url(url)
    match = _QUERY_PAGE.search(parts.query) or _path_page(parts.path)
    return int(match[match.re.groups]) if match else None


def _path_page(path: str) -> re.Match[str] | None:
    """The page number at the end of a path; the day of /indeks/2026/06/01 is none."""
    match = _PATH_PAGE.search(path)
    return None if match is None or (not match["word"] and ends_with_date(path)) else match


def _is_page(url: str, page: str, number: int) -> bool:
    return _page_number(url) == number and list_stem(url) == list_stem(page)


def list_stem(url: str) -> str:
    """A list's address without its page number."""
    parts = split_url(url)
    match = _path_page(parts.path)
    path = parts.path if match is None else parts.path[: match.start()]
    return _bare(parts.host) + path.rstrip("/")
