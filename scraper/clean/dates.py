"""Reads the date forms of Indonesian news pages.

A page's clock is the publisher's: WIB, WITA or WIT, often untold. So a `Moment` keeps the clock as printed and the
offset apart, and only `Moment.timestamp` joins them with the zone that the caller assumes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from importlib.resources import files
from typing import Any

from scraper.article import Precision, Timestamp

MAX_CHARS = 240
"""Longer strings are running text, and are read up to here only."""

_FIRST_YEAR = 1990
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as it is printed.

    Attributes:
        clock: date and time of day as printed, naive.
        precision: the finest unit printed.
        zone: the zone as printed (`WIB`, `UTC`, `+07:00`), or None.
        offset: minutes east of UTC, or None where no zone is printed.
        raw: the string that was read.
        span: where in the string the date stands.
    """

    clock: datetime
    precision: Precision
    zone: str | None
    offset: int | None
    raw: str
    span: tuple[int, int] = (0, 0)

    @property
    def timed(self) -> bool:
        """Whether a time of day is printed."""
        return self.precision in ("minute", "second")

    def instant(self, offset: int) -> datetime:
        """The point in time; `offset` is assumed (minutes east of UTC) where none is printed."""
        minutes = offset if self.offset is None else self.offset
        return self.clock.replace(tzinfo=timezone(timedelta(minutes=minutes)))

    def timestamp(self, zone: str | None, source: str | None = None) -> Timestamp:
        """The document's form of it; `zone` (WIB, WITA, WIT) is assumed where none is printed."""
        if not self.timed:
            length = {"year": 4, "month": 7}.get(self.precision, 10)
            return Timestamp(value=self.clock.date().isoformat()[:length], precision=self.precision, raw=self.raw,
                             source=source)  # fmt: skip
        value = self.instant(zone_offset(zone)).isoformat(timespec="seconds")
        return Timestamp(value=value, precision=self.precision, zone=self.zone, raw=self.raw, source=source)


def parse_date(raw: str, zone: str | None = None, source: str | None = None) -> Timestamp | None:
    """Reads the first date in a short string.

    Args:
        raw: as it stands on the page.
        zone: the clock (WIB, WITA, WIT) where the string tells none; WIB if None.
        source: kept in the result.

    >>> parse_date("Rabu, 4 November 2015 | 21:04 WIB").value
    '2015-11-04T21:04:00+07:00'
    >>> parse_date("Jum'at, 29 Agustus 2025", "WITA").value
    '2025-08-29'
    """
    moment = parse_moment(raw)
    return moment.timestamp(zone, source) if moment else None


def parse_moment(raw: str) -> Moment | None:
    """Reads the first date in a short string, and the time of day and zone beside it; None if there is none."""
    text = " ".join(raw[:MAX_CHARS].split())
    return _moment(text) if _DIGIT.search(text) else None


@lru_cache(maxsize=64)
def _moment(text: str) -> Moment | None:
    """Several readers ask for the same line."""
    for read in (_iso, _epoch, _day_month_name, _month_name_day, _numeric, _month_only):
        moment = read(text)
        if moment is not None:
            return moment
    return None


def zone_offset(zone: str | None) -> int:
    """Minutes east of UTC of a zone's name; WIB's if it is unknown."""
    known: int = _calendar()["zones"].get((zone or "WIB").upper(), 420)
    return known


def province_zone(code: str | None) -> str | None:
    """The clock of a Kemendagri region code's province: WIB, WITA, WIT, or None if the code is None or unknown.

    >>> province_zone("71.73")
    'WITA'
    """
    for zone, provinces in _calendar()["provinces"].items():
        if code and code[:2] in provinces:
            return str(zone)
    return None


def place_zone(names: Iterable[str]) -> str | None:
    """The clock of a publisher whose names tell a place in eastern Indonesia: WITA, WIT, or None.

    >>> place_zone(["kabarmakassar.example", "Kabar Makassar"])
    'WITA'
    """
    tokens = {token for name in names for token in re.findall(r"[a-z]+", name.lower())}
    for zone, places in _calendar()["places"].items():
        if not tokens.isdisjoint(places["words"]) or any(
            place in token for place in places["inside"] for token in tokens
        ):
            return str(zone)
    return None


