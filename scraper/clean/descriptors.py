"""Section, tags, images, addresses and publisher of an article, as the head of its page tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml import etree

from scraper.article import Image, Site
from scraper.clean.head import Head, fold
from scraper.clean.titles import words
from scraper.sites.definition import SiteDefinition

_NAME_LABEL = 8
_MAX_IMAGES = 20
_MAX_TAGS = 30
_MAX_PAGES = 100
_PAGE_COUNT = ("content_total_pages", "total_pages")
_SECTION_META = (
    "article:section2", "content_subcategory", "content_category", "article:section", "dtk:namakanal", "section",
)  # fmt: skip
_TAG_META = ("content_tags", "content_tag", "news_keywords", "keywords", "meta_keywords", "keyword")
_SITE_WIDE_TAGS = frozenset(
    ("berita terkini", "berita hari ini", "berita terbaru", "berita indonesia", "berita online", "berita", "news",
     "portal indonesia", "indonesia", "push notif", "picture first", "headline")
)  # fmt: skip
_LAST_ELEMENTS = 200
_MAX_NOTICE = 400
_OWNER = re.compile(
    r"(?:©|\(c\)|\bcopyright)(?:[\s:-]|©|\(c\)|copyright)*+"
    r"(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:(?:19|20)\d\d)?)?[\s,.|-]*+)?(?:by |oleh |pt )?"
    r"(?!\d+\b)(?P<name>[A-Z0-9][\w.&'’ ]{3,40}?)"
    r"\s*(?:\.\s|\.?$|[,|•·–-]|\ball rights\b|\bhak cipta\b|\b(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
_VAGUE_SECTIONS = frozenset(("news", "article", "indonesia", "berita", "home", "uncategorized", "tanpa kategori"))


def canonical_url(head: Head, url: str | None) -> str | None:
    """The article's address as the page tells it, else the one it was had from; a bare host is no article's."""
    for candidate in (head.canonical, head.first("og:url"), *(article.url for article in head.articles)):
        joined = absolute(candidate, url)
        if joined and len(urlsplit(joined).path) > 1:
            return joined
    return url


def absolute(address: str | None, base: str | None) -> str | None:
    """The address as an absolute http one, None if it is none."""
    try:
        joined = urljoin(base, address) if base and address else address
        return joined if joined and urlsplit(joined).scheme in ("http", "https") else None
    except ValueError:
        return None


def host_of(address: str | None) -> str | None:
    """The address's host without www, None if it has none."""
    try:
        return (urlsplit(address or "").hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def publisher_of(head: Head, address: str | None, site: SiteDefinition | None) -> Site:
    """The publisher by its definition, else by what the page says of itself."""
    told = next(iter(publisher_names(head)), None) or head.first("application-name")
    if site is None:
        return Site(domain=host_of(address), name=told)
    return Site(domain=host_of(address) or site.domain, name=site.name or told, edition=site.edition)


def publisher_names(head: Head) -> list[str]:
    """Names that the page gives to its publisher; addresses given as names are left out."""
    told = (*head.meta.get("og:site_name", ()), *(article.publisher for article in head.articles))
    return [name for name in told if name and "://" not in name]


def owner_of(tree: etree._Element) -> str | None:
    """Who owns the page by the last notice of its rights: "© 2024 Kabar Contoh. All rights reserved"."""
    told = (fold(text[:_MAX_NOTICE]) for text in _from_the_end(tree) if "©" in text or "opyright" in text)
    return next((found["name"].strip(" .") for text in told if (found := _OWNER.search(text))), None)


def _from_the_end(tree: etree._Element) -> Iterator[str]:
    """The texts of a page's last elements, the last one first."""
    waiting = [tree]
    for _ in range(_LAST_ELEMENTS):
        if not waiting:
            return
        element = waiting.pop()
        if isinstance(element.tag, str) and element.tag not in ("script", "style", "head"):
            yield from filter(None, (element.tail, element.text))
            waiting.extend(element)


def host_names(domain: str | None) -> list[str]:
    """The labels of a host that can be a publisher's name."""
    return [label for label in (domain or "").split(".") if len(label) > 3]


def main_label(domain: str | None) -> list[str]:
    """The host's longest label, where it is long enough to be nothing but the publisher's name.

    >>> main_label("daerah.kabarcontoh.co.id"), main_label("kabar.id")
    (['kabarcontoh'], [])
    """
    longest = max((domain or "").split("."), key=len)
    return [longest] if len(longest) >= _NAME_LABEL else []


def section_of(head: Head) -> str | None:
    """The finest section told that is not a word for any news."""
    linked = next((article.section for article in head.articles if article.section), None)
    for told in (*(head.first(name) for name in _SECTION_META), linked):
        if told and told.lower() not in _VAGUE_SECTIONS and "." not in told and len(told) < 60:
            return told
    return None


def tags_of(head: Head) -> tuple[str, ...]:
    """Keywords of the article; a list that merely spells out the title or the lead holds none."""
    prose = words(" ".join(filter(None, (*head.meta.get("og:title", ()), head.first("og:description", "description")))))
    for source in _tag_lists(head):
        tags = tuple(dict.fromkeys(tag for raw in source if _is_tag(tag := fold(raw))))
        spelled = len(tags) > 3 and words(" ".join(tags[:8])) in prose
        if tags and not spelled:
            return tags[:_MAX_TAGS]
    return ()


def _is_tag(tag: str) -> bool:
    """Not what a CMS files beside the tags ("Editor:Siti"), nor what a site says of itself on every page."""
    return 0 < len(tag) < 60 and ":" not in tag and tag.lower() not in _SITE_WIDE_TAGS


def _tag_lists(head: Head) -> Iterator[list[str]]:
    yield list(next((article.keywords for article in head.articles if article.keywords), ()))
    yield list(head.meta.get("article:tag", ()))
    for name in _TAG_META:
        # A second tag of the same name is the site's, not the article's.
        yield head.meta.get(name, ("",))[0].split(",")


def images_of(head: Head, base: str | None) -> tuple[Image, ...]:
    """Lead images with an absolute address, each once."""
    told = [*head.meta.get("og:image", ()), *(url for a in head.articles if a.is_article for url in a.images)]
    urls = dict.fromkeys(url for raw in told[:_MAX_IMAGES] if (url := absolute(raw, base)))
    return tuple(Image(url=url) for url in urls)


def page_count(head: Head) -> int:
    """How many pages the article has, where told; 1 else."""
    told = head.first(*_PAGE_COUNT) or ""
    return int(told) if told.isascii() and told.isdigit() and 1 <= int(told[:4]) <= _MAX_PAGES else 1
