"""What found articles are about, most frequent first.

Of a search by days alone the counts are read from the tallies, and are of all articles. Else they are counted over the
newest articles found, at most `MOST_ARTICLES` of them; `Facets.complete` tells. The join is written with CROSS JOIN, so
that SQLite goes from the articles to their tags: the other way round it reads every tag of the store.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kabar.store.query import Query
from kabar.store.search import statement
from kabar.store.writer import ALL

Facet = Literal["city", "official", "organization", "country", "event", "site", "kind"]
FACETS: tuple[Facet, ...] = ("city", "official", "organization", "country", "event", "site", "kind")
MOST_ARTICLES = 5_000

_TAGS_OF_FOUND = (
    "SELECT entity, count(*) AS articles FROM temp.found f CROSS JOIN tag t INDEXED BY tag_article "
    "ON t.article = f.key GROUP BY entity"
)


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
    found = statement(db, query)
    limit = -1 if by_days else MOST_ARTICLES
    db.execute("DROP TABLE IF EXISTS temp.found")
    db.execute("CREATE TEMP TABLE found (key INTEGER PRIMARY KEY)")
    db.execute(f"INSERT INTO temp.found SELECT key FROM ({found.keys} LIMIT {limit})", found.values)  # noqa: S608
    (articles,) = db.execute("SELECT count(*) FROM temp.found").fetchone()
    if by_days:
        periods = list(_periods(db, query))
        places = ", ".join("?" * len(periods))
        tags = f"SELECT entity, sum(articles) AS articles FROM tally WHERE period IN ({places}) GROUP BY entity"  # noqa: S608
    else:
        periods, tags = [], _TAGS_OF_FOUND
    counts = [*_entities(db, tags, periods, most), *_of_articles(db, most)]
    counts.sort(key=lambda count: FACETS.index(count.facet))
    return Facets(tuple(counts), articles, complete=by_days or articles < MOST_ARTICLES)


def _entities(db: sqlite3.Connection, tags: str, values: list[str], most: int) -> list[Count]:
    rows = db.execute(
        "SELECT type, name, code, articles FROM ("  # noqa: S608 - `tags` is one of our own two
        "  SELECT type, name, code, articles, "
        "    row_number() OVER (PARTITION BY type ORDER BY articles DESC, name) AS place"
        f"  FROM ({tags}) CROSS JOIN entity USING (entity)"
        ") WHERE place <= ? ORDER BY type, place",
        (*values, most),
    )
    return [Count(*row) for row in rows]


def _of_articles(db: sqlite3.Connection, most: int) -> list[Count]:
    sites = db.execute(
        "SELECT 'site', domain, NULL, count(*) AS n FROM temp.found CROSS JOIN article USING (key) "
        "JOIN site USING (site) GROUP BY site ORDER BY n DESC, domain LIMIT ?",
        (most,),
    ).fetchall()
    kinds = db.execute(
        "SELECT 'kind', kind, NULL, count(*) AS n FROM temp.found CROSS JOIN article USING (key) "
        "GROUP BY kind ORDER BY n DESC, kind LIMIT ?",
        (most,),
    ).fetchall()
    return [Count(*row) for row in (*sites, *kinds)]


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
