"""The words of a report, its dates, times and shares, in Indonesian or English."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from importlib.resources import files
from typing import Literal

from scraper.article import Timestamp

Language = Literal["id", "en"]
ZONES = {7: "WIB", 8: "WITA", 9: "WIT"}
"""Indonesia's zones by their hours east of Greenwich."""
_WIB = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Words:
    """One language."""

    language: Language
    _table: dict[str, str]
    _kinds: dict[str, str]
    _days: tuple[str, ...]
    _months: tuple[str, ...]

    def __call__(self, key: str, **values: object) -> str:
        """The words under a key, with the values put in."""
        return self._table[key].format(**values)

    def kind(self, kind: str) -> str:
        """What a kind of article is called."""
        return self._kinds[kind]

    def day(self, day: str) -> str:
        """A day `YYYY-MM-DD` with its weekday.

        >>> words("id").day("2026-05-31")
        'Minggu, 31 Mei 2026'
        """
        when = date.fromisoformat(day)
        return f"{self._days[when.weekday()]}, {when.day} {self._months[when.month - 1]} {when.year}"

    def time(self, published: Timestamp | None) -> str:
        """The time of day in the zone that the page tells, if it is one of Indonesia's, else in Jakarta's; or nothing.

        >>> words("id").time(Timestamp(value="2026-05-31T10:05:00+08:00", precision="minute"))
        '10.05 WITA'
        """
        if published is None or published.precision not in ("minute", "second"):
            return ""
        try:
            when = datetime.fromisoformat(published.value)
        except ValueError:
            return ""
        if when.tzinfo is None:
            return f"{when:%H.%M}"
        hours = (when.utcoffset() or timedelta()) / timedelta(hours=1)
        if hours not in ZONES:
            when, hours = when.astimezone(_WIB), 7
        return f"{when:%H.%M} {ZONES[int(hours)]}"

    def share(self, share: float) -> str:
        """A share from 0 to 1.

        >>> words("en").share(0.256)
        '26%'
        """
        return f"{share:.0%}"


@cache
def words(language: Language) -> Words:
    """All words of a language."""
    table = tomllib.loads(files("kabar.report").joinpath("words.toml").read_text("utf-8"))[language]
    kinds, calendar = table.pop("kinds"), table.pop("calendar")
    return Words(language, table, kinds, tuple(calendar["days"]), tuple(calendar["months"]))
