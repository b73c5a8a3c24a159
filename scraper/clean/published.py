"""Weighs the dates that a page tells: which is the publication, and in which zone its clock runs.

What the reader sees beside the headline is trusted for the minute; structured dates give seconds and zone where they
agree with it. Met on real pages and told apart here: constant dates of a template, UTC that is right, local clocks
labelled Z, GMT or -07:00, dates of related articles, a modification before the publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scraper.article import Timestamp
from scraper.clean.dates import Moment, parse_moment, zone_offset
from scraper.clean.head import Head
from scraper.clean.vicinity import Line

_CLOCK = re.compile(r"(?:(?:pukul|jam|pkl)\.? )?\d{1,2}[.:]\d\d(?:[.:]\d\d)?(?: ?(?:wib|wita?|[ap]m))?", re.IGNORECASE)
_LONGEST_DAY = 40
_MINUTE = timedelta(minutes=1)
_HOME_OFFSETS = (420, 480, 540)
_MAX_REST = 90
_MAX_SENTENCE = 30
_SENTENCE_END = re.compile(r"[.!?][\"”’')]*\s*$")
_MAX_LINE = 240
_BARS = frozenset("|•·")
_SECOND_DATE = re.compile(
    r"\s*[|•·]\s*(?=terbit|tayang|diterbitkan|publi|dipubli|dibuat|diunggah|posted|terakhir|diperba(?:ha)?rui|di-?updat"
    r"|(?:last )?updat|diubah)",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"\b(?:diperba(?:ha)?rui|diubah|(?:di-?)?updated?|modified|terakhir)\b", re.IGNORECASE)
_URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?:/|-|\b)")

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "content_publisheddate", "publishdate",
    "publish-date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "dc.date.issued", "dc.date",
    "publish_date", "published_time", "published-date", "article_date_original", "pubdate", "date", "datecreated",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "lastmod", "last-modified", "revised")
_LAYER = ("published_date", "publish_date", "publishdate", "published_at", "published_time", "publish_time")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and where it was found."""

    moment: Moment
    source: str


@dataclass(frozen=True, slots=True)
class Clock:
    """How a site's clock is read.

    Attributes:
        zone: WIB, WITA or WIT, where the definition or the home region tells.
        offset_is_true: a strange offset (-07:00) still names the right instant, as on Blogger.
    """

    zone: str | None = None
    offset_is_true: bool = False


def structured_dates(head: Head) -> tuple[tuple[Dated, ...], tuple[Dated, ...]]:
    """Publications and modifications told in JSON-LD, meta and data layers, most trusted first."""
    return tuple(_read(_told(head, "published"))), tuple(_read(_told(head, "modified")))


def visible_dates(lines: Iterable[Line], published: bool = True) -> tuple[Dated, ...]:
    """Dates printed on lines that hold little else; those called updates only if `published` is false."""
    found: list[Dated] = []
    parted = tuple(_one_date_each(_with_clocks(lines)))
    named = any(line.stamp and "publish" in line.mark for line in parted)
    for line in parted:
        moment = parse_moment(line.text) if len(line.text) < _MAX_LINE else None
        stamp = parse_moment(line.stamp) if line.stamp else None
        # A word behind the date is about the next one.
        front = line.text[: moment.span[0]] if moment else line.text
        update = _UPDATED.search(front) is not None or _marked_update(line, named)
        if update == published:
            continue
        if moment is not None and _holds_little(line.text, moment):
            found.append(Dated(moment, "visible"))
        if stamp is not None:
            found.append(Dated(stamp, "time:datetime"))
    return tuple(found)


def _marked_update(line: Line, named: bool) -> bool:
    """Whether the class calls the date a change; "updated" says so only beside a date that is called published.

    hAtom wants that class on every date.
    """
    if "publish" in line.mark:
        return False
    return "modif" in line.mark or (named and line.stamp is not None and "updated" in line.mark)


