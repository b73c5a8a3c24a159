"""Where an article stands, as everything tells it that is sent on: exports, alerts, digests, proofs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit, urlunsplit

from scraper.article import Article

WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+$", re.IGNORECASE)
HOST = re.compile(r"([\w.-]+|\[[0-9A-Fa-f:.]+\])(:\d*)?", re.ASCII)
STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")
"""A percent sign that begins no escape."""


def outlet(article: Article, names: Mapping[str, str] | None = None) -> str:
    """The name of the site: as the page tells it, else the one known of its domain; else the domain.

    Args:
        article: of the site.
        names: of sites by domain, see `Store.site_names`.
    """
    domain = article.site.domain
    return article.site.name or (names or {}).get(domain or "") or domain or "-"


def web_link(article: Article) -> str | None:
    """The article's address if it is one of the web; nothing else is ever made a link."""
    return next(filter(None, map(_uri, (article.canonical_url, article.url))), None)


def _uri(url: str | None) -> str | None:
    """An address of the web as RFC 3986 writes it, which browsers are less strict about; None for what is none.

    >>> _uri("https://warta.example/hari jadi"), _uri("https://wartä.example/jum'at-é?a=[1]&b=50%")
    (None, "https://xn--wart-ooa.example/jum'at-%C3%A9?a=%5B1%5D&b=50%25")
    """
    if not url or not WEB.match(url):
        return None
    try:
        scheme, host, *rest = urlsplit(url)
        host = host if host.isascii() else host.encode("idna").decode()
    except ValueError:  # a bracket that is open, a host that has no form in ASCII
        return None
    if not HOST.fullmatch(host):
        return None
    return urlunsplit(
        (scheme, host, *(quote(STRAY.sub("%25", part), safe="%/:?@!$&'()*+,;=", errors="replace") for part in rest))
    )
