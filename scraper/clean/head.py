"""Collects what a page's head and scripts tell: meta tags, JSON-LD, canonical link, data layers, headings.

One pass over the few elements that matter; nothing is judged here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from scraper.clean import decode
from scraper.clean.jsonld import LinkedArticle, linked_articles

_TAGS = ("html", "meta", "link", "script", "title", "h1", "h2", "h3")
_MAX_HEADINGS = 200
_MAX_HEADING_CHARS = 500
_MAX_CONTENT_CHARS = 10_000
_MAX_META = 500
_MAX_BLOCKS = 50
_MAX_SCRIPT_CHARS = 40_000
_LAYER = re.compile(r"dataLayer\b[^{};]{0,40}\{")
_LAYER_FIELD = re.compile(
    r"""\b(publish(?:ed)?_?(?:date|time|at)|penulis|author|reporter|editor|content_author|content_editor)["']?"""
    r"""\s*:\s*(?:"([^"\n]{1,100})"|'([^'\n]{1,100})')""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a page.

    Attributes:
        meta: contents by name, property or itemprop, in lower case; several contents in order.
        layer: fields of the data layer that scripts fill (`published_date`, `penulis`, `editor`), in lower case.
        articles: JSON-LD articles, then web pages.
        headings: h1 to h3 in document order, with their text.
        document_title: content of `<title>`.
        canonical: address of `<link rel=canonical>`.
        language: `<html lang>`.
        next_page: whether a `<link rel=next>` is there.
    """

    meta: Mapping[str, tuple[str, ...]]
    layer: Mapping[str, str]
    articles: tuple[LinkedArticle, ...]
    headings: tuple[tuple[etree._Element, str], ...]
    document_title: str | None
    canonical: str | None
    language: str | None
    next_page: bool = False

    @property
    def addresses(self) -> tuple[str, ...]:
        """What the page gives as its own address."""
        return tuple(filter(None, (self.canonical, *self.meta.get("og:url", ()))))

    def first(self, *names: str) -> str | None:
        """The first content that one of these meta names has."""
        for name in names:
            for content in self.meta.get(name, ()):
                if content:
                    return content
        return None


EMPTY_HEAD = Head({}, {}, (), (), None, None, None)
"""Of plain text, which has no head."""


def read_head(tree: etree._Element) -> Head:
    """Collects the head of a parsed page; the tree is not changed."""
    found = _Found()
    for element in tree.iter(*_TAGS):
        _READERS[element.tag](element, found)
    return Head(
        meta={name: tuple(contents) for name, contents in found.meta.items()},
        layer=found.layer,
        articles=linked_articles(found.blocks),
        headings=tuple(found.headings),
        document_title=found.title,
        canonical=found.links.get("canonical"),
        language=found.language,
        next_page="next" in found.links,
    )


def fold(text: str | None) -> str:
    """The text as a reader sees it (see `scraper.clean.decode.fold`), empty if there is none.

    >>> fold(" Banjir\\n surut ")
    'Banjir surut'
    """
    return decode.fold(text) if text else ""


def text_of(element: etree._Element) -> str:
    """The element's text, folded, a space between its parts."""
    return fold(element.text) if len(element) == 0 else fold(" ".join(map(str, element.itertext("*"))))


class _Found:
    """The collection in the making."""

    def __init__(self) -> None:
        self.meta: dict[str, list[str]] = {}
        self.layer: dict[str, str] = {}
        self.blocks: list[str] = []
        self.headings: list[tuple[etree._Element, str]] = []
        self.links: dict[str, str] = {}
        self.title: str | None = None
        self.language: str | None = None
        self.room = _MAX_META


def _meta(element: etree._Element, found: _Found) -> None:
    name = element.get("property") or element.get("name") or element.get("itemprop")
    content = element.get("content")
    if name and content and found.room > 0:
        found.room -= 1
        found.meta.setdefault(name.strip().lower(), []).append(fold(content[:_MAX_CONTENT_CHARS]))


def _link(element: etree._Element, found: _Found) -> None:
    href = element.get("href")
    if href:
        for rel in (element.get("rel") or "").lower().split():
            found.links.setdefault(rel, href.strip())


def _script(element: etree._Element, found: _Found) -> None:
    text = element.text
    if not text:
        return
    if "ld+json" in (element.get("type") or ""):
        if len(found.blocks) < _MAX_BLOCKS:
            found.blocks.append(text)
    elif len(text) <= _MAX_SCRIPT_CHARS and "dataLayer" in text and (layer := _LAYER.search(text)):
        for name, double, single in _LAYER_FIELD.findall(text, layer.start()):
            found.layer.setdefault(name.lower(), fold(double or single))


def _title(element: etree._Element, found: _Found) -> None:
    # A second <title> belongs to an inline SVG.
    found.title = found.title or fold((element.text or "")[:_MAX_CONTENT_CHARS])


def _html(element: etree._Element, found: _Found) -> None:
    found.language = found.language or element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang")


def _heading(element: etree._Element, found: _Found) -> None:
    if len(found.headings) < _MAX_HEADINGS:
        text = text_of(element)
        if 0 < len(text) <= _MAX_HEADING_CHARS:
            found.headings.append((element, text))


_READERS = {
    "html": _html,
    "meta": _meta,
    "link": _link,
    "script": _script,
    "title": _title,
    "h1": _heading,
    "h2": _heading,
    "h3": _heading,
}