@lru_cache(maxsize=1)
def _calendar() -> Mapping[str, Any]:
    return tomllib.loads(files("scraper.clean").joinpath("calendar.toml").read_text("utf-8"))


@lru_cache(maxsize=1)
def _months() -> Mapping[str, int]:
    return {word: int(number) for number, words in _calendar()["months"].items() for word in words}


_ZONE = r"(?P<zone>Z\b|(?:UTC|GMT)(?:\s?[+-]\d{1,2}(?::?\d\d)?)?|WIB|WITA|WIT\b|[+-]\d\d:?\d\d\b)"
_ISO = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[-/])(?P<m>\d\d?)(?P=s)(?P<d>\d\d?)(?!\d)"
    r"(?:(?P<gap>[ ,]*T? ?)(?P<h>\d\d?)(?P<c>[:.-])(?P<n>\d\d)(?:[:.-](?P<sec>\d\d)(?:[.,]\d+)?)?"
    rf"(?: ?(?P<ap>[ap]m)\b)?(?: ?\(?{_ZONE})?)?",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\d.:/-])(?P<h>[01]?\d|2[0-4])(?P<c>[:.])(?P<n>[0-5]\d)(?:[:.](?P<sec>[0-5]\d))?(?![\d]|[:.]\d)"
    rf"(?: ?(?P<ap>[ap]\.?m\b\.?))?(?: ?\(?{_ZONE})?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?<![\d/.-])(?P<d>\d\d?)(?P<s>[/.-])(?P<m>\d\d?)(?P=s)(?P<y>(?:19|20)\d\d|\d\d(?!\d))")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_COMPACT = re.compile(r"(?:19|20)\d{6}")
