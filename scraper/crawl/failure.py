"""What a failed fetch means: whether and when the page is tried again, and how long its host is left alone."""

from __future__ import annotations

from typing import NamedTuple

from scraper.crawl.schedule import retry_delay
from scraper.errors import (
    Blocked,
    DeadlineExceeded,
    FetchError,
    HostBusy,
    HTTPStatus,
    InLine,
    NetworkError,
    NotOpen,
    RobotsDisallowed,
)

BUSY = frozenset({429, 503})
PASSING = frozenset({408, 421, 425, 500, 502, 504, 520, 521, 522, 523, 524})
BUSY_WAIT = 60.0  # seconds a busy host is left alone at least if it names no time


CLOSED = frozenset({400, 401, 403, 404, 405, 406, 410})


def is_closed(error: FetchError) -> bool:
    """Whether an address is not there, or not for programs: of a feed that was only looked for that is no failure."""
    match error:
        case HTTPStatus(status=status):
            return status in CLOSED
        case RobotsDisallowed(retry_after=wait):
            return wait is None
    return isinstance(error, NotOpen)


class Verdict(NamedTuple):
    """How it goes on after a failure.

    Attributes:
        retry_in: seconds until the page is tried again; None gives it up.
        rest: seconds that its host is left alone at least, for the host is in trouble; None if only the page is. With
            0.0 it is left alone for longer with each failure in a row, and two seconds after the first.
    """

    retry_in: float | None
    rest: float | None = None


def verdict(error: FetchError, attempt: int) -> Verdict:  # noqa: PLR0911 - one line a kind
    """Weighs a failure by its kind. What passes is tried again for two days; what does not is given up at once.

    Args:
        error: why the page could not be had.
        attempt: 1 for the first try since the last success.

    >>> verdict(HTTPStatus("gone", status=410), 1)
    Verdict(retry_in=None, rest=None)
    >>> verdict(HTTPStatus("busy", status=503, retry_after=120.0), 1)
    Verdict(retry_in=120.0, rest=120.0)
    """
    match error:
        case HTTPStatus(status=status, retry_after=wait) if status in BUSY:
            rest = max(wait if wait is not None else BUSY_WAIT, 1.0)
            return Verdict(rest if wait is not None else max(rest, retry_delay(attempt) or rest), rest)
        case HTTPStatus(status=status) if status in PASSING:
            return Verdict(retry_delay(attempt), 0.0 if status >= 500 else None)
        case RobotsDisallowed(retry_after=float(wait)):
            return Verdict(wait + 1.0, wait + 1.0)
        case HostBusy(retry_after=wait):
            return Verdict(wait + 1.0)
        case NotOpen():
            return Verdict(retry_delay(attempt))
        case Blocked():
            return Verdict(retry_delay(attempt), BUSY_WAIT)
        case NetworkError() | DeadlineExceeded():
            return Verdict(retry_delay(attempt), 0.0)
    return Verdict(None)


def elsewhere(error: FetchError, attempt: int) -> Verdict:
    """The same for a page that redirects to another host: no host is waited for without end, be it always busy.

    Only a long line there costs no try.

    >>> elsewhere(HTTPStatus("busy", status=503, retry_after=120.0), 7).retry_in is None
    True
    """
    found, most = verdict(error, attempt), retry_delay(attempt)
    if found.retry_in is None or isinstance(error, InLine):
        return found
    return found._replace(retry_in=None if most is None else max(found.retry_in, most))
