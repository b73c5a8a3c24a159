"""Articles in the order in which they came into the store.

Writers come one after another and number what they bring, so that what is committed later has a higher number, whatever
the clock says.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from kabar.store.query import Query
from kabar.store.search import Hit, hits, statement


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article found, and its number in the order of all."""

    number: int
    hit: Hit


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Some of what came: what a query finds of it, in order, and how far the store was read.

    Attributes:
        until: number of the last article read, found or not.
        more: whether there may be more to read.
    """

    found: tuple[Arrival, ...]
    until: int
    more: bool


def newest_arrival(db: sqlite3.Connection) -> int:
    """The number of the article that came last; 0 for an empty store."""
    return int(db.execute("SELECT coalesce(max(arrival), 0) FROM article").fetchone()[0])


def arrival_at(db: sqlite3.Connection, moment: str) -> int:
    """The number of the article that was first seen last up to a time (UTC, as ISO 8601); 0 if none was."""
    row = db.execute(
        "SELECT arrival FROM article WHERE seen <= ? ORDER BY seen DESC, arrival DESC LIMIT 1", (moment,)
    ).fetchone()
    return int(row[0]) if row else 0


def arrivals(db: sqlite3.Connection, query: Query, after: int, most: int) -> Arrivals:
    """What came after the article of a number; at most `most` articles are read."""
    new = db.execute(
        "SELECT key, arrival FROM article WHERE arrival > ? ORDER BY arrival LIMIT ?", (after, most)
    ).fetchall()
    if not new:
        return Arrivals((), after, more=False)
    found = statement(db, query)
    rows = db.execute(
        f"SELECT {'DISTINCT ' * found.distinct}{found.column} {found.tail} "  # noqa: S608 - only our own names
        f"AND {found.column} IN (SELECT value FROM json_each(?))",
        (*found.values, json.dumps([key for key, _ in new])),
    )
    wanted = {key for (key,) in rows}
    chosen = [(key, number) for key, number in new if key in wanted]
    shown = hits(db, [key for key, _ in chosen], query)
    return Arrivals(
        tuple(Arrival(number, hit) for (_, number), hit in zip(chosen, shown, strict=True)),
        until=new[-1][1],
        more=len(new) == most,
    )
