"""Keys of articles: ordered by time of publication, so that "newest first" is the order of the key.

A key is the second of publication (Unix time, UTC), shifted left by 20 bits, plus a number that tells articles of the
same second apart. An article without a time, or with one that cannot be, takes the second at which it was first seen.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from scraper.article import Timestamp

BITS = 20
AHEAD = timedelta(days=1)
MADE = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that is right tells an earlier time; one without a battery begins in 1970."""
WIB_SECONDS = 7 * 3600
WIB = timezone(timedelta(seconds=WIB_SECONDS))
_LAST = datetime(2200, 1, 1, tzinfo=UTC).timestamp()


def moment(published: Timestamp | None, seen: datetime) -> datetime:
    """When the article appeared, as exactly as it is told; a bare day begins at midnight in Jakarta.

    What is told is not believed if it is over a day after the article was seen: one wrong year would stand above all
    news, and be the newest day, until it comes. By a clock that is surely wrong nothing is judged.
    """
    if published is None:
        return seen
    value = published.value
    try:
        time = datetime.fromisoformat(value + "-01-01"[len(value) - 4 :] if len(value) in (4, 7) else value)
    except ValueError:
        return seen
    time = time if time.tzinfo else time.replace(tzinfo=WIB)
    return time if time - seen <= AHEAD or seen < MADE else seen


def first_key(time: datetime) -> int:
    """The least key of that second; times before 1970 and after 2200 are drawn to these ends."""
    return int(min(max(time.timestamp(), 0), _LAST)) << BITS


def first_key_of_day(day: str) -> int:
    """The least key of a day in Jakarta, `YYYY-MM-DD`."""
    return first_key(datetime.fromisoformat(day).replace(tzinfo=WIB))


def day_of(key: int) -> str:
    """The day in Jakarta of an article, `YYYY-MM-DD`: the same that `first_key_of_day` bounds.

    A page that tells only a month or a year counts for its first day.
    """
    return datetime.fromtimestamp(key >> BITS, WIB).date().isoformat()
