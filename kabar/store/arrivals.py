"""Articles in the order in which they came into the store.

Writers come one after another and look at the clock when it is their turn, so that what is committed later never has an
earlier time; several may share a second.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

from kabar.store.query import Query
from kabar.store.search import Hit, hits, statement


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article found, and when it was first seen, UTC."""

    seen: str
    hit: Hit


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Some of what came: what a query finds of it, oldest first, and how far the store was read.

    Attributes:
        until: time of the last article read, found or not.
        there: ids of all articles read of that second.
        more: whether there may be more to read.
    """

    found: tuple[Arrival, ...]
    until: str
    there: frozenset[str]
    more: bool


def newest_arrival(db: sqlite3.Connection) -> tuple[str, frozenset[str]]:
    """When the last article came, and the ids of those of that second; "" for an empty store."""
    (seen,) = db.execute("SELECT max(seen) FROM article").fetchone()
    rows = db.execute("SELECT id FROM article WHERE seen = ?", (seen,))
    return seen or "", frozenset(id_ for (id_,) in rows)


def arrivals(db: sqlite3.Connection, query: Query, since: str, told: Collection[str], most: int) -> Arrivals:
    """What came since a time, those already told of its second apart; at most `most` articles are read."""
    rows = db.execute(
        "SELECT key, id, seen FROM article WHERE seen >= ? ORDER BY seen, key LIMIT ?", (since, most + len(told))
    ).fetchall()
    new = [row for row in rows if row[1] not in told]
    if not new:
        return Arrivals((), since, frozenset(told), more=False)
    until = new[-1][2]
    there = {id_ for _, id_, seen in new if seen == until}
    found = statement(db, query)
    rows_found = db.execute(
        f"SELECT {'DISTINCT ' * found.distinct}{found.column} {found.tail} "  # noqa: S608 - only our own names
        f"AND {found.column} IN (SELECT value FROM json_each(?))",
        (*found.values, json.dumps([key for key, *_ in new])),
    )
    wanted = {key for (key,) in rows_found}
    chosen = [(key, seen) for key, _, seen in new if key in wanted]
    shown = hits(db, [key for key, _ in chosen], query)
    return Arrivals(
        tuple(Arrival(seen, hit) for (_, seen), hit in zip(chosen, shown, strict=True)),
        until,
        frozenset(there | set(told) if until == since else there),
        more=len(rows) >= most + len(told),
    )
