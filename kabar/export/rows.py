"""Flat rows of a tagged article, for tables of any kind."""

from __future__ import annotations

import re
from datetime import date, datetime

from kabar.store.keys import WIB
from scraper.article import Timestamp
from tagger.document import TaggedArticle

COLUMNS = (
    "id", "url", "site", "site_name", "title", "kind", "day", "published", "modified", "language", "section",
    "dateline", "authors", "tags", "cities", "city_codes", "officials", "organizations", "countries", "events",
    "quotes", "text", "file",
)  # fmt: skip
# OWASP: a cell that starts so is a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
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
        "day": day.isoformat() if (day := published_day(article)) else "",
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
        "events": "; ".join(event.name for event in article.events),
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


def published_day(article: TaggedArticle) -> date | None:
    """The day of publication in Jakarta (WIB), by which articles of all time zones can be grouped; None if not told."""
    time = article.published
    try:
        if time is None or "T" not in time.value:
            return date.fromisoformat(time.value) if time else None
        told = datetime.fromisoformat(time.value)
        return (told.astimezone(WIB) if told.tzinfo else told).date()
    except (ValueError, OverflowError):  # a month or year alone, or a time at the edge of the calendar
        return None


def safe_cell(value: str) -> str:
    """The value as a spreadsheet may show it: no formula, no control characters."""
    value = CONTROL.sub("", value)
    return "'" + value if value.startswith(FORMULA) else value
