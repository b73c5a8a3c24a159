"""Paging by cursor: a page goes on after the last article of the one before, whatever has come or gone meanwhile."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from kabar.store.query import Query
from kabar.store.search import Hit, hits, statement

NEWEST = 1 << 62
"""After every article that can be."""


@dataclass(frozen=True, slots=True)
class CursorPage:
    """Some of what a query finds, newest first; `next` is the key after which the following page goes on, or None."""

    hits: tuple[Hit, ...]
    next: int | None


def page_after(db: sqlite3.Connection, query: Query, limit: int, after: int = NEWEST) -> CursorPage:
    """The newest articles that a query finds below a key; equally quick however deep it lies."""
    keys = keys_between(db, query, 0, after, limit + 1)
    shown = keys[:limit]
    return CursorPage(hits(db, shown, query), shown[-1] if len(keys) > limit else None)


def keys_between(db: sqlite3.Connection, query: Query, above: int, below: int, most: int) -> list[int]:
    """Keys of what a query finds between two keys, themselves apart, newest first."""
    found = statement(db, query)
    rows = db.execute(
        f"SELECT {'DISTINCT ' * found.distinct}{found.column} {found.tail} "
        f"AND {found.column} > ? AND {found.column} < ? ORDER BY {found.column} DESC LIMIT ?",
        (*found.values, above, below, most),
    )
    return [key for (key,) in rows]