_WEEKDAY = re.compile(r"(?i)\b(?:senin|selasa|rabu|kamis|jum['’`]?at|sabtu|minggu|ahad|\w{3,6}day)\b,? ?")
_BAR = re.compile(r"\s*[|•·)]")
_CLOCK_WORD = re.compile(r"(?:pukul|pkl\.?|jam|at|[|,–—-])\s*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _named() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    initials = "".join(sorted({word[0] for word in _months()}))
    month = rf"(?=[{initials}])(?P<m>{'|'.join(sorted(_months(), key=len, reverse=True))})\b\.?"
    year = r"(?P<y>(?:19|20)\d\d)"
    return (
        re.compile(rf"(?<!\d)(?P<d>\d\d?)(?:st|nd|rd|th)?[ \-/.]{{0,3}}{month}[ \-/.,]{{0,3}}{year}", re.IGNORECASE),
        re.compile(rf"\b{month} ?(?P<d>\d\d?)(?:st|nd|rd|th)?,? ?{year}", re.IGNORECASE),
        re.compile(rf"^{month} {year}$", re.IGNORECASE),
    )


def _iso(text: str) -> Moment | None:
    match = _ISO.search(text)
    if match is None:
        return None
    day = _date(match["y"], match["m"], match["d"])
    if day is None:
        return None
    if match["h"] is None:
        return Moment(day, "day", None, None, text, match.span())
    clock = _at(day, match)
    if clock is None:
        return Moment(day, "day", None, None, text, match.span())
    zone, offset = _zone(match["zone"])
    # "2015-11-05 T10:08:58Z", "2023-11-02T20-59-53Z": what writes them puts Z behind the local clock.
    if zone == "UTC" and (match["c"] != ":" or match["gap"].startswith(" T")):
        zone, offset = None, None
    return Moment(clock, "second" if match["sec"] else "minute", zone, offset, text, match.span())


def _epoch(text: str) -> Moment | None:
    if _EPOCH.fullmatch(text):
        clock = datetime.fromtimestamp(int(text[:10]), UTC).replace(tzinfo=None)
        return Moment(clock, "second", "UTC", 0, text, (0, len(text)))
    if _COMPACT.fullmatch(text):
        day = _date(text[:4], text[4:6], text[6:])
        return Moment(day, "day", None, None, text, (0, 8)) if day else None
    return None


def _day_month_name(text: str) -> Moment | None:
    return _with_time(text, _named()[0].search(text))


def _month_name_day(text: str) -> Moment | None:
    return _with_time(text, _named()[1].search(text))


def _numeric(text: str) -> Moment | None:
    match = _NUMERIC.search(text)
    if match is None:
        return None
    moment = _with_time(text, match)
    # Two digits of a year are a year only beside a clock.
    return moment if moment and (len(match["y"]) == 4 or moment.timed) else None


def _month_only(text: str) -> Moment | None:
    match = _named()[2].search(text)
    day = _date(match["y"], match["m"], "1") if match else None
    return Moment(day, "month", None, None, text, (0, len(text))) if day else None


def _with_time(text: str, match: re.Match[str] | None) -> Moment | None:
    if match is None:
        return None
    day = _date(match["y"], match["m"], match["d"])
    if day is None:
        return None
    time = _time_beside(text, match.start(), match.end())
    clock = _at(day, time) if time else None
    if time is None or clock is None:
        return Moment(day, "day", None, None, text, match.span())
    zone, offset = _zone(time["zone"])
    span = (min(match.start(), time.start()), max(match.end(), time.end()))
    return Moment(clock, "second" if time["sec"] else "minute", zone, offset, text, span)


def _time_beside(text: str, start: int, end: int) -> re.Match[str] | None:
    """The time of day printed up to 16 characters after the date, else right before it."""
    after = _TIME.search(text, end, min(len(text), end + 40))
    if after and after.start() - end <= 16 and _is_clock(text, after):
        return after
    before = [
        found
        for found in _TIME.finditer(text, max(0, start - 28), start)
        if len(_WEEKDAY.sub("", text[found.end() : start])) <= 4
    ]
    return before[-1] if before and _is_clock(text, before[-1]) else None


def _is_clock(text: str, time: re.Match[str]) -> bool:
    """A dot may part hours and minutes ("10.30 WIB"), but "10.30" alone may be any number."""
    if time["c"] == ":" or time["zone"]:
        return True
    ends = time.end() == len(text) or _BAR.match(text, time.end())
    return bool(ends or _CLOCK_WORD.search(text[: time.start()]))


def _at(day: datetime, match: re.Match[str]) -> datetime | None:
    hour, minute, second = int(match["h"]), int(match["n"]), int(match["sec"] or 0)
    half = (match["ap"] or "").lower().replace(".", "")
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return day.replace(hour=hour % 24, minute=minute, second=second)
    except ValueError:
        return None


def _date(year: str, month: str, day: str) -> datetime | None:
    y = int(year) + (2000 if len(year) == 2 else 0)
    m = _months().get(month.lower()) or (int(month) if month.isdigit() else 0)
    d = int(day)
    if m > 12 >= d:
        m, d = d, m
    if not _FIRST_YEAR <= y <= datetime.now(UTC).year + 1:
        return None
    try:
        return datetime(y, m, d)
    except ValueError:
        return None


def _zone(raw: str | None) -> tuple[str | None, int | None]:
    """Name and minutes east of UTC of a printed zone."""
    if not raw:
        return None, None
    name = raw.upper().replace(" ", "")
    if name in ("WIB", "WITA", "WIT"):
        return name, zone_offset(name)
    digits = re.search(r"([+-])(\d{1,2}):?(\d\d)?$", name)
    if digits is None:
        return "UTC", 0
    minutes = int(digits[2]) * 60 + int(digits[3] or 0)
    offset = -minutes if digits[1] == "-" else minutes
    if abs(offset) > 14 * 60:
        return None, None
    return f"{digits[1]}{minutes // 60:02d}:{minutes % 60:02d}", offset
