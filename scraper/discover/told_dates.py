"""Dates as feeds and sitemaps tell them, in seconds since 1970."""

from __future__ import annotations

from scraper.clean.dates import parse_moment, zone_offset

FIRST, LAST = 631_152_000.0, 4_102_444_800.0  # 1990 and 2100: what lies outside is no date of a page


def seconds(raw: str | None, zone: str | None = None) -> float | None:
    """Reads a date in any of the forms met (ISO 8601, RFC 822, Indonesian); None for what is none.

    Args:
        raw: the date.
        zone: the clock (WIB, WITA, WIT) where it tells none; WIB if None.

    >>> seconds("2024-01-02T03:04:05+07:00"), seconds("Sel, 02 Jan 2024 03:04:05 +0700")
    (1704139445.0, 1704139445.0)
    >>> seconds("kemarin") is None
    True
    """
    moment = parse_moment(raw) if raw else None
    if moment is None:
        return None
    value = moment.instant(zone_offset(zone)).timestamp()
    return value if FIRST < value < LAST else None
