"""Flat rows of a tagged article, for tables of any kind."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import quote, urlsplit, urlunsplit

from scraper.article import Timestamp
from tagger.document import TaggedArticle

COLUMNS = (
    "id", "url", "site", "site_name", "title", "kind", "published", "modified", "language", "section", "dateline",
    "authors", "tags", "cities", "city_codes", "officials", "organizations", "countries", "quotes", "text", "file",
)  # fmt: skip
# OWASP: a cell that starts so is a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
WEB = re.compile(r"https?://[^\s<>\"{}|\\^`]+$", re.IGNORECASE)
HOST = re.compile(r"([\w.-]+|\[[0-9A-Fa-f:.]+\])(:\d*)?", re.ASCII)
STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")
"""A percent sign that begins no escape."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def row(article: TaggedArticle) -> dict[str, str]:
    """One row of `COLUMNS`; several values in one cell are parted by "; "."""
    return {
        "id": article.id,
        "url": article.url or "",
        "site": article.site.domain or "",
        "site_name": article.site.name or "",
        "title": article.title or "",
        "kind": article.kind,
        "published": article.published.value if article.published else "",
        "modified": article.modified.value if article.modified else "",
        "language": article.language or "",
        "section": article.section or "",
        "dateline": article.dateline or "",
        "authors": "; ".join(f"{author.name} ({author.role})" for author in article.authors),
        "tags": "; ".join(article.tags),
        "cities": "; ".join(city.name for city in article.cities),
        "city_codes": "; ".join(city.code for city in article.cities if city.code),
        "officials": "; ".join(f"{official.name} ({official.office})" for official in article.officials),
        "organizations": "; ".join(organization.name for organization in article.organizations),
        "countries": "; ".join(country.alpha2 for country in article.countries),
        "quotes": "; ".join(f"{quote.speaker or '?'}: {quote.text}" for quote in article.quotes),
        "text": article.text,
        "file": article.file or "",
    }


def instant(time: Timestamp | None) -> str | None:
    """A date-time of RFC 3339, or None where the page tells no time of day or no zone: none is guessed.

    >>> instant(Timestamp(value="2026-05-31T10:05+07:00", precision="minute"))
    '2026-05-31T10:05:00+07:00'
    """
    try:
        parsed = datetime.fromisoformat(time.value) if time is not None and "T" in time.value else None
    except ValueError:
        return None
    return parsed.isoformat(timespec="seconds") if parsed is not None and parsed.tzinfo else None


def web_link(article: TaggedArticle) -> str | None:
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
    return urlunsplit((scheme, host, *(quote(STRAY.sub("%25", part), safe="%/:?@!$&'()*+,;=") for part in rest)))


def safe_cell(value: str) -> str:
    """The value as a spreadsheet may show it: no formula, no control characters."""
    value = CONTROL.sub("", value)
    return "'" + value if value.startswith(FORMULA) else value
