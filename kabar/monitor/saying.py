"""Numbers, days and what is wrong with a search, as people of each language write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from kabar.monitor.catalog import in_words
from kabar.monitor.words import words
from kabar.store.keys import WIB
from scraper.article import Timestamp

if TYPE_CHECKING:
    from kabar.store import QueryError
    from tagger.document import Entity

MULTIPLE = 4
ZONES = {timedelta(hours=hours): name for hours, name in ((7, "WIB"), (8, "WITA"), (9, "WIT"))}


def number(value: float, language: str) -> str:
    """With the language's signs: 1.234,5 in Indonesian, 1,234.5 in English.

    >>> number(1234.56, "id"), number(1234, "en")
    ('1.234,6', '1,234')
    """
    text = f"{value:,.1f}".removesuffix(".0") if isinstance(value, float) else f"{value:,}"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def day(iso: str | None, language: str) -> str:
    """A day with its year; what is no day comes back as it is.

    >>> day("2026-05-31", "id")
    '31 Mei 2026'
    """
    try:
        when = date.fromisoformat((iso or "")[:10])
    except ValueError:
        return iso or ""
    return f"{when.day} {words(language)['months'].split()[when.month - 1]} {when.year}"


def short_day(iso: str, language: str) -> str:
    """A day without its year: 31 Mei."""
    return day(iso, language).rpartition(" ")[0]


def moment(when: str | float | None, language: str) -> str:
    """A moment, ISO 8601 or seconds since 1970, in the time of Jakarta, in which the store's days are.

    >>> moment("2026-05-31T17:30:00+00:00", "id"), moment(0.0, "en"), moment(None, "id")
    ('1 Jun 2026 00.30 WIB', '1 Jan 1970 07:00 WIB', '–')
    """
    if when is None:
        return "–"
    time = datetime.fromisoformat(when) if isinstance(when, str) else datetime.fromtimestamp(when, WIB)
    return _with_clock(time.astimezone(WIB), language)


def clock(seconds: float, language: str) -> str:
    """The time of day in Jakarta, to the second.

    >>> clock(1.0, "id")
    '07.00.01 WIB'
    """
    return _clock(datetime.fromtimestamp(seconds, WIB), "%H:%M:%S", language)


def published(stamp: Timestamp | None, language: str) -> str:
    """When a page says that it was published, in the time that it tells.

    >>> published(Timestamp(value="2026-06-01T01:00:00+09:00", precision="minute"), "id")
    '1 Jun 2026 01.00 WIT'
    """
    if stamp is None or len(stamp.value) <= len("2026-05-31"):
        return "" if stamp is None else day(stamp.value, language)
    try:
        return _with_clock(datetime.fromisoformat(stamp.value), language)
    except ValueError:
        return stamp.value


def _with_clock(time: datetime, language: str) -> str:
    return f"{day(time.date().isoformat(), language)} {_clock(time, '%H:%M', language)}"


def _clock(time: datetime, form: str, language: str) -> str:
    offset = time.utcoffset()
    zone = "" if offset is None else ZONES.get(offset, time.tzname() or "")
    told = time.strftime(form)
    return f"{told if language == 'en' else told.replace(':', '.')} {zone}".rstrip()


def change(now: int, usual: float | None, language: str) -> str:
    """How far a count is from its usual, in percent or, far above, as a multiple; "new" where nothing was usual.

    >>> change(12, 10.0, "id"), change(30, 4.0, "id"), change(3, 0.0, "en"), change(3, None, "en")
    ('+20%', '×7,5', 'new', '')
    """
    if usual is None:
        return ""
    if usual < 0.05:
        return words(language)["is_new"]
    if now >= MULTIPLE * usual:
        times = now / usual
        return f"×{number(round(times, 1) if times < 10 else round(times), language)}"
    percent = round((now / usual - 1) * 100)
    return f"{'+' if percent > 0 else '−' if percent < 0 else '±'}{number(abs(percent), language)}%"


def evidence(entity: Entity, language: str) -> str:
    """Why something was tagged."""
    t, by = words(language), entity.evidence.by
    return f"{t.get(entity.type, entity.type)} · {t[f'by_{by}']}: {in_words(entity.evidence.cue, language, 'cues')}"


def refusal(error: QueryError, language: str) -> str:
    """What is wrong with a search."""
    return words(language)[f"query_{error.reason}"].format(**error.values)
