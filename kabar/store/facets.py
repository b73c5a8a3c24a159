"""What found articles are about, most frequent first.

Of a search by days alone the counts are read from the tallies, and are of all articles. Else they are counted over the
newest articles found, at most `MOST_ARTICLES` of them; `Facets.complete` tells. The join is written with CROSS JOIN, so
that SQLite goes from the articles to their tags: the other way round it reads every tag of the store.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import nsmallest
from itertools import chain
from typing import Literal

import msgspec

from kabar.store.query import Query
from kabar.store.search import statement
from kabar.store.writer import ALL

Facet = Literal["city", "official", "organization", "country", "event", "site", "kind"]
FACETS: tuple[Facet, ...] = ("city", "official", "organization", "country", "event", "site", "kind")
MOST_ARTICLES = 5_000


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the articles found are about this entity, on this site, of this kind."""

    facet: Facet
    name: str
    code: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class Facets:
    """The most frequent of each facet, over `articles` articles; `complete` if these are all that were found."""

    counts: tuple[Count, ...]
    articles: int
    complete: bool


def facets(db: sqlite3.Connection, query: Query, most: int) -> Facets:
    """The `most` frequent of each facet of what a query finds."""
    by_days = not (query.words or query.filters)
    counts = _named(db, _of_days(db, query) if by_days else _of_found(db, query))
    articles = sum(count.articles for count in counts if count.facet == "kind")  # an article is of one kind
    of_each = {facet: [count for count in counts if count.facet == facet] for facet in FACETS}
    best = (nsmallest(most, of_each[facet], key=lambda count: (-count.articles, count.name)) for facet in FACETS)
    return Facets(tuple(chain.from_iterable(best)), articles, complete=by_days or articles < MOST_ARTICLES)


def _of_found(db: sqlite3.Connection, query: Query) -> Counter[int]:
    """Articles of each entity, of the newest found.

    SQLite hands the entities over as one JSON array, and Python counts them: GROUP BY sorts them, which takes six times
    as long as reading them.
    """
    found = statement(db, query)
    keys = f"SELECT key FROM ({found.keys} LIMIT {MOST_ARTICLES})"  # noqa: S608 - no value of the user's is in it
    (entities,) = db.execute(
        f"SELECT json_group_array(entity) FROM ({keys}) CROSS JOIN tag INDEXED BY tag_article ON article = key",  # noqa: S608
        found.values,
    ).fetchone()
    return Counter(msgspec.json.decode(entities, type=list[int]))


def _of_days(db: sqlite3.Connection, query: Query) -> Counter[int]:
    """Articles of each entity, by the tallies."""
    periods = tuple(_periods(db, query))
    entities, articles = db.execute(
        "SELECT json_group_array(entity), json_group_array(articles) FROM tally "  # noqa: S608 - only question marks
        f"WHERE period IN ({', '.join('?' * len(periods))})",
        periods,
    ).fetchone()
    counted = Counter[int]()
    for entity, number in zip(*(msgspec.json.decode(x, type=list[int]) for x in (entities, articles)), strict=True):
        counted[entity] += number
    return counted


def _named(db: sqlite3.Connection, counted: Counter[int]) -> list[Count]:
    rows = db.execute(
        "SELECT e.type, name, code, entity FROM json_each(?) CROSS JOIN entity e ON entity = value",
        (msgspec.json.encode(list(counted)).decode(),),
    )
    return [Count(facet, name, code, counted[entity]) for facet, name, code, entity in rows]


def _periods(db: sqlite3.Connection, query: Query) -> Iterator[str]:
    """The fewest years, months and days that make up the days asked for, within those that there are."""
    first, last = db.execute(
        "SELECT min(period), max(period) FROM tally WHERE entity = ? AND length(period) = 10", (ALL,)
    ).fetchone()
    day = date.fromisoformat(max(first, query.since or first)) if first else date.max
    end = date.fromisoformat(min(last, query.until or last)) if last else date.min
    while day <= end:
        for period, following in ((str(day.year), _next_year(day)), (f"{day:%Y-%m}", _next_month(day))):
            starts = day == date.fromisoformat(period + "-01-01"[len(period) - 4 :])
            if starts and following - timedelta(days=1) <= end:
                break
        else:
            period, following = day.isoformat(), day + timedelta(days=1)
        yield period
        day = following


def _next_year(day: date) -> date:
    return date(day.year + 1, 1, 1)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
