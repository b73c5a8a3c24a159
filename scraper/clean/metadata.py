"""Reads title, authors, dates, section, tags and the rest of an article's metadata from a parsed page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from scraper.article import Author, Image, Site, Timestamp
from scraper.sites.definition import SiteDefinition


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page tells about the article, besides its body.

    Attributes:
        article_body: JSON-LD `articleBody`, where told.
        description: meta or JSON-LD description.
        language: ISO 639-1; from the markup in `read_metadata`, from the text after `refine`.
        pages: how many pages the article has, where told.
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
    site: Site = Site()
    description: str | None = None
    article_body: str | None = None
    pages: int = 1
    warnings: tuple[str, ...] = ()


def read_metadata(tree: etree._Element, url: str | None = None, site: SiteDefinition | None = None) -> Metadata:
    """Reads what stands in the head, in structured data and at the headline.

    Args:
        tree: root of the page, as parsed by `lxml.etree.HTMLParser`; it is not changed.
        url: the page's address, where known.
        site: the publisher's definition, where there is one.
    """
    title = tree.findtext(".//title")
    return Metadata(title=title.strip() if title else None, site=Site(name=site.name if site else None))


def refine(meta: Metadata, paragraphs: Sequence[str], tree: etree._Element, credits: Sequence[str] = ()) -> Metadata:
    """Completes the metadata with what stands beside the body: bylines, credits, dates, and the text's language.

    Args:
        meta: from `read_metadata` on the same tree.
        paragraphs: the body, in order.
        tree: the page's root; nodes that the cleaner dropped may be missing.
        credits: lines that the cleaner took out of the body as bylines or credits ("Editor: Siti Aminah").
    """
    return meta
