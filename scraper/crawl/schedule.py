"""When to visit again: an interval that halves on a change and doubles without one."""

from __future__ import annotations

from typing import NamedTuple

from scraper.discover.found import Kind

MINUTE, HOUR, DAY = 60.0, 3_600.0, 86_400.0


class Bounds(NamedTuple):
    """Seconds: the shortest, first and longest interval of a kind of page."""

    shortest: float
    first: float
    longest: float


BOUNDS: dict[Kind, Bounds] = {
    "seed": Bounds(15 * MINUTE, HOUR, DAY),
    "feed": Bounds(5 * MINUTE, 15 * MINUTE, 6 * HOUR),
    "sitemap": Bounds(15 * MINUTE, HOUR, 7 * DAY),
    "index": Bounds(10 * MINUTE, 30 * MINUTE, DAY),
    "article": Bounds(30 * MINUTE, HOUR, 4 * DAY),
}
YOUNG = 7 * DAY
"""An article is looked at again for this long; later edits are found where a sitemap tells of them."""

RETRIES = (MINUTE, 5 * MINUTE, 30 * MINUTE, 3 * HOUR, 12 * HOUR, DAY)


def next_interval(kind: Kind, *, changed: bool, interval: float | None, age: float | None) -> float | None:
    """Seconds until the next visit; None for never again.

    Args:
        kind: feeds and indexes are visited for ever, articles while they are young, further pages of lists once.
        changed: whether this visit brought something new; does not count for a first visit.
        interval: the interval that led to this visit, None for a first one.
        age: seconds since an article was published, None where unknown.

    >>> next_interval("feed", changed=True, interval=1800, age=None)
    900.0
    >>> next_interval("article", changed=False, interval=None, age=8 * 86_400) is None
    True
    """
    if kind == "page":
        return None
    bounds = BOUNDS[kind]
    if interval is None:
        planned = bounds.first
    else:
        planned = min(max(interval / 2 if changed else interval * 2, bounds.shortest), bounds.longest)
    if kind == "article" and (age or 0.0) + planned > YOUNG:
        return None
    return planned


def age_of(published: float | None, found_at: float, now: float) -> float:
    """Seconds since an article appeared; a date that lies over a day ahead is not believed.

    >>> age_of(None, 40.0, 100.0), age_of(10.0, 40.0, 100.0), age_of(3e9, 40.0, 100.0)
    (60.0, 90.0, 60.0)
    """
    return now - (found_at if published is None or published > now + DAY else published)


def retry_delay(attempt: int) -> float | None:
    """Seconds to wait after the given failed attempt (1 is the first); None once it is to be given up.

    >>> retry_delay(1), retry_delay(7)
    (60.0, None)
    """
    return RETRIES[attempt - 1] if attempt <= len(RETRIES) else None
