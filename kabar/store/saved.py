"""Searches that people keep under a name."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from kabar.store.errors import QueryError, StoreError
from kabar.store.query import parse

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search with its name; `created` is UTC."""

    name: str
    query: str
    created: str


def save_search(db: sqlite3.Connection, name: str, query: str, now: datetime) -> SavedSearch:
    """Keeps a search, in the place of the one that had the name; to be called inside a transaction.

    Raises:
        QueryError: the query cannot be read, or the name is empty or too long.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise QueryError("name_length", most=LONGEST_NAME, value=len(name))
    parse(query)
    row = db.execute(
        "INSERT INTO saved VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET query = excluded.query "
        "RETURNING name, query, created",
        (name, query.strip(), now.isoformat(timespec="seconds")),
    ).fetchone()
    return SavedSearch(*row)


def saved_searches(db: sqlite3.Connection) -> list[SavedSearch]:
    """All of them, by name."""
    return [SavedSearch(*row) for row in db.execute("SELECT name, query, created FROM saved ORDER BY name")]


def forget_search(db: sqlite3.Connection, name: str) -> bool:
    """Drops a saved search; False if there is none of that name.

    Raises:
        StoreError: an alert is set on it.
    """
    alert = db.execute("SELECT number FROM alert WHERE search = ?", (name,)).fetchone()
    if alert is not None:
        raise StoreError(f"alert {alert[0]} is set on {name!r}; remove it first")
    return db.execute("DELETE FROM saved WHERE name = ?", (name,)).rowcount > 0
