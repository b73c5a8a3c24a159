"""When to visit again: an interval that halves on a change and doubles without one."""

from __future__ import annotations

from scraper.discover.found import Kind


def next_interval(kind: Kind, *, changed: bool, interval: float | None, age: float | None) -> float | None:
    """Seconds until the next visit; None for never again.

    Args:
        kind: feeds and indexes are visited for ever, articles while they are young.
        changed: whether this visit brought something new (a first visit did).
        interval: the interval that led to this visit, None for a first one.
        age: seconds since an article was published, None where unknown.
    """
    raise NotImplementedError


def retry_delay(attempt: int) -> float | None:
    """Seconds to wait after the given failed attempt (1 is the first); None once it is to be given up."""
    raise NotImplementedError
