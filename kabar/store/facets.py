"""What found articles are about, most frequent first.

Of a search by days alone the counts are read from the tallies, and are of all articles. Else they are counted over the
newest articles found, at most `MOST_ARTICLES` of them; `Facets.complete` tells. The join is written with CROSS JOIN, so
that SQLite goes from the articles to their tags: the other way round it reads every tag of the store.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import nlargest, nsmallest
from itertools import chain
from typing import Literal

import msgspec

from kabar.store.keys import day_of
from kabar.store.query import Query
from kabar.store.search import statement

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
    counted = _of_days(db, query) if by_days else _of_found(db, query)
    entities = _entities(db)
    articles = sum(counted[kind] for kind in entities.get("kind", ()))  # an article is of one kind
    best = [_most_frequent(entities.get(facet, ()), counted, most) for facet in FACETS]
    counts = _named(db, counted, chain.from_iterable(best))
    of_each = ((count for count in counts if count.facet == facet) for facet in FACETS)
    first = (nsmallest(most, each, key=lambda count: (-count.articles, count.name)) for each in of_each)
    return Facets(tuple(chain.from_iterable(first)), articles, complete=by_days or articles < MOST_ARTICLES)


def _most_frequent(entities: Iterable[int], counted: Counter[int], most: int) -> list[int]:
    """The `most` frequent, with all that are as frequent as the last of them: names decide between those."""
    found = [entity for entity in entities if entity in counted]
    if len(found) <= most:
        return found
    least = nlargest(most, (counted[entity] for entity in found))[-1]
    return [entity for entity in found if counted[entity] >= least]


def _entities(db: sqlite3.Connection) -> dict[str, list[int]]:
    """Numbers of all entities by type; read from an index, far quicker than each entity's row."""
    rows = db.execute("SELECT type, json_group_array(entity) FROM entity GROUP BY type")
    return {type_: msgspec.json.decode(entities, type=list[int]) for type_, entities in rows}


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


def _named(db: sqlite3.Connection, counted: Counter[int], entities: Iterable[int]) -> list[Count]:
    rows = db.execute(
        "SELECT e.type, name, code, entity FROM json_each(?) CROSS JOIN entity e ON entity = value",
        (msgspec.json.encode(list(entities)).decode(),),
    )
    return [Count(facet, name, code, counted[entity]) for facet, name, code, entity in rows]


def _periods(db: sqlite3.Connection, query: Query) -> Iterator[str]:
    """The fewest years, months and days that hold all articles of the days asked for, and no others."""
    oldest, newest = db.execute("SELECT (SELECT min(key) FROM article), (SELECT max(key) FROM article)").fetchone()
    if oldest is None:
        return
    first, last = day_of(oldest), day_of(newest)
    # before the first day and after the last there is nothing, so that whole years may begin and end there
    since, until = query.since or "", query.until or last
    day = date.fromisoformat(since if since > first else f"{first[:4]}-01-01")
    end = date.fromisoformat(until if until < last else f"{last[:4]}-12-31")
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
