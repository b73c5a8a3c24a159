"""URLs: one canonical form, twins folded, and articles told from the rest by pattern."""

from __future__ import annotations

from typing import Literal, TypeAlias

UrlKind: TypeAlias = Literal["article", "index", "other", "unknown"]


def canonical_url(url: str, base: str | None = None) -> str | None:
    """The address to fetch and to print; None for what is no http(s) address."""
    raise NotImplementedError


def article_key(url: str) -> str:
    """What two addresses of one page have in common: scheme, www, mobile and AMP twins folded, query sorted."""
    raise NotImplementedError


def same_article(one: str, other: str) -> bool:
    """Whether two addresses are twins of one page."""
    raise NotImplementedError


def host_of(url: str) -> str:
    """Authority of a canonical address: `host`, or `host:port` off the default port."""
    raise NotImplementedError


def registrable_domain(host: str) -> str:
    """The domain that one owner registered: `jambi.tribunnews.com` gives `tribunnews.com`, `a.go.id` gives `a.go.id`."""
    raise NotImplementedError


def classify(url: str, article_pattern: str | None = None) -> UrlKind:
    """Tells an article's address from sections, tags, searches and files by its form alone."""
    raise NotImplementedError
