"""How fast one host may be asked: a delay and a concurrency that follow its answers."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import UTC
from email.utils import parsedate_to_datetime

MAX_RETRY_AFTER = 24 * 3600.0  # seconds; a longer wish is cut to this
MAX_DELAY = 60.0  # seconds between two requests to a host that answers slowly
TROUBLED_DELAY = 1.0  # the least after a failure, so that one request at a time goes out
MAX_REST = 3600.0


def retry_after(value: str | None, date: str | None = None) -> float | None:
    """Seconds that a Retry-After header asks to wait, in either of its forms; None if there is none to read.

    Args:
        value: the header's value: seconds, or an HTTP date.
        date: the Date header of the same answer, since a date is of the server's clock; ours counts without it.

    >>> retry_after("120")
    120.0
    >>> retry_after("Thu, 01 Jan 1970 00:02:00 GMT", "Thu, 01 Jan 1970 00:01:00 GMT")
    60.0
    """
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), MAX_RETRY_AFTER)
    due = _moment(value)
    if due is None:
        return None
    now = _moment(date)
    return min(max(0.0, due - (time.time() if now is None else now)), MAX_RETRY_AFTER)


def _moment(date: str | None) -> float | None:
    """Seconds since 1970 of an HTTP date; None if it is none."""
    try:
        moment = parsedate_to_datetime(date or "")
        if moment.tzinfo is None:  # HTTP dates are of UTC, told or not
            moment = moment.replace(tzinfo=UTC)
        return moment.timestamp()
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True, slots=True)
class HostPace:
    """How fast one host is asked, by what it has answered so far.

    With a delay, requests go out one at a time; without one, as many at once as the crawl allows. A slow host is given
    as long to rest as it needed to answer, and one in trouble is left alone for longer with each failure in a row.

    Attributes:
        lowest: seconds between two requests that the user asks for; 0 for one's own servers.
        asked: seconds that the host's robots.txt asks for.
        usual: seconds that an answer takes, smoothed.
        troubles: failures in a row.
    """

    lowest: float
    asked: float = 0.0
    usual: float = 0.0
    troubles: int = 0

    @property
    def delay(self) -> float:
        """Seconds between two requests."""
        least = max(self.lowest, self.asked)
        if self.troubles:
            least = max(least, TROUBLED_DELAY)
        return max(least, min(self.usual, MAX_DELAY)) if least else 0.0

    def answered(self, seconds: float, asked: float = 0.0) -> HostPace:
        """The pace after an answer that took so long."""
        usual = (3 * self.usual + seconds) / 4 if self.usual else seconds
        return replace(self, usual=usual, asked=asked, troubles=0)

    def troubled(self) -> HostPace:
        """The pace after a failure."""
        return replace(self, troubles=self.troubles + 1)

    def rest(self) -> float:
        """Seconds to leave the host alone after its failures in a row: 2, 4, 8, ... an hour at most.

        >>> [HostPace(1.0, troubles=n).rest() for n in (1, 2, 20)]
        [2.0, 4.0, 3600.0]
        """
        return min(2.0 ** min(self.troubles, 20), MAX_REST) if self.troubles else 0.0
