"""The search language: words, phrases, prefixes and filters, in Indonesian or English.

banjir bandang              both words
"banjir bandang"            the phrase
banj*                       words that begin so
-longsor                    without the word; any part may be negated so
judul:banjir                in the title
kota:15.71  kota:"Kota Jambi"  kota:15     a city, regency or province; a province holds all below it
pejabat:"Syarif Fasha"      an official; all of the words are in the name
pejabat:"=Syarif Fasha"     that name exactly; so with lembaga, kota, negara and acara
lembaga:BPBD                an organization, by name or acronym
negara:MY  negara:Malaysia  a country
situs:jambi.example         a site, with those below it
jenis:advertorial           a kind of article
kutipan:Fasha               quotes by a speaker
sejak:7d  sejak:2026-05     since (days, weeks, months, years ago, or a date); of several the latest
sampai:2026-05-31           until the end of that day, month or year
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any, Literal, cast

from kabar.store.errors import QueryError
from kabar.store.fold import without_apostrophes
from kabar.store.keys import WIB

FilterKind = Literal["city", "official", "organization", "country", "event", "site", "kind", "quote"]


@dataclass(frozen=True, slots=True)
class Words:
    """A word, phrase or prefix to be found in the text.

    Attributes:
        text: without apostrophes.
        prefix: words that begin so.
        in_title: in the title only.
        negative: articles without it.
    """

    text: str
    prefix: bool = False
    in_title: bool = False
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter by what articles are about, or by where they stand."""

    kind: FilterKind
    value: str
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A search that was read.

    Attributes:
        words: all must hold.
        filters: all must hold.
        since: first day, `YYYY-MM-DD`, or None.
        until: last day, `YYYY-MM-DD`, or None.
    """

    words: tuple[Words, ...] = ()
    filters: tuple[Filter, ...] = ()
    since: str | None = None
    until: str | None = None


MOST_PARTS = 50
_LAST_DAY = "2999-12-31"  # there is a day after it, which the calendar's last day lacks
_PART = re.compile(r"""(?P<minus>-)?(?:(?P<key>[A-Za-z]+):)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))(?P<star>\*)?""")


def parts_of(text: str) -> list[str]:
    """The parts of a search as they are written.

    >>> parts_of('banjir  kota:"Kota Jambi" -longsor')
    ['banjir', 'kota:"Kota Jambi"', '-longsor']
    """
    return [part[0] for part in _PART.finditer(text)]


def parse(text: str, today: date | None = None) -> Query:
    """Reads a search.

    Args:
        text: in the language above.
        today: from which "7d" counts; the present day in Jakarta when left out.

    Raises:
        QueryError: an unknown filter, an open quotation mark, a value that is no date or kind, or too many parts.
    """
    if text.count('"') % 2:
        raise QueryError("open_quotation")
    today = today or datetime.now(WIB).date()  # one day for all parts, be it midnight meanwhile
    words: list[Words] = []
    filters: list[Filter] = []
    days: dict[str, list[str]] = {"since": [], "until": []}
    for part in _PART.finditer(text):
        kind = _kind_of_filter(part["key"]) if part["key"] else "text"
        value = part["word"] if part["phrase"] is None else part["phrase"] + (part["star"] or "")
        if kind in ("text", "title"):
            words += _words(value, in_title=kind == "title", negative=bool(part["minus"]))
        elif kind in ("since", "until"):
            day = _day(value, today, last=kind == "until")
            kind, day = _beyond(kind, day) if part["minus"] else (kind, day)
            days[kind].append(day)
        else:
            value = _known_kind(value) if kind == "kind" else value
            filters.append(Filter(cast("FilterKind", kind), value, bool(part["minus"])))
    if len({*words}) + len({*filters}) > MOST_PARTS:
        raise QueryError("many_parts", most=MOST_PARTS)
    return Query(tuple(words), tuple(filters), max(days["since"], default=None), min(days["until"], default=None))


def _words(value: str, *, in_title: bool, negative: bool) -> Iterator[Words]:
    """One `Words`, or none where nothing of the value is a word."""
    text = " ".join(re.findall(r"[^\W_]+", without_apostrophes(value)))
    if text:
        yield Words(text, prefix=value.endswith("*"), in_title=in_title, negative=negative)


def _kind_of_filter(key: str) -> str:
    kinds = {word: kind for kind, words in _language()["filters"].items() for word in words}
    if key.lower() not in kinds:
        raise QueryError("no_filter", value=key, known=", ".join(sorted(kinds)))
    return cast("str", kinds[key.lower()])


def _known_kind(value: str) -> str:
    kinds: dict[str, list[str]] = _language()["kinds"]
    for kind, names in kinds.items():
        if value.lower() in (kind, *names):
            return kind
    raise QueryError("no_kind", value=value, known=", ".join(kinds))


def _day(value: str, today: date, *, last: bool) -> str:
    """A date, month, year or distance from today, as its first or last day."""
    value = value.lower()
    for name, words in _language()["ago"].items():
        if value in words:
            return (today - timedelta(days=name == "yesterday")).isoformat()
    if distance := re.fullmatch(r"(\d{1,5})([a-z]+)", value):
        for days, units in _language()["days"].items():
            if distance[2] in units:
                back = min(int(distance[1]) * int(days), (today - date.min).days)
                return (today - timedelta(days=back)).isoformat()
    if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
        try:
            return (
                min(_end(value), _LAST_DAY)
                if last
                else date.fromisoformat(value + "-01-01"[len(value) - 4 :]).isoformat()
            )
        except ValueError:
            pass
    raise QueryError("no_date", value=value)


def _beyond(kind: str, day: str) -> tuple[str, str]:
    """The other side of a bound: what is not since a day is until the day before.

    >>> _beyond("since", "2026-05-01"), _beyond("until", "2026-05-31")
    (('until', '2026-04-30'), ('since', '2026-06-01'))
    """
    number = date.fromisoformat(day).toordinal()
    if kind == "since":
        return "until", date.fromordinal(max(number - 1, 1)).isoformat()
    return "since", date.fromordinal(number + 1).isoformat()


def _end(value: str) -> str:
    if len(value) == 4:
        return date(int(value), 12, 31).isoformat()
    if len(value) == 7:
        year, month = int(value[:4]), int(value[5:])
        return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).isoformat()
    return date.fromisoformat(value).isoformat()


@cache
def _language() -> dict[str, Any]:
    return tomllib.loads(resources.files("kabar.store").joinpath("query.toml").read_text("utf-8"))