def _with_clocks(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, a day joined with the clock that is the whole next line ("3 Maret 2025", "14.05 WIT")."""
    day: Line | None = None
    for line in lines:
        if day is not None and _CLOCK.fullmatch(line.text):
            line, day = day._replace(text=f"{day.text} {line.text}"), None
        if day is not None:
            yield day
        day = line if _ends_with_day(line) else None
        if day is None:
            yield line
    if day is not None:
        yield day


def _ends_with_day(line: Line) -> bool:
    moment = parse_moment(line.text) if 0 < len(line.text) <= _LONGEST_DAY else None
    return moment is not None and not moment.timed and moment.span[1] == len(line.text)


def _holds_little(text: str, moment: Moment) -> bool:
    """Whether a line holds little besides its date, and is no sentence."""
    rest = len(text) - (moment.span[1] - moment.span[0])
    return rest <= (_MAX_SENTENCE if _SENTENCE_END.search(text) else _MAX_REST)


def _one_date_each(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, parted where a second date begins with its own word ("Diperbarui ... | Terbit ...")."""
    for line in lines:
        barred = len(line.text) < _MAX_LINE and not _BARS.isdisjoint(line.text)
        first, *others = _SECOND_DATE.split(line.text) if barred else (line.text,)
        yield line._replace(text=first) if others else line
        yield from (Line(text, line.mark) for text in others)


def settle(
    told: Sequence[Dated], near: Sequence[Dated], clock: Clock, url: str | None = None
) -> tuple[Timestamp | None, tuple[str, ...]]:
    """The publication, and warnings about what it rests on.

    Args:
        told: structured dates, most trusted first.
        near: visible dates beside the headline, nearest first, and the `<time>` stamps there.
        clock: how the site's clock is read.
        url: the article's address; its day is the last resort.
    """
    visible = [dated for dated in near if dated.source == "visible"]
    stamps = [dated for dated in near if dated.source != "visible"]
    told = [*stamps, *told]
    shown = next((d for d in visible if d.moment.timed), next(iter(visible), None))
    if shown is not None and shown.moment.timed:
        return _refined(shown, told, clock)
    best = _best(told, shown, clock, url)
    if best is not None:
        return _localised(best, told, clock)
    if shown is not None:
        return shown.moment.timestamp(clock.zone, shown.source), ()
    return _from_url(url), ()


def settle_modified(
    told: Sequence[Dated], near: Sequence[Dated], published: Timestamp | None, clock: Clock
) -> Timestamp | None:
    """The last modification, if one is told that is not the publication itself."""
    for dated in (*told, *near):
        moment = dated.moment
        if not moment.timed:
            continue
        if _labelled_wrong(moment, (), clock) or moment.offset is None:
            moment = _unlabelled(moment)
        stamp = _at_home(moment, clock).timestamp(clock.zone, dated.source)
        if published is None or stamp.value != published.value:
            return stamp
    return None


def _refined(shown: Dated, told: Sequence[Dated], clock: Clock) -> tuple[Timestamp, tuple[str, ...]]:
    """A visible minute, with the zone it lacks and the seconds that an agreeing structured date has."""
    moment = shown.moment
    turned = next((d for d in told if _turned(d.moment, moment)), None)
    if turned is not None:
        return _localised(turned, told, clock)
    if moment.offset is None:
        twin = next((d for d in told if _same_clock(d.moment, moment) and d.moment.offset is not None), None)
        if twin is not None and (twin.moment.offset in _HOME_OFFSETS or clock.offset_is_true):
            return _at_home(twin.moment, clock).timestamp(None, twin.source), ()
        shift = _shift(moment, told)
        if shift is not None:
            return shift, ()
    offset = zone_offset(clock.zone) if moment.offset is None else moment.offset
    exact = next((d for d in told if d.moment.precision == "second" and _agrees(d.moment, moment, offset)), None)
    source = exact or shown
    clock_time = moment.clock.replace(second=source.moment.clock.second if exact else moment.clock.second)
    precise = Moment(clock_time, source.moment.precision, moment.zone, moment.offset, shown.moment.raw)
    return precise.timestamp(clock.zone, shown.source), _doubt(moment, clock)


def _shift(moment: Moment, told: Sequence[Dated]) -> Timestamp | None:
    """A zoneless visible clock beside a UTC date: whole hours between them name the zone."""
    for dated in told:
        other = dated.moment
        if other.offset != 0 or not other.timed:
            continue
        minutes = round((_minute(moment.clock) - _minute(other.clock)).total_seconds() / 60)
        if minutes in _HOME_OFFSETS:
            local = Moment(other.clock + timedelta(minutes=minutes), other.precision, None, minutes, moment.raw)
            return local.timestamp(None, dated.source)
    return None


def _best(told: Sequence[Dated], shown: Dated | None, clock: Clock, url: str | None) -> Dated | None:
    """The most trusted structured date that does not contradict the visible day; constants lose to any company."""
    timed = [dated for dated in told if dated.moment.timed]
    if shown is not None:
        return next((dated for dated in timed if _same_day(dated.moment, shown.moment, clock)), None)
    days = [dated.moment.clock.date() for dated in told]
    link = _from_url(url)
    near_link = [d for d in timed if link is not None and abs((d.moment.clock.date() - _day(link)).days) <= 2]
    supported = [d for d in timed if sum(abs((d.moment.clock.date() - day).days) <= 1 for day in days) > 1]
    return next(iter([*near_link, *supported, *timed, *told]), None)


def _localised(best: Dated, told: Sequence[Dated], clock: Clock) -> tuple[Timestamp, tuple[str, ...]]:
    """A structured date with its own offset, or with the site's where it has none or a wrong one."""
    moment = best.moment
    if _labelled_wrong(moment, told, clock):
        moment = _unlabelled(moment)
    if moment.offset is None:
        twin = next(
            (d.moment for d in told if _same_clock(d.moment, moment) and d.moment.offset in _HOME_OFFSETS), None
        )
        if twin is not None:
            moment = Moment(moment.clock, moment.precision, twin.zone, twin.offset, moment.raw)
    return _at_home(moment, clock).timestamp(clock.zone, best.source), _doubt(moment, clock)


def _at_home(moment: Moment, clock: Clock) -> Moment:
    """The same instant on the site's clock, where it is told on another."""
    if not moment.timed or moment.offset is None or moment.offset in _HOME_OFFSETS:
        return moment
    home = zone_offset(clock.zone)
    shifted = moment.clock + timedelta(minutes=home - moment.offset)
    return Moment(shifted, moment.precision, moment.zone, home, moment.raw, moment.span)


def _labelled_wrong(moment: Moment, told: Sequence[Dated], clock: Clock) -> bool:
    """Whether the offset cannot be meant: no Indonesian clock, or two dates with one clock and different offsets."""
    if moment.offset is None or moment.offset in _HOME_OFFSETS:
        return False
    if moment.offset != 0:
        return not clock.offset_is_true
    return any(_same_clock(d.moment, moment) and d.moment.offset != 0 for d in told)


def _unlabelled(moment: Moment) -> Moment:
    return Moment(moment.clock, moment.precision, None, None, moment.raw, moment.span)


def _doubt(moment: Moment, clock: Clock) -> tuple[str, ...]:
    if moment.timed and moment.offset is None and clock.zone is None:
        return ("the page tells no time zone; WIB is assumed",)
    return ()


def _agrees(exact: Moment, shown: Moment, offset: int) -> bool:
    """Whether both name the same minute: as an instant, or as the printed clock under a wrong label."""
    if _same_clock(exact, shown):
        return True
    return exact.timed and timedelta(0) <= exact.instant(offset) - shown.instant(offset) < _MINUTE


def _same_clock(one: Moment, other: Moment) -> bool:
    return one.timed and other.timed and _minute(one.clock) == _minute(other.clock)


def _turned(told: Moment, shown: Moment) -> bool:
    """Whether a told date is the visible one with its month before its day, to the minute: "09/01/2019 - 05:15"."""
    a, b = _minute(told.clock), _minute(shown.clock)
    return told.timed and a != b and (a.year, a.time(), a.month, a.day) == (b.year, b.time(), b.day, b.month)


def _same_day(moment: Moment, shown: Moment, clock: Clock) -> bool:
    local = moment.clock
    if moment.offset is not None:
        local = moment.clock + timedelta(minutes=zone_offset(clock.zone) - moment.offset)
    return shown.clock.date() in (local.date(), moment.clock.date())


def _minute(clock: datetime) -> datetime:
    return clock.replace(second=0)


def _told(head: Head, what: str) -> Iterator[tuple[str, str]]:
    """(source, raw) of every structured date of one sort, most trusted first."""
    for article in head.articles:
        if article.is_article and getattr(article, what):
            yield f"json-ld:date{what.title()}", getattr(article, what)
    for name in _PUBLISHED if what == "published" else _MODIFIED:
        for content in head.meta.get(name, ()):
            yield f"meta:{name}", content
    if what == "published":
        yield from ((f"data-layer:{name}", _joined(head, name)) for name in _LAYER if name in head.layer)
    for page in head.articles:
        if not page.is_article and getattr(page, what):
            yield f"json-ld:{page.type}", getattr(page, what)


def _joined(head: Head, name: str) -> str:
    """A data layer's date, with its time of day where that is a field of its own."""
    value = head.layer[name]
    time = head.layer.get("publish_time") if name == "publish_date" else None
    if time and re.fullmatch(r"\d{8}", value):
        return f"{value[:4]}-{value[4:6]}-{value[6:]} {time}"
    return value


def _read(pairs: Iterable[tuple[str, str]]) -> Iterator[Dated]:
    for source, raw in pairs:
        moment = parse_moment(raw)
        if moment is not None:
            yield Dated(moment, source)


def _from_url(url: str | None) -> Timestamp | None:
    match = _URL_DAY.search(url or "")
    moment = parse_moment(f"{match[1]}-{match[2]}-{match[3]}") if match else None
    return moment.timestamp(None, "url") if moment else None


def dated_in(dateline: str | None) -> Timestamp | None:
    """The day that a dateline tells: "Muara Bulian, 3 Maret 2025"."""
    moment = parse_moment(dateline) if dateline else None
    return moment.timestamp(None, "dateline") if moment is not None else None


def _day(stamp: Timestamp) -> date:
    return date.fromisoformat(stamp.value[:10])
