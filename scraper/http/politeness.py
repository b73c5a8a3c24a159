"""How fast one host may be asked: a delay and a concurrency that follow its answers."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime

MAX_RETRY_AFTER = 24 * 3600.0  # seconds; a longer wish is cut to this


def retry_after(value: str | None, now: float | None = None) -> float | None:
    """Seconds that a Retry-After header asks to wait, in either of its forms; None if there is none to read.

    Args:
        value: the header's value: seconds, or an HTTP date.
        now: seconds since 1970; the present by default.

    >>> retry_after("120")
    120.0
    >>> retry_after("Thu, 01 Jan 1970 00:02:00 GMT", now=60)
    60.0
    """
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), MAX_RETRY_AFTER)
    try:
        due = parsedate_to_datetime(value).timestamp()
    except (ValueError, OverflowError):
        return None
    return min(max(0.0, due - (time.time() if now is None else now)), MAX_RETRY_AFTER)
